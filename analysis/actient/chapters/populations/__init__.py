"""Chapter 05: what it works out, and how it draws it."""
