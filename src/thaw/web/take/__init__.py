"""Taking along: backups, readable copies, and erasing everything."""
