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

_WORDS: Final[dict[Lang, dict[str, str]]] = {
    "fr": {
        "answers": "Réponses reçues par un lancement",
        "launches": "Part des lancements",
        "mean": "moyenne",
        "median": "médiane",
        "to": "à",
        "statement": "Énoncé",
        "rate": "Taux de participation",
        "needed": "Taux de participation qu’il faudrait",
    },
    "en": {
        "answers": "Responses received by one launch",
        "launches": "Share of launches",
        "mean": "mean",
        "median": "median",
        "to": "to",
        "statement": "Statement",
        "rate": "Participation rate",
        "needed": "Participation rate needed",
    },
}
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
    words = _WORDS[lang]
    bars = frame.assign(
        start=frame["first"] - 0.5,
        end=frame["last"] + 0.5,
        middle=(((frame["first"] + 0.5) * (frame["last"] + 1.5)) ** 0.5 - 1).clip(lower=0),
        floor=0.0,
        text=[percent(share, 1 if share < 0.01 else 0, lang) for share in frame["share"]],
    )
    centres = pd.DataFrame(
        [
            ("median", summary.median, f"{words['median']} {number(summary.median, 0, lang)}"),
            ("mean", summary.mean, f"{words['mean']} {number(summary.mean, 0, lang)}"),
        ],
        columns=["name", "answers", "text"],
    )
    top = float(frame["share"].max()) * 1.45
    largest = int(frame["last"].max())
    x = alt.X(
        "start:Q",
        title=words["answers"],
        scale=alt.Scale(type="symlog", constant=1, domain=[-0.5, largest + 0.5], nice=False),
        axis=alt.Axis(values=[tick for tick in _TICKS if tick <= largest], format=",d", grid=False),
    )
    y = alt.Y(
        "share:Q",
        title=words["launches"],
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
                words["answers"]: [_class(row, lang) for row in frame.to_dict("records")],
                words["launches"]: [percent(share, 1, lang) for share in frame["share"]],
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
    words = _WORDS[lang]
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
        title=words["rate"],
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
                words["statement"]: [one_line(one, lang) for one in statements.values()],
                words["needed"]: everything["text"],
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
    first, last = number(row["first"], 0, lang), number(row["last"], 0, lang)
    return first if first == last else f"{first} {_WORDS[lang]['to']} {last}"


def _distribution_caption(summary: CascadeSummary, of: CascadeParameters, lang: Lang) -> str:
    runs, contacts = number(summary.runs, 0, lang), number(of.mean_contacts, 0, lang)
    seen, answered, shared = (
        percent(share, 0, lang) for share in (of.seen, of.answered, of.shared)
    )
    if lang == "fr":
        return (
            f"Réponses reçues par {runs} lancements simulés, chacun depuis un seul profil : un "
            "monde synthétique, pas l’enquête de l’affiche. Hypothèses : en moyenne "
            f"{contacts} contacts, {seen} voient la publication, {answered} de ceux-là répondent, "
            f"{shared} des répondants la transmettent."
        )
    return (
        f"Responses received by {runs} simulated launches, each from one profile: a synthetic "
        f"world, not the poster’s survey. Assumptions: {contacts} contacts on average, {seen} "
        f"see the post, {answered} of these answer, {shared} of the respondents pass it on."
    )


def _distribution_description(frame: pd.DataFrame, summary: CascadeSummary, lang: Lang) -> str:
    each = semicolon(lang).join(
        f"{_class(row, lang)}{colon(lang)}{percent(row['share'], 1, lang)}"
        for row in frame.to_dict("records")
    )
    median, mean, q95 = (
        number(value, decimals, lang)
        for value, decimals in ((summary.median, 0), (summary.mean, 1), (summary.q95, 0))
    )
    if lang == "fr":
        return (
            f"Une distribution très étalée vers la droite. La moitié des lancements reçoivent "
            f"{median} réponses au plus, la moyenne est de {mean}, un sur vingt dépasse {q95}. "
            f"Part des lancements par nombre de réponses, {each}."
        )
    return (
        f"A distribution with a long right tail. Half of the launches receive at most {median} "
        f"responses, the mean is {mean}, one in twenty exceeds {q95}. Share of launches by number "
        f"of responses, {each}."
    )


def _participation_caption(answered: float, lang: Lang) -> str:
    rate = percent(answered, 0, lang)
    if lang == "fr":
        return (
            "En trait plein, les taux de participation avec lesquels l’énoncé ne pourrait plus "
            "être faux pour les personnes exposées, quelles que soient les réponses de celles "
            "qui ont vu le questionnaire sans y répondre (chiffre pris au bord le moins "
            f"favorable de son arrondi). En pointillé, l’hypothèse du chapitre : {rate} de ceux "
            "qui voient répondent."
        )
    return (
        "Solid, the participation rates with which the statement could no longer be false of the "
        "people exposed, whatever the answers of those who saw the questionnaire and did not "
        "respond (figure taken at the least favourable end of its rounding). Dashed, the chapter’s "
        f"assumption: {rate} of those who see it respond."
    )


def _participation_description(frame: pd.DataFrame, answered: float, lang: Lang) -> str:
    each = semicolon(lang).join(
        f"{key}{colon(lang)}{text}"
        for key, text in zip(frame["statement_id"], frame["text"], strict=True)
    )
    rate = percent(answered, 0, lang)
    if lang == "fr":
        return f"Taux de participation qu’il faudrait, {each}. Taux supposé{colon(lang)}{rate}."
    return f"Participation rate needed, {each}. Assumed rate: {rate}."
