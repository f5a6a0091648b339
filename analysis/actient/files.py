"""Files written whole or not at all, and read with limits."""

from __future__ import annotations

import csv
import errno
import io
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, TextIO, cast

LONGEST_CELL: Final = 131_072  # characters; Python's own default, which other libraries raise
_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_ANYONE: Final = 0o666
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


class TooLargeError(ValueError):
    """A file larger than what is asked of it can be."""

    @classmethod
    def than(cls, largest: int, path: Path) -> TooLargeError:
        """Name the file and the limit."""
        return cls(f"{path}: larger than {largest:,} bytes")


def read_at_most(path: Path, largest: int) -> bytes:
    """Read a file, a pipe too, but never much more than is asked for.

    Raises
    ------
    TooLargeError
        If it holds more than `largest` bytes.
    """
    with path.open("rb") as stream:
        content = stream.read(largest + 1)
    if len(content) > largest:
        raise TooLargeError.than(largest, path)
    return content


def said(error: OSError) -> str:
    """Put an error of the operating system into words: its own, after the files it is about.

    Examples
    --------
    >>> said(PermissionError(13, "Permission denied", "/root/forms"))
    '/root/forms: Permission denied.'
    """
    if isinstance(error, shutil.Error):  # of a folder: a list of what could not be copied
        return f"{error.args[0][0][-1]}."
    if error.errno is None:
        return str(error) or type(error).__name__
    where = [str(name) for name in (error.filename, error.filename2) if name is not None]
    reason = error.strerror or os.strerror(error.errno)
    return ": ".join([" to ".join(where), f"{reason}."] if where else [f"{reason}."])


@contextmanager
def writing(path: Path) -> Iterator[TextIO]:
    """Open a text file that takes its place only if all went well.

    Parameters
    ----------
    path
        Where the file goes; its folder is made. What was there stays until the end.
    """
    with _placing(path) as raw, io.TextIOWrapper(raw, encoding="utf-8", newline="\n") as stream:
        yield stream


def write(path: Path, text: str) -> None:
    """Write a text file whole or not at all."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file of bytes whole or not at all."""
    with _placing(path) as stream:
        stream.write(content)


@contextmanager
def _placing(path: Path) -> Iterator[BinaryIO]:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(temporary, _NEW, _mode(path)), "wb") as stream:
            yield cast(BinaryIO, stream)
        temporary.replace(path)
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.errno in _FULL and error.filename is None:
            error.filename = str(path)  # the system says that a disk is full, not which
        raise


def _mode(path: Path) -> int:
    """Tell who may read a new file: whom the system lets, but no more than could before.

    The system takes its umask off when the file is made: no moment when others may read it, and no
    umask to set and set back, which other threads would see.
    """
    try:
        return _ANYONE & path.stat().st_mode
    except OSError:  # nothing there, or nothing that may be looked at
        return _ANYONE


@contextmanager
def cells_limited() -> Iterator[None]:
    """Read CSV with our own limit on a cell's length, whatever other libraries have set."""
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def harmless(cell: str) -> str:
    """Give a text that a spreadsheet does not run: an apostrophe before what opens a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
