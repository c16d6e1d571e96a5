"""Who this is: persons, their keys, their sessions and settings."""
