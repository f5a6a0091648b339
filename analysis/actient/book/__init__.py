"""How notebooks become a site: execute, draw, lay out, build."""
