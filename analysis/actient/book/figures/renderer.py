"""How the book shows a chart: a picture first, interactive when the reader asks.

MyST-NB hands every `application/vnd.vegalite.v6+json` output to `FigureRenderer`, which lays out a
numbered figure: static SVG for light and dark pages with its text alternative, caption, origin of
the numbers, the data as a table and as a file, how it was made, and the specification for
`figures.js` to bring to life.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx

from actient.book.figures import downloads, numbering, picture
from actient.charts import theme
from actient.charts.statements import colon
from actient.charts.table import bare, scrolling
from actient.locale import Lang, Origin
from actient.parameters import MODELS
from actient.paths import Paths, checkout
from actient.runs import making
from actient.templates import render
from actient.words import origin_word, translator


@dataclass(frozen=True)
class _Placed:
    """A figure at its place in a page."""

    figure: theme.Figure
    spec: Mapping[str, Any]
    number: tuple[int, ...]
    page: str
    run: making.Run
    paths: Paths

    @property
    def lang(self) -> Lang:
        return self.figure.lang

    @property
    def up(self) -> str:
        return "../" * self.page.count("/")

    @property
    def notebook(self) -> str:
        return self.page.rsplit("/", 1)[-1]


class FigureRenderer:
    """MyST-NB plug-in (`myst_nb.mime_renderers`) for Vega-Lite outputs."""

    mime_priority_overrides: Final = [("*", theme.MIME, 1)]

    @staticmethod
    def handle_mime(renderer: Any, data: Any, inline: bool) -> list[nodes.Element] | None:
        """Lay out one chart, or leave the output to others if it is not ours."""
        if inline or data.mime_type != theme.MIME:
            return None
        page = renderer.renderer
        placed = _Placed(
            figure=theme.Figure.from_spec(data.content),
            spec=data.content,
            number=numbering.next_number(page.sphinx_env),
            page=str(page.sphinx_env.docname),
            run=making.Run.of(page.nb_client.notebook),
            paths=checkout(Path(page.sphinx_env.srcdir)),
        )
        node = _figure_node(placed)
        page.document.note_explicit_target(node, node)  # so that {numref} finds it
        return [node]


def register(app: Sphinx) -> None:
    """Have the figures of the book numbered and their files written."""
    numbering.register(app)
    downloads.register(app)


def origin_badge(origin: Origin, lang: Lang) -> Markup:
    """Draw the badge of an origin: its mark and its word."""
    mark = f"origin-{origin.replace(' ', '-')}"
    return render("book/figures/badge.html", lang, mark=mark, word=origin_word(origin, lang))


def assumption_badge(lang: Lang) -> Markup:
    """Draw the badge of an assumption: dashed, whatever the origin."""
    _ = translator(lang)
    return render("book/figures/badge.html", lang, mark="assumption", word=_("hypothèse"))


def _figure_node(placed: _Placed) -> nodes.figure:
    figure = placed.figure
    files = downloads.files(figure, placed.spec)
    node = nodes.figure(
        "", ids=[figure.name], names=[figure.name], classes=["actient-figure"], align="default"
    )
    node[numbering.NUMBER] = placed.number
    node[downloads.FILES] = files
    # docutils looks for the caption in the second place: what stands above it is one node.
    node += nodes.raw("", _picture(placed, files[".svg"]), format="html")
    node += nodes.caption(figure.caption, figure.caption)
    node += nodes.legend("", nodes.raw("", _legend(placed), format="html"))
    return node


def _picture(placed: _Placed, drawn: str) -> Markup:
    figure, alt = placed.figure, str(placed.spec["description"])
    return render(
        "book/figures/picture.html",
        placed.lang,
        synthetic="synthetic" in figure.origins,
        images=picture.images(figure.name, up=placed.up, drawn=drawn, alt=alt, later=False),
    )


def _legend(placed: _Placed) -> Markup:
    figure, number = placed.figure, numbering.written(placed.number)
    _, is_chapter = translator(placed.lang), placed.notebook in MODELS
    data = _("Les données de la figure {number}").format(number=number)
    return render(
        "book/figures/figure.html",
        placed.lang,
        figure=figure,
        number=number,
        origin_badge=origin_badge,
        assumption_badge=assumption_badge,
        colon=colon(placed.lang),
        file=f"{placed.up}{downloads.FOLDER}/{figure.name}",
        data=data,
        table=scrolling(figure.table.columns, bare(figure.table.rows), data),
        up=placed.up,
        page=placed.page,
        notebook=placed.notebook,
        is_chapter=is_chapter,
        parameters={name: making.yaml_value(value) for name, value in placed.run.values.items()},
        rows=making.data_rows(figure, placed.spec, placed.paths),
        command=is_chapter and making.command(placed.notebook, placed.run, figure.name),
        spec=_script_json(placed.spec),
    )


def _script_json(spec: Mapping[str, Any]) -> Markup:
    # The table already stands in the page; `<` could otherwise end the script element.
    lean = {key: value for key, value in spec.items() if key != "usermeta"}
    text = json.dumps(lean, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704
