"""The journal of a sweep: each scenario is on the disk, whole, as soon as it has finished.

One line of JSON each, appended and flushed to the disk, after a first line that says what was
swept. A line cut short by a crash is the last one, has no end of line, and is forgotten.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from actient.sweep.fingerprint import Fingerprint, changed
from actient.sweep.outcome import Outcome

FORMAT: Final = 1
_SHOWN: Final = 5  # changed files named in a refusal


class JournalError(RuntimeError):
    """A journal that this sweep cannot go on with."""

    @classmethod
    def stale(cls, journal: Path, why: str) -> JournalError:
        """Say what differs and how to start over."""
        return cls(
            f"{journal} belongs to another sweep: {why}.\n"
            "Results of the two are not mixed. Put things back as they were to go on with it, "
            "choose another --out, or start over with --fresh."
        )

    @classmethod
    def damaged(cls, journal: Path, line: int) -> JournalError:
        """Say which line cannot be read."""
        return cls(
            f"{journal}, line {line}: not a line that a sweep writes. Something else changed the "
            "file; start over with --fresh."
        )

    @classmethod
    def in_use(cls, journal: Path) -> JournalError:
        """Say that another sweep is writing."""
        return cls(f"{journal}: another sweep is writing to it. Wait for it, or use another --out.")


@dataclass(frozen=True)
class Header:
    """What a journal is about.

    Attributes
    ----------
    files
        Content of everything the scenarios read.
    scenarios
        Their identifiers, in the grid's order.
    """

    notebook: str
    files: Fingerprint
    scenarios: tuple[str, ...]


def place(out: Path) -> Path:
    """Name the journal of a table: hidden, beside it."""
    return out.with_name(f".{out.name}.journal")


@dataclass
class Journal:
    """An open journal: what it already held, and where to append."""

    finished: dict[str, Outcome]
    _stream: BinaryIO

    def append(self, outcome: Outcome) -> None:
        """Write one outcome so that not even a power cut loses it."""
        _append(self._stream, asdict(outcome))


@contextmanager
def opened(path: Path, header: Header, *, fresh: bool = False) -> Iterator[Journal]:
    """Open the journal at `path`, or begin it; failed scenarios are forgotten, to be run again.

    One that holds no scenario yet, of whichever sweep, is begun anew.

    Parameters
    ----------
    fresh
        Forget what it holds.

    Raises
    ------
    JournalError
        If it belongs to another grid or another state of the checkout, is damaged before its last
        line, or is being written by another sweep.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as stream:
        _lock(stream, path)
        stream.seek(0)
        content = stream.read()
        whole = b"" if fresh else content[: content.rfind(b"\n") + 1]
        lines = [_parsed(line, path, at) for at, line in enumerate(whole.splitlines(), start=1)]
        if len(lines) == 1 and "format" in lines[0]:
            lines, whole = [], b""  # a sweep that ran nothing: there are no results to mix
        if lines:
            _compare(_header(lines[0], path), header, path)
        stream.truncate(len(whole))
        if not lines:
            _append(stream, {"format": FORMAT, **asdict(header)})
        every = [_outcome(line, path, at) for at, line in enumerate(lines[1:], start=2)]
        latest = {one.identifier: one for one in every}
        done = {name: one for name, one in latest.items() if one.status == "done"}
        yield Journal(done, stream)


def _append(stream: BinaryIO, content: Mapping[str, Any]) -> None:
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    stream.write(text.encode() + b"\n")
    stream.flush()
    os.fsync(stream.fileno())


def _parsed(line: bytes, path: Path, at: int) -> dict[str, Any]:
    try:
        content = json.loads(line)
    except ValueError:
        raise JournalError.damaged(path, at) from None
    if not isinstance(content, dict):
        raise JournalError.damaged(path, at)
    return content


def _header(line: Mapping[str, Any], path: Path) -> Header:
    try:
        if line["format"] != FORMAT:
            raise JournalError.stale(path, "another version of Actient wrote it")
        return Header(line["notebook"], line["files"], tuple(line["scenarios"]))
    except (KeyError, TypeError):
        raise JournalError.damaged(path, 1) from None


def _outcome(line: Mapping[str, Any], path: Path, at: int) -> Outcome:
    try:
        return Outcome(**line)
    except TypeError:
        raise JournalError.damaged(path, at) from None


def _compare(before: Header, now: Header, path: Path) -> None:
    if before.notebook != now.notebook:
        why = f"it is about {before.notebook}, not {now.notebook}"
        raise JournalError.stale(path, why)
    if set(before.scenarios) != set(now.scenarios):
        shared = len(set(before.scenarios) & set(now.scenarios))
        why = (
            f"the grid is not the same (then {len(before.scenarios)} scenarios, now "
            f"{len(now.scenarios)}, {shared} of them in both)"
        )
        raise JournalError.stale(path, why)
    if files := changed(before.files, now.files):
        more = f" and {len(files) - _SHOWN} more" if len(files) > _SHOWN else ""
        why = f"files changed since: {', '.join(files[:_SHOWN])}{more}"
        raise JournalError.stale(path, why)


def _lock(stream: BinaryIO, path: Path) -> None:
    """Keep a second sweep out; the system lets go when this process ends, however it ends."""
    try:
        import fcntl
    except ImportError:  # no such locks on Windows
        return
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise JournalError.in_use(path) from None
