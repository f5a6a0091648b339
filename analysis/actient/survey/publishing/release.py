"""Everything a survey would publish, as one release: so that it is protected together.

The counts of every question in every group, the measures of the poster's figures, the sub-group of
doctors, filtered questions, and weighted shares.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from actient.bias.arguments import FloatArray
from actient.survey.disclosure import (
    Cell,
    Fragment,
    Relation,
    Release,
    difference,
    partition,
    published_interval,
    published_share,
    weighting_cells,
)
from actient.survey.estimating.tabulation import Measured, Table
from actient.survey.publishing.cell_names import (
    base_id,
    group_id,
    interval_id,
    numerator_id,
    option_id,
    weighted_id,
)
from actient.survey.questionnaire import Condition, Group

__all__ = [
    "SHARE_DECIMALS",
    "Counted",
    "WeightedMeasure",
    "base_id",
    "group_id",
    "interval_id",
    "numerator_id",
    "option_id",
    "release",
    "weighted_id",
]

SHARE_DECIMALS: Final = 3  # of a weighted proportion: a tenth of a percentage point
MEASURE_IMPORTANCE: Final = 5.0  # a measure is what the study is about
BASE_IMPORTANCE: Final = 0.5  # a base is dear only through the answers that need it

IntArray = NDArray[np.int64]


@dataclass(frozen=True)
class Counted:
    """One group: its size, its tables and its measures."""

    group: Group
    size: int
    tables: tuple[Table, ...]
    measures: tuple[Measured, ...]


@dataclass(frozen=True)
class WeightedMeasure:
    """A weighted share of one measure, and what an attacker who knows the weights sees in it.

    Attributes
    ----------
    counts, sizes
        Per weighting cell: persons in the numerator, persons in the base; shape (H,).
    weights
        Weight of each cell, shape (H,).
    share, effective_n
        The estimate and the sample it is worth.
    follows
        Cells without which it is not told, where the release has them.
    """

    measure_id: str
    counts: IntArray
    sizes: IntArray
    weights: FloatArray
    share: float
    effective_n: float
    follows: tuple[str, ...] = ()


def release(
    groups: Sequence[Counted],
    *,
    weighted: Sequence[WeightedMeasure] = (),
    confidence: float = 0.95,
) -> Release:
    """Bring together everything that would be published, with what links it.

    Parameters
    ----------
    groups
        A group that is part of another comes after it.
    confidence
        Level of the intervals.

    Raises
    ------
    actient.survey.disclosure.ReleaseError
        If the counts contradict each other: they were not made from one set of responses.
    """
    fragments: list[Fragment] = []
    for counted in groups:
        fragments += _group(counted)
    by_id = {one.group.group_id: one for one in groups}
    for counted in groups:
        if counted.group.part_of:
            fragments += _sub_group(counted, by_id[counted.group.part_of])
    cells = {cell.id: cell for fragment in fragments for cell in fragment.cells}
    for one in weighted:
        fragments += _weighted(one, cells, confidence)
    return Release.join(*fragments)


def _group(counted: Counted) -> list[Fragment]:
    name = counted.group.group_id
    size = Cell(group_id(name), counted.size, pinned=True)
    fragments = [Fragment((size,))]
    known = {table.item.item_id: table for table in counted.tables}
    for table in counted.tables:
        fragments.append(_table(table))
        if table.item.shown_if and table.item.shown_if.item_id in known:
            fragments.append(_filtered(table, known[table.item.shown_if.item_id]))
    for measured in counted.measures:
        fragments.append(_measure(measured, known[measured.measure.item_id]))
    return fragments


def _table(table: Table) -> Fragment:
    group, item = table.group_id, table.item
    base = Cell(
        base_id(group, item.item_id),
        table.base,
        group_id(group),
        disclosive=False,  # who skipped a question tells nothing of them; its answers are judged
        importance=BASE_IMPORTANCE,
    )
    options = tuple(
        Cell(option_id(group, item.item_id, code), count, base.id)
        for code, count in table.counts.items()
    )
    if item.type != "select_one":
        return Fragment((base, *options))
    return Fragment((base, *options), (partition(base.id, [option.id for option in options]),))


def _filtered(table: Table, parent: Table) -> Fragment:
    # Those asked a question are those who gave one of these answers to another.
    condition: Condition | None = table.item.shown_if
    assert condition is not None  # noqa: S101 — the caller's test, for the type checker
    group, item = table.group_id, table.item.item_id
    asked = sum(parent.counts[code] for code in condition.codes)
    skipped = Cell(f"{group}/{item}: skipped", asked - table.base, offered=False, disclosive=False)
    terms = (
        *((option_id(group, condition.item_id, code), 1) for code in condition.codes),
        (base_id(group, item), -1),
        (skipped.id, -1),
    )
    return Fragment((skipped,), (Relation(f"{group}/{item}: asked", terms),))


def _measure(measured: Measured, table: Table) -> Fragment:
    measure = measured.measure
    numerator = Cell(
        numerator_id(measure.measure_id),
        measured.count,
        base_id(table.group_id, table.item.item_id),
        importance=MEASURE_IMPORTANCE,
    )
    options = [
        option_id(table.group_id, table.item.item_id, code) for code in measure.success_codes
    ]
    return Fragment((numerator,), (partition(numerator.id, options),))


def _sub_group(part: Counted, whole: Counted) -> list[Fragment]:
    """Add the rest of the larger group, whom nobody publishes and a subtraction would tell."""
    inner, outer = part.group.group_id, whole.group.group_id
    rest = f"{outer} but {inner}"
    fragments = [
        difference(Cell(group_id(outer), whole.size), Cell(group_id(inner), part.size), rest)
    ]
    defining = option_id(outer, part.group.item_id, part.group.codes[0])
    if len(part.group.codes) == 1 and any(
        table.item.item_id == part.group.item_id for table in whole.tables
    ):
        fragments.append(Fragment(relations=(partition(group_id(inner), [defining]),)))
    outer_tables = {table.item.item_id: table for table in whole.tables}
    for table in part.tables:
        fragments += _rest_of_table(table, outer_tables[table.item.item_id], rest)
    return fragments


def _rest_of_table(part: Table, whole: Table, rest: str) -> list[Fragment]:
    item = part.item.item_id

    def cell(table: Table, code: str | None) -> Cell:
        if code is None:
            return Cell(base_id(table.group_id, item), table.base)
        return Cell(option_id(table.group_id, item, code), table.counts[code])

    base = f"{rest}/{item}"
    return [
        difference(cell(whole, None), cell(part, None), base, base=rest, disclosive=False),
        *(
            difference(cell(whole, code), cell(part, code), f"{base}/{code}", base=base)
            for code in part.counts
        ),
    ]


def _weighted(one: WeightedMeasure, known: Mapping[str, Cell], confidence: float) -> list[Fragment]:
    numerator = known[numerator_id(one.measure_id)]
    follows = (numerator.id, *(name for name in one.follows if name in known))
    # Who lacks an answer that the margins need is in the numerator, and not in the weighted share.
    inside = Cell(f"{numerator.id}: weighted", int(one.counts.sum()), offered=False)
    outside = difference(numerator, inside, f"{numerator.id}: not weighted")
    split, names = weighting_cells([inside], one.counts[:, np.newaxis], one.sizes, exhaustive=False)
    total = float(one.weights @ one.sizes)
    terms = [
        (name, float(weight) / total) for (name,), weight in zip(names, one.weights, strict=True)
    ]
    told = published_share(
        weighted_id(one.measure_id), terms, one.share, SHARE_DECIMALS, follows=follows
    )
    limits = published_interval(
        interval_id(one.measure_id),
        terms,
        one.share,
        one.effective_n,
        SHARE_DECIMALS,
        confidence=confidence,
        follows=follows,
    )
    return [
        Fragment((inside,)),
        outside,
        Fragment(split.cells, split.relations, (told, limits)),
    ]
