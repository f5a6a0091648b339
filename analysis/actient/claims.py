"""Claims: the poster's sixteen figures, the statements they let us test, the rest of its words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from actient import tables
from actient.locale import Lang, Unit
from actient.paths import Paths
from actient.records import Record
from actient.tables import Worded
from actient.words import translator

PERCENT = "percent"
NOT_STATED = "not stated"


class ClaimUnitError(ValueError):
    """A proportion was asked of a figure that is not a percentage."""

    @classmethod
    def from_claim(cls, claim: Claim) -> ClaimUnitError:
        """Name the figure and its unit."""
        return cls(
            f"{claim.claim_id} is a figure in {claim.unit}, not a percentage: "
            "it has no proportion. "
            f"Use its value ({claim.value:g}), or a figure whose unit is {PERCENT}."
        )


class StatementMismatchError(ValueError):
    """A statement was put beside a figure it does not rest on."""

    @classmethod
    def from_pair(cls, statement: Statement, claim: Claim) -> StatementMismatchError:
        """Name both, and the figure expected."""
        return cls(
            f"{statement.statement_id} rests on {statement.claim_id}, not on {claim.claim_id}: "
            f"give it the figure {statement.claim_id}."
        )


class ShareRangeError(ValueError):
    """A share outside [0, 1]."""

    @classmethod
    def from_share(cls, share: float) -> ShareRangeError:
        """Say what was given and what is expected."""
        return cls(f"A share is a proportion between 0 and 1, not {share!r} (42% is 0.42).")


class UnknownKindError(LookupError):
    """No item of the poster's outline is of this kind."""

    @classmethod
    def from_kind(cls, kind: str, known: list[str]) -> UnknownKindError:
        """Name the kind asked for and list the kinds there are."""
        return cls(f"No outline item of kind {kind!r}. Known kinds: {', '.join(known)}.")


@dataclass(frozen=True)
class Claim:
    """One figure printed on the poster: a row of `data/poster/claims.csv`.

    Attributes
    ----------
    claim_id
        C01 to C16, in the poster's order.
    value
        The value as printed; durations in minutes.
    unit
        percent, minutes per day, appointments or likes.
    decimals
        Decimals as printed.
    population, period
        As printed, or "not stated".
    label, note
        Its short name; what to keep in mind when reading it.
    quote
        The poster's own words.
    section
        Where on the poster it is printed.
    verdict, verdict_text
        What was found about its source, as a code and in a sentence or two.
    eligibility
        ``eligible`` for the bias analysis, or why it is not.
    """

    claim_id: str
    value: float
    unit: str
    decimals: int
    population: str
    population_text: Worded
    period: str
    quote: str
    section: str
    label: Worded
    verdict: str
    verdict_text: Worded
    eligibility: str
    note: Worded

    @property
    def eligible(self) -> bool:
        """Whether a statement about a population can be tested on this figure."""
        return self.eligibility == "eligible"

    @property
    def proportion(self) -> float:
        """The printed percentage as a proportion: value / 100.

        Raises
        ------
        ClaimUnitError
            If the figure is not a percentage.
        """
        return float(self._percent() / 100)

    @property
    def rounding_interval(self) -> tuple[float, float]:
        """The proportions that print as this figure: value ± half a unit of its last decimal.

        Rounding to the nearest is assumed; the interval is clipped to [0, 1].

        Raises
        ------
        ClaimUnitError
            If the figure is not a percentage.
        """
        half = Decimal(1).scaleb(-self.decimals) / 2
        low = max(self._percent() - half, Decimal(0))
        high = min(self._percent() + half, Decimal(100))
        return float(low / 100), float(high / 100)

    def period_text(self, lang: Lang) -> str:
        """Return the period as printed, or that it is not stated."""
        _ = translator(lang)
        return _("non précisée") if self.period == NOT_STATED else self.period

    def _percent(self) -> Decimal:
        if self.unit != PERCENT:
            raise ClaimUnitError.from_claim(self)
        return Decimal(str(self.value))  # the printed decimal digits, not their binary neighbour


@dataclass(frozen=True)
class Statement:
    """What an eligible figure lets us test: a row of `data/poster/statements.csv`.

    The threshold is our reading: the poster sets none.

    Attributes
    ----------
    statement_id
        T and the number of its claim: T11 is what C11 lets us test.
    claim_id
        The figure it rests on.
    target_population, target
        The population the statement is about, as a key and in words.
    unit_counted, unit_counted_text
        What is counted, as a key and in words: people, searches, consultations, or not stated.
    direction
        ``above`` or ``below`` the threshold.
    threshold
        A proportion.
    reading
        Whose reading it is: ``ours``.
    biases
        The biases that may act on it.
    """

    statement_id: str
    claim_id: str
    text: Worded
    target_population: str
    target: Worded
    unit_counted: str
    unit_counted_text: Worded
    direction: str
    threshold: float
    reading: str
    biases: tuple[str, ...]
    note: Worded

    def holds(self, share: float) -> bool:
        """Tell whether the statement is true of a share of its population.

        The comparison is strict: at the threshold itself, no statement holds.

        Parameters
        ----------
        share
            A proportion, 0 to 1.

        Raises
        ------
        ShareRangeError
            If `share` is not a proportion.
        """
        if not 0 <= share <= 1:  # written so that "not a number" fails too
            raise ShareRangeError.from_share(share)
        return share > self.threshold if self.direction == "above" else share < self.threshold

    def worst_end(self, claim: Claim) -> float:
        """Give the end of the claim's rounding interval that is least favourable to the statement.

        Parameters
        ----------
        claim
            The figure that the statement rests on.

        Returns
        -------
        float
            A proportion: the lower end for ``above``, the upper end for ``below``.

        Raises
        ------
        StatementMismatchError
            If the statement rests on another figure.
        """
        if claim.claim_id != self.claim_id:
            raise StatementMismatchError.from_pair(self, claim)
        low, high = claim.rounding_interval
        return low if self.direction == "above" else high


@dataclass(frozen=True)
class OutlineItem:
    """One of the poster's other items: a row of `data/poster/outline.csv`."""

    item_id: str
    kind: str
    position: int
    parent_id: str | None
    quote: str
    label: Worded
    note: Worded


def load_claims(paths: Paths | None = None) -> dict[str, Claim]:
    """Load the sixteen figures, by identifier, in the poster's order.

    Parameters
    ----------
    paths
        The checkout to read from; by default the one around the current folder.
    """
    return {claim.claim_id: claim for claim in tables.rows("claims", Claim, paths)}


def load_statements(paths: Paths | None = None) -> dict[str, Statement]:
    """Load the statements that the eligible figures let us test, by identifier.

    Parameters
    ----------
    paths
        The checkout to read from; by default the one around the current folder.
    """
    listed = tables.rows("statements", Statement, paths)
    return {statement.statement_id: statement for statement in listed}


def load_outline(kind: str, paths: Paths | None = None) -> tuple[OutlineItem, ...]:
    """Load the poster's other items of one kind, in its order.

    Parameters
    ----------
    kind
        title, author, context, objective, method, method_part, instrument, transition,
        discussion, perspective or indicator.
    paths
        The checkout to read from; by default the one around the current folder.

    Raises
    ------
    UnknownKindError
        If no item is of this kind.
    """
    items = tables.rows("outline", OutlineItem, paths)
    known = list(dict.fromkeys(item.kind for item in items))
    if kind not in known:
        raise UnknownKindError.from_kind(kind, known)
    return tuple(item for item in items if item.kind == kind)


def printed(claims: Iterable[Claim]) -> list[Record]:
    """State figures as the poster prints them: percentages as proportions, the rest in their unit.

    Parameters
    ----------
    claims
        The figures; each is recorded under its identifier.
    """
    return [
        Record(
            key=claim.claim_id,
            value=claim.proportion if claim.unit == PERCENT else claim.value,
            unit="proportion" if claim.unit == PERCENT else cast(Unit, claim.unit),
            origin="printed",
        )
        for claim in claims
    ]
