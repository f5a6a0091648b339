"""Chapter 01: what it works out, and how it draws it."""
