"""What to leave out of a release so that it passes its audit, and why each figure is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from actient.survey.disclosure.attack import Attack
from actient.survey.disclosure.audit import thresholds
from actient.survey.disclosure.cells import THRESHOLD, Release
from actient.survey.disclosure.complement import Costs, complementary
from actient.survey.disclosure.splitting import split

_REMEMBERED_SOLUTIONS = 60


class UnprotectableError(ValueError):
    """A small count can be told from what the attacker knows anyway."""

    @classmethod
    def from_name(cls, name: str) -> UnprotectableError:
        """Name the count, and what can be done."""
        return cls(
            f"{name!r} can be told although nothing that it depends on is published: constants of "
            "relations, sizes of weighting cells or a `most` are enough. Leave its item out, merge "
            "weighting cells, or ask for less protection."
        )


class Kind(StrEnum):
    """Why a figure is left out. For the maker only: published, a reason is itself a figure."""

    PRIMARY = "primary"
    COMPLEMENTARY = "complementary"
    DEPENDENT = "dependent"


@dataclass(frozen=True)
class Suppression:
    """A figure left out.

    Attributes
    ----------
    id
        Cell or estimate.
    kind
        See `Kind`.
    because
        If primary, which of "numerator", "complement" and "base" is too small; if complementary,
        the count that it would give away; if dependent, the suppressed cells that it needs.
    """

    id: str
    kind: Kind
    because: tuple[str, ...]


@dataclass(frozen=True)
class Protected:
    """A release with what may be published of it.

    Attributes
    ----------
    release
        All counts. Not in the `repr`, and not to publish.
    published
        Ids of what may be published.
    suppressions
        All the rest of what was offered, in the order of the release.
    """

    release: Release
    published: frozenset[str]
    suppressions: tuple[Suppression, ...]

    def __repr__(self) -> str:
        """Say how much is published, never what."""
        return f"Protected({len(self.published)} published, {len(self.suppressions)} suppressed)"

    def count(self, cell: str) -> int | None:
        """Return a published count, or None if it is suppressed.

        Raises
        ------
        KeyError
            If the release has no such cell.
        """
        found = self.release.by_id[cell]
        return found.count if cell in self.published else None


def protect(
    release: Release, threshold: int = THRESHOLD, protection: int | None = None
) -> Protected:
    """Suppress as little as it takes for a release to pass its audit.

    Primary: each statistic whose numerator, complement or base is under the threshold. A numerator
    of 0 is: it tells that nobody gave this answer, whoever is asked. Complementary: while the
    attack of `audit` finds a count, the cheapest change of published figures that would hide it
    (a linear programme: importance per person moved, the smallest figures first) tells which to
    leave out. Last, each complementary suppression is tried back, the dearest first: none that
    remains could be published by itself. The result is the same on every run, and minimal in that
    sense; finding the smallest number of suppressions is NP-hard, and is not promised.

    Parameters
    ----------
    release
        All that is offered.
    threshold, protection
        As for `audit`.

    Returns
    -------
    Protected
        It passes `audit` with the same threshold and protection.

    Raises
    ------
    UnprotectableError
        If a count stays exposed with all that it depends on suppressed.
    ArgumentError
        If the threshold or the protection is not a whole number of persons, 1 or more.
    """
    least, width = thresholds(threshold, protection)
    reasons = _protect_parts(_without_futile_pins(release, least), least, width)
    kept = frozenset(release.offered) - reasons.keys()
    return Protected(release, kept, tuple(reasons[n] for n in release.offered if n in reasons))


def _protect_parts(release: Release, threshold: int, protection: int) -> Mapping[str, Suppression]:
    pinned = frozenset(cell.id for cell in release.cells if cell.pinned)
    reasons: dict[str, Suppression] = {}
    for part in split(release, pinned):
        try:
            reasons.update(_Protection(part, threshold, protection).run())
        except UnprotectableError:
            in_the_way = pinned.intersection(part.by_id)
            if not in_the_way:
                raise
            return _protect_parts(_unpinned(release, in_the_way), threshold, protection)
    return reasons


def _without_futile_pins(release: Release, threshold: int) -> Release:
    # A pin holds only for an offered cell that may appear by itself, and whose base is pinned.
    held: set[str] = set()
    waiting = [c for c in release.cells if c.pinned and c.offered]
    waiting = [c for c in waiting if not release.too_small(c, threshold)]
    while more := {c.id for c in waiting if c.base is None or c.base in held} - held:
        held |= more
    return _unpinned(release, frozenset(cell.id for cell in release.cells) - held)


def _unpinned(release: Release, names: frozenset[str]) -> Release:
    cells = tuple(
        replace(cell, pinned=False) if cell.pinned and cell.id in names else cell
        for cell in release.cells
    )
    return replace(release, cells=cells)


class _Protection:
    """The suppressions of one part of a release, linked to no other part."""

    def __init__(self, release: Release, threshold: int, protection: int) -> None:
        self.release = release
        self.attack = Attack(release, threshold, protection, _REMEMBERED_SOLUTIONS)
        self.costs = Costs(release)
        self.reasons: dict[str, Suppression] = {}
        for cell in release.cells:
            small = release.too_small(cell, threshold)
            if small and cell.offered:
                self._suppress(cell.id, Kind.PRIMARY, small)
        self._suppress_dependents()

    def run(self) -> Mapping[str, Suppression]:
        """Suppress until nothing is exposed, then give back what need not be suppressed."""
        also: frozenset[str] = frozenset()
        while True:
            self._hide(also)
            for name in self._dearest_first():
                self._give_back(name, also)
            # What hides only with its base may still be told: then it needs hiding by itself.
            told = self.attack.exposures(self.published(), self._left_out())
            if not told:
                return self.reasons
            also |= {exposure.name for exposure in told}

    def published(self) -> frozenset[str]:
        """Ids not suppressed."""
        return frozenset(self.release.offered) - self.reasons.keys()

    def _hide(self, also: frozenset[str]) -> None:
        while told := self.attack.exposures(self.published(), also - self.published(), hasty=True):
            chosen = complementary(
                self.attack.system, self.costs, self.published(), told[0].name, told[0].least_width
            )
            if not chosen:
                raise UnprotectableError.from_name(told[0].name)
            for name in chosen:
                self._suppress(name, Kind.COMPLEMENTARY, (told[0].name,))
            self._suppress_dependents()

    def _give_back(self, name: str, also: frozenset[str]) -> None:
        reason = self.reasons.pop(name)
        needs_hidden = any(need in self.reasons for need in self.costs.needs[name])
        if needs_hidden or self.attack.exposures(
            self.published(), also - self.published(), hasty=True
        ):
            self.reasons[name] = reason

    def _dearest_first(self) -> list[str]:
        back = [name for name, reason in self.reasons.items() if reason.kind is not Kind.PRIMARY]
        return sorted(back, key=lambda name: (-self.costs.loss[name], self.costs.order[name]))

    def _left_out(self) -> frozenset[str]:
        return frozenset(cell.id for cell in self.release.cells if cell.id in self.reasons)

    def _suppress(self, name: str, kind: Kind, because: tuple[str, ...]) -> None:
        self.reasons.setdefault(name, Suppression(name, kind, because))

    def _suppress_dependents(self) -> None:
        # Cells before estimates, and repeated: a base may itself have a base.
        waiting = True
        while waiting:
            waiting = False
            for name in self.release.offered:
                gone = tuple(n for n in self.costs.needs[name] if n in self.reasons)
                if gone and name not in self.reasons:
                    self._suppress(name, Kind.DEPENDENT, gone)
                    waiting = True
