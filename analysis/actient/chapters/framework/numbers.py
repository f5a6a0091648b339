"""Chapter 02: the conceptual framework as a network laid out by hand, and as tables.

The layout is fixed: a concept stays at one place whatever part of the framework is shown, and a
relation runs along one path. A concept or relation added to the tables needs its place here; the
functions say which one is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import pandas as pd

from actient.records import Record

ALL: Final = "all"
EVOLUTION: Final = "evolves_into"


class Place(NamedTuple):
    """Column (0 care relation, 1 patient, 2 networks) and row of a concept's box, its centre."""

    column: float
    row: float


class Route(NamedTuple):
    """The path of a relation, in columns and rows relative to nothing but the drawing.

    Attributes
    ----------
    points
        From the source's box to the target's; a column of -0.5 is the left side of column 0.
    label
        Where its number stands.
    """

    points: tuple[Place, ...]
    label: Place


class LayoutError(LookupError):
    """A concept or a relation has no place in the drawing."""

    @classmethod
    def from_missing(cls, kind: str, missing: Sequence[str]) -> LayoutError:
        """Name what is missing and say where to put it."""
        return cls(
            f"No place in the drawing for {kind} {', '.join(missing)}: "
            "add it to actient/chapters/framework.py."
        )


PLACES: Final[dict[str, Place]] = {
    "K10": Place(0, 0),
    "K04": Place(0, 1),
    "K05": Place(0, 2),
    "K06": Place(0, 3),
    "K07": Place(0, 4),
    "K09": Place(0, 5),
    "K08": Place(0, 6),
    "K03": Place(1, 1.45),
    "K01": Place(1, 2.4),
    "K02": Place(1, 3.75),
    "K11": Place(2, 1),
    "K12": Place(2, 2),
    "K13": Place(2, 3),
    "K14": Place(2, 4),
    "K15": Place(2, 5),
    "K16": Place(2, 6),
    "K17": Place(1, 7.25),
    "K18": Place(2, 7.25),
}

# Sides of the boxes, in the unit of a column's pitch and of a row's pitch.
HALF_WIDTH: Final = 0.375
HALF_HEIGHT: Final = 0.33


def part(
    concepts: pd.DataFrame, relations: pd.DataFrame, cluster: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Keep one cluster, the relations that touch it and the concepts at their other end.

    Parameters
    ----------
    cluster
        A cluster, or ``all``.

    Returns
    -------
    tuple of DataFrame
        Concepts, with ``core`` (whether the concept belongs to the cluster), and relations.
    """
    if cluster == ALL:
        return concepts.assign(core=True), relations
    core = set(concepts.loc[concepts["cluster"] == cluster, "concept_id"])
    touching = relations["source_id"].isin(core) | relations["target_id"].isin(core)
    kept = relations[touching].reset_index(drop=True)
    shown = core | set(kept["source_id"]) | set(kept["target_id"])
    near = concepts[concepts["concept_id"].isin(shown)].reset_index(drop=True)
    return near.assign(core=near["concept_id"].isin(core)), kept


def placed(concepts: pd.DataFrame) -> pd.DataFrame:
    """Add to each concept the column and row of its box.

    Raises
    ------
    LayoutError
        If a concept has no place.
    """
    missing = [one for one in concepts["concept_id"] if one not in PLACES]
    if missing:
        raise LayoutError.from_missing("concepts", missing)
    spots = [PLACES[one] for one in concepts["concept_id"]]
    return concepts.assign(column=[s.column for s in spots], row=[s.row for s in spots])


def routed(relations: pd.DataFrame) -> dict[str, Route]:
    """Find the path of each relation: the one drawn by hand, else straight between two boxes.

    Raises
    ------
    LayoutError
        If a relation has no path and its boxes are not one above the other.
    """
    return {
        str(one["relation_id"]): _route(
            str(one["relation_id"]), PLACES[one["source_id"]], PLACES[one["target_id"]]
        )
        for one in relations.to_dict("records")
    }


def history(concepts: pd.DataFrame, relations: pd.DataFrame) -> pd.DataFrame:
    """List what evolves into what: the poster's own account of history.

    Returns
    -------
    DataFrame
        One row per evolution: relation_id, source_id, target_id, quote, and the labels
        source_fr, source_en, target_fr, target_en.
    """
    names = concepts.set_index("concept_id")[["label_fr", "label_en"]]
    moved = relations[relations["type"] == EVOLUTION].reset_index(drop=True)
    source = names.loc[moved["source_id"]].reset_index(drop=True)
    target = names.loc[moved["target_id"]].reset_index(drop=True)
    return moved[["relation_id", "source_id", "target_id", "quote"]].assign(
        source_fr=source["label_fr"],
        source_en=source["label_en"],
        target_fr=target["label_fr"],
        target_en=target["label_en"],
    )


def records(concepts: pd.DataFrame, relations: pd.DataFrame) -> list[Record]:
    """Count the framework: concepts, relations, those that rest on the poster's own words.

    Keys: `concepts`, `relations`, `relations_poster`, `relations_reading`, `evolutions`.
    """
    basis = relations["basis"]
    counts = {
        "concepts": len(concepts),
        "relations": len(relations),
        "relations_poster": int((basis == "poster").sum()),
        "relations_reading": int((basis == "reading").sum()),
        "evolutions": int((relations["type"] == EVOLUTION).sum()),
    }
    return [Record(key, float(value), "count", "computed") for key, value in counts.items()]


def _route(relation: str, source: Place, target: Place) -> Route:
    if relation in _BENT:
        return _BENT[relation]
    if source.column != target.column:
        raise LayoutError.from_missing("relations", [relation])
    return _vertical(source, target)


def _vertical(source: Place, target: Place) -> Route:
    down = 1 if target.row > source.row else -1
    start = Place(source.column, source.row + down * HALF_HEIGHT)
    end = Place(target.column, target.row - down * HALF_HEIGHT)
    middle = _along(start, end, 0.5)
    # Beside the arrow, which is too short to be read with a number on it.
    return Route((start, end), Place(middle.column + 0.08, middle.row))


def _along(start: Place, end: Place, share: float) -> Place:
    return Place(
        start.column + share * (end.column - start.column),
        start.row + share * (end.row - start.row),
    )


def _across(start: Place, end: Place, share: float = 0.4) -> Route:
    return Route((start, end), _along(start, end, share))


def _around(column: float, side: float, top: float, bottom: float, label: float) -> Route:
    """Go round the boxes of a column, `side` away from their edge (negative: on the left)."""
    edge = column + (HALF_WIDTH if side > 0 else -HALF_WIDTH)
    out = edge + side
    middle = [top + (bottom - top) * share for share in (0.08, 0.25, 0.5, 0.75, 0.92)]
    points = [Place(edge, top), *(Place(out, row) for row in middle), Place(edge, bottom)]
    return Route(tuple(points), Place(out, label))


_RIGHT_OF_0, _LEFT_OF_1 = HALF_WIDTH, 1 - HALF_WIDTH
_RIGHT_OF_1, _LEFT_OF_2 = 1 + HALF_WIDTH, 2 - HALF_WIDTH

_BENT: Final[dict[str, Route]] = {
    "L02": _around(0, -0.075, 2.1, 4.85, 3.0),
    "L15": _around(0, -0.15, 1.08, 5.0, 3.5),
    "L17": _around(0, -0.225, 0.9, 6.0, 4.0),
    "L18": _around(0, 0.1, 4.15, 5.85, 4.6),
    "L10": _around(2, 0.09, 1.0, 7.25, 4.5),
    "L16": _across(Place(_RIGHT_OF_0, 1.95), Place(_LEFT_OF_1, 2.3)),
    "L08": _across(Place(_LEFT_OF_2, 2.0), Place(_RIGHT_OF_1, 2.3)),
    "L09": _across(Place(_RIGHT_OF_0, 0.98), Place(_LEFT_OF_2, 0.98), 0.28),
    "L11": _across(Place(_LEFT_OF_2, 0.82), Place(_RIGHT_OF_0, 0.0), 0.45),
    "L12": _across(Place(_RIGHT_OF_0, 6.0), Place(_LEFT_OF_2, 6.0), 0.75),
    "L13": Route(
        (
            Place(_LEFT_OF_2, 2.92),
            Place(_RIGHT_OF_1, 2.86),
            Place(1.2, 2.86),
            Place(1.0, 2.86),
            Place(0.8, 2.86),
            Place(0.6, 2.8),
            Place(0.5, 2.4),
            Place(_RIGHT_OF_0, 2.15),
        ),
        Place(0.82, 2.86),
    ),
    "L20": _across(Place(_LEFT_OF_2, 3.1), Place(_RIGHT_OF_1, 3.65)),
    "L22": _across(Place(_LEFT_OF_2, 5.0), Place(_RIGHT_OF_1, 3.9)),
    "L19": _across(Place(_RIGHT_OF_0, 5.0), Place(0.8, 7.25 - HALF_HEIGHT), 0.78),
}
