"""The model that every program of the benchmark computes, as plain numbers."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields
from typing import NamedTuple

ThreePoints = tuple[float, float, float]


@dataclass(frozen=True)
class Model:
    """One probabilistic bias analysis: an observed share and the laws of its biases.

    Attributes
    ----------
    share : float
        Observed share, in proportion.
    n : float
        Sample size assumed, in persons; the poster states none.
    sensitivity, specificity, coverage, difference : tuple of float
        Lowest, likeliest and highest value of triangular laws, in proportion.
    selection_ratio : tuple of float
        Median and upper 95 % limit of a log-normal law.
    """

    share: float
    n: float = 400
    sensitivity: ThreePoints = (0.85, 0.95, 1.0)
    specificity: ThreePoints = (0.70, 0.85, 0.98)
    selection_ratio: tuple[float, float] = (1.0, 2.0)
    coverage: ThreePoints = (0.58, 0.86, 0.89)
    difference: ThreePoints = (-0.20, -0.05, 0.10)

    def arguments(self) -> list[str]:
        """Write the model for a command line: its numbers, one after the other."""
        numbers: list[float] = []
        for value in astuple(self):
            numbers.extend(value if isinstance(value, tuple) else (value,))
        return [repr(float(number)) for number in numbers]

    @classmethod
    def from_arguments(cls, arguments: list[str]) -> Model:
        """Read what `arguments` wrote.

        Raises
        ------
        ValueError
            If there are not as many numbers as the model has.
        """
        numbers = [float(text) for text in arguments]
        expected = len(cls(0.0).arguments())
        if len(numbers) != expected:
            raise ValueError(f"The model has {expected} numbers; {len(numbers)} were given.")
        values: list[float | tuple[float, ...]] = []
        for field in fields(cls):
            size = {"share": 1, "n": 1, "selection_ratio": 2}.get(field.name, 3)
            taken, numbers = numbers[:size], numbers[size:]
            values.append(taken[0] if size == 1 else tuple(taken))
        return cls(*values)  # type: ignore[arg-type]


class Run(NamedTuple):
    """How one process computes the model.

    Attributes
    ----------
    draws : int
        Draws made.
    chunk : int
        Draws held in memory at a time, where the program works in chunks.
    seed : int
        Seed of its random numbers.
    """

    draws: int
    chunk: int
    seed: int
