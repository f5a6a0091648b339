"""Chapter 04: what the printed figures would be worth, if they came from a sample of n."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any, Final, Literal

import pandas as pd

from actient.bias.granularity import feasible_sample_sizes
from actient.claims import Claim, Statement, printed
from actient.records import Record
from actient.survey.estimating.estimates import minimum_sample_size, wilson

IF_SAMPLE: Final = "the figure comes from a simple random sample of n"
IF_SHARED: Final = "the figures share one denominator"


def eligible(claims: Mapping[str, Claim]) -> list[Claim]:
    """List the figures that a statement about a population can be tested on."""
    return [claim for claim in claims.values() if claim.eligible]


def wilson_grid(
    claims: Iterable[Claim], sample_sizes: Sequence[int], confidence: float
) -> pd.DataFrame:
    """Compute each figure's Wilson interval, had it come from a simple random sample of n.

    Returns
    -------
    DataFrame
        One row per figure and sample size: claim_id, n, share, low, high (proportions).
    """
    rows = [
        (claim.claim_id, n, claim.proportion, *wilson(claim.proportion, n, confidence))
        for claim in claims
        for n in sorted(set(sample_sizes))
    ]
    return pd.DataFrame(rows, columns=["claim_id", "n", "share", "low", "high"])


def with_decimals(claims: Mapping[str, Claim]) -> list[Claim]:
    """List the percentages that were printed with a decimal: only these tell something about n."""
    return [claim for claim in claims.values() if claim.eligible and claim.decimals > 0]


def feasible_sizes(
    claims: Sequence[Claim], up_to: int, rule: Literal["rounding", "truncation"]
) -> pd.DataFrame:
    """List the sample sizes that could have given the printed figures, alone and together.

    Returns
    -------
    DataFrame
        One row per set of figures and feasible n: figures ("C15+C16"), together (bool), n.
    """
    sets = [group for size in range(1, len(claims) + 1) for group in combinations(claims, size)]
    rows = [
        ("+".join(claim.claim_id for claim in group), len(group) > 1, n)
        for group in sets
        for n in feasible_sample_sizes([(c.value, c.decimals) for c in group], up_to, rule)
    ]
    return pd.DataFrame(rows, columns=["figures", "together", "n"])


def records(
    claims: Mapping[str, Claim],
    statements: Mapping[str, Statement],
    *,
    sample_sizes: Sequence[int],
    confidence: float,
    feasible: pd.DataFrame,
) -> list[Record]:
    """State the chapter's results: printed figures, intervals, smallest and feasible sizes.

    Keys: `C11`; `C11_wilson_100_low` and `_high`; `T11_minimum_n` (at the worst end of the printed
    figure's rounding); `C15_C16_smallest_n` and `_count`.
    """
    grid = wilson_grid(eligible(claims), sample_sizes, confidence)
    return [
        *printed(claims.values()),
        *(
            Record(f"{claim_id}_wilson_{n}_{end}", value, "proportion", "computed", IF_SAMPLE)
            for claim_id, n, low, high in _rows(grid, "claim_id", "n", "low", "high")
            for end, value in (("low", low), ("high", high))
        ),
        *(
            Record(f"{one.statement_id}_minimum_n", size, "persons", "computed", IF_SAMPLE)
            for one in statements.values()
            for size in [_minimum_size(one, claims[one.claim_id], confidence)]
        ),
        *_feasible_records(feasible),
    ]


def _rows(frame: pd.DataFrame, *columns: str) -> Iterable[tuple[Any, ...]]:
    return frame[list(columns)].itertuples(index=False, name=None)


def _minimum_size(statement: Statement, claim: Claim, confidence: float) -> float:
    worst = statement.worst_end(claim)
    return float(minimum_sample_size(worst, statement.threshold, confidence))


def _feasible_records(feasible: pd.DataFrame) -> list[Record]:
    found = []
    for figures, rows in feasible.groupby("figures", sort=False):
        key = str(figures).replace("+", "_")
        rests = IF_SHARED if rows["together"].iloc[0] else None
        smallest, count = float(rows["n"].min()), float(len(rows))
        found.append(Record(f"{key}_smallest_n", smallest, "persons", "computed", rests))
        found.append(Record(f"{key}_feasible_count", count, "count", "computed", rests))
    return found
