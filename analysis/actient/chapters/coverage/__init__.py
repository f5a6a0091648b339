"""Chapter 06: what it works out, and how it draws it."""
