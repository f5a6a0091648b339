"""The standard normal distribution, typed."""

from __future__ import annotations

import numpy as np
from scipy import special

from actient.bias.arguments import FloatArray


def cumulative(quantile: FloatArray) -> FloatArray:
    """Probability that a standard normal variable is at most `quantile`."""
    return np.asarray(special.ndtr(quantile))


def quantile(probability: FloatArray) -> FloatArray:
    """Value that a standard normal variable stays below with this probability, in ]0, 1[."""
    return np.asarray(special.ndtri(probability))


def two_sided(confidence: FloatArray) -> FloatArray:
    """Critical value z of a two-sided interval: 1.96 for a confidence of 0.95."""
    return quantile((1 + confidence) / 2)
