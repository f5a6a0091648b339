"""What may be told of responses: one release, protected together, then rounded."""
