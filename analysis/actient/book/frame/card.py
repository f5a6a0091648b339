"""The picture that social networks show beside a link: our title, and one of our own figures."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import vl_convert
from markupsafe import Markup

from actient.charts.theme import BLUE, INK, ORANGE, QUIET
from actient.locale import Lang
from actient.words import translator

_FONT: Final = "Liberation Sans, Arial, Helvetica, sans-serif"
FIGURE: Final = "framework-evolution"
_FRAME: Final = re.compile(r'<svg[^>]*?viewBox="0 0 (?P<width>[\d.]+) (?P<height>[\d.]+)"[^>]*>')


class CardError(ValueError):
    """A preview card that cannot be drawn."""

    @classmethod
    def no_figure(cls, path: Path) -> CardError:
        """Name the picture that is missing."""
        return cls(
            f"The preview card shows the figure {path.stem!r}, and {path} is missing. If that "
            "figure has another name now, say so in actient/book/frame/card.py (FIGURE)."
        )

    @classmethod
    def no_frame(cls, path: Path) -> CardError:
        """Say what the picture lacks."""
        return cls(f"{path} is not a picture we can place: it has no viewBox.")


def draw(images: Path, lang: Lang, size: tuple[int, int]) -> bytes:
    """Draw the card as PNG.

    Parameters
    ----------
    images
        Folder of the edition's figures.
    size
        Width and height, in pixels.

    Raises
    ------
    CardError
        If the figure it shows is not there.
    """
    path = images / f"{FIGURE}.svg"
    if not path.is_file():
        raise CardError.no_figure(path)
    card = _card(_placed(path, (560, 510), (600, 60)), lang, size)
    return vl_convert.svg_to_png(card, scale=1)


def _placed(path: Path, room: tuple[int, int], corner: tuple[int, int]) -> str:
    picture = path.read_text(encoding="utf-8")
    frame = _FRAME.search(picture)
    if frame is None:
        raise CardError.no_frame(path)
    width, height = float(frame["width"]), float(frame["height"])
    scale = min(room[0] / width, room[1] / height)
    left = corner[0] + (room[0] - width * scale) / 2
    top = corner[1] + (room[1] - height * scale) / 2
    return picture[: frame.start()].partition("<svg")[0].partition("<?")[0] + (
        f'<svg x="{left:.1f}" y="{top:.1f}" width="{width * scale:.1f}" '
        f'height="{height * scale:.1f}" viewBox="0 0 {width:g} {height:g}">'
        f"{picture[frame.end() :]}"
    )


def _card(figure: str, lang: Lang, size: tuple[int, int]) -> str:
    _ = translator(lang)
    width, height = size
    title = _(
        "Une affiche\nsur les réseaux sociaux\nvirtuels et le soin,\nrelue chiffre par chiffre"
    )
    lines = Markup("").join(
        Markup('<text x="60" y="{}" font-size="36" fill="{}">{}</text>').format(
            325 + 52 * rank, INK, line
        )
        for rank, line in enumerate(title.splitlines())
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="{_FONT}">'
        f'<rect width="{width}" height="{height}" fill="#fff"/>'
        f'<rect width="16" height="{height}" fill="{BLUE}"/>'
        f'<circle cx="78" cy="130" r="15" fill="{BLUE}"/>'
        f'<path d="M108 130h52" stroke="{ORANGE}" stroke-width="5" stroke-dasharray="12 8"/>'
        f'<text x="58" y="255" font-size="92" font-weight="bold" fill="{INK}">Actient</text>'
        f"{lines}"
        f'<path d="M570 90V540" stroke="{QUIET}" stroke-width="1"/>{figure}</svg>'
    )
