"""The command that opens a chapter in JupyterLab, with its charts."""

from __future__ import annotations

import subprocess
import sys

import click

from actient.cli.completion import chapter_names
from actient.cli.outcome import or_exit
from actient.paths import checkout


@click.command()
@click.argument("notebook", required=False, shell_complete=chapter_names)
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
@click.option("--only-teach", is_flag=True, help="Let JupyterLab show our charts; do not start it.")
def lab(notebook: str | None, options: tuple[str, ...], only_teach: bool) -> None:
    """Start JupyterLab in the checkout, at a chapter if one is named; its charts are shown.

    What stands after -- is for JupyterLab. An extension of three files is first written into this
    environment, since JupyterLab shows charts of Vega-Lite 6 only with one.

    \b
    Examples
      actient lab
      actient lab 04_results
      actient lab 04_results -- --no-browser --port 8890
      actient lab --only-teach
    """  # noqa: D301
    from actient import parameters
    from actient.book import lab as jupyterlab

    def prepared() -> tuple[list[str], str]:
        paths = checkout()
        name = notebook.removesuffix(".ipynb") if notebook else None
        if name:
            parameters.model_of(name)
        starting = jupyterlab.command(paths, name, options)
        place = jupyterlab.teach()
        click.echo(f"JupyterLab shows the chapters' charts: {place}", err=True)
        return starting, str(paths.root)

    starting, folder = or_exit(prepared, jupyterlab.LabError)
    if not only_teach:
        sys.exit(subprocess.run(starting, cwd=folder, check=False).returncode)  # noqa: S603
