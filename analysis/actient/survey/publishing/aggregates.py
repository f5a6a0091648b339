"""What may be told of a survey: totals large enough to point to no one, and nothing else.

This is all that leaves the process that read the responses: chapters, charts, pages and caches see
aggregates only. A value that is withheld is None.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from pydantic import TypeAdapter, ValidationError

Status = Literal["published", "withheld", "absent"]
SuppliedOrigin = Literal["supplied", "synthetic"]
Estimator = Literal["RDS-I", "RDS-II"]

VERSION: Final = 2


class AggregatesError(ValueError):
    """A file that does not hold aggregates."""

    @classmethod
    def missing(cls, path: Path) -> AggregatesError:
        """Say what was looked for, and how it is made."""
        return cls(
            f"No aggregates at {path}. They are made from responses by "
            "`actient book --responses FILE` or `actient tabulate FILE --out AGGREGATES`."
        )

    @classmethod
    def unreadable(cls, path: Path, why: str) -> AggregatesError:
        """Say what is wrong with the file."""
        return cls(
            f"{path} does not hold aggregates of this version ({why}). A file of responses is "
            "not one: give responses to `actient book --responses FILE`."
        )


@dataclass(frozen=True)
class Weighted:
    """A share after calibration to margins; see `survey.weighting`."""

    share: float
    low: float
    high: float
    effective_n: float
    design_effect: float


@dataclass(frozen=True)
class Share:
    """One answer, or one measure, in one group.

    Attributes
    ----------
    item_id, code
        The question and the answer; for a measure, the question and the measure's identifier.
    status
        Published; withheld, without the reason, which would itself tell something; absent because
        the responses do not hold the question.
    count, base
        Persons; None if withheld.
    share, low, high
        Proportion and its Wilson interval; None if withheld.
    weighted
        The same, weighted; None without margins for the group, or if withheld. What is concluded
        of a group comes from `Aggregates.estimate`, which tells these two apart.
    """

    group_id: str
    item_id: str
    code: str
    status: Status
    count: int | None = None
    base: int | None = None
    share: float | None = None
    low: float | None = None
    high: float | None = None
    weighted: Weighted | None = None


@dataclass(frozen=True)
class Estimate:
    """What a measure is estimated to be in a group: the one figure that conclusions start from.

    Attributes
    ----------
    share, low, high
        Proportion and its Wilson interval, as published: rounded.
    effective_n
        Evenly weighted persons that it is worth; those who answered, where it is not weighted.
    weighted
        Whether the group has margins.
    confidence
        Level of the interval.
    """

    share: float
    low: float
    high: float
    effective_n: float
    weighted: bool
    confidence: float


@dataclass(frozen=True)
class Pooled:
    """One question's measure over several groups, with the user's weights; never without.

    It is computed from the estimates of the groups as they are published, so that it tells nothing
    that they do not; where one of them is withheld, nothing is pooled.

    Attributes
    ----------
    weights
        Group and its share of the target population.
    weighted
        The groups that have margins: they enter with their weighted share, the others as they are.
    share, low, high
        Proportion and its interval; to a tenth of a percentage point if a group is weighted.
    """

    measure_ids: tuple[str, ...]
    weights: tuple[tuple[str, float], ...]
    weighted: tuple[str, ...]
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class ChainShare:
    """A measure estimated from who passed the questionnaire to whom, and from contacts.

    Attributes
    ----------
    estimator
        RDS-I (Salganik and Heckathorn 2004) or RDS-II (Volz and Heckathorn 2008).
    low, high
        Bootstrap interval.
    links
        Respondents whose recruiter is known; None if withheld.
    """

    measure_id: str
    estimator: Estimator
    share: float
    low: float
    high: float
    links: int | None


@dataclass(frozen=True)
class GroupSize:
    """Respondents of a group; None if withheld."""

    group_id: str
    n: int | None


@dataclass(frozen=True)
class Residual:
    """One category of a margin: the share that was wanted, and the one that was reached.

    Attributes
    ----------
    target, reached
        Share of the target population, and weighted share of the respondents weighted; both in
        proportion, the second to four decimals.
    """

    item_id: str
    code: str
    target: float
    reached: float


@dataclass(frozen=True)
class Weighting:
    """How the answers of a group were weighted.

    Attributes
    ----------
    variables
        The questions whose margins were used.
    largest_ratio
        Largest weight allowed, in mean weights.
    at_limit
        Persons whose weight is that limit, None if too few to be told.
    residual
        Every category of every margin, with the share reached: whoever has the margins can check
        that they are met, or by how much they are missed.
    design_effect, effective_n
        What unequal weights cost.

    Notes
    -----
    The last three are None if one of the answers weighted by is withheld: under a limit, the share
    that a category reaches is its count times the limit.
    """

    group_id: str
    variables: tuple[str, ...]
    largest_ratio: float
    at_limit: int | None
    residual: tuple[Residual, ...] | None
    design_effect: float | None
    effective_n: float | None


@dataclass(frozen=True)
class Reported:
    """What the responses answer to one item of the reporting checklist."""

    number: int
    fr: str
    en: str


@dataclass(frozen=True)
class Aggregates:
    """All that may be told of one set of responses.

    Attributes
    ----------
    origin
        Supplied by the user, or synthetic.
    threshold
        Persons below which nothing is told.
    confidence
        Level of the intervals.
    tool
        The collection tool whose export was read.
    withheld
        Statistics withheld.
    """

    version: int
    origin: SuppliedOrigin
    threshold: int
    confidence: float
    tool: str
    groups: tuple[GroupSize, ...]
    shares: tuple[Share, ...]
    measures: tuple[Share, ...]
    pooled: tuple[Pooled, ...]
    chains: tuple[ChainShare, ...]
    weightings: tuple[Weighting, ...]
    reported: tuple[Reported, ...]
    withheld: int

    def measure(self, measure_id: str) -> Share | None:
        """Find what was measured of one measure, None if the responses do not hold it."""
        return next((one for one in self.measures if one.code == measure_id), None)

    def estimate(self, one: Share) -> Estimate | None:
        """Give what a measure is estimated to be in its group; see `estimate`."""
        weighted_groups = {weighting.group_id for weighting in self.weightings}
        return estimate(one, weighted=one.group_id in weighted_groups, confidence=self.confidence)


def estimate(one: Share, *, weighted: bool, confidence: float) -> Estimate | None:
    """Give what a measure is estimated to be in its group: weighted if the group is, else plain.

    Parameters
    ----------
    one
        A measure in a group.
    weighted
        Whether the group has margins.
    confidence
        Level of the intervals.

    Returns
    -------
    Estimate or None
        None where it is withheld or absent: of a weighted group, the plain share is no substitute.
    """
    found = one.weighted if weighted else one
    if one.status != "published" or found is None:
        return None
    share, low, high = found.share, found.low, found.high
    assert share is not None and low is not None and high is not None  # noqa: S101, PT018
    worth = found.effective_n if isinstance(found, Weighted) else float(one.base or 0)
    return Estimate(share, low, high, worth, weighted, confidence)


def told_if_large(count: int, base: int, threshold: int) -> int | None:
    """Return a count that may be told by itself: 0, or large enough on both sides of its base."""
    return count if count == 0 or min(count, base - count) >= threshold else None


_ADAPTER: Final = TypeAdapter(Aggregates)


def as_json(aggregates: Aggregates) -> str:
    """Serialise, in a stable order."""
    return _ADAPTER.dump_json(aggregates, indent=1).decode() + "\n"


def holds_aggregates(path: Path) -> bool:
    """Tell whether a file holds aggregates of this version."""
    try:
        read(path)
    except AggregatesError:
        return False
    return True


def read(path: Path) -> Aggregates:
    """Read aggregates back.

    Raises
    ------
    AggregatesError
        If there is no such file, or it does not hold aggregates of this version.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise AggregatesError.missing(path) from None
    except (OSError, UnicodeDecodeError) as error:
        raise AggregatesError.unreadable(path, type(error).__name__) from None
    try:
        found = _ADAPTER.validate_json(text)
    except ValidationError as error:
        raise AggregatesError.unreadable(path, f"{error.error_count()} faults") from None
    if found.version != VERSION:
        raise AggregatesError.unreadable(path, f"version {found.version}, expected {VERSION}")
    return found
