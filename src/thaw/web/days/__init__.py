"""The plan of days: one small thing at the same time, reminders of it, and calendars."""
