"""What tests of pictures share: how small their letters become on a phone."""

from __future__ import annotations

import re
from typing import Final

PHONE: Final = 360  # pixels that a phone, 390 wide, leaves to a picture
SMALLEST: Final = 10.5  # pixels of the size of letters: smaller ones are not read on a phone


def on_a_phone(svg: str) -> float:
    """Return the size of the smallest letters of a picture shown as wide as a phone allows."""
    (width,) = re.findall(r'<svg[^>]* width="([\d.]+)"', svg)
    sizes = [float(size) for size in re.findall(r'<text[^>]* font-size="([\d.]+)px"', svg)]
    assert len(sizes) == len(re.findall(r"<text\b", svg))
    return min(sizes) * min(1, PHONE / float(width))
