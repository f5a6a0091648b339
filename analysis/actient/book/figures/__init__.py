"""A chart as a figure of the book: picture, number, files to take away."""
