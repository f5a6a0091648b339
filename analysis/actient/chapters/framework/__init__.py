"""Chapter 02: what it works out, and how it draws it."""
