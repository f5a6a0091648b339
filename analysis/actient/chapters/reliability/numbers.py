"""Chapter 09: what false answers can do to each statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from actient.bias.reliability import rogan_gladen
from actient.claims import Claim, Statement, printed
from actient.records import Record

SPECIFICITIES: Final = tuple(float(sp) for sp in np.round(np.linspace(0.5, 1, 51), 3))
EXAMPLES: Final = (0.9, 0.8, 0.7)

IF_ACCURACY: Final = "answers have the sensitivity and specificity given"
IF_SENSITIVITY: Final = "answers have the sensitivity given"
IF_NO_FALSE_YES: Final = "nobody says yes falsely (specificity 1)"
IMPOSSIBLE: Final = "not a possible share: these accuracies cannot have given the printed figure"


def self_declared(statements: Mapping[str, Statement]) -> list[Statement]:
    """List the statements that rest on what people say of themselves."""
    return [one for one in statements.values() if "reliability" in one.biases]


def corrected(
    statements: Iterable[Statement],
    claims: Mapping[str, Claim],
    sensitivity: float,
    specificities: Sequence[float] = SPECIFICITIES,
) -> pd.DataFrame:
    """Compute the share of those for whom it is true, over specificity.

    π = (p + Sp - 1)/(Se + Sp - 1), Rogan and Gladen 1978; never clipped. Specificities that do not
    exceed 1 - sensitivity are left out: there the answer says nothing.

    Returns
    -------
    DataFrame
        One row per statement and specificity: statement_id, specificity, share (possibly outside
        [0, 1]), possible (whether it lies inside), threshold, fails.
    """
    sp = np.asarray([value for value in specificities if sensitivity + value > 1])
    parts = []
    for one in statements:
        found = rogan_gladen(claims[one.claim_id].proportion, sensitivity, sp)
        share, possible = np.asarray(found.value), np.asarray(found.in_range)
        columns = {
            "specificity": sp,
            "share": share,
            "possible": possible,
            "threshold": one.threshold,
            "fails": [
                bool(ok) and not one.holds(float(value))
                for value, ok in zip(share, possible, strict=True)
            ],
        }
        parts.append(pd.DataFrame({"statement_id": one.statement_id, **columns}))
    return pd.concat(parts, ignore_index=True)


def tipping_specificity(share: float, sensitivity: float, threshold: float) -> float:
    """Return the specificity that puts the corrected share on the threshold.

    Sp* = 1 - (p - τ Se)/(1 - τ): `bias.reliability.rogan_gladen`, solved for Sp. A statement "more
    than τ" fails below it. Outside [0, 1] no specificity tips the statement.

    Parameters
    ----------
    share, sensitivity, threshold
        Share p who say yes, Se and τ, in proportion.
    """
    return 1 - (share - threshold * sensitivity) / (1 - threshold)


def tipping_sensitivity(share: float, threshold: float) -> float:
    """Return the sensitivity below which "fewer than τ" fails, if nobody says yes falsely: p/τ.

    False yes answers would only lower the true share: with them, sensitivity must be lower still.

    Parameters
    ----------
    share, threshold
        Share p who say yes, and τ, in proportion.
    """
    return share / threshold


def examples(
    statement: Statement,
    claim: Claim,
    sensitivity: float,
    specificities: Sequence[float] = EXAMPLES,
) -> pd.DataFrame:
    """Compute one statement's corrected share at a few specificities.

    Returns
    -------
    DataFrame
        As `corrected`.
    """
    return corrected([statement], {claim.claim_id: claim}, sensitivity, specificities)


def records(
    claims: Mapping[str, Claim],
    statements: Mapping[str, Statement],
    *,
    sensitivity: float,
    specificity: float,
) -> list[Record]:
    """State the chapter's results.

    Keys: `C11`; `T11_corrected` at the accuracies given, unclipped; `T11_corrected_sp90`, `_sp80`,
    `_sp70`; for "more than" statements `T14_tipping_specificity` and `_worst`, for "fewer than"
    statements `T11_tipping_sensitivity` and `_worst`; `T13_least_specificity`, below which the
    printed figure is impossible.
    """
    tested = self_declared(statements)
    eleven = examples(statements["T11"], claims["C11"], sensitivity)
    return [
        *printed(claims[one.claim_id] for one in tested),
        *(
            _corrected_record(f"{row['statement_id']}_corrected", row)
            for row in corrected(tested, claims, sensitivity, [specificity]).to_dict("records")
        ),
        *(
            _corrected_record(f"T11_corrected_sp{row['specificity'] * 100:.0f}", row)
            for row in eleven.to_dict("records")
        ),
        *(
            _tipping_record(one, claims[one.claim_id], sensitivity, end)
            for one in tested
            for end in ("", "_worst")
        ),
        *(
            Record(
                f"{one.statement_id}_least_specificity",
                1 - claims[one.claim_id].proportion,
                "proportion",
                "computed",
            )
            for one in tested
        ),
    ]


def _corrected_record(key: str, row: Mapping[object, float]) -> Record:
    rests = IF_ACCURACY if row["possible"] else f"{IF_ACCURACY}; {IMPOSSIBLE}"
    return Record(key, row["share"], "proportion", "computed", rests)


def _tipping_record(one: Statement, claim: Claim, sensitivity: float, end: str) -> Record:
    share = one.worst_end(claim) if end else claim.proportion
    if one.direction == "below":
        value, what, rests = (
            tipping_sensitivity(share, one.threshold),
            "sensitivity",
            IF_NO_FALSE_YES,
        )
    else:
        value = tipping_specificity(share, sensitivity, one.threshold)
        what, rests = "specificity", IF_SENSITIVITY
    return Record(f"{one.statement_id}_tipping_{what}{end}", value, "proportion", "computed", rests)
