"""Commands on chapters: run one, list its parameters, show what it recorded."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import yaml

from actient import parameters
from actient.cli.outcome import LANG, or_exit
from actient.locale import Lang, quantity
from actient.paths import Paths, checkout


@click.command()
@click.argument("notebook")
@click.option("-p", "pairs", metavar="NAME=VALUE", multiple=True, help="A parameter (YAML value).")
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
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
def run(
    notebook: str,
    pairs: tuple[str, ...],
    file: Path | None,
    lang: Lang | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Run one chapter with checked parameters and print the results it records.

    \b
    Examples
      actient run 04_results -p "sample_sizes=[50, 500]" -p confidence=0.9
      actient run 03_pathway -p alignment=by_meaning --lang en
    """  # noqa: D301

    def checked() -> tuple[Paths, str, dict[str, Any], parameters.Parameters]:
        values = {**_from_file(file), **_from_pairs(pairs), **({"lang": lang} if lang else {})}
        name = notebook.removesuffix(".ipynb")
        return checkout(), name, values, parameters.check(name, values)

    paths, name, values, model = or_exit(checked)
    _echo_values(model, values)

    from actient.book import execute

    folder = out or paths.build / "runs"
    done = or_exit(
        lambda: execute.run(
            paths.notebook(name),
            notebook=folder / f"{name}.ipynb",
            results=folder / f"{name}.json",
            values=values,
            kernel_name=execute.warm_kernel(paths),
        ),
        execute.ChapterError,
        OSError,
    )
    stated = {key: record.as_json() for key, record in done.records.items()}
    _print_results({name: stated}, as_json, model.lang)
    click.echo(f"Notebook: {done.notebook}\nResults: {done.results}", err=True)


@click.command()
@click.argument("notebook", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.option("--lang", type=LANG, default="en", show_default=True, help="Language of meanings.")
def params(notebook: str | None, as_json: bool, lang: Lang) -> None:
    """List every parameter: type, unit, bounds, default, meaning.

    \b
    Examples
      actient params
      actient params 08_diffusion --json
    """  # noqa: D301
    names = [notebook.removesuffix(".ipynb")] if notebook else list(parameters.MODELS)
    described = or_exit(
        lambda: {name: parameters.describe(parameters.model_of(name)) for name in names}
    )
    if as_json:
        plain = {
            name: [
                {
                    "name": p.name,
                    "type": p.type,
                    "unit": p.unit,
                    "allowed": p.allowed,
                    "default": p.default,
                    "meaning": {"fr": p.fr, "en": p.en},
                    "source": p.source,
                }
                for p in found
            ]
            for name, found in described.items()
        }
        click.echo(json.dumps(plain, indent=1, ensure_ascii=False))
        return
    for name, found in described.items():
        click.echo(click.style(name, bold=True))
        for p in found:
            facts = ", ".join(filter(None, [p.type, p.allowed, p.unit, f"default {p.default}"]))
            click.echo(f"  {p.name}: {facts}\n      {p.meaning(lang)}")


@click.command()
@click.argument("notebook", required=False)
@click.option("--lang", type=LANG, default="fr", show_default=True, help="Edition.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def results(notebook: str | None, lang: Lang, as_json: bool) -> None:
    """Show the results that the last build recorded.

    \b
    Examples
      actient results
      actient results 07_selection --json
    """  # noqa: D301
    from actient.book import results as recorded

    def found() -> recorded.Results:
        if notebook:
            parameters.model_of(notebook)
        return recorded.read(checkout(), lang, notebook)

    _print_results(or_exit(found, recorded.NoResultsError), as_json, lang)


@click.command()
def reference() -> None:
    """Execute every chapter with its default parameters and rewrite the committed references.

    Writes the outputs of the committed notebooks and data/reference/results.json; read the diff
    before committing it.
    """
    from actient.book import reference as references

    def rewrite() -> None:
        changed = references.rewrite(checkout(), click.echo)
        for difference in changed:
            click.echo(f"  {difference}")
        click.echo(f"{len(changed)} recorded results changed. Read `git diff` before committing.")

    from actient.book.execute import ChapterError

    or_exit(rewrite, ChapterError)


def _from_pairs(pairs: Sequence[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not (equals and name):
            raise click.UsageError(f"-p {pair!r}: expected NAME=VALUE, as in -p confidence=0.9.")
        if name in values:
            raise click.UsageError(f"-p {name}: given twice.")
        values[name] = _parsed(text, f"-p {pair!r}")
    return values


def _from_file(file: Path | None) -> dict[str, Any]:
    if file is None:
        return {}
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{file}: not a UTF-8 text file ({error.reason}).") from None
    content = _parsed(text, str(file))
    if content is None:  # an empty file states nothing
        return {}
    if not isinstance(content, dict):
        raise click.UsageError(
            f"{file}: expected NAME: VALUE lines, found {type(content).__name__}."
        )
    return {str(name): value for name, value in content.items()}


def _parsed(text: str, where: str) -> Any:
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise click.UsageError(f"{where}: not valid YAML ({str(error).splitlines()[0]}).") from None


def _echo_values(model: parameters.Parameters, given: Mapping[str, Any]) -> None:
    shown = ", ".join(
        f"{name}={value}" + ("" if name in given else " (default)")
        for name, value in model.model_dump().items()
    )
    click.echo(f"Parameters: {shown}", err=True)


def _print_results(
    found: Mapping[str, Mapping[str, Mapping[str, Any]]], as_json: bool, lang: Lang
) -> None:
    if as_json:
        click.echo(json.dumps(found, indent=1, ensure_ascii=False))
        return
    for name, stated in found.items():
        click.echo(click.style(name, bold=True))
        for key, record in stated.items():
            rests = f", assuming {record['assumption']}" if record["assumption"] else ""
            text = quantity(record["value"], record["unit"], lang)
            click.echo(f"  {key}: {text} ({record['origin']}{rests})")
