"""Pictures of chapter 06."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from actient.chapters.coverage.numbers import Reading
from actient.charts import theme
from actient.charts.statements import (
    HALO,
    colon,
    heading,
    label,
    names_above_rows,
    one_line,
    rows,
    semicolon,
)
from actient.claims import Claim, Statement
from actient.locale import Lang, Origin, number, percent
from actient.words import translator


def bounds(
    grid: pd.DataFrame,
    needed: pd.DataFrame,
    found: Sequence[Reading],
    statements: Mapping[str, Statement],
    claims: Mapping[str, Claim],
    lang: Lang,
) -> alt.TopLevelMixin:
    """Draw, for each statement, where the population's share can be, over coverage.

    Parameters
    ----------
    grid, needed, found
        As `chapters.coverage.bounds_grid`, `needed` and `readings` return them.
    """
    _ = translator(lang)
    headings = {key: heading(one, lang) for key, one in statements.items()}
    frame = pd.concat(
        [
            _curves(grid, statements),
            _printed_points(statements, claims),
            _needed_marks(needed, statements, lang),
            _preset_rules(found, claims, lang),
        ],
        ignore_index=True,
    )
    frame["heading"] = frame["statement_id"].map(headings)
    axis_x = alt.Axis(
        format="%",
        title=_("Couverture : part de la population que le questionnaire peut atteindre"),
        tickCount=5,
        grid=False,
    )
    base = alt.Chart().encode(
        x=alt.X("coverage:Q", scale=alt.Scale(domain=[0, 1.02], nice=False), axis=axis_x),
    )
    curve = base.transform_filter("datum.kind == 'curve'")
    axis_y = alt.Axis(format="%", title=None, values=[0, 0.5, 1])
    y = alt.Y("low:Q", scale=alt.Scale(domain=[0, 1]), axis=axis_y)
    band = curve.mark_area(color=theme.SKY, opacity=0.45).encode(y=y, y2="high:Q")
    failing = curve.mark_area(color=theme.ORANGE, opacity=0.55).encode(
        y=alt.Y("fail_low:Q"), y2="fail_high:Q"
    )
    low = curve.mark_line(color=theme.BLUE, strokeWidth=1.5).encode(y="low:Q")
    high = curve.mark_line(color=theme.BLUE, strokeWidth=1.5).encode(y="high:Q")
    threshold = curve.mark_line(color=theme.INK, strokeWidth=1).encode(y="threshold:Q")
    dot = (
        base.transform_filter("datum.kind == 'printed'")
        .mark_point(**theme.points("printed", size=60))
        .encode(y="share:Q")
    )
    tick = (
        base.transform_filter("datum.kind == 'needed'")
        .mark_rule(color=theme.INK, strokeWidth=2.5)
        .encode(y="low:Q", y2="high:Q")
    )
    tick_texts = [
        base.transform_filter(f"datum.kind == 'needed' && datum.side == '{end}'")
        .mark_text(**label("center", dy=dy, baseline=baseline))
        .encode(y=f"{end}:Q", text="text:N")
        for end, baseline, dy in (("low", "top", 3), ("high", "bottom", -3))
    ]
    chart = alt.layer(
        band,
        failing,
        low,
        high,
        threshold,
        *_preset_layers(base),
        tick,
        *tick_texts,
        dot,
        data=frame,
    ).properties(width=theme.BESIDE_AXIS, height=104)
    return theme.figure(
        rows(chart, list(headings.values())),
        name="coverage-bounds",
        lang=lang,
        caption=_bounds_caption(found, lang),
        description=_bounds_description(needed, statements, claims, lang),
        table=_bounds_table(needed, found, statements, claims, lang),
        origins=_origins(found),
        assumption=any(one.assumed for one in found),
        sources=[f"coverage_presets:{one.preset.preset_id}" for one in found],
    )


def ladder(
    rungs: pd.DataFrame,
    reading: Reading,
    claim: Claim,
    *,
    max_difference: float,
    ratios: Sequence[float],
    lang: Lang,
) -> alt.TopLevelMixin:
    """Draw what one statement's share can be as one assumes more and more of the others.

    Parameters
    ----------
    rungs
        As `chapters.coverage.ladder` returns it.
    """
    _ = translator(lang)
    names = _rung_names(max_difference, ratios, lang)
    frame = rungs.assign(
        name=[names[rung] for rung in rungs["rung"]],
        low_text=[percent(value, 1, lang) for value in rungs["low"]],
        high_text=[percent(value, 1, lang) for value in rungs["high"]],
        threshold=reading.statement.threshold,
    )
    axis = alt.Axis(format="%", title=_("Part dans toute la population"), tickCount=5, grid=False)
    x = alt.X("low:Q", scale=alt.Scale(domain=[0, 1]), axis=axis)
    base = alt.Chart(frame).encode(
        y=alt.Y(
            "name:N",
            sort=names,
            title=None,
            axis=names_above_rows(10),
        )
    )
    spread = base.transform_filter("datum.rung < 3")
    interval = spread.mark_rule(
        color=theme.BLUE, strokeWidth=3, strokeDash=list(theme.DASH)
    ).encode(x=x, x2="high:Q")
    ends = [
        spread.mark_text(**label(align, dx, **halo)).encode(x=f"{end}:Q", text=f"{end}_text:N")
        for end, align, dx in (("low", "right", -5), ("high", "left", 5))
        for halo in (HALO, {})
    ]
    dot = (
        base.transform_filter("datum.rung == 3")
        .mark_point(**theme.points("printed"))
        .encode(x="low:Q")
    )
    dot_texts = [
        base.transform_filter("datum.rung == 3")
        .mark_text(**label("left", 9, **halo))
        .encode(x="low:Q", text="low_text:N")
        for halo in (HALO, {})
    ]
    threshold = (
        alt.Chart(frame)
        .mark_rule(color=theme.INK, strokeWidth=1)
        .encode(x=alt.X("mean(threshold):Q"))
    )
    chart = alt.layer(threshold, interval, *ends, dot, *dot_texts).properties(
        width=theme.WIDTH, height=alt.Step(54)
    )
    return theme.figure(
        chart,
        name="coverage-ladder",
        lang=lang,
        caption=_ladder_caption(reading, lang),
        description=_ladder_description(frame, reading, lang),
        table=pd.DataFrame(
            {
                _("Ce que l’on suppose des autres"): frame["name"],
                _.pgettext("couverture", "Borne basse"): frame["low_text"],
                _.pgettext("couverture", "Borne haute"): frame["high_text"],
                _("L’énoncé peut-il être faux ?"): [
                    _("oui") if may_fail else _("non") for may_fail in frame["may_fail"]
                ],
            }
        ),
        origins=["printed", "computed"],
        assumption=True,
        sources=[
            f"statements:{reading.statement.statement_id}",
            f"claims:{claim.claim_id}",
            f"coverage_presets:{reading.preset.preset_id}",
        ],
    )


def _curves(grid: pd.DataFrame, statements: Mapping[str, Statement]) -> pd.DataFrame:
    """Add the part of the band where the statement is false; no wider than a line elsewhere."""
    above = grid["statement_id"].map(lambda key: statements[key].direction == "above")
    tau, low, high = grid["threshold"], grid["low"], grid["high"]
    return grid.assign(
        kind="curve",
        fail_low=low.clip(upper=tau).where(above, tau),
        fail_high=tau.where(above, high.clip(lower=tau)),
    )


def _printed_points(
    statements: Mapping[str, Statement], claims: Mapping[str, Claim]
) -> pd.DataFrame:
    rows_ = [
        ("printed", key, 1.0, claims[one.claim_id].proportion) for key, one in statements.items()
    ]
    return pd.DataFrame(rows_, columns=["kind", "statement_id", "coverage", "share"])


def _needed_marks(
    needed: pd.DataFrame, statements: Mapping[str, Statement], lang: Lang
) -> pd.DataFrame:
    _ = translator(lang)
    tau = needed["statement_id"].map(lambda key: statements[key].threshold)
    return pd.DataFrame(
        {
            "kind": "needed",
            "statement_id": needed["statement_id"],
            "coverage": needed["worst"],
            "low": tau - 0.12,
            "high": tau + 0.12,
            "text": [_("dès {share}").format(share=percent(c, 1, lang)) for c in needed["worst"]],
            "side": [  # away from the orange
                "low" if statements[key].direction == "above" else "high"
                for key in needed["statement_id"]
            ],
        }
    )


def _preset_rules(
    found: Sequence[Reading], claims: Mapping[str, Claim], lang: Lang
) -> pd.DataFrame:
    rows_ = []
    for one in found:
        c, p = one.preset.value, claims[one.statement.claim_id].proportion
        lowest = min(o.preset.value for o in found if o.statement == one.statement)
        rows_.append(
            {
                "kind": "preset",
                "statement_id": one.statement.statement_id,
                "coverage": c,
                "low": c * p,
                "high": c * p + 1 - c,
                "share": p,
                "assumed": one.assumed,
                "origin": one.preset.origin,
                "side": "left" if c == lowest else "right",
                "text": percent(c, 0 if one.preset.origin != "computed" else 1, lang),
            }
        )
    columns = ["kind", "statement_id", "coverage", "low", "high", "share", "assumed", "origin"]
    return pd.DataFrame(rows_, columns=[*columns, "side", "text"])


def _preset_layers(base: alt.Chart) -> list[alt.Chart]:
    preset = base.transform_filter("datum.kind == 'preset'")
    rule = preset.mark_rule(color=theme.PURPLE, strokeWidth=2.5).encode(
        y="low:Q",
        y2="high:Q",
        strokeDash=alt.condition("datum.assumed", alt.value(list(theme.DASH)), alt.value([1, 0])),
    )
    labels = [
        preset.transform_filter(f"datum.side == '{side}'")
        .mark_text(**label(align, dx, -4, baseline="bottom", color=theme.PURPLE))
        .encode(y=alt.datum(1), text="text:N")
        for side, align, dx in (("left", "right", 3), ("right", "left", -3))
    ]
    marks = [
        preset.transform_filter(f"datum.origin == '{origin}'")
        .mark_point(**theme.points(origin, colour=theme.PURPLE, size=45))
        .encode(y="share:Q")
        for origin in ("printed", "public source")
    ]
    return [rule, *labels, *marks]


def _origins(found: Sequence[Reading]) -> list[Origin]:
    public: list[Origin] = ["public source"]
    uses_public = any(one.preset.origin == "public source" for one in found)
    return ["printed", *(public if uses_public else []), "computed"]


def _bounds_caption(found: Sequence[Reading], lang: Lang) -> str:
    _ = translator(lang)
    definitions = {one.preset.preset_id: one.preset for one in found}.values()
    known = semicolon(lang).join(
        f"{percent(p.value, _decimals(p.value), lang)}, {_lower(p.definition(lang))}"
        for p in definitions
    )
    return _(
        "Bornes de la part cherchée selon la couverture, sans rien supposer des personnes hors "
        "d’atteinte. À droite, point plein : le chiffre imprimé, si tout le monde était "
        "couvert. En orange, de l’autre côté de la moitié : l’énoncé peut être faux. Trait "
        "court, « dès » : couverture dès laquelle il ne le peut plus. Trait coiffé d’un "
        "pourcentage : une couverture publiée ({known}) ; en pointillé, l’hypothèse que "
        "l’énoncé, dont la population n’est pas précisée, parle de cette population-là."
    ).format(known=known)


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _decimals(share: float) -> int:
    return 0 if abs(share * 100 - round(share * 100)) < 1e-9 else 1


def _bounds_description(
    needed: pd.DataFrame,
    statements: Mapping[str, Statement],
    claims: Mapping[str, Claim],
    lang: Lang,
) -> str:
    _ = translator(lang)
    each = semicolon(lang).join(
        f"{key} ({_share(claims[statements[key].claim_id], lang)})"
        f"{colon(lang)}{percent(worst, 1, lang)}"
        for key, worst in zip(needed["statement_id"], needed["worst"], strict=True)
    )
    return _(
        "Un entonnoir par énoncé : sans couverture, tout est possible ; plus la couverture "
        "grandit, plus les bornes se resserrent autour du chiffre imprimé. Couverture dès "
        "laquelle l’énoncé ne peut plus être faux, {each}."
    ).format(each=each)


def _share(claim: Claim, lang: Lang) -> str:
    return percent(claim.proportion, claim.decimals, lang)


def _bounds_table(
    needed: pd.DataFrame,
    found: Sequence[Reading],
    statements: Mapping[str, Statement],
    claims: Mapping[str, Claim],
    lang: Lang,
) -> pd.DataFrame:
    _ = translator(lang)
    worst = needed.set_index("statement_id")["worst"]
    table = []
    for key, one in statements.items():
        claim = claims[one.claim_id]
        head = (one_line(one, lang), _share(claim, lang), percent(worst[key], 1, lang))
        mine = [reading for reading in found if reading.statement.statement_id == key]
        for reading in mine:
            c = reading.preset.value
            low = c * claim.proportion
            limits = (percent(low, 1, lang), percent(low + 1 - c, 1, lang))
            table.append((*head, percent(c, _decimals(c), lang), *limits))
        if not mine:
            table.append((*head, _("inconnue"), "", ""))
    columns = [
        _("Énoncé"),
        _("Imprimé"),
        _("Couverture qui suffit"),
        _("Couverture publiée"),
        _.pgettext("couverture", "Borne basse"),
        _.pgettext("couverture", "Borne haute"),
    ]
    return pd.DataFrame(table, columns=columns)


def _rung_names(max_difference: float, ratios: Sequence[float], lang: Lang) -> list[str]:
    _ = translator(lang)
    points = number(max_difference * 100, 0, lang)
    low, high = (number(ratio, 2, lang) for ratio in ratios)
    return [
        _("0. Rien"),
        _("1. Un écart de {points}\N{NO-BREAK SPACE}points au plus").format(points=points),
        _("2. Un rapport de {low} à {high}").format(low=low, high=high),
        _("3. Les mêmes réponses"),
    ]


def _ladder_caption(reading: Reading, lang: Lang) -> str:
    _ = translator(lang)
    c = percent(reading.preset.value, _decimals(reading.preset.value), lang)
    what = _lower(reading.preset.definition(lang))
    return _(
        "« {statement} » : part possible dans toute la population selon ce que l’on suppose des "
        "personnes hors d’atteinte. Hypothèses, en pointillé : couverture de {c} ({what}), "
        "et ce qui est écrit sur chaque ligne. Trait vertical : la moitié."
    ).format(statement=reading.statement.text(lang), c=c, what=what)


def _ladder_description(frame: pd.DataFrame, reading: Reading, lang: Lang) -> str:
    _ = translator(lang)
    shares = [
        _("{low} à {high}").format(low=low, high=high) if rung < 3 else low
        for rung, low, high in zip(
            frame["rung"], frame["low_text"], frame["high_text"], strict=True
        )
    ]
    spread = semicolon(lang).join(
        f"{name}{colon(lang)}{share}" for name, share in zip(frame["name"], shares, strict=True)
    )
    return _("Quatre intervalles, du plus large au plus étroit. {spread}.").format(spread=spread)
