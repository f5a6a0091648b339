"""Chapter 12: what it works out, and how it draws it."""
