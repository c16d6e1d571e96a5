"""What comes after a sitting: how it was, a line, and only after the first one what else."""
