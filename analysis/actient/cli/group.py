"""The group of all commands: what every call shares, from the checkout to the way it ends."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import click

from actient.cli.exits import DEBUG, ending, leave_if_unread, written
from actient.paths import MARKER, ROOT, is_checkout


class CommandLine(click.Group):
    """A group whose every call ends with words and one of the codes of `outcome.Exit`."""

    def main(self, args: Sequence[str] | None = None, *others: Any, **named: Any) -> Any:
        """Run as a program; what could not be printed because nobody reads it is no accident."""
        given = list(sys.argv[1:] if args is None else args)
        _open_standard_streams()
        with leave_if_unread():
            return super().main(given, *others, **named)

    def make_context(self, *given: Any, **named: Any) -> click.Context:
        """Read the command line; help is printed here, and click would exit 1 if it is not read."""
        if _plain_wanted():
            named.setdefault("color", False)  # else click decides: none where there is no terminal
        with leave_if_unread():
            return super().make_context(*given, **named)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Remember what was written, for the report of a defect."""
        ctx.meta["actient.written"] = written(args)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Call the command, and end as `outcome.ending` says."""
        with ending(ctx.meta["actient.written"]):
            return super().invoke(ctx)


def _plain_wanted() -> bool:
    """Tell whether bold and colours are not wanted (no-color.org) or not understood."""
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"


def _open_standard_streams() -> None:
    # Started with one of them closed, we would give its number to a socket, and children would
    # print into it. And a text that a terminal cannot show is better shown in part than not at all.
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # the lowest free number
    sys.stdout, sys.stderr = sys.stdout or _nowhere(), sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def use_root(ctx: click.Context, _: click.Parameter, given: Path | None) -> None:
    """Work in the checkout that `--root` names, here and in every process started from here."""
    if given is None:
        return
    root = given.resolve()
    if not is_checkout(root):
        raise click.BadParameter(
            f"{given} is not a checkout of Actient: it has not its {MARKER.as_posix()}.", ctx
        )
    ctx.with_resource(_stated(ROOT, str(root)))


def use_debug(ctx: click.Context, _: click.Parameter, given: bool) -> None:
    """Print tracebacks, here and in every process started from here."""
    if given:
        ctx.with_resource(_stated(DEBUG, "1"))


@contextmanager
def _stated(name: str, value: str) -> Iterator[None]:
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before
