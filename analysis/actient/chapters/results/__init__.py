"""Chapter 04: what it works out, and how it draws it."""
