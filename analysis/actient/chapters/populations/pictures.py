"""Pictures of chapter 05."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import altair as alt
import pandas as pd

from actient.chapters.populations.numbers import INTERNET_USERS, PROFESSIONALS, tipping_weight
from actient.charts import theme
from actient.charts.statements import HALO, heading, label, one_line, rows, semicolon
from actient.claims import Claim, Statement
from actient.locale import Lang, number, percent
from actient.words import translator

_HALF: Final = 0.5
_FLOOR: Final = 0.5  # of the axis: both printed figures are above
_SHOWN: Final = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


def mixture(
    frame: pd.DataFrame, bias: float, *, in_sample: float, in_target: float, lang: Lang
) -> alt.TopLevelMixin:
    """Draw the one figure that mixing two groups would give, from one group alone to the other.

    Parameters
    ----------
    frame
        As `chapters.populations.mixture` returns it.
    bias
        Composition bias, in proportion.
    """
    _ = translator(lang)
    first, last = (percent(frame["share"].iloc[place], 0, lang) for place in (0, -1))
    ends = frame.iloc[[0, -1]].assign(
        label=[
            _("{share} · internautes").format(share=first),
            _("{share}\nprofessionnels de santé").format(share=last),
        ],
        side=["left", "right"],
    )
    pools = _pools(ends, in_sample, in_target, lang)
    x = alt.X(
        "weight:Q",
        title=_("Part de professionnels dans le mélange"),
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%", tickCount=5, grid=False),
    )
    y = alt.Y(
        "share:Q",
        title=None,
        scale=alt.Scale(domain=[_FLOOR, 1]),
        axis=alt.Axis(format="%", tickCount=5),
    )
    line = alt.Chart(frame).mark_line(color=theme.BLUE, strokeWidth=2.5).encode(x=x, y=y)
    dots = alt.Chart(ends).mark_point(**theme.points("printed")).encode(x=x, y=y)
    names = [
        alt.Chart(ends)
        .transform_filter(f"datum.side == '{side}'")
        .mark_text(**label(side, dx, dy, fontWeight="bold", lineBreak="\n", **halo))
        .encode(x=x, y=y, text="label:N")
        for side, dx, dy in (("left", 6, -14), ("right", 0, 20))
        for halo in (HALO, {})
    ]
    dash: dict[str, Any] = {"color": theme.ORANGE, "strokeWidth": 2, "strokeDash": list(theme.DASH)}
    drops = alt.Chart(pools).mark_rule(**dash).encode(x=x, y=y, y2="floor:Q")
    labels = [
        alt.Chart(pools)
        .transform_filter(f"datum.level == {level} && datum.side == '{side}'")
        .mark_text(
            **label(side, dx, -24 - 34 * level, baseline="bottom", color=theme.ORANGE, **halo),
            lineBreak="\n",
        )
        .encode(x=x, y="floor:Q", text="label:N")
        for side, dx in (("left", 4), ("right", -4))
        for level in (0, 1)
        for halo in (HALO, {})
    ]
    levels = (
        alt.Chart(pools)
        .mark_rule(**(dash | {"strokeWidth": 1}))
        .encode(y=y, x="start:Q", x2="weight:Q")
    )
    chart = alt.layer(levels, drops, *labels, line, dots, *names).properties(
        width=theme.BESIDE_AXIS, height=270
    )
    return theme.figure(
        chart,
        name="populations-mixture",
        lang=lang,
        caption=_mixture_caption(pools, bias, lang),
        description=_mixture_description(frame, pools, lang),
        table=_mixture_table(frame, lang),
        origins=["printed", "computed"],
        assumption=True,
        sources=[f"claims:{one}" for one in (INTERNET_USERS, PROFESSIONALS)],
    )


def hidden(
    frame: pd.DataFrame,
    statements: Sequence[Statement],
    claims: Mapping[str, Claim],
    *,
    in_sample: float,
    lang: Lang,
) -> alt.TopLevelMixin:
    """Draw what the share among non-professionals can be behind one pooled figure.

    Parameters
    ----------
    frame
        As `chapters.populations.hidden` returns it.
    """
    _ = translator(lang)
    headings = {one.statement_id: heading(one, lang) for one in statements}
    tips = _tips(statements, claims, lang)
    printed = pd.DataFrame(
        [("printed", one.statement_id, 0.0, claims[one.claim_id].proportion) for one in statements],
        columns=["kind", "statement_id", "weight", "share"],
    )
    sample = pd.DataFrame(
        [("sample", one.statement_id, in_sample) for one in statements],
        columns=["kind", "statement_id", "weight"],
    )
    everything = pd.concat([_failing(frame, statements), printed, tips, sample], ignore_index=True)
    everything["heading"] = everything["statement_id"].map(headings)
    base = alt.Chart().encode(
        x=alt.X(
            "weight:Q",
            title=_("Part de professionnels dans le mélange"),
            scale=alt.Scale(domain=[0, 1]),
            axis=alt.Axis(format="%", tickCount=5, grid=False),
        )
    )
    curve = base.transform_filter("datum.kind == 'curve'")
    y = alt.Y(
        "low:Q",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%", values=[0, 0.5, 1], title=None),
    )
    layers = [
        curve.mark_area(color=theme.SKY, opacity=0.45).encode(y=y, y2="high:Q"),
        curve.mark_area(color=theme.ORANGE, opacity=0.55).encode(y="fail_low:Q", y2="fail_high:Q"),
        curve.mark_line(color=theme.BLUE, strokeWidth=1.5).encode(y="low:Q"),
        curve.mark_line(color=theme.BLUE, strokeWidth=1.5).encode(y="high:Q"),
        curve.mark_line(color=theme.INK, strokeWidth=1).encode(y="threshold:Q"),
        base.transform_filter("datum.kind == 'sample'")
        .mark_rule(color=theme.PURPLE, strokeWidth=2, strokeDash=list(theme.DASH))
        .encode(),
        base.transform_filter("datum.kind == 'tip'")
        .mark_rule(color=theme.INK, strokeWidth=2.5)
        .encode(y="low:Q", y2="high:Q"),
        *(
            base.transform_filter(f"datum.kind == 'tip' && datum.side == '{side}'")
            .mark_text(**label(side, dx, -3, baseline="bottom"))
            .encode(y="high:Q", text="text:N")
            for side, dx in (("center", 0), ("right", 3))
        ),
        base.transform_filter("datum.kind == 'printed'")
        .mark_point(**theme.points("printed", size=60))
        .encode(y="share:Q"),
    ]
    chart = alt.layer(*layers, data=everything).properties(width=theme.BESIDE_AXIS, height=130)
    return theme.figure(
        rows(chart, list(headings.values())),
        name="populations-hidden",
        lang=lang,
        caption=_hidden_caption(in_sample, lang),
        description=_hidden_description(tips, statements, claims, lang),
        table=_hidden_table(frame, statements, lang),
        origins=["printed", "computed"],
        assumption=True,
    )


def _pools(ends: pd.DataFrame, in_sample: float, in_target: float, lang: Lang) -> pd.DataFrame:
    _ = translator(lang)
    left, right = ends["share"].iloc[0], ends["share"].iloc[1]
    weights = {"sample": in_sample, "target": in_target}
    people = {"sample": _("répondants"), "target": _("population visée")}
    by_weight = sorted(weights, key=weights.__getitem__, reverse=True)
    return pd.DataFrame(
        [
            {
                "name": name,
                "weight": weight,
                "share": left + weight * (right - left),
                "start": 0.0,
                "floor": _FLOOR,
                "label": f"{people[name]}\n{percent(weight, 0, lang)}",
                "level": by_weight.index(name),  # the name at right stays clear
                "side": "left" if weight < 0.6 else "right",  # inside the plot
            }
            for name, weight in weights.items()
        ]
    )


def _mixture_caption(pools: pd.DataFrame, bias: float, lang: Lang) -> str:
    _ = translator(lang)
    sample, target = (percent(weight, 0, lang) for weight in pools["weight"])
    gap = number(bias * 100, 1, lang)
    return _(
        "Le chiffre unique que donnerait le mélange de deux chiffres imprimés, selon la part "
        "de professionnels. En pointillé, hypothèses : {sample} de professionnels parmi les "
        "répondants, {target} dans la population visée ; le chiffre unique s’écarterait de "
        "la vérité de {gap} points. L’affiche ne fait pas ce mélange, et rien ne dit que les "
        "deux chiffres répondent à la même question."
    ).format(sample=sample, target=target, gap=gap)


def _mixture_description(frame: pd.DataFrame, pools: pd.DataFrame, lang: Lang) -> str:
    _ = translator(lang)
    first, last = (percent(frame["share"].iloc[place], 0, lang) for place in (0, -1))
    sample, target = (percent(share, 1, lang) for share in pools["share"])
    return _(
        "Une droite descend de {first}, internautes seuls, à {last}, professionnels seuls. "
        "Aux deux mélanges supposés, elle vaut {sample} chez les répondants et {target} dans "
        "la population visée."
    ).format(first=first, last=last, sample=sample, target=target)


def _mixture_table(frame: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    _ = translator(lang)
    shown = frame[frame["weight"].isin(_SHOWN)]
    return pd.DataFrame(
        {
            _("Part de professionnels dans le mélange"): [
                percent(weight, 0, lang) for weight in shown["weight"]
            ],
            _("Chiffre unique"): [percent(share, 1, lang) for share in shown["share"]],
        }
    )


def _failing(frame: pd.DataFrame, statements: Sequence[Statement]) -> pd.DataFrame:
    above = {one.statement_id for one in statements if one.direction == "above"}
    is_above = frame["statement_id"].isin(above)
    tau, low, high = frame["threshold"], frame["low"], frame["high"]
    return frame.assign(
        kind="curve",
        fail_low=low.clip(upper=tau).where(is_above, tau),
        fail_high=tau.where(is_above, high.clip(lower=tau)),
    )


def _tips(statements: Sequence[Statement], claims: Mapping[str, Claim], lang: Lang) -> pd.DataFrame:
    _ = translator(lang)
    weights = [tipping_weight(one.worst_end(claims[one.claim_id]), one) for one in statements]
    return pd.DataFrame(
        {
            "kind": "tip",
            "statement_id": [one.statement_id for one in statements],
            "weight": weights,
            "low": [one.threshold - 0.1 for one in statements],
            "high": [one.threshold + 0.1 for one in statements],
            "text": [_("dès {share}").format(share=percent(weight, 1, lang)) for weight in weights],
            "side": ["center" if weight < _HALF else "right" for weight in weights],  # off orange
        }
    )


def _hidden_caption(in_sample: float, lang: Lang) -> str:
    _ = translator(lang)
    sample = percent(in_sample, 0, lang)
    return _(
        "Si le chiffre imprimé, à gauche, mêlait des professionnels à d’autres personnes : "
        "ce que pourrait être la part chez ces autres personnes. En orange, au-delà de la "
        "moitié, l’énoncé serait faux pour elles ; le trait court dit dès quelle part de "
        "professionnels cela devient possible. En pointillé, l’hypothèse de {sample} de "
        "professionnels parmi les répondants."
    ).format(sample=sample)


def _hidden_description(
    tips: pd.DataFrame,
    statements: Sequence[Statement],
    claims: Mapping[str, Claim],
    lang: Lang,
) -> str:
    _ = translator(lang)
    each = semicolon(lang).join(
        f"{one.statement_id} ({percent(claim.proportion, claim.decimals, lang)}), {row.text}"
        for one, row in zip(statements, tips.itertuples(), strict=True)
        for claim in [claims[one.claim_id]]
    )
    return _(
        "Deux bandes qui s’ouvrent vers la droite : plus les professionnels sont nombreux, "
        "moins le chiffre unique renseigne sur les autres. L’énoncé peut devenir faux : "
        "{each} de professionnels."
    ).format(each=each)


def _hidden_table(frame: pd.DataFrame, statements: Sequence[Statement], lang: Lang) -> pd.DataFrame:
    _ = translator(lang)
    texts = {one.statement_id: one_line(one, lang) for one in statements}
    shown = frame[frame["weight"].isin(_SHOWN)]
    return pd.DataFrame(
        {
            _("Énoncé"): shown["statement_id"].map(texts),
            _("Part de professionnels dans le mélange"): [
                percent(weight, 0, lang) for weight in shown["weight"]
            ],
            _("Plus petite part chez les autres"): [percent(low, 1, lang) for low in shown["low"]],
            _("Plus grande part chez les autres"): [
                percent(high, 1, lang) for high in shown["high"]
            ],
        }
    )
