"""Chapter 13: the conclusion of chapter 10 under other laws, read from a committed sweep."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from actient import tables
from actient.bias.simulation import WARNING_RATE
from actient.chapters.combined.numbers import IF_LAWS
from actient.locale import Unit
from actient.paths import Paths
from actient.records import Record

TABLE: Final = "sweep_combined"
OWN_RATIO: Final = (0.5, 2.0)  # chapter 10's own laws: the defaults of its parameters,
OWN_SPECIFICITY: Final = (0.70, 0.85, 0.98)  # with which a test compares these two
BOTH_WAYS: Final = ("T10", "T11", "T14")  # what both assumptions act on, with laws that suit

IF_GRID: Final = f"{IF_LAWS}; among the laws of the grid only"


@dataclass(frozen=True, eq=False)
class Surface:
    """What chapter 10 concludes at every point of a grid of two assumptions.

    Attributes
    ----------
    cells
        One row per scenario: ratio (upper limit of the central 95% of the selection ratio),
        specificity (likeliest value), own (whether these are chapter 10's laws), count (statements
        rarely false).
    statements
        One row per scenario and statement: ratio, specificity, own, statement_id, fails (part of
        the draws; missing if no draw could give the figure), rarely, undecided (so near the limit
        that other draws could decide otherwise), warned (many draws were discarded or clipped).
    draws
        Random draws of each scenario.
    """

    cells: pd.DataFrame
    statements: pd.DataFrame
    draws: int


def load_surface(limit: float, paths: Paths | None = None) -> Surface:
    """Read the committed sweep of chapter 10 and classify what it says.

    Parameters
    ----------
    limit
        Part of the draws below which a statement is said to be rarely false.
    """
    return surface(tables.read(TABLE, paths), limit)


def surface(table: pd.DataFrame, limit: float) -> Surface:
    """Classify the records of a sweep of chapter 10 over selection ratio and specificity.

    Parameters
    ----------
    table
        As `actient sweep` writes it: one row per scenario and record.
    limit
        As in `load_surface`.

    Raises
    ------
    ValueError
        If a scenario of the sweep failed: its place on the surface would be empty without a word.
    """
    if not (table["status"] == "done").all():
        raise ValueError("A scenario of the sweep failed; mend it and run the sweep again.")
    found = table[table["record"].str.fullmatch(r"T\d\d_(fails|discarded|clipped)")]
    split = found["record"].str.partition("_")
    ratios = [tuple(json.loads(text)) for text in found["selection_ratio"]]
    laws = [tuple(json.loads(text)) for text in found["specificity"]]
    long = pd.DataFrame(
        {
            "ratio": [ratio[-1] for ratio in ratios],
            "specificity": [law[1] for law in laws],
            "own": [
                here == (OWN_RATIO, OWN_SPECIFICITY) for here in zip(ratios, laws, strict=True)
            ],
            "statement_id": split[0].astype(str),
            "name": split[2].astype(str),
            "value": found["value"].astype(float),
        }
    )
    where = ["ratio", "specificity", "own"]
    wide = long.pivot(index=[*where, "statement_id"], columns="name", values="value")
    wide = wide.reset_index().rename_axis(columns=None)
    wide["rarely"] = wide["fails"] < limit
    draws = int(table["draws"].min())
    wide["undecided"] = (wide["fails"] - limit).abs() < _margin(limit, draws)
    wide["warned"] = (wide["discarded"] > WARNING_RATE) | (wide["clipped"] > WARNING_RATE)
    cells = wide.groupby(where)["rarely"].sum().rename("count").reset_index()
    return Surface(cells, wide.drop(columns=["discarded", "clipped"]), draws)


def always(found: Surface, *, suited: bool = False) -> list[str]:
    """List the statements that are rarely false in every scenario.

    Parameters
    ----------
    suited
        Only those for which no scenario's laws are warned of.
    """
    every = found.statements.groupby("statement_id")[["rarely", "warned"]]
    rarely, warned = every.min()["rarely"], every.max()["warned"]
    return [str(key) for key in rarely.index if rarely[key] and not (suited and warned[key])]


def records(found: Surface) -> list[Record]:
    """State the chapter's results.

    Keys: `scenario_count`, `statement_count`, `draws`; `own_count`, `lowest_count`,
    `highest_count` (statements rarely false at chapter 10's laws, and over the grid);
    `more_specific_count` and `less_specific_count` (at its laws but one step of specificity);
    `as_many_count` (scenarios with at least as many as at its laws); `always_count` and
    `always_suited_count` (statements rarely false in every scenario, and under laws that suit
    them); `undecided_count` (statements in a scenario that other draws could class otherwise);
    `narrowest_ratio`, `own_ratio`, `widest_ratio`, `lowest_specificity`, `own_specificity`,
    `highest_specificity`; for each statement `T11_lowest_fails` and `T11_highest_fails` over the
    grid, and at chapter 10's own selection `T11_specific_fails` and `T11_embellished_fails`
    (highest and lowest specificity).
    """
    cells = found.cells
    (own,) = cells.loc[cells["own"], "count"]
    column = cells[cells["ratio"] == OWN_RATIO[-1]].set_index("specificity")["count"]
    place = list(column.index).index(OWN_SPECIFICITY[1])
    counts = {
        "own_count": own,
        "more_specific_count": column.iloc[place + 1],
        "less_specific_count": column.iloc[place - 1],
        "lowest_count": cells["count"].min(),
        "highest_count": cells["count"].max(),
        "as_many_count": (cells["count"] >= own).sum(),
        "always_count": len(always(found)),
        "always_suited_count": len(always(found, suited=True)),
        "undecided_count": found.statements["undecided"].sum(),
    }
    ends: dict[str, tuple[float, Unit]] = {
        "narrowest_ratio": (cells["ratio"].min(), "ratio"),
        "own_ratio": (OWN_RATIO[-1], "ratio"),
        "widest_ratio": (cells["ratio"].max(), "ratio"),
        "lowest_specificity": (cells["specificity"].min(), "proportion"),
        "own_specificity": (OWN_SPECIFICITY[1], "proportion"),
        "highest_specificity": (cells["specificity"].max(), "proportion"),
    }
    statements = sorted(set(found.statements["statement_id"]))
    return [
        Record("scenario_count", float(len(cells)), "count", "computed"),
        Record("statement_count", float(len(statements)), "count", "computed"),
        Record("draws", float(found.draws), "count", "computed"),
        *(Record(key, float(n), "count", "computed", IF_GRID) for key, n in counts.items()),
        *(
            Record(key, float(value), unit, "computed", "a value of the grid, chosen by us")
            for key, (value, unit) in ends.items()
        ),
        *(record for key in statements for record in _statement_records(found, key)),
    ]


def _margin(share: float, draws: int) -> float:
    """Half the width of a 95% interval around a share of random draws (normal approximation)."""
    return 1.96 * math.sqrt(share * (1 - share) / draws)


def _statement_records(found: Surface, key: str) -> Sequence[Record]:
    of = found.statements[found.statements["statement_id"] == key].dropna(subset="fails")
    own = of[of["ratio"] == OWN_RATIO[-1]].set_index("specificity")["fails"]
    values = {
        "lowest": of["fails"].min(),
        "highest": of["fails"].max(),
        "specific": own[own.index.max()],
        "embellished": own[own.index.min()],
    }
    return [
        Record(f"{key}_{name}_fails", float(value), "proportion", "computed", IF_GRID)
        for name, value in values.items()
    ]
