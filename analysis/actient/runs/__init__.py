"""A chapter run with checked parameters: kernels, what it recorded, what it read, references."""
