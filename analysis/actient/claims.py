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

PERCENT = "percent"
NOT_STATED = "not stated"
NOT_STATED_FR = "non précisée"


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
    quote
        The poster's own words.
    section
        Where on the poster it is printed.
    verdict
        What was found about its source, as a code.
    eligibility
        ``eligible`` for the bias analysis, or why it is not.
    """

    claim_id: str
    value: float
    unit: str
    decimals: int
    population: str
    population_fr: str
    population_en: str
    period: str
    quote: str
    section: str
    label_fr: str
    label_en: str
    verdict: str
    verdict_fr: str
    verdict_en: str
    eligibility: str
    note_fr: str
    note_en: str

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

    def label(self, lang: Lang) -> str:
        """Return the short name of the figure."""
        return self.label_fr if lang == "fr" else self.label_en

    def verdict_text(self, lang: Lang) -> str:
        """Return what was found about the figure's source, in one sentence or two."""
        return self.verdict_fr if lang == "fr" else self.verdict_en

    def note(self, lang: Lang) -> str:
        """Return what to keep in mind when reading the figure."""
        return self.note_fr if lang == "fr" else self.note_en

    def population_text(self, lang: Lang) -> str:
        """Return the population as printed, or that it is not stated."""
        return self.population_fr if lang == "fr" else self.population_en

    def period_text(self, lang: Lang) -> str:
        """Return the period as printed, or that it is not stated."""
        return NOT_STATED_FR if lang == "fr" and self.period == NOT_STATED else self.period

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
    target_population
        Key of the population the statement is about.
    unit_counted
        Key of what is counted: people, searches, consultations, or not stated.
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
    text_fr: str
    text_en: str
    target_population: str
    target_fr: str
    target_en: str
    unit_counted: str
    unit_counted_fr: str
    unit_counted_en: str
    direction: str
    threshold: float
    reading: str
    biases: tuple[str, ...]
    note_fr: str
    note_en: str

    def text(self, lang: Lang) -> str:
        """Return the statement, as a sentence."""
        return self.text_fr if lang == "fr" else self.text_en

    def target(self, lang: Lang) -> str:
        """Return the population it is about, in words."""
        return self.target_fr if lang == "fr" else self.target_en

    def unit_text(self, lang: Lang) -> str:
        """Return what is counted, in words."""
        return self.unit_counted_fr if lang == "fr" else self.unit_counted_en

    def note(self, lang: Lang) -> str:
        """Return what to keep in mind when reading the statement."""
        return self.note_fr if lang == "fr" else self.note_en

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
    label_fr: str
    label_en: str
    note_fr: str
    note_en: str

    def label(self, lang: Lang) -> str:
        """Return the item in words, spelling put right."""
        return self.label_fr if lang == "fr" else self.label_en

    def note(self, lang: Lang) -> str:
        """Return what to keep in mind; empty where there is nothing to say."""
        return self.note_fr if lang == "fr" else self.note_en


def load_claims(paths: Paths | None = None) -> dict[str, Claim]:
    """Load the sixteen figures, by identifier, in the poster's order.

    Parameters
    ----------
    paths
        The checkout to read from; by default the one around the current folder.
    """
    frame = tables.read("claims", paths)
    return {
        str(row["claim_id"]): Claim(
            claim_id=row["claim_id"],
            value=float(row["value"]),
            unit=row["unit"],
            decimals=int(row["decimals"]),
            population=row["population"],
            population_fr=row["population_fr"],
            population_en=row["population_en"],
            period=row["period"],
            quote=row["quote"],
            section=row["section"],
            label_fr=row["label_fr"],
            label_en=row["label_en"],
            verdict=row["verdict"],
            verdict_fr=row["verdict_fr"],
            verdict_en=row["verdict_en"],
            eligibility=row["eligibility"],
            note_fr=row["note_fr"],
            note_en=row["note_en"],
        )
        for row in frame.to_dict("records")
    }


def load_statements(paths: Paths | None = None) -> dict[str, Statement]:
    """Load the statements that the eligible figures let us test, by identifier.

    Parameters
    ----------
    paths
        The checkout to read from; by default the one around the current folder.
    """
    frame = tables.read("statements", paths)
    return {
        str(row["statement_id"]): Statement(
            statement_id=row["statement_id"],
            claim_id=row["claim_id"],
            text_fr=row["text_fr"],
            text_en=row["text_en"],
            target_population=row["target_population"],
            target_fr=row["target_fr"],
            target_en=row["target_en"],
            unit_counted=row["unit_counted"],
            unit_counted_fr=row["unit_counted_fr"],
            unit_counted_en=row["unit_counted_en"],
            direction=row["direction"],
            threshold=float(row["threshold"]),
            reading=row["reading"],
            biases=tuple(row["biases"].split(";")),
            note_fr=row["note_fr"],
            note_en=row["note_en"],
        )
        for row in frame.to_dict("records")
    }


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
    frame = tables.read("outline", paths)
    known = [str(value) for value in frame["kind"].unique()]
    if kind not in known:
        raise UnknownKindError.from_kind(kind, known)
    absent_to_none = frame.astype(object).where(frame.notna(), None)
    return tuple(
        OutlineItem(
            item_id=row["item_id"],
            kind=row["kind"],
            position=int(row["position"]),
            parent_id=row["parent_id"],
            quote=row["quote"],
            label_fr=row["label_fr"],
            label_en=row["label_en"],
            note_fr=row["note_fr"] or "",
            note_en=row["note_en"] or "",
        )
        for row in absent_to_none.to_dict("records")
        if row["kind"] == kind
    )


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
