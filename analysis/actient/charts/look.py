"""What every picture looks like before it shows anything: paper, letters, axes, legends."""

from __future__ import annotations

from typing import Any, Final

from actient.charts.colours import INK, PALETTE, PAPER, QUIET, RULE

# A phone shows a picture about 360 pixels wide. At this width, margins and labels added, letters of
# this size are still 11 pixels high there.
WIDTH: Final = 400  # of the widest plot
BESIDE_AXIS: Final = WIDTH - 50  # of a plot with the numbers or names of an axis at its left
LETTERS: Final = 13  # size of every letter
FONT: Final = "Liberation Sans, Arial, Helvetica, sans-serif"


def config() -> dict[str, Any]:
    """Return the Vega-Lite configuration that every figure carries."""
    return {
        "background": PAPER,
        "font": FONT,
        "padding": 8,
        "view": {"stroke": None, "continuousWidth": WIDTH},
        "axis": {
            "labelColor": INK,
            "titleColor": INK,
            "labelFontSize": LETTERS,
            "titleFontSize": LETTERS,
            "titleFontWeight": "normal",
            "titlePadding": 10,
            "domainColor": QUIET,
            "tickColor": QUIET,
            "gridColor": RULE,
            "labelLimit": 260,
        },
        "legend": {
            "labelColor": INK,
            "titleColor": INK,
            "labelFontSize": LETTERS,
            "titleFontSize": LETTERS,
            "titleFontWeight": "normal",
            "labelLimit": 420,
            "titleLimit": 420,
            "orient": "top",
            "direction": "vertical",
        },
        "header": {
            "labelColor": INK,
            "titleColor": INK,
            "labelFontSize": LETTERS,
            "labelLimit": 420,
            "labelFontWeight": "bold",
            "title": None,
        },
        "title": {"color": INK, "fontSize": LETTERS},
        "text": {"color": INK, "fontSize": LETTERS, "font": FONT},
        "range": {"category": list(PALETTE)},
    }
