"""Chapter 04 against figures computed independently (R, and by hand)."""

import pytest

from actient import claims
from actient.chapters.results import numbers as results
from actient.records import Record

CLAIMS, STATEMENTS = claims.load_claims(), claims.load_statements()


def grid(sizes=(30, 100, 300, 1000, 3000), confidence=0.95):
    return results.wilson_grid(results.eligible(CLAIMS), sizes, confidence)


def test_the_seven_eligible_figures_and_no_other():
    assert list(grid()["claim_id"].unique()) == ["C09", "C10", "C11", "C13", "C14", "C15", "C16"]


@pytest.mark.parametrize(
    ("n", "low", "high"),  # R prop.test(correct = FALSE), one decimal
    [(30, 26.3, 59.6), (100, 32.8, 51.8), (300, 36.6, 47.7), (1000, 39.0, 45.1)],
)
def test_wilson_intervals_of_c11(n, low, high):
    (row,) = grid().query(f"claim_id == 'C11' and n == {n}").to_dict("records")
    assert (round(row["low"] * 100, 1), round(row["high"] * 100, 1)) == (low, high)


def test_a_larger_sample_never_widens_the_interval():
    frame = grid().assign(width=lambda rows: rows["high"] - rows["low"])
    for _, rows in frame.groupby("claim_id"):
        assert rows.sort_values("n")["width"].is_monotonic_decreasing


def test_sizes_given_twice_or_unordered_are_drawn_once_in_order():
    assert list(grid((100, 30, 100))["n"].unique()) == [30, 100]


def feasible(rule="rounding", up_to=300):
    frame = results.feasible_sizes(results.with_decimals(CLAIMS), up_to, rule)
    return {key: list(rows["n"]) for key, rows in frame.groupby("figures")}


def test_sizes_that_the_two_doctors_figures_can_share():
    assert feasible()["C15+C16"] == [142, 151, 160, 169, 178, 187, 275, 284, 293]
    assert feasible()["C13"][:5] == [58, 71, 84, 97, 103]
    assert feasible(up_to=350)["C13+C15+C16"] == [142, 187, 284, 329, 342]


def test_truncation_changes_the_list():
    assert feasible("truncation")["C15+C16"][:3] == [160, 169, 178]


def test_every_shared_size_suits_each_figure_alone():
    found = feasible()
    for key, sizes in found.items():
        for one in key.split("+"):
            assert set(sizes) <= set(found[one])


@pytest.fixture(scope="module")
def stated():
    frame = results.feasible_sizes(results.with_decimals(CLAIMS), 300, "rounding")
    options = {"sample_sizes": [100], "confidence": 0.95, "feasible": frame}
    return {r.key: r for r in results.records(CLAIMS, STATEMENTS, **options)}


def test_the_sixteen_figures_are_stated_as_printed(stated):
    printed = [record for record in stated.values() if record.origin == "printed"]
    assert [record.key for record in printed] == list(CLAIMS)
    assert stated["C15"] == Record("C15", 0.556, "proportion", "printed")
    assert stated["C03"].value == 288
    assert all(record.assumption is None for record in printed)


@pytest.mark.parametrize(
    (
        "key",
        "size",
    ),  # n > z² τ(1 − τ) / (p − τ)², at the worst end of the printed figure's rounding
    [("T11_minimum_n", 171), ("T14_minimum_n", 29), ("T15_minimum_n", 312)],
)
def test_smallest_sizes_at_the_worst_end_of_the_rounding(stated, key, size):
    assert stated[key].value == size
    assert stated[key].assumption


def test_what_rests_on_a_shared_denominator_says_so(stated):
    assert stated["C15_C16_smallest_n"].value == 142
    assert stated["C15_C16_feasible_count"].value == 9
    assert stated["C15_C16_smallest_n"].assumption == results.IF_SHARED
    assert stated["C13_smallest_n"].assumption is None
