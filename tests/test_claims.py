import re
from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actient import tables
from actient.claims import (
    PERCENT,
    Claim,
    ClaimUnitError,
    ShareRangeError,
    StatementMismatchError,
    UnknownKindError,
    load_claims,
    load_outline,
    load_statements,
)
from actient.locale import LANGS

CLAIMS = load_claims()
STATEMENTS = load_statements()


def test_the_sixteen_figures_stand_in_order() -> None:
    assert list(CLAIMS) == [f"C{i:02d}" for i in range(1, 17)]


def test_a_claim_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        CLAIMS["C01"].value = 89  # type: ignore[misc]  # it is frozen


@pytest.mark.parametrize(
    ("claim_id", "proportion", "interval"),
    [
        ("C11", 0.42, (0.415, 0.425)),
        ("C13", 0.155, (0.1545, 0.1555)),
        ("C15", 0.556, (0.5555, 0.5565)),
        ("C16", 0.775, (0.7745, 0.7755)),
    ],
)
def test_proportion_and_rounding_interval(
    claim_id: str, proportion: float, interval: tuple[float, float]
) -> None:
    assert CLAIMS[claim_id].proportion == proportion
    assert CLAIMS[claim_id].rounding_interval == interval


@pytest.mark.parametrize(("value", "interval"), [(0.0, (0.0, 0.005)), (100.0, (0.995, 1.0))])
def test_the_rounding_interval_stays_within_0_and_1(
    value: float, interval: tuple[float, float]
) -> None:
    assert replace(CLAIMS["C11"], value=value).rounding_interval == interval


@given(tenths=st.integers(0, 1000), away=st.integers(-100, 100))
def test_the_rounding_interval_holds_the_shares_that_print_as_the_figure(
    tenths: int, away: int
) -> None:
    claim = replace(CLAIMS["C15"], value=tenths / 10)
    low, high = claim.rounding_interval
    hundred_thousandths = min(max(tenths * 100 + away, 0), 100_000)
    prints_as_claim = abs(hundred_thousandths - tenths * 100) <= 50
    assert (low <= hundred_thousandths / 100_000 <= high) == prints_as_claim


@pytest.mark.parametrize("claim_id", ["C03", "C05", "C08", "C12"])
def test_durations_and_counts_have_no_proportion(claim_id: str) -> None:
    claim = CLAIMS[claim_id]
    with pytest.raises(ClaimUnitError, match=f"{claim_id}.*{claim.unit}"):
        _ = claim.proportion
    with pytest.raises(ClaimUnitError, match=claim_id):
        _ = claim.rounding_interval


def test_texts_follow_the_language() -> None:
    claim = CLAIMS["C11"]
    row = tables.read("claims").set_index("claim_id").loc["C11"]
    for lang in LANGS:
        assert claim.label(lang) == row[f"label_{lang}"]
        assert claim.note(lang) == row[f"note_{lang}"]
        assert claim.verdict_text(lang) == row[f"verdict_{lang}"]
    assert (claim.period_text("fr"), claim.period_text("en")) == ("non précisée", "not stated")
    assert CLAIMS["C01"].period_text("fr") == "2018"
    populations = (claim.population_text("fr"), claim.population_text("en"))
    assert populations == ("non précisée", "not stated")


def test_the_eligible_figures_are_those_with_a_statement() -> None:
    eligible = [claim.claim_id for claim in CLAIMS.values() if claim.eligible]
    assert eligible == ["C09", "C10", "C11", "C13", "C14", "C15", "C16"]
    assert [statement.claim_id for statement in STATEMENTS.values()] == eligible
    assert list(STATEMENTS) == [claim_id.replace("C", "T") for claim_id in eligible]


@pytest.mark.parametrize("statement_id", STATEMENTS)
def test_each_statement_holds_on_the_printed_figure(statement_id: str) -> None:
    statement = STATEMENTS[statement_id]
    assert statement.holds(CLAIMS[statement.claim_id].proportion)
    assert not statement.holds(statement.threshold)
    assert not statement.holds(0.0 if statement.direction == "above" else 1.0)


def test_the_worst_end_is_the_least_favourable() -> None:
    assert STATEMENTS["T11"].worst_end(CLAIMS["C11"]) == 0.425
    assert STATEMENTS["T15"].worst_end(CLAIMS["C15"]) == 0.5555
    for statement in STATEMENTS.values():
        claim = CLAIMS[statement.claim_id]
        worst = statement.worst_end(claim)
        assert all(
            abs(end - statement.threshold) >= abs(worst - statement.threshold)
            for end in claim.rounding_interval
        )


def test_a_statement_refuses_another_figure() -> None:
    with pytest.raises(StatementMismatchError, match="T11 rests on C11, not on C14"):
        STATEMENTS["T11"].worst_end(CLAIMS["C14"])


@pytest.mark.parametrize("share", [-0.1, 1.1, 42.0, float("nan")])
def test_a_share_is_a_proportion(share: float) -> None:
    with pytest.raises(ShareRangeError, match="between 0 and 1"):
        STATEMENTS["T11"].holds(share)


def test_reliability_acts_on_what_people_say_they_do_and_granularity_on_decimals() -> None:
    acting = {
        bias: {key for key, statement in STATEMENTS.items() if bias in statement.biases}
        for bias in ("coverage", "selection", "diffusion", "reliability", "granularity")
    }
    assert acting["coverage"] == acting["selection"] == acting["diffusion"] == set(STATEMENTS)
    assert acting["reliability"] == {"T09", "T10", "T11", "T13", "T14"}
    with_decimals = {key for key, s in STATEMENTS.items() if CLAIMS[s.claim_id].decimals}
    assert acting["granularity"] == with_decimals == {"T13", "T15", "T16"}


def test_statement_texts_follow_the_language() -> None:
    statement = STATEMENTS["T11"]
    row = tables.read("statements").set_index("statement_id").loc[statement.statement_id]
    for lang in LANGS:
        assert statement.text(lang) == row[f"text_{lang}"]
        assert statement.note(lang) == row[f"note_{lang}"]
    assert (statement.target("fr"), statement.target("en")) == ("non précisée", "not stated")
    assert statement.unit_counted_text("en") == "people or searches: not stated"
    assert statement.unit_counted_text("fr").startswith("des personnes ou des recherches")


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        ("title", 1),
        ("author", 1),
        ("context", 1),
        ("objective", 2),
        ("method", 3),
        ("method_part", 3),
        ("instrument", 3),
        ("transition", 2),
        ("discussion", 4),
        ("perspective", 3),
        ("indicator", 3),
    ],
)
def test_the_outline_is_complete(kind: str, count: int) -> None:
    items = load_outline(kind)
    assert [item.position for item in items] == list(range(1, count + 1))


def test_spelling_is_put_right_in_labels_only() -> None:
    item = load_outline("indicator")[1]
    assert "échantent" in item.quote
    assert "échangent" in item.label("fr")
    assert "échantent" in item.note("fr")
    assert "échantent" in item.note("en")


def test_an_outline_item_without_parent_or_note_says_so_plainly() -> None:
    item = load_outline("title")[0]
    assert item.parent_id is None
    assert (item.note("fr"), item.note("en")) == ("", "")


def test_an_unknown_kind_lists_the_known() -> None:
    with pytest.raises(UnknownKindError, match=r"'aims'.*title, author.*indicator"):
        load_outline("aims")


PERCENTAGE = re.compile(r"(\d+)(?:[.,](\d+))?[\u00a0\u202f ]?%")


def percentages(text: str) -> set[str]:
    """Every percentage in a text, as it is written: "54.3", "80"."""
    return {f"{whole}.{part}" if part else whole for whole, part in PERCENTAGE.findall(text)}


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
def test_verdicts_and_notes_state_only_what_the_tables_hold(claim: Claim) -> None:
    near = tables.read("comparisons").query("claim_id == @claim.claim_id and unit == 'percent'")
    values = [*near["value"], *([claim.value] if claim.unit == PERCENT else [])]
    for french, english in (
        (claim.verdict_text("fr"), claim.verdict_text("en")),
        (claim.note("fr"), claim.note("en")),
    ):
        assert percentages(french) == percentages(english)
        for written in percentages(french):
            decimals = len(written.partition(".")[2])
            assert float(written) in [round(value, decimals) for value in values]
