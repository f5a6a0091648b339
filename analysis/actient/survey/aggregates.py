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
    """A share after raking to margins; see `survey.weighting`."""

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
        The same, weighted; None without margins for the group, or if withheld.
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
class Pooled:
    """One question's measure over several groups, with the user's weights; never without."""

    measure_ids: tuple[str, ...]
    weights: tuple[tuple[str, float], ...]
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
class Weighting:
    """How the answers of a group were weighted.

    Attributes
    ----------
    variables
        The questions whose margins were used.
    trimmed
        Persons whose weight was cut, None if too few to be told.
    largest_ratio
        Largest weight allowed, in mean weights.
    design_effect, effective_n
        None if one of the answers weighted by is withheld: it could be worked out from them.
    """

    group_id: str
    variables: tuple[str, ...]
    largest_ratio: float
    trimmed: int | None
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
