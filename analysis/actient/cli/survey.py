"""Commands on one's own survey: the forms, the check of an export, totals, a demonstration."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from actient.cli.exits import Exit, json_text, or_exit, refuse
from actient.cli.overwriting import FORCE, check_out
from actient.cli.survey_options import (
    RESPONSES,
    aggregated,
    read,
    reading_options,
    survey_options,
    tell_reading,
    tell_refusal,
)
from actient.locale import Lang
from actient.paths import checkout

_JSON = click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
_NEW_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder to write the forms in.",
)
@FORCE
@_JSON
def forms(out: Path, force: bool, as_json: bool) -> None:
    """Write the questionnaire for KoboToolbox/ODK, REDCap, LimeSurvey, and as a CSV template.

    Forms that were edited, and other files of the same names, are not replaced.

    \b
    Examples
      actient forms --out forms
      actient forms --out forms --json
    """  # noqa: D301
    from actient.survey.forms import FormsTakenError, write_all
    from actient.survey.questionnaire import load_questionnaire, reconstructed

    try:
        made = or_exit(lambda: write_all(load_questionnaire(checkout()), out, force=force))
    except FormsTakenError as error:
        refuse(error, Exit.USAGE)
    if as_json:
        click.echo(json_text([str(path) for path in made]))
    else:
        for path in made:
            click.echo(path)
    click.echo(f"{reconstructed('en')} Have the notice reviewed before any collection.", err=True)


@click.command()
@click.argument("file", type=RESPONSES)
@_JSON
@click.option("--out", type=_NEW_FILE, help="Write the problems to this CSV file too.")
@FORCE
@reading_options
def validate(file: Path, as_json: bool, out: Path | None, force: bool, **options: Any) -> None:
    """Check responses: exit 0 if they can be used, 1 if not, every problem at once.

    Nothing of the file is kept. Problems name line, column, value and what was expected; they are
    never taken from columns that are dropped.

    \b
    Examples
      actient validate answers.csv
      actient validate answers.csv --messages en --out problems.csv
    """  # noqa: D301
    from actient.survey import responses

    paths = or_exit(checkout)
    lang: Lang = options["messages"]
    if out:
        check_out(
            out,
            reads=[file],
            writes="a list of problems",
            is_ours=responses.holds_problems,
            force=force,
        )
    if out and paths.build.resolve() in out.resolve().parents:
        raise click.UsageError(f"--out {out}: choose a place outside _build, which is published.")
    try:
        found: responses.Responses | responses.ResponsesError = or_exit(
            lambda: read(paths, file, options)
        )
    except responses.ResponsesError as error:
        found = error
    if out:
        or_exit(lambda: responses.write_problems(out, found.problems, lang), OSError)
    if as_json:
        click.echo(json_text(responses.as_json(found)))
    elif isinstance(found, responses.ResponsesError):
        tell_refusal(found, lang)
    else:
        tell_reading(found, lang)
    sys.exit(Exit.REFUSED if isinstance(found, responses.ResponsesError) else Exit.DONE)


@click.command()
@click.argument("file", type=RESPONSES)
@click.option("--out", type=_NEW_FILE, required=True, help="JSON file to write.")
@FORCE
@_JSON
@survey_options
def tabulate(file: Path, out: Path, force: bool, as_json: bool, **options: Any) -> None:
    """Write what may be told of responses: totals large enough to point to no one.

    A statistic appears only if its numerator, its complement and its base reach the threshold, and
    no withheld count can be worked out from the others. `actient run CHAPTER -p responses=FILE`
    reads the file back.

    \b
    Examples
      actient tabulate answers.csv --out aggregates.json
      actient tabulate answers.csv --out aggregates.json --margins margins.csv
    """  # noqa: D301
    from actient.files import write
    from actient.survey.publishing import aggregates

    paths = or_exit(checkout)
    check_out(
        out,
        reads=[file, options["margins"]],
        writes="a file of totals",
        is_ours=aggregates.holds_aggregates,
        force=force,
    )
    found = aggregated(paths, file, options)
    or_exit(lambda: write(out, aggregates.as_json(found)), OSError)
    told = [one for one in (*found.shares, *found.measures) if one.status != "absent"]
    if as_json:
        click.echo(
            json_text(
                {
                    "file": str(out),
                    "statistics": len(told),
                    "withheld": found.withheld,
                    "origin": found.origin,
                }
            )
        )
    else:
        click.echo(f"{out}: {len(told)} statistics, of which {found.withheld} withheld.")


@click.command()
@click.option("--n", "n", type=click.IntRange(1, 10_000_000), required=True, help="Respondents.")
@click.option("--seed", type=click.IntRange(min=0), default=20181, show_default=True, help="Seed.")
@click.option("--out", type=_NEW_FILE, required=True, help="CSV file to write.")
@FORCE
@_JSON
def synthesize(n: int, seed: int, out: Path, force: bool, as_json: bool) -> None:
    """Write synthetic respondents that agree with the poster's figures, marked in every row.

    For demonstrations and tests: they are invented, and everything made from them says so. No
    other file is replaced by them.

    \b
    Examples
      actient synthesize --n 600 --out synthetic.csv
      actient synthesize --n 600 --seed 7 --out synthetic.csv
    """  # noqa: D301
    from actient.claims import load_claims
    from actient.files import writing
    from actient.survey import synthesis
    from actient.survey.questionnaire import load_questionnaire

    check_out(
        out, writes="a file of synthetic respondents", is_ours=synthesis.is_synthetic, force=force
    )

    def made() -> None:
        paths = checkout()
        with writing(out) as stream:
            synthesis.write(stream, load_questionnaire(paths), load_claims(paths), n=n, seed=seed)

    or_exit(made, synthesis.SynthesisError, OSError)
    if as_json:
        click.echo(json_text({"file": str(out), "rows": n, "seed": seed, "origin": "synthetic"}))
    else:
        click.echo(f"{out}: {n} synthetic respondents (seed {seed}).")
