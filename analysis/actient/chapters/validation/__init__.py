"""The validation study of chapter 10: what it works out, and how it draws it."""
