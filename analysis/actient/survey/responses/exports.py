"""From bytes to lines of cells: which kind of file it is, and how its characters are written."""

from __future__ import annotations

import codecs
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from actient.spreadsheets import stated_encoding
from actient.survey.responses.model import Message, ResponsesError
from actient.survey.responses.wording import heading
from actient.words import N_

_BLOCK: Final = 1 << 20
_START: Final = 1 << 12
_MOST_BYTES: Final = 4 << 30
_FOREIGN: Final = (
    (b"\xd0\xcf\x11\xe0", "Excel (.xls)"),
    (b"%PDF", "PDF"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"$FL2", "SPSS (.sav)"),
)

Opener = Callable[[], AbstractContextManager[IO[bytes]]]


@dataclass(frozen=True)
class TextFile:
    """Delimited text, wherever it lies.

    Attributes
    ----------
    opened
        Opens its bytes, as often as asked.
    encoding
        How its characters are written.
    notes
        What was recognised, in words.
    """

    opened: Opener
    encoding: str
    notes: tuple[Message, ...]

    @contextmanager
    def text(self) -> Iterator[io.TextIOWrapper]:
        """Open its characters; ends of lines are left as they are."""
        with (
            self.opened() as stream,
            io.TextIOWrapper(stream, encoding=self.encoding, newline="") as text,
        ):
            yield text


@dataclass(frozen=True)
class Workbook:
    """A spreadsheet in the .xlsx format."""

    path: Path


def recognise(path: Path) -> TextFile | Workbook:
    """Find out what kind of file this is, from its bytes and not from its name.

    Raises
    ------
    ResponsesError
        If there is no such file, it cannot be read, or it is neither text, nor a workbook, nor an
        archive of one text file.
    """
    try:
        return _recognise(path)
    except FileNotFoundError as error:
        raise refused(N_("Il n’y a pas de fichier de ce nom.")) from error
    except IsADirectoryError as error:
        raise refused(N_("C’est un dossier ; donnez le fichier exporté qu’il contient.")) from error
    except OSError as error:
        raise refused(
            N_("Le système ne laisse pas lire ce fichier. Est-il ouvert ailleurs, ou protégé ?")
        ) from error


def refused(french: str, **fields: int | str) -> ResponsesError:
    """Make the error of a file that cannot be read, from a sentence marked with `N_`."""
    return ResponsesError(Message(french, fields))


def _recognise(path: Path) -> TextFile | Workbook:
    with path.open("rb") as stream:
        start = stream.read(_START)
    if not start.strip():
        raise refused(N_("Le fichier est vide."))
    for magic, name in _FOREIGN:
        if start.startswith(magic):
            raise _not_a_table(name)
    if zipfile.is_zipfile(path):
        return _archive(path)
    if start.startswith(b"PK"):
        raise refused(N_("L’archive ou le classeur est abîmé. Téléchargez-le à nouveau."))
    return _text(lambda: path.open("rb"), start, ())


def _archive(path: Path) -> TextFile | Workbook:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
    # zipfile tells damage in as many ways as it meets: bad structure, bad offsets, unknown methods.
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise refused(N_("L’archive est abîmée. Téléchargez-la à nouveau.")) from error
    names = {member.filename for member in members}
    if "[Content_Types].xml" in names:
        return Workbook(path)
    if "mimetype" in names:
        raise _not_a_table("OpenDocument (.ods)")
    tables = [
        member
        for member in members
        if member.filename.lower().endswith((".csv", ".tsv", ".txt"))
        and not member.filename.startswith("__MACOSX")
    ]
    if len(tables) != 1:
        raise refused(
            N_(
                "L’archive contient {count} fichiers CSV ; il en faut un seul. Extrayez-la "
                "et donnez le fichier des réponses."
            ),
            count=len(tables),
        )
    return _archived(path, tables[0])


def _archived(path: Path, member: zipfile.ZipInfo) -> TextFile:
    if member.flag_bits & 1:
        raise refused(N_("L’archive est protégée par un mot de passe. Extrayez-la d’abord."))
    if member.file_size > _MOST_BYTES:
        raise refused(N_("Le fichier que contient l’archive dépasse quatre gigaoctets."))

    @contextmanager
    def opened() -> Iterator[IO[bytes]]:
        with zipfile.ZipFile(path) as archive, archive.open(member) as stream:
            yield stream

    try:
        with opened() as stream:
            start = stream.read(_START)
        name = heading(Path(member.filename).suffix)
        note = Message(N_("Archive zip d’un seul fichier {name}."), {"name": name})
        return _text(opened, start, (note,))
    # Within a member also: an early end, bad compressed data, a lock that its flags do not say.
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error, RuntimeError) as error:
        raise refused(N_("L’archive est abîmée. Téléchargez-la à nouveau.")) from error


def _text(opened: Opener, start: bytes, notes: tuple[Message, ...]) -> TextFile:
    if not start.strip():
        raise refused(N_("Le fichier est vide."))
    if start.lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        raise _not_a_table("HTML, XML")
    if stated := stated_encoding(start):
        _check(opened, stated)
        return TextFile(opened, stated, notes)
    for encoding in ("utf-8", "cp1252"):
        if _decodes(opened, encoding):
            return TextFile(opened, encoding, notes)
    raise _undecodable()


def _check(opened: Opener, encoding: str) -> None:
    if not _decodes(opened, encoding):
        raise _undecodable()


def _decodes(opened: Opener, encoding: str) -> bool:
    """Read the whole file once: a wrong byte may be in its last line."""
    decoder = codecs.getincrementaldecoder(encoding)()
    with opened() as stream:
        while True:
            block = stream.read(_BLOCK)
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeDecodeError:
                return False
            if "\0" in text:
                raise refused(
                    N_(
                        "Le fichier contient des octets nuls : ce n’est pas du texte, ou il est "
                        "abîmé. Enregistrez-le en CSV UTF-8."
                    )
                )
            if not block:
                return True


def _not_a_table(name: str) -> ResponsesError:
    return refused(
        N_("Le fichier est de type {name}. Exportez les réponses en CSV ou en .xlsx."), name=name
    )


def _undecodable() -> ResponsesError:
    return refused(
        N_(
            "Les caractères du fichier ne sont ni en UTF-8, ni en UTF-16, ni en "
            "Windows-1252. Enregistrez-le en CSV UTF-8."
        )
    )
