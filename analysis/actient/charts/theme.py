"""One look for every chart, one way to draw where a number comes from, one door to the page.

Origin is always drawn the same way: printed on the poster = filled mark; public source = hollow
mark; computed = line or interval; supplied = filled in the accent colour; synthetic = diagonal
watermark. Dashed, over any of them, means *assumption*.

The hues follow Okabe and Ito (2008), darkened until they serve for text too. What holds, and is
tested in both modes: text and marks reach the contrasts of WCAG 2.1 (4.5 for text, 3 for marks),
text is legible on every tint, and any two colours of marks stay apart for readers with the usual
colour vision deficiencies. Where two colours meet in a picture, shape, dash or words differ too.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

import altair as alt
import pandas as pd

from actient.locale import ORIGINS, Lang, Origin
from actient.paths import LAB_EXTENSION
from actient.words import translator

MIME: Final = "application/vnd.vegalite.v6+json"
META: Final = "actient"  # our key in the specification's `usermeta`
DATA_DECIMALS: Final = 5  # processors differ in the last digits, pictures do not show them

DASH: Final = (5, 4)  # an assumption

VEGA_LOCALES: Final[dict[Lang, Literal["fr-FR", "en-US"]]] = {"fr": "fr-FR", "en": "en-US"}

INK: Final = "#1b2733"
QUIET: Final = "#5b6875"
BLUE: Final = "#0b5d93"
ORANGE: Final = "#c2500a"
GREEN: Final = "#00795a"
PURPLE: Final = "#7a1f6b"
PALETTE: Final = (BLUE, ORANGE, GREEN, PURPLE, QUIET)
ACCENT: Final = ORANGE  # what the user supplied

# Tints fill areas under text or between lines: never a mark that stands alone.
RULE: Final = "#d5dbe1"
SKY: Final = "#9fcbe6"
SAND: Final = "#f1c6a5"
CLAY: Final = "#dd8a52"
TINTS: Final = (RULE, SKY, SAND, CLAY)

PAPER: Final = "white"
NIGHT: Final = "#121212"  # the dark background of the theme
DARK: Final[Mapping[str, str]] = {
    PAPER: NIGHT,
    INK: "#e4e9ee",
    QUIET: "#8d99a8",
    BLUE: "#5f9bd6",
    ORANGE: "#ec9448",
    GREEN: "#3fcfa5",
    PURPLE: "#f3b3ea",
    RULE: "#39434d",
    SKY: "#1f4e6e",
    SAND: "#5a3a22",
    CLAY: "#8a4716",
}
"""Each colour of a picture, and what stands for it on a dark page."""

# A phone shows a picture about 360 pixels wide. At this width, margins and labels added, letters of
# this size are still 11 pixels high there.
WIDTH: Final = 400  # of the widest plot
BESIDE_AXIS: Final = WIDTH - 50  # of a plot with the numbers or names of an axis at its left
LETTERS: Final = 13  # size of every letter
FONT: Final = "Liberation Sans, Arial, Helvetica, sans-serif"

_WATERMARK_SIZE: Final = 36
_PAINT: Final = re.compile(r'\b(fill|stroke)="([^"]+)"')


class FigureError(ValueError):
    """A chart that cannot become a figure of the book as it stands."""


@dataclass(frozen=True)
class Table:
    """What a figure shows, as formatted text: the reader's alternative to the picture."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @classmethod
    def from_frame(cls, frame: pd.DataFrame) -> Table:
        """Take a frame whose column names and values are ready to be read."""
        rows = tuple(
            tuple("" if pd.isna(value) else str(value) for value in row)
            for row in frame.itertuples(index=False)
        )
        return cls(tuple(map(str, frame.columns)), rows)


@dataclass(frozen=True)
class Figure:
    """What travels with a specification in its `usermeta`, for the page to lay out.

    Attributes
    ----------
    sources
        Rows of `data/` that the figure draws and whose identifiers it does not show, as `figure`
        takes them; None where the chart does not say.
    """

    name: str
    lang: Lang
    caption: str
    origins: tuple[Origin, ...]
    assumption: bool
    table: Table
    sources: tuple[str, ...] | None = None

    @classmethod
    def from_spec(cls, spec: Mapping[str, Any]) -> Figure:
        """Read it back from a specification.

        Raises
        ------
        FigureError
            If the specification did not pass through `figure`.
        """
        try:
            meta = dict(spec["usermeta"][META])
        except KeyError:
            raise FigureError(
                "A chart reached the page without caption, origins and table: "
                "return it through actient.charts.theme.figure."
            ) from None
        table = meta.pop("table")
        columns, rows = tuple(table["columns"]), tuple(tuple(row) for row in table["rows"])
        meta["origins"] = tuple(meta["origins"])
        if "sources" in meta:
            meta["sources"] = tuple(meta["sources"])
        return cls(table=Table(columns, rows), **meta)


def figure(
    chart: alt.Chart | alt.LayerChart | alt.FacetChart | alt.VConcatChart | alt.HConcatChart,
    *,
    name: str,
    lang: Lang,
    caption: str,
    description: str,
    table: pd.DataFrame,
    origins: Sequence[Origin],
    assumption: bool = False,
    sources: Sequence[str] | None = None,
) -> alt.TopLevelMixin:
    """Make a chart a figure of the book: look, caption, text alternative, data, origin.

    Parameters
    ----------
    name
        Stable, unique in the book; the figure's anchor and file name.
    caption
        One or two sentences; names the assumption if there is one.
    description
        The text alternative: what the picture shows to someone who cannot see it.
    table
        The data shown, column names and values ready to be read in `lang`.
    sources
        What the figure draws from `data/` without showing its identifier: tables
        (``"comparisons"``) or rows (``"claims:C11"``). The page adds the identifiers that the
        figure shows; an empty sequence says that no table was read.

    Raises
    ------
    FigureError
        If a text is missing or an origin is not one of the five.
    """
    if not (name and caption and description):
        raise FigureError(f"Figure {name!r}: name, caption and description are all needed.")
    if unknown := set(origins) - set(ORIGINS):
        raise FigureError(f"Figure {name!r}: unknown origin {sorted(unknown)}.")
    if "synthetic" in origins:
        chart = _watermarked(chart, lang)
    meta = Figure(
        name=name,
        lang=lang,
        caption=caption,
        origins=tuple(origins),
        assumption=assumption,
        table=Table.from_frame(table),
        sources=None if sources is None else tuple(sources),
    )
    stated = {key: value for key, value in asdict(meta).items() if value is not None}
    made: alt.TopLevelMixin = chart.properties(
        description=description, usermeta={META: stated}
    ).configure(**_config())
    return made


def mime_bundle(spec: dict[str, Any], **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Render a chart for a notebook: its specification and its description.

    The same in every run and on every machine, so that nbval compares it whole. An interactive
    session that could not show it gets a picture too: JupyterLab knows Vega-Lite only up to
    version 5 by itself, and draws ours once `actient lab` has taught it.
    """
    portable = portable_spec(spec)
    bundle = {MIME: portable, "text/plain": portable["description"]}
    if _needs_picture():
        bundle["image/svg+xml"] = svg(portable)
    return bundle, {}


def portable_spec(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Round the data and name the datasets by their place instead of their exact content."""
    name = Figure.from_spec(spec).name
    datasets = spec.get("datasets", {})
    names = {old: f"{name}-{place}" for place, old in enumerate(datasets, start=1)}
    renamed = _renamed({key: value for key, value in spec.items() if key != "datasets"}, names)
    renamed["datasets"] = {names[old]: _rounded(rows) for old, rows in datasets.items()}
    return dict(renamed)


def svg(spec: Mapping[str, Any]) -> str:
    """Draw a figure's specification as SVG, with its language's numbers."""
    import vl_convert  # native threads: not to be loaded before a kernel forks

    locale = VEGA_LOCALES[Figure.from_spec(spec).lang]
    return vl_convert.vegalite_to_svg(
        dict(spec), format_locale=locale, time_format_locale=locale, allowed_base_urls=[]
    )


Mark = Literal["printed", "public source", "supplied"]


def points(origin: Mark, *, colour: str = BLUE, size: int = 90) -> dict[str, Any]:
    """Mark properties of a point of that origin: `chart.mark_point(**points("printed"))`."""
    fill = {"printed": colour, "public source": "white", "supplied": ACCENT}[origin]
    stroke = ACCENT if origin == "supplied" else colour
    return {
        "shape": "circle",
        "filled": False,
        "fill": fill,
        "stroke": stroke,
        "strokeWidth": 2,
        "size": size,
        "opacity": 1,
    }


def _watermarked(chart: Any, lang: Lang) -> Any:
    if not isinstance(chart, alt.Chart | alt.LayerChart):
        raise FigureError("A synthetic figure must be one plot, so that its watermark covers it.")
    _ = translator(lang)
    # Several times, so that no part of the picture can be cut out without it.
    places = [{"down": (2 * place + 1) / 6} for place in range(3)]
    mark = (
        alt.Chart(alt.InlineData(values=places))
        .mark_text(
            text=_("SYNTHÉTIQUE"),
            angle=335,
            fontSize=_WATERMARK_SIZE,
            fontWeight="bold",
            color=INK,
            opacity=0.13,
        )
        .encode(
            x=alt.value(alt.ExprRef("width / 2")),
            y=alt.value(alt.ExprRef("datum.down * height")),
        )
    )
    if isinstance(chart, alt.Chart):
        return alt.layer(chart, mark)
    marked = chart.copy(deep=False)  # with the data and the size of the whole
    marked.layer = [*chart.layer, mark]
    return marked


def _needs_picture() -> bool:
    # JPY_SESSION_NAME: set by Jupyter Server for a notebook that somebody opened; by no runner.
    if "VSCODE_PID" in os.environ:
        return True
    return "JPY_SESSION_NAME" in os.environ and not (LAB_EXTENSION / "package.json").is_file()


def _renamed(node: Any, names: Mapping[str, str]) -> Any:
    if isinstance(node, Mapping):
        if node.keys() == {"name"} and node["name"] in names:
            return {"name": names[node["name"]]}
        return {key: _renamed(value, names) for key, value in node.items()}
    if isinstance(node, list):
        return [_renamed(value, names) for value in node]
    return node


def _rounded(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [dict(_rounded_items(row)) for row in rows]


def _rounded_items(row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in row.items():
        if isinstance(value, float):
            # JSON has no "not a number": a missing value is null
            yield key, None if math.isnan(value) else round(value, DATA_DECIMALS)
        else:
            yield key, value


def in_dark(svg: str) -> str:
    """Repaint a drawn picture for a dark page; a colour that is not ours stays as it is."""

    def painted(found: re.Match[str]) -> str:
        return f'{found[1]}="{DARK.get(found[2], found[2])}"'

    return _PAINT.sub(painted, svg)


def _config() -> dict[str, Any]:
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
