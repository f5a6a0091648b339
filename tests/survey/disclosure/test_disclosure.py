"""Disclosure control: what is published never tells a small count, alone or together."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actient.bias.arguments import ArgumentError
from actient.survey.disclosure import (
    Cell,
    Estimate,
    Fragment,
    Kind,
    Relation,
    Release,
    ReleaseError,
    UnprotectableError,
    audit,
    difference,
    forbidden_small,
    overlap,
    partition,
    protect,
)

Counts = Sequence[Sequence[int]]


def table(counts: Counts) -> Release:
    """A two-way table with its margins; cells are "i,j"."""
    array = np.array(counts)
    rows, columns = array.shape
    names = [[f"{i},{j}" for j in range(columns)] for i in range(rows)]
    cells = [Cell("all", int(array.sum()))]
    cells += [Cell(f"row {i}", int(array[i].sum())) for i in range(rows)]
    cells += [Cell(f"column {j}", int(array[:, j].sum())) for j in range(columns)]
    cells += [Cell(names[i][j], int(array[i, j])) for i in range(rows) for j in range(columns)]
    relations = [
        partition("all", [f"row {i}" for i in range(rows)]),
        partition("all", [f"column {j}" for j in range(columns)]),
        *(partition(f"row {i}", names[i]) for i in range(rows)),
        *(partition(f"column {j}", [row[j] for row in names]) for j in range(columns)),
    ]
    return Release(tuple(cells), tuple(relations))


def item(name: str, counts: Sequence[int], *, pinned: bool = False) -> Fragment:
    """A select-one item: its base "name" and its options "name a", "name b", …."""
    base = Cell(name, sum(counts), pinned=pinned)
    options = tuple(Cell(f"{name} {chr(97 + at)}", x, name) for at, x in enumerate(counts))
    return Fragment((base, *options), (partition(name, [option.id for option in options]),))


def all_but(release: Release, *hidden: str) -> frozenset[str]:
    return frozenset(release.offered) - set(hidden)


def exposed(release: Release, published: Collection[str], **options: int) -> set[str]:
    return {found.name for found in audit(release, published, **options).exposed}


def test_a_cell_suppressed_alone_is_recovered_by_subtraction() -> None:
    release = table([[4, 30], [25, 40]])
    (found,) = audit(release, all_but(release, "0,0")).exposed
    assert (found.name, found.low, found.high, found.proved) == ("0,0", 4, 4, True)


def test_complementary_suppression_of_the_smallest_table() -> None:
    found = protect(table([[4, 30], [25, 40]]))
    assert [(s.id, s.kind) for s in found.suppressions] == [
        ("0,0", Kind.PRIMARY),
        ("0,1", Kind.COMPLEMENTARY),
        ("1,0", Kind.COMPLEMENTARY),
        ("1,1", Kind.COMPLEMENTARY),
    ]
    assert found.suppressions[0].because == ("base",)
    assert {s.because for s in found.suppressions[1:]} == {("0,0",)}
    assert found.count("0,0") is None
    assert found.count("row 0") == 34


def test_the_cheapest_rectangle_is_chosen() -> None:
    found = protect(table([[3, 90, 20], [95, 99, 98], [21, 97, 22]]))
    assert {s.id for s in found.suppressions} == {"0,0", "0,2", "2,0", "2,2"}


def test_a_rectangle_of_small_cells_is_too_narrow() -> None:
    release = table([[1, 1, 40], [1, 1, 40], [40, 40, 40]])
    hidden = [f"{i},{j}" for i in (0, 1) for j in (0, 1)]
    assert exposed(release, all_but(release, *hidden)) == set(hidden)
    assert not exposed(release, all_but(release, *hidden), protection=1)
    assert audit(release, protect(release).published).passed


def test_a_large_table_keeps_most_of_its_cells() -> None:
    random = np.random.default_rng(7)
    counts = random.poisson(40, (20, 15))
    counts[random.random(counts.shape) < 0.03] //= 10
    release = table(counts.tolist())
    found = protect(release)
    primary = [s for s in found.suppressions if s.kind is Kind.PRIMARY]
    assert primary
    assert exposed(release, all_but(release, *(s.id for s in primary)))
    assert audit(release, found.published).passed
    assert len(found.suppressions) <= 4 * len(primary)


@pytest.mark.parametrize(
    ("counts", "option", "because"),
    [
        ([4, 60, 50], "q a", ("numerator",)),
        ([0, 60, 50], "q a", ("numerator",)),
        ([60, 5], "q a", ("complement",)),
        ([60, 0], "q a", ("complement",)),
        ([6, 4], "q a", ("numerator", "complement", "base")),
    ],
)
def test_numerator_complement_and_base_each_reach_the_threshold(
    counts: list[int], option: str, because: tuple[str, ...]
) -> None:
    found = protect(Release.join(item("q", counts)))
    assert {s.id: s.because for s in found.suppressions}[option] == because


def test_eleven_is_enough_and_ten_is_not() -> None:
    assert not protect(Release.join(item("q", [11, 11]))).suppressions
    assert protect(Release.join(item("q", [10, 11]))).published == {"q"}


def test_a_sub_group_does_not_tell_the_others() -> None:
    professionals = Cell("professionals yes", 40, "professionals")
    doctors = Cell("doctors yes", 37, "doctors")
    groups = (Cell("professionals", 90), Cell("doctors", 60))
    release = Release.join(
        Fragment((*groups, professionals, doctors)),
        difference(groups[0], groups[1], "others"),
        difference(professionals, doctors, "others yes", base="others"),
    )
    assert exposed(release, release.offered) == {"others yes"}
    found = protect(release)
    assert len(found.suppressions) == 1
    assert found.suppressions[0].because == ("others yes",)


def test_everybody_among_the_others_is_told_by_the_complement() -> None:
    groups = (Cell("professionals", 90), Cell("doctors", 60))
    yes = (Cell("professionals yes", 58, "professionals"), Cell("doctors yes", 30, "doctors"))
    release = Release.join(
        Fragment((*groups, *yes)),
        difference(groups[0], groups[1], "others"),
        difference(yes[0], yes[1], "others yes", base="others"),
    )
    assert exposed(release, release.offered) == {"others yes (complement)"}


def test_a_pinned_size_gives_way_only_when_nothing_else_can() -> None:
    whole, part = Cell("professionals", 40, pinned=True), Cell("doctors", 35, pinned=True)
    release = Release.join(Fragment((whole, part)), difference(whole, part, "others"))
    found = protect(release)
    assert len(found.suppressions) == 1
    assert audit(release, found.published).passed


def test_a_filtered_item_tells_the_answer_that_opens_it() -> None:
    first = item("use", [55, 20, 7])
    asked = item("network", [30, 25])
    link = Relation("those asked", (("use a", 1), ("network", -1)))
    release = Release.join(first, asked, Fragment(relations=(link,)))
    told = exposed(release, all_but(release, "use c", "use b", "use a"))
    assert "use a" in told  # the base of the second item is the suppressed answer
    found = protect(release)
    assert audit(release, found.published).passed


def test_a_union_of_options_does_not_tell_who_chose_only_one() -> None:
    base = Cell("base", 100)
    options = [Cell("a", 50, "base"), Cell("b", 30, "base")]
    union = Cell("a or b", 54, "base")
    release = Release.join(Fragment((base, *options, union)), overlap(union, options, "either"))
    assert exposed(release, release.offered) == {"either: without a"}
    assert audit(release, protect(release).published).passed


def test_a_share_without_its_base_tells_the_base() -> None:
    release = Release.join(item("q", [30, 40]))
    assert exposed(release, ["q a"]) == {"q", "q b"}


def test_what_needs_a_suppressed_cell_goes_with_it() -> None:
    share = Estimate("share", (("q a", 1 / 64),), 0.0, 1.0, follows=("q a",))
    release = Release.join(item("q", [4, 60]), Fragment(estimates=(share,)))
    reasons = {s.id: s for s in protect(release).suppressions}
    assert (reasons["share"].kind, reasons["share"].because) == (Kind.DEPENDENT, ("q a",))


def test_the_planted_small_cell_is_listed() -> None:
    release = Release.join(item("q", [4, 60, 50]))
    assert forbidden_small(release, release.offered) == ("q a",)
    assert audit(release, release.offered).below_threshold == ("q a",)
    assert not audit(release, release.offered).passed
    assert not forbidden_small(release, protect(release).published)


def test_a_threshold_of_one_publishes_all_but_zeros() -> None:
    release = table([[1, 2, 3], [4, 5, 6]])
    assert protect(release, threshold=1).published == set(release.offered)
    assert "0,0" not in protect(table([[0, 2, 3], [4, 5, 6]]), threshold=1).published


def test_what_cannot_hide_is_an_error_that_names_it() -> None:
    release = Release((Cell("known anyway", 3),), (Relation("census", (("known anyway", 1),), 3),))
    with pytest.raises(UnprotectableError, match=r"known anyway.*Leave its item out"):
        protect(release)


def test_a_reason_to_suppress_shows_no_count() -> None:
    share = Estimate("share", (("q a", 1 / 77),), 0.0515, 0.0525, follows=("q a",))
    release = Release.join(item("q", [4, 73]), Fragment(estimates=(share,)))
    texts = [repr(release), repr(protect(release)), repr(audit(release, ["q", "q b"]))]
    assert not any(number in text for text in texts for number in ("count=", "73", "low=", "0.05"))


@pytest.mark.parametrize(
    ("cells", "relations", "message"),
    [
        ((Cell("a", 1), Cell("a", 2)), (), "'a' is there twice"),
        ((Cell("a", -1),), (), "'a' is impossible"),
        ((Cell("a", 3, most=2),), (), "'a' is impossible"),
        ((Cell("a", 3, "b"),), (), "refers to 'b'"),
        ((Cell("b", 2), Cell("a", 3, "b")), (), "more persons than its base 'b'"),
        ((Cell("b", 2), Cell("a", 1)), (partition("b", ["a"]),), "does not hold"),
        ((Cell("a", 1),), (partition("b", ["a"]),), "refers to 'b'"),
    ],
)
def test_an_impossible_release_is_refused(
    cells: tuple[Cell, ...], relations: tuple[Relation, ...], message: str
) -> None:
    with pytest.raises(ReleaseError, match=message):
        Release(cells, relations)


def test_unknown_ids_and_thresholds_are_refused() -> None:
    release = Release.join(item("q", [20, 30]))
    with pytest.raises(ReleaseError, match="'typo'"):
        audit(release, ["typo"])
    for threshold in (0, -1, 2.5):
        with pytest.raises(ArgumentError, match="threshold"):
            protect(release, threshold=threshold)  # type: ignore[arg-type]  # not what it takes


SMALL_TABLES = st.lists(st.lists(st.integers(0, 5), min_size=3, max_size=3), min_size=2, max_size=2)


@settings(max_examples=15, deadline=None)
@given(SMALL_TABLES, st.integers(2, 3))
def test_no_enumeration_of_whole_tables_recovers_a_count(counts: Counts, threshold: int) -> None:
    release = table(counts)
    found = protect(release, threshold=threshold)
    assert not forbidden_small(release, found.published, threshold)
    small = [c for c in release.cells if c.count < threshold]
    ranges = ranges_by_enumeration(release, found.published, largest=8)
    for cell in small:
        low, high = ranges[cell.id]
        assert high - low >= threshold
    for suppression in found.suppressions:
        low, high = ranges[suppression.id]
        assert low < high


@settings(max_examples=5, deadline=None)
@given(SMALL_TABLES)
def test_suppression_is_minimal_stable_and_repeatable(counts: Counts) -> None:
    release = table(counts)
    found = protect(release, threshold=3)
    assert protect(release, threshold=3) == found
    kept = Release(
        tuple(
            Cell(c.id, c.count, offered=c.id in found.published, pinned=c.pinned)
            for c in release.cells
        ),
        release.relations,
    )
    assert protect(kept, threshold=3).published == found.published
    for suppression in found.suppressions:
        if suppression.kind is Kind.COMPLEMENTARY:
            more = found.published | {suppression.id}
            assert not audit(release, more, threshold=3).passed


def ranges_by_enumeration(
    release: Release, published: Collection[str], largest: int
) -> dict[str, tuple[int, int]]:
    """Range of each count over the 2 × 3 tables of cells 0 to `largest` that fit."""
    inner = np.indices((largest + 1,) * 6).reshape(2, 3, -1)
    values = {f"{i},{j}": inner[i, j] for i in range(2) for j in range(3)}
    values |= {f"row {i}": inner[i].sum(axis=0) for i in range(2)}
    values |= {f"column {j}": inner[:, j].sum(axis=0) for j in range(3)}
    values["all"] = inner.sum(axis=(0, 1))
    fits = np.ones(inner.shape[2], dtype=np.bool_)
    for name in published:
        fits &= values[name] == release.by_id[name].count
    return {name: (int(x[fits].min()), int(x[fits].max())) for name, x in values.items()}
