"""Pictures of chapter 04."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd

from actient.charts import theme
from actient.charts.statements import colon, names_above_rows, semicolon
from actient.claims import Claim
from actient.locale import Lang, number, percent
from actient.words import translator


def wilson_if_sample(
    grid: pd.DataFrame, claims: Mapping[str, Claim], confidence: float, lang: Lang
) -> alt.TopLevelMixin:
    """Draw the printed figures with the interval each would have, had it come from a sample of n.

    Parameters
    ----------
    grid
        As `chapters.results.wilson_grid` returns it.
    """
    _ = translator(lang)
    frame = grid.assign(
        figure=[f"{name} · {claims[name].label(lang)}" for name in grid["claim_id"]],
        size=[f"n = {number(n, 0, lang)}" for n in grid["n"]],
    )
    sizes = list(frame["size"].unique())
    base = alt.Chart().encode(
        y=alt.Y("size:N", sort=sizes, title=None, axis=alt.Axis(domain=False, ticks=False)),
        tooltip=[
            alt.Tooltip("figure:N", title=_("Chiffre")),
            alt.Tooltip("size:N", title=_("n supposé")),
            alt.Tooltip("share:Q", title=_("Imprimé"), format=".1%"),
            alt.Tooltip("low:Q", title=_("Borne basse"), format=".1%"),
            alt.Tooltip("high:Q", title=_("Borne haute"), format=".1%"),
        ],
    )
    axis = alt.Axis(format="%", title=_("Part, en %"), tickCount=5)
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
    _ = translator(lang)
    names = {key: _set_name(key, claims, lang) for key in feasible["figures"].unique()}
    frame = feasible.assign(name=feasible["figures"].map(names))
    chart = (
        alt.Chart(frame)
        .mark_rule(strokeWidth=1.6, color=theme.BLUE)
        .encode(
            x=alt.X(
                "n:Q",
                title=_("Taille d’échantillon n"),
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
                alt.Tooltip("name:N", title=_("Chiffre")),
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
    _ = translator(lang)
    level = percent(confidence, 0, lang)
    return _(
        "Si chacun de ces chiffres venait d’un échantillon aléatoire simple de n personnes : "
        "le chiffre imprimé et son intervalle de Wilson à {level}, pour plusieurs n "
        "imaginés. L’affiche ne donne aucune taille d’échantillon."
    ).format(level=level)


def _wilson_description(frame: pd.DataFrame, lang: Lang) -> str:
    _ = translator(lang)
    smallest, largest = frame["n"].min(), frame["n"].max()
    widest = (frame["high"] - frame["low"])[frame["n"] == smallest].max() * 100
    narrowest = (frame["high"] - frame["low"])[frame["n"] == largest].max() * 100
    wide, narrow = number(widest, 0, lang), number(narrowest, 0, lang)
    low, high = number(smallest, 0, lang), number(largest, 0, lang)
    return _(
        "Sept chiffres de l’affiche, un point plein chacun. Autour de chaque point, un "
        "intervalle en pointillé par taille supposée : jusqu’à {wide} points de large pour n "
        "= {low}, {narrow} points au plus pour n = {high}."
    ).format(wide=wide, low=low, narrow=narrow, high=high)


def _wilson_table(frame: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    _ = translator(lang)
    return pd.DataFrame(
        {
            _("Chiffre"): frame["figure"],
            _("n supposé"): [number(n, 0, lang) for n in frame["n"]],
            _("Imprimé"): [percent(share, 1, lang) for share in frame["share"]],
            _("Borne basse"): [percent(low, 1, lang) for low in frame["low"]],
            _("Borne haute"): [percent(high, 1, lang) for high in frame["high"]],
        }
    )


def _set_name(key: str, claims: Mapping[str, Claim], lang: Lang) -> str:
    _ = translator(lang)
    ids = key.split("+")
    shares = " + ".join(percent(claims[one].proportion, claims[one].decimals, lang) for one in ids)
    return shares + (_(" ensemble") if len(ids) > 1 else "")


def _feasible_caption(up_to: int, rule: str, lang: Lang) -> str:
    _ = translator(lang)
    shortened = {"rounding": _("arrondis au plus près"), "truncation": _("tronqués")}[rule]
    return _(
        "Tailles d’échantillon qui peuvent donner les chiffres imprimés avec une décimale, jusqu’à "
        "{limit}, s’ils ont été {shortened} ; « ensemble » suppose en plus qu’ils ont été mesurés "
        "sur les mêmes personnes."
    ).format(limit=number(up_to, 0, lang), shortened=shortened)


def _feasible_description(frame: pd.DataFrame, up_to: int, lang: Lang) -> str:
    _ = translator(lang)
    firsts = [
        f"{name}{colon(lang)}{_first_sizes(rows['n'], lang)}"
        for name, rows in frame.groupby("name", sort=False)
    ]
    head = _("Un trait par taille possible, jusqu’à {limit}. ").format(limit=number(up_to, 0, lang))
    return head + semicolon(lang).join(firsts) + "."


def _first_sizes(sizes: pd.Series, lang: Lang) -> str:
    shown = ", ".join(number(n, 0, lang) for n in sizes[:5])
    return shown + ("…" if len(sizes) > 5 else "")


def _feasible_table(frame: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    _ = translator(lang)
    rows = [
        (name, ", ".join(number(n, 0, lang) for n in group["n"]))
        for name, group in frame.groupby("name", sort=False)
    ]
    return pd.DataFrame(rows, columns=[_("Chiffre"), _("Tailles possibles")])
