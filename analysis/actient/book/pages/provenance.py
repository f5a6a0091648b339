"""From sources to figures, and back: what the page on provenance shows of the graph.

`{provenance-graph}` draws it; `{provenance-index}` lists, for each figure of the poster, each
statement and each table, the figures of the book that draw it. The graph itself is written beside
the page, for programs.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final
from weakref import WeakKeyDictionary

import pandas as pd
from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx

from actient import tables
from actient.book.figures import downloads, numbering, picture
from actient.book.pages import page
from actient.book.pages.uses import index
from actient.book.provenance import pictures as draw
from actient.book.provenance.graph import Chapter, Graph, as_json, graph
from actient.book.provenance.rows import POSTER
from actient.book.translation import catalogues
from actient.charts import theme
from actient.charts.table import bare, cards
from actient.files import write
from actient.locale import NBSP, Lang, number
from actient.paths import Paths, checkout
from actient.templates import render
from actient.words import N_, translator

FILE: Final = "provenance.json"

_GRAPHS: Final[WeakKeyDictionary[Sphinx, Graph]] = WeakKeyDictionary()


def register(app: Sphinx) -> None:
    """Add the parts to Sphinx, their look, and have the graph written."""
    app.add_css_file("provenance.css")
    app.add_directive("provenance-graph", ProvenanceGraph)
    app.add_directive("provenance-index", ProvenanceIndex)
    app.connect("build-finished", _write)


class _FromGraph(page.Part):
    @property
    def graph(self) -> Graph:
        for path in Path(self.env.srcdir).glob("analysis/[0-9]*.ipynb"):
            self.depends_on(path)
        return _read_once(self.env.app)


class ProvenanceGraph(_FromGraph):
    """The picture, its text alternative, and the same links as a table."""

    def written(self) -> nodes.Node:
        """Lay out the figure."""
        place = self.place
        spec = specification(place.paths, self.graph, place.lang)
        figure = theme.Figure.from_spec(spec)
        files = downloads.files(figure, spec)
        node = nodes.figure(
            "", ids=[figure.name], names=[figure.name], classes=["actient-provenance"]
        )
        node[numbering.NUMBER] = numbering.next_number(self.env)
        node[downloads.FILES] = files
        image = picture.images(
            figure.name, up=place.up, drawn=files[".svg"], alt=str(spec["description"]), later=True
        )
        drawn = render("book/pages/path.html", place.lang, image=image)
        node += nodes.raw("", drawn, format="html")
        node += nodes.caption(figure.caption, figure.caption)
        node += nodes.legend("", nodes.raw("", _below(figure, place), format="html"))
        return node


class ProvenanceIndex(_FromGraph):
    """Back from a number, a statement or a table to the figures that draw it."""

    def written(self) -> nodes.Node:
        """Write the three lists."""
        return nodes.raw("", index(self.place, self.graph), format="html")


def specification(paths: Paths, found: Graph, lang: Lang) -> dict[str, Any]:
    """Draw the graph by table and by chapter, as a figure of the book."""
    boxes, links = _boxes(paths, found, lang)
    names = {box.key: box.label for box in boxes}
    _ = translator(lang)
    table = pd.DataFrame(
        [(names[start], names[end]) for start, end in links], columns=[_("De"), _("Vers")]
    )
    heads = (_("Sources"), _("Tables"), _("Tables dérivées"), _("Chapitres"), _("Fig."))
    caption = _(
        "Le chemin des sources aux figures : chaque trait relie ce qui est lu à ce qui le lit. "
        "Une table dérivée est la nôtre : elle repose sur les tables auxquelles elle renvoie."
    )
    description = _(
        "Cinq colonnes reliées par des traits, de gauche à droite : {sources} sortes de sources, "
        "dont l’affiche ; {tables} tables de données ; {chapters} chapitres ; {figures} figures. "
        "La table ci-dessous donne chaque trait."
    ).format(
        sources=sum(box.column == 0 for box in boxes),
        tables=sum(box.column in (1, 2) for box in boxes),
        chapters=sum(box.column == 3 for box in boxes),
        figures=sum(box.column == 4 for box in boxes),
    )
    chart = draw.path(
        boxes,
        links,
        words=draw.Words(heads, caption, description),
        table=table,
        lang=lang,
    )
    return theme.portable_spec(chart.to_dict())


def _boxes(paths: Paths, found: Graph, lang: Lang) -> tuple[list[draw.Box], list[tuple[str, str]]]:
    titles = {one.name: one.title(lang) for one in tables.resources(paths)}
    used = {
        rows.table.name: f"table:{rows.table.name}"
        for figure in found.figures
        for rows in figure.rows
    }
    _ = translator(lang)
    boxes, links = [], []
    kinds = _kinds(paths, found)
    for kind, names in kinds.items():
        label = _(_SOURCES[kind])
        several = f" ({number(len(names), 0, lang)})" if kind != POSTER else ""
        boxes.append(draw.Box(kind, label + several, 0))
    for name, key in used.items():
        rests = found.rests_on[name]
        ours = rests != (POSTER,) and rests != ("table:sources",)
        boxes.append(draw.Box(key, titles[name], 2 if ours else 1))
        origins = [POSTER] if rests == (POSTER,) else list(kinds)[1:]
        links += [
            (one, key) for one in ([o for o in rests if o in used.values()] if ours else origins)
        ]
    for chapter in found.chapters:
        boxes.append(draw.Box(chapter.name, _short(paths, chapter, lang), 3))
        read = dict.fromkeys(rows.table.name for one in chapter.figures for rows in one.rows)
        links += [(used[name], chapter.name) for name in read]
        for figure in chapter.figures:
            boxes.append(draw.Box(f"figure:{figure.name}", numbering.written(figure.number), 4))
            links.append((chapter.name, f"figure:{figure.name}"))
    return boxes, links


def _kinds(paths: Paths, found: Graph) -> dict[str, list[str]]:
    """Group the public sources that figures come from by their kind, after the poster."""
    reached = {node.key.partition(":")[2] for node in found.nodes if node.kind == "source"}
    groups: dict[str, list[str]] = {POSTER: []}
    for line in tables.read("sources", paths).to_dict("records"):
        if line["source_id"] in reached:
            groups.setdefault(str(line["kind"]), []).append(str(line["source_id"]))
    return groups


def _short(paths: Paths, chapter: Chapter, lang: Lang) -> str:
    title = catalogues.translated(paths, f"analysis/{chapter.name}", chapter.title, lang)
    before, _, _ = title.replace(NBSP, " ").partition(":")
    return f"{int(chapter.name.partition('_')[0])}. {before.strip()}"


def _below(figure: theme.Figure, place: page.Place) -> Markup:
    _ = translator(place.lang)
    label = _("Les traits de cette figure")
    return render(
        "book/pages/path_below.html",
        place.lang,
        label=label,
        links=cards(figure.table.columns, bare(figure.table.rows), label),
        picture=f"{place.up}{downloads.FOLDER}/{figure.name}.svg",
        graph=FILE,
    )


def _write(app: Sphinx, failure: Exception | None) -> None:
    if failure is None and app.builder.format == "html":
        write(Path(app.outdir) / "book" / FILE, as_json(_read_once(app)))


def _read_once(app: Sphinx) -> Graph:
    source = Path(app.srcdir)
    if app not in _GRAPHS:  # tables and chapters do not change while a site is being built
        _GRAPHS[app] = graph(checkout(source), source)
    return _GRAPHS[app]


_SOURCES: Final[dict[str, str]] = {
    POSTER: N_("L’affiche"),
    "official": N_("Statistiques officielles"),
    "publisher": N_("Éditeurs"),
    "relay": N_("Relais"),
    "study": N_("Études"),
}
