"""The handful of icons the pages use, drawn in the page instead of by a script of 1.5 MB.

The theme marks icons as `<i class="fa-solid fa-bars">` and ships Font Awesome's script, which holds
every drawing. We read the drawings the pages name from that very file, so that they follow the
theme. Font Awesome Free icons are CC BY 4.0: https://fontawesome.com/license/free
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Final, NamedTuple

_MARKED: Final = re.compile(
    r"<(?P<tag>i|span)\s+class=\"(?P<classes>[^\"]*\b(?:fa-solid|fas)\b[^\"]*)\"(?P<more>[^>]*)>"
    r"\s*</(?P=tag)>"
)
_TITLE: Final = re.compile(r'\s*\btitle="([^"]*)"')
# An entry of the script: "list":[512,512,["list-squares"],"f03a","M24 56c…"]
_ENTRY: Final = re.compile(
    r'[{,]"?(?P<name>[a-z0-9-]+)"?:\[(?P<width>\d+),(?P<height>\d+),'
    r'\[(?P<aliases>[^\]]*)\],"[^"]*","(?P<path>[^"]*)"\]'
)
_STYLES: Final = frozenset({"fa-solid", "fas"})
_SIZES: Final = frozenset({"fa-lg", "fa-sm", "fa-xs", "fa-fw"})


class Drawing(NamedTuple):
    """One icon: the size of its frame, and its outline."""

    width: int
    height: int
    path: str


class IconError(LookupError):
    """An icon that cannot be drawn."""

    @classmethod
    def unknown(cls, name: str) -> IconError:
        """Name the icon, and what to do."""
        return cls(
            f"A page asks for the icon {name!r}, which the theme's fontawesome.js does not hold. "
            "Use the name of a Font Awesome Free solid icon."
        )


def drawings(script: str) -> dict[str, Drawing]:
    """Read every drawing of the solid style, by name and by alias, in Font Awesome's `script`."""
    found: dict[str, Drawing] = {}
    aliases: dict[str, Drawing] = {}
    for entry in _ENTRY.finditer(script):
        drawing = Drawing(int(entry["width"]), int(entry["height"]), entry["path"])
        found[entry["name"]] = drawing  # the solid style comes last, and has every icon
        for alias in re.findall(r'"([^"]+)"', entry["aliases"]):
            aliases[alias] = drawing
    return aliases | found


def drawn(page: str, known: Mapping[str, Drawing]) -> str:
    """Put each drawing in the place of its mark in `page`.

    Drawings are hidden from screen readers: the control they decorate has a name of its own.

    Raises
    ------
    IconError
        If one of them is not `known`.
    """

    def draw(marked: re.Match[str]) -> str:
        width, height, path = _drawing(marked["classes"], known)
        classes = " ".join(one for one in marked["classes"].split() if one not in _STYLES)
        title = _TITLE.search(marked["more"])  # a drawing says it in an element of its own
        return (
            f'<svg class="actient-icon {html.escape(classes)}"{_TITLE.sub("", marked["more"])} '
            f'aria-hidden="true" focusable="false" viewBox="0 0 {width} {height}">'
            f"{f'<title>{title[1]}</title>' if title else ''}"
            f'<path fill="currentColor" d="{path}"/></svg>'
        )

    return _MARKED.sub(draw, page)


def _drawing(classes: str, known: Mapping[str, Drawing]) -> Drawing:
    names = [
        one.removeprefix("fa-")
        for one in classes.split()
        if one.startswith("fa-") and one not in _STYLES | _SIZES
    ]
    if not names or names[0] not in known:
        raise IconError.unknown(names[0] if names else classes)
    return known[names[0]]
