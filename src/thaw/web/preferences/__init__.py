"""What a person prefers in every sitting: voice, pace, what is left out, and more."""
