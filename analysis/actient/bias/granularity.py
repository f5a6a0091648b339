"""What the decimals of a printed percentage say about its sample size.

A percentage printed from n answers is k/n for a whole k, so most small n cannot give 55.6 %. This
is exact integer arithmetic: no float is ever compared. It says which n are *possible*, and only if
the figures share one denominator; it never says which n it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Literal, NamedTuple, get_args

from actient.bias.arguments import ArgumentError, whole
from actient.bias.interval import Interval

PrintedValue = float | str | Decimal
Rule = Literal["rounding", "truncation"]


def feasible_sample_sizes(
    printed: Sequence[tuple[PrintedValue, int]], up_to: int, rule: Rule = "rounding"
) -> tuple[int, ...]:
    """Every n up to a limit for which all printed percentages are k/n for some whole k.

    Parameters
    ----------
    printed : sequence of (value, decimals)
        Percentages as printed and how many decimals each shows: [(55.6, 1), (77.5, 1)].
    up_to : int
        Largest n examined, in persons; 1 or more.
    rule : {"rounding", "truncation"}
        How the figures were shortened; see `feasible_counts`.

    Returns
    -------
    tuple of int
        Increasing; empty if no n up to the limit fits.

    Raises
    ------
    ArgumentError
        If nothing is given, a value is not a percentage, shows more decimals than stated, or an
        argument is out of bounds.

    References
    ----------
    The GRIM test of Brown and Heathers, applied to percentages and turned round.
    """
    if not printed:
        raise ArgumentError("printed", list(printed), "at least one (value, decimals) pair")
    figures = [_PrintedShare.read(value, decimals, rule) for value, decimals in printed]
    sizes = range(1, whole("up_to", up_to, 1) + 1)
    return tuple(n for n in sizes if all(figure.counts(n) for figure in figures))


def feasible_counts(printed: PrintedValue, decimals: int, n: int, rule: Rule = "rounding") -> range:
    """Every whole count k for which k/n prints as the given percentage.

    Parameters
    ----------
    printed : float, str or Decimal
        The percentage as printed, in percent: 55.6.
    decimals : int
        How many decimals it shows, 0 or more.
    n : int
        Sample size, in persons; 1 or more.
    rule : {"rounding", "truncation"}
        Rounding is to the nearest, and a tie may have gone either way (conventions differ): k/n
        lies in [printed - half a unit, printed + half a unit]. Truncation drops digits: k/n lies
        in [printed, printed + one unit[.

    Returns
    -------
    range
        Consecutive counts, possibly none (an empty range is false).

    Raises
    ------
    ArgumentError
        If `printed` is not a percentage, shows more decimals than stated, or an argument is out
        of bounds.

    References
    ----------
    The GRIM test of Brown and Heathers.
    """
    return _PrintedShare.read(printed, decimals, rule).counts(whole("n", n, 1))


def always_feasible_from(printed: PrintedValue, decimals: int, rule: Rule = "rounding") -> int:
    """Smallest n from which that and every larger n can give the printed percentage.

    Parameters
    ----------
    printed : float, str or Decimal
        The percentage as printed, in percent.
    decimals : int
        How many decimals it shows.
    rule : {"rounding", "truncation"}
        See `feasible_counts`.

    Returns
    -------
    int
        Persons. From here on the decimals carry no information about n.

    Raises
    ------
    ArgumentError
        As `feasible_counts`.

    References
    ----------
    The GRIM test of Brown and Heathers.
    """
    figure = _PrintedShare.read(printed, decimals, rule)
    # From n = 1/unit on, multiples of 1/n are at most one unit apart: none can be missed.
    certain = int(1 / figure.unit)
    return next((n + 1 for n in range(certain, 0, -1) if not figure.counts(n)), 1)


def rounding_interval(printed: PrintedValue, decimals: int, rule: Rule = "rounding") -> Interval:
    """Shares that print as the given percentage: 42 stands for 0.415 to 0.425.

    Parameters
    ----------
    printed : float, str or Decimal
        The percentage as printed, in percent.
    decimals : int
        How many decimals it shows.
    rule : {"rounding", "truncation"}
        See `feasible_counts`.

    Returns
    -------
    Interval
        Proportions in [0, 1]. The upper limit itself is excluded under truncation (below 100 %).

    Raises
    ------
    ArgumentError
        As `feasible_counts`.
    """
    figure = _PrintedShare.read(printed, decimals, rule)
    return Interval(float(max(figure.low, Fraction(0))), float(min(figure.high, Fraction(1))))


class _PrintedShare(NamedTuple):
    """Exact limits of the shares behind a printed percentage."""

    low: Fraction
    high: Fraction
    high_included: bool
    unit: Fraction

    @classmethod
    def read(cls, printed: PrintedValue, decimals: int, rule: Rule) -> _PrintedShare:
        unit = Fraction(1, 100 * 10 ** whole("decimals", decimals, 0))
        share = _exact_share(printed)
        if share % unit:
            raise ArgumentError("printed", printed, f"a percentage with {decimals} decimals")
        if rule not in get_args(Rule):
            raise ArgumentError("rule", rule, f"one of {', '.join(get_args(Rule))}")
        if rule == "truncation":
            return cls(share, share + unit, False, unit)
        return cls(share - unit / 2, share + unit / 2, True, unit)

    def counts(self, n: int) -> range:
        first = _ceiling(self.low * n)
        last = self.high * n // 1 if self.high_included else _ceiling(self.high * n) - 1
        return range(max(first, 0), min(last, n) + 1)


def _exact_share(printed: PrintedValue) -> Fraction:
    try:
        percent = Decimal(str(printed))  # as it reads: 55.6, not the binary number next to it
    except InvalidOperation:
        percent = Decimal("NaN")
    if not (percent.is_finite() and 0 <= percent <= 100):
        raise ArgumentError("printed", printed, "a percentage in [0, 100]")
    return Fraction(percent) / 100


def _ceiling(number: Fraction) -> int:
    return -(-number // 1)
