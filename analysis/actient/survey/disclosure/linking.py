"""How tables are linked: options of a base, sub-groups, unions of options, weighting cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from actient.bias.arguments import ArgumentError
from actient.survey.disclosure.cells import Cell, Fragment, Relation

_FEW = 200  # unknowns


def partition(total: str, parts: Sequence[str]) -> Relation:
    """Tell that the parts add up to the total: the options of a select-one item, a union of them.

    Parameters
    ----------
    total, parts
        Cell ids.
    """
    terms = ((total, 1), *((part, -1) for part in parts))
    return Relation(f"{total} = {' + '.join(parts)}", terms)


def difference(
    whole: Cell, part: Cell, name: str, *, base: str | None = None, disclosive: bool = True
) -> Fragment:
    """Add the persons of the whole who are not in the part, whom nobody publishes.

    Other professionals = professionals − doctors; persons who skipped a filtered item = those it
    was asked − those who answered it. Two large counts can differ by one person.

    Parameters
    ----------
    whole, part
        Cells, the second a subset of the first.
    name
        Id of the new cell.
    base
        Cell of which it is a part, itself often a difference: other professionals who answered.
    disclosive
        False where a small difference tells nothing of persons.

    Raises
    ------
    ArgumentError
        If the part is larger than the whole.
    """
    if part.count > whole.count:
        raise ArgumentError("part", part.id, f"a part of {whole.id!r}, hence no more persons")
    rest = Cell(name, whole.count - part.count, base, offered=False, disclosive=disclosive)
    return Fragment((rest,), (partition(whole.id, (part.id, name)),))


def overlap(union: Cell, options: Sequence[Cell], name: str) -> Fragment:
    """Link a union to options of which persons may choose several.

    max(options) ≤ union ≤ Σ options. Adds, for each option, the persons of the union who did not
    choose it, and the mentions in excess, which count no persons.

    Parameters
    ----------
    union
        Persons who chose at least one of the options.
    options
        Cells of one select-multiple item.
    name
        Start of the ids of the new cells.

    Raises
    ------
    ArgumentError
        If no such union is possible.
    """
    mentions = sum(option.count for option in options)
    if mentions < union.count:
        raise ArgumentError("union", union.id, "no more persons than its options together")
    excess = Cell(
        f"{name}: mentions in excess", mentions - union.count, offered=False, disclosive=False
    )
    parts = tuple(difference(union, o, f"{name}: without {o.id}", base=union.id) for o in options)
    terms = tuple((option.id, 1) for option in options)
    count = Relation(f"{name}: mentions", (*terms, (union.id, -1), (excess.id, -1)))
    return Fragment(
        (*(part.cells[0] for part in parts), excess),
        (*(part.relations[0] for part in parts), count),
    )


def weighting_cells(
    options: Sequence[Cell],
    counts: ArrayLike,
    sizes: ArrayLike,
    *,
    exhaustive: bool,
    guarded: bool | None = None,
) -> tuple[Fragment, tuple[tuple[str, ...], ...]]:
    """Split the options of an item by weighting cell: what a weighted estimate is made of.

    The attacker knows how many persons n_h of each weighting cell h answered the item, and looks
    for how many x_ho of them chose option o: Σ_h x_ho = x_o, x_ho ≤ n_h and, if each person chose
    exactly one of the options, Σ_o x_ho = n_h. They are unknowns through which a weighted estimate
    may tell the options; if `guarded`, the audit also asks that no x_ho under the threshold be
    known exactly (more cannot be asked: n_h is mostly under the threshold itself).

    Parameters
    ----------
    options
        The item's O options, all of them if `exhaustive`.
    counts
        Persons x_ho, whole, shape (H, O).
    sizes
        Persons n_h, whole, shape (H,).
    exhaustive
        Whether each person chose exactly one of the options.
    guarded
        None for yes up to 200 unknowns. Beyond, far more solutions than printed figures remain,
        and to prove it for each unknown takes seconds per item.

    Returns
    -------
    Fragment
        The cells and relations.
    tuple of tuple of str
        Their ids, shape (H, O), for the terms of estimates.

    Raises
    ------
    ArgumentError
        If the shapes do not match, or counts do not add up to the options or the sizes.
    """
    persons, most = np.asarray(counts), np.asarray(sizes)
    _check_split(options, persons, most, exhaustive)
    few = persons.size <= _FEW if guarded is None else guarded
    names = tuple(
        tuple(f"{option.id} in weighting cell {h}" for option in options)
        for h in range(len(persons))
    )
    cells = tuple(
        Cell(name, int(x), offered=False, disclosive=few, most=int(most[h]), least_width=1)
        for h, row in enumerate(names)
        for name, x in zip(row, persons[h], strict=True)
    )
    relations = [
        partition(option.id, tuple(row[at] for row in names)) for at, option in enumerate(options)
    ]
    if exhaustive:
        relations += [
            Relation(f"{row[0]}: size", tuple((name, 1) for name in row), int(size))
            for row, size in zip(names, most, strict=True)
        ]
    return Fragment(cells, tuple(relations)), names


def _check_split(
    options: Sequence[Cell], persons: NDArray[Any], most: NDArray[Any], exhaustive: bool
) -> None:
    shape = (most.size, len(options))
    if persons.shape != shape or most.ndim != 1:
        raise ArgumentError("counts", persons.shape, f"the shape {shape}: sizes × options")
    if persons.dtype.kind not in "iu" or most.dtype.kind not in "iu":
        raise ArgumentError("counts + sizes", persons.dtype.name, "whole numbers of persons")
    if np.any(persons < 0) or np.any(persons > most[:, None]):
        raise ArgumentError("counts", "array", "0 to the size of each weighting cell")
    if exhaustive and np.any(persons.sum(axis=1) != most):
        raise ArgumentError("counts", "array", "rows that add up to the sizes if exhaustive")
    for option, total in zip(options, persons.sum(axis=0), strict=True):
        if option.count != total:
            raise ArgumentError("counts", option.id, "columns that add up to the option's count")
