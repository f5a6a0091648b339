"""Printed shares, intervals and weighted estimates, each used against the counts behind it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actient.bias.arguments import ArgumentError
from actient.bias.sampling import wilson
from actient.survey.disclosure import (
    Cell,
    Estimate,
    Fragment,
    Release,
    ReleaseError,
    audit,
    partition,
    protect,
    published_interval,
    published_share,
    weighting_cells,
)


def three_options(counts: tuple[int, int, int], *estimates: Estimate) -> Release:
    base = Cell("q", sum(counts))
    options = tuple(Cell(f"q {n}", x, "q") for n, x in zip("abc", counts, strict=True))
    link = partition("q", [option.id for option in options])
    return Release((base, *options), (link,), estimates)


def weighted(
    counts: list[list[int]], weights: list[float], decimals: int, *, guarded: bool | None = None
) -> Release:
    """A select-one item by weighting cell, with a weighted share of each option."""
    x = np.array(counts)
    sizes, w = x.sum(axis=1), np.array(weights)
    total = float(w @ sizes)
    base = Cell("q", int(x.sum()))
    options = tuple(Cell(f"q {at}", int(n), "q") for at, n in enumerate(x.sum(axis=0)))
    split, names = weighting_cells(options, x, sizes, exhaustive=True, guarded=guarded)
    shares = tuple(
        published_share(
            f"{option.id} weighted",
            [(names[h][at], w[h] / total) for h in range(len(w))],
            float(w @ x[:, at]) / total,
            decimals,
            follows=[option.id],
        )
        for at, option in enumerate(options)
    )
    link = partition("q", [option.id for option in options])
    return Release.join(Fragment((base, *options), (link,), shares), split)


def test_a_printed_wilson_interval_tells_a_suppressed_count() -> None:
    interval = published_interval("q a interval", [("q a", 1 / 124)], 4 / 124, 124, 3)
    release = three_options((4, 60, 60), interval)
    hidden = {"q", "q b"}
    (found,) = audit(release, [*hidden, "q a interval"]).exposed[:1]
    assert (found.name, found.low, found.high) == ("q a", 4, 4)
    assert audit(release, hidden).passed
    assert "q a interval" not in protect(release).published


@pytest.mark.parametrize("decimals", [2, 3])
def test_a_printed_share_tells_as_much_as_its_rounding(decimals: int) -> None:
    share = published_share("share", [("q a", 1 / 124)], 4 / 124, decimals)
    release = three_options((4, 60, 60), share)
    found = {e.name: (e.low, e.high) for e in audit(release, ["q", "q b", "share"]).exposed}
    fitting = [x for x in range(125) if round(x / 124, decimals) == round(4 / 124, decimals)]
    assert found["q a"] == (fitting[0], fitting[-1])


@given(st.integers(1, 300), st.floats(0, 1), st.integers(1, 4), st.sampled_from([0.9, 0.95, 0.99]))
def test_an_interval_allows_the_counts_that_print_the_same(
    n: int, part: float, decimals: int, confidence: float
) -> None:
    x = round(part * n)
    found = published_interval("i", [("x", 1 / n)], x / n, n, decimals, confidence=confidence)
    low, high = wilson(np.arange(n + 1) / n, n, confidence)
    same = np.flatnonzero(
        (np.round(low, decimals) == np.round(low[x], decimals))
        & (np.round(high, decimals) == np.round(high[x], decimals))
    )
    for count in same:
        if not _near_a_tie(low[count], decimals) and not _near_a_tie(high[count], decimals):
            assert found.low - 1e-9 <= count / n <= found.high + 1e-9
    allowed = [k for k in range(n + 1) if found.low <= k / n <= found.high]
    step = 10.0**-decimals * (1 + 1e-6)
    assert all(abs(low[k] - low[x]) <= step and abs(high[k] - high[x]) <= step for k in allowed)


def test_a_weighted_share_tells_what_the_counts_hide() -> None:
    # Two weighting cells: 15 = x₁ + x₂ and one printed share have a single solution.
    release = weighted([[3, 20], [12, 25]], [0.5, 1.7], 3)
    found = audit(release, release.offered).exposed
    assert {e.name for e in found} >= {"q 0 in weighting cell 0", "q 1 in weighting cell 0"}
    assert all(e.low == e.high for e in found)
    kept = protect(release)
    assert not any("weighted" in name for name in kept.published)
    assert {"q", "q 0", "q 1"} <= kept.published


def test_whole_numbers_tell_more_than_a_real_interval() -> None:
    # Three cells and six decimals: the real interval of x₀ is wide, one whole solution fits.
    release = weighted([[5, 20], [7, 25], [9, 30]], [0.61803, 1.41421, 0.86602], 6)
    found = {e.name: e for e in audit(release, release.offered).exposed}
    told = found["q 0 in weighting cell 0"]
    assert (told.low, told.high, told.proved) == (5, 5, True)
    solutions = [
        (a, b, 21 - a - b)
        for a in range(26)
        for b in range(min(32, 21 - a) + 1)
        if abs(0.61803 * (a - 5) + 1.41421 * (b - 7) + 0.86602 * (12 - a - b))
        <= 0.5e-6 * (0.61803 * 25 + 1.41421 * 32 + 0.86602 * 39)
    ]
    assert solutions == [(5, 7, 9)]


def test_many_weighting_cells_hide_in_one_another() -> None:
    random = np.random.default_rng(3)
    counts = random.multinomial(8, [0.5, 0.3, 0.2], size=40)
    release = weighted(counts.tolist(), random.lognormal(0, 0.5, 40).tolist(), 3)
    assert audit(release, release.offered).passed
    assert protect(release).published == set(release.offered)


def test_a_weighted_share_of_a_suppressed_option_goes_with_it() -> None:
    random = np.random.default_rng(4)
    counts = random.multinomial(8, [0.6, 0.38, 0.02], size=20)
    release = weighted(counts.tolist(), random.uniform(0.98, 1.02, 20).tolist(), 3)
    kept = protect(release)
    assert not {"q 2", "q 2 weighted"} & kept.published
    assert audit(release, kept.published).passed
    # Left in by mistake, weighted shares with nearly equal weights tell the small option.
    planted = kept.published | {f"q {at} weighted" for at in range(3)}
    assert "q 2" in {e.name for e in audit(release, planted).exposed}


def test_a_pooled_share_does_not_tell_the_group_left_out() -> None:
    cells = (
        Cell("patients", 200),
        Cell("patients yes", 90, "patients"),
        Cell("doctors", 60),
        Cell("doctors yes", 4, "doctors"),
    )
    terms = [("patients yes", 0.8 / 200), ("doctors yes", 0.2 / 60)]
    pooled = published_share(
        "pooled", terms, 0.8 * 90 / 200 + 0.2 * 4 / 60, 3, follows=["patients yes", "doctors yes"]
    )
    release = Release(cells, (), (pooled,))
    published = {"patients", "patients yes", "doctors"}
    assert audit(release, published).passed
    (told,) = audit(release, published | {"pooled"}).exposed
    assert (told.name, told.low, told.high) == ("doctors yes", 4, 4)
    assert protect(release).published == published


def test_an_estimate_that_contradicts_its_counts_is_refused() -> None:
    with pytest.raises(ReleaseError, match="'share' does not agree"):
        three_options((20, 30, 40), published_share("share", [("q a", 1 / 90)], 0.5, 2))


@pytest.mark.parametrize(
    ("counts", "sizes", "exhaustive", "message"),
    [
        ([[1, 2]], [3, 4], True, "shape"),
        ([[1.0, 2.0]], [3], True, "whole numbers"),
        ([[1, 2]], [4], True, "add up to the sizes"),
        ([[1, 2]], [1], False, "0 to the size"),
        ([[2, 2]], [4], True, "add up to the option"),
    ],
)
def test_weighting_cells_that_do_not_fit_are_refused(
    counts: list[list[float]], sizes: list[int], exhaustive: bool, message: str
) -> None:
    options = (Cell("a", 1), Cell("b", 2))
    with pytest.raises(ArgumentError, match=message):
        weighting_cells(options, counts, sizes, exhaustive=exhaustive)


def _near_a_tie(value: float, decimals: int) -> bool:
    last = value * 10.0**decimals
    return abs(abs(last - np.floor(last)) - 0.5) < 1e-4
