"""Progress of long work: a bar on a terminal, plain lines elsewhere; never where data goes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from actient.book.watch import Watch

if TYPE_CHECKING:
    from tqdm import tqdm


@dataclass
class Progress(Watch):
    """What a long command tells of its steps.

    Attributes
    ----------
    err
        Whether lines go to the error stream, because the output is data.
    """

    err: bool = False
    bar: tqdm[None] | None = None
    running: list[str] = field(default_factory=list)

    def say(self, line: str) -> None:
        """Print one line; on a terminal, above the bar."""
        if self.bar is not None:
            self.bar.clear()
        click.echo(line, err=self.err)
        if self.bar is not None:
            self.bar.refresh()

    def start(self, step: str) -> None:
        """Show that a step is under way."""
        self.running.append(step)
        self._show()

    def finish(self, step: str) -> None:
        """Count a step as over, whether it was started or not."""
        if step in self.running:
            self.running.remove(step)
        if self.bar is not None:
            self.bar.update()
        self._show()

    def _show(self) -> None:
        if self.bar is not None:
            self.bar.set_postfix_str(", ".join(self.running))


def visible() -> bool:
    """Tell whether somebody sees the error stream on a terminal."""
    return sys.stderr.isatty()


@contextmanager
def shown(total: int, *, unit: str, err: bool = False) -> Iterator[Progress]:
    """Show the progress of `total` steps, on the error stream's terminal if there is one.

    Parameters
    ----------
    unit
        What a step is: "chapter".
    err
        Whether lines go to the error stream, because the output is data.
    """
    if not visible():
        yield Progress(err)
        return
    from tqdm import tqdm

    layout = "{n_fmt}/{total_fmt} " + unit + "s |{bar:20}| {elapsed}{postfix}"
    with tqdm(total=total, bar_format=layout, leave=False, file=sys.stderr) as bar:
        yield Progress(err, bar)
