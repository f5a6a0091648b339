"""Statements as headings of small multiples: one row each, its sentence above its plot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import altair as alt

from actient.charts.letters import balanced
from actient.charts.theme import BESIDE_AXIS
from actient.claims import Statement
from actient.locale import Lang
from actient.words import translator

HALO: Final[dict[str, Any]] = {"stroke": "white", "strokeWidth": 5}  # legible over a line


def heading(statement: Statement, lang: Lang, width: float = BESIDE_AXIS) -> str:
    """Return the statement's identifier and sentence, on lines as long as the plot is wide."""
    return "\n".join(balanced(one_line(statement, lang), width, bold=True))


def one_line(statement: Statement, lang: Lang) -> str:
    """Return the same words on one line, for tables and text alternatives."""
    return f"{statement.statement_id} · {statement.text(lang)}"


def colon(lang: Lang) -> str:
    """Return what stands between a name and what is said of it."""
    _ = translator(lang)
    return _("\N{NO-BREAK SPACE}: ")


def semicolon(lang: Lang) -> str:
    """Return what stands between the items of a long list."""
    _ = translator(lang)
    return _("\N{NO-BREAK SPACE}; ")


def label(align: str, dx: float = 0, dy: float = 0, **properties: Any) -> dict[str, Any]:
    """Mark properties of a number or name set beside a mark: `chart.mark_text(**label("left"))`."""
    return {"align": align, "dx": dx, "dy": dy, **properties}


def names_above_rows(up: float) -> alt.Axis:
    """Return the axis of rows whose names stand above what is drawn, `up` pixels from its middle.

    A name beside its row would take a third of a phone's width.
    """
    return alt.Axis(
        domain=False,
        ticks=False,
        labelAlign="left",
        labelBaseline="bottom",
        labelOffset=-up,
        labelPadding=-4,
        zindex=1,
    )


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
