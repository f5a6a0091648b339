"""Catalogues of translations: read, compared with their French, written the same way every time.

One file a page, in gettext's format. The files hold no date, no path and no line number: the same
sources give the same bytes.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po

from actient.locale import Lang
from actient.paths import Paths

CONTEXT_END: Final = "\x04"  # gettext's own mark between a context and its text
Kind = Literal["missing", "fuzzy", "obsolete", "altered", "divided"]

GLOSSARY: Final = "book/glossary"
_HEADER: Final = (
    'msgid ""\nmsgstr ""\n"Language: {lang}\\n"\n"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n\n'
)
_WIDTH: Final = 96
_ADVICE: Final[dict[Kind, str]] = {
    "missing": "not translated; run `actient translations`, then fill in its msgstr",
    "fuzzy": "its French changed; mend the msgstr, then remove the line `#, fuzzy`",
    "obsolete": "the French pages no longer say this; run `actient translations`",
    "altered": "a translation keeps the roles, links, code and numbers of the French",
    "divided": "rooms of the package translate it differently, and only one would be shown; where "
    'another sense is meant, say `_.pgettext("sense", "…")` in the code',
}
_ROLE: Final = re.compile(r"\{(?P<role>[\w:]+)\}`(?:[^`<]*<)?(?P<target>[^`<>]*)>?`")
_LINK: Final = re.compile(r"\]\((?P<target>[^)\s]+)\)")
_CODE: Final = re.compile(r"`[^`]+`")
_FORMULA: Final = re.compile(r"\$[^$]+\$")
_WORDS_IN_FORMULA: Final = re.compile(r"\\text\{[^}]*\}")
_LINE: Final = re.compile(
    r'\s*|#.*|(?:msgctxt |msgid |msgid_plural |msgstr |msgstr\[\d\] )?"(?:[^"\\]|\\.)*"\s*'
)
_SPAN: Final = re.compile(r"\[([^\]]*)\]\{[^}]*\}")
_PLACE: Final = re.compile(r"\{\w*\}")  # where code fills in a number
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?")
_IN_LETTERS: Final = {"mille": "1000"}  # numbers that a translation may write in digits


class CatalogueError(ValueError):
    """A catalogue that cannot be read."""

    @classmethod
    def from_cause(cls, path: Path, cause: str) -> CatalogueError:
        """Name the file and what is wrong in it."""
        return cls(
            f"{path} cannot be read as a gettext catalogue: {cause}. Expected: comments (#), "
            'msgid "…", msgstr "…" and lines in quotes that continue them. '
            "No catalogue was changed."
        )


@dataclass(frozen=True)
class Problem:
    """One message of one page that is not translated as it should be."""

    page: str
    kind: Kind
    message: str
    detail: str = ""

    def __str__(self) -> str:
        """Say where, what, why and what to do."""
        message = self.message.replace(CONTEXT_END, ": ")
        start = message if len(message) <= 60 else f"{message[:59]}…"
        detail = f" ({self.detail})" if self.detail else ""
        return f"{self.page}: {self.kind}: “{start}”: {_ADVICE[self.kind]}{detail}"


def place(paths: Paths, page: str, lang: Lang) -> Path:
    """Path of the catalogue of one page."""
    return _folder(paths, lang) / f"{page}.po"


def load(paths: Paths, lang: Lang) -> dict[str, Catalog]:
    """Read every catalogue of one language, by page.

    Raises
    ------
    CatalogueError
        If one cannot be read.
    """
    folder = _folder(paths, lang)
    return {
        path.relative_to(folder).with_suffix("").as_posix(): read(path)
        for path in sorted(folder.rglob("*.po"))
    }


def read(path: Path) -> Catalog:
    """Read one file.

    Raises
    ------
    CatalogueError
        If it cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CatalogueError.from_cause(path, str(error)) from None
    for number, line in enumerate(text.splitlines(), start=1):
        if not _LINE.fullmatch(line):  # Babel passes over some
            raise CatalogueError.from_cause(path, f"line {number}: {line.strip()!r}")
    try:
        return read_po(io.BytesIO(text.encode()), charset="utf-8", abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise CatalogueError.from_cause(path, str(error)) from None


def texts(catalog: Catalog) -> tuple[str, ...]:
    """List the messages of a catalogue, in its order."""
    return tuple(_text(message) for message in _messages(catalog))


def updated(catalog: Catalog, messages: Sequence[str]) -> Catalog:
    """Bring a catalogue in step with the messages of its page, in their order.

    A message that changed a little takes the translation of the old one, marked fuzzy, beside the
    French that was translated; a message that left is dropped.
    """
    template = Catalog()
    for text in messages:
        context, message = _parts(text)
        template.add(message, context=context)
    catalog.update(template)
    catalog.obsolete.clear()
    return catalog


def serialised(catalog: Catalog, lang: Lang) -> str:
    """Write a catalogue as text."""
    body = io.BytesIO()
    for message in catalog:  # Babel takes roles for places of Python's format strings
        message.flags -= {"python-format", "python-brace-format"}
    write_po(body, catalog, width=_WIDTH, no_location=True, omit_header=True, include_previous=True)
    return (_HEADER.format(lang=lang) + body.getvalue().decode("utf-8")).rstrip("\n") + "\n"


def translated(paths: Paths, page: str, text: str, lang: Lang) -> str:
    """Translate one message of one page; what has no translation stays as it is."""
    path = place(paths, page, lang)
    message = read(path).get(text) if lang != "fr" and path.is_file() else None
    return str(message.string) if message and message.string and not message.fuzzy else text


def glossary(catalogs: Mapping[str, Catalog]) -> dict[str, str]:
    """Give the glossary's French terms, and the rest of its page, their translations."""
    return {
        str(message.id).casefold(): _SPAN.sub(r"\1", str(message.string)).casefold()
        for message in _messages(catalogs.get(GLOSSARY) or Catalog())
    }


def problems(
    page: str, wanted: Sequence[str], catalog: Catalog, terms: Mapping[str, str]
) -> Iterator[Problem]:
    """Compare the messages of a page with its catalogue.

    Parameters
    ----------
    terms
        Glossary terms and their translations, in lower case.
    """
    for text in wanted:
        context, said = _parts(text)
        message = catalog.get(said, context)
        if message is None or not message.string:
            yield Problem(page, "missing", text)
        elif message.fuzzy:
            yield Problem(page, "fuzzy", text)
        elif detail := _altered(said, str(message.string), terms):
            yield Problem(page, "altered", text, detail)
    for text in texts(catalog):
        if text not in wanted:
            yield Problem(page, "obsolete", text)
    for obsolete in catalog.obsolete.values():
        yield Problem(page, "obsolete", str(obsolete.id))


def divided(rooms: Mapping[str, Catalog]) -> Iterator[Problem]:
    """Find messages that rooms of the package translate differently: they share their words."""
    translations: dict[str, dict[str, str]] = {}
    for room, catalog in rooms.items():
        for message in _messages(catalog):
            if message.string:
                translations.setdefault(_text(message), {})[room] = str(message.string)
    for text, by_room in translations.items():
        if len(set(by_room.values())) > 1:
            detail = "; ".join(f"{room}: “{said}”" for room, said in by_room.items())
            yield Problem(next(iter(by_room)), "divided", text, detail)


def markup(text: str, terms: Mapping[str, str] | None = None) -> Counter[str]:
    """Count what a translation must keep: roles, links, code, formulas, numbers, places of numbers.

    The target of a glossary term is its translation, found in `terms`.
    """
    roles = [_role(found, terms or {}) for found in _ROLE.finditer(text)]
    text = _ROLE.sub("", text)
    links = [f"({found['target']})" for found in _LINK.finditer(text)]
    text = _LINK.sub("]", text)
    code = [found.group() for found in _CODE.finditer(text)]
    text = _CODE.sub("", text)
    # Words inside a formula are translated: `\text{biais}`.
    formulas = [_WORDS_IN_FORMULA.sub("", found) for found in _FORMULA.findall(text)]
    text = _FORMULA.sub("", text)
    numbers = [found.replace(",", ".") for found in _NUMBER.findall(text)]
    places = _PLACE.findall(text)
    return Counter([*roles, *links, *code, *formulas, *numbers, *places])


def _role(found: re.Match[str], terms: Mapping[str, str]) -> str:
    target = found["target"].strip()
    if found["role"] == "term":
        target = terms.get(target.casefold(), target.casefold())
    return f"{{{found['role']}}}`{target}`"


def _altered(french: str, translation: str, terms: Mapping[str, str]) -> str:
    kept, given = markup(french, terms), markup(translation)
    digits = Counter(number for word, number in _IN_LETTERS.items() if word in french.split())
    differences = (("lost", kept - given), ("added", given - kept - digits))
    return "; ".join(f"{what} {', '.join(sorted(which))}" for what, which in differences if which)


def _text(message: Message) -> str:
    return f"{message.context}{CONTEXT_END}{message.id}" if message.context else str(message.id)


def _parts(text: str) -> tuple[str | None, str]:
    context, mark, said = text.rpartition(CONTEXT_END)
    return (context if mark else None), said


def _messages(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def _folder(paths: Paths, lang: Lang) -> Path:
    return paths.book / "locales" / lang / "LC_MESSAGES"
