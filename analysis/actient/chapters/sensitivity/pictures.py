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
from actient.words import translator

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
    _ = translator(lang)
    (own,) = found.cells.loc[found.cells["own"], "count"]
    kinds = {
        "more": _("autant ou plus qu’au départ"),
        "fewer": _("un ou deux de moins"),
        "least": _("trois de moins ou davantage"),
    }
    frame = found.cells.assign(
        kind=[kinds[_loss(own - count)] for count in found.cells["count"]],
        text=found.cells["count"].map(str),
    )
    chart = _grid(frame, list(kinds.values()), height=_ROW, lang=lang, fontSize=_LARGE)
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
    _ = translator(lang)
    shown = found.statements[found.statements["statement_id"].isin(BOTH_WAYS)]
    headings = {key: heading(sentences[key], lang) for key in BOTH_WAYS}
    kinds = {
        "rarely": _("rarement faux"),
        "sometimes": _("parfois faux"),
        "often": _("souvent faux"),
        "none": _("impossible sous ces lois"),
    }
    frame = shown.assign(
        heading=shown["statement_id"].map(headings),
        kind=[kinds[_class(fails, limit)] for fails in shown["fails"]],
        text=[_fails(fails, lang) for fails in shown["fails"]],
    )
    chart = _grid(frame, list(kinds.values()), height=_LOW_ROW, lang=lang)
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
    _ = translator(lang)
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
            title=_("Rapport de sélection supposé, limite haute"),
            axis=alt.Axis(labelAngle=0, domain=False, ticks=False),
        ),
        y=alt.Y(
            "down:N",
            sort=down,
            title=_("Spécificité la plus probable"),
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
    _ = translator(lang)
    below = percent(limit, 0, lang)
    return _(
        "Nombre d’énoncés rarement faux (dans moins de {below} des tirages) selon deux "
        "hypothèses du chapitre « Tous les biais ensemble ». De gauche à droite, ceux qui "
        "répondent peuvent différer davantage des autres ; de haut en bas, les réponses "
        "embellies sont plus fréquentes. Cadre épais : les hypothèses de ce chapitre. "
        "Contours en pointillé : tout repose sur des hypothèses, et les autres lois restent "
        "celles du chapitre."
    ).format(below=below)


def _counts_description(cells: pd.DataFrame, own: int, lang: Lang) -> str:
    _ = translator(lang)
    lines = semicolon(lang).join(
        f"{percent(share, 0, lang)}{colon(lang)}" + ", ".join(map(str, of["count"]))
        for share, of in _by_specificity(cells)
    )
    ratios = ", ".join(number(ratio, 2, lang) for ratio in sorted(set(cells["ratio"])))
    return _(
        "Quadrillage. Avec les hypothèses du chapitre, {own} énoncés sont rarement faux. "
        "Pour chaque spécificité, nombre d’énoncés rarement faux quand le rapport de "
        "sélection va, dans 95 % des tirages, jusqu’à {ratios}. {lines}."
    ).format(own=own, ratios=ratios, lines=lines)


def _counts_table(cells: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    _ = translator(lang)
    return pd.DataFrame(
        [
            (*_place(row, lang), str(row["count"]), _("oui") if row["own"] else "")
            for _specificity, of in _by_specificity(cells)
            for row in of.to_dict("records")
        ],
        columns=[
            _("Spécificité la plus probable"),
            _("Rapport de sélection, limite haute à 95 %"),
            _("Énoncés rarement faux"),
            _("Hypothèses du chapitre"),
        ],
    )


def _statements_caption(limit: float, lang: Lang) -> str:
    _ = translator(lang)
    below = percent(limit, 0, lang)
    return _(
        "Part des tirages où l’énoncé est faux, sous les mêmes hypothèses que la figure "
        "précédente ; « rarement » : moins de {below}. Ce n’est pas la probabilité que "
        "l’énoncé soit faux. Cadre épais : les hypothèses du chapitre « Tous les biais "
        "ensemble » ; contours en pointillé : tout repose sur des hypothèses."
    ).format(below=below)


def _statements_description(shown: pd.DataFrame, lang: Lang) -> str:
    _ = translator(lang)
    parts = []
    for key, of in shown.groupby("statement_id"):
        (own,) = of.loc[of["own"], "fails"]
        corners = [
            f"{percent(share, 0, lang)}{colon(lang)}"
            + _("{low} à {high}").format(
                low=_fails(at["fails"].min(), lang), high=_fails(at["fails"].max(), lang)
            )
            for share, at in _by_specificity(of)
        ]
        parts.append(f"{key} ({_fails(own, lang)}){colon(lang)}" + ", ".join(corners))
    listed = semicolon(lang).join(parts)
    return _(
        "Trois quadrillages. Pour chaque énoncé, entre parenthèses la part sous les "
        "hypothèses du chapitre, puis, par spécificité, la plus petite et la plus grande "
        "part selon la sélection. {listed}."
    ).format(listed=listed)


def _statements_table(
    shown: pd.DataFrame, sentences: Mapping[str, Statement], lang: Lang
) -> pd.DataFrame:
    _ = translator(lang)
    return pd.DataFrame(
        [
            (
                one_line(sentences[str(key)], lang),
                *_place(row, lang),
                _("impossible sous ces lois")
                if pd.isna(row["fails"])
                else percent(row["fails"], 1, lang),
            )
            for key, of_key in shown.groupby("statement_id")
            for _specificity, of in _by_specificity(of_key)
            for row in of.to_dict("records")
        ],
        columns=[
            _("Énoncé"),
            _("Spécificité la plus probable"),
            _("Rapport de sélection, limite haute à 95 %"),
            _("Énoncé faux"),
        ],
    )


def _by_specificity(frame: pd.DataFrame) -> list[tuple[Any, pd.DataFrame]]:
    ordered = frame.sort_values(["specificity", "ratio"], ascending=[False, True])
    return list(ordered.groupby("specificity", sort=False))


def _place(row: Mapping[Any, Any], lang: Lang) -> tuple[str, str]:
    return percent(row["specificity"], 0, lang), number(row["ratio"], 2, lang)
