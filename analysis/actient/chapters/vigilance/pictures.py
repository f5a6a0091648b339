"""Pictures and tables of chapter 11."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from actient.chapters.vigilance.numbers import Indicator
from actient.charts import theme
from actient.charts.statements import semicolon
from actient.charts.table import Group, ReadableTable, Row
from actient.locale import Lang, number, percent, quantity
from actient.words import translator


def zero_incident(limits: pd.DataFrame, confidence: float, lang: Lang) -> alt.TopLevelMixin:
    """Draw the rates that remain possible when no incident was seen.

    Parameters
    ----------
    limits
        As `chapters.vigilance.zero_incident` returns it.
    """
    _ = translator(lang)
    frame = pd.DataFrame(
        {
            "exposure": [number(size, 0, lang) for size in limits["exposure"]],
            "low": 0.0,
            "high": 1000 * limits["high"],
            "label": [
                _("jusqu’à {rate}").format(rate=_rate(high, lang)) for high in limits["high"]
            ],
        }
    )
    longest = frame["high"].max()
    y = alt.Y(
        "exposure:N",
        sort=list(frame["exposure"]),
        title=_("Consultations sans incident"),
        axis=alt.Axis(
            domain=False, ticks=False, titleAngle=0, titleAlign="left", titleX=-48, titleY=-12
        ),
    )
    x = alt.X(
        "low:Q",
        title=_("Incidents pour mille consultations"),
        scale=alt.Scale(domain=[0, longest * 1.4], nice=False),
        axis=alt.Axis(tickCount=6),
    )
    x_high = alt.X("high:Q", title=_("Incidents pour mille consultations"))
    base = alt.Chart(frame).encode(
        y=y,
        tooltip=[
            alt.Tooltip("exposure:N", title=_("Consultations sans incident")),
            alt.Tooltip("label:N", title=_("Borne haute du taux")),
        ],
    )
    interval = base.mark_rule(
        color=theme.BLUE, strokeWidth=2.5, strokeDash=list(theme.DASH)
    ).encode(x=x, x2="high:Q")
    end = base.mark_tick(color=theme.BLUE, thickness=2.5, size=16).encode(x=x_high)
    label = base.mark_text(align="left", dx=7).encode(x=x_high, text="label:N")
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
    _ = translator(lang)
    groups = tuple(
        Group(one.item.label(lang), _rows(one, lang), one.item.item_id) for one in indicators
    )
    return ReadableTable(
        _("Les trois indicateurs, définis"),
        (_("Ce qu’il faut fixer"), _("Notre proposition")),
        groups,
    )


def _rows(one: Indicator, lang: Lang) -> tuple[Row, ...]:
    _ = translator(lang)
    units = {"proportion": _("pourcentage"), "per 1000": _("pour mille consultations")}
    said = {
        _("Mots de l’affiche"): _("« {quote} »").format(quote=one.item.quote),
        _("Numérateur"): one.numerator(lang),
        _("Dénominateur"): one.denominator(lang),
        _("Unité"): units[one.unit],
        _("Période"): one.period(lang),
        _("Recueil"): one.collection(lang),
        _("Chiffre imprimé le plus proche"): _baseline(one, lang),
    }
    return tuple(Row(cells) for cells in said.items())


def _baseline(one: Indicator, lang: Lang) -> str:
    _, note = translator(lang), one.baseline_note(lang)
    if one.baseline is None:
        return _("aucun. {note}").format(note=note)
    value = quantity(one.baseline.proportion, "proportion", lang)
    claim = one.baseline
    return (
        f"{claim.claim_id}, {claim.label(lang)[0].lower()}{claim.label(lang)[1:]}, {value}. {note}"
    )


def _rate(rate: float, lang: Lang) -> str:
    return quantity(1000 * rate, "per 1000", lang)


def _caption(confidence: float, lang: Lang) -> str:
    _ = translator(lang)
    level = percent(confidence, 0, lang)
    return _(
        "Si l’on n’a vu aucun incident : les taux qui restent possibles, de zéro à la borne "
        "haute de l’intervalle exact de Poisson à {level}, selon le nombre de consultations "
        "observées. Hypothèse : les incidents surviennent indépendamment, à un taux "
        "constant, et tous sont déclarés. Aucune de ces consultations n’a été observée."
    ).format(level=level)


def _description(frame: pd.DataFrame, lang: Lang) -> str:
    _ = translator(lang)
    each = semicolon(lang).join(
        _("pour {size} consultations, {rate}").format(size=size, rate=rate)
        for size, rate in zip(frame["exposure"], frame["label"], strict=True)
    )
    return _("Sans aucun incident : {each}.").format(each=each)


def _table(limits: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    _ = translator(lang)
    return pd.DataFrame(
        {
            _("Consultations sans incident"): [
                number(size, 0, lang) for size in limits["exposure"]
            ],
            _("Borne basse du taux"): [_rate(0.0, lang)] * len(limits),
            _("Borne haute du taux"): [_rate(high, lang) for high in limits["high"]],
        }
    )
