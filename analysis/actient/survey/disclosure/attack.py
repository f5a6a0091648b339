"""The attack: move each suppressed count as far as everything published allows.

Two whole solutions that differ by w in a count prove that an attacker is left with an interval at
least w wide around it. Solutions are kept: each one serves all counts, and later audits too. Where
none is found, HiGHS bounds the interval from outside (linear programming, then branch and bound),
which proves the count exposed; a search that ends without proof counts as exposed.

The attack first leaves alone all that printed estimates contain: what moves without them proves as
much, by far smaller programmes. Whole numbers matter where a printed estimate joins few unknowns:
a weighted share of two weighting cells can have one whole solution inside a wide real interval.
Where estimates join more than 200 unknowns, the real interval of the linear programme, cut to
whole numbers, is what is judged.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from actient.survey.disclosure.cells import Release
from actient.survey.disclosure.search import Exposure, Problem, Reach, Search
from actient.survey.disclosure.system import Flags, Floats, System


class Attack:
    """Attacks on one release, for any set of published ids.

    Parameters
    ----------
    release
        What is attacked.
    threshold
        Persons below which a count or complement must not be told.
    protection
        Width that the interval around such a count must keep, in persons.
    remember
        Solutions to keep for later attacks; 0 for a single one.
    """

    def __init__(
        self, release: Release, threshold: int, protection: int, remember: int = 0
    ) -> None:
        self.system = System(release, max(threshold, protection))
        self._widths = self._least_widths(release, threshold, protection)
        self._solutions: Floats = self.system.truth[None, :]
        self._remember = remember

    def exposures(
        self, published: Collection[str], also: Collection[str] = (), *, hasty: bool = False
    ) -> list[Exposure]:
        """Find what is told too closely.

        Parameters
        ----------
        published
            Ids of published cells and estimates.
        also
            Ids of other cells that must keep at least two possible values.
        hasty
            Whether to stop at the first one found, and to take as exposed what cannot be moved
            aside from printed estimates where these join many unknowns. That errs on the side of
            exposure only, and hardly ever: exchanges inside a published total do not change it.

        Returns
        -------
        list of Exposure
            What is known outright first; then in the order of the cells, part by linked part.
        """
        known, active = self.system.known(published), self.system.active(published)
        widths = self._widths.copy()
        widths[[self.system.place[name] for name in published if name in self.system.place]] = 0
        for name in also:
            place = self.system.place[name]
            widths[place] = max(widths[place], 1)
        found = [self._told(int(at), widths) for at in np.flatnonzero(known & (widths > 0))]
        if hasty and found:
            return found
        aside = known | self.system.estimated(active)
        plain = active.copy()
        plain[self.system.first_estimate :] = False
        reach = Reach(self.system.truth.copy(), self.system.truth.copy())
        if np.any(aside & ~known):
            self._attack(aside, plain, widths, reach)
        return found + self._attack(known, active, widths, reach, aside if hasty else None)

    def _told(self, at: int, widths: Floats) -> Exposure:
        count = int(self.system.truth[at])
        return Exposure(self.system.names[at], count, count, int(widths[at]), True)

    def _attack(
        self,
        known: Flags,
        active: Flags,
        widths: Floats,
        reach: Reach,
        hastily: Flags | None = None,
    ) -> list[Exposure]:
        found: list[Exposure] = []
        for component in self.system.components(known, active):
            places = component.variables
            if not np.any(reach.high[places] - reach.low[places] < widths[places]):
                continue
            problem = Problem(self.system, component, known, active)
            search = Search(problem, widths[places], self._still_solutions(problem), reach)
            if hastily is not None and not problem.wants_whole:
                found += search.stuck(~hastily[places])
            if hastily is None or not found:
                search.move_many(np.random.default_rng(0))
                found += search.told(first=hastily is not None)
            self._keep(problem, search.points)
            reach.low[places], reach.high[places] = search.low, search.high
            if hastily is not None and found:
                break
        return found

    def _still_solutions(self, problem: Problem) -> Floats:
        points = problem.embed(self._solutions[:, problem.component.variables])
        inside = self._solutions[self.system.consistent(points, problem.rows), :]
        return inside[:, problem.component.variables]

    def _keep(self, problem: Problem, points: Floats) -> None:
        if self._remember:
            newest = problem.embed(points[1:])[-self._remember :]
            others = self._solutions[1:][len(newest) - self._remember :]
            others = others if len(newest) < self._remember else others[:0]
            self._solutions = np.vstack([self._solutions[:1], others, newest])

    def _least_widths(self, release: Release, threshold: int, protection: int) -> Floats:
        widths = np.zeros(len(self.system.names))
        for at, cell in enumerate(release.cells):
            rest = threshold if cell.most is None else cell.most - cell.count
            if cell.disclosive and min(cell.count, rest) < threshold:
                widths[at] = protection if cell.least_width is None else cell.least_width
        for at, cell in enumerate(self.system.parts, start=len(release.cells)):
            if cell.disclosive and self.system.truth[at] < threshold:
                widths[at] = protection if cell.least_width is None else cell.least_width
        return widths
