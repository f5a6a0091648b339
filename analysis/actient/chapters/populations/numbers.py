"""Chapter 05: what a single figure hides when professionals and others answered together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from actient.bias.arguments import Numbers, between, plain, proportion, together
from actient.bias.interval import Interval
from actient.bias.populations import composition_bias, pooled_share
from actient.chapters.coverage.numbers import NOT_STATED
from actient.claims import Claim, Statement, printed
from actient.records import Record

WEIGHTS: Final = tuple(float(w) for w in np.round(np.linspace(0, 1, 51), 2))
PROFESSIONALS: Final = "C10"
INTERNET_USERS: Final = "C09"

IF_ONE_QUESTION: Final = "both figures answer one question and are mixed with the weight given"
IF_MIXED: Final = "the figure pools professionals and others with the weight given"


def mixture(claims: Mapping[str, Claim], weights: Sequence[float] = WEIGHTS) -> pd.DataFrame:
    """Compute the one figure that mixing professionals and internet users would give.

    Returns
    -------
    DataFrame
        weight (of professionals) and share, in proportion.
    """
    professionals, others = _pair(claims)
    shares = pooled_share(professionals, others, np.asarray(weights))
    return pd.DataFrame({"weight": list(weights), "share": shares})


def bias(claims: Mapping[str, Claim], in_sample: float, in_target: float) -> float:
    """Compute the composition bias of the pooled figure: (w - W)(p_pro - p_users), Kitagawa 1955.

    Returns
    -------
    float
        Proportion; negative where the sample's figure is the lower one.
    """
    return float(composition_bias(*_pair(claims), in_sample, in_target))


def others_behind(pooled: float, weight: Numbers) -> Interval:
    """Bound the share among the others when only a pooled share is known.

    p = w a + (1 - w) b with a in [0, 1] leaves b in [max(0, (p - w)/(1 - w)), min(1, p/(1 - w))].

    Parameters
    ----------
    pooled
        Pooled share p, in [0, 1].
    weight
        Part w of professionals among those who answered, in [0, 1[.

    Returns
    -------
    Interval
        Proportions in [0, 1].

    Raises
    ------
    ArgumentError
        If an argument is out of bounds.
    """
    p, w = proportion("pooled", pooled), between("weight", weight, 0, 1, high_open=True)
    together(pooled=p, weight=w)
    low, high = np.maximum(0, (p - w) / (1 - w)), np.minimum(1, p / (1 - w))
    return Interval(plain(low), plain(high))


def tipping_weight(share: float, statement: Statement) -> float:
    """Return the part of professionals from which a statement may be false of the others.

    w* = 1 - p/τ for "fewer than τ", (p - τ)/(1 - τ) for "more than τ": `others_behind` on the
    threshold, solved for w.

    Parameters
    ----------
    share
        Pooled share p, in proportion.
    """
    if statement.direction == "below":
        return 1 - share / statement.threshold
    return (share - statement.threshold) / (1 - statement.threshold)


def pooled_statements(statements: Mapping[str, Statement]) -> list[Statement]:
    """List the statements whose figure may pool populations: theirs is not stated."""
    return [
        one
        for one in statements.values()
        if "populations" in one.biases and one.target_population == NOT_STATED
    ]


def hidden(
    statements: Sequence[Statement],
    claims: Mapping[str, Claim],
    weights: Sequence[float] = WEIGHTS,
) -> pd.DataFrame:
    """Compute what the share among non-professionals can be behind each figure.

    Returns
    -------
    DataFrame
        One row per statement and weight below 1: statement_id, weight, share (as printed), low,
        high, threshold; proportions.
    """
    w = np.asarray([weight for weight in weights if weight < 1])
    parts = []
    for one in statements:
        share = claims[one.claim_id].proportion
        low, high = others_behind(share, w)
        columns = {"weight": w, "share": share, "low": low, "high": high}
        parts.append(
            pd.DataFrame({"statement_id": one.statement_id, **columns, "threshold": one.threshold})
        )
    return pd.concat(parts, ignore_index=True)


def records(
    claims: Mapping[str, Claim],
    statements: Mapping[str, Statement],
    *,
    in_sample: float,
    in_target: float,
) -> list[Record]:
    """State the chapter's results.

    Keys: `C09` and the other figures used; `pooled_sample`, `pooled_target`, `composition_bias`
    (percentage points); `T11_tipping_weight` and `_worst`; `T11_others_low` and `_high` at the
    sample's weight (absent if all are professionals).
    """
    pair = _pair(claims)
    tested = pooled_statements(statements)
    shown = [claims[key] for key in ("C09", "C10", *(one.claim_id for one in tested))]
    pools = {"sample": in_sample, "target": in_target}
    points = bias(claims, in_sample, in_target) * 100
    return [
        *printed(shown),
        *(
            Record(
                f"pooled_{name}",
                float(pooled_share(*pair, weight)),
                "proportion",
                "computed",
                IF_ONE_QUESTION,
            )
            for name, weight in pools.items()
        ),
        Record("composition_bias", points, "percentage points", "computed", IF_ONE_QUESTION),
        *(record for one in tested for record in _tipping_records(one, claims[one.claim_id])),
        *(
            record
            for one in tested
            if in_sample < 1
            for record in _hidden_records(one, claims[one.claim_id], in_sample)
        ),
    ]


def _pair(claims: Mapping[str, Claim]) -> tuple[float, float]:
    return claims[PROFESSIONALS].proportion, claims[INTERNET_USERS].proportion


def _tipping_records(one: Statement, claim: Claim) -> list[Record]:
    ends = {"": claim.proportion, "_worst": one.worst_end(claim)}
    return [
        Record(
            f"{one.statement_id}_tipping_weight{end}",
            tipping_weight(share, one),
            "proportion",
            "computed",
            "the figure pools professionals and others",
        )
        for end, share in ends.items()
    ]


def _hidden_records(one: Statement, claim: Claim, weight: float) -> list[Record]:
    low, high = others_behind(claim.proportion, weight)
    return [
        Record(f"{one.statement_id}_others_{end}", float(value), "proportion", "computed", IF_MIXED)
        for end, value in (("low", low), ("high", high))
    ]
