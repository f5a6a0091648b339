"""Key pictures: a figure of a chapter shown again elsewhere, small, with a sentence of its own.

`{key-picture}` takes the chapter and the name of the figure; its content is the sentence. Picture,
text alternative and origins come from the executed chapter, so that they cannot drift apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx

from actient.book.figures import picture as drawing
from actient.book.figures.renderer import assumption_badge, origin_badge
from actient.book.pages import page
from actient.charts import theme
from actient.templates import render


class PictureError(LookupError):
    """A picture that the chapter does not hold."""

    @classmethod
    def no_chapter(cls, path: Path) -> PictureError:
        """Name the notebook that is missing."""
        return cls(
            f"There is no chapter {path.stem!r} ({path} is missing). Expected: the name of a "
            "notebook of `analysis/`, without its extension."
        )

    @classmethod
    def no_figure(cls, chapter: str, name: str, known: list[str]) -> PictureError:
        """Name the figure asked for, and list those of the chapter."""
        return cls(
            f"Chapter {chapter!r} has no figure {name!r}. Its figures: "
            f"{', '.join(known) or 'none'}."
        )


def register(app: Sphinx) -> None:
    """Add the directive to Sphinx, and its look."""
    app.add_css_file("front.css")
    app.add_directive("key-picture", KeyPicture)


class KeyPicture(page.Part):
    """A figure of a chapter, and what to see in it."""

    required_arguments = 2
    has_content = True

    def written(self) -> nodes.Node:
        """Lay out the picture above its sentence."""
        chapter, name = self.arguments
        # The edition's own chapter: the checkout's is in French.
        notebook = Path(self.env.srcdir, "analysis", f"{chapter}.ipynb")
        self.depends_on(notebook)
        shown = nodes.container("", classes=["actient-key-picture"])
        html = picture(specification(notebook, name), self.place.up)
        shown += nodes.raw("", html, format="html")
        said = nodes.container("", classes=["actient-key-said"])
        self.state.nested_parse(self.content, self.content_offset, said)
        shown += said
        return shown


def specification(notebook: Path, name: str) -> Mapping[str, Any]:
    """Find the Vega-Lite specification of a figure in an executed chapter.

    Raises
    ------
    PictureError
        If there is no such chapter, or no such figure in it.
    """
    if not notebook.is_file():
        raise PictureError.no_chapter(notebook)
    known = {theme.Figure.from_spec(one).name: one for one in _specifications(notebook)}
    if name not in known:
        raise PictureError.no_figure(notebook.stem, name, sorted(known))
    return known[name]


def picture(spec: Mapping[str, Any], up: str) -> Markup:
    """Show a figure's own files, for light and dark pages, and the origin of its numbers.

    Parameters
    ----------
    up
        The way from the page to the root of the edition: `../` or nothing.
    """
    figure = theme.Figure.from_spec(spec)
    images = drawing.images(
        figure.name, up=up, drawn=theme.svg(spec), alt=spec["description"], later=True
    )
    badges = [origin_badge(origin, figure.lang) for origin in figure.origins]
    if figure.assumption:
        badges.append(assumption_badge(figure.lang))
    return render("book/pages/picture.html", figure.lang, images=images, badges=badges)


def _specifications(notebook: Path) -> Iterator[Mapping[str, Any]]:
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        for output in cell.get("outputs", []):
            if theme.MIME in output.get("data", {}):
                yield output["data"][theme.MIME]
