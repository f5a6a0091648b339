"""Chapter 07: what the choice to answer can do to each statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np
import pandas as pd

from actient.bias.selection import (
    corrected_share,
    effective_sample_size_from_bias,
    tipping_ratio,
)
from actient.claims import Claim, Statement, printed
from actient.records import Record

IF_SELECTED: Final = "those concerned answered k times as readily as the others"
IF_BIASED: Final = (
    "the figure is off by the bias given; the printed share is put for the true one in the formula"
)
_STEPS: Final = 24  # on either side of k = 1


def shares(
    statements: Iterable[Statement], claims: Mapping[str, Claim], largest_ratio: float
) -> pd.DataFrame:
    """Compute the population share behind each figure, over the selection ratio.

    π = p/(p + k(1 - p)); see `bias.selection.corrected_share`.

    Returns
    -------
    DataFrame
        One row per statement and ratio, from 1/largest_ratio to largest_ratio: statement_id,
        ratio, share (π), threshold, fails (whether the statement is false of π).
    """
    ratios = np.exp(np.linspace(-1, 1, 2 * _STEPS + 1) * np.log(largest_ratio))
    parts = []
    for one in statements:
        share = np.asarray(corrected_share(claims[one.claim_id].proportion, ratios))
        columns = {
            "ratio": ratios,
            "share": share,
            "threshold": one.threshold,
            "fails": [not one.holds(value) for value in share],
        }
        parts.append(pd.DataFrame({"statement_id": one.statement_id, **columns}))
    return pd.concat(parts, ignore_index=True)


def tipping_ratios(statements: Iterable[Statement], claims: Mapping[str, Claim]) -> pd.DataFrame:
    """Compute the selection ratio that puts each share on its threshold.

    Returns
    -------
    DataFrame
        statement_id, printed (k* at the figure as printed), worst (at the worst end of its
        rounding): the nearer of the two to 1.
    """
    rows = [
        (
            one.statement_id,
            float(tipping_ratio(claims[one.claim_id].proportion, one.threshold)),
            float(tipping_ratio(one.worst_end(claims[one.claim_id]), one.threshold)),
        )
        for one in statements
    ]
    return pd.DataFrame(rows, columns=["statement_id", "printed", "worst"])


def effective_size(share: float, bias: float) -> float:
    """Compute the random sample that a figure off by `bias` is worth: π(1 - π)/bias², Meng 2018.

    The true share π is unknown, so the printed one is put in its place: near a half they give
    nearly the same size (24 or 25 persons for 42% off by 10 points), near 0 or 1 it is rough.

    Parameters
    ----------
    share, bias
        In proportion; the bias above 0 and at most a half.

    Returns
    -------
    float
        Persons, not rounded.
    """
    inward = bias if share + bias <= 1 else -bias
    return float(effective_sample_size_from_bias(share, inward))


def effective_sizes(claim: Claim, biases: Iterable[float]) -> pd.DataFrame:
    """Compute the random sample that one figure is worth, over the bias supposed.

    Returns
    -------
    DataFrame
        bias (proportion), n (persons).
    """
    rows = [(bias, effective_size(claim.proportion, bias)) for bias in biases]
    return pd.DataFrame(rows, columns=["bias", "n"])


def records(
    claims: Mapping[str, Claim], statements: Mapping[str, Statement], *, bias: float
) -> list[Record]:
    """State the chapter's results.

    Keys: `C11`; `T11_tipping_ratio` (as printed), `T11_tipping_ratio_worst` (at the worst end of
    the rounding), `T11_margin_worst` (percentage points to the threshold from there),
    `T11_effective_n` (persons).
    """
    tested = list(statements.values())
    return [
        *printed(claims[one.claim_id] for one in tested),
        *(
            Record(f"{row['statement_id']}_tipping_ratio{end}", row[at], "ratio", "computed")
            for row in tipping_ratios(tested, claims).to_dict("records")
            for end, at in (("", "printed"), ("_worst", "worst"))
        ),
        *(
            Record(
                f"{one.statement_id}_margin_worst",
                abs(one.worst_end(claims[one.claim_id]) - one.threshold) * 100,
                "percentage points",
                "computed",
            )
            for one in tested
        ),
        *(
            Record(
                f"{one.statement_id}_effective_n",
                effective_size(claims[one.claim_id].proportion, bias),
                "persons",
                "computed",
                IF_BIASED,
            )
            for one in tested
        ),
    ]
