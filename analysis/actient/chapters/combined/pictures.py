"""Pictures of chapter 10."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import altair as alt
import pandas as pd

from actient.bias.simulation import WARNING_RATE
from actient.chapters.combined.numbers import FACTORS, RARELY, Assumptions, Factor
from actient.chapters.coverage.numbers import Reading
from actient.charts import theme
from actient.charts.statements import HALO, colon, heading, label, one_line, rows, semicolon
from actient.claims import Claim, Statement
from actient.locale import NBSP, Lang, number, percent
from actient.words import translator

_HALF: Final = 0.5
_PLOT: Final = theme.WIDTH - 75  # beside the names of the biases
_STEP: Final = 19  # height of a row; as tall a tick makes one line of all rows


def intervals(
    frame: pd.DataFrame,
    statements: Mapping[str, Statement],
    claims: Mapping[str, Claim],
    coverages: Mapping[str, Reading],
    assumptions: Assumptions,
    lang: Lang,
) -> alt.TopLevelMixin:
    """Draw the simulation interval of each statement under each bias alone and all together.

    Parameters
    ----------
    frame
        As `chapters.combined.intervals` returns it.
    coverages
        The coverage put on the statements that have one.
    """
    _ = translator(lang)
    factors = _factors(lang)
    notes = {**_reasons(lang), "coverage unknown": _("inconnue, non défaite")}
    headings = {key: heading(one, lang) for key, one in statements.items()}
    everything = frame.assign(
        heading=frame["statement_id"].map(headings),
        name=frame["factor"].map(factors),
        printed=[claims[statements[key].claim_id].proportion for key in frame["statement_id"]],
        threshold=[statements[key].threshold for key in frame["statement_id"]],
        # Clear of the interval.
        side=["right" if low < _HALF else "left" for low in frame["low"]],
        note=[notes.get(one, "") for one in frame["status"]],
        warning=[_warning(row, lang) for row in frame.to_dict("records")],
    )
    base = alt.Chart().encode(
        y=alt.Y(
            "name:N",
            sort=[factors[factor] for factor in FACTORS],
            title=None,
            axis=alt.Axis(domain=False, ticks=False),
        )
    )
    x = alt.X(
        "low:Q",
        title=_("Part vraie"),
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%", tickCount=5, grid=False),
    )
    undone = base.transform_filter("datum.status == 'undone'")
    chart = alt.layer(
        base.mark_tick(color=theme.INK, thickness=1, size=_STEP).encode(x="threshold:Q"),
        *(
            undone.transform_filter(f"datum.factor {sign} 'combined'")
            .mark_rule(color=colour, strokeWidth=width, strokeDash=list(theme.DASH))
            .encode(x=x, x2="high:Q")
            for sign, colour, width in (("!=", theme.BLUE, 2), ("==", theme.ORANGE, 4))
        ),
        undone.mark_tick(color=theme.INK, thickness=2, size=11).encode(x="median:Q"),
        base.transform_filter("datum.factor == 'combined'")
        .mark_point(**theme.points("printed", size=45))
        .encode(x="printed:Q"),
        *(
            base.transform_filter(f"{condition} && datum.side == '{side}'")
            .mark_text(**label(side, dx, fontStyle="italic", color=theme.QUIET, **halo))
            .encode(x=alt.datum(end), text=f"{field}:N")
            for condition, field in (
                ("datum.status != 'undone'", "note"),
                ("datum.warning != ''", "warning"),
            )
            for side, end, dx in (("left", 0, 4), ("right", 1, 0))
            for halo in (HALO, {})
        ),
        data=everything,
    ).properties(width=_PLOT, height=alt.Step(_STEP))
    return theme.figure(
        rows(chart, list(headings.values())),
        name="combined-intervals",
        lang=lang,
        caption=_intervals_caption(assumptions, coverages, lang),
        description=_intervals_description(frame, lang),
        table=_intervals_table(frame, statements, lang),
        origins=["printed", "computed"],
        assumption=True,
        sources=[f"coverage_presets:{one.preset.preset_id}" for one in coverages.values()],
    )


def survivors(
    frame: pd.DataFrame, statements: Mapping[str, Statement], kept: Sequence[str], lang: Lang
) -> alt.TopLevelMixin:
    """Draw which biases make which statements false, and in what part of the draws.

    Parameters
    ----------
    frame
        As `chapters.combined.intervals` returns it.
    kept
        The statements that survive all biases together.
    """
    _ = translator(lang)
    factors = _factors(lang)
    verdicts = {
        "rarely": _("rarement faux"),
        "sometimes": _("parfois faux"),
        "often": _("souvent faux"),
        "none": _("non défait"),
    }
    headings = {key: heading(one, lang, theme.WIDTH) for key, one in statements.items()}
    classes = [_class(row) for row in frame.to_dict("records")]
    everything = frame.assign(
        heading=frame["statement_id"].map(headings),
        name=frame["factor"].map(factors),
        verdict=[verdicts[one] for one in classes],
        text=[
            _cell(row, one, lang)
            for row, one in zip(frame.to_dict("records"), classes, strict=True)
        ],
    )
    base = alt.Chart().encode(
        x=alt.X(
            "name:N",
            sort=[factors[factor] for factor in FACTORS],
            title=None,
            axis=alt.Axis(labelAngle=0, domain=False, ticks=False),
        )
    )
    chart = alt.layer(
        base.mark_rect(stroke="white", strokeWidth=3).encode(
            color=alt.Color(
                "verdict:N",
                sort=list(verdicts.values()),
                scale=alt.Scale(
                    domain=list(verdicts.values()),
                    range=[theme.SKY, theme.SAND, theme.CLAY, theme.RULE],
                ),
                legend=alt.Legend(title=None, direction="horizontal", columns=2),
            )
        ),
        base.mark_text(**label("center")).encode(text="text:N"),
        data=everything,
    ).properties(width=theme.WIDTH, height=26)
    return theme.figure(
        rows(chart, list(headings.values()), spacing=10),
        name="combined-survivors",
        lang=lang,
        caption=_survivors_caption(lang),
        description=_survivors_description(everything, kept, lang),
        table=_survivors_table(everything, statements, lang),
        origins=["computed"],
        assumption=True,
        sources=["coverage_presets"],
    )


def _factors(lang: Lang) -> dict[Factor, str]:
    _ = translator(lang)
    return {
        "reliability": _("réponses"),
        "selection": _("sélection"),
        "coverage": _("couverture"),
        "combined": _("ensemble"),
    }


def _warning(row: Mapping[Any, Any], lang: Lang) -> str:
    """Say what part of the draws was discarded or clipped, where that is much."""
    if row["factor"] != "combined" or row["status"] != "undone" or not row["warned"]:
        return ""
    _ = translator(lang)
    parts = {"discarded": _("{share} écartés"), "clipped": _("{share} ramenés")}
    return ", ".join(
        text.format(share=percent(row[name], 0, lang))
        for name, text in parts.items()
        if row[name] > WARNING_RATE
    )


def _reasons(lang: Lang) -> dict[str, str]:
    """Say why a bias is not undone, by status."""
    _ = translator(lang)
    return {
        "coverage unknown": _("couverture inconnue, non défaite"),
        "not concerned": _.pgettext("bias", "sans objet"),
        "impossible": _("impossible sous ces lois"),
    }


def _class(row: Mapping[Any, Any]) -> str:
    if row["status"] != "undone":
        return "none"
    if row["fails"] < RARELY:
        return "rarely"
    return "sometimes" if row["fails"] < _HALF else "often"


def _cell(row: Mapping[Any, Any], kind: str, lang: Lang) -> str:
    if kind == "none":
        _ = translator(lang)
        short = {"coverage unknown": _("inconnue"), "impossible": _("impossible")}
        return {**_reasons(lang), **short}[row["status"]]
    return percent(row["fails"], 1, lang) + (f"{NBSP}*" if row["warned"] else "")


def _law(limits: Sequence[float], lang: Lang) -> str:
    return _between(*(percent(limit, 0, lang) for limit in (limits[0], limits[-1])), lang=lang)


def _between(low: str, high: str, *, lang: Lang) -> str:
    _ = translator(lang)
    return _("de {low} à {high}").format(low=low, high=high)


def _intervals_caption(
    assumptions: Assumptions, coverages: Mapping[str, Reading], lang: Lang
) -> str:
    _ = translator(lang)
    ratio = _between(*(number(k, 2, lang) for k in assumptions.selection_ratio), lang=lang)
    gap = _between(
        *(number(assumptions.difference[at] * 100, 0, lang) for at in (0, -1)), lang=lang
    )
    known = ", ".join(
        f"{key} {percent(one.preset.value, 1, lang)}" for key, one in coverages.items()
    )
    return _(
        "Intervalles de simulation, tous fondés sur des hypothèses, donc en pointillé : "
        "sensibilité {sensitivity}, spécificité {specificity}, rapport de sélection {ratio} dans "
        "95 % des tirages, écart des personnes hors d’atteinte {gap} points, couverture {known} "
        "(T11 et T13 lus comme portant sur toute la population). Trait court : médiane ; point "
        "plein : chiffre imprimé ; trait vertical : la moitié. Les tirages écartés ne "
        "pouvaient pas donner le chiffre imprimé."
    ).format(
        sensitivity=_law(assumptions.sensitivity, lang),
        specificity=_law(assumptions.specificity, lang),
        ratio=ratio,
        gap=gap,
        known=known,
    )


def _intervals_description(frame: pd.DataFrame, lang: Lang) -> str:
    _ = translator(lang)
    together = frame[frame["factor"] == "combined"].to_dict("records")
    each = semicolon(lang).join(
        _("{statement} : {low} à {high}").format(
            statement=row["statement_id"],
            low=percent(row["low"], 1, lang),
            high=percent(row["high"], 1, lang),
        )
        for row in together
        if row["status"] == "undone"
    )
    return _(
        "Pour chaque énoncé, un intervalle par biais, puis celui de tous ensemble. Tous "
        "ensemble, {each}."
    ).format(each=each)


def _intervals_table(
    frame: pd.DataFrame, statements: Mapping[str, Statement], lang: Lang
) -> pd.DataFrame:
    _ = translator(lang)
    factors, reasons = _factors(lang), _reasons(lang)
    columns = {
        "low": _("Borne basse"),
        "median": _("Médiane"),
        "high": _("Borne haute"),
        "fails": _("Énoncé faux"),
        "discarded": _("Tirages écartés"),
        "clipped": _("Tirages ramenés aux bornes"),
    }
    table = []
    for row in frame.to_dict("records"):
        done = row["status"] == "undone"
        cells = [percent(row[name], 1, lang) if done else "" for name in columns]
        if not done:
            cells[0] = reasons[row["status"]]
        statement = one_line(statements[row["statement_id"]], lang)
        table.append((statement, factors[row["factor"]], *cells))
    return pd.DataFrame(table, columns=[_("Énoncé"), _("Biais défait"), *columns.values()])


def _survivors_caption(lang: Lang) -> str:
    _ = translator(lang)
    limit = percent(RARELY, 0, lang)
    return _(
        "Part des tirages où l’énoncé est faux, selon le biais défait ; « rarement » : moins "
        "de {limit}. Elle vaut ce que valent les hypothèses de la figure précédente : ce "
        "n’est pas la probabilité que l’énoncé soit faux. Là où la couverture est inconnue, "
        "« ensemble » ne la défait pas ; un 0 % ne vaut qu’entre les bornes supposées. "
        "Astérisque : bien des tirages écartés ou ramenés à une borne, les lois conviennent "
        "mal à ce chiffre. Le mélange des populations et la diffusion ne sont pas simulés."
    ).format(limit=limit)


def _survivors_description(frame: pd.DataFrame, kept: Sequence[str], lang: Lang) -> str:
    _ = translator(lang)
    each = semicolon(lang).join(
        f"{key}{colon(lang)}"
        + ", ".join(f"{n} {t}" for n, t in zip(of["name"], of["text"], strict=True))
        for key, of in frame.groupby("statement_id", sort=False)
    )
    return _("Énoncés rarement faux tous biais ensemble : {kept}. {each}.").format(
        kept=", ".join(kept) or "—", each=each
    )


def _survivors_table(
    frame: pd.DataFrame, statements: Mapping[str, Statement], lang: Lang
) -> pd.DataFrame:
    _ = translator(lang)
    table = {_("Énoncé"): [one_line(one, lang) for one in statements.values()]}
    for factor, name in _factors(lang).items():
        table[name] = list(frame[frame["factor"] == factor]["text"])
    return pd.DataFrame(table)
