"""Chapter 11: the poster's three indicators, defined; what zero incident still allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import pandas as pd

from actient import tables
from actient.bias.incidents import incident_rate, upper_limit
from actient.claims import Claim, OutlineItem, load_outline, printed
from actient.locale import Lang
from actient.paths import Paths
from actient.records import Record

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
    numerator_fr: str
    numerator_en: str
    denominator_fr: str
    denominator_en: str
    unit: Literal["proportion", "per 1000"]
    period_fr: str
    period_en: str
    collection_fr: str
    collection_en: str
    baseline: Claim | None
    baseline_note_fr: str
    baseline_note_en: str

    def numerator(self, lang: Lang) -> str:
        """Say what is counted."""
        return self.numerator_fr if lang == "fr" else self.numerator_en

    def denominator(self, lang: Lang) -> str:
        """Say out of what it is counted."""
        return self.denominator_fr if lang == "fr" else self.denominator_en

    def period(self, lang: Lang) -> str:
        """Say how long one counts."""
        return self.period_fr if lang == "fr" else self.period_en

    def collection(self, lang: Lang) -> str:
        """Say where the data would come from."""
        return self.collection_fr if lang == "fr" else self.collection_en

    def baseline_note(self, lang: Lang) -> str:
        """Say what separates the printed figure from the indicator."""
        return self.baseline_note_fr if lang == "fr" else self.baseline_note_en


def indicators(claims: Mapping[str, Claim], paths: Paths | None = None) -> tuple[Indicator, ...]:
    """Load the three indicators, in the poster's order."""
    frame = tables.read("indicators", paths)
    rows = {str(row["indicator_id"]): row for row in frame.to_dict("records")}
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
        numerator_fr=row["numerator_fr"],
        numerator_en=row["numerator_en"],
        denominator_fr=row["denominator_fr"],
        denominator_en=row["denominator_en"],
        unit=row["unit"],
        period_fr=row["period_fr"],
        period_en=row["period_en"],
        collection_fr=row["collection_fr"],
        collection_en=row["collection_en"],
        baseline=None if pd.isna(baseline) else claims[str(baseline)],
        baseline_note_fr=row["baseline_note_fr"],
        baseline_note_en=row["baseline_note_en"],
    )
