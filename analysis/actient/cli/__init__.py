"""The command line. Commands import what they need when they run, so that help answers at once."""

from __future__ import annotations

from pathlib import Path

import click

from actient.cli.book import book, pdf, translations
from actient.cli.chapters import params, reference, results, run
from actient.cli.cite import cite
from actient.cli.completion import completion
from actient.cli.crate import crate
from actient.cli.exits import exit_codes
from actient.cli.group import CommandLine, use_debug, use_root
from actient.cli.lab import lab
from actient.cli.reproduce import checksums, reproduce
from actient.cli.survey import forms, synthesize, tabulate, validate
from actient.cli.sweep import sweep


@click.group(
    cls=CommandLine,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="\b\nExit codes\n" + exit_codes(),
)
@click.option(
    "--root",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    callback=use_root,
    expose_value=False,
    help="Checkout to work in. Default: the one around this folder, else the one that holds us.",
)
@click.option(
    "--debug",
    is_flag=True,
    callback=use_debug,
    expose_value=False,
    help="Print the traceback of what goes wrong.",
)
@click.version_option(package_name="actient", prog_name="actient")
def main() -> None:
    """Rerun, rebuild and check the Actient compendium.

    Paths are those of the folder you are in, whatever the checkout. ACTIENT_ROOT and ACTIENT_DEBUG
    are --root and --debug for good.

    \b
    Examples
      actient book                                  build the site
      actient book --responses answers.csv          the same book on your own survey
      actient run 03_pathway -p alignment=extracted  one chapter, another assumption
      actient params 04_results                     what can be changed, and how far
      actient forms --out forms                     the questionnaire, for your collection tool
      actient validate answers.csv                  is this export ready to be used?
      actient results 04_results --json             what the last build recorded
      actient lab 04_results                        open a chapter in JupyterLab
      actient --root ~/actient params               from any other folder
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
    lab,
    completion,
):
    main.add_command(command)
