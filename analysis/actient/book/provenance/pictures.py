"""The path from sources to figures, drawn: boxes in columns, and lines between them."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any, Final

import altair as alt
import pandas as pd

from actient.charts import theme
from actient.locale import Lang

_WIDTHS: Final = (104, 130, 124, 148, 36)  # of the columns, in pixels
_COLOURS: Final = (theme.INK, theme.BLUE, theme.PURPLE, theme.GREEN, theme.ORANGE)
_GAP_X: Final = 30
_GAP_Y: Final = 8
_HEAD: Final = 34  # above the first box
_LINE: Final = 15
_PADDING: Final = 6
_LETTER: Final = 6.3  # mean width of a letter at this size
_FONT: Final = 12


@dataclass(frozen=True)
class Box:
    """One thing on the path; `column` counts from the sources."""

    key: str
    label: str
    column: int


@dataclass(frozen=True)
class Words:
    """What the picture says, in the language of the page."""

    heads: tuple[str, ...]
    caption: str
    description: str


@dataclass(frozen=True)
class _Placed:
    box: Box
    lines: tuple[str, ...]
    left: float
    top: float

    @property
    def right(self) -> float:
        return self.left + _WIDTHS[self.box.column]

    @property
    def bottom(self) -> float:
        return self.top + _height(self.lines)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def path(
    boxes: Sequence[Box],
    links: Sequence[tuple[str, str]],
    *,
    words: Words,
    table: pd.DataFrame,
    lang: Lang,
) -> alt.TopLevelMixin:
    """Draw the path from sources to figures.

    Parameters
    ----------
    boxes
        In the order of each column; the first columns are then ordered by what they lead to.
    links
        From the key of a box to the key of one in a later column.
    table
        The same links, to be read.
    """
    placed = _placed(boxes, links)
    height = max(one.bottom for one in placed.values()) + _PADDING
    width = sum(_WIDTHS) + _GAP_X * (len(_WIDTHS) - 1)
    x = alt.X("left:Q", scale=alt.Scale(domain=[0, width], nice=False), axis=None)
    y = alt.Y("top:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None)
    lines = pd.DataFrame(
        [
            {
                "left": placed[start].right,
                "top": placed[start].middle,
                "right": placed[end].left,
                "bottom": placed[end].middle,
            }
            for start, end in links
        ]
    )
    shapes = pd.DataFrame(
        [
            {
                "left": one.left,
                "top": one.top,
                "right": one.right,
                "bottom": one.bottom,
                "colour": _COLOURS[one.box.column],
            }
            for one in placed.values()
        ]
    )
    texts = pd.DataFrame(
        [
            {
                "left": one.left + _PADDING,
                "top": one.middle + _LINE * (place - (len(one.lines) - 1) / 2),
                "text": line,
            }
            for one in placed.values()
            for place, line in enumerate(one.lines)
        ]
    )
    heads = pd.DataFrame(
        [
            {"left": _left(column), "top": _LINE / 2, "text": head}
            for column, head in enumerate(words.heads)
        ]
    )
    to = {"x2": "right:Q", "y2": "bottom:Q"}
    letters: dict[str, Any] = {"align": "left", "baseline": "middle", "fontSize": _FONT}
    chart = alt.layer(
        alt.Chart(lines).mark_rule(color=theme.QUIET, opacity=0.55).encode(x=x, y=y, **to),
        alt.Chart(shapes)
        .mark_rect(fill="white", strokeWidth=1.5, cornerRadius=4)
        .encode(x=x, y=y, stroke=alt.Stroke("colour:N", scale=None), **to),
        alt.Chart(texts).mark_text(**letters).encode(x=x, y=y, text="text:N"),
        alt.Chart(heads).mark_text(fontWeight="bold", **letters).encode(x=x, y=y, text="text:N"),
    ).properties(width=width, height=height)
    return theme.figure(
        chart,
        name="provenance-graph",
        lang=lang,
        caption=words.caption,
        description=words.description,
        table=table,
        origins=(),
        sources=(),
    )


def _placed(boxes: Sequence[Box], links: Sequence[tuple[str, str]]) -> dict[str, _Placed]:
    columns = [[box for box in boxes if box.column == place] for place in range(len(_WIDTHS))]
    wrapped = {box.key: _wrapped(box) for box in boxes}
    total = max(_stacked(column, wrapped) for column in columns)
    placed: dict[str, _Placed] = {}
    for column in reversed(columns):  # figures keep the order of the book; the rest follows them
        ordered = sorted(column, key=lambda box: _aim(box, links, placed))
        free = total - _stacked(ordered, wrapped)
        top = _HEAD + free / (2 * max(len(ordered), 1))
        for box in ordered:
            one = _Placed(box, wrapped[box.key], _left(box.column), top)
            placed[box.key] = one
            top = one.bottom + _GAP_Y + free / len(ordered)
    return placed


def _aim(box: Box, links: Sequence[tuple[str, str]], placed: dict[str, _Placed]) -> float:
    ends = [placed[end].middle for start, end in links if start == box.key and end in placed]
    return fmean(ends) if ends else 0.0


def _stacked(column: Sequence[Box], wrapped: dict[str, tuple[str, ...]]) -> float:
    return sum(_height(wrapped[box.key]) + _GAP_Y for box in column)


def _wrapped(box: Box) -> tuple[str, ...]:
    room = int((_WIDTHS[box.column] - 2 * _PADDING) / _LETTER)
    return tuple(textwrap.wrap(box.label, room, break_long_words=False))


def _height(lines: Sequence[str]) -> float:
    return _LINE * len(lines) + (2 * _PADDING if len(lines) > 1 else _PADDING)


def _left(column: int) -> float:
    return sum(_WIDTHS[:column]) + _GAP_X * column
