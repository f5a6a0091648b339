"""Pictures of chapter 13."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import altair as alt
import pandas as pd

from actient.chapters.sensitivity.numbers import BOTH_WAYS, Surface
from actient.charts import theme
from actient.charts.statements import colon, heading, label, one_line, rows, semicolon
from actient.claims import Statement
from actient.locale import Lang, number, percent

_WORDS: Final[dict[Lang, dict[str, str]]] = {
    "fr": {
        "ratio": "Rapport de sélection supposé, limite haute",
        "specificity": "Spécificité la plus probable",
        "ratio_column": "Rapport de sélection, limite haute à 95 %",
        "count": "Énoncés rarement faux",
        "statement": "Énoncé",
        "fails": "Énoncé faux",
        "own": "Hypothèses du chapitre",
        "yes": "oui",
        "rarely": "rarement faux",
        "sometimes": "parfois faux",
        "often": "souvent faux",
        "none": "impossible sous ces lois",
        "more": "autant ou plus qu’au départ",
        "fewer": "un ou deux de moins",
        "least": "trois de moins ou davantage",
    },
    "en": {
        "ratio": "Assumed selection ratio, upper limit",
        "specificity": "Likeliest specificity",
        "ratio_column": "Selection ratio, upper 95% limit",
        "count": "Statements rarely false",
        "statement": "Statement",
        "fails": "Statement false",
        "own": "Assumptions of the chapter",
        "yes": "yes",
        "rarely": "rarely false",
        "sometimes": "sometimes false",
        "often": "often false",
        "none": "impossible as assumed",
        "more": "as many as at the start, or more",
        "fewer": "one or two fewer",
        "least": "three fewer, or worse",
    },
}
_HALF: Final = 0.5
_ROW: Final = 38  # height of a cell of the one large plot
_LOW_ROW: Final = 26  # of the small multiples
_LARGE: Final = 16  # letters of the large cells


def counts(found: Surface, limit: float, lang: Lang) -> alt.TopLevelMixin:
    """Draw how many statements stay rarely false, over the two assumptions.

    Parameters
    ----------
    limit
        As `chapters.sensitivity.load_surface` takes it.
    """
    words = _WORDS[lang]
    (own,) = found.cells.loc[found.cells["own"], "count"]
    kinds = ("more", "fewer", "least")
    frame = found.cells.assign(
        kind=[words[_loss(own - count)] for count in found.cells["count"]],
        text=found.cells["count"].map(str),
    )
    chart = _grid(frame, [words[kind] for kind in kinds], height=_ROW, lang=lang, fontSize=_LARGE)
    return theme.figure(
        chart.properties(width=theme.BESIDE_AXIS),
        name="sensitivity-counts",
        lang=lang,
        caption=_counts_caption(limit, lang),
        description=_counts_description(found.cells, int(own), lang),
        table=_counts_table(found.cells, lang),
        origins=["computed"],
        assumption=True,
        sources=["sweep_combined"],
    )


def statements(
    found: Surface, sentences: Mapping[str, Statement], limit: float, lang: Lang
) -> alt.TopLevelMixin:
    """Draw in what part of the draws three statements are false, over the two assumptions."""
    words = _WORDS[lang]
    shown = found.statements[found.statements["statement_id"].isin(BOTH_WAYS)]
    headings = {key: heading(sentences[key], lang) for key in BOTH_WAYS}
    frame = shown.assign(
        heading=shown["statement_id"].map(headings),
        kind=[words[_class(fails, limit)] for fails in shown["fails"]],
        text=[_fails(fails, lang) for fails in shown["fails"]],
    )
    kinds = [words[kind] for kind in ("rarely", "sometimes", "often", "none")]
    chart = _grid(frame, kinds, height=_LOW_ROW, lang=lang)
    return theme.figure(
        rows(chart.properties(width=theme.BESIDE_AXIS), list(headings.values())),
        name="sensitivity-statements",
        lang=lang,
        caption=_statements_caption(limit, lang),
        description=_statements_description(shown, lang),
        table=_statements_table(shown, sentences, lang),
        origins=["computed"],
        assumption=True,
        sources=["sweep_combined", *(f"statements:{key}" for key in BOTH_WAYS)],
    )


def _grid(
    frame: pd.DataFrame, kinds: list[str], *, height: int, lang: Lang, **letters: Any
) -> alt.LayerChart | alt.FacetChart:
    """Lay cells out: tint and number say the same; dashed, since all rests on assumptions."""
    words = _WORDS[lang]
    frame = frame.assign(
        across=[number(ratio, 2, lang) for ratio in frame["ratio"]],
        down=[percent(share, 0, lang) for share in frame["specificity"]],
    )
    across = list(dict.fromkeys(frame.sort_values("ratio")["across"]))
    down = list(dict.fromkeys(frame.sort_values("specificity", ascending=False)["down"]))
    base = alt.Chart().encode(
        x=alt.X(
            "across:N",
            sort=across,
            title=words["ratio"],
            axis=alt.Axis(labelAngle=0, domain=False, ticks=False),
        ),
        y=alt.Y(
            "down:N",
            sort=down,
            title=words["specificity"],
            axis=alt.Axis(domain=False, ticks=False, labelPadding=5),
        ),
    )
    tints = dict(zip(kinds, (theme.SKY, theme.SAND, theme.CLAY, theme.RULE), strict=False))
    kinds = [kind for kind in kinds if kind in set(frame["kind"])]
    cells = base.mark_rect(stroke=theme.QUIET, strokeWidth=1, strokeDash=list(theme.DASH)).encode(
        color=alt.Color(
            "kind:N",
            sort=kinds,
            scale=alt.Scale(domain=kinds, range=[tints[kind] for kind in kinds]),
            legend=alt.Legend(title=None),
        )
    )
    own = base.transform_filter("datum.own").mark_rect(
        filled=False, stroke=theme.INK, strokeWidth=3
    )
    text = base.mark_text(**label("center", **letters)).encode(text="text:N")
    return alt.layer(cells, own, text, data=frame).properties(height=alt.Step(height))


def _loss(lost: int) -> str:
    if lost <= 0:
        return "more"
    return "fewer" if lost < 3 else "least"


def _class(fails: float, limit: float) -> str:
    if pd.isna(fails):
        return "none"
    if fails < limit:
        return "rarely"
    return "sometimes" if fails < _HALF else "often"


def _fails(fails: float, lang: Lang) -> str:
    return "–" if pd.isna(fails) else percent(fails, 1, lang)


def _counts_caption(limit: float, lang: Lang) -> str:
    below = percent(limit, 0, lang)
    if lang == "fr":
        return (
            "Nombre d’énoncés rarement faux (dans moins de "
            f"{below} des tirages) selon deux hypothèses du chapitre « Tous les biais ensemble ». "
            "De gauche à droite, ceux qui répondent peuvent différer davantage des autres ; de "
            "haut en bas, les réponses embellies sont plus fréquentes. Cadre épais : les "
            "hypothèses de ce chapitre. Contours en pointillé : tout repose sur des hypothèses, "
            "et les autres lois restent celles du chapitre."
        )
    return (
        f"Number of statements rarely false (in fewer than {below} of draws) under two "
        "assumptions of the chapter “All the biases together”. From left to right, those who "
        "answer may differ more from the others; from top to bottom, embellished answers are more "
        "frequent. Thick frame: that chapter’s own assumptions. Dashed outlines: everything rests "
        "on assumptions, and the other distributions are the chapter’s."
    )


def _counts_description(cells: pd.DataFrame, own: int, lang: Lang) -> str:
    lines = semicolon(lang).join(
        f"{percent(share, 0, lang)}{colon(lang)}" + ", ".join(map(str, of["count"]))
        for share, of in _by_specificity(cells)
    )
    ratios = ", ".join(number(ratio, 2, lang) for ratio in sorted(set(cells["ratio"])))
    if lang == "fr":
        return (
            f"Quadrillage. Avec les hypothèses du chapitre, {own} énoncés sont rarement faux. Pour "
            f"chaque spécificité, nombre d’énoncés rarement faux quand le rapport de sélection va, "
            f"dans 95 % des tirages, jusqu’à {ratios}. {lines}."
        )
    return (
        f"Grid. Under the chapter’s assumptions, {own} statements are rarely false. For each "
        "specificity, number of statements rarely false when the selection ratio goes, in 95% of "
        f"draws, up to {ratios}. {lines}."
    )


def _counts_table(cells: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    words = _WORDS[lang]
    return pd.DataFrame(
        [
            (*_place(row, lang), str(row["count"]), words["yes"] if row["own"] else "")
            for _, of in _by_specificity(cells)
            for row in of.to_dict("records")
        ],
        columns=[words[name] for name in ("specificity", "ratio_column", "count", "own")],
    )


def _statements_caption(limit: float, lang: Lang) -> str:
    below = percent(limit, 0, lang)
    if lang == "fr":
        return (
            "Part des tirages où l’énoncé est faux, sous les mêmes hypothèses que la figure "
            f"précédente ; « rarement » : moins de {below}. Ce n’est pas la probabilité que "
            "l’énoncé soit faux. Cadre épais : les hypothèses du chapitre « Tous les biais "
            "ensemble » ; contours en pointillé : tout repose sur des hypothèses."
        )
    return (
        "Share of draws in which the statement is false, under the same assumptions as the "
        f"figure above; “rarely”: fewer than {below}. It is not the probability that the "
        "statement is false. Thick frame: the assumptions of the chapter “All the biases "
        "together”; dashed outlines: everything rests on assumptions."
    )


def _statements_description(shown: pd.DataFrame, lang: Lang) -> str:
    to = {"fr": " à ", "en": " to "}[lang]
    parts = []
    for key, of in shown.groupby("statement_id"):
        (own,) = of.loc[of["own"], "fails"]
        corners = [
            f"{percent(share, 0, lang)}{colon(lang)}"
            f"{_fails(at['fails'].min(), lang)}{to}{_fails(at['fails'].max(), lang)}"
            for share, at in _by_specificity(of)
        ]
        parts.append(f"{key} ({_fails(own, lang)}){colon(lang)}" + ", ".join(corners))
    listed = semicolon(lang).join(parts)
    if lang == "fr":
        return (
            "Trois quadrillages. Pour chaque énoncé, entre parenthèses la part sous les "
            "hypothèses du chapitre, puis, par spécificité, la plus petite et la plus grande part "
            f"selon la sélection. {listed}."
        )
    return (
        "Three grids. For each statement, in brackets the share under the chapter’s assumptions, "
        "then, by specificity, the smallest and largest share as selection varies. "
        f"{listed}."
    )


def _statements_table(
    shown: pd.DataFrame, sentences: Mapping[str, Statement], lang: Lang
) -> pd.DataFrame:
    words = _WORDS[lang]
    return pd.DataFrame(
        [
            (
                one_line(sentences[str(key)], lang),
                *_place(row, lang),
                words["none"] if pd.isna(row["fails"]) else percent(row["fails"], 1, lang),
            )
            for key, of_key in shown.groupby("statement_id")
            for _, of in _by_specificity(of_key)
            for row in of.to_dict("records")
        ],
        columns=[words[name] for name in ("statement", "specificity", "ratio_column", "fails")],
    )


def _by_specificity(frame: pd.DataFrame) -> list[tuple[Any, pd.DataFrame]]:
    ordered = frame.sort_values(["specificity", "ratio"], ascending=[False, True])
    return list(ordered.groupby("specificity", sort=False))


def _place(row: Mapping[Any, Any], lang: Lang) -> tuple[str, str]:
    return percent(row["specificity"], 0, lang), number(row["ratio"], 2, lang)
