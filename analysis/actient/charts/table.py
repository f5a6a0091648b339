"""Tables to be read in the page itself, with anchors that other pages can point to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

# As either language writes them: a sign, spaces between thousands, a decimal mark, a percent sign.
_NUMBER: Final = re.compile(r"[-+\u2212]?\d[\d\s.,]*[%\u00d7]?")
_GAPS: Final = frozenset({"", "\u2013", "\u2014"})


@dataclass(frozen=True)
class Row:
    """One row; `anchor` is the stable identifier that addresses in the site end with (`#U01a`).

    Markup in a cell must be `Markup` to stay so.
    """

    cells: tuple[str, ...]
    anchor: str = ""


@dataclass(frozen=True)
class Group:
    """Rows under one heading, such as a stage of the pathway, or under none."""

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
    numbers
        Whether its rows are short numbers under one another, to be compared by column.
    """

    label: str
    columns: tuple[str, ...]
    groups: tuple[Group, ...]
    numbers: bool = False

    def _repr_html_(self) -> str:
        laid_out = scrolling if self.numbers else cards
        return str(laid_out(self.columns, self.groups, self.label))

    def __repr__(self) -> str:
        """Write one line per row, under the heading of its group."""
        lines = [self.label]
        for group in self.groups:
            lines += [group.title] if group.title else []
            lines += ["  " + " | ".join(filter(None, row.cells)) for row in group.rows]
        return "\n".join(lines)


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


def scrolling(columns: Sequence[str], groups: Iterable[Group], label: str) -> Markup:
    """Write a table of numbers, which scrolls in a region of its own where the page is narrow.

    Numbers under one another end on the same line, so that their sizes can be compared.

    Parameters
    ----------
    label
        What the table holds, for a screen reader.
    """
    groups = tuple(groups)
    numeric = _numeric(groups, len(columns))
    return _region(
        label,
        Markup('<table class="actient-table"><thead><tr>{}</tr></thead>{}</table>').format(
            _joined(
                Markup('<th scope="col"{}>{}</th>').format(_aligned(number), name)
                for name, number in zip(columns, numeric, strict=True)
            ),
            _joined(_group(group, numeric) for group in groups),
        ),
    )


def cards(columns: Sequence[str], groups: Iterable[Group], label: str) -> Markup:
    """Write a table of words: where there is no room for its columns, each row becomes a card.

    The first cell of a row is its heading; in a card, the others follow under their column's name.
    Roles are written out: a table that is no longer laid out as one loses its meaning for a screen
    reader.

    Parameters
    ----------
    label
        What the table holds, for a screen reader.
    """
    return _region(
        label,
        Markup(
            '<table class="actient-table actient-cards" role="table">'
            '<thead role="rowgroup"><tr role="row">{}</tr></thead>{}</table>'
        ).format(
            _joined(
                Markup('<th role="columnheader" scope="col">{}</th>').format(name)
                for name in columns
            ),
            _joined(_card_group(group, columns) for group in groups),
        ),
    )


def bare(rows: Iterable[Sequence[str]]) -> tuple[Group, ...]:
    """Group rows under no heading."""
    return (Group("", tuple(Row(tuple(cells)) for cells in rows)),)


def _region(label: str, table: Markup) -> Markup:
    # A region that scrolls must be reachable by keyboard, and a reachable region needs a name.
    return Markup(
        '<div class="actient-scroll" tabindex="0" role="region" aria-label="{}">{}</div>'
    ).format(label, table)


def _numeric(groups: Sequence[Group], width: int) -> tuple[bool, ...]:
    """Say of each column whether it holds numbers, and nothing else but gaps."""
    rows = [row.cells for group in groups for row in group.rows]
    filled = ([cell for cell in column if cell not in _GAPS] for column in zip(*rows, strict=True))
    numeric = tuple(bool(cells) and all(map(_NUMBER.fullmatch, cells)) for cells in filled)
    return numeric or (False,) * width


def _group(group: Group, numeric: Sequence[bool]) -> Markup:
    title = Markup('<tr{}><th scope="rowgroup" colspan="{}">{}</th></tr>').format(
        _anchor(group.anchor), len(numeric), group.title
    )
    rows = _joined(
        Markup("<tr{}>{}</tr>").format(
            _anchor(row.anchor),
            _joined(
                Markup("<td{}>{}</td>").format(_aligned(number), cell)
                for cell, number in zip(row.cells, numeric, strict=True)
            ),
        )
        for row in group.rows
    )
    return Markup("<tbody>{}{}</tbody>").format(title if group.title else "", rows)


def _card_group(group: Group, columns: Sequence[str]) -> Markup:
    title = Markup(
        '<tr role="row" class="actient-cards-title"{}>'
        '<th role="rowheader" scope="rowgroup" colspan="{}">{}</th></tr>'
    ).format(_anchor(group.anchor), len(columns), group.title)
    rows = _joined(_card(row, columns) for row in group.rows)
    return Markup('<tbody role="rowgroup">{}{}</tbody>').format(title if group.title else "", rows)


def _card(row: Row, columns: Sequence[str]) -> Markup:
    heading, *others = row.cells
    return Markup('<tr role="row"{}><th role="rowheader" scope="row">{}</th>{}</tr>').format(
        _anchor(row.anchor),
        heading,
        _joined(
            Markup('<td role="cell" data-label="{}">{}</td>').format(name, cell)
            for name, cell in zip(columns[1:], others, strict=True)
        ),
    )


def _aligned(number: bool) -> Markup:
    return Markup(' class="actient-number"') if number else Markup("")


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)


def _anchor(anchor: str) -> Markup:
    return Markup(' id="{}"').format(anchor) if anchor else Markup("")
