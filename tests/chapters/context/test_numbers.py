"""Chapter 01: what the sources read say, and what never shares a panel or a line."""

from typing import Any

import pandas as pd
import pytest

from actient.chapters.context import numbers as context
from actient.chapters.context import pictures as draw
from actient.claims import Claim, load_claims
from actient.records import Record


@pytest.fixture(scope="module")
def claims() -> dict[str, Claim]:
    return load_claims()


@pytest.fixture(scope="module")
def comparisons() -> pd.DataFrame:
    return context.load_comparisons()


@pytest.fixture(scope="module")
def shares(comparisons: pd.DataFrame) -> pd.DataFrame:
    return context.public_shares(comparisons, 2007, 2018)


@pytest.fixture(scope="module")
def records(
    claims: dict[str, Claim], comparisons: pd.DataFrame, shares: pd.DataFrame
) -> dict[str, Record]:
    found = context.records(claims, comparisons, shares)
    assert len({one.key for one in found}) == len(found)
    return {one.key: one for one in found}


def test_each_figure_equals_a_home_access_rate(records: dict[str, Record]) -> None:
    assert records["C01"].value == records["credoc_home_access_2018"].value == 0.86
    assert records["C02"].value == records["insee_home_access_2007"].value == 0.54


def test_no_source_read_gives_86_as_use_in_2018(comparisons: pd.DataFrame) -> None:
    panels = comparisons["concept"].map(dict(context.PANELS))
    use = comparisons[panels.isin([*context.USE_PANELS, "daily_use"])]
    values = use.loc[use["year"] == 2018, "value"]
    assert len(values) >= 5
    assert 86 not in [round(value) for value in values]


def test_monthly_use_is_another_candidate_for_2007(records: dict[str, Record]) -> None:
    found = {key: one.value for key, one in records.items() if key.startswith("mediametrie_use")}
    assert found["mediametrie_use_month_2007_01"] == pytest.approx(0.543)
    assert round(100 * found["mediametrie_use_month_2007_02"]) == 54


def test_changes_are_those_of_the_sources(records: dict[str, Record]) -> None:
    expected = {
        "insee_home_access_15_change": 78 - 54,
        "eurostat_household_access_change": 89 - 55,
        "eurostat_daily_use_change": 75 - 40,
        "insee_use_3_months_2007_2018_change": 82 - 56,
        "poster_change": 86 - 54,
    }
    assert {key: records[key].value for key in expected} == pytest.approx(expected)
    assert records["poster_change"].assumption
    assert records["insee_use_3_months_2007_2018_change"].assumption


def test_a_panel_holds_one_kind_of_measure_and_a_line_one_panel(shares: pd.DataFrame) -> None:
    kinds = shares["concept"].str.extract("(access|daily|use)")[0]
    assert shares.assign(kind=kinds).groupby("panel")["kind"].nunique().max() == 1
    lines = shares[shares["series"] != ""]
    assert lines.groupby("series")["panel"].nunique().max() == 1
    assert lines.groupby("series")["publisher"].nunique().max() == 1


def test_years_outside_the_parameters_are_left_out(
    claims: dict[str, Claim], comparisons: pd.DataFrame
) -> None:
    narrow = context.public_shares(comparisons, 2010, 2016)
    assert narrow["year"].between(2010, 2016).all()
    assert context.printed_shares(claims, 2010, 2016) == []
    assert [c.claim_id for c, _ in context.printed_shares(claims, 2007, 2018)] == ["C01", "C02"]
    # drawn without the poster and without some panels, still a figure
    assert draw.access_and_use(narrow, [], "fr").to_dict()["description"]


def test_a_month_stands_within_its_year(shares: pd.DataFrame) -> None:
    assert ((shares["when"] - shares["year"]).abs() < 0.5).all()
    january = shares.loc[shares["key"] == "mediametrie_use_month_2007_01", "when"].item()
    february = shares.loc[shares["key"] == "mediametrie_use_month_2007_02", "when"].item()
    assert february - january == pytest.approx(1 / 12)


def test_durations_hold_the_two_printed_ones_as_printed(
    claims: dict[str, Claim], comparisons: pd.DataFrame
) -> None:
    frame = context.durations(claims, comparisons)
    poster = frame[frame["origin"] == "printed"].set_index("claim_id")["minutes"].to_dict()
    assert poster == {"C03": 4 * 60 + 48, "C05": 72}
    assert set(frame.loc[frame["topic"] == "time_online", "minutes"]) >= {97, 278, 288}
    assert set(frame.loc[frame["topic"] == "time_social", "minutes"]) >= {13, 82}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_poster_stands_in_every_panel(
    lang: Any, claims: dict[str, Claim], shares: pd.DataFrame
) -> None:
    spec = draw.access_and_use(shares, context.printed_shares(claims, 2007, 2018), lang).to_dict()
    rows = [row for data in spec["datasets"].values() for row in data]
    panels = {row["panel_name"] for row in rows}
    assert len(panels) == shares["panel"].nunique()
    for panel in panels:
        printed = [r for r in rows if r["panel_name"] == panel and r["origin"] == "printed"]
        assert sorted(row["share"] for row in printed) == [0.54, 0.86]
