"""Chapter 11: the poster's three indicators, defined; what zero incident still allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import pandas as pd

from actient import tables
from actient.bias.incidents import incident_rate, upper_limit
from actient.claims import Claim, OutlineItem, load_outline, printed
from actient.paths import Paths
from actient.records import Record
from actient.tables import Worded

BASELINES: Final = ("C13", "C14")
IF_IMAGINED: Final = "imagined: none of these consultations was observed"
IF_POISSON: Final = (
    "incidents occur independently at one constant rate, every one is reported, none was seen"
)


@dataclass(frozen=True)
class Indicator:
    """One indicator of the poster with a definition, which is our reading.

    Attributes
    ----------
    item
        The poster's own item: its words, its label.
    unit
        ``proportion`` or ``per 1000``.
    baseline
        The printed figure nearest to it, or None where the poster prints none.
    """

    item: OutlineItem
    numerator: Worded
    denominator: Worded
    unit: Literal["proportion", "per 1000"]
    period: Worded
    collection: Worded
    baseline: Claim | None
    baseline_note: Worded


def indicators(claims: Mapping[str, Claim], paths: Paths | None = None) -> tuple[Indicator, ...]:
    """Load the three indicators, in the poster's order."""
    rows = {str(row["indicator_id"]): row for row in tables.records("indicators", paths)}
    return tuple(
        _indicator(item, rows[item.item_id], claims) for item in load_outline("indicator", paths)
    )


def zero_incident(exposures: Sequence[int], confidence: float) -> pd.DataFrame:
    """Compute how high the rate can still be when no incident was seen.

    Returns
    -------
    DataFrame
        One row per exposure, smallest first: exposure (consultations), high (incidents per
        consultation, end of the exact two-sided interval, which starts at 0).
    """
    sizes = sorted(set(exposures))
    highs = [incident_rate(0, size, confidence).high for size in sizes]
    return pd.DataFrame({"exposure": sizes, "high": highs})


def records(claims: Mapping[str, Claim], limits: pd.DataFrame, confidence: float) -> list[Record]:
    """State the two nearest printed figures and the limits with no incident.

    Keys: `C13`, `C14`; for each exposure T, `exposure_T` and, per 1000 consultations,
    `zero_incident_T_high` (two-sided interval) and `zero_incident_T_upper` (one-sided: about
    3 / T at the 95% level).
    """
    return [*printed(claims[one] for one in BASELINES), *_limits(limits, confidence)]


def _limits(limits: pd.DataFrame, confidence: float) -> Iterator[Record]:
    for size, high in zip(limits["exposure"].tolist(), limits["high"].tolist(), strict=True):
        yield Record(f"exposure_{size}", float(size), "count", "computed", IF_IMAGINED)
        one_sided = float(upper_limit(0, size, confidence))
        for name, value in (("high", high), ("upper", one_sided)):
            yield Record(
                f"zero_incident_{size}_{name}", 1000 * value, "per 1000", "computed", IF_POISSON
            )


def _indicator(item: OutlineItem, row: Mapping[Any, Any], claims: Mapping[str, Claim]) -> Indicator:
    baseline = row["baseline_claim_id"]
    return Indicator(
        item=item,
        numerator=row["numerator"],
        denominator=row["denominator"],
        unit=row["unit"],
        period=row["period"],
        collection=row["collection"],
        baseline=claims[baseline] if baseline else None,
        baseline_note=row["baseline_note"],
    )
