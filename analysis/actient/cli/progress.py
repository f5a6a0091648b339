"""Progress of long work: a bar on a terminal, plain lines elsewhere; never where data goes."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from actient.cli.exits import tell
from actient.runs.watch import Watch

if TYPE_CHECKING:
    from tqdm import tqdm

SIGN_OF_LIFE: Final = 10.0  # seconds between two lines where there is no bar


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
    unit: str = "step"
    running: list[str] = field(default_factory=list)
    _told: float | None = None

    def say(self, line: str) -> None:
        """Print one line; on a terminal, above the bar."""
        if self.bar is not None:
            self.bar.clear()
        tell(line, err=self.err)
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

    def reach(self, done: int, total: int) -> None:
        """Show how far work is whose length was not known when it began.

        Without a terminal: a line at the beginning, at the end, and now and then between.
        """
        if self.bar is not None:
            self.bar.total, self.bar.n = total, done
            self.bar.refresh()
            return
        now = time.monotonic()
        if self._told is None or done == total or now - self._told >= SIGN_OF_LIFE:
            self._told = now
            self.say(f"{done} of {total} {self.unit}s done.")

    def _show(self) -> None:
        if self.bar is not None:
            self.bar.set_postfix_str(", ".join(self.running))


def visible() -> bool:
    """Tell whether somebody sees the error stream on a terminal."""
    return sys.stderr.isatty()


@contextmanager
def shown(
    total: int | None, *, unit: str, err: bool = False, steady: bool = False
) -> Iterator[Progress]:
    """Show the progress of `total` steps, on the error stream's terminal if there is one.

    Parameters
    ----------
    unit
        What a step is: "chapter".
    err
        Whether lines go to the error stream, because the output is data.
    steady
        Whether each step takes about as long, so that what remains can be told.
    """
    if not visible():
        yield Progress(err, unit=unit)
        return
    from tqdm import tqdm

    remains = " < {remaining}" if steady else ""
    layout = "{n_fmt}/{total_fmt} " + unit + "s |{bar:20}| {elapsed}" + remains + "{postfix}"
    with tqdm(total=total, bar_format=layout, leave=False, file=sys.stderr) as bar:
        yield Progress(err, bar, unit)
