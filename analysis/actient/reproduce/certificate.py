"""What a certificate says: what was run, where, with which versions, what matched, what differed.

Plain values only, so that it reads back from JSON as it was written, and nothing personal: no user,
no host name, no path of the machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, get_args

from pydantic import TypeAdapter, ValidationError

from actient.locale import Lang
from actient.reproduce import excerpts

# In the order they are told: what can be a cause before what follows from it.
Check = Literal["versions", "data", "records", "editions", "charts", "outputs", "pages"]
Verdict = Literal["matched", "differences"]
StepName = Literal["clone", "environment", "rerun", "examine"]

FORMAT: Final = 1


class CertificateError(ValueError):
    """A file that is not a certificate."""

    @classmethod
    def unreadable(cls, error: ValidationError) -> CertificateError:
        """Name the first thing that is not as expected."""
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the whole"
        return cls(
            f"Not a certificate of `actient reproduce` (format {FORMAT}): {place}: {first['msg']}. "
            "Make one again with: make reproduce."
        )


@dataclass(frozen=True)
class NotebookRun:
    """One chapter, executed once.

    Attributes
    ----------
    notebook
        Its name, without extension.
    parameters
        Every parameter with the value this run used, defaults included.
    seconds
        Of wall clock, while as many chapters ran at once as there are cores.
    started, ended
        UTC, in ISO 8601.
    """

    notebook: str
    lang: Lang
    parameters: Mapping[str, Any]
    seconds: float
    started: str
    ended: str


@dataclass(frozen=True)
class Count:
    """How much one check compared, and how much of it matched."""

    check: Check
    compared: int
    matched: int


@dataclass(frozen=True)
class Difference:
    """One thing that is not what the reference says.

    Attributes
    ----------
    where
        The file, page, chapter or package, with its edition where it has one.
    name
        What differs in it: a record, a figure and a JSON path; empty if it is the whole.
    expected, found
        JSON values; None where the thing is missing on that side.
    absolute, relative
        By how much, where both are numbers.
    tolerance
        What would have been let pass, where numbers are compared.
    checksum_only
        The reference holds a checksum: that it differs is known, not what it was.
    further
        More differences in the same thing than are listed.
    """

    check: Check
    where: str
    name: str
    expected: Any
    found: Any
    absolute: float | None = None
    relative: float | None = None
    tolerance: str | None = None
    checksum_only: bool = False
    further: int = 0

    def __str__(self) -> str:
        """Read as a sentence."""
        between = "; " if self.expected is None or self.found is None else ", "
        return f"{self.what}: {between.join(self.parts)}"

    @property
    def what(self) -> str:
        """Say what differs."""
        return f"{self.check}: {self.where}" + (f" · {self.name}" if self.name else "")

    @property
    def parts(self) -> tuple[str, ...]:
        """Say how: what was expected, what was found, and what more there is."""
        if self.expected is None:
            return "not in the reference", f"found {excerpts.single(self.found)}"
        if self.found is None:
            return "missing", f"expected {excerpts.single(self.expected)}"
        expected, found = excerpts.pair(self.expected, self.found)
        gap = "" if self.absolute is None else f" (differs by {self.absolute:.3g})"
        rest = (f"and {self.further} more differences there",) if self.further else ()
        return f"expected {expected}", f"found {found}{gap}", *rest


@dataclass(frozen=True)
class Machine:
    """Where it ran; `memory_gb` is None where the system does not tell."""

    system: str
    processor: str
    cores: int
    memory_gb: float | None
    python: str


@dataclass(frozen=True)
class Commit:
    """What was verified: a commit, never the files around it.

    Attributes
    ----------
    uncommitted
        Files of the reviewer's checkout that differed from the commit, and so were left out.
    """

    sha: str
    date: str
    uncommitted: int


@dataclass(frozen=True)
class Lock:
    """The lock file that the environment was installed from."""

    sha256: str
    packages: int


@dataclass(frozen=True)
class Step:
    """One step of the reproduction and its wall-clock time."""

    name: StepName
    seconds: float


@dataclass(frozen=True)
class Examined:
    """What the clean environment says of its own rerun."""

    machine: Machine
    lock: Lock
    packages: Mapping[str, str]
    counts: tuple[Count, ...]
    differences: tuple[Difference, ...]
    runs: tuple[NotebookRun, ...]


@dataclass(frozen=True)
class Certificate:
    """The whole."""

    verdict: Verdict
    date: str
    version: str
    commit: Commit
    steps: tuple[Step, ...]
    examined: Examined
    format: Literal[1] = FORMAT

    @classmethod
    def of(
        cls, examined: Examined, *, date: str, version: str, commit: Commit, steps: tuple[Step, ...]
    ) -> Certificate:
        """Draw the verdict: matched only if every check compared something and all matched."""
        full = {one.check for one in examined.counts if 0 < one.compared == one.matched}
        matched = full == set(get_args(Check)) and not examined.differences
        return cls("matched" if matched else "differences", date, version, commit, steps, examined)


def as_json(certificate: Certificate | Examined) -> str:
    """Write it for machines and for diffs: indented, UTF-8, final newline."""
    adapter = TypeAdapter(type(certificate))
    return adapter.dump_json(certificate, indent=1).decode("utf-8") + "\n"


def read(text: str) -> Certificate:
    """Read a certificate back.

    Raises
    ------
    CertificateError
        If the text is not one.
    """
    try:
        return TypeAdapter(Certificate).validate_json(text)
    except ValidationError as error:
        raise CertificateError.unreadable(error) from None


def holds_certificate(path: Path) -> bool:
    """Tell whether a file is a certificate, which another run may replace."""
    try:
        read(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return True


def read_examined(text: str) -> Examined:
    """Read back what the clean environment printed.

    Raises
    ------
    CertificateError
        If it printed something else.
    """
    try:
        return TypeAdapter(Examined).validate_json(text)
    except ValidationError as error:
        raise CertificateError.unreadable(error) from None
