"""Checks at the door: an impossible argument is an error that says which, and what is allowed."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
Numbers = float | FloatArray
"""What estimators return: a float when every argument was a scalar, else an array."""
Flags = bool | NDArray[np.bool_]
"""The same for yes or no."""


class ArgumentError(ValueError):
    """An argument has an impossible value.

    Parameters
    ----------
    argument : str
        Name of the argument, or names joined by " + " when they conflict with one another.
    value : object
        What was given (for an array: its first impossible element).
    expected : str
        What is allowed, as words that follow "expected".
    """

    def __init__(self, argument: str, value: object, expected: str) -> None:
        super().__init__(argument, value, expected)
        self.argument = argument
        self.value = value
        self.expected = expected

    def __str__(self) -> str:
        """Return one sentence: the argument, its value, what was expected."""
        return f"{self.argument} is {self.value!r}; expected {self.expected}."


def real(name: str, value: ArrayLike) -> FloatArray:
    """Return `value` as a float array.

    Raises
    ------
    ArgumentError
        If an element is not a finite real number.
    """
    return between(name, value, -math.inf, math.inf, low_open=True, high_open=True)


def positive(name: str, value: ArrayLike) -> FloatArray:
    """Return `value` as a float array of finite numbers above 0.

    Raises
    ------
    ArgumentError
        If an element is not.
    """
    return between(name, value, 0, math.inf, low_open=True, high_open=True)


def not_negative(name: str, value: ArrayLike) -> FloatArray:
    """Return `value` as a float array of finite numbers, 0 or more.

    Raises
    ------
    ArgumentError
        If an element is not.
    """
    return between(name, value, 0, math.inf, high_open=True)


def proportion(name: str, value: ArrayLike) -> FloatArray:
    """Return `value` as a float array of numbers in [0, 1].

    Raises
    ------
    ArgumentError
        If an element is not.
    """
    return between(name, value, 0, 1)


def positive_proportion(name: str, value: ArrayLike) -> FloatArray:
    """Return `value` as a float array of numbers in ]0, 1].

    Raises
    ------
    ArgumentError
        If an element is not.
    """
    return between(name, value, 0, 1, low_open=True)


def inner_proportion(name: str, value: ArrayLike) -> FloatArray:
    """Return `value` as a float array of numbers in ]0, 1[.

    Raises
    ------
    ArgumentError
        If an element is not.
    """
    return between(name, value, 0, 1, low_open=True, high_open=True)


def between(
    name: str,
    value: ArrayLike,
    low: float,
    high: float,
    *,
    low_open: bool = False,
    high_open: bool = False,
) -> FloatArray:
    """Return `value` as a float array of numbers from `low` to `high`.

    Parameters
    ----------
    name : str
        Name of the argument, for the error.
    value : ArrayLike
        What was given. Text, booleans and missing values are refused, not converted.
    low, high : float
        Bounds, infinite where there is none.
    low_open, high_open : bool
        Whether the bound itself is excluded.

    Raises
    ------
    ArgumentError
        If an element is not a number (NaN included) or is out of bounds.
    """
    numbers = _numbers(name, value)
    above = numbers > low if low_open else numbers >= low
    below = numbers < high if high_open else numbers <= high
    require(name, numbers, above & below, _bounds(low, high, low_open, high_open))
    return numbers


def require(name: str, value: FloatArray, holds: NDArray[np.bool_], expected: str) -> None:
    """Check that a condition holds for every element.

    Parameters
    ----------
    name : str
        Name of the argument, for the error.
    value : ndarray
        Its elements; broadcast to the condition, so that the error can show the first bad one.
    holds : ndarray of bool
        The condition. NaN compares false, hence fails any condition.
    expected : str
        What is allowed.

    Raises
    ------
    ArgumentError
        If it does not.
    """
    if not np.all(holds):
        elements = np.broadcast_to(value, np.shape(holds))
        raise ArgumentError(name, float(elements[~np.asarray(holds)][0]), expected)


def together(**arguments: FloatArray) -> None:
    """Check that arrays broadcast with one another.

    Raises
    ------
    ArgumentError
        If they do not; it shows the shape of each.
    """
    shapes = {name: np.shape(array) for name, array in arguments.items()}
    try:
        np.broadcast_shapes(*shapes.values())
    except ValueError:
        raise ArgumentError(" + ".join(shapes), shapes, "shapes that broadcast together") from None


def plain(result: FloatArray) -> Numbers:
    """Return a Python float if all arguments were scalars, the array itself otherwise."""
    return float(result) if np.ndim(result) == 0 else result


def plain_flag(result: NDArray[np.bool_]) -> Flags:
    """Return a Python bool if all arguments were scalars, the array itself otherwise."""
    return bool(result) if np.ndim(result) == 0 else result


def whole(name: str, value: int, low: int) -> int:
    """Return `value` if it is a whole number, `low` or more (no arrays).

    Raises
    ------
    ArgumentError
        If it is not.
    """
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < low:
        raise ArgumentError(name, value, f"a whole number, {low} or more")
    return int(value)


def _numbers(name: str, value: ArrayLike) -> FloatArray:
    try:
        array = np.asarray(value)
    except ValueError:
        raise ArgumentError(name, value, "numbers in rows of equal length") from None
    if array.dtype.kind not in "iuf" and array.size:
        raise ArgumentError(name, value, "a number, or an array of numbers without gaps")
    return array.astype(np.float64)


def _bounds(low: float, high: float, low_open: bool, high_open: bool) -> str:
    if math.isinf(low) and math.isinf(high):
        return "a finite number"
    if math.isinf(high):
        return f"a finite number {'above' if low_open else 'not below'} {low:g}"
    return f"a number in {']' if low_open else '['}{low:g}, {high:g}{'[' if high_open else ']'}"
