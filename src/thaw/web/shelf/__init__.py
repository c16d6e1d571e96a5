"""The library: practices one can look at, shape and begin."""
