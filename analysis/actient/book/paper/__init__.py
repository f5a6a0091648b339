"""The book and the poster, printed."""
