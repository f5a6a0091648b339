"""Disclosure control: no published figure, nor any set of them, tells a small count.

The rule has two halves. *Primary*: a statistic appears only if its numerator, its complement and
its base each reach the threshold; a count of 0 does not, since it says that nobody gave an answer.
*Joint*: an attacker who knows everything published, every table link, every weight and the size
of every weighting cell is left with an interval at least `protection` wide (the threshold, unless
told otherwise) around each count that must not be told. As counts are not negative, such an
interval always reaches the threshold: no one can even prove from the figures that the count is
below it. Any other suppressed count keeps at least two possible values.

The attacker here reasons on figures. Three things are left to those who publish: the reasons for
a suppression stay unpublished (“this one is small” is itself a figure); an attacker who knows
some respondents personally is what the threshold, not the audit, is for; and two releases made of
overlapping responses are one release, to be protected together.
"""

from actient.survey.disclosure.audit import AuditReport, Exposure, audit, forbidden_small
from actient.survey.disclosure.cells import (
    THRESHOLD,
    Cell,
    Estimate,
    Fragment,
    Relation,
    Release,
    ReleaseError,
)
from actient.survey.disclosure.linking import difference, overlap, partition, weighting_cells
from actient.survey.disclosure.revealed import published_interval, published_share
from actient.survey.disclosure.suppression import (
    Kind,
    Protected,
    Suppression,
    UnprotectableError,
    protect,
)

__all__ = [
    "THRESHOLD",
    "AuditReport",
    "Cell",
    "Estimate",
    "Exposure",
    "Fragment",
    "Kind",
    "Protected",
    "Relation",
    "Release",
    "ReleaseError",
    "Suppression",
    "UnprotectableError",
    "audit",
    "difference",
    "forbidden_small",
    "overlap",
    "partition",
    "protect",
    "published_interval",
    "published_share",
    "weighting_cells",
]
