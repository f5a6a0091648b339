"""Chapter 11: what it works out, and how it draws it."""
