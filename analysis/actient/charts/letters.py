"""How much room words take: lines broken by width, where no browser is there to measure.

Widths are those of Liberation Sans, the same as Arial's and Helvetica's, in thousandths of the
size of the letters.
"""

from __future__ import annotations

import math
import unicodedata
from typing import Final

from actient.charts.theme import LETTERS

_WIDTHS: Final = {
    letter: width
    for width, letters in (
        (191, "'"),
        (222, "ijl’‘"),
        (260, "|"),
        (278, " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}!,./:;I[]ft"),
        (333, "()-r·“”`"),
        (355, '"'),
        (389, "*"),
        (500, "Jcksvxyz"),
        (584, "+<=>~"),
        (611, "FTZ"),
        (667, "&ABEKPSVXY"),
        (722, "CDHNRUw"),
        (778, "GOQ"),
        (833, "Mm"),
        (889, "%"),
        (944, "W"),
        (1000, "—…→←"),
    )
    for letter in letters
}
_USUAL: Final = 556  # figures and most small letters
_BOLD: Final = 1.08  # bold letters are wider, on average


def width(text: str, *, bold: bool = False) -> float:
    """Return the width of a text on one line, in pixels."""
    bare = unicodedata.normalize("NFD", text)
    letters = (letter for letter in bare if not unicodedata.combining(letter))
    total = sum(_WIDTHS.get(letter, _USUAL) for letter in letters)
    return total / 1000 * LETTERS * (_BOLD if bold else 1)


def wrap(text: str, room: float, *, bold: bool = False) -> list[str]:
    """Break a text at its spaces into lines no wider than `room` pixels, if its words allow.

    Non-breaking spaces and hyphens hold words together.
    """
    lines: list[str] = []
    for word in filter(None, text.split(" ")):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def balanced(text: str, room: float, *, bold: bool = False) -> list[str]:
    """Break a text into as few lines as `wrap` does, but none much longer than another."""
    lines = wrap(text, room, bold=bold)
    longest = max((width(word, bold=bold) for word in text.split(" ")), default=0.0)
    narrower = (
        wrap(text, less, bold=bold) for less in range(int(room), math.ceil(longest), -LETTERS // 2)
    )
    return [lines, *(found for found in narrower if len(found) == len(lines))][-1]
