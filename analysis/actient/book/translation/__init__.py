"""Editions: catalogues, what Sphinx leaves in French, chapters to take away."""
