"""The command line. Commands import what they need when they run, so that help answers at once."""

from __future__ import annotations

import click

from actient import __version__
from actient.cli.chapters import params, reference, results, run
from actient.cli.cite import cite
from actient.cli.crate import crate
from actient.cli.reproduce import checksums, reproduce
from actient.cli.site import book, pdf, translations
from actient.cli.survey import forms, synthesize, tabulate, validate
from actient.cli.sweep import sweep


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="actient")
def main() -> None:
    """Rerun, rebuild and check the Actient compendium.

    \b
    Examples
      actient book                                  build the site
      actient book --responses answers.csv          the same book on your own survey
      actient run 03_pathway -p alignment=extracted one chapter, another assumption
      actient params 04_results                     what can be changed, and how far
      actient forms --out forms                     the questionnaire, for your collection tool
      actient validate answers.csv                  is this export ready to be used?
      actient results 04_results --json             what the last build recorded
    """  # noqa: D301 — \b is click's mark for text not to be rewrapped


for command in (
    book,
    forms,
    validate,
    tabulate,
    synthesize,
    run,
    sweep,
    params,
    results,
    reference,
    reproduce,
    checksums,
    pdf,
    translations,
    crate,
    cite,
):
    main.add_command(command)
