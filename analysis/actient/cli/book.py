"""The command that builds the book, on the poster's figures alone or on responses too."""

from __future__ import annotations

import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from actient.cli import progress
from actient.cli.exits import LANG, Exit, json_text, or_exit
from actient.cli.survey_options import RESPONSES, aggregated, survey_options
from actient.locale import Lang
from actient.paths import checkout


@click.command()
@click.option("--lang", "langs", type=LANG, multiple=True, help="Edition; may be repeated.")
@click.option("--responses", type=RESPONSES, help="Responses to your own survey: an export.")
@survey_options
@click.option("--json", "as_json", is_flag=True, help="Print what was made as JSON.")
def book(langs: tuple[Lang, ...], responses: Path | None, as_json: bool, **options: Any) -> None:
    """Execute the chapters that changed and build the site.

    With responses, the chapters on results and biases also show what they say. Only totals large
    enough to point to no one leave the reading of the file; see `actient tabulate`.

    \b
    Examples
      actient book
      actient book --lang fr
      actient book --responses answers.csv
      actient book --responses answers.csv --margins margins.csv --exclude-invalid
      actient book --json
    """  # noqa: D301
    paths = or_exit(checkout)
    supplied = aggregated(paths, responses, options) if responses else None

    from actient.book import build, site
    from actient.runs import kernel

    editions = langs or tuple(site.editions(paths))

    def made() -> build.Built:
        steps = build.step_count(paths, editions)
        with progress.shown(steps, unit="step", err=as_json) as watch:
            try:
                return build.build(paths, editions, watch.say, supplied, watch=watch)
            except KeyboardInterrupt:
                kernel.stop_all()
                watch.say("Interrupted. What was finished is kept; run the command again.")
                sys.stdout.flush()
                os._exit(Exit.INTERRUPTED)  # doit's workers wait for tasks that will never come

    done = or_exit(made, build.BuildError)
    if as_json:
        summary = {
            "page": str(done.page),
            "editions": {lang: str(paths.site / lang / "index.html") for lang in editions},
            "executed": list(done.executed),
            "supplied": supplied.origin if supplied else None,
        }
        click.echo(json_text(summary))
        return
    changed = f"{len(done.executed)} executed" if done.executed else "nothing to execute"
    click.echo(f"Done ({changed}). Open {done.page}")


@click.command()
@click.option("--lang", "langs", type=LANG, multiple=True, help="Edition; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Print the files made as JSON.")
def pdf(langs: tuple[Lang, ...], as_json: bool) -> None:
    """Print the built book, and the poster laid out anew (A0), with Chromium, into _build/pdf.

    \b
    Examples
      actient pdf
      actient pdf --lang en
    """  # noqa: D301
    from actient.book import site
    from actient.book.frame import addresses
    from actient.book.paper import binding, pdf_pages, printing
    from actient.book.paper import pdf as printer

    def made() -> list[Path]:
        paths = checkout()
        editions = langs or tuple(site.editions(paths))
        with progress.shown(2 * len(editions), unit="file", err=as_json) as watch:

            def tell(file: str) -> None:
                watch.finish(file)
                if not as_json:
                    watch.say(file)

            return printer.build_pdfs(paths, editions, tell)

    files = or_exit(
        made,
        printing.PdfError,
        binding.BindingError,
        addresses.AddressError,
        pdf_pages.PdfReadError,
    )
    if as_json:
        click.echo(json_text([str(file) for file in files]))


@click.command()
@click.option("--check", is_flag=True, help="Change nothing; exit 1 if a catalogue is not in step.")
@click.option("--json", "as_json", is_flag=True, help="Print the messages as JSON.")
def translations(check: bool, as_json: bool) -> None:
    """Bring the English catalogues in step with the French pages; list what is to be translated.

    \b
    Examples
      actient translations
      actient translations --check --json
    """  # noqa: D301
    from actient.book import translations as extracted
    from actient.book.translation import catalogues

    compare = extracted.check if check else extracted.update
    problems = or_exit(
        lambda: compare(checkout()), extracted.ExtractionError, catalogues.CatalogueError
    )
    if as_json:
        click.echo(json_text([asdict(problem) for problem in problems]))
    else:
        for problem in problems:
            click.echo(str(problem))
    click.echo(f"{len(problems)} messages to look at.", err=True)
    sys.exit(Exit.REFUSED if problems else Exit.DONE)
