"""Comments and suggested changes, as all desks show them."""
