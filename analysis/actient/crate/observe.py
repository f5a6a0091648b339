"""What a chapter reads, observed: its cells run, and the files of `data/` they open are noted.

Nothing is declared, so nothing can be forgotten. The cells run as plain Python in a process of
their own, with the default parameters: no kernel, and no cache that another chapter filled.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from actient.paths import Paths
from actient.runs.watch import Watch

# An audit hook sees every `open`, whichever library calls it. Outputs go nowhere.
_WATCH: Final = """
import json, os, sys
notebook, data = sys.argv[1:]
opened = set()
def note(event, details):
    if event == "open" and isinstance(details[0], (str, os.PathLike)):
        opened.add(os.path.realpath(os.fspath(details[0])))
cells = json.load(open(notebook, encoding="utf-8"))["cells"]
os.chdir(os.path.dirname(notebook))
sys.addaudithook(note)
told, sys.stdout = sys.stdout, open(os.devnull, "w")
names = {"__name__": "__main__"}
for cell in cells:
    if cell["cell_type"] == "code":
        exec(compile("".join(cell["source"]), notebook, "exec"), names)
inside = os.path.realpath(data) + os.sep
for path in sorted(opened):
    if path.startswith(inside):
        print(os.path.relpath(path, data).replace(os.sep, "/"), file=told)
"""


class ReadsError(RuntimeError):
    """A chapter whose cells did not run to their end."""

    @classmethod
    def of(cls, notebook: Path, said: str) -> ReadsError:
        """Name the chapter, and quote the end of what it said."""
        end = "\n".join(said.strip().splitlines()[-3:])
        return cls(
            f"What {notebook.name} reads could not be observed: its cells stopped with\n{end}\n"
            "Run `actient run` on that chapter first; it says which cell fails."
        )


def observed(
    paths: Paths, names: Iterable[str], *, watch: Watch | None = None
) -> dict[str, tuple[str, ...]]:
    """Run the cells of chapters with their default parameters, two at a time.

    Parameters
    ----------
    names
        Chapters, without extension.
    watch
        Told of each chapter when it starts and when it is over.

    Returns
    -------
    dict
        By chapter, the files of `data/` that it opened, as paths from there, in alphabetical order.

    Raises
    ------
    ReadsError
        If a cell fails.
    """
    chosen, watching = tuple(names), watch or Watch()

    def look(name: str) -> tuple[str, ...]:
        watching.start(name)
        found = _observed(paths, paths.notebook(name))
        watching.finish(name)
        return found

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(chosen, pool.map(look, chosen), strict=True))


def _observed(paths: Paths, notebook: Path) -> tuple[str, ...]:
    done = subprocess.run(  # noqa: S603 — our own arguments
        [sys.executable, "-c", _WATCH, str(notebook.resolve()), str(paths.data.resolve())],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise ReadsError.of(notebook, done.stderr)
    return tuple(done.stdout.split("\n")[:-1])
