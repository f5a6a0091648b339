"""The two links of the capture-recapture, in all and in each group: what tells one tells the other.

Whoever knows how many people saw each link, and how many patients did, knows how many professionals
did. And since "neither" is an answer by itself, those who saw both follow from the three answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from actient.survey.disclosure import Cell, Fragment, Relation, difference, partition
from actient.survey.estimating.tabulation import Table
from actient.survey.publishing.cell_names import LINK_IDS, LINKS_BASE, base_id, option_id
from actient.survey.questionnaire import LINKS, Group

FIRST: Final = "link_a"
SECOND: Final = "link_b"
NEITHER: Final = "none"
REACH_IMPORTANCE: Final = 0.1  # one rough estimate is worth less than the answers of a group


@dataclass(frozen=True)
class Links:
    """Persons who saw the first link, the second, both, out of those who answered."""

    first: int
    second: int
    both: int
    base: int


def links_fragments(
    links: Links, groups: Sequence[Group], tables: Mapping[str, Table]
) -> list[Fragment]:
    """Add what is told of the two links to a release, tied to the answers of each group.

    Parameters
    ----------
    groups
        A group that is part of another comes after it.
    tables
        The answers of each group to the question on links, by group.
    """
    held = [group for group in groups if group.group_id in tables]
    apart = [group for group in held if not group.part_of]
    fragments = [_total(links)]
    fragments += [_both(tables[group.group_id]) for group in held]
    for group in held:
        if group.part_of and group.part_of in tables:
            whole, part = (_both_cell(tables[name]) for name in (group.part_of, group.group_id))
            fragments.append(difference(whole, part, f"{whole.id} but {group.group_id}"))
    return [*fragments, *_sums(links, [tables[group.group_id] for group in apart])]


def _total(links: Links) -> Fragment:
    base = Cell(LINKS_BASE, links.base, offered=False, disclosive=False)
    first, second, both = (
        Cell(name, count, base.id, importance=REACH_IMPORTANCE)
        for name, count in zip(LINK_IDS, _counts(links), strict=True)
    )
    return _crossed(base, first, second, both, links.base - links.first - links.second + links.both)


def _both(table: Table) -> Fragment:
    """Cross the two links in one group, whose own cells are in its table."""
    counts = table.counts
    base = Cell(base_id(table.group_id, LINKS), table.base)
    first, second = (
        Cell(option_id(table.group_id, LINKS, code), counts[code]) for code in (FIRST, SECOND)
    )
    both = _both_cell(table)
    crossed = _crossed(base, first, second, both, counts[NEITHER])
    neither = option_id(table.group_id, LINKS, NEITHER)
    same = partition(neither, [f"{base.id}: neither link"])
    known = {base.id, first.id, second.id}
    cells = tuple(cell for cell in crossed.cells if cell.id not in known)
    return Fragment(cells, (*crossed.relations, same))


def _both_cell(table: Table) -> Cell:
    counts = table.counts
    both = counts[FIRST] + counts[SECOND] + counts[NEITHER] - table.base
    base = base_id(table.group_id, LINKS)
    return Cell(f"{base}: both links", both, base, offered=False)


def _crossed(base: Cell, first: Cell, second: Cell, both: Cell, neither: int) -> Fragment:
    none = Cell(f"{base.id}: neither link", neither, base.id, offered=False)
    alone = [
        difference(first, both, f"{base.id}: first link alone", base=base.id),
        difference(second, both, f"{base.id}: second link alone", base=base.id),
    ]
    whole = Relation(
        f"{base.id}: crossed",
        ((base.id, 1), (first.id, -1), (second.id, -1), (both.id, 1), (none.id, -1)),
    )
    return Fragment(
        (base, first, second, both, none, *(cell for one in alone for cell in one.cells)),
        (whole, *(relation for one in alone for relation in one.relations)),
    )


def _sums(links: Links, tables: Sequence[Table]) -> list[Fragment]:
    """Add up the groups; people of no group are someone only if there are any."""
    total = Cell(f"{LINKS_BASE}: no group", links.base - sum(table.base for table in tables))
    fragments = []
    named = [(LINKS_BASE, links.base, None), *zip(LINK_IDS, _counts(links), _CODES, strict=True)]
    for name, count, code in named:
        ids = [_cell_id(table, code) for table in tables]
        rest = count - sum(_count(table, code) for table in tables)
        if not total.count:
            fragments.append(Fragment(relations=(partition(name, ids),)))
            continue
        base = None if code is None else total.id
        cell = Cell(f"{name}: no group", rest, base, offered=False, disclosive=code is not None)
        fragments.append(Fragment((cell,), (partition(name, [*ids, cell.id]),)))
    return fragments


_BOTH: Final = "both"
_CODES: Final = (FIRST, SECOND, _BOTH)


def _counts(links: Links) -> tuple[int, int, int]:
    return links.first, links.second, links.both


def _cell_id(table: Table, code: str | None) -> str:
    if code is None:
        return base_id(table.group_id, LINKS)
    if code == _BOTH:
        return _both_cell(table).id
    return option_id(table.group_id, LINKS, code)


def _count(table: Table, code: str | None) -> int:
    if code is None:
        return table.base
    return _both_cell(table).count if code == _BOTH else table.counts[code]
