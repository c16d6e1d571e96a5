"""The search box of the library: what one feels leads to what may fit."""
