"""The path from sources to figures and back, and how to cite what stands on it."""
