"""Chapter 07, against the numbers of methods A.3 and identities."""

from __future__ import annotations

import numpy as np
import pytest

from actient.bias.selection import corrected_share
from actient.chapters.selection import numbers as chapter
from actient.claims import load_claims, load_statements

CLAIMS, STATEMENTS = load_claims(), load_statements()


def records(bias: float = 0.1) -> dict[str, float]:
    found = chapter.records(CLAIMS, STATEMENTS, bias=bias)
    assert len({record.key for record in found}) == len(found)
    return {record.key: record.value for record in found}


@pytest.mark.parametrize(
    ("key", "ratio"), [("T11", 0.724), ("T14", 2.226), ("T15", 1.252), ("T16", 3.444)]
)
def test_the_published_tipping_ratios(key: str, ratio: float) -> None:
    assert records()[f"{key}_tipping_ratio"] == pytest.approx(ratio, abs=6e-4)


@pytest.mark.parametrize("key", list(STATEMENTS))
def test_the_statement_tips_exactly_there(key: str) -> None:
    one = STATEMENTS[key]
    worst, ratio = one.worst_end(CLAIMS[one.claim_id]), records()[f"{key}_tipping_ratio_worst"]
    assert corrected_share(worst, ratio) == pytest.approx(one.threshold)
    against = 1.01 if one.direction == "above" else 1 / 1.01
    assert one.holds(float(corrected_share(worst, ratio / against)))
    assert not one.holds(float(corrected_share(worst, ratio * against)))


@pytest.mark.parametrize("key", list(STATEMENTS))
def test_the_worst_rounding_is_nearer_to_no_selection(key: str) -> None:
    found = records()
    worst, as_printed = found[f"{key}_tipping_ratio_worst"], found[f"{key}_tipping_ratio"]
    assert abs(np.log(worst)) < abs(np.log(as_printed))


@pytest.mark.parametrize(("bias", "n"), [(0.05, 97), (0.10, 24), (0.15, 11), (0.17, 8)])
def test_the_published_effective_sizes(bias: float, n: int) -> None:
    assert round(records(bias)["T11_effective_n"]) == n


@pytest.mark.parametrize("bias", [0.01, 0.5])
def test_every_figure_has_an_effective_size_whatever_the_bias(bias: float) -> None:
    for key, one in STATEMENTS.items():
        p = CLAIMS[one.claim_id].proportion
        assert records(bias)[f"{key}_effective_n"] == pytest.approx(p * (1 - p) / bias**2)


def test_the_curves_pass_through_the_printed_figures_and_fall() -> None:
    frame = chapter.shares(STATEMENTS.values(), CLAIMS, 4.0)
    for key, rows in frame.groupby("statement_id"):
        assert (np.diff(rows["share"]) < 0).all()
        middle = rows.iloc[(rows["ratio"] - 1).abs().argmin()]
        assert middle["ratio"] == pytest.approx(1)
        claim = CLAIMS[STATEMENTS[str(key)].claim_id]
        assert middle["share"] == pytest.approx(claim.proportion)
        assert (rows["ratio"].min(), rows["ratio"].max()) == pytest.approx((0.25, 4))


def test_the_published_shares_behind_42_percent() -> None:
    frame = chapter.shares([STATEMENTS["T11"]], CLAIMS, 2.0)
    assert frame["share"].iloc[0] == pytest.approx(0.592, abs=5e-4)
    assert frame["share"].iloc[-1] == pytest.approx(0.266, abs=5e-4)
    assert frame["fails"].iloc[0]
    assert not frame["fails"].iloc[-1]
