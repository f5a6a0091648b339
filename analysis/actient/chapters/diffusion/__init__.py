"""Chapter 08: what it works out, and how it draws it."""
