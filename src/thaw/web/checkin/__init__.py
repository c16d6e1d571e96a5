"""The check-in: how much a person feels, and what they may say beside it."""
