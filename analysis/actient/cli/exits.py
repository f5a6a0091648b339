"""How a command ends: with its work done, or with words and an exit code.

The codes are listed here once; `actient --help` prints this list and every command ends by it.
"""

from __future__ import annotations

import errno
import os
import shlex
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import IntEnum
from types import FrameType
from typing import Any, Final, NoReturn, TextIO, TypeVar

import click

from actient import files
from actient.locale import LANGS
from actient.paths import CheckoutNotFoundError

Made = TypeVar("Made")
Handler = Callable[[int, FrameType | None], None]

LANG = click.Choice(LANGS)
DEBUG: Final = "ACTIENT_DEBUG"
REPORTS: Final = "the issues of the repository you got Actient from (see CONTRIBUTING.md)"
_SIGNAL_ENDS: Final = 128  # and the signal's number: the code of what a signal ended
_UNREAD: Final = threading.Event()  # somebody stopped reading while long work went on


class Exit(IntEnum):
    """What a command's exit code says."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    DEFECT = 70
    INTERRUPTED = 130
    UNREAD = 141
    TERMINATED = 143

    @property
    def meaning(self) -> str:
        """Say it in words."""
        return _MEANINGS[self]


_MEANINGS: Final[dict[Exit, str]] = {
    Exit.DONE: "done, and what was asked is so",
    Exit.REFUSED: "the answer is no, or the work could not be done; the reason is told",
    Exit.USAGE: "no answer: the command is miswritten, cannot run here, or could not go on",
    Exit.DEFECT: "a defect of ours (EX_SOFTWARE); told in a line, traceback kept, see --debug",
    Exit.INTERRUPTED: "interrupted (128 + SIGINT)",
    Exit.UNREAD: "nobody reads the output any more, as in `| head` (128 + SIGPIPE)",
    Exit.TERMINATED: "asked to stop, as by Slurm, systemd or `kill` (128 + SIGTERM)",
}


class Terminated(KeyboardInterrupt):
    """Somebody asked the program to stop: what ends at a Ctrl-C ends, and cleans up, at this."""


def exit_codes() -> str:
    """List the exit codes, as the help shows them."""
    return "\n".join(f"  {code.value:>3}  {code.meaning}" for code in Exit)


def or_exit(make: Callable[[], Made], *expected: type[Exception]) -> Made:
    """Return what `make` makes; tell what a user can mend, and exit 1 or 2.

    Anything else is our defect: `ending` tells it and keeps its traceback.
    """
    try:
        return make()
    except (*_told_everywhere(), *expected) as error:
        if _is_unread(error):
            raise
        refuse(error)


def refuse(error: Exception, code: Exit | None = None, more: str = "") -> NoReturn:
    """Tell why the answer is no, and exit; with `--debug`, after the traceback.

    Parameters
    ----------
    code
        By default, 2 for what must be written otherwise or called elsewhere, 1 for the rest.
    """
    if debugging():
        traceback.print_exception(error, file=sys.stderr)
    click.echo(f"actient: {said(error)}{more}", err=True)
    if code is None:
        code = Exit.USAGE if isinstance(error, _miswritten()) else Exit.REFUSED
    sys.exit(code)


def tell(line: str, *, err: bool = False) -> None:
    """Print a line about long work, which goes on if nobody reads what it prints."""
    try:
        click.echo(line, err=err)
    except OSError as error:
        if not _is_unread(error):
            raise
        _UNREAD.set()
        _deafen(sys.stderr if err else sys.stdout)


def said(error: Exception) -> str:
    """Put an error into words."""
    if isinstance(error, OSError):
        return files.said(error)
    return str(error) or type(error).__name__


def debugging() -> bool:
    """Tell whether tracebacks are wanted."""
    return os.environ.get(DEBUG, "").lower() not in ("", "0", "no", "false")


@contextmanager
def ending(command: str) -> Iterator[None]:
    """Give every way a command can end its words and its exit code.

    Parameters
    ----------
    command
        What was called, for the report of a defect.
    """
    try:
        yield
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except (KeyboardInterrupt, EOFError) as error:
        click.echo("\nactient: interrupted.", err=True)
        sys.exit(stopped(error))
    except Exception as error:  # the last word on any of them: nobody stands above
        if _is_unread(error):
            _deafen(sys.stdout)
            sys.exit(Exit.UNREAD)
        if isinstance(error, _told_everywhere()):
            refuse(error)
        _tell_defect(error, command)


@contextmanager
def terminable() -> Iterator[None]:
    """Let SIGTERM stop the work as a Ctrl-C does; `stopped` tells them apart."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise Terminated

    with _handled({signal.SIGTERM: stop}):
        yield


@contextmanager
def second_interrupt_ends() -> Iterator[None]:
    """Let a first Ctrl-C or SIGTERM stop the work; at a second, leave at once.

    For work whose processes then end too, and that leaves nothing behind.
    """

    def leave(number: int, frame: FrameType | None) -> None:
        os._exit(_SIGNAL_ENDS + number)

    def stop(number: int, frame: FrameType | None) -> None:
        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, leave)
        raise Terminated if number == signal.SIGTERM else KeyboardInterrupt

    with _handled({signal.SIGINT: stop, signal.SIGTERM: stop}):
        yield


@contextmanager
def _handled(handlers: Mapping[signal.Signals, Handler]) -> Iterator[None]:
    before = {one: signal.signal(one, handler) for one, handler in handlers.items()}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def stopped(error: BaseException) -> Exit:
    """Give the exit code of work that an interruption stopped."""
    return Exit.TERMINATED if isinstance(error, Terminated) else Exit.INTERRUPTED


@contextmanager
def leave_if_unread() -> Iterator[None]:
    """Leave without a word when whoever read our output has stopped, as `head` does."""
    _UNREAD.clear()
    try:
        try:
            yield
        finally:
            click.echo(nl=False)  # flushes: a closed pipe is met here, not as Python shuts down
            if _UNREAD.is_set():
                sys.exit(Exit.UNREAD)
    except OSError as error:
        _deafen(sys.stdout)
        if not _is_unread(error):
            refuse(error)
        sys.exit(Exit.UNREAD)


def _deafen(stream: TextIO) -> None:
    # What is still buffered would fail again when Python shuts down.
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _is_unread(error: Exception) -> bool:
    return isinstance(error, OSError) and error.errno == errno.EPIPE


def _told_everywhere() -> tuple[type[Exception], ...]:
    return (*_miswritten(), OSError)


def _miswritten() -> tuple[type[Exception], ...]:
    # Imported here, once something went wrong: help must not wait for it.
    from actient.parameters import ParameterError

    return (CheckoutNotFoundError, ParameterError)


def _tell_defect(error: Exception, command: str) -> NoReturn:
    told = f"actient: a defect of ours: {type(error).__name__}: {error}"
    if debugging():
        traceback.print_exception(error, file=sys.stderr)
        click.echo(told, err=True)
    else:
        kept = _kept(error, command)
        click.echo(
            f"{told}\nIts traceback is in {kept}; `{_again(command)}` prints it. Please report it "
            f"in {REPORTS}; read the file first, it may quote your data.",
            err=True,
        )
    sys.exit(Exit.DEFECT)


def _kept(error: Exception, command: str) -> str:
    from actient import __version__

    lines = "".join(traceback.format_exception(error))
    with tempfile.NamedTemporaryFile(
        "w", prefix="actient-defect-", suffix=".txt", delete=False, encoding="utf-8"
    ) as report:
        report.write(f"actient {__version__}, Python {sys.version}\n{command}\n\n{lines}")
    return report.name


def _again(command: str) -> str:
    return command.replace("actient", "actient --debug", 1)


def written(arguments: list[str]) -> str:
    """Write the command line that was given, quoted for a shell."""
    return shlex.join(["actient", *arguments])


def json_text(content: Any) -> str:
    """Write data for a program: the same layout for every `--json`."""
    import json

    return json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)
