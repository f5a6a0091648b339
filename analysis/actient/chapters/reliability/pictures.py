"""Pictures of chapter 09."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import altair as alt
import pandas as pd

from actient.charts import theme
from actient.charts.letters import width
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
from actient.locale import Lang, percent
from actient.words import translator

_SHOWN: Final = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)


def corrected(
    frame: pd.DataFrame,
    statements: Sequence[Statement],
    claims: Mapping[str, Claim],
    *,
    sensitivity: float,
    specificity: float,
    lang: Lang,
) -> alt.TopLevelMixin:
    """Draw the corrected share of each self-declared figure, over specificity.

    Parameters
    ----------
    frame
        As `chapters.reliability.corrected` returns it.
    """
    _ = translator(lang)
    headings = {one.statement_id: heading(one, lang) for one in statements}
    everything = pd.concat(
        [
            _curves(frame),
            _printed(statements, claims),
            _impossible(frame, lang),
            pd.DataFrame(
                {
                    "kind": "assumed",
                    "statement_id": list(headings),
                    "specificity": specificity,
                }
            ),
        ],
        ignore_index=True,
    )
    everything["heading"] = everything["statement_id"].map(headings)
    least = float(frame["specificity"].min())
    base = alt.Chart().encode(
        x=alt.X(
            "specificity:Q",
            title=_("Spécificité : parmi ceux qui ne le font pas, part qui le dit"),
            scale=alt.Scale(domain=[least, 1.01], nice=False),
            axis=alt.Axis(format="%", tickCount=5, grid=False),
        )
    )
    curve = base.transform_filter("datum.kind == 'curve'")
    zone = base.transform_filter("datum.kind == 'impossible'")
    y = alt.Y(
        "shown:Q",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%", values=[0, 0.5, 1], title=None),
    )
    chart = alt.layer(
        zone.mark_rect(color=theme.RULE, opacity=0.7).encode(x2="until:Q"),
        curve.mark_area(color=theme.ORANGE, opacity=0.55).encode(y="failing:Q", y2="threshold:Q"),
        curve.mark_line(color=theme.INK, strokeWidth=1).encode(y="threshold:Q"),
        base.transform_filter("datum.kind == 'assumed'").mark_rule(
            color=theme.PURPLE, strokeWidth=2, strokeDash=list(theme.DASH)
        ),
        curve.transform_filter("isValid(datum.shown)")
        .mark_line(color=theme.BLUE, strokeWidth=2.5, strokeDash=list(theme.DASH))
        .encode(y=y),
        *(
            zone.mark_text(**label("center", baseline="middle", fontStyle="italic", **halo)).encode(
                x="middle:Q", y="at:Q", text="text:N"
            )
            for halo in (HALO, {})
        ),
        base.transform_filter("datum.kind == 'printed'")
        .mark_point(**theme.points("printed", size=60))
        .encode(y="shown:Q"),
        data=everything,
    ).properties(width=theme.BESIDE_AXIS, height=104)
    return theme.figure(
        rows(chart, list(headings.values())),
        name="reliability-specificity",
        lang=lang,
        caption=_corrected_caption(sensitivity, specificity, lang),
        description=_corrected_description(frame, statements, specificity, lang),
        table=_corrected_table(frame, statements, claims, lang),
        origins=["printed", "computed"],
        assumption=True,
    )


def examples(
    frame: pd.DataFrame, statement: Statement, claim: Claim, *, sensitivity: float, lang: Lang
) -> alt.TopLevelMixin:
    """Draw one statement's corrected share at a few specificities, beside the printed figure.

    Parameters
    ----------
    frame
        As `chapters.reliability.examples` returns it.
    """
    _ = translator(lang)
    inside = frame[frame["possible"]]
    first = _("Imprimé, pris au mot")
    names = [_at(sp, lang) for sp in inside["specificity"]]
    printed = pd.DataFrame(
        {
            "name": [first],
            "share": [claim.proportion],
            "text": [percent(claim.proportion, claim.decimals, lang)],
        }
    )
    bars = inside.assign(
        name=names, zero=0.0, text=[percent(share, 1, lang) for share in inside["share"]]
    )
    y = alt.Y(
        "name:N",
        sort=[first, *names],
        title=None,
        axis=names_above_rows(8),
    )
    x = alt.X(
        "share:Q",
        title=_("Part corrigée"),
        scale=alt.Scale(domain=[0, 0.6]),
        axis=alt.Axis(format="%", tickCount=6, grid=False),
    )
    line = pd.DataFrame({"share": [statement.threshold]})
    chart = alt.layer(
        alt.Chart(line).mark_rule(color=theme.INK, strokeWidth=1).encode(x=x),
        alt.Chart(bars)
        .mark_rule(color=theme.BLUE, strokeWidth=3, strokeDash=list(theme.DASH))
        .encode(x="zero:Q", x2="share:Q", y=y),
        alt.Chart(bars).mark_text(**label("left", 6)).encode(x=x, y=y, text="text:N"),
        alt.Chart(printed).mark_point(**theme.points("printed")).encode(x=x, y=y),
        alt.Chart(printed).mark_text(**label("left", 10)).encode(x=x, y=y, text="text:N"),
    ).properties(width=theme.WIDTH, height=alt.Step(48))
    return theme.figure(
        chart,
        name="reliability-examples",
        lang=lang,
        caption=_examples_caption(statement, sensitivity, lang),
        description=_examples_description(bars, printed, lang),
        table=pd.DataFrame(
            {
                _("Spécificité"): [first, *names],
                _("Part corrigée"): [*printed["text"], *bars["text"]],
            }
        ),
        origins=["printed", "computed"],
        assumption=True,
    )


def _at(specificity: float, lang: Lang) -> str:
    _ = translator(lang)
    return _("Spécificité {share}").format(share=percent(specificity, 0, lang))


def _curves(frame: pd.DataFrame) -> pd.DataFrame:
    failing = frame["share"].where(frame["fails"], frame["threshold"])
    return frame.assign(
        kind="curve", shown=frame["share"].where(frame["possible"]), failing=failing
    )


def _printed(statements: Sequence[Statement], claims: Mapping[str, Claim]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "kind": "printed",
            "statement_id": [one.statement_id for one in statements],
            "specificity": 1.0,
            "shown": [claims[one.claim_id].proportion for one in statements],
        }
    )


def _impossible(frame: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    """Give the span of specificities that cannot have produced each printed figure."""
    _ = translator(lang)
    spans = []
    for key, rows_ in frame[~frame["possible"]].groupby("statement_id", sort=False):
        low, high = float(rows_["specificity"].min()), float(rows_["specificity"].max())
        whole = len(rows_) == int((frame["statement_id"] == key).sum())
        text = _("impossible à toute spécificité") if whole else _("impossible")
        half = width(text) / theme.BESIDE_AXIS / 2 * (1 - low)
        spans.append(
            {
                "kind": "impossible",
                "statement_id": key,
                "specificity": low,
                "until": high,
                "middle": max((low + high) / 2, low + half),  # clear of the axis
                "at": 0.3,
                "text": text,
            }
        )
    return pd.DataFrame(spans)


def _corrected_caption(sensitivity: float, specificity: float, lang: Lang) -> str:
    _ = translator(lang)
    se, sp = percent(sensitivity, 0, lang), percent(specificity, 0, lang)
    return _(
        "Part corrigée des réponses fausses selon la spécificité. Tout y est hypothèse, donc "
        "en pointillé : sensibilité de {se} pour tous, et trait vertical à une spécificité "
        "de {sp}. Point plein : le chiffre imprimé, pris au mot. En orange, au-delà de la "
        "moitié, l’énoncé serait faux. « Impossible » : ces hypothèses donneraient une part "
        "négative ou supérieure au tout ; elles ne conviennent pas à ce chiffre."
    ).format(se=se, sp=sp)


def _corrected_description(
    frame: pd.DataFrame, statements: Sequence[Statement], specificity: float, lang: Lang
) -> str:
    _ = translator(lang)
    nearest = min(frame["specificity"], key=lambda value: abs(value - specificity))
    each = semicolon(lang).join(
        f"{one.statement_id}{colon(lang)}{_value(frame, one, nearest, lang)}" for one in statements
    )
    sp = percent(nearest, 0, lang)
    return _(
        "Cinq courbes : quand la spécificité baisse, la part corrigée baisse, sauf si le "
        "chiffre imprimé dépasse la sensibilité supposée. À une spécificité de {sp}, {each}."
    ).format(sp=sp, each=each)


def _value(frame: pd.DataFrame, one: Statement, specificity: float, lang: Lang) -> str:
    _ = translator(lang)
    here = (frame["statement_id"] == one.statement_id) & (frame["specificity"] == specificity)
    [row] = frame[here].to_dict("records")
    share = percent(row["share"], 1, lang)
    return share if row["possible"] else _("{share} (impossible)").format(share=share)


def _corrected_table(
    frame: pd.DataFrame,
    statements: Sequence[Statement],
    claims: Mapping[str, Claim],
    lang: Lang,
) -> pd.DataFrame:
    _ = translator(lang)
    shown = [sp for sp in _SHOWN if sp in set(frame["specificity"])]
    table = {
        _("Énoncé"): [one_line(one, lang) for one in statements],
        _("Imprimé"): [
            percent(claims[one.claim_id].proportion, claims[one.claim_id].decimals, lang)
            for one in statements
        ],
    }
    for sp in shown:
        table[_at(sp, lang)] = [_value(frame, one, sp, lang) for one in statements]
    return pd.DataFrame(table)


def _examples_caption(statement: Statement, sensitivity: float, lang: Lang) -> str:
    _ = translator(lang)
    se = percent(sensitivity, 0, lang)
    return _(
        "« {statement} » : le chiffre imprimé, et ce qu’il deviendrait, en pointillé, sous "
        "l’hypothèse d’une sensibilité de {se} et de trois spécificités. Trait vertical : la "
        "moitié."
    ).format(statement=statement.text(lang), se=se)


def _examples_description(bars: pd.DataFrame, printed: pd.DataFrame, lang: Lang) -> str:
    both = pd.concat([printed, bars])
    return (
        semicolon(lang).join(
            f"{name}{colon(lang)}{text}"
            for name, text in zip(both["name"], both["text"], strict=True)
        )
        + "."
    )
