"""Chapter 13: what it works out, and how it draws it."""
