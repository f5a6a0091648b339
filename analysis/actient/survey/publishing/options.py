"""How responses are told: threshold, level, margins, weights of groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from actient.survey.disclosure import THRESHOLD
from actient.survey.estimating.estimates import proportion
from actient.survey.estimating.margin_files import Margins
from actient.survey.estimating.margins import WeightingError
from actient.survey.estimating.pooling import PoolingError, pooled
from actient.survey.questionnaire import Questionnaire


class PublicationError(ValueError):
    """Options that these responses cannot be told with."""

    @classmethod
    def unknown_group(cls, name: str, known: Iterable[str]) -> PublicationError:
        """Name the group given a weight and those there are."""
        return cls(f"--pool: no group is named {name!r}. Groups: {', '.join(known)}.")

    @classmethod
    def overlapping(cls, part: str, whole: str) -> PublicationError:
        """Say which group is part of another."""
        return cls(
            f"--pool: {part} is part of {whole}, so that its members would count twice. "
            "Give weights to groups that do not overlap."
        )

    @classmethod
    def from_pooling(cls, error: PoolingError) -> PublicationError:
        """Say what is wrong with the weights of groups."""
        return cls(f"--pool: {error}")

    @classmethod
    def no_one_to_weight(cls, group: str, items: Iterable[str]) -> PublicationError:
        """Say which group has nobody with the answers that the margins are about."""
        return cls(
            f"--margins: in group {group}, nobody answered all of {', '.join(items)} with answers "
            "that have a target. Weight this group on fewer questions, or leave it out."
        )

    @classmethod
    def from_weighting(cls, group: str, error: WeightingError) -> PublicationError:
        """Say in which group sample and margins cannot be brought together."""
        return cls(f"--margins: group {group}: {error}")


@dataclass(frozen=True)
class Options:
    """How responses are told.

    Attributes
    ----------
    threshold
        Persons below which nothing is told.
    confidence
        Level of the intervals.
    margins
        Known shares to weight by, per group.
    largest_weight
        Largest weight, in mean weights.
    pool
        Weight of each group in pooled estimates; empty: groups are never pooled.
    """

    threshold: int = THRESHOLD
    confidence: float = 0.95
    margins: Margins = field(default_factory=dict)
    largest_weight: float = 5.0
    pool: Mapping[str, float] = field(default_factory=dict)

    def check(self, questionnaire: Questionnaire) -> None:
        """Check what needs no responses.

        Raises
        ------
        PublicationError
            If a weight is given to an unknown group, groups overlap, or weights are no shares.
        """
        groups = {group.group_id: group for group in questionnaire.groups}
        for name in self.pool:
            if name not in groups:
                raise PublicationError.unknown_group(name, groups)
            whole = groups[name].part_of
            if whole in self.pool:
                raise PublicationError.overlapping(name, str(whole))
        if self.pool:
            alike = [proportion(1, 2)] * len(self.pool)
            try:
                pooled(alike, list(self.pool.values()))
            except PoolingError as error:
                raise PublicationError.from_pooling(error) from None
