"""The command that describes the committed runs for machines."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import click

from actient.cli import progress
from actient.cli.exits import or_exit
from actient.paths import Paths, checkout


@click.command()
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write (default: ro-crate-metadata.json, at the top of the checkout).",
)
@click.option(
    "--date",
    type=click.DateTime(["%Y-%m-%d"]),
    help="When these runs were published (default: the commit that last changed their results).",
)
@click.option(
    "--check", is_flag=True, help="Write nothing; exit 1 if the committed crate is stale."
)
def crate(out: Path | None, date: datetime.datetime | None, check: bool) -> None:
    """Describe the committed runs as an RO-Crate (Process Run Crate 0.5).

    Runs the cells of every chapter to see which tables each one reads, which takes a minute.

    \b
    Examples
      actient crate                   rewrite ro-crate-metadata.json
      actient crate --check           is it in step with notebooks, data and lock?
      actient crate --out crate.json  write it elsewhere
    """  # noqa: D301
    from actient.book.provenance.citation import CitationError
    from actient.crate import committed as crate_reference
    from actient.crate import observe
    from actient.files import write

    def made() -> tuple[Paths, str]:
        paths = checkout()
        names = [one.stem for one in paths.notebooks()]
        published = (
            date.date().isoformat()
            if date
            else _stated(paths.root / crate_reference.FILE)
            if check
            else crate_reference.last_published(paths)
        )
        with progress.shown(len(names), unit="chapter", err=True) as watch:
            reads = observe.observed(paths, names, watch=watch)
        return paths, crate_reference.described(paths, published, reads)

    paths, text = or_exit(
        made, observe.ReadsError, crate_reference.CrateError, CitationError, OSError
    )
    place = out or paths.root / crate_reference.FILE
    if check and (not place.is_file() or place.read_text(encoding="utf-8") != text):
        click.echo(f"actient: {place} is not what these files give; run `actient crate`.", err=True)
        sys.exit(1)
    if not check:
        write(place, text)
    click.echo(f"{place}: {'in step' if check else 'written'}.")


def _stated(committed: Path) -> str:
    """Read the date of the committed crate: no check asks git for it."""
    from actient.crate import committed as crate_reference

    return crate_reference.stated(committed.read_text(encoding="utf-8"))[0]
