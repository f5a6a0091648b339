"""How a reviewer checks the compendium: what ran, on what, with which result."""
