"""Pictures and tables of chapter 11."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import altair as alt
import pandas as pd

from actient.chapters.vigilance.numbers import Indicator
from actient.charts import theme
from actient.charts.statements import semicolon
from actient.charts.table import Group, ReadableTable, Row
from actient.locale import NBSP, Lang, number, percent, quantity

_WORDS: Final[dict[Lang, dict[str, str]]] = {
    "fr": {
        "title": "Les trois indicateurs, définis",
        "part": "Ce qu’il faut fixer",
        "reading": "Notre proposition",
        "quote": "Mots de l’affiche",
        "numerator": "Numérateur",
        "denominator": "Dénominateur",
        "unit": "Unité",
        "proportion": "pourcentage",
        "per 1000": "pour mille consultations",
        "period": "Période",
        "collection": "Recueil",
        "baseline": "Chiffre imprimé le plus proche",
        "none": "aucun",
        "exposure": "Consultations sans incident",
        "rate": "Incidents pour mille consultations",
        "high": "Borne haute du taux",
        "low": "Borne basse du taux",
        "at_most": "jusqu’à",
    },
    "en": {
        "title": "The three indicators, defined",
        "part": "What must be settled",
        "reading": "Our proposal",
        "quote": "The poster’s words",
        "numerator": "Numerator",
        "denominator": "Denominator",
        "unit": "Unit",
        "proportion": "percentage",
        "per 1000": "per thousand consultations",
        "period": "Period",
        "collection": "Collection",
        "baseline": "Nearest printed figure",
        "none": "none",
        "exposure": "Consultations without incident",
        "rate": "Incidents per thousand consultations",
        "high": "Upper limit of the rate",
        "low": "Lower limit of the rate",
        "at_most": "up to",
    },
}


def zero_incident(limits: pd.DataFrame, confidence: float, lang: Lang) -> alt.TopLevelMixin:
    """Draw the rates that remain possible when no incident was seen.

    Parameters
    ----------
    limits
        As `chapters.vigilance.zero_incident` returns it.
    """
    words = _WORDS[lang]
    frame = pd.DataFrame(
        {
            "exposure": [number(size, 0, lang) for size in limits["exposure"]],
            "low": 0.0,
            "high": 1000 * limits["high"],
            "label": [f"{words['at_most']} {_rate(high, lang)}" for high in limits["high"]],
        }
    )
    longest = frame["high"].max()
    y = alt.Y(
        "exposure:N",
        sort=list(frame["exposure"]),
        title=words["exposure"],
        axis=alt.Axis(
            domain=False, ticks=False, titleAngle=0, titleAlign="left", titleX=-48, titleY=-12
        ),
    )
    x = alt.X(
        "low:Q",
        title=words["rate"],
        scale=alt.Scale(domain=[0, longest * 1.4], nice=False),
        axis=alt.Axis(tickCount=6),
    )
    base = alt.Chart(frame).encode(
        y=y,
        tooltip=[
            alt.Tooltip("exposure:N", title=words["exposure"]),
            alt.Tooltip("label:N", title=words["high"]),
        ],
    )
    interval = base.mark_rule(
        color=theme.BLUE, strokeWidth=2.5, strokeDash=list(theme.DASH)
    ).encode(x=x, x2="high:Q")
    end = base.mark_tick(color=theme.BLUE, thickness=2.5, size=16).encode(
        x=alt.X("high:Q", title=words["rate"])
    )
    label = base.mark_text(align="left", dx=7).encode(
        x=alt.X("high:Q", title=words["rate"]), text="label:N"
    )
    chart = alt.layer(interval, end, label).properties(width=theme.BESIDE_AXIS, height=alt.Step(36))
    return theme.figure(
        chart,
        name="vigilance-zero-incident",
        lang=lang,
        caption=_caption(confidence, lang),
        description=_description(frame, lang),
        table=_table(limits, lang),
        origins=["computed"],
        assumption=True,
        sources=[],
    )


def indicator_table(indicators: Sequence[Indicator], lang: Lang) -> ReadableTable:
    """Lay out what each indicator counts, under its identifier."""
    words = _WORDS[lang]
    groups = tuple(
        Group(one.item.label(lang), _rows(one, lang), one.item.item_id) for one in indicators
    )
    return ReadableTable(words["title"], (words["part"], words["reading"]), groups)


def _rows(one: Indicator, lang: Lang) -> tuple[Row, ...]:
    words = _WORDS[lang]
    quote = one.item.quote
    said = {
        "quote": f"«{NBSP}{quote}{NBSP}»" if lang == "fr" else f"“{quote}”",
        "numerator": one.numerator(lang),
        "denominator": one.denominator(lang),
        "unit": words[one.unit],
        "period": one.period(lang),
        "collection": one.collection(lang),
        "baseline": _baseline(one, lang),
    }
    return tuple(Row((words[name], text)) for name, text in said.items())


def _baseline(one: Indicator, lang: Lang) -> str:
    note = one.baseline_note(lang)
    if one.baseline is None:
        return f"{_WORDS[lang]['none']}. {note}"
    value = quantity(one.baseline.proportion, "proportion", lang)
    claim = one.baseline
    return (
        f"{claim.claim_id}, {claim.label(lang)[0].lower()}{claim.label(lang)[1:]}, {value}. {note}"
    )


def _rate(rate: float, lang: Lang) -> str:
    return quantity(1000 * rate, "per 1000", lang)


def _caption(confidence: float, lang: Lang) -> str:
    level = percent(confidence, 0, lang)
    if lang == "fr":
        return (
            "Si l’on n’a vu aucun incident : les taux qui restent possibles, de zéro à la "
            f"borne haute de l’intervalle exact de Poisson à {level}, selon le nombre de "
            "consultations observées. Hypothèse : les incidents surviennent indépendamment, à un "
            "taux constant, et tous sont déclarés. Aucune de ces consultations n’a été observée."
        )
    return (
        "If no incident was seen: the rates that remain possible, from zero to the upper limit of "
        f"the exact {level} Poisson interval, by number of consultations observed. Assumption: "
        "incidents occur independently, at a constant rate, and all are reported. None of these "
        "consultations was observed."
    )


def _description(frame: pd.DataFrame, lang: Lang) -> str:
    pairs = zip(frame["exposure"], frame["label"], strict=True)
    if lang == "fr":
        return (
            "Sans aucun incident : "
            + semicolon(lang).join(f"pour {size} consultations, {label}" for size, label in pairs)
            + "."
        )
    return (
        "With no incident: "
        + semicolon(lang).join(f"for {size} consultations, {label}" for size, label in pairs)
        + "."
    )


def _table(limits: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    words = _WORDS[lang]
    return pd.DataFrame(
        {
            words["exposure"]: [number(size, 0, lang) for size in limits["exposure"]],
            words["low"]: [_rate(0.0, lang)] * len(limits),
            words["high"]: [_rate(high, lang) for high in limits["high"]],
        }
    )
