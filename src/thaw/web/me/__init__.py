"""A person's own place: what is kept where, what opens it, when it locks."""
