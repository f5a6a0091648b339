"""Words compared as people write them, and shown without harm."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from actient.locale import NARROW_NBSP, NBSP
from actient.survey.responses.model import SHOWN_CHARACTERS

_ELLIPSIS: Final = "\N{HORIZONTAL ELLIPSIS}"
_HIDDEN: Final = "\N{MIDDLE DOT}"
_LISTED: Final = 12

_SAME: Final = str.maketrans(
    {
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{MODIFIER LETTER APOSTROPHE}": "'",
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}": '"',
        "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}": '"',
        "\N{HYPHEN}": "-",
        "\N{NON-BREAKING HYPHEN}": "-",
        "\N{ZERO WIDTH NO-BREAK SPACE}": " ",
        "\N{ZERO WIDTH SPACE}": " ",
    }
)
_SIGN: Final = "\N{MINUS SIGN}"
_SIGNS: Final = frozenset(
    "+<>=~\N{PLUS-MINUS SIGN}\N{LESS-THAN OR EQUAL TO}\N{GREATER-THAN OR EQUAL TO}" + _SIGN
)
# A sign before or after, as tools write it where they allow letters and digits only; and what
# parts two digits. A point after a name is none: R puts it where a bracket closed.
_MEANT: Final = re.compile(r"^[-\u2013\u2212_.]+|[-\u2013\u2212_]+$|(?<=\d)[\W_]+(?=\d)")
_QUOTED: Final = re.compile(r'"\s*([^"]*?)\s*"')
_LINE_BREAK: Final = re.compile(r"<(?:br|/p|/div)\b[^<>]*>", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_EMAIL: Final = re.compile(r"\S+@\S+")


def folded(text: str) -> str:
    """Write a text so that case, spaces, apostrophes and quotation marks do not matter."""
    plain = unicodedata.normalize("NFKC", text.translate(_SAME)).casefold()
    return _QUOTED.sub(r'"\1"', " ".join(plain.split()))


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """Keep only the letters, without accents, and the digits: for words."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in decomposed if character.isalnum())


@lru_cache(maxsize=4096)
def name_key(text: str) -> str:
    """Keep letters, digits, and the punctuation that makes another name: for headers.

    `-9`, which some tools write `_9` or `.9`, is not 9; nor are `9+`, `<9` and `1.5` 9 and 15.

    Examples
    --------
    >>> [name_key(text) for text in (" Âge-band : ", "_9", "9+", "1.5")]
    ['ageband', '−9', '9+', '1−5']
    """
    decomposed = unicodedata.normalize("NFKD", text.strip()).casefold()
    signed = _MEANT.sub(_SIGN, decomposed)
    return "".join(each for each in signed if each.isalnum() or each in _SIGNS)


def without_markup(header: str) -> str:
    """Take HTML tags and entities out of a header: tools export questions as they were laid out.

    Examples
    --------
    >>> without_markup("<p>Votre&nbsp;<strong>genre</strong> :</p>")
    'Votre genre :'
    """
    if "<" not in header and "&" not in header:
        return header
    plain = html.unescape(_TAG.sub("", _LINE_BREAK.sub(" ", header)))
    return " ".join(plain.split())


def shown(text: str) -> str:
    """Write a value of the file so that it can be shown: short, and nothing that acts."""
    harmless = _harmless(text[: SHOWN_CHARACTERS + 1])
    if len(harmless) <= SHOWN_CHARACTERS:
        return harmless
    return harmless[: SHOWN_CHARACTERS - 1] + _ELLIPSIS


def heading(text: str, *, whole: bool = False) -> str:
    """Write a header so that it can be shown: like a value, and without an e-mail address.

    Parameters
    ----------
    whole
        Whether to write it all: it is known to be a question.
    """
    anonymous = _EMAIL.sub(f"{_ELLIPSIS}@{_ELLIPSIS}", text.strip())
    return _harmless(anonymous) if whole else shown(anonymous)


def listed(names: Iterable[str], *, at_most: int = _LISTED) -> str:
    """List names, the first ones only if they are many."""
    names = list(names)
    tail = f", {_ELLIPSIS} (+{len(names) - at_most})" if len(names) > at_most else ""
    return ", ".join(names[:at_most]) + tail


def _harmless(text: str) -> str:
    return "".join(
        character if character.isprintable() or character in (NBSP, NARROW_NBSP) else _HIDDEN
        for character in text
    )
