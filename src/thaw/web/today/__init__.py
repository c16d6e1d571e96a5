"""What is offered today, and why."""
