"""The one directive of the book: a part of a page that a function writes.

`add(app, "claims-table", claims_table)` makes `{claims-table}`, written in the language of the
edition and anew when the data change.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from actient.book.translation import language
from actient.locale import Lang
from actient.paths import Paths, checkout


@dataclass(frozen=True)
class Place:
    """Where a part is written: the checkout, the edition, and the way up to its root.

    Attributes
    ----------
    up
        The way from the page to the root of the edition: `../` or nothing.
    """

    paths: Paths
    lang: Lang
    up: str = ""


Writer = Callable[..., Markup]


def add(app: Sphinx, name: str, write: Writer, *, arguments: int = 0) -> None:
    """Add a directive.

    Parameters
    ----------
    write
        Called with the `Place` and the directive's arguments, as text; returns HTML. A
        `LookupError` that it raises is the author's, and is told with its place in the page.
    arguments
        How many arguments the directive takes.
    """
    made = {"required_arguments": arguments, "writer": staticmethod(write)}
    app.add_directive(name, type(name, (Part,), made))


class Part(SphinxDirective):
    """A part of a page; a part that needs more than HTML says `written` by itself."""

    writer: Writer

    @property
    def place(self) -> Place:
        """Say where the part is written."""
        return Place(
            checkout(Path(self.env.srcdir)),
            language.edition(self.config),
            "../" * self.env.docname.count("/"),
        )

    def run(self) -> list[nodes.Node]:
        """Write the part, to be written anew when the data change."""
        for path in self.place.paths.data.rglob("*"):
            if path.is_file():
                self.depends_on(path)
        try:
            return [self.written()]
        except LookupError as error:
            raise self.error(str(error)) from None

    def written(self) -> nodes.Node:
        """Write what the function gives."""
        return nodes.raw("", self.writer(self.place, *self.arguments), format="html")

    def depends_on(self, file: Path) -> None:
        """Have the page written anew when a file changes."""
        self.env.note_dependency(str(file))
