"""Chapter 01: the poster's figures on the internet, beside public ones, definition by definition.

Having access at home, using the internet and using it every day are different things. They never
share a panel here, and only values of one series (one publisher, one definition, one population)
share a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, cast

import pandas as pd

from actient import tables
from actient.claims import PERCENT, Claim, printed
from actient.locale import Origin, Unit
from actient.paths import Paths
from actient.records import Record

FIGURES: Final = ("C01", "C02", "C03", "C04", "C05", "C06")
USE_FIGURES: Final = ("C01", "C02")
DURATION_FIGURES: Final[Mapping[str, str]] = {"C03": "time_online", "C05": "time_social"}

PANELS: Final[Mapping[str, str]] = {
    "home_access": "home_access",
    "household_access": "household_access",
    "use_3_months": "use_3_months",
    "use_month": "use_month",
    "use_any_place": "use_any_place",
    "use_itu": "use_other",
    "use_undefined": "use_other",
    "daily_use": "daily_use",
}
"""Panel of each concept, in reading order: access, then use, then daily use."""

USE_PANELS: Final = ("use_3_months", "use_month", "use_any_place", "use_other")
IF_SAME_FIELD: Final = "metropolitan France and France excluding Mayotte are taken as one field"
IF_SAME_MEASURE: Final = "both figures measure the same thing in the same population"


def load_comparisons(paths: Paths | None = None) -> pd.DataFrame:
    """Load the public figures with the publisher of each and the key of its record.

    Returns
    -------
    DataFrame
        Columns as in `data/sources/comparisons.csv`, then ``publisher`` and ``key``
        (``insee_home_access_2007``); missing text is "".
    """
    publishers = tables.read("sources", paths)[["source_id", "publisher"]]
    frame = tables.read("comparisons", paths).merge(
        publishers, on="source_id", validate="many_to_one"
    )
    keys = [
        _key(str(one), str(source))
        for one, source in zip(frame["comparison_id"], frame["source_id"], strict=True)
    ]
    texts = ["claim_id", "series", "period", "publisher"]
    return frame.assign(key=keys, **{name: frame[name].fillna("") for name in texts})


def public_shares(comparisons: pd.DataFrame, first_year: int, last_year: int) -> pd.DataFrame:
    """Keep the shares that say who has, or uses, the internet, from one year to another.

    Parameters
    ----------
    comparisons
        As `load_comparisons` returns it.

    Returns
    -------
    DataFrame
        Adds ``panel``, ``share`` (proportion) and ``when``: the year, or the middle of the month
        on a scale where the middle of the year is the year itself.
    """
    frame = comparisons[comparisons["concept"].isin(list(PANELS))]
    frame = frame[frame["year"].between(first_year, last_year)]
    shares = frame.assign(
        panel=frame["concept"].map(dict(PANELS)),
        share=frame["value"] / 100,
        when=[
            _when(int(year), period)
            for year, period in zip(frame["year"], frame["period"], strict=True)
        ],
    )
    order = list(dict.fromkeys(PANELS.values()))
    rank = shares["panel"].map({panel: place for place, panel in enumerate(order)})
    ordered = shares.assign(rank=rank).sort_values(["rank", "series", "when"], kind="stable")
    return ordered.drop(columns="rank").reset_index(drop=True)


def printed_shares(
    claims: Mapping[str, Claim], first_year: int, last_year: int
) -> list[tuple[Claim, int]]:
    """List the poster's two shares with the year printed beside each, if it is shown."""
    dated = [(claims[one], int(claims[one].period)) for one in USE_FIGURES]
    return [(claim, year) for claim, year in dated if first_year <= year <= last_year]


def changes(shares: pd.DataFrame) -> pd.DataFrame:
    """Compute how much each series changed between the first and last year shown.

    Returns
    -------
    DataFrame
        One row per series that spans several years: series, panel, first, last (years), points
        (percentage points).
    """
    rows = []
    for series, values in shares[shares["series"] != ""].groupby("series", sort=False):
        first, last = values.iloc[0], values.iloc[-1]
        if first["year"] < last["year"]:
            points = 100 * (last["share"] - first["share"])
            rows.append((series, first["panel"], int(first["year"]), int(last["year"]), points))
    return pd.DataFrame(rows, columns=["series", "panel", "first", "last", "points"])


def durations(claims: Mapping[str, Claim], comparisons: pd.DataFrame) -> pd.DataFrame:
    """Set the poster's two durations beside the public ones, longest first.

    Returns
    -------
    DataFrame
        topic (time_online, time_social), claim_id ("" for public ones), publisher, year (or <NA>),
        population_fr, population_en, note_fr, note_en, minutes (per day), origin.
    """
    poster = pd.DataFrame(
        [_duration_row(claims[one], topic) for one, topic in DURATION_FIGURES.items()]
    )
    public = comparisons[comparisons["concept"].isin(list(DURATION_FIGURES.values()))]
    public = public.assign(topic=public["concept"], minutes=public["value"], claim_id="")
    both = pd.concat([poster, public[poster.columns]], ignore_index=True)
    both["year"] = both["year"].astype("Int64")
    return both.sort_values(
        ["topic", "minutes", "claim_id"], ascending=[True, False, False], ignore_index=True
    )


def records(
    claims: Mapping[str, Claim], comparisons: pd.DataFrame, shares: pd.DataFrame
) -> list[Record]:
    """State the printed figures, the public values set beside them, and changes by definition.

    Keys: `C01`; `insee_home_access_2007` (every public value that the table of comparisons sets
    beside C01 to C06, whatever the years shown); `insee_use_3_months_15_change` (between the first
    and last year shown); `use_2018_low` and `_high` (public values of use, daily use set aside).
    """
    return [
        *printed(claims[one] for one in FIGURES),
        *(_public(row) for row in _beside(comparisons).to_dict("records")),
        *(
            Record(f"{row['series']}_change", row["points"], "percentage points", "computed")
            for row in changes(shares).to_dict("records")
        ),
        *_range_of_use(comparisons, 2007),
        *_range_of_use(comparisons, 2018),
        *_long_changes(claims, comparisons),
    ]


def _beside(comparisons: pd.DataFrame) -> pd.DataFrame:
    return comparisons[comparisons["claim_id"].isin(FIGURES)]


def _public(row: Mapping[Any, Any]) -> Record:
    value, unit, origin = float(row["value"]), str(row["unit"]), cast(Origin, row["origin"])
    if unit == PERCENT:
        return Record(str(row["key"]), value / 100, "proportion", origin)
    return Record(str(row["key"]), value, cast(Unit, unit), origin)


def _range_of_use(comparisons: pd.DataFrame, year: int) -> list[Record]:
    use = comparisons[comparisons["concept"].map(dict(PANELS)).isin(USE_PANELS)]
    values = use.loc[use["year"] == year, "value"]
    ends = (("low", values.min()), ("high", values.max()))
    return [
        Record(f"use_{year}_{end}", float(value) / 100, "proportion", "computed")
        for end, value in ends
    ]


def _long_changes(claims: Mapping[str, Claim], comparisons: pd.DataFrame) -> Iterable[Record]:
    values = comparisons.set_index("key")["value"]
    insee = float(values["insee_use_3_months_2018"] - values["insee_use_3_months_2007"])
    poster = claims["C01"].value - claims["C02"].value
    points: Unit = "percentage points"
    yield Record("insee_use_3_months_2007_2018_change", insee, points, "computed", IF_SAME_FIELD)
    yield Record("poster_change", poster, points, "computed", IF_SAME_MEASURE)


def _duration_row(claim: Claim, topic: str) -> dict[str, object]:
    return {
        "topic": topic,
        "claim_id": claim.claim_id,
        "publisher": "",
        "year": pd.NA,
        "population_fr": claim.population_text("fr"),
        "population_en": claim.population_text("en"),
        "note_fr": claim.note("fr"),
        "note_en": claim.note("en"),
        "minutes": claim.value,
        "origin": "printed",
    }


def _key(comparison_id: str, source_id: str) -> str:
    publisher = source_id.split("_")[0]
    what = comparison_id.removeprefix(source_id.replace("_", "-") + "-")
    return f"{publisher}_{what}".replace("-", "_")


def _when(year: int, period: str) -> float:
    if not period:
        return float(year)
    return year + (int(period.split("-")[1]) - 6.5) / 12
