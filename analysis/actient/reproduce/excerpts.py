"""Two values as they are shown beside one another: short, and where they differ."""

from __future__ import annotations

import json
import unicodedata
from itertools import takewhile
from typing import Any, Final

LONGEST: Final = 160  # characters of a value that is shown whole; the certificate's JSON has it all
_AROUND: Final = 60  # characters before and after the first that differs
_CUT: Final = "…"
_SPACE: Final = "Zs"  # spaces of any width, which French has among its digits


def pair(expected: Any, found: Any) -> tuple[str, str]:
    """Write two values; if either is long, what stands around the first place where they differ.

    Examples
    --------
    >>> pair("a" * 200 + "b", "a" * 200 + "c") == ("…" + "a" * 60 + "b", "…" + "a" * 60 + "c")
    True
    """
    one, other = _text(expected), _text(found)
    if max(len(one), len(other)) <= LONGEST:
        return one, other
    alike = sum(
        1 for _ in takewhile(lambda both: both[0] == both[1], zip(one, other, strict=False))
    )
    return _around(one, alike), _around(other, alike)


def single(value: Any) -> str:
    """Write one value, or its beginning if it is long."""
    return cut(_text(value), LONGEST)


def cut(text: str, longest: int) -> str:
    """Keep the beginning of a text, with a mark where it was cut."""
    return text if len(text) <= longest else f"{text[: longest - 1]}{_CUT}"


def _around(text: str, place: int) -> str:
    start, end = max(0, place - _AROUND), place + _AROUND
    return (_CUT if start else "") + text[start:end] + (_CUT if end < len(text) else "")


def _text(value: Any) -> str:
    """Write a value on one line: a line end or a terminal's code is shown, not obeyed."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return "".join(_visible(letter) for letter in text)


def _visible(letter: str) -> str:
    if letter.isprintable() or unicodedata.category(letter) == _SPACE:
        return letter
    return letter.encode("unicode_escape").decode("ascii")
