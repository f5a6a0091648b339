"""Pictures of what one's own survey says: one row for each estimate, under the poster's figure.

Where responses are synthetic, so is everything drawn from them, and it is marked as such.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import altair as alt
import pandas as pd

from actient.chapters.supplied.numbers import ASSUMED, Series, Supplied
from actient.chapters.supplied.words import CAPTIONS, FRAMES, INVENTED, NOTES, SERIES, WORDS
from actient.charts import theme
from actient.charts.letters import balanced, width
from actient.charts.statements import HALO, label
from actient.locale import Lang, Origin, number, percent
from actient.parameters.models import CoverageParameters, Parameters, ReliabilityParameters
from actient.survey.publishing.aggregates import Residual, Weighting

Kind = Literal[
    "results",
    "populations",
    "coverage",
    "selection",
    "diffusion",
    "reliability",
    "combined",
]

_FROM_ESTIMATES: Final = frozenset[Kind](["coverage", "selection", "reliability", "combined"])
_SEEN: Final = 0.0005  # half a tenth of a percentage point
_HALF: Final = 0.5  # the threshold of every statement
_HEADING: Final = 24  # heights, in pixels
_ROW: Final = 22
_GAP: Final = 14
_APART: Final = 7  # names from what is drawn
_BETWEEN: Final = " — "  # what a heading measures, and in whom


@dataclass(frozen=True)
class Note:
    """A sentence in place of a picture: nothing can be told."""

    text: str

    def _repr_markdown_(self) -> str:
        return f"*{self.text}*"

    def __repr__(self) -> str:
        """Write the sentence."""
        return self.text


def show(
    kind: Kind,
    frame: pd.DataFrame | None,
    supplied: Supplied | None,
    given: Parameters,
    name: str = "",
) -> alt.TopLevelMixin | Note | None:
    """Draw what a survey says on a chapter's question; nothing where there is no survey.

    Parameters
    ----------
    frame
        As a function of `chapters.supplied` returns it.
    given
        The chapter's parameters: its language, and what the caption says of its assumptions.
    name
        Of the figure, where another chapter draws the same kind: a name stands once in the book.

    Returns
    -------
    figure, Note or None
        A note where too few people answered for anything to be told.
    """
    if supplied is None or frame is None:
        return None
    lang = given.lang
    if frame.empty:
        return Note(_nothing(supplied, lang))
    shown = _laid_out(frame, supplied, lang)
    return theme.figure(
        _chart(shown, lang, threshold=kind not in {"results", "populations"}),
        name=name or f"supplied-{kind}",
        lang=lang,
        caption=_caption(kind, supplied, given),
        description=_description(shown, lang),
        table=_table(shown, lang),
        origins=_origins(frame, supplied),
        assumption=bool(ASSUMED & set(frame["series"])),
    )


def _nothing(supplied: Supplied, lang: Lang) -> str:
    threshold = number(supplied.aggregates.threshold, 0, lang)
    return NOTES["nothing"][lang].format(threshold=threshold)


def _laid_out(frame: pd.DataFrame, supplied: Supplied, lang: Lang) -> pd.DataFrame:
    """Give each estimate its place, and each measure a heading above its estimates."""
    rows: list[dict[str, Any]] = []
    y = 0.0
    for measure_id, estimates in frame.groupby("measure_id", sort=False):
        heading = _heading(str(measure_id), supplied, lang)
        lines = _lines(heading)
        for line in lines:
            y += _HEADING - 6 if line != lines[0] else _HEADING
            rows.append({"kind": "heading", "y": y, "text": line})
        for estimate in estimates.to_dict("records"):
            y += _ROW
            rows.append(_row(estimate, y, heading, supplied.origin, lang))
        y += _GAP
    return pd.DataFrame(rows)


def _heading(measure_id: str, supplied: Supplied, lang: Lang) -> str:
    measure = supplied.measures[measure_id]
    found = supplied.aggregates.measure(measure_id)
    base = number(found.base, 0, lang) if found and found.base else "?"
    label = supplied.claims[measure.claim_id].label(lang)
    group = supplied.group_label(measure.group_id, lang)
    return f"{measure.claim_id} · {label}{_BETWEEN}{group} (n = {base})"


def _lines(heading: str) -> list[str]:
    """Break a heading that is too long before its group, then wherever it must be."""
    if width(heading, bold=True) <= theme.WIDTH:
        return [heading]
    parts = heading.split(_BETWEEN)
    return [line for part in parts for line in balanced(part, theme.WIDTH, bold=True)]


def _row(
    estimate: dict[Any, Any], y: float, heading: str, origin: Origin, lang: Lang
) -> dict[str, Any]:
    series: Series = estimate["series"]
    share, low, high = (estimate[name] for name in ("share", "low", "high"))
    return {
        "kind": "printed" if series == "printed" else "estimate",
        "y": y,
        "series": series,
        "name": (INVENTED if origin == "synthetic" else SERIES).get(series, SERIES[series])[lang],
        "heading": heading,
        "share": share,
        "low": low,
        "high": high,
        "own": series == "supplied",
        "assumed": series in ASSUMED,
        "text": _numbers(share, low, high, lang),
    }


def _numbers(share: float, low: float, high: float, lang: Lang) -> str:
    limits = f"{percent(low, 1, lang)} – {percent(high, 1, lang)}" if not math.isnan(low) else ""
    if math.isnan(share):
        return limits
    return f"{percent(share, 1, lang)} ({limits})" if limits else percent(share, 1, lang)


def _chart(shown: pd.DataFrame, lang: Lang, *, threshold: bool) -> alt.LayerChart:
    estimates = shown[shown["kind"] != "heading"]
    names = {f"{row['y']:g}": row["name"] for row in estimates.to_dict("records")}
    labels = max(map(width, estimates["name"])) + 1.5 * _APART
    height = float(shown["y"].max()) + _ROW
    y = alt.Y(
        "y:Q",
        scale=alt.Scale(domain=[0, height], reverse=True, nice=False, zero=True),
        axis=alt.Axis(
            values=[float(place) for place in estimates["y"]],
            labelExpr=f"({json.dumps(names, ensure_ascii=False)})[datum.value]",
            labelPadding=_APART,
            title=None,
            grid=False,
            domain=False,
            ticks=False,
        ),
    )
    x = alt.X(
        "share:Q",
        title=WORDS["share"][lang],
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1]),
    )
    base = alt.Chart().encode(
        y=y,
        tooltip=[
            alt.Tooltip("heading:N", title=WORDS["figure"][lang]),
            alt.Tooltip("name:N", title=WORDS["estimate"][lang]),
            alt.Tooltip("text:N", title=WORDS["value"][lang]),
        ],
    )
    own, other = "datum.own", "datum.kind == 'estimate' && !datum.own"
    low, high = alt.X("low:Q", scale=alt.Scale(domain=[0, 1])), alt.X2("high:Q")
    half = [base.mark_rule(color=theme.QUIET, strokeWidth=1).encode(x=alt.datum(_HALF))]
    chart: Any = alt.layer(
        *(half if threshold else []),
        *(
            base.transform_filter("datum.kind == 'heading'")
            .mark_text(**label("left", -labels, fontWeight="bold", **halo))
            .encode(x=alt.datum(0), text="text:N", tooltip=alt.value(None))
            for halo in (HALO, {})
        ),
        _rule(base, f"{other} && datum.assumed", theme.BLUE, dashed=True).encode(x=low, x2=high),
        _rule(base, f"{other} && !datum.assumed", theme.BLUE).encode(x=low, x2=high),
        _rule(base, own, theme.ACCENT).encode(x=low, x2=high),
        base.transform_filter(f"{other} && isValid(datum.share)")
        .mark_tick(color=theme.BLUE, thickness=3, height=12)
        .encode(x=x),
        base.transform_filter(own).mark_point(**theme.points("supplied", size=70)).encode(x=x),
        base.transform_filter("datum.kind == 'printed'")
        .mark_point(**theme.points("printed", size=70))
        .encode(x=x),
        data=shown,
    )
    sized: alt.LayerChart = chart.properties(width=round(theme.WIDTH - labels), height=height)
    return sized


def _rule(base: alt.Chart, where: str, colour: str, *, dashed: bool = False) -> alt.Chart:
    dash = list(theme.DASH) if dashed else [1, 0]
    shown: alt.Chart = base.transform_filter(where).mark_rule(
        color=colour, strokeWidth=2.5, strokeDash=dash
    )
    return shown


def _origins(frame: pd.DataFrame, supplied: Supplied) -> Sequence[Origin]:
    found: list[Origin] = ["printed"] if "printed" in set(frame["series"]) else []
    found.append(supplied.origin)
    if supplied.origin == "supplied":
        found.append("computed")
    return found


def _caption(kind: Kind, supplied: Supplied, given: Parameters) -> str:
    lang = given.lang
    level = percent(supplied.aggregates.confidence, 0, lang)
    told = _told(given)
    sentences = [CAPTIONS[kind][lang].format(level=level, **told)]
    if kind == "results":
        sentences += [_weighting(one, supplied, lang) for one in supplied.aggregates.weightings]
    if kind == "populations":
        sentences += _pooled(supplied, lang)
    if kind in _FROM_ESTIMATES and any(one.weighted for one in supplied.aggregates.measures):
        sentences.append(NOTES["from_weighted"][lang])
    if kind not in {"results", "populations"}:
        sentences.append(NOTES["threshold"][lang])
    if any(
        one.status == "withheld"
        or (one in supplied.shown and not supplied.aggregates.estimate(one))
        for one in supplied.aggregates.measures
    ):
        threshold = number(supplied.aggregates.threshold, 0, lang)
        sentences.append(NOTES["withheld"][lang].format(threshold=threshold))
    if supplied.origin == "synthetic":
        sentences.append(NOTES["synthetic"][lang])
    return " ".join(sentences)


def _told(given: Parameters) -> dict[str, str]:
    """Write what a caption says of the chapter's parameters."""
    if isinstance(given, CoverageParameters):
        return {"reached": FRAMES[given.frame][given.lang]}
    if isinstance(given, ReliabilityParameters):
        return {
            name: percent(getattr(given, name), 0, given.lang)
            for name in ("sensitivity", "specificity")
        }
    return {}


def _weighting(one: Weighting, supplied: Supplied, lang: Lang) -> str:
    """Say what the answers of a group were weighted by, under which limit, and what was reached."""
    questions = [_question(supplied, name, lang) for name in one.variables]
    kind = "limit_withheld" if one.at_limit is None else "limit" if one.at_limit else "limit_none"
    said = NOTES["weighting"][lang].format(
        group=supplied.group_label(one.group_id, lang),
        variables=", ".join(questions),
        ratio=number(one.largest_ratio, 1, lang),
        at_limit=NOTES[kind][lang].format(n=number(one.at_limit or 0, 0, lang)),
    )
    reached = [] if one.residual is None else [_reached(one.residual, supplied, lang)]
    worth = (
        []
        if one.effective_n is None
        else [NOTES["worth"][lang].format(n=number(one.effective_n, 0, lang))]
    )
    return " ".join([said, *reached, *worth])


def _question(supplied: Supplied, item_id: str, lang: Lang) -> str:
    question = supplied.questionnaire.item(item_id).question(lang)
    return question.rstrip(" :\N{NO-BREAK SPACE}")


def _reached(residual: Sequence[Residual], supplied: Supplied, lang: Lang) -> str:
    """Set the shares reached beside the targets, where a reader would see them differ."""
    missed = [one for one in residual if abs(one.reached - one.target) >= _SEEN]
    if not missed:
        return NOTES["margins_met"][lang]
    shares = []
    for one in missed:
        item = supplied.questionnaire.item(one.item_id)
        label = next(choice for choice in item.choices if choice.code == one.code).label(lang)
        target, reached = (percent(share, 1, lang) for share in (one.target, one.reached))
        shares.append(f"{_question(supplied, one.item_id, lang)}, {label}, {target}, {reached}")
    return NOTES["margins_missed"][lang].format(shares=WORDS["semicolon"][lang].join(shares))


def _pooled(supplied: Supplied, lang: Lang) -> list[str]:
    """Say which estimate of each group is pooled, where a group is weighted."""
    found = supplied.aggregates.pooled
    if not found or not found[0].weighted:
        return []
    plain = [name for name, _ in found[0].weights if name not in found[0].weighted]
    names = {
        kind: WORDS["semicolon"][lang].join(supplied.group_label(name, lang) for name in groups)
        for kind, groups in (("weighted", found[0].weighted), ("plain", plain))
    }
    return [NOTES["pooled_mixed" if plain else "pooled_weighted"][lang].format(**names)]


def _description(shown: pd.DataFrame, lang: Lang) -> str:
    parts = [
        f"{heading}{WORDS['colon'][lang]}"
        + ", ".join(f"{row['name']} {row['text']}" for row in rows.to_dict("records"))
        for heading, rows in shown[shown["kind"] != "heading"].groupby("heading", sort=False)
    ]
    return WORDS["lead"][lang] + WORDS["semicolon"][lang].join(parts) + "."


def _table(shown: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    estimates = shown[shown["kind"] != "heading"]
    return pd.DataFrame(
        {
            WORDS["figure"][lang]: estimates["heading"],
            WORDS["estimate"][lang]: estimates["name"],
            WORDS["value"][lang]: estimates["text"],
        }
    )
