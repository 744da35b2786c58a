"""Follow-ups: what is due is begun as a message of its own kind, and takes the way of every message."""
