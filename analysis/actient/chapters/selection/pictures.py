"""Pictures of chapter 07."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

import altair as alt
import pandas as pd

from actient.charts import theme
from actient.charts.statements import colon, heading, label, one_line, rows, semicolon
from actient.claims import Claim, Statement
from actient.locale import Lang, number, percent
from actient.words import translator

_FRACTIONS: Final = "datum.value < 1 ? '1/' + format(1 / datum.value, '~g') : datum.label"


def shares(
    frame: pd.DataFrame,
    tips: pd.DataFrame,
    statements: Mapping[str, Statement],
    claims: Mapping[str, Claim],
    *,
    largest_ratio: float,
    lang: Lang,
) -> alt.TopLevelMixin:
    """Draw, for each statement, the true share behind the printed one, over the selection ratio.

    Parameters
    ----------
    frame, tips
        As `chapters.selection.shares` and `tipping_ratios` return them.
    """
    _ = translator(lang)
    headings = {key: heading(one, lang) for key, one in statements.items()}
    everything = pd.concat(
        [_curves(frame), _dots(statements, claims), _tips(tips, statements, largest_ratio, lang)],
        ignore_index=True,
    )
    everything["heading"] = everything["statement_id"].map(headings)
    base = alt.Chart().encode(
        x=alt.X(
            "ratio:Q",
            title=_("Rapport de sélection k"),
            scale=alt.Scale(
                type="log", base=2, domain=[1 / largest_ratio, largest_ratio], nice=False
            ),
            axis=alt.Axis(
                values=_powers(largest_ratio), labelExpr=_FRACTIONS, format="~g", grid=False
            ),
        )
    )
    curve = base.transform_filter("datum.kind == 'curve'")
    tip = base.transform_filter("datum.kind == 'tip'")
    y = alt.Y(
        "share:Q",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%", values=[0, 0.5, 1], title=None),
    )
    chart = alt.layer(
        curve.mark_area(color=theme.ORANGE, opacity=0.55).encode(y="failing:Q", y2="threshold:Q"),
        curve.mark_line(color=theme.INK, strokeWidth=1).encode(y="threshold:Q"),
        curve.mark_line(color=theme.BLUE, strokeWidth=2.5).encode(y=y),
        tip.transform_filter("datum.inside")
        .mark_rule(color=theme.INK, strokeWidth=2.5)
        .encode(y="low:Q", y2="high:Q"),
        *(
            tip.transform_filter(f"datum.side == '{side}' && datum.end == '{end}'")
            .mark_text(**label(side, dx, dy, baseline=baseline))
            .encode(y=f"{end}:Q", text="text:N")
            for side, dx in (("center", 0), ("left", 2), ("right", -2))
            for end, baseline, dy in (("low", "top", 3), ("high", "bottom", -3))
        ),
        base.transform_filter("datum.kind == 'printed'")
        .mark_point(**theme.points("printed", size=60))
        .encode(y="share:Q"),
        data=everything,
    ).properties(width=theme.BESIDE_AXIS, height=104)
    return theme.figure(
        rows(chart, list(headings.values())),
        name="selection-ratio",
        lang=lang,
        caption=_shares_caption(lang),
        description=_shares_description(tips, statements, claims, lang),
        table=_shares_table(frame, tips, statements, claims, largest_ratio, lang),
        origins=["printed", "computed"],
    )


def effective_size(
    frame: pd.DataFrame, claim: Claim, *, bias: float, at_bias: float, lang: Lang
) -> alt.TopLevelMixin:
    """Draw what random sample one figure is worth, over the bias supposed.

    Parameters
    ----------
    frame
        As `chapters.selection.effective_sizes` returns it.
    bias, at_bias
        The bias assumed, in proportion, and the size it leaves, in persons.
    """
    _ = translator(lang)
    line_data = frame.assign(points=frame["bias"] * 100)
    marks = line_data[line_data["bias"].isin(_MARKED)]
    marks = marks.assign(text=[number(n, 0, lang) for n in marks["n"]])
    assumed = pd.DataFrame({"points": [bias * 100], "n": [at_bias]})
    x = alt.X(
        "points:Q",
        title=_("Biais, en points"),
        scale=alt.Scale(nice=False),
        axis=alt.Axis(grid=False),
    )
    y = alt.Y(
        "n:Q",
        title=_("Tirage au sort équivalent, en personnes"),
        scale=alt.Scale(type="log", nice=False),
        axis=alt.Axis(values=[1, 3, 10, 30, 100, 300, 1000], format="~g"),
    )
    chart = alt.layer(
        alt.Chart(assumed)
        .mark_rule(color=theme.PURPLE, strokeWidth=2, strokeDash=list(theme.DASH))
        .encode(x=x),
        alt.Chart(line_data).mark_line(color=theme.BLUE, strokeWidth=2.5).encode(x=x, y=y),
        alt.Chart(marks).mark_tick(color=theme.BLUE, thickness=3, size=14).encode(x=x, y=y),
        alt.Chart(marks)
        .mark_text(**label("left", 7, -9, fontWeight="bold"))
        .encode(x=x, y=y, text="text:N"),
    ).properties(width=theme.BESIDE_AXIS, height=230)
    return theme.figure(
        chart,
        name="selection-effective-size",
        lang=lang,
        caption=_size_caption(claim, bias, at_bias, lang),
        description=_size_description(marks, lang),
        table=pd.DataFrame(
            {
                _("Biais, en points"): [number(points, 0, lang) for points in marks["points"]],
                _("Tirage au sort équivalent, en personnes"): marks["text"],
            }
        ),
        origins=["computed"],
        assumption=True,
        sources=[f"claims:{claim.claim_id}"],
    )


_MARKED: Final = (0.02, 0.05, 0.1, 0.15, 0.2)


def _powers(largest_ratio: float) -> list[float]:
    most = math.floor(math.log2(largest_ratio))
    return [2.0**power for power in range(-most, most + 1)]


def _curves(frame: pd.DataFrame) -> pd.DataFrame:
    # Where the statement holds the area is empty: from the threshold to itself.
    failing = frame["share"].where(frame["fails"], frame["threshold"])
    return frame.assign(kind="curve", failing=failing)


def _dots(statements: Mapping[str, Statement], claims: Mapping[str, Claim]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "kind": "printed",
            "statement_id": list(statements),
            "ratio": 1.0,
            "share": [claims[one.claim_id].proportion for one in statements.values()],
        }
    )


def _tips(
    tips: pd.DataFrame, statements: Mapping[str, Statement], largest_ratio: float, lang: Lang
) -> pd.DataFrame:
    found = []
    for key, ratio in zip(tips["statement_id"], tips["worst"], strict=True):
        one, size = statements[key], number(ratio, 2, lang)
        inside = 1 / largest_ratio <= ratio <= largest_ratio
        text = f"k* = {size}" if inside else (f"k* = {size} →" if ratio > 1 else f"← k* = {size}")
        side = "center" if inside else ("right" if ratio > 1 else "left")
        found.append(
            {
                "kind": "tip",
                "statement_id": key,
                "ratio": min(max(ratio, 1 / largest_ratio), largest_ratio),
                "low": one.threshold - 0.12,
                "high": one.threshold + 0.12,
                "inside": inside,
                "side": side,
                # Where the falling curve leaves room.
                "end": "high" if (ratio > 1) == inside else "low",
                "text": text,
            }
        )
    return pd.DataFrame(found)


def _shares_caption(lang: Lang) -> str:
    _ = translator(lang)
    return _(
        "Part vraie selon le rapport de sélection : les personnes concernées ont répondu k "
        "fois aussi volontiers que les autres (moins volontiers, si k est inférieur à un). "
        "Point plein : le chiffre imprimé, vrai si k vaut un. En orange, au-delà de la "
        "moitié, l’énoncé serait faux. Trait court, k* : le rapport qui suffit, au bord le "
        "moins favorable de l’arrondi."
    )


def _shares_description(
    tips: pd.DataFrame,
    statements: Mapping[str, Statement],
    claims: Mapping[str, Claim],
    lang: Lang,
) -> str:
    _ = translator(lang)
    each = semicolon(lang).join(
        f"{key} ({_printed(claims[statements[key].claim_id], lang)}){colon(lang)}"
        f"k* = {number(ratio, 2, lang)}"
        for key, ratio in zip(tips["statement_id"], tips["worst"], strict=True)
    )
    return _(
        "Sept courbes qui descendent : plus les personnes concernées ont été promptes à "
        "répondre, plus la part vraie est petite. Rapport où l’énoncé bascule, {each}."
    ).format(each=each)


def _printed(claim: Claim, lang: Lang) -> str:
    return percent(claim.proportion, claim.decimals, lang)


def _shares_table(
    frame: pd.DataFrame,
    tips: pd.DataFrame,
    statements: Mapping[str, Statement],
    claims: Mapping[str, Claim],
    largest_ratio: float,
    lang: Lang,
) -> pd.DataFrame:
    _ = translator(lang)
    by_statement = frame.groupby("statement_id", sort=False)["share"]
    ends = {1 / largest_ratio: by_statement.first(), largest_ratio: by_statement.last()}
    return pd.DataFrame(
        {
            _("Énoncé"): [one_line(one, lang) for one in statements.values()],
            _("Imprimé"): [_printed(claims[one.claim_id], lang) for one in statements.values()],
            _("k* (chiffre imprimé)"): [number(ratio, 2, lang) for ratio in tips["printed"]],
            _("k* (arrondi le moins favorable)"): [
                number(ratio, 2, lang) for ratio in tips["worst"]
            ],
            **{
                _("Part vraie si k = {k}").format(k=number(k, 2, lang)): [
                    percent(share[key], 1, lang) for key in statements
                ]
                for k, share in ends.items()
            },
        }
    )


def _size_caption(claim: Claim, bias: float, at_bias: float, lang: Lang) -> str:
    _ = translator(lang)
    share = _printed(claim, lang)
    points, n = number(bias * 100, 0, lang), number(at_bias, 0, lang)
    return _(
        "Taille du tirage au sort que vaut, en erreur moyenne, une enquête biaisée, quel que "
        "soit le nombre de réponses ; faute de connaître la part vraie, on met {share} dans "
        "la formule. En pointillé, hypothèse : un biais de {points} points, soit "
        "l’équivalent de {n} personnes environ, tirées au sort."
    ).format(share=share, points=points, n=n)


def _size_description(marks: pd.DataFrame, lang: Lang) -> str:
    _ = translator(lang)
    each = ", ".join(
        f"{number(points, 0, lang)} points{colon(lang)}{n}"
        for points, n in zip(marks["points"], marks["text"], strict=True)
    )
    return _(
        "Une courbe qui plonge : doubler le biais divise par quatre la taille équivalente. "
        "Tirage au sort équivalent, {each}."
    ).format(each=each)
