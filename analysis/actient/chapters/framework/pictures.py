"""Pictures and tables of chapter 02."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import altair as alt
import pandas as pd

from actient.chapters.framework.numbers import (
    HALF_HEIGHT,
    HALF_WIDTH,
    Place,
    Route,
    history,
    placed,
    routed,
)
from actient.charts import theme
from actient.charts.letters import balanced
from actient.charts.statements import colon, semicolon
from actient.charts.table import Group, ReadableTable, Row
from actient.locale import Lang
from actient.words import translator

_COLOURS: Final = {
    "patient": theme.ORANGE,
    "care_relation": theme.BLUE,
    "networks": theme.GREEN,
    "setting": theme.PURPLE,
}
_PITCH_X: Final = 134
_PITCH_Y: Final = 94
_LEFT: Final = 88  # centre of the first column
_RIGHT: Final = 70  # of the centre of the last
SETTING: Final = "K17"  # the changed frame of time and space
_TOP: Final = 76  # centre of the first row
_LINE: Final = 14
_PADDING: Final = 5  # of a box, at the sides
_HALF_BOX: Final = HALF_WIDTH * _PITCH_X
_BOX_ROOM: Final = 2 * (_HALF_BOX - _PADDING)
_TITLE_ROW: Final = -0.52
_MARGIN: Final = 4  # of the picture of the evolution
_ARROW: Final = 40  # between its boxes


def network(concepts: pd.DataFrame, relations: pd.DataFrame, lang: Lang) -> alt.TopLevelMixin:
    """Draw concepts as boxes, by cluster, and relations as numbered arrows.

    Parameters
    ----------
    concepts, relations
        As `chapters.framework.part` returns them.
    """
    boxes, routes = placed(concepts), routed(relations)
    width, height = _x(2) + _RIGHT, _y(7.25) + 40
    layers = [
        _titles(boxes, lang, width, height),
        *_arrows(relations, routes, width, height),
        *_boxes(boxes, lang, width, height),
        *_numbers(relations, routes, width, height),
    ]
    chart = alt.layer(*layers).properties(width=width, height=height)
    return theme.figure(
        chart,
        name="framework-network",
        lang=lang,
        caption=_network_caption(lang),
        description=_network_description(concepts, relations, lang),
        table=_relations_table(concepts, relations, lang),
        origins=["printed"],
        assumption=bool((relations["basis"] == "reading").any()),
        sources=[f"concepts:{one}" for one in concepts["concept_id"]],
    )


def evolution(concepts: pd.DataFrame, relations: pd.DataFrame, lang: Lang) -> alt.TopLevelMixin:
    """Draw what becomes what, in a changed frame of time and space.

    Parameters
    ----------
    concepts, relations
        The whole framework.
    """
    _ = translator(lang)
    moves = history(concepts, relations)
    setting = concepts.loc[concepts["concept_id"] == SETTING, f"label_{lang}"].iloc[0]
    width, height = theme.WIDTH, 36 + 76 * len(moves) + 58
    half_width, half_height = (width - 2 * _MARGIN - _ARROW) / 4, 28.0
    left, right = _MARGIN + half_width, width - _MARGIN - half_width
    room = 2 * (half_width - _PADDING)
    box_rows, text_rows, arrow_rows = [], [], []
    for place, move in enumerate(moves.to_dict("records")):
        middle = 36 + 76 * place + 34
        colour = _COLOURS[concepts.set_index("concept_id").loc[move["source_id"], "cluster"]]
        for centre, side in ((left, "source"), (right, "target")):
            box_rows.append(_box(centre, middle, half_width, half_height, colour))
            text_rows += _lines(str(move[f"{side}_{lang}"]), centre, middle, room)
        arrow_rows.append({"x": left + half_width, "x2": right - half_width - 8, "y": middle})
    band = height - 26.0
    box_rows.append(_box(width / 2, band, width / 2 - _MARGIN, 20, _COLOURS["setting"]))
    text_rows += _lines(str(setting), width / 2, band, width)
    heads = [
        {"x": left, "y": 16.0, "text": _("D’où l’on part")},
        {"x": right, "y": 16.0, "text": _("Où l’on va")},
    ]
    arrows = pd.DataFrame(arrow_rows)
    tips = pd.DataFrame({"x": arrows["x2"] + 3, "y": arrows["y"], "angle": 90.0})
    chart = alt.layer(
        _plain(pd.DataFrame(heads), width, height)
        .mark_text(fontWeight="bold", color=theme.QUIET)
        .encode(text="text:N"),
        _plain(arrows, width, height)
        .mark_rule(strokeWidth=1.8, color=theme.QUIET)
        .encode(x2="x2:Q"),
        _tips(tips, width, height),
        *_box_layers(pd.DataFrame(box_rows), pd.DataFrame(text_rows), width, height),
    ).properties(width=width, height=height)
    return theme.figure(
        chart,
        name="framework-evolution",
        lang=lang,
        caption=_evolution_caption(lang),
        description=_evolution_description(moves, str(setting), lang),
        table=_evolution_table(moves, lang),
        origins=["printed"],
        sources=[
            *(
                f"concepts:{one}"
                for one in sorted({*moves["source_id"], *moves["target_id"], SETTING})
            ),
            *(f"relations:{one}" for one in moves["relation_id"]),
        ],
    )


def concept_table(concepts: pd.DataFrame, lang: Lang) -> ReadableTable:
    """Lay out the concepts, cluster by cluster, each under its identifier."""
    _, clusters = translator(lang), _clusters(lang)
    groups = tuple(
        Group(
            clusters[str(cluster)],
            tuple(
                Row(
                    (str(one[f"label_{lang}"]), str(one[f"definition_{lang}"]), _quote(one, lang)),
                    str(one["concept_id"]),
                )
                for one in rows.to_dict("records")
            ),
        )
        for cluster, rows in concepts.groupby("cluster", sort=False)
    )
    columns = (_("Notion"), _("Ce que nous entendons par là"), _("Mots de l’affiche"))
    return ReadableTable(_("Les notions du cadre conceptuel"), columns, groups)


def _clusters(lang: Lang) -> dict[str, str]:
    _ = translator(lang)
    return {
        "patient": _("Patient"),
        "care_relation": _("Relation de soins"),
        "networks": _("Réseaux sociaux virtuels"),
        "setting": _("Cadre de la relation"),
    }


def _x(column: float) -> float:
    return _LEFT + _PITCH_X * column


def _y(row: float) -> float:
    return _TOP + _PITCH_Y * row


def _plain(frame: pd.DataFrame, width: float, height: float) -> alt.Chart:
    return alt.Chart(frame).encode(
        x=alt.X("x:Q", scale=alt.Scale(domain=[0, width], nice=False), axis=None),
        y=alt.Y("y:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None),
    )


def _titles(boxes: pd.DataFrame, lang: Lang, width: float, height: float) -> alt.Chart:
    clusters = _clusters(lang)
    spots = {
        "care_relation": (_x(0), _y(_TITLE_ROW)),
        "patient": (_x(1), _y(_TITLE_ROW)),
        "networks": (_x(2), _y(_TITLE_ROW)),
        "setting": (_x(0), _y(7.25)),
    }
    rows = [
        line | {"colour": _COLOURS[one]}
        for one in dict.fromkeys(boxes["cluster"])
        for line in _lines(clusters[one], *spots[one], _PITCH_X, bold=True)
    ]
    titles: alt.Chart = (
        _plain(pd.DataFrame(rows), width, height)
        .mark_text(fontWeight="bold")
        .encode(text="text:N", color=alt.Color("colour:N", scale=None))
    )
    return titles


def _arrows(
    relations: pd.DataFrame, routes: Mapping[str, Route], width: float, height: float
) -> list[alt.Chart]:
    basis = dict(zip(relations["relation_id"], relations["basis"], strict=True))
    lines, tips = [], []
    for relation, route in routes.items():
        spots = [(_x(point.column), _y(point.row)) for point in route.points]
        ends, angle = _shortened(spots)
        tips.append({"x": ends[-1][0], "y": ends[-1][1], "angle": angle})
        lines += [
            {"relation": relation, "step": step, "x": x, "y": y, "basis": basis[relation]}
            for step, (x, y) in enumerate(ends)
        ]
    frame = pd.DataFrame(lines, columns=["relation", "step", "x", "y", "basis"])
    strokes = [
        _plain(frame[frame["basis"] == kind], width, height)
        .mark_line(
            strokeWidth=1.6,
            color=theme.QUIET,
            interpolate="basis",
            strokeDash=list(theme.DASH) if kind == "reading" else [1, 0],
        )
        .encode(detail="relation:N", order="step:Q")
        for kind in ("poster", "reading")
        if (frame["basis"] == kind).any()
    ]
    return [*strokes, _tips(pd.DataFrame(tips, columns=["x", "y", "angle"]), width, height)]


def _shortened(
    spots: Sequence[tuple[float, float]],
) -> tuple[list[tuple[float, float]], float]:
    """Stop a path short of its box, for the arrowhead; give the arrowhead's angle."""
    (x1, y1), (x2, y2) = spots[-2], spots[-1]
    length = math.hypot(x2 - x1, y2 - y1)
    back = 5 / length
    end = (round(x2 - back * (x2 - x1), 2), round(y2 - back * (y2 - y1), 2))
    angle = round(math.degrees(math.atan2(x2 - x1, y1 - y2)), 1)
    return [*((round(x, 2), round(y, 2)) for x, y in spots[:-1]), end], angle


def _tips(frame: pd.DataFrame, width: float, height: float) -> alt.Chart:
    tips: alt.Chart = (
        _plain(frame, width, height)
        .mark_point(shape="triangle", filled=True, size=75, color=theme.QUIET, opacity=1)
        .encode(angle=alt.Angle("angle:Q", scale=None))
    )
    return tips


def _boxes(boxes: pd.DataFrame, lang: Lang, width: float, height: float) -> list[alt.Chart]:
    rects, texts = [], []
    for one in boxes.to_dict("records"):
        centre, middle = _x(float(one["column"])), _y(float(one["row"]))
        colour = _COLOURS[str(one["cluster"])] if one["core"] else theme.QUIET
        rects.append(
            _box(centre, middle, _HALF_BOX, HALF_HEIGHT * _PITCH_Y, colour)
            | {"definition": one[f"definition_{lang}"], "dashed": one["basis"] == "reading"}
        )
        texts += _lines(str(one[f"label_{lang}"]), centre, middle, _BOX_ROOM)
    return _box_layers(pd.DataFrame(rects), pd.DataFrame(texts), width, height)


def _box(
    centre: float, middle: float, half_width: float, half_height: float, colour: str
) -> dict[str, object]:
    return {
        "x": centre - half_width,
        "x2": centre + half_width,
        "y": middle - half_height,
        "y2": middle + half_height,
        "colour": colour,
        "definition": "",
        "dashed": False,
    }


def _box_layers(
    rects: pd.DataFrame, texts: pd.DataFrame, width: float, height: float
) -> list[alt.Chart]:
    outline = _plain(rects, width, height).encode(
        x2="x2:Q",
        y2="y2:Q",
        fill=alt.Fill("colour:N", scale=None),
        stroke=alt.Stroke("colour:N", scale=None),
        tooltip="definition:N",
    )
    solid = outline.transform_filter("!datum.dashed")
    dashed = outline.transform_filter("datum.dashed")
    return [
        _plain(rects, width, height)
        .mark_rect(cornerRadius=7, fill="white")
        .encode(x2="x2:Q", y2="y2:Q"),
        solid.mark_rect(cornerRadius=7, strokeWidth=1.6, fillOpacity=0.1),
        dashed.mark_rect(
            cornerRadius=7, strokeWidth=1.6, fillOpacity=0.1, strokeDash=list(theme.DASH)
        ),
        _plain(texts, width, height).mark_text().encode(text="text:N"),
    ]


def _lines(
    text: str, centre: float, middle: float, room: float, *, bold: bool = False
) -> list[dict[str, object]]:
    lines = balanced(text, room, bold=bold)
    top = middle - _LINE * (len(lines) - 1) / 2
    return [{"x": centre, "y": top + _LINE * k, "text": line} for k, line in enumerate(lines)]


def _numbers(
    relations: pd.DataFrame, routes: Mapping[str, Route], width: float, height: float
) -> list[alt.Chart]:
    rows = [
        {"x": _x(spot.column), "y": _y(spot.row), "text": _number(relation)}
        for relation, spot in _label_spots(relations, routes)
    ]
    frame = _plain(pd.DataFrame(rows, columns=["x", "y", "text"]), width, height)
    return [
        frame.mark_point(shape="circle", filled=True, color="white", size=200, opacity=1),
        frame.mark_text(fontWeight="bold", color=theme.INK).encode(text="text:N"),
    ]


def _label_spots(relations: pd.DataFrame, routes: Mapping[str, Route]) -> list[tuple[str, Place]]:
    return [(relation, routes[relation].label) for relation in relations["relation_id"]]


def _number(relation: str) -> str:
    return str(int(relation.removeprefix("L")))


def _quote(one: Mapping[Any, Any], lang: Lang) -> str:
    _ = translator(lang)
    words, marks = one["quote"], _("« {quote} »")
    if pd.isna(words):
        return _("(notre lecture)")
    # One pair of marks around a quote: inside « », the poster’s own become “ ”.
    bare = re.sub(r"^«\s*([^«»]*?)\s*»$", r"\1", str(words))
    if "«" in marks:
        bare = re.sub(r"«\s*([^«»]*?)\s*»", r"“\1”", bare)
    return marks.format(quote=bare)


def _network_caption(lang: Lang) -> str:
    _ = translator(lang)
    return _(
        "Le cadre conceptuel, tel que nous le relisons : une boîte par notion, une flèche "
        "numérotée par relation (le tableau qui suit la figure les nomme toutes). Trait "
        "plein : la relation repose sur des mots de l’affiche ; trait interrompu : c’est "
        "notre lecture. La disposition est la nôtre ; l’autrice ne l’a pas relue."
    )


def _network_description(concepts: pd.DataFrame, relations: pd.DataFrame, lang: Lang) -> str:
    _, names = translator(lang), _clusters(lang)
    clusters = semicolon(lang).join(
        f"{names[str(cluster)]}{colon(lang)}" + ", ".join(rows[f"label_{lang}"])
        for cluster, rows in concepts.groupby("cluster", sort=False)
    )
    return _(
        "Réseau de {concepts} notions et {relations} relations, dont {solid} en trait plein et "
        "{dashed} en trait interrompu. {clusters}."
    ).format(
        concepts=len(concepts),
        relations=len(relations),
        solid=(relations["basis"] == "poster").sum(),
        dashed=(relations["basis"] == "reading").sum(),
        clusters=clusters,
    )


def _relations_table(concepts: pd.DataFrame, relations: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    _ = translator(lang)
    names = concepts.set_index("concept_id")[f"label_{lang}"]
    bases = {"poster": _("affiche"), "reading": _("notre lecture")}
    return pd.DataFrame(
        {
            _("N°"): [_number(one) for one in relations["relation_id"]],
            _("De"): list(names.loc[relations["source_id"]]),
            _("Relation"): list(relations[f"label_{lang}"]),
            _("À"): list(names.loc[relations["target_id"]]),
            _("Repose sur"): [bases[str(basis)] for basis in relations["basis"]],
            _("Mots de l’affiche"): [
                "" if one["basis"] == "reading" else _quote(one, lang)
                for one in relations.to_dict("records")
            ],
        }
    )


def _evolution_caption(lang: Lang) -> str:
    _ = translator(lang)
    return _(
        "L’évolution que décrit l’affiche : du tête-à-tête avec un homme de l’art aux "
        "plateformes d’échanges avec des experts, et du patient à l’actient, dans un temps "
        "et un espace modifiés. L’affiche ne date pas ces passages."
    )


def _evolution_description(moves: pd.DataFrame, setting: str, lang: Lang) -> str:
    _ = translator(lang)
    steps = semicolon(lang).join(
        f"{one[f'source_{lang}']} → {one[f'target_{lang}']}" for one in moves.to_dict("records")
    )
    return _("{moves} passages, de gauche à droite : {steps}. En dessous : {setting}.").format(
        moves=len(moves), steps=steps, setting=setting
    )


def _evolution_table(moves: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    _ = translator(lang)
    return pd.DataFrame(
        {
            _("D’où l’on part"): moves[f"source_{lang}"],
            _("Où l’on va"): moves[f"target_{lang}"],
            _("Mots de l’affiche"): [_quote(one, lang) for one in moves.to_dict("records")],
        }
    )
