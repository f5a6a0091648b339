"""Chapter 03: what it works out, and how it draws it."""
