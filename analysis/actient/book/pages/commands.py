"""The command line as its own help tells it: `{command-reference}`, `{exit-codes}`.

The book stands below the command line and imports nothing of it: it asks for the program that our
package installs, as a shell does, so that the page says what `actient --help` says.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import entry_points
from textwrap import dedent
from typing import Final

import click
from markupsafe import Markup
from sphinx.application import Sphinx

from actient.book.pages import page
from actient.book.pages.dictionaries import with_code
from actient.templates import render

PROGRAM: Final = "actient"
_AS_TYPED: Final = "\b\n"  # click's mark for a paragraph whose lines are kept


@dataclass(frozen=True)
class Passage:
    """A paragraph of help, or lines set apart under a title: examples, a file."""

    text: Markup
    lines: str = ""


@dataclass(frozen=True)
class Command:
    """What the help of a command says."""

    name: str
    usage: str
    summary: Markup
    passages: tuple[Passage, ...]
    options: tuple[tuple[str, Markup], ...]

    @property
    def anchor(self) -> str:
        """Name its place in the page: `command-tabulate`."""
        return f"command-{self.name}"


def register(app: Sphinx) -> None:
    """Add the parts to Sphinx."""
    page.add(app, "command-reference", command_reference)
    page.add(app, "exit-codes", exit_codes)


def command_reference(place: page.Place) -> Markup:
    """Describe the program, then each of its commands, in the order of its help."""
    program = _program()
    # Without its settings, click would remember for the whole process that there is no `-h`.
    top = click.Context(program, info_name=PROGRAM, **program.context_settings)
    commands = [
        _described(program.commands[name], click.Context(program.commands[name], top, name))
        for name in program.list_commands(top)
    ]
    return render(
        "book/pages/commands.html",
        place.lang,
        program=_described(program, top),
        commands=commands,
    )


def exit_codes(place: page.Place) -> Markup:
    """List the exit codes and what each says."""
    (told,) = _passages(_program().epilog or "")
    codes = [line.split(maxsplit=1) for line in told.lines.splitlines()]
    return render("book/pages/exit_codes.html", place.lang, codes=codes)


def _program() -> click.Group:
    found = entry_points(group="console_scripts")[PROGRAM].load()
    assert isinstance(found, click.Group)  # noqa: S101 — our own pyproject.toml names it
    return found


def _described(command: click.Command, ctx: click.Context) -> Command:
    options = [one for one in command.params if isinstance(one, click.Option)]
    records = [option.get_help_record(ctx) for option in options]
    return Command(
        name=ctx.info_name or "",
        usage=f"{ctx.command_path} {' '.join(command.collect_usage_pieces(ctx))}",
        summary=with_code(command.get_short_help_str(limit=1000)),
        passages=tuple(_passages(command.help or "")),
        options=tuple((names, with_code(told)) for names, told in filter(None, records)),
    )


def _passages(text: str) -> Iterator[Passage]:
    for passage in re.split(r"\n{2,}", inspect.cleandoc(text)):
        if passage.startswith(_AS_TYPED):
            lines = passage.removeprefix(_AS_TYPED).splitlines()
            title = "" if lines[0].startswith(" ") else lines.pop(0)
            yield Passage(with_code(title), dedent("\n".join(lines)))
        else:
            yield Passage(with_code(" ".join(passage.split())))
