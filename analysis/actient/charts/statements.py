"""Statements as headings of small multiples: one row each, its sentence above its plot."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any, Final

import altair as alt

from actient.claims import Statement
from actient.locale import NBSP, Lang

_LINE: Final = 58  # characters of a heading that fit the width of a plot
COLON: Final[dict[Lang, str]] = {"fr": f"{NBSP}: ", "en": ": "}
SEMICOLON: Final[dict[Lang, str]] = {"fr": f"{NBSP}; ", "en": "; "}

HALO: Final[dict[str, Any]] = {"stroke": "white", "strokeWidth": 5}  # legible over a line


def heading(statement: Statement, lang: Lang) -> str:
    """Return the statement's identifier and sentence, on lines short enough for a plot."""
    return "\n".join(textwrap.wrap(f"{statement.statement_id} · {statement.text(lang)}", _LINE))


def one_line(statement: Statement, lang: Lang) -> str:
    """Return the same words on one line, for tables and text alternatives."""
    return f"{statement.statement_id} · {statement.text(lang)}"


def label(align: str, dx: float = 0, dy: float = 0, **properties: Any) -> dict[str, Any]:
    """Mark properties of a number or name set beside a mark: `chart.mark_text(**label("left"))`."""
    return {"align": align, "dx": dx, "dy": dy, "fontSize": 12, **properties}


def rows(
    chart: alt.LayerChart | alt.FacetChart,
    headings: Sequence[str],
    *,
    field: str = "heading",
    spacing: int = 16,
) -> alt.FacetChart:
    """Repeat a plot for each statement, one below the other.

    Parameters
    ----------
    chart
        Layers over one data frame that has a column of headings.
    headings
        In the order of the rows.
    """
    return chart.facet(
        row=alt.Row(
            f"{field}:N",
            sort=list(headings),
            header=alt.Header(
                labelOrient="top",
                labelAnchor="start",
                labelExpr=r"split(datum.value, '\n')",
                labelLineHeight=16,
                labelBaseline="bottom",
                labelPadding=0,
                title=None,
            ),
        ),
        spacing=spacing,
    )
