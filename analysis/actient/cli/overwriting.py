"""What `--out` may replace: nothing, or a file that the same command wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import click

from actient.paths import Paths, is_checkout

FORCE = click.option("--force", is_flag=True, help="Replace what stands there, whatever it is.")


def check_out(
    out: Path,
    *,
    reads: Iterable[Path | None] = (),
    writes: str,
    is_ours: Callable[[Path], bool],
    force: bool,
) -> None:
    """Refuse to write over a file that somebody may still need.

    Parameters
    ----------
    reads
        Files that the command was given to read; not even `force` replaces them.
    writes
        What the command writes, in words.
    is_ours
        Tells whether a file is such a one, which may be replaced.
    force
        Whether the user said that any file may be replaced.

    Raises
    ------
    click.UsageError
        Before anything is read or written.
    """
    if not out.exists():
        return
    if any(file and out.samefile(file) for file in reads):
        raise click.UsageError(f"--out {out}: this file is the one to read. Choose another name.")
    if not out.is_file():  # /dev/null, a pipe: it would be replaced by a file
        raise click.UsageError(f"--out {out}: not an ordinary file. Choose another name.")
    if not (force or out.stat().st_size == 0 or is_ours(out)):
        raise click.UsageError(
            f"--out {out}: this file exists and is not {writes}. Choose another name, or replace "
            "it with --force."
        )


def check_no_chapter(folder: Path, name: str, paths: Paths) -> None:
    """Refuse a folder where the executed notebook would take the place of a chapter.

    Raises
    ------
    click.UsageError
        If `folder` is that of the chapters, of this checkout or of another.
    """
    place, other = folder / f"{name}.ipynb", Paths(folder.resolve().parent)
    is_source = place.exists() and place.samefile(paths.notebook(name))
    if is_source or (is_checkout(other.root) and other.analysis == folder.resolve()):
        raise click.UsageError(
            f"--out {folder}: the executed notebook would replace the chapter itself, {place}. "
            "Choose another folder."
        )
