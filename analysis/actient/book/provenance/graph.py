"""The path from sources to figures, and back: derived from tables and executed chapters.

Nothing is declared here. Rows refer to each other as `data/datapackage.json` says (foreign keys);
a figure's rows are those of `making.data_rows`; a record belongs to a row because it bears its
identifier, or the key that chapter 01 makes of it. What cannot be read so is not in the graph.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, get_args

import nbformat

from actient import records
from actient.book.provenance import citation
from actient.book.provenance import rows as provenance_rows
from actient.book.provenance.rows import POSTER, DataRows
from actient.chapters.context import numbers as context
from actient.charts import theme
from actient.paths import Paths
from actient.runs import making

Kind = Literal["source", "table", "row", "notebook", "figure", "record", "page"]
_KINDS: Final[dict[str, Kind]] = {kind: kind for kind in get_args(Kind)}
Relation = Literal[
    "wasDerivedFrom", "wasGeneratedBy", "used", "hadMember", "wasQuotedFrom", "refersTo"
]

SHAPE: Final = "actient-provenance/1"

_GLUE: Final = re.compile(r"\{glue:text\}`(?:\.\./analysis/)?(\w+)\.ipynb::(\w+)(?::\w+)?`")
_OF_A_ROW: Final = re.compile(r"[A-Z]\d{2}(?=_|$)")


@dataclass(frozen=True)
class Node:
    """Something that numbers come from or go to.

    Attributes
    ----------
    key
        Kind and name: `row:claims:C11`, `figure:selection-ratio`.
    place
        Where the site shows it, from the root of an edition; empty where it does not.
    """

    key: str
    kind: Kind
    place: str = ""


@dataclass(frozen=True)
class Edge:
    """One step back: `made` comes from `origin`, in the words of PROV."""

    made: str
    relation: Relation
    origin: str


@dataclass(frozen=True)
class Drawn:
    """A figure of a chapter, its number, and the rows it draws."""

    name: str
    chapter: str
    number: tuple[int, int]
    caption: str
    rows: tuple[making.Rows, ...]

    @property
    def place(self) -> str:
        """Address of the figure, from the root of an edition."""
        return f"analysis/{self.chapter}.html#{self.name}"


@dataclass(frozen=True)
class Chapter:
    """An executed chapter: parameters, figures, and the records it states."""

    name: str
    title: str
    parameters: Mapping[str, Any]
    figures: tuple[Drawn, ...]
    records: tuple[str, ...]


@dataclass(frozen=True)
class Graph:
    """Everything a page or a program needs to go from a figure to its sources, and back.

    Attributes
    ----------
    quoted
        Page, then the records that its prose quotes, as (notebook, key).
    rests_on
        Table, then what its rows come from: the poster, public sources, other tables.
    """

    chapters: tuple[Chapter, ...]
    quoted: Mapping[str, tuple[tuple[str, str], ...]]
    rests_on: Mapping[str, tuple[str, ...]]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    @property
    def figures(self) -> tuple[Drawn, ...]:
        """Every figure, in reading order."""
        return tuple(figure for chapter in self.chapters for figure in chapter.figures)

    def drawing(self, table: str, row: str | None = None) -> tuple[Drawn, ...]:
        """List the figures that draw a table, or one row of it by name."""
        return tuple(
            figure
            for figure in self.figures
            for found in figure.rows
            if found.table.name == table and (row is None or row in found.identifiers)
        )

    def quoting(self, table: str, row: str | None = None) -> tuple[str, ...]:
        """List the pages whose prose quotes a record of a table, or of one row of it."""
        wanted = f"row:{table}:" if row is None else f"row:{table}:{row}"
        stated = {
            edge.made
            for edge in self.edges
            if edge.relation == "wasDerivedFrom"
            and edge.made.startswith("record:")
            and (edge.origin == wanted or (row is None and edge.origin.startswith(wanted)))
        }
        return tuple(
            page
            for page, found in self.quoted.items()
            if any(f"record:{notebook}::{key}" in stated for notebook, key in found)
        )


def graph(paths: Paths, source: Path) -> Graph:
    """Read the graph of one edition.

    Parameters
    ----------
    paths
        The checkout, for its tables.
    source
        What the edition is built from: executed chapters in `analysis/`, pages in `book/`.
    """
    chapters = tuple(
        _chapter(paths, path) for path in sorted((source / "analysis").glob("[0-9][0-9]_*.ipynb"))
    )
    quoted = _quoted(source)
    data = provenance_rows.read(paths)
    compared = context.load_comparisons(paths)
    public = dict(zip(compared["key"], compared["comparison_id"], strict=True))
    edges = _reached(_edges(data, chapters, quoted, public))
    places = dict(_places(chapters, quoted))
    keys = {key for edge in edges for key in (edge.made, edge.origin)}
    nodes = tuple(_node(key, places) for key in sorted({*keys, *places}))
    return Graph(chapters, quoted, data.rests_on, nodes, edges)


def as_json(found: Graph) -> str:
    """Write the graph for machines.

    Returns
    -------
    str
        `nodes` have `id`, `kind`, the `href` where the site shows them (from the root of the
        edition), and for a chapter the `parameters` of its run; `edges` go from what was made to
        what it comes from, with a `relation` of PROV (https://www.w3.org/TR/prov-o/); only
        `refersTo` is ours: a row that names another without coming from it.
    """
    parameters = {f"notebook:{one.name}": dict(one.parameters) for one in found.chapters}
    nodes = [
        {
            "id": node.key,
            "kind": node.kind,
            **({"href": node.place} if node.place else {}),
            **({"parameters": parameters[node.key]} if node.key in parameters else {}),
        }
        for node in found.nodes
    ]
    edges = [
        {"from": edge.made, "relation": edge.relation, "to": edge.origin} for edge in found.edges
    ]
    return f'{{"shape": "{SHAPE}",\n"nodes": [\n{_lines(nodes)}],\n"edges": [\n{_lines(edges)}]}}\n'


def _lines(content: Iterable[Mapping[str, Any]]) -> str:
    return ",\n".join(json.dumps(one, ensure_ascii=False) for one in content)


def _chapter(paths: Paths, path: Path) -> Chapter:
    notebook = nbformat.read(path, as_version=4)
    specifications = [
        output["data"][theme.MIME]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if theme.MIME in output.get("data", {})
    ]
    figures = [
        _drawn(paths, path.stem, place, spec) for place, spec in enumerate(specifications, start=1)
    ]
    return Chapter(
        name=path.stem,
        title=citation.heading(notebook),
        parameters=making.Run.of(notebook).values,
        figures=tuple(figures),
        records=tuple(records.collect(notebook)),
    )


def _drawn(paths: Paths, chapter: str, place: int, spec: Mapping[str, Any]) -> Drawn:
    figure = theme.Figure.from_spec(spec)
    number = (int(chapter.partition("_")[0]), place)  # as `book.numbering` counts
    rows = making.data_rows(figure, spec, paths)
    return Drawn(figure.name, chapter, number, figure.caption, rows)


def _quoted(source: Path) -> dict[str, tuple[tuple[str, str], ...]]:
    pages = {
        path.relative_to(source).with_suffix("").as_posix(): path.read_text(encoding="utf-8")
        for path in (
            *sorted((source / "analysis").glob("[0-9]*.ipynb")),
            *sorted((source / "book").glob("*.md")),
        )
    }
    found = {page: tuple(dict.fromkeys(_GLUE.findall(text))) for page, text in pages.items()}
    return {page: quotes for page, quotes in found.items() if quotes}


def _edges(
    data: DataRows,
    chapters: Iterable[Chapter],
    quoted: Mapping[str, tuple[tuple[str, str], ...]],
    public: Mapping[str, str],
) -> Iterator[Edge]:
    for chapter in chapters:
        made_by = f"notebook:{chapter.name}"
        for figure in chapter.figures:
            key = f"figure:{figure.name}"
            yield Edge(key, "wasGeneratedBy", made_by)
            for found in figure.rows:
                table = f"table:{found.table.name}"
                yield Edge(made_by, "used", table)
                for row in found.identifiers:
                    yield Edge(key, "wasDerivedFrom", f"row:{found.table.name}:{row}")
                if not found.identifiers:
                    yield Edge(key, "wasDerivedFrom", table)
        for record in chapter.records:
            key = f"record:{chapter.name}::{record}"
            yield Edge(key, "wasGeneratedBy", made_by)
            row = _row_of(record)
            for name in ("claims", "statements"):
                if row in data.names[name]:
                    yield Edge(key, "wasDerivedFrom", f"row:{name}:{row}")
            if record in public:
                yield Edge(key, "wasDerivedFrom", f"row:comparisons:{public[record]}")
    for page, found_quotes in quoted.items():
        for notebook, record in found_quotes:
            yield Edge(f"page:{page}", "wasQuotedFrom", f"record:{notebook}::{record}")
    for table in data.names:
        yield from _between_rows(data, table)


def _between_rows(data: DataRows, table: str) -> Iterator[Edge]:
    for name in data.names[table]:
        row = f"row:{table}:{name}"
        yield Edge(f"table:{table}", "hadMember", row)
        if data.rests_on[table] == (POSTER,):
            yield Edge(row, "wasDerivedFrom", POSTER)
        for other, key in data.refers[table, name]:
            rests = f"table:{other}" in data.rests_on[table]
            origin = f"source:{key}" if other == "sources" else f"row:{other}:{key}"
            yield Edge(row, "wasDerivedFrom" if rests else "refersTo", origin)


def _reached(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """Keep what figures, records and pages come from: other rows have no reader."""
    found = tuple(dict.fromkeys(edges))
    back: dict[str, list[str]] = {}
    for edge in found:
        if edge.relation in ("hadMember", "refersTo"):
            continue  # to read a table is not to draw all of its rows
        back.setdefault(edge.made, []).append(edge.origin)
    ahead = [key for key in back if key.startswith(("figure:", "record:", "page:"))]
    seen: set[str] = set()
    while ahead:
        key = ahead.pop()
        if key not in seen:
            seen.add(key)
            ahead += back.get(key, [])
    return tuple(
        edge
        for edge in found
        if edge.origin in seen and (edge.made in seen or edge.relation == "hadMember")
    )


def _row_of(record: str) -> str:
    found = _OF_A_ROW.match(record)
    return found[0] if found else ""


def _places(
    chapters: Iterable[Chapter], quoted: Mapping[str, tuple[tuple[str, str], ...]]
) -> Iterator[tuple[str, str]]:
    for chapter in chapters:
        yield f"notebook:{chapter.name}", f"analysis/{chapter.name}.html"
        for figure in chapter.figures:
            yield f"figure:{figure.name}", figure.place
    for page in quoted:
        yield f"page:{page}", f"{page}.html"


def _node(key: str, places: Mapping[str, str]) -> Node:
    kind, _, name = key.partition(":")
    table, _, row = name.partition(":")
    shown = {
        "table": f"book/data_dictionary.html#table-{name}",
        "source": f"book/provenance.html#{name}" if key != POSTER else "book/poster.html",
        "row": f"book/provenance.html#{row}" if table == "claims" else "",
    }
    return Node(key, _KINDS[kind], places.get(key, shown.get(kind, "")))
