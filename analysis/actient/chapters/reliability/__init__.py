"""Chapter 09: what it works out, and how it draws it."""
