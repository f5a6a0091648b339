"""Pictures and tables of chapter 03."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import altair as alt
import pandas as pd

from actient.charts import theme
from actient.charts.letters import balanced, wrap
from actient.charts.statements import semicolon
from actient.charts.table import Group, ReadableTable, Row
from actient.claims import PERCENT, Claim
from actient.locale import NBSP, Lang, Unit, quantity

_WORDS: Final[dict[Lang, dict[str, str]]] = {
    "fr": {
        "use": "Usage",
        "risk": "Risque",
        "figure": "Chiffre",
        "uses": "Avec les réseaux sociaux virtuels",
        "risks": "Risques principaux",
        "stage": "Étape",
        "what": "Usage, risque ou chiffre",
        "doubt": "Doute sur la place",
        "sure": "sûre",
        "unsure": "place incertaine",
        "title": "Le parcours de soins, étape par étape",
        "kind": "Nature",
        "theme": "Ce qui revient",
        "stages": "Étapes",
        "blocks": "Cases du tableau",
        "by_order": "par ordre",
        "extracted": "telle qu’extraite",
        "by_meaning": "par le sens",
    },
    "en": {
        "use": "Use",
        "risk": "Risk",
        "figure": "Figure",
        "uses": "With virtual social networks",
        "risks": "Main risks",
        "stage": "Stage",
        "what": "Use, risk or figure",
        "doubt": "Doubt about its place",
        "sure": "certain",
        "unsure": "place uncertain",
        "title": "The care pathway, stage by stage",
        "kind": "Kind",
        "theme": "What comes back",
        "stages": "Stages",
        "blocks": "Cells of the table",
        "by_order": "by order",
        "extracted": "as extracted",
        "by_meaning": "by meaning",
    },
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
    boxes, texts, dots, height = _laid_out(layout, stages, claims, lang)
    rect = _plain(boxes, height).encode(
        x2="x2:Q",
        y2="y2:Q",
        fill=alt.Fill("colour:N", scale=None),
        stroke=alt.Stroke("colour:N", scale=None),
        tooltip=alt.Tooltip("note:N", title=_WORDS[lang]["doubt"]),
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
    words = _WORDS[lang]
    frame = pd.DataFrame(
        {
            "name": [
                f"{words[one['role']]} · {one[f'label_{lang}']}" for one in found.to_dict("records")
            ],
            "stage": found["stage_id"],
            "stage_name": found[f"stage_{lang}"],
            "colour": found["role"].map(_COLOURS),
            "doubtful": found["doubt"],
            "mark": ["?" if doubt else "" for doubt in found["doubt"]],
        }
    )
    tooltip = [
        alt.Tooltip("name:N", title=words["theme"]),
        alt.Tooltip("stage_name:N", title=words["stage"]),
    ]
    x = alt.X(
        "stage:N",
        title=words["stage"],
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
    words = _WORDS[lang]
    groups = []
    for stage in stages.to_dict("records"):
        here = layout[layout["stage_id"] == stage["stage_id"]]
        rows = tuple(
            Row(
                (_element_text(one, claims, lang), words[one["role"]], _note(one, lang)),
                "" if one["role"] == "figure" else str(one["element_id"]),
            )
            for one in here.to_dict("records")
        )
        groups.append(Group(_stage_name(stage, lang), rows, str(stage["stage_id"])))
    return ReadableTable(
        words["title"], (words["what"], words["kind"], words["doubt"]), tuple(groups)
    )


def _laid_out(
    layout: pd.DataFrame, stages: pd.DataFrame, claims: Mapping[str, Claim], lang: Lang
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, float]:
    boxes: list[dict[str, Any]] = []
    texts: list[dict[str, Any]] = []
    dots: list[dict[str, Any]] = []
    words = _WORDS[lang]
    starts = {"use": 0.0, "risk": float(_WIDTH - _HALF)}
    titles = {
        role: balanced(words[f"{role}s"], _HALF - _INSET, bold=True) for role in ("use", "risk")
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
    colon = f"{NBSP}: " if lang == "fr" else ": "
    return f"{claim.label(lang)}{colon}{_printed_value(claim, lang)} ({claim.claim_id})"


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
    name = _WORDS[lang][alignment]
    if lang == "fr":
        return (
            "Les dix étapes du parcours de soins, avec leurs usages (à gauche), leurs risques (à "
            f"droite) et leurs chiffres (point plein). Alignement : {name}. Contour interrompu et "
            "« ? » : la place est une hypothèse, car la transcription a perdu les lignes "
            "du tableau. Relecture que l’autrice n’a pas revue."
        )
    return (
        "The ten stages of the care pathway, with their uses (left), their risks (right) and their "
        f"figures (filled dot). Alignment: {name}. Dashed outline and “?”: the place is an "
        "assumption, since the transcription lost the rows of the table. A rereading that the "
        "author has not reviewed."
    )


def _matrix_description(layout: pd.DataFrame, alignment: str, lang: Lang) -> str:
    counts = layout["role"].value_counts()
    doubtful = int((layout["doubt"] != "none").sum())
    stages = semicolon(lang).join(
        f"{stage} " + ", ".join(rows["element_id"])
        for stage, rows in layout.groupby("stage_id", sort=False)
    )
    name = _WORDS[lang][alignment]
    if lang == "fr":
        return (
            f"Tableau de dix étapes, alignement {name} : {counts['use']} usages, {counts['risk']} "
            f"risques, {counts['figure']} chiffres, dont {doubtful} à une place incertaine. "
            f"Par étape : {stages}. Le même contenu se lit dans le tableau de la page."
        )
    return (
        f"A table of ten stages, alignment {name}: {counts['use']} uses, {counts['risk']} risks, "
        f"{counts['figure']} figures, {doubtful} of them at an uncertain place. By stage: "
        f"{stages}. The same content can be read in the table of this page."
    )


def _matrix_table(layout: pd.DataFrame, claims: Mapping[str, Claim], lang: Lang) -> pd.DataFrame:
    words, rows = _WORDS[lang], layout.to_dict("records")
    return pd.DataFrame(
        {
            words["stage"]: [f"{one['stage_id']} · {one[f'stage_{lang}']}" for one in rows],
            words["kind"]: [words[one["role"]] for one in rows],
            words["what"]: [
                f"{one['element_id']} · {_element_text(one, claims, lang)}" for one in rows
            ],
            words["doubt"]: [_note(one, lang) for one in rows],
        }
    )


def _recurring_caption(alignment: str, lang: Lang) -> str:
    name = _WORDS[lang][alignment]
    if lang == "fr":
        return (
            "Les usages et les risques que l’affiche imprime plusieurs fois, et les étapes où les "
            f"place l’alignement {name}. Contour interrompu et « ? » : place incertaine. "
            "Réunir sous un même nom des cases proches est notre lecture."
        )
    return (
        "The uses and risks that the poster prints several times, and the stages where the "
        f"alignment {name} puts them. Dashed outline and “?”: place uncertain. Gathering similar "
        "cells under one name is our reading."
    )


def _recurring_description(frame: pd.DataFrame, lang: Lang) -> str:
    words, colon = _WORDS[lang], " : " if lang == "fr" else ": "
    parts = []
    for name, rows in frame.groupby("name", sort=False):
        shown = zip(rows["stage"], rows["doubtful"], strict=True)
        parts.append(
            f"{name}{colon}"
            + ", ".join(f"{s} ({words['unsure']})" if doubt else str(s) for s, doubt in shown)
        )
    return semicolon(lang).join(parts) + "."


def _recurring_table(frame: pd.DataFrame, found: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    words = _WORDS[lang]
    return pd.DataFrame(
        {
            words["theme"]: frame["name"],
            words["blocks"]: [str(count) for count in found["blocks"]],
            words["stage"]: [f"{one.stage} · {one.stage_name}" for one in frame.itertuples()],
            words["doubt"]: [words["unsure" if one else "sure"] for one in frame["doubtful"]],
        }
    )
