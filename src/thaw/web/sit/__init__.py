"""A sitting: one plan being played."""
