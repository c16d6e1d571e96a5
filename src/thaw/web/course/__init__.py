"""Courses: a few days that belong together, each open at any time."""
