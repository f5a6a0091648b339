"""A table to be read in the page itself, with anchors that other pages can point to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True)
class Row:
    """One row; `anchor` is the stable identifier that addresses in the site end with (`#U01a`)."""

    cells: tuple[str, ...]
    anchor: str = ""


@dataclass(frozen=True)
class Group:
    """Rows under one heading, such as a stage of the pathway."""

    title: str
    rows: tuple[Row, ...]
    anchor: str = ""


@dataclass(frozen=True)
class ReadableTable:
    """A table for readers: a notebook shows it as HTML, a terminal as plain lines.

    Attributes
    ----------
    label
        What the table holds, for a screen reader.
    """

    label: str
    columns: tuple[str, ...]
    groups: tuple[Group, ...]

    def _repr_html_(self) -> str:
        bodies = Markup("").join(self._group(group) for group in self.groups)
        return str(scrolling(self.columns, bodies, self.label))

    def __repr__(self) -> str:
        """Write one line per row, under the heading of its group."""
        lines = [self.label]
        for group in self.groups:
            lines.append(group.title)
            lines += ["  " + " | ".join(filter(None, row.cells)) for row in group.rows]
        return "\n".join(lines)

    def _group(self, group: Group) -> Markup:
        title = Markup('<tr{}><th scope="colgroup" colspan="{}">{}</th></tr>').format(
            _anchor(group.anchor), len(self.columns), group.title
        )
        return Markup("<tbody>{}{}</tbody>").format(title, rows(group.rows))


@dataclass(frozen=True)
class Folded:
    """A long table that the reader unfolds; a terminal shows it whole."""

    summary: str
    table: ReadableTable

    def _repr_html_(self) -> str:
        return str(
            Markup('<details class="actient-folded"><summary>{}</summary>{}</details>').format(
                self.summary,
                Markup(self.table._repr_html_()),  # noqa: S704 — its own markup
            )
        )

    def __repr__(self) -> str:
        """Write the table."""
        return repr(self.table)


def scrolling(columns: Sequence[str], bodies: Markup, label: str) -> Markup:
    """Write a table in a region of its own, which scrolls where the page is narrow.

    Parameters
    ----------
    bodies
        One or several `tbody` elements.
    label
        What the table holds, for a screen reader.
    """
    # A region that scrolls must be reachable by keyboard, and a reachable region needs a name.
    return Markup(
        '<div class="actient-scroll" tabindex="0" role="region" aria-label="{}">'
        '<table class="actient-table"><thead><tr>{}</tr></thead>{}</table></div>'
    ).format(label, _cells(columns, Markup('<th scope="col">{}</th>')), bodies)


def rows(content: Sequence[Row]) -> Markup:
    """Write rows of text, each with its anchor; markup in a cell must be `Markup` to stay so."""
    return Markup("").join(
        Markup("<tr{}>{}</tr>").format(
            _anchor(row.anchor), _cells(row.cells, Markup("<td>{}</td>"))
        )
        for row in content
    )


def _cells(texts: Sequence[str], pattern: Markup) -> Markup:
    return Markup("").join(pattern.format(text) for text in texts)


def _anchor(anchor: str) -> Markup:
    return Markup(' id="{}"').format(anchor) if anchor else Markup("")
