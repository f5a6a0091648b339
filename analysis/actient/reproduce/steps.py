"""Run the long steps: each output line to a log, a sign of life to the reader, an end to children.

A step that takes minutes is never silent, and one that is interrupted leaves no process behind.
"""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from actient.reproduce.certificate import Step, StepName

Say = Callable[[str], None]

SIGN_OF_LIFE: Final = 10.0  # seconds
_PATIENCE: Final = 15.0  # seconds that a stopped step has to end by itself

# What a step may see of the reviewer's machine; the rest could change what is made.
_KEPT: Final = (
    *("PATH", "HOME", "LANG", "TZ", "XDG_CACHE_HOME"),
    *("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "NETRC"),
    *("SYSTEMROOT", "WINDIR", "COMSPEC", "PATHEXT", "USERPROFILE", "APPDATA", "LOCALAPPDATA"),
)
_KEPT_PREFIXES: Final = ("LC_", "PIP_")
_KEPT_SUFFIX: Final = "_PROXY"


class StepError(RuntimeError):
    """A step that did not reach its end: nothing can be said of the reproduction."""

    @classmethod
    def failed(cls, what: str, advice: str, output: Sequence[str], log: Path) -> StepError:
        """Say what failed, what to do, how its output ended, and where the whole log is."""
        end = "\n".join(f"    {line}" for line in output[-12:])
        return cls(f"{what} {advice}\nThe end of its output:\n{end}\nThe whole log: {log}")

    @classmethod
    def with_causes(cls, what: str, causes: Sequence[str], last: str, log: Path) -> StepError:
        """Say what failed and where, how its output ended, and where the whole log is."""
        named = "\n".join(f"    {cause}" for cause in causes)
        end = "" if any(last in cause for cause in causes) else f"\nIts last line: {last}"
        return cls(f"{what}\n{named}{end}\nThe whole log: {log}")


@dataclass
class Progress:
    """Tells what happens, with the time elapsed; keeps how long each step took."""

    say: Say
    started: float = field(default_factory=time.monotonic)
    steps: list[Step] = field(default_factory=list)

    def tell(self, text: str) -> None:
        """Say one line, after the time elapsed."""
        minutes, seconds = divmod(round(time.monotonic() - self.started), 60)
        self.say(f"[{minutes:>2}:{seconds:02d}] {text}")

    @contextmanager
    def step(self, name: StepName, text: str) -> Iterator[None]:
        """Announce a step, and keep its time once it has succeeded."""
        self.tell(text)
        clock = time.monotonic()
        yield
        self.steps.append(Step(name, round(time.monotonic() - clock, 1)))


def clean_environment(scratch: Path, **more: str) -> dict[str, str]:
    """Give the environment variables of a step: what the system and pip need, and `more`.

    Parameters
    ----------
    scratch
        Where its temporary files go, so that they leave with the rest if it is interrupted.
    """
    scratch.mkdir(parents=True, exist_ok=True)
    kept = {
        name: value
        for name, value in os.environ.items()
        if name.upper() in _KEPT
        or name.upper().startswith(_KEPT_PREFIXES)
        or name.upper().endswith(_KEPT_SUFFIX)
    }
    temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(scratch))
    python = dict.fromkeys(("PYTHONNOUSERSITE", "PYTHONUNBUFFERED", "PYTHONUTF8"), "1")
    return {**kept, **temporary, **python, **more}


def run(
    command: Sequence[str],
    *,
    folder: Path,
    environment: Mapping[str, str],
    log: Path,
    progress: Progress,
    doing: str,
    every_line: bool = False,
) -> tuple[int, list[str]]:
    """Run one command, its output to the end of `log`; return its exit code and that output.

    Parameters
    ----------
    doing
        What to say of it while it takes its time.
    every_line
        Tell each line of its output, not only that it is alive.
    """
    said: list[str] = []
    last = time.monotonic()
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a", encoding="utf-8") as record:
        process, lines = _started(command, folder, environment)
        try:
            for line in lines:
                if line is not None:
                    record.write(f"{line}\n")
                    record.flush()
                    said.append(line)
                    if every_line:
                        progress.tell(f"  {line}")
                        last = time.monotonic()
                if time.monotonic() - last >= SIGN_OF_LIFE:
                    progress.tell(f"  {doing} …")
                    last = time.monotonic()
            return process.wait(), said
        except BaseException:
            _stop(process)
            raise


def _started(
    command: Sequence[str], folder: Path, environment: Mapping[str, str]
) -> tuple[subprocess.Popen[bytes], Iterator[str | None]]:
    """Start a command; give its process, and its lines as they come (None: none for a while).

    Whoever listens owns the pipe and closes it: a child that outlives its step may hold the other
    end, and closing a pipe that is being read would wait for it, or take it from under the reader.
    """
    out, into = os.pipe()
    try:
        process = subprocess.Popen(  # noqa: S603 — our own arguments
            list(command),
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=into,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # an interruption is for us, who then stop it with its children
        )
    except BaseException:
        os.close(out)
        raise
    finally:
        os.close(into)
    heard: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(out, heard), daemon=True).start()
    return process, _lines(heard)


def _lines(heard: queue.SimpleQueue[str | None]) -> Iterator[str | None]:
    while True:
        try:
            line = heard.get(timeout=1.0)
        except queue.Empty:
            yield None
            continue
        if line is None:
            return
        yield line


def _listen(pipe: int, heard: queue.SimpleQueue[str | None]) -> None:
    with open(pipe, encoding="utf-8", errors="replace") as stream:
        for line in stream:
            heard.put(line.rstrip())
    heard.put(None)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ask the step and its children to end, as at a keyboard; then end them."""
    for ask in (signal.SIGINT, signal.SIGTERM, None):
        if process.poll() is not None:
            return
        _send(process, ask)
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            continue


def _send(process: subprocess.Popen[bytes], ask: signal.Signals | None) -> None:
    if os.name == "nt":  # no process groups to ask
        process.kill()
        return
    os.killpg(process.pid, ask or signal.SIGKILL)
