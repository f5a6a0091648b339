"""The questions of the game."""
