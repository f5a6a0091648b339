"""Chapter 10, against closed forms of each bias alone and the identities of the whole."""

from __future__ import annotations

import math

import pytest

from actient.bias.selection import corrected_share
from actient.chapters.combined import numbers as chapter
from actient.chapters.coverage.numbers import load_presets
from actient.claims import load_claims, load_statements

CLAIMS, STATEMENTS = load_claims(), load_statements()
PRESETS = load_presets()
DEFAULT = chapter.Assumptions(
    sensitivity=(0.85, 0.95, 1.0),
    specificity=(0.70, 0.85, 0.98),
    selection_ratio=(0.5, 2.0),
    difference=(-0.20, -0.05, 0.10),
)
FOUND = chapter.outcomes(STATEMENTS, CLAIMS, PRESETS, DEFAULT, draws=40_000, seed=20181)
TABLE = chapter.intervals(FOUND).set_index(["statement_id", "factor"])
RECORDS = {record.key: record for record in chapter.records(CLAIMS, FOUND)}


def normal_cdf(x: float) -> float:
    return (1 + math.erf(x / math.sqrt(2))) / 2


@pytest.mark.parametrize("key", list(STATEMENTS))
def test_selection_alone_has_a_closed_form(key: str) -> None:
    one = STATEMENTS[key]
    p = CLAIMS[one.claim_id].proportion
    row = TABLE.loc[(key, "selection")]
    assert row["low"] == pytest.approx(corrected_share(p, 2.0), abs=0.006)
    assert row["high"] == pytest.approx(corrected_share(p, 0.5), abs=0.006)
    tipping = math.log(p / (1 - p))  # of the odds, at a threshold of one half
    beyond = normal_cdf(-abs(tipping) / (math.log(2) / 1.959964))
    assert row["fails"] == pytest.approx(beyond, abs=0.008)


def triangular_quantile(q: float, low: float, mode: float, high: float) -> float:
    if q < (mode - low) / (high - low):
        return low + math.sqrt(q * (high - low) * (mode - low))
    return high - math.sqrt((1 - q) * (high - low) * (high - mode))


def test_coverage_alone_has_a_closed_form() -> None:
    row = TABLE.loc[("T11", "coverage")]
    for end, q in (("low", 0.025), ("high", 0.975)):
        gap = triangular_quantile(q, *DEFAULT.difference)
        assert row[end] == pytest.approx(0.42 + 0.42 * gap, abs=0.002)


def test_the_published_discard_rate_of_a_low_figure() -> None:
    assert TABLE.loc[("T13", "reliability"), "discarded"] == pytest.approx(0.499, abs=0.01)
    assert TABLE.loc[("T13", "reliability"), "warned"]


def test_only_the_biases_of_the_statement_are_undone() -> None:
    status = TABLE["status"].to_dict()
    for key, one in STATEMENTS.items():
        concerned = "reliability" in one.biases
        assert (status[key, "reliability"] == "undone") == concerned
    unknown = {key for (key, factor), value in status.items() if value == "coverage unknown"}
    assert unknown == {"T10", "T14", "T15", "T16"}


def test_where_one_bias_alone_is_undone_all_together_are_that_one() -> None:
    for key in ("T15", "T16"):
        alone, together = TABLE.loc[(key, "selection")], TABLE.loc[(key, "combined")]
        assert list(alone[["low", "high", "fails"]]) == list(together[["low", "high", "fails"]])


def test_neutral_assumptions_return_the_printed_figure() -> None:
    neutral = chapter.Assumptions(
        sensitivity=(1 - 1e-9, 1, 1),
        specificity=(1 - 1e-9, 1, 1),
        selection_ratio=(1 - 1e-9, 1 + 1e-9),
        difference=(-1e-9, 0, 1e-9),
    )
    found = chapter.outcomes(STATEMENTS, CLAIMS, PRESETS, neutral, draws=1000, seed=1)
    for one in found:
        if one.result is not None:
            printed = CLAIMS[one.statement.claim_id].proportion
            assert one.result.median == pytest.approx(printed, abs=2e-5)
            assert one.fails == 0


def test_one_seed_one_result() -> None:
    again = chapter.outcomes(STATEMENTS, CLAIMS, PRESETS, DEFAULT, draws=40_000, seed=20181)
    assert chapter.records(CLAIMS, again) == list(RECORDS.values())


def test_survivors_are_counted_as_defined() -> None:
    survivors = [key for key in STATEMENTS if TABLE.loc[(key, "combined"), "fails"] < 0.05]
    assert chapter.surviving(FOUND) == survivors
    assert "T15" not in survivors
    assert RECORDS["surviving_count"].value == len(survivors)
    assert RECORDS["statement_count"].value == 7


def test_nothing_is_recorded_of_a_bias_that_was_not_undone() -> None:
    assert "T15_coverage_low" not in RECORDS
    assert "T16_reliability_low" not in RECORDS
    assert "T11_coverage_low" in RECORDS
    assert all(one.origin in {"printed", "computed"} for one in RECORDS.values())
    assert all(one.assumption for key, one in RECORDS.items() if key.endswith("_fails"))


def test_laws_that_no_draw_can_fit_are_said_to_be_impossible() -> None:
    low = chapter.Assumptions((0.5, 0.6, 0.62), DEFAULT.specificity, (0.5, 2.0), (-0.2, 0, 0.1))
    found = chapter.outcomes(STATEMENTS, CLAIMS, PRESETS, low, draws=1000, seed=1)
    status = {(one.statement.statement_id, one.factor): one.status for one in found}
    assert status["T09", "reliability"] == status["T09", "combined"] == "impossible"
    assert status["T11", "reliability"] == "undone"
    assert "T09" not in chapter.surviving(found)
