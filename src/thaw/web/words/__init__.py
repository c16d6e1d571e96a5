"""Words for feelings, and a minute with four of them."""
