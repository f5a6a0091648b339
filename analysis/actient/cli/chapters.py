"""Commands on chapters: run one, list its parameters, show what it recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from actient.cli import progress
from actient.cli.assignments import from_file, from_pairs
from actient.cli.completion import chapter_names, parameter_names
from actient.cli.exits import LANG, Exit, json_text, or_exit, refuse, terminable
from actient.cli.overwriting import check_no_chapter
from actient.locale import LANGS, Lang
from actient.paths import Paths, checkout
from actient.words import translator

if TYPE_CHECKING:
    from actient.parameters import ParameterHelp, Parameters

_JSON = click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
_NOTEBOOK = click.argument("notebook", required=False, shell_complete=chapter_names)


@click.command()
@click.argument("notebook", shell_complete=chapter_names)
@click.option(
    "-p",
    "pairs",
    metavar="NAME=VALUE",
    multiple=True,
    shell_complete=parameter_names,
    help="A parameter; its value is read as YAML. May be repeated.",
)
@click.option(
    "-f",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Parameters in a YAML file; -p wins over it.",
)
@click.option("--lang", type=LANG, help="Language of the outputs.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the executed notebook and its results (default: _build/runs).",
)
@click.option(
    "--figure",
    metavar="NAME",
    help="Write the files of this figure too (picture, data, specification), and name them.",
)
@_JSON
def run(
    notebook: str,
    pairs: tuple[str, ...],
    file: Path | None,
    lang: Lang | None,
    out: Path | None,
    figure: str | None,
    as_json: bool,
) -> None:
    """Run one chapter with checked parameters and print the results it records.

    \b
    Examples
      actient run 04_results -p "sample_sizes=[50, 500]" -p confidence=0.9
      actient run 03_pathway -p alignment=by_meaning --lang en
      actient run 04_results --figure results-wilson --out here
      actient run 06_coverage -f values.yml -p max_difference=0.1 --json
    """  # noqa: D301
    from actient import parameters

    def checked() -> tuple[Paths, str, dict[str, Any], Parameters]:
        values = {**from_file(file), **from_pairs(pairs)}
        if lang and values.setdefault("lang", lang) != lang:
            raise click.UsageError(f"--lang {lang}, and lang={values['lang']}: which of the two?")
        name = notebook.removesuffix(".ipynb")
        model = parameters.check(name, values)
        paths = checkout()
        if out:
            check_no_chapter(out, name, paths)
        return paths, name, parameters.with_found_file(values, paths), model

    paths, name, values, model = or_exit(checked)
    _echo_values(model, values)

    from actient.book.figures import drawing
    from actient.runs import execute, kernel

    folder = out or paths.build / "runs"
    if figure:
        try:
            drawing.check(figure, paths.notebook(name))  # before anything runs
        except drawing.NoSuchFigureError as error:
            refuse(error, Exit.USAGE)

    def executed() -> tuple[execute.Run, list[Path]]:
        with terminable(), kernel.stopped_if_interrupted():
            done = execute.run(
                paths.notebook(name),
                notebook=folder / f"{name}.ipynb",
                results=folder / f"{name}.json",
                values=values,
                kernel_name=execute.warm_kernel(paths),
                cell_bar=progress.visible(),
            )
        return done, drawing.write_files(figure, done.notebook, folder) if figure else []

    done, drawn = or_exit(executed, execute.ChapterError, drawing.NoSuchFigureError)
    stated = {key: record.as_json() for key, record in done.records.items()}
    _print_results({name: stated}, as_json, model.lang)
    click.echo(f"Notebook: {done.notebook}\nResults: {done.results}", err=True)
    for path in drawn:
        click.echo(f"Figure: {path}", err=True)


@click.command()
@_NOTEBOOK
@_JSON
@click.option("--lang", type=LANG, default="en", show_default=True, help="Language of meanings.")
def params(notebook: str | None, as_json: bool, lang: Lang) -> None:
    """List every parameter: type, unit, bounds, default, meaning.

    \b
    Examples
      actient params
      actient params 04_results --lang fr
      actient params 08_diffusion --json
    """  # noqa: D301
    from actient import parameters

    names = [notebook.removesuffix(".ipynb")] if notebook else list(parameters.MODELS)
    described = or_exit(
        lambda: {name: parameters.describe(parameters.model_of(name)) for name in names}
    )
    if as_json:
        plain = {name: [_as_json(one) for one in found] for name, found in described.items()}
        click.echo(json_text(plain))
        return
    for name, found in described.items():
        click.echo(click.style(name, bold=True))
        for one in found:
            facts = [one.type, one.allowed, one.unit, f"default {one.default!r}"]
            click.echo(f"  {one.name}: {', '.join(filter(None, facts))}")
            source = f" [{one.source}]" if one.source else ""
            click.echo(f"      {one.meaning(lang)}{source}")
        if rules := parameters.model_of(name).rules:
            click.echo(f"  {translator(lang)(rules)}")


@click.command()
@_NOTEBOOK
@click.option("--lang", type=LANG, default="fr", show_default=True, help="Edition.")
@_JSON
def results(notebook: str | None, lang: Lang, as_json: bool) -> None:
    """Show the results that the last build recorded.

    \b
    Examples
      actient results
      actient results 04_results --lang en
      actient results 07_selection --json
    """  # noqa: D301
    from actient import parameters
    from actient.runs import recorded

    def found() -> recorded.Results:
        if notebook:
            parameters.model_of(notebook)
        return recorded.read(checkout(), lang, notebook)

    _print_results(or_exit(found, recorded.NoResultsError), as_json, lang)


@click.command()
@_JSON
def reference(as_json: bool) -> None:
    """Execute every chapter with its default parameters and rewrite the committed references.

    Writes the outputs of the committed notebooks and data/reference/results.json; read the diff
    before committing it.

    \b
    Examples
      actient reference
      actient reference --json
    """  # noqa: D301
    from actient.runs import recorded
    from actient.runs import reference as references
    from actient.runs.execute import ChapterError

    def rewritten() -> list[recorded.Difference]:
        paths = checkout()
        with progress.shown(
            len(LANGS) * len(paths.notebooks()), unit="chapter", err=as_json
        ) as watch:
            return references.rewrite(paths, watch.say, watch=watch)

    changed = or_exit(rewritten, ChapterError)
    if as_json:
        click.echo(json_text([asdict(difference) for difference in changed]))
        return
    for difference in changed:
        click.echo(f"  {difference}")
    click.echo(f"{len(changed)} recorded results changed. Read `git diff` before committing.")


def _as_json(one: ParameterHelp) -> dict[str, Any]:
    return {
        "name": one.name,
        "type": one.type,
        "unit": one.unit,
        "allowed": one.allowed,
        "default": one.default,
        "meaning": {lang: one.meaning(lang) for lang in LANGS},
        "source": one.source,
    }


def _echo_values(model: Parameters, given: Mapping[str, Any]) -> None:
    shown = ", ".join(
        f"{name}={value}" + ("" if name in given else " (default)")
        for name, value in model.model_dump().items()
    )
    click.echo(f"Parameters: {shown}", err=True)


def _print_results(
    found: Mapping[str, Mapping[str, Mapping[str, Any]]], as_json: bool, lang: Lang
) -> None:
    if as_json:
        click.echo(json_text(found))
        return
    from actient.locale import quantity

    for name, stated in found.items():
        click.echo(click.style(name, bold=True))
        for key, record in stated.items():
            rests = f", assuming {record['assumption']}" if record["assumption"] else ""
            text = quantity(record["value"], record["unit"], lang)
            click.echo(f"  {key}: {text} ({record['origin']}{rests})")
