"""Known shares of a target population, and what can be wrong between them and a sample."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from actient.bias.arguments import FloatArray

IntArray = NDArray[np.int64]

_SHARES_TOLERANCE = 1e-6


class WeightingError(ValueError):
    """Sample and margins cannot be brought together."""

    @classmethod
    def not_one_each(cls, codes: int, margins: int) -> WeightingError:
        """Say how many variables were coded and how many have a target."""
        return cls(
            f"{codes} variables are coded and {margins} margins given; expected one array of codes "
            "for each margin, in the same order, and at least one."
        )

    @classmethod
    def unequal_lengths(cls, margin: Margin, found: int, expected: int) -> WeightingError:
        """Name the variable that codes another number of respondents."""
        return cls(
            f"{margin.name}: {found} respondents are coded, {expected} for the first variable. "
            "Expected the same respondents, in the same order, for every variable, at least one."
        )

    @classmethod
    def not_codes(cls, margin: Margin, given: NDArray[np.generic]) -> WeightingError:
        """Name the variable that is not an array of whole numbers."""
        return cls(
            f"{margin.name}: codes of type {given.dtype} and shape {given.shape}; expected one "
            "whole number for each respondent, the place (from 0) of a label."
        )

    @classmethod
    def unknown_category(cls, margin: Margin, codes: IntArray) -> WeightingError:
        """Name the variable, the first code without a label, and how many have one."""
        unknown = np.flatnonzero((codes < 0) | (codes >= len(margin.labels)))
        known = ", ".join(f"{code} ({label})" for code, label in enumerate(margin.labels))
        return cls(
            f"{margin.name}: code {codes[unknown[0]]} at place {unknown[0]} (from 0) has no label "
            f"({unknown.size} of {codes.size} respondents are in this case); expected one of "
            f"{known}. Add the category and its target share, or leave these respondents out."
        )

    @classmethod
    def nobody(cls, margin: Margin, category: int) -> WeightingError:
        """Name the category that has a target and no respondent."""
        return cls(
            f"{margin.name}: nobody in the sample is “{margin.labels[category]}”, whose target "
            f"share is {margin.shares[category]:g}; no weight can stand for them. Merge this "
            "category with a neighbour, in the sample and in the target."
        )

    @classmethod
    def nobody_wanted(cls, margin: Margin, category: int, people: int) -> WeightingError:
        """Name the category that has respondents and a target of 0."""
        return cls(
            f"{margin.name}: the target share of “{margin.labels[category]}” is 0, and the sample "
            f"has {people} in it. Leave them out of the weighting if they are outside the target "
            "population, or correct the target share."
        )

    @classmethod
    def bad_margin(cls, name: str, problem: str, expected: str) -> WeightingError:
        """Name the variable whose target is no distribution."""
        return cls(f"{name}: {problem}; expected {expected}. Correct the target shares.")

    @classmethod
    def missed(
        cls, margin: Margin, sample: FloatArray, reached: FloatArray, largest_ratio: float
    ) -> WeightingError:
        """Name the category that stays farthest from its target, and what it would take."""
        lacking = np.asarray(margin.shares) - reached
        category = int(np.argmax(np.abs(lacking) + 1e-6 * (lacking > 0)))  # of two, who lacks
        target, share = margin.shares[category], float(sample[category])
        limited = np.isfinite(largest_ratio)
        any_weight = (
            f"weights of at most {largest_ratio:g} times the mean" if limited else "weights"
        )
        why = (
            f"{share:.3g} of the respondents are in it, so that each would have to weigh "
            f"{target / share:.3g} times the mean"
            if target > share * largest_ratio
            else "some combination of categories that the targets need has too few respondents"
        )
        return cls(
            f"{margin.name}: “{margin.labels[category]}” reaches a weighted share of "
            f"{reached[category]:.3g} for a target of {target:.3g}, the nearest that {any_weight} "
            f"come to: {why}. Merge this category with a neighbour, raise the limit "
            "(--largest-weight), or leave this question out of the margins."
        )


@dataclass(frozen=True)
class Margin:
    """Known shares of the categories of one variable in the target population.

    Attributes
    ----------
    name : str
        The variable, for errors.
    labels : tuple of str
        Its categories, in the order of their codes 0, 1, …
    shares : tuple of float
        Target share of each, in proportion; together 1 within 1e-6.

    Raises
    ------
    WeightingError
        If labels and shares do not pair up, or the shares are no distribution.
    """

    name: str
    labels: tuple[str, ...]
    shares: tuple[float, ...]

    def __post_init__(self) -> None:
        """Check that the shares are a distribution over the labels."""
        if len(self.labels) != len(self.shares) or not self.labels:
            counts = f"{len(self.labels)} labels and {len(self.shares)} shares"
            raise WeightingError.bad_margin(self.name, counts, "as many, and at least one")
        for label, share in zip(self.labels, self.shares, strict=True):
            if not 0 <= share <= 1:
                problem = f"the target share of “{label}” is {share:g}"
                raise WeightingError.bad_margin(self.name, problem, "a number in [0, 1]")
        total = sum(self.shares)
        if abs(total - 1) > _SHARES_TOLERANCE:
            problem = f"the target shares add up to {total:.8g}"
            raise WeightingError.bad_margin(self.name, problem, "1, within 1e-6")
