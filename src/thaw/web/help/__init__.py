"""Help now, and the way out."""
