"""A figure's drawing as two images, for light pages and for dark ones."""

from __future__ import annotations

import math
import re
from typing import Final

from markupsafe import Markup

from actient.book.figures import downloads
from actient.templates import render
from actient.words import SOURCE

_SIZE: Final = re.compile(r'<svg[^>]*? width="([\d.]+)" height="([\d.]+)"')


class PictureSizeError(ValueError):
    """A drawing that does not say its width and height."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The drawing of figure « {name} » begins with no width and height: without them a "
            "page moves under its reader when the picture comes. Draw it with actient.charts.theme."
        )


def images(name: str, *, up: str, drawn: str, alt: str, later: bool) -> Markup:
    """Show the two files of a figure; a rule of `figures.css` displays one, and needs no script.

    The one that is not displayed is not loaded. The theme leaves images of class `dark-light` as
    they are.

    Parameters
    ----------
    name
        Of the figure.
    up
        The way from the page to the root of the edition: `../` or nothing.
    drawn
        The SVG: its size keeps the place of the picture until it comes.
    alt
        What stands for the picture where it is not seen.
    later
        Whether to wait, with the light one too, until the reader comes near.

    Raises
    ------
    PictureSizeError
        If the SVG does not say its size.
    """
    size = _SIZE.match(drawn)
    if size is None:
        raise PictureSizeError(name)
    width, height = (math.ceil(float(one)) for one in size.groups())
    return render(
        "book/figures/images.html",
        SOURCE,
        name=name,
        up=up,
        folder=downloads.FOLDER,
        alt=alt,
        width=width,
        height=height,
        later=later,
    )
