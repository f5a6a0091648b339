"""The command that opens a chapter in JupyterLab, with its charts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

from actient.cli.completion import chapter_names
from actient.cli.exits import or_exit
from actient.paths import LAB_EXTENSION, checkout, lab_extension


@click.command()
@click.argument("notebook", required=False, shell_complete=chapter_names)
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
@click.option("--only-teach", is_flag=True, help="Let JupyterLab show our charts; do not start it.")
@click.option(
    "--prefix",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Environment of the JupyterLab to teach, where it is not this one.",
)
def lab(
    notebook: str | None, options: tuple[str, ...], only_teach: bool, prefix: Path | None
) -> None:
    """Start JupyterLab in the checkout, at a chapter if one is named; its charts are shown.

    What stands after -- is for JupyterLab. An extension of three files is first written into this
    environment, since JupyterLab shows charts of Vega-Lite 6 only with one.

    \b
    Examples
      actient lab
      actient lab 04_results
      actient lab 04_results -- --no-browser --port 8890
      actient lab --only-teach --prefix .
    """  # noqa: D301
    from actient import parameters
    from actient.book import lab as jupyterlab

    def tell(place: Path) -> None:
        click.echo(f"JupyterLab shows the chapters' charts: {place}", err=True)

    def prepared() -> tuple[list[str], str]:
        if only_teach:
            if notebook:
                raise click.UsageError("--only-teach opens no chapter: it starts nothing.")
            place = lab_extension(prefix) if prefix else LAB_EXTENSION
            tell(jupyterlab.teach(place))
            return [], ""
        if prefix:
            raise click.UsageError("--prefix goes with --only-teach: it names another JupyterLab.")
        paths = checkout()
        name = notebook.removesuffix(".ipynb") if notebook else None
        if name:
            parameters.model_of(name)
        starting = jupyterlab.command(paths, name, options)
        tell(jupyterlab.teach())
        return starting, str(paths.root)

    starting, folder = or_exit(prepared, jupyterlab.LabError)
    if starting:
        sys.exit(subprocess.run(starting, cwd=folder, check=False).returncode)  # noqa: S603
