"""The command that builds the book, on the poster's figures alone or on responses too."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from actient.cli.outcome import LANG, or_exit
from actient.cli.survey_options import RESPONSES, aggregated, survey_options
from actient.locale import Lang
from actient.paths import checkout


@click.command()
@click.option("--lang", "langs", type=LANG, multiple=True, help="Edition; may be repeated.")
@click.option("--responses", type=RESPONSES, help="Responses to your own survey: an export.")
@survey_options
def book(langs: tuple[Lang, ...], responses: Path | None, **options: Any) -> None:
    """Execute the chapters that changed and build the site.

    With responses, the chapters on results and biases also show what they say. Only totals large
    enough to point to no one leave the reading of the file; see `actient tabulate`.

    \b
    Examples
      actient book
      actient book --lang fr
      actient book --responses answers.csv
      actient book --responses answers.csv --margins margins.csv --exclude-invalid
    """  # noqa: D301
    paths = or_exit(checkout)
    supplied = aggregated(paths, responses, options) if responses else None

    from actient.book import build, kernel, site

    def made() -> None:
        try:
            done = build.build(paths, langs or site.editions(paths), click.echo, supplied)
        except KeyboardInterrupt:
            kernel.stop_all()
            click.echo("\nInterrupted. What was finished is kept; run the command again to go on.")
            sys.stdout.flush()
            os._exit(130)  # doit's workers wait for tasks that will never come
        changed = f"{len(done.executed)} executed" if done.executed else "nothing to execute"
        click.echo(f"Done ({changed}). Open {done.page}")

    or_exit(made, build.BuildError)


@click.command()
@click.option("--lang", "langs", type=LANG, multiple=True, help="Edition; may be repeated.")
def pdf(langs: tuple[Lang, ...]) -> None:
    """Print the built book, and the poster laid out anew (A0), with Chromium, into _build/pdf.

    \b
    Examples
      actient pdf
      actient pdf --lang en
    """  # noqa: D301
    from actient.book import addresses, binding, pdf_pages, site
    from actient.book import pdf as printer

    def made() -> None:
        paths = checkout()
        for path in printer.build_pdfs(paths, langs or site.editions(paths), click.echo):
            click.echo(path)

    or_exit(
        made,
        printer.PdfError,
        binding.BindingError,
        addresses.AddressError,
        pdf_pages.PdfReadError,
    )


@click.command()
@click.option("--check", is_flag=True, help="Change nothing; exit 1 if a catalogue is not in step.")
def translations(check: bool) -> None:
    """Bring the English catalogues in step with the French pages; list what is to be translated.

    \b
    Examples
      actient translations
      actient translations --check
    """  # noqa: D301
    from actient.book import catalogues
    from actient.book import translations as extracted

    compare = extracted.check if check else extracted.update
    problems = or_exit(
        lambda: compare(checkout()), extracted.ExtractionError, catalogues.CatalogueError
    )
    for problem in problems:
        click.echo(str(problem))
    click.echo(f"{len(problems)} messages to look at.", err=True)
    sys.exit(1 if problems else 0)
