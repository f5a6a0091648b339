"""A release in parts that no unknown links, so that each is attacked by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from actient.survey.disclosure.cells import Cell, Relation, Release


def split(release: Release, fixed: Collection[str]) -> Iterator[Release]:
    """Give the parts of a release that are linked by nothing but counts published for certain.

    Parameters
    ----------
    release
        What to split.
    fixed
        Ids of cells that stay published; a part repeats those it touches. The base of a fixed
        cell is fixed.

    Yields
    ------
    Release
        In the order of their first cells.
    """
    place = {cell.id: at for at, cell in enumerate(release.cells)}
    links = list(_links(release))
    free = [[name for name in group if name not in fixed] for group in links]
    pairs = [(place[group[0]], place[name]) for group in free for name in group[1:]]
    size = len(place)
    rows, columns = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    graph = sparse.coo_array((np.ones(len(pairs)), (rows, columns)), shape=(size, size))
    labels = connected_components(graph, directed=False)[1]
    touched: dict[int, set[str]] = {}
    for cell in release.cells:
        if cell.id not in fixed:
            touched.setdefault(labels[place[cell.id]], set()).add(cell.id)
    for group, unknown in zip(links, free, strict=True):
        if unknown:
            touched[labels[place[unknown[0]]]].update(group)
    yield from _parts(release, list(touched.values()), fixed)


def _links(release: Release) -> Iterator[list[str]]:
    for cell in release.cells:
        if cell.base is not None:
            yield [cell.id, cell.base]
    for relation in release.relations:
        yield [name for name, _ in relation.terms]
    for estimate in release.estimates:
        yield [*(name for name, _ in estimate.terms), *estimate.follows]


def _parts(release: Release, groups: list[set[str]], fixed: Collection[str]) -> Iterator[Release]:
    owner = {name: at for at, group in enumerate(groups) for name in group if name not in fixed}
    cells: list[list[Cell]] = [[] for _ in groups]
    order = {cell.id: at for at, cell in enumerate(release.cells)}
    for at, group in enumerate(groups):
        whole = _with_bases(release, group)
        cells[at] = [release.cells[order[name]] for name in sorted(whole, key=order.__getitem__)]
    relations: list[list[Relation]] = [[] for _ in groups]
    for relation in release.relations:
        owners = {owner[name] for name, _ in relation.terms if name in owner}
        for at in owners:
            relations[at].append(relation)
    estimates = [
        tuple(e for e in release.estimates if _owner(owner, e.terms, e.follows) == at)
        for at in range(len(groups))
    ]
    for at in range(len(groups)):
        yield Release(tuple(cells[at]), tuple(relations[at]), estimates[at])


def _owner(
    owner: dict[str, int], terms: tuple[tuple[str, float], ...], follows: tuple[str, ...]
) -> int | None:
    return next((owner[n] for n in (*(name for name, _ in terms), *follows) if n in owner), None)


def _with_bases(release: Release, group: set[str]) -> set[str]:
    whole = set(group)
    for name in group:
        base = release.by_id[name].base
        while base is not None and base not in whole:
            whole.add(base)
            base = release.by_id[base].base
    return whole
