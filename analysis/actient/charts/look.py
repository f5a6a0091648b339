"""What every picture looks like before it shows anything: paper, letters, axes, legends."""

from __future__ import annotations

from typing import Any, Final

from actient.charts.colours import INK, PALETTE, PAPER, QUIET, RULE

WIDTH: Final = 460  # of the plot; with its axis labels it stays legible scaled down to a phone
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
            "labelFontSize": 13,
            "titleFontSize": 13,
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
            "labelFontSize": 13,
            "titleFontSize": 13,
            "titleFontWeight": "normal",
            "labelLimit": 420,
            "titleLimit": 420,
            "orient": "top",
            "direction": "vertical",
        },
        "header": {
            "labelColor": INK,
            "titleColor": INK,
            "labelFontSize": 13,
            "labelLimit": 420,
            "labelFontWeight": "bold",
            "title": None,
        },
        "text": {"color": INK, "fontSize": 13, "font": FONT},
        "range": {"category": list(PALETTE)},
    }
