"""Laws that an uncertain assumption may follow: small, frozen, drawn from by the simulation."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from typing import ClassVar, Protocol

import numpy as np

from actient.bias.arguments import ArgumentError, FloatArray, positive, real

_UPPER_TAIL_Z = 1.959963984540054  # 97.5 % quantile of the standard normal law
_CALL = re.compile(r"\s*([a-z]+)\s*\(([^()]*)\)\s*")


class Law(Protocol):
    """A law of probability of one assumption."""

    @property
    def support(self) -> tuple[float, float]:
        """Least and greatest value, or the limits that it comes near without bound."""

    def draw(self, rng: np.random.Generator, size: int) -> FloatArray:
        """Draw `size` values. Draws in two calls are the draws of one call, cut in two."""


LawSpecification = Law | float | str | Sequence[str | float]


def parse_law(specification: LawSpecification) -> Law:
    """Read a law from a parameter file, a command line or a notebook cell.

    Parameters
    ----------
    specification : Law, float, str or sequence
        A law (returned as it is), a number (a constant), a text such as
        "triangular(0.7, 0.85, 0.98)", or its name followed by its parameters:
        ["triangular", 0.7, 0.85, 0.98]. Names and parameters: constant(value), uniform(low,
        high), triangular(low, mode, high), trapezoidal(low, lower_mode, upper_mode, high),
        beta(a, b), lognormal(median, upper).

    Returns
    -------
    Law
        Its `str` is a text that this function reads back.

    Raises
    ------
    ArgumentError
        If the name is unknown, a parameter is no number, or there are too many or too few.
    """
    if isinstance(specification, _Concrete):
        return specification
    if isinstance(specification, (int, float)) and not isinstance(specification, bool):
        return Constant(float(specification))
    name, parameters = _name_and_parameters(specification)
    law = LAWS[name]
    names = [field.name for field in fields(law)]
    if len(parameters) != len(names):
        raise ArgumentError("law", specification, f"{name}({', '.join(names)})")
    return law(*parameters)


@dataclass(frozen=True)
class _Named:
    """What all laws share: a name, and a text that reads back."""

    name: ClassVar[str]

    def __str__(self) -> str:
        return f"{self.name}({', '.join(str(value) for value in astuple(self))})"


@dataclass(frozen=True)
class Constant(_Named):
    """One value, without doubt.

    Attributes
    ----------
    value : float
        The value.
    """

    name: ClassVar[str] = "constant"
    value: float

    def __post_init__(self) -> None:
        """Check that the value is a finite number."""
        real("constant value", self.value)

    @property
    def support(self) -> tuple[float, float]:
        """The value, twice."""
        return (self.value, self.value)

    def draw(self, rng: np.random.Generator, size: int) -> FloatArray:
        """Return `size` copies of the value; no random number is used."""
        return np.full(size, float(self.value))


@dataclass(frozen=True)
class Uniform(_Named):
    """Every value between two limits alike.

    Attributes
    ----------
    low, high : float
        Limits, low below high.
    """

    name: ClassVar[str] = "uniform"
    low: float
    high: float

    def __post_init__(self) -> None:
        """Check the order of the limits."""
        _in_order(self)

    @property
    def support(self) -> tuple[float, float]:
        """The two limits."""
        return (self.low, self.high)

    def draw(self, rng: np.random.Generator, size: int) -> FloatArray:
        """Draw `size` values."""
        return rng.uniform(self.low, self.high, size)


@dataclass(frozen=True)
class Triangular(_Named):
    """A most likely value and two limits.

    Attributes
    ----------
    low, mode, high : float
        Limits and most likely value, in order; low below high.
    """

    name: ClassVar[str] = "triangular"
    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        """Check the order of the values."""
        _in_order(self)

    @property
    def support(self) -> tuple[float, float]:
        """The two limits."""
        return (self.low, self.high)

    def draw(self, rng: np.random.Generator, size: int) -> FloatArray:
        """Draw `size` values."""
        return rng.triangular(self.low, self.mode, self.high, size)


@dataclass(frozen=True)
class Trapezoidal(_Named):
    """A range of equally likely values, thinning out to two limits.

    Attributes
    ----------
    low, lower_mode, upper_mode, high : float
        Limits and ends of the most likely range, in order; low below high.
    """

    name: ClassVar[str] = "trapezoidal"
    low: float
    lower_mode: float
    upper_mode: float
    high: float

    def __post_init__(self) -> None:
        """Check the order of the values."""
        _in_order(self)

    @property
    def support(self) -> tuple[float, float]:
        """The two limits."""
        return (self.low, self.high)

    def draw(self, rng: np.random.Generator, size: int) -> FloatArray:
        """Draw `size` values, by inverting the distribution function."""
        rise = self.lower_mode - self.low
        fall = self.high - self.upper_mode
        plateau = self.upper_mode - self.lower_mode
        # Twice the area under a trapezoid of height 1, walked through from left to right.
        area = rng.random(size) * (rise + 2 * plateau + fall)
        rest = rise + 2 * plateau + fall - area
        rising = self.low + np.sqrt(rise * area)
        level = self.lower_mode + (area - rise) / 2
        falling = self.high - np.sqrt(fall * np.maximum(rest, 0))
        return np.where(area < rise, rising, np.where(rest > fall, level, falling))


@dataclass(frozen=True)
class Beta(_Named):
    """A proportion known as if from a - 1 yes and b - 1 no.

    Attributes
    ----------
    a, b : float
        Shapes, above 0.
    """

    name: ClassVar[str] = "beta"
    a: float
    b: float

    def __post_init__(self) -> None:
        """Check that both shapes are above 0."""
        positive("beta a", self.a)
        positive("beta b", self.b)

    @property
    def support(self) -> tuple[float, float]:
        """0 and 1."""
        return (0.0, 1.0)

    def draw(self, rng: np.random.Generator, size: int) -> FloatArray:
        """Draw `size` values."""
        return rng.beta(self.a, self.b, size)


@dataclass(frozen=True)
class LogNormal(_Named):
    """A ratio, as likely to be so many times larger as so many times smaller.

    Attributes
    ----------
    median : float
        Median, above 0.
    upper : float
        Upper limit of the central 95 % of the values, above the median. The lower limit is then
        median²/upper: lognormal(1, 2) has its central 95 % in [0.5, 2].
    """

    name: ClassVar[str] = "lognormal"
    median: float
    upper: float

    def __post_init__(self) -> None:
        """Check that 0 < median < upper."""
        positive("lognormal median", self.median)
        positive("lognormal upper", self.upper)
        _in_order(self)

    @property
    def support(self) -> tuple[float, float]:
        """0 and infinity."""
        return (0.0, math.inf)

    @property
    def sigma(self) -> float:
        """Standard deviation of the logarithm."""
        return math.log(self.upper / self.median) / _UPPER_TAIL_Z

    def draw(self, rng: np.random.Generator, size: int) -> FloatArray:
        """Draw `size` values."""
        return rng.lognormal(math.log(self.median), self.sigma, size)


_Concrete = Constant | Uniform | Triangular | Trapezoidal | Beta | LogNormal

LAWS: dict[str, type[_Concrete]] = {
    "constant": Constant,
    "uniform": Uniform,
    "triangular": Triangular,
    "trapezoidal": Trapezoidal,
    "beta": Beta,
    "lognormal": LogNormal,
}
"""The laws by the name that `parse_law` reads."""


def _in_order(law: _Named) -> None:
    values = astuple(law)
    real(f"{law.name} parameter", values)
    if list(values) != sorted(values) or values[0] == values[-1]:
        expected = f"{' ≤ '.join(field.name for field in fields(law))}, the first below the last"
        raise ArgumentError(f"{law.name} parameters", values, expected)


def _name_and_parameters(specification: object) -> tuple[str, list[float]]:
    expected = f"a number, or one of {', '.join(LAWS)} with its parameters"
    if isinstance(specification, str):
        call = _CALL.fullmatch(specification)
        parts: list[object] = [call[1], *call[2].split(",")] if call else [specification]
    elif isinstance(specification, Sequence) and specification:
        parts = list(specification)
    else:
        raise ArgumentError("law", specification, expected)
    name, *rest = parts
    if not (isinstance(name, str) and name in LAWS):
        raise ArgumentError("law", specification, expected)
    try:
        return name, [float(str(value)) for value in rest]
    except ValueError:
        raise ArgumentError("law", specification, f"{name} with numbers for parameters") from None
