"""Thaw from a terminal; one module per command."""
