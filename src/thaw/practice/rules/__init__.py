"""The rules that lint judges a practice by, one module per family of rules."""
