"""Chapter 07: what it works out, and how it draws it."""
