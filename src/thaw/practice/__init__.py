"""A practice text becomes a plan: read, check, fit, plan, lint. Pure."""
