"""Delimited text as spreadsheets write it: characters, what parts cells, the decimal mark."""

from __future__ import annotations

import codecs
import re
from typing import Final

SEPARATORS: Final = (";", ",", "\t")  # with none of them, a comma is a decimal one
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECIMAL_COMMA: Final = re.compile(r"[+-]?\d+,\d+(?:[eE][+-]?\d+)?")
_START: Final = 1 << 12  # bytes that are enough to tell
_SHARE_OF_NULLS: Final = 0.5  # a typographic apostrophe has none, a Latin letter has one


def stated_encoding(start: bytes) -> str | None:
    """Tell the encoding that the start of a text shows: by a mark, or by the null bytes of UTF-16.

    Examples
    --------
    >>> stated_encoding("group".encode("utf-16-le")), stated_encoding(b"group")
    ('utf-16-le', None)
    """
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    first, second = start[0:_START:2], start[1:_START:2]
    for high, low, encoding in ((second, first, "utf-16-le"), (first, second, "utf-16-be")):
        if high and 0 not in low and high.count(0) > _SHARE_OF_NULLS * len(high):
            return encoding
    return None


def decoded(content: bytes) -> str:
    """Read the characters of a text in UTF-8 or UTF-16.

    Raises
    ------
    UnicodeDecodeError
        If it is in neither.
    """
    return content.decode(stated_encoding(content) or "utf-8")


def separator(header: str) -> str:
    """Tell what parts the cells: what the line of names holds most of."""
    return max(SEPARATORS, key=header.count)


def decimal_point(cell: str, between: str) -> str:
    """Write a number of a cell with a point, where a comma does not part the cells.

    Examples
    --------
    >>> decimal_point("0,52", ";"), decimal_point("0,52", ",")
    ('0.52', '0,52')
    """
    if between != "," and _DECIMAL_COMMA.fullmatch(cell):
        return cell.replace(",", ".")
    return cell
