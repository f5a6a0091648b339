"""Sentences with numbers, as expressions that Vega evaluates in the reader's browser.

Arguments named `expression` are Vega expressions themselves; the rest is text. Numbers come out as
`actient.locale` writes them.
"""

from __future__ import annotations

import json
from string import Formatter


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


def sentence(template: str, **expressions: str) -> str:
    """Join a text and the expressions that stand in it by name, `"n = {n}"`."""
    parts = []
    for text, name, _format, _conversion in Formatter().parse(template):
        parts += [quoted(text)] * bool(text)
        parts += [expressions[name]] if name else []
    return " + ".join(parts)


def _halves_up(expression: str, scale: int) -> str:
    up = f"floor(abs({expression}) * {scale} * (1 + 1e-12) + 0.5) / {scale}"
    return f"({expression} < 0 ? -1 : 1) * {up}"
