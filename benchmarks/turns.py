"""One turn of one program: a process of its own, what it reports, and the memory it took."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from typing import Any, NamedTuple


class Turn(NamedTuple):
    """What a process said and took.

    Attributes
    ----------
    report : dict
        The last line that it printed, which is JSON.
    peak_mb : float
        Peak resident memory of the whole process, in megabytes (1e6 bytes).
    """

    report: dict[str, Any]
    peak_mb: float


class TurnError(RuntimeError):
    """A program of the benchmark failed."""

    @classmethod
    def from_output(cls, command: Sequence[str], output: str) -> TurnError:
        """Show the command and the program's own words."""
        return cls(f"This program of the benchmark failed: {' '.join(command)}\n{output}")


def take(command: Sequence[str]) -> Turn:
    """Run a program once.

    Raises
    ------
    TurnError
        If it fails; its own words say why.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT)  # noqa: S603
        # wait4 and not getrusage: the latter tells the largest of all children so far.
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        output = said.read()
    if process.returncode:
        raise TurnError.from_output(command, output)
    return Turn(json.loads(output.splitlines()[-1]), usage.ru_maxrss * _MAXRSS_BYTES / 1e6)


_MAXRSS_BYTES = 1 if sys.platform == "darwin" else 1024
