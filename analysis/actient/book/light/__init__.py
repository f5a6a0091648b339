"""Light pages: what a page does not use it does not load."""
