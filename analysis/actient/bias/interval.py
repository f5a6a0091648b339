"""An interval of numbers, whatever it stands for: bounds, confidence limits, quantiles."""

from __future__ import annotations

from typing import NamedTuple

from actient.bias.arguments import Numbers


class Interval(NamedTuple):
    """Two limits, in the unit of the quantity they bound.

    Attributes
    ----------
    low, high : float or ndarray
        Lower and upper limit, of one shape.
    """

    low: Numbers
    high: Numbers

    @property
    def width(self) -> Numbers:
        """Upper limit minus lower limit."""
        return self.high - self.low
