"""Audit of what is about to be published: all tables, intervals and estimates together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from actient.bias.arguments import whole
from actient.survey.disclosure.attack import Attack
from actient.survey.disclosure.cells import THRESHOLD, Release, ReleaseError
from actient.survey.disclosure.search import Exposure

__all__ = ["AuditReport", "Exposure", "audit", "forbidden_small"]


@dataclass(frozen=True)
class AuditReport:
    """What an audit found. It names counts without telling them, but is itself not to publish.

    Attributes
    ----------
    below_threshold
        Ids published although their numerator, complement or base is too small.
    exposed
        Suppressed or derived counts that what is published tells too closely.
    """

    below_threshold: tuple[str, ...]
    exposed: tuple[Exposure, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing was found."""
        return not self.below_threshold and not self.exposed


def audit(
    release: Release,
    published: Collection[str],
    threshold: int = THRESHOLD,
    protection: int | None = None,
) -> AuditReport:
    """Attack a release with everything that is published, at once.

    The attacker solves for all counts that are not published: whole, not negative, equal to what
    is published, satisfying every relation, every printed share and interval up to its rounding,
    with weights, bases in estimates and sizes of weighting cells known. For each count that must
    not be told, low and high are the least and the largest value left, and the audit asks

    - high − low ≥ `protection` for a cell or complement under the threshold, or ≥ its own
      `least_width`;
    - high − low ≥ 1 for any other suppressed cell.

    Parameters
    ----------
    release
        All counts, published or not.
    published
        Ids of cells and estimates. A published cell is known with its base.
    threshold
        Persons, 1 or more.
    protection
        Persons, 1 or more; None for the threshold. Then, since low ≥ 0, high reaches the
        threshold: nobody can prove from the figures that a count is below it. With 1, counts are
        protected against exact recovery only, which keeps more figures of small surveys.

    Raises
    ------
    ReleaseError
        If an id is unknown.
    ArgumentError
        If the threshold or the protection is not a whole number of persons, 1 or more.
    """
    least, width = thresholds(threshold, protection)
    check_offered(release, published)
    hidden = [cell.id for cell in release.cells if cell.offered and cell.id not in published]
    exposed = Attack(release, least, width).exposures(published, hidden)
    return AuditReport(forbidden_small(release, published, least), tuple(exposed))


def forbidden_small(
    release: Release, published: Collection[str], threshold: int = THRESHOLD
) -> tuple[str, ...]:
    """List what is published although its numerator, complement or base is under the threshold.

    Parameters
    ----------
    release, published, threshold
        As for `audit`. An estimate is listed if a cell that it follows would be.

    Returns
    -------
    tuple of str
        Ids, in the order of the release.
    """
    small = {cell.id for cell in release.cells if release.too_small(cell, threshold)}
    estimates = {e.id for e in release.estimates if small.intersection(e.follows)}
    names = [cell.id for cell in release.cells] + [e.id for e in release.estimates]
    return tuple(name for name in names if name in published and name in small | estimates)


def check_offered(release: Release, published: Collection[str]) -> None:
    """Check that only what is offered is published.

    Raises
    ------
    ReleaseError
        If not.
    """
    offered = frozenset(release.offered)
    for name in published:
        if name not in offered:
            raise ReleaseError.unknown(name, "What is published", release.offered)


def thresholds(threshold: int, protection: int | None) -> tuple[int, int]:
    """Return both as whole numbers, the second equal to the first if it is None.

    Raises
    ------
    ArgumentError
        If one is not whole, or below 1.
    """
    least = whole("threshold", threshold, 1)
    return least, least if protection is None else whole("protection", protection, 1)
