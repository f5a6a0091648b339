"""Pictures and tables of chapter 03."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import altair as alt
import pandas as pd

from actient.charts import theme
from actient.charts.letters import balanced, wrap
from actient.charts.statements import colon, semicolon
from actient.charts.table import Group, ReadableTable, Row
from actient.claims import PERCENT, Claim
from actient.locale import NBSP, Lang, Unit, quantity
from actient.words import N_, translator

_ALIGNMENTS: Final = {
    "by_order": N_("par ordre"),
    "extracted": N_("telle qu’extraite"),
    "by_meaning": N_("par le sens"),
}
_COLOURS: Final = {"use": theme.BLUE, "risk": theme.ORANGE, "figure": theme.INK}
_WIDTH: Final = theme.WIDTH + 12  # no axis beside it
_HALF: Final = (_WIDTH - 8) // 2  # width of a column of boxes
_LINE: Final = 16
_PADDING: Final = 7
_GAP: Final = 6
_INSET: Final = 8  # of the words in a box
_DOT_INSET: Final = 26  # of the words beside a dot


def matrix(
    layout: pd.DataFrame,
    stages: pd.DataFrame,
    claims: Mapping[str, Claim],
    alignment: str,
    lang: Lang,
) -> alt.TopLevelMixin:
    """Draw each stage with its uses, its risks and its figures.

    Parameters
    ----------
    layout
        As `framework.pathway` returns it.
    stages
        As `framework.stages` returns it.
    alignment
        The alignment of `layout`, for the caption.
    """
    _ = translator(lang)
    boxes, texts, dots, height = _laid_out(layout, stages, claims, lang)
    rect = _plain(boxes, height).encode(
        x2="x2:Q",
        y2="y2:Q",
        fill=alt.Fill("colour:N", scale=None),
        stroke=alt.Stroke("colour:N", scale=None),
        tooltip=alt.Tooltip("note:N", title=_("Doute sur la place")),
    )
    text = _plain(texts, height).encode(text="text:N", color=alt.Color("colour:N", scale=None))
    chart = alt.layer(
        rect.transform_filter("!datum.doubtful").mark_rect(
            cornerRadius=5, fillOpacity=0.1, strokeWidth=1.5
        ),
        rect.transform_filter("datum.doubtful").mark_rect(
            cornerRadius=5, fillOpacity=0.04, strokeWidth=1.5, strokeDash=list(theme.DASH)
        ),
        text.transform_filter("!datum.bold").mark_text(align="left"),
        text.transform_filter("datum.bold").mark_text(align="left", fontWeight="bold"),
        _plain(dots, height).mark_point(**theme.points("printed", colour=theme.INK, size=70)),
    ).properties(width=_WIDTH, height=height)
    return theme.figure(
        chart,
        name="pathway-matrix",
        lang=lang,
        caption=_matrix_caption(alignment, lang),
        description=_matrix_description(layout, alignment, lang),
        table=_matrix_table(layout, claims, lang),
        origins=["printed"],
        assumption=bool((layout["doubt"] != "none").any()),
        sources=["alignments"],
    )


def recurring_themes(
    found: pd.DataFrame, stages: pd.DataFrame, alignment: str, lang: Lang
) -> alt.TopLevelMixin:
    """Draw at which stages the uses and risks that come back stand.

    Parameters
    ----------
    found
        As `chapters.pathway.recurring` returns it.
    """
    _, roles = translator(lang), _roles(lang)
    frame = pd.DataFrame(
        {
            "name": [
                f"{roles[one['role']]} · {one[f'label_{lang}']}" for one in found.to_dict("records")
            ],
            "stage": found["stage_id"],
            "stage_name": found[f"stage_{lang}"],
            "colour": found["role"].map(_COLOURS),
            "doubtful": found["doubt"],
            "mark": ["?" if doubt else "" for doubt in found["doubt"]],
        }
    )
    tooltip = [
        alt.Tooltip("name:N", title=_("Ce qui revient")),
        alt.Tooltip("stage_name:N", title=_("Étape")),
    ]
    x = alt.X(
        "stage:N",
        title=_("Étape"),
        scale=alt.Scale(domain=list(stages["stage_id"])),
        axis=alt.Axis(labelAngle=0, grid=True, ticks=False, domain=False),
    )
    base = alt.Chart().encode(x=x, tooltip=tooltip)
    square = base.mark_point(shape="square", size=420, filled=False, strokeWidth=1.8).encode(
        stroke=alt.Stroke("colour:N", scale=None),
        fill=alt.Fill("colour:N", scale=None),
        strokeDash=alt.condition("datum.doubtful", alt.value(list(theme.DASH)), alt.value([1, 0])),
        fillOpacity=alt.condition("datum.doubtful", alt.value(0.08), alt.value(0.85)),
    )
    mark = base.mark_text(fontWeight="bold").encode(text="mark:N")
    chart = (
        alt.layer(square, mark, data=frame)
        .properties(width=theme.WIDTH, height=34)
        .facet(
            row=alt.Row(
                "name:N",
                sort=list(dict.fromkeys(frame["name"])),
                header=alt.Header(labelOrient="top", labelAnchor="start", title=None),
            ),
            spacing=10,
        )
    )
    return theme.figure(
        chart,
        name="pathway-recurring",
        lang=lang,
        caption=_recurring_caption(alignment, lang),
        description=_recurring_description(frame, lang),
        table=_recurring_table(frame, found, lang),
        origins=["printed"],
        assumption=True,
        sources=["pathway_items", "alignments", *(f"themes:{one}" for one in found["theme"])],
    )


def reading_table(
    layout: pd.DataFrame, stages: pd.DataFrame, claims: Mapping[str, Claim], lang: Lang
) -> ReadableTable:
    """Lay out the whole pathway as text: every stage, use and risk under its identifier."""
    _, roles = translator(lang), _roles(lang)
    groups = []
    for stage in stages.to_dict("records"):
        here = layout[layout["stage_id"] == stage["stage_id"]]
        rows = tuple(
            Row(
                (_element_text(one, claims, lang), roles[one["role"]], _note(one, lang)),
                "" if one["role"] == "figure" else str(one["element_id"]),
            )
            for one in here.to_dict("records")
        )
        groups.append(Group(_stage_name(stage, lang), rows, str(stage["stage_id"])))
    return ReadableTable(
        _("Le parcours de soins, étape par étape"),
        (_("Usage, risque ou chiffre"), _("Nature"), _("Doute sur la place")),
        tuple(groups),
    )


def _roles(lang: Lang) -> dict[str, str]:
    _ = translator(lang)
    return {"use": _("Usage"), "risk": _("Risque"), "figure": _("Chiffre")}


def _laid_out(
    layout: pd.DataFrame, stages: pd.DataFrame, claims: Mapping[str, Claim], lang: Lang
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, float]:
    _ = translator(lang)
    boxes: list[dict[str, Any]] = []
    texts: list[dict[str, Any]] = []
    dots: list[dict[str, Any]] = []
    starts = {"use": 0.0, "risk": float(_WIDTH - _HALF)}
    titles = {
        "use": balanced(_("Avec les réseaux sociaux virtuels"), _HALF - _INSET, bold=True),
        "risk": balanced(_("Risques principaux"), _HALF - _INSET, bold=True),
    }
    top = 8.0 + _LINE * max(len(lines) for lines in titles.values())
    for role, lines in titles.items():
        texts += [
            _text(starts[role] + 2, top - _LINE * (len(lines) - k), line, _COLOURS[role], bold=True)
            for k, line in enumerate(lines)
        ]
    top += 10
    for stage in stages.to_dict("records"):
        here = layout[layout["stage_id"] == stage["stage_id"]].to_dict("records")
        for line in wrap(_stage_name(stage, lang), _WIDTH, bold=True):
            texts.append(_text(0, top, line, theme.INK, bold=True))
            top += _LINE + 2
        bottoms = []
        for role, left in starts.items():
            cell = [one for one in here if one["role"] == role]
            bottoms.append(_cell(cell, left, top, boxes, texts, lang))
        top = max(bottoms)
        for one in (one for one in here if one["role"] == "figure"):
            top = _figure_line(one, claims, top, boxes, texts, dots, lang)
        top += 18
    columns = ["x", "y"]
    return (
        pd.DataFrame(boxes),
        pd.DataFrame(texts),
        pd.DataFrame(dots, columns=columns),
        top - 12,
    )


def _cell(
    cell: list[dict[Any, Any]],
    left: float,
    top: float,
    boxes: list[dict[str, Any]],
    texts: list[dict[str, Any]],
    lang: Lang,
) -> float:
    if not cell:
        texts.append(_text(left + _INSET, top + 12, "—", theme.QUIET))
        return top + 24
    for one in cell:
        colour = _COLOURS[one["role"]]
        lines = wrap(_marked(str(one[f"text_{lang}"]), one), _HALF - 2 * _INSET)
        bottom = top + _LINE * len(lines) + 2 * _PADDING - 3
        boxes.append(_box(left, top, left + _HALF, bottom, colour, one, lang))
        texts += [
            _text(left + _INSET, top + _PADDING + _LINE * (k + 0.5) - 1, line, theme.INK)
            for k, line in enumerate(lines)
        ]
        top = bottom + _GAP
    return top


def _figure_line(
    one: dict[Any, Any],
    claims: Mapping[str, Claim],
    top: float,
    boxes: list[dict[str, Any]],
    texts: list[dict[str, Any]],
    dots: list[dict[str, Any]],
    lang: Lang,
) -> float:
    room = _WIDTH - _DOT_INSET - _INSET
    lines = wrap(_marked(_element_text(one, claims, lang), one), room)
    bottom = top + _LINE * len(lines) + 2 * _PADDING - 3
    boxes.append(_box(0, top, _WIDTH, bottom, theme.INK, one, lang))
    dots.append({"x": 14.0, "y": (top + bottom) / 2})
    texts += [
        _text(_DOT_INSET, top + _PADDING + _LINE * (k + 0.5) - 1, line, theme.INK)
        for k, line in enumerate(lines)
    ]
    return bottom + _GAP


def _plain(frame: pd.DataFrame, height: float) -> alt.Chart:
    return alt.Chart(frame).encode(
        x=alt.X("x:Q", scale=alt.Scale(domain=[0, _WIDTH], nice=False), axis=None),
        y=alt.Y("y:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None),
    )


def _box(
    x: float, y: float, x2: float, y2: float, colour: str, one: dict[Any, Any], lang: Lang
) -> dict[str, Any]:
    doubtful = one["doubt"] != "none"
    note = _note(one, lang)
    spots = {"x": float(x), "y": y, "x2": float(x2), "y2": y2}
    return {**spots, "colour": colour, "doubtful": doubtful, "note": note}


def _text(x: float, y: float, text: str, colour: str, *, bold: bool = False) -> dict[str, Any]:
    return {"x": float(x), "y": float(y), "text": text, "colour": colour, "bold": bold}


def _marked(text: str, one: Mapping[Any, Any]) -> str:
    return f"{text}{NBSP}(?)" if one["doubt"] != "none" else text


def _stage_name(stage: Mapping[Any, Any], lang: Lang) -> str:
    return f"{stage['stage_id']} · {stage[f'label_{lang}']}"


def _element_text(one: Mapping[Any, Any], claims: Mapping[str, Claim], lang: Lang) -> str:
    if one["role"] != "figure":
        return str(one[f"text_{lang}"])
    claim = claims[str(one["element_id"])]
    return f"{claim.label(lang)}{colon(lang)}{_printed_value(claim, lang)} ({claim.claim_id})"


def _printed_value(claim: Claim, lang: Lang) -> str:
    if claim.unit == PERCENT:
        return quantity(claim.proportion, "proportion", lang)
    unit: Unit = "count"
    return quantity(claim.value, unit, lang)


def _note(one: Mapping[Any, Any], lang: Lang) -> str:
    if one["doubt"] == "none":
        return ""
    return f"? {one[f'note_{lang}']}"


def _matrix_caption(alignment: str, lang: Lang) -> str:
    _ = translator(lang)
    return _(
        "Les dix étapes du parcours de soins, avec leurs usages (à gauche), leurs risques (à "
        "droite) et leurs chiffres (point plein). Alignement : {alignment}. Contour interrompu et "
        "« ? » : la place est une hypothèse, car la transcription a perdu les lignes du "
        "tableau. Relecture que l’autrice n’a pas revue."
    ).format(alignment=_(_ALIGNMENTS[alignment]))


def _matrix_description(layout: pd.DataFrame, alignment: str, lang: Lang) -> str:
    _ = translator(lang)
    counts = layout["role"].value_counts()
    doubtful = int((layout["doubt"] != "none").sum())
    stages = semicolon(lang).join(
        f"{stage} " + ", ".join(rows["element_id"])
        for stage, rows in layout.groupby("stage_id", sort=False)
    )
    return _(
        "Tableau de dix étapes, alignement {alignment} : {uses} usages, {risks} risques, {figures} "
        "chiffres, dont {doubtful} à une place incertaine. Par étape : {stages}. Le même "
        "contenu se lit dans le tableau de la page."
    ).format(
        alignment=_(_ALIGNMENTS[alignment]),
        uses=counts["use"],
        risks=counts["risk"],
        figures=counts["figure"],
        doubtful=doubtful,
        stages=stages,
    )


def _matrix_table(layout: pd.DataFrame, claims: Mapping[str, Claim], lang: Lang) -> pd.DataFrame:
    _, roles, rows = translator(lang), _roles(lang), layout.to_dict("records")
    return pd.DataFrame(
        {
            _("Étape"): [f"{one['stage_id']} · {one[f'stage_{lang}']}" for one in rows],
            _("Nature"): [roles[one["role"]] for one in rows],
            _("Usage, risque ou chiffre"): [
                f"{one['element_id']} · {_element_text(one, claims, lang)}" for one in rows
            ],
            _("Doute sur la place"): [_note(one, lang) for one in rows],
        }
    )


def _recurring_caption(alignment: str, lang: Lang) -> str:
    _ = translator(lang)
    return _(
        "Les usages et les risques que l’affiche imprime plusieurs fois, et les étapes où "
        "les place l’alignement {alignment}. Contour interrompu et « ? » : place incertaine. "
        "Réunir sous un même nom des cases proches est notre lecture."
    ).format(alignment=_(_ALIGNMENTS[alignment]))


def _recurring_description(frame: pd.DataFrame, lang: Lang) -> str:
    _ = translator(lang)
    unsure = _("place incertaine")
    parts = []
    for name, rows in frame.groupby("name", sort=False):
        shown = zip(rows["stage"], rows["doubtful"], strict=True)
        parts.append(
            f"{name}{colon(lang)}"
            + ", ".join(f"{s} ({unsure})" if doubt else str(s) for s, doubt in shown)
        )
    return semicolon(lang).join(parts) + "."


def _recurring_table(frame: pd.DataFrame, found: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    _ = translator(lang)
    return pd.DataFrame(
        {
            _("Ce qui revient"): frame["name"],
            _("Cases du tableau"): [str(count) for count in found["blocks"]],
            _("Étape"): [f"{one.stage} · {one.stage_name}" for one in frame.itertuples()],
            _("Doute sur la place"): [
                _("place incertaine") if one else _("sûre") for one in frame["doubtful"]
            ],
        }
    )
