"""Sentences with numbers, as expressions that Vega evaluates in the reader's browser.

Arguments named `expression` are Vega expressions themselves; the rest is text. Numbers come out as
`actient.locale` writes them.
"""

from __future__ import annotations

import json


def quoted(text: str) -> str:
    """Write a string literal."""
    return json.dumps(text, ensure_ascii=False)


def share(expression: str, decimals: int) -> str:
    """Write a proportion as `actient.locale.percent` does: halves up, decimal halves included."""
    scale = 10 ** (decimals + 2)
    return f"format({_halves_up(expression, scale)}, '.{decimals}%')"


def decimal(expression: str, decimals: int) -> str:
    """Write a number with that many decimals, halves up."""
    return f"format({_halves_up(expression, 10**decimals)}, ',.{decimals}f')"


def whole(expression: str) -> str:
    """Write a whole number, thousands apart."""
    return f"format({expression}, ',d')"


def sentence(*parts: str) -> str:
    """Join words and expressions, which alternate; words come first."""
    return " + ".join(part if place % 2 else quoted(part) for place, part in enumerate(parts))


def from_to(before: str, between: str, after: str) -> str:
    """Write the fields `low` and `high` as percentages, with these words around them."""
    low, high = share("datum.low", 1), share("datum.high", 1)
    return sentence(before, low, between, high, after)


def value(before: str, after: str) -> str:
    """Write the field `low`, of a point, as a percentage, with these words around it."""
    return sentence(before, share("datum.low", 1), after)


def _halves_up(expression: str, scale: int) -> str:
    up = f"floor(abs({expression}) * {scale} * (1 + 1e-12) + 0.5) / {scale}"
    return f"({expression} < 0 ? -1 : 1) * {up}"
