"""The command that says how to cite the compendium, or one chapter of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from actient.cli.completion import chapter_names
from actient.cli.exits import LANG, or_exit
from actient.locale import Lang
from actient.paths import checkout

if TYPE_CHECKING:
    from actient.book.provenance.citation import Form


@click.command()
@click.argument("chapter", required=False, shell_complete=chapter_names)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "bibtex"]),
    default="text",
    show_default=True,
    help="How to write it.",
)
@click.option("--lang", type=LANG, default="en", show_default=True, help="Language.")
def cite(chapter: str | None, form: Form, lang: Lang) -> None:
    """Say how to cite the compendium, or one of its chapters.

    The version is that of CITATION.cff, the revision and its year are git's. There is no DOI.

    \b
    Examples
      actient cite
      actient cite 07_selection --format bibtex --lang fr
    """  # noqa: D301
    from actient import parameters
    from actient.book.provenance import citation

    def written() -> str:
        if chapter:
            parameters.model_of(chapter)  # told as every other command tells an unknown one
        paths = checkout()
        compendium = citation.load(paths)
        work = citation.chapter(paths, chapter, lang) if chapter else compendium.work
        revision = citation.revision(paths)
        if form == "bibtex":
            return citation.bibtex(work, compendium, revision).strip()
        return citation.text(work, compendium, revision, lang)

    click.echo(or_exit(written, citation.CitationError))
