"""The colours of every picture, on white and on the dark pages of the theme.

The hues follow Okabe and Ito (2008), darkened until they serve for text too. What holds, and is
tested in both modes: text and marks reach the contrasts of WCAG 2.1 (4.5 for text, 3 for marks),
text is legible on every tint, and any two colours of marks stay apart for readers with the usual
colour vision deficiencies. Where two colours meet in a picture, shape, dash or words differ too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

INK: Final = "#1b2733"
QUIET: Final = "#5b6875"
BLUE: Final = "#0b5d93"
ORANGE: Final = "#c2500a"
GREEN: Final = "#00795a"
PURPLE: Final = "#7a1f6b"
PALETTE: Final = (BLUE, ORANGE, GREEN, PURPLE, QUIET)
ACCENT: Final = ORANGE  # what the user supplied

# Tints fill areas under text or between lines: never a mark that stands alone.
RULE: Final = "#d5dbe1"
SKY: Final = "#9fcbe6"
SAND: Final = "#f1c6a5"
CLAY: Final = "#dd8a52"
TINTS: Final = (RULE, SKY, SAND, CLAY)

PAPER: Final = "white"
NIGHT: Final = "#121212"  # the dark background of the theme
DARK: Final[Mapping[str, str]] = {
    PAPER: NIGHT,
    INK: "#e4e9ee",
    QUIET: "#8d99a8",
    BLUE: "#5f9bd6",
    ORANGE: "#ec9448",
    GREEN: "#3fcfa5",
    PURPLE: "#f3b3ea",
    RULE: "#39434d",
    SKY: "#1f4e6e",
    SAND: "#5a3a22",
    CLAY: "#8a4716",
}
"""Each colour of a picture, and what stands for it on a dark page."""

_PAINT: Final = re.compile(r'\b(fill|stroke)="([^"]+)"')


def in_dark(svg: str) -> str:
    """Repaint a drawn picture for a dark page; a colour that is not ours stays as it is."""

    def painted(found: re.Match[str]) -> str:
        return f'{found[1]}="{DARK.get(found[2], found[2])}"'

    return _PAINT.sub(painted, svg)
