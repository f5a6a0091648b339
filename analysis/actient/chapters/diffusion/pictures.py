"""Pictures of chapter 08."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import altair as alt
import pandas as pd

from actient.bias.diffusion import CascadeParameters, CascadeSummary
from actient.charts import theme
from actient.charts.statements import HALO, colon, heading, label, one_line, rows, semicolon
from actient.claims import Statement
from actient.locale import Lang, number, percent
from actient.words import translator

_TICKS: Final = (0, 1, 3, 10, 30, 100, 300, 1000, 3000, 10_000)


def distribution(
    frame: pd.DataFrame, summary: CascadeSummary, of: CascadeParameters, lang: Lang
) -> alt.TopLevelMixin:
    """Draw how many answers the simulated launches received.

    Parameters
    ----------
    frame, summary
        As `chapters.diffusion.distribution` and `summary` return them.
    of
        What a launch assumes.
    """
    _ = translator(lang)
    bars = frame.assign(
        start=frame["first"] - 0.5,
        end=frame["last"] + 0.5,
        middle=(((frame["first"] + 0.5) * (frame["last"] + 1.5)) ** 0.5 - 1).clip(lower=0),
        floor=0.0,
        text=[percent(share, 1 if share < 0.01 else 0, lang) for share in frame["share"]],
    )
    centres = pd.DataFrame(
        [
            ("median", summary.median, _("médiane {n}").format(n=number(summary.median, 0, lang))),
            ("mean", summary.mean, _("moyenne {n}").format(n=number(summary.mean, 0, lang))),
        ],
        columns=["name", "answers", "text"],
    )
    top = float(frame["share"].max()) * 1.45
    largest = int(frame["last"].max())
    x = alt.X(
        "start:Q",
        title=_("Réponses reçues par un lancement"),
        scale=alt.Scale(type="symlog", constant=1, domain=[-0.5, largest + 0.5], nice=False),
        axis=alt.Axis(values=[tick for tick in _TICKS if tick <= largest], format=",d", grid=False),
    )
    y = alt.Y(
        "share:Q",
        title=_("Part des lancements"),
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=alt.Axis(format="%", tickCount=4),
    )
    chart = alt.layer(
        alt.Chart(bars)
        .mark_rect(color=theme.SKY, stroke="white", strokeWidth=1)
        .encode(x=x, x2="end:Q", y=y, y2="floor:Q"),
        *(
            layer
            for name, side, dx in (("median", "right", -5), ("mean", "left", 5))
            for layer in _centre(centres, name, top, side, dx)
        ),
        *(
            alt.Chart(bars)
            .mark_text(**label("center", dy=-4, baseline="bottom", **halo))
            .encode(x="middle:Q", y="share:Q", text="text:N")
            for halo in (HALO, {})
        ),
    ).properties(width=theme.BESIDE_AXIS, height=260)
    return theme.figure(
        chart,
        name="diffusion-launches",
        lang=lang,
        caption=_distribution_caption(summary, of, lang),
        description=_distribution_description(frame, summary, lang),
        table=pd.DataFrame(
            {
                _("Réponses reçues par un lancement"): [
                    _class(row, lang) for row in frame.to_dict("records")
                ],
                _("Part des lancements"): [percent(share, 1, lang) for share in frame["share"]],
            }
        ),
        origins=["synthetic"],
        assumption=True,
        sources=[],
    )


def needed_participation(
    frame: pd.DataFrame, statements: Mapping[str, Statement], answered: float, lang: Lang
) -> alt.TopLevelMixin:
    """Draw the participation rate from which the silent cannot make each statement false.

    Parameters
    ----------
    frame
        As `chapters.diffusion.needed_participation` returns it.
    answered
        Part of those who see the questionnaire who answer, as assumed.
    """
    _ = translator(lang)
    headings = {key: heading(one, lang, theme.WIDTH) for key, one in statements.items()}
    everything = frame.assign(
        heading=frame["statement_id"].map(headings),
        most=1.0,
        assumed=answered,
        text=[percent(worst, 1, lang) for worst in frame["worst"]],
    )
    base = alt.Chart()
    x = alt.X(
        "worst:Q",
        title=_("Taux de participation"),
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%", tickCount=5),
    )
    chart = alt.layer(
        base.mark_rule(color=theme.BLUE, strokeWidth=5).encode(x=x, x2="most:Q"),
        base.mark_text(**label("right", -6)).encode(x="worst:Q", text="text:N"),
        base.mark_rule(color=theme.PURPLE, strokeWidth=2.5, strokeDash=list(theme.DASH)).encode(
            x="assumed:Q"
        ),
        data=everything,
    ).properties(width=theme.WIDTH, height=22)
    return theme.figure(
        rows(chart, list(headings.values()), spacing=12),
        name="diffusion-participation",
        lang=lang,
        caption=_participation_caption(answered, lang),
        description=_participation_description(everything, answered, lang),
        table=pd.DataFrame(
            {
                _("Énoncé"): [one_line(one, lang) for one in statements.values()],
                _("Taux de participation qu’il faudrait"): everything["text"],
            }
        ),
        origins=["computed"],
        assumption=True,
    )


def _centre(centres: pd.DataFrame, name: str, top: float, side: str, dx: float) -> list[alt.Chart]:
    one = alt.Chart(centres[centres["name"] == name].assign(top=top, floor=0.0))
    return [
        one.mark_rule(color=theme.INK, strokeWidth=2).encode(
            x="answers:Q", y="floor:Q", y2="top:Q"
        ),
        one.mark_text(**label(side, dx, baseline="top", fontWeight="bold")).encode(
            x="answers:Q", y="top:Q", text="text:N"
        ),
    ]


def _class(row: Mapping[object, int], lang: Lang) -> str:
    _ = translator(lang)
    low, high = number(row["first"], 0, lang), number(row["last"], 0, lang)
    return low if low == high else _("{low} à {high}").format(low=low, high=high)


def _distribution_caption(summary: CascadeSummary, of: CascadeParameters, lang: Lang) -> str:
    _ = translator(lang)
    runs, contacts = number(summary.runs, 0, lang), number(of.mean_contacts, 0, lang)
    seen, answered, shared = (
        percent(share, 0, lang) for share in (of.seen, of.answered, of.shared)
    )
    return _(
        "Réponses reçues par {runs} lancements simulés, chacun depuis un seul profil : un "
        "monde synthétique, pas l’enquête de l’affiche. Hypothèses : en moyenne {contacts} "
        "contacts, {seen} voient la publication, {answered} de ceux-là répondent, {shared} "
        "des répondants la transmettent."
    ).format(runs=runs, contacts=contacts, seen=seen, answered=answered, shared=shared)


def _distribution_description(frame: pd.DataFrame, summary: CascadeSummary, lang: Lang) -> str:
    _ = translator(lang)
    each = semicolon(lang).join(
        f"{_class(row, lang)}{colon(lang)}{percent(row['share'], 1, lang)}"
        for row in frame.to_dict("records")
    )
    median, mean, q95 = (
        number(value, decimals, lang)
        for value, decimals in ((summary.median, 0), (summary.mean, 1), (summary.q95, 0))
    )
    return _(
        "Une distribution très étalée vers la droite. La moitié des lancements reçoivent "
        "{median} réponses au plus, la moyenne est de {mean}, un sur vingt dépasse {q95}. "
        "Part des lancements par nombre de réponses, {each}."
    ).format(median=median, mean=mean, q95=q95, each=each)


def _participation_caption(answered: float, lang: Lang) -> str:
    _ = translator(lang)
    rate = percent(answered, 0, lang)
    return _(
        "En trait plein, les taux de participation avec lesquels l’énoncé ne pourrait plus "
        "être faux pour les personnes exposées, quelles que soient les réponses de celles "
        "qui ont vu le questionnaire sans y répondre (chiffre pris au bord le moins "
        "favorable de son arrondi). En pointillé, l’hypothèse du chapitre : {rate} de ceux "
        "qui voient répondent."
    ).format(rate=rate)


def _participation_description(frame: pd.DataFrame, answered: float, lang: Lang) -> str:
    _ = translator(lang)
    each = semicolon(lang).join(
        f"{key}{colon(lang)}{text}"
        for key, text in zip(frame["statement_id"], frame["text"], strict=True)
    )
    rate = percent(answered, 0, lang)
    return _("Taux de participation qu’il faudrait, {each}. Taux supposé : {rate}.").format(
        each=each, rate=rate
    )
