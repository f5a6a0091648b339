"""Pictures of chapter 04."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import altair as alt
import pandas as pd

from actient.charts import theme
from actient.charts.statements import SEMICOLON, names_above_rows
from actient.claims import Claim
from actient.locale import Lang, number, percent

_WORDS: Final[dict[Lang, dict[str, str]]] = {
    "fr": {
        "share": "Part, en %",
        "n": "n supposé",
        "figure": "Chiffre",
        "printed": "Imprimé",
        "low": "Borne basse",
        "high": "Borne haute",
        "sizes": "Tailles possibles",
        "together": " ensemble",
        "size": "Taille d’échantillon n",
        "none": "aucune",
    },
    "en": {
        "share": "Share, %",
        "n": "Assumed n",
        "figure": "Figure",
        "printed": "Printed",
        "low": "Lower limit",
        "high": "Upper limit",
        "sizes": "Possible sizes",
        "together": " together",
        "size": "Sample size n",
        "none": "none",
    },
}


def wilson_if_sample(
    grid: pd.DataFrame, claims: Mapping[str, Claim], confidence: float, lang: Lang
) -> alt.TopLevelMixin:
    """Draw the printed figures with the interval each would have, had it come from a sample of n.

    Parameters
    ----------
    grid
        As `chapters.results.wilson_grid` returns it.
    """
    words = _WORDS[lang]
    frame = grid.assign(
        figure=[f"{name} · {claims[name].label(lang)}" for name in grid["claim_id"]],
        size=[f"n = {number(n, 0, lang)}" for n in grid["n"]],
    )
    sizes = list(frame["size"].unique())
    base = alt.Chart().encode(
        y=alt.Y("size:N", sort=sizes, title=None, axis=alt.Axis(domain=False, ticks=False)),
        tooltip=[
            alt.Tooltip("figure:N", title=words["figure"]),
            alt.Tooltip("size:N", title=words["n"]),
            alt.Tooltip("share:Q", title=words["printed"], format=".1%"),
            alt.Tooltip("low:Q", title=words["low"], format=".1%"),
            alt.Tooltip("high:Q", title=words["high"], format=".1%"),
        ],
    )
    axis = alt.Axis(format="%", title=words["share"], tickCount=5)
    interval = base.mark_rule(color=theme.BLUE, strokeWidth=2, strokeDash=list(theme.DASH)).encode(
        x=alt.X("low:Q", scale=alt.Scale(domain=[0, 1]), axis=axis), x2="high:Q"
    )
    dot = base.mark_point(**theme.points("printed", size=45)).encode(x="share:Q")
    chart = (
        alt.layer(interval, dot, data=frame)
        .properties(width=theme.BESIDE_AXIS, height=alt.Step(17))
        .facet(
            row=alt.Row(
                "figure:N",
                sort=list(frame["figure"].unique()),
                header=alt.Header(labelOrient="top", labelAnchor="start", title=None),
            ),
            spacing=14,
        )
    )
    return theme.figure(
        chart,
        name="results-wilson",
        lang=lang,
        caption=_wilson_caption(confidence, lang),
        description=_wilson_description(frame, lang),
        table=_wilson_table(frame, lang),
        origins=["printed", "computed"],
        assumption=True,
    )


def feasible_sizes(
    feasible: pd.DataFrame, claims: Mapping[str, Claim], up_to: int, rule: str, lang: Lang
) -> alt.TopLevelMixin:
    """Draw the sample sizes that could have given the figures printed with a decimal.

    Parameters
    ----------
    feasible
        As `chapters.results.feasible_sizes` returns it.
    """
    words = _WORDS[lang]
    names = {key: _set_name(key, claims, lang) for key in feasible["figures"].unique()}
    frame = feasible.assign(name=feasible["figures"].map(names))
    chart = (
        alt.Chart(frame)
        .mark_rule(strokeWidth=1.6, color=theme.BLUE)
        .encode(
            x=alt.X(
                "n:Q",
                title=words["size"],
                scale=alt.Scale(domain=[0, up_to], nice=False),
                axis=alt.Axis(tickCount=6, grid=False),
            ),
            y=alt.Y(
                "name:N",
                sort=list(names.values()),
                title=None,
                bandPosition=0.5,
                axis=names_above_rows(2),
            ),
            y2=alt.Y2("name:N", bandPosition=0.9),
            strokeDash=alt.condition("datum.together", alt.value([3, 2]), alt.value([1, 0])),
            tooltip=[
                alt.Tooltip("name:N", title=words["figure"]),
                alt.Tooltip("n:Q", title="n", format=",d"),
            ],
        )
        .properties(width=theme.WIDTH, height=alt.Step(42))
    )
    return theme.figure(
        chart,
        name="results-feasible",
        lang=lang,
        caption=_feasible_caption(up_to, rule, lang),
        description=_feasible_description(frame, up_to, lang),
        table=_feasible_table(frame, lang),
        origins=["computed"],
        assumption=True,
    )


def _wilson_caption(confidence: float, lang: Lang) -> str:
    level = percent(confidence, 0, lang)
    if lang == "fr":
        return (
            "Si chacun de ces chiffres venait d’un échantillon aléatoire simple de n personnes : "
            f"le chiffre imprimé et son intervalle de Wilson à {level}, pour plusieurs n imaginés. "
            "L’affiche ne donne aucune taille d’échantillon."
        )
    return (
        "If each of these figures came from a simple random sample of n people: the printed figure "
        f"and its {level} Wilson interval, for several assumed n. The poster gives no sample size."
    )


def _wilson_description(frame: pd.DataFrame, lang: Lang) -> str:
    smallest, largest = frame["n"].min(), frame["n"].max()
    widest = (frame["high"] - frame["low"])[frame["n"] == smallest].max() * 100
    narrowest = (frame["high"] - frame["low"])[frame["n"] == largest].max() * 100
    wide, narrow = number(widest, 0, lang), number(narrowest, 0, lang)
    low, high = number(smallest, 0, lang), number(largest, 0, lang)
    if lang == "fr":
        return (
            f"Sept chiffres de l’affiche, un point plein chacun. Autour de chaque point, un "
            f"intervalle en pointillé par taille supposée : jusqu’à {wide} points de large pour "
            f"n = {low}, {narrow} points au plus pour n = {high}."
        )
    return (
        "Seven figures of the poster, a filled dot each. Around each dot, one dashed interval per "
        f"assumed size: up to {wide} points wide for n = {low}, at most {narrow} points for "
        f"n = {high}."
    )


def _wilson_table(frame: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    words = _WORDS[lang]
    return pd.DataFrame(
        {
            words["figure"]: frame["figure"],
            words["n"]: [number(n, 0, lang) for n in frame["n"]],
            words["printed"]: [percent(share, 1, lang) for share in frame["share"]],
            words["low"]: [percent(low, 1, lang) for low in frame["low"]],
            words["high"]: [percent(high, 1, lang) for high in frame["high"]],
        }
    )


def _set_name(key: str, claims: Mapping[str, Claim], lang: Lang) -> str:
    ids = key.split("+")
    shares = " + ".join(percent(claims[one].proportion, claims[one].decimals, lang) for one in ids)
    return shares + (_WORDS[lang]["together"] if len(ids) > 1 else "")


def _feasible_caption(up_to: int, rule: str, lang: Lang) -> str:
    limit = number(up_to, 0, lang)
    if lang == "fr":
        shortened = {"rounding": "arrondis au plus près", "truncation": "tronqués"}[rule]
        return (
            "Tailles d’échantillon qui peuvent donner les chiffres imprimés avec une décimale, "
            f"jusqu’à {limit}, s’ils ont été {shortened} ; « ensemble » suppose en plus qu’ils ont "
            "été mesurés sur les mêmes personnes."
        )
    shortened = {"rounding": "rounded to the nearest", "truncation": "truncated"}[rule]
    return (
        f"Sample sizes that can give the figures printed with a decimal, up to {limit}, if they "
        f"were {shortened}; “together” further assumes that the same people were asked."
    )


def _feasible_description(frame: pd.DataFrame, up_to: int, lang: Lang) -> str:
    firsts = [
        f"{name}{' : ' if lang == 'fr' else ': '}{_first_sizes(rows['n'], lang)}"
        for name, rows in frame.groupby("name", sort=False)
    ]
    limit = number(up_to, 0, lang)
    head = (
        f"Un trait par taille possible, jusqu’à {limit}. "
        if lang == "fr"
        else f"One tick per possible size, up to {limit}. "
    )
    return head + SEMICOLON[lang].join(firsts) + "."


def _first_sizes(sizes: pd.Series, lang: Lang) -> str:
    shown = ", ".join(number(n, 0, lang) for n in sizes[:5])
    return shown + ("…" if len(sizes) > 5 else "")


def _feasible_table(frame: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    words = _WORDS[lang]
    rows = [
        (name, ", ".join(number(n, 0, lang) for n in group["n"]))
        for name, group in frame.groupby("name", sort=False)
    ]
    return pd.DataFrame(rows, columns=[words["figure"], words["sizes"]])
