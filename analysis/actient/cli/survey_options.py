"""The options shared by the commands that read responses, and what they do with them."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from actient.cli.exits import LANG, Exit, or_exit
from actient.locale import Lang
from actient.paths import Paths

if TYPE_CHECKING:
    from actient.survey.publishing.aggregates import Aggregates
    from actient.survey.responses import Responses, ResponsesError

Command = TypeVar("Command", bound=Callable[..., None])


class FiniteRange(click.FloatRange):
    """A number between bounds; click's own also takes "nan" for one, and "inf"."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Read a number that is one."""
        found = float(super().convert(value, param, ctx))
        if not math.isfinite(found):
            self.fail(f"{value!r} is not a number.", param, ctx)
        return found


RESPONSES = click.Path(exists=True, dir_okay=False, path_type=Path)

_READING = (
    click.option(
        "--exclude-invalid",
        is_flag=True,
        help="Leave invalid rows out and go on, instead of refusing the file.",
    ),
    click.option(
        "--duplicates",
        type=click.Choice(["first", "last", "keep"]),
        default="first",
        show_default=True,
        help="Which row of a repeated code is kept.",
    ),
    click.option(
        "--minimum-duration",
        type=FiniteRange(min=0),
        default=0.0,
        help="Seconds; faster answers are left out. Default: none is.",
    ),
    click.option(
        "--completeness",
        type=FiniteRange(0, 1),
        default=0.0,
        help="Share of the required questions that must be answered. Default: none.",
    ),
    click.option(
        "--messages",
        type=LANG,
        default="fr",
        show_default=True,
        help="Language of the messages about the file.",
    ),
)
_TABULATION = (
    click.option(
        "--margins",
        type=RESPONSES,
        help="Known shares to weight by: a CSV file with columns group, item, code, share.",
    ),
    click.option(
        "--largest-weight",
        type=FiniteRange(min=1, min_open=True),
        default=5.0,
        show_default=True,
        help="Largest weight, in mean weights. Margins that it keeps more than two points away "
        "are refused.",
    ),
    click.option(
        "--pool",
        "pool",
        metavar="GROUP=WEIGHT",
        multiple=True,
        help="Weight of a group in pooled estimates; without it groups are never pooled. A group "
        "with margins enters with its weighted estimate, or nothing is pooled.",
    ),
    click.option(
        "--threshold",
        type=click.IntRange(min=1),
        default=11,
        show_default=True,
        help="Persons below which nothing is told.",
    ),
)


def reading_options(command: Command) -> Command:
    """Add the options on how a file of responses is read."""
    for option in reversed(_READING):
        command = option(command)
    return command


def survey_options(command: Command) -> Command:
    """Add the options on how responses are read, weighted and told."""
    for option in reversed((*_READING, *_TABULATION)):
        command = option(command)
    return command


def read(paths: Paths, file: Path, options: Mapping[str, Any]) -> Responses:
    """Read responses; raise what is wrong with them."""
    from actient.survey import responses
    from actient.survey.questionnaire import load_questionnaire

    chosen = responses.Options(
        exclude_invalid=options["exclude_invalid"],
        duplicates=options["duplicates"],
        minimum_duration=options["minimum_duration"],
        completeness=options["completeness"],
    )
    return responses.read(file, load_questionnaire(paths), options=chosen)


def aggregated(paths: Paths, file: Path, options: Mapping[str, Any]) -> Aggregates:
    """Read responses and keep of them what may be told; exit 1 if they are invalid."""
    from actient.survey.disclosure import ReleaseError, UnprotectableError
    from actient.survey.estimating import margin_files
    from actient.survey.publishing import publication
    from actient.survey.questionnaire import load_questionnaire
    from actient.survey.responses import ResponsesError

    lang: Lang = options["messages"]
    questionnaire = load_questionnaire(paths)
    weights = _pool(options["pool"])

    def made() -> Aggregates:
        margins = options["margins"]
        chosen = publication.Options(
            threshold=options["threshold"],
            margins=margin_files.read(margins, questionnaire) if margins else {},
            largest_weight=options["largest_weight"],
            pool=weights,
        )
        chosen.check(questionnaire)
        found = read(paths, file, options)
        tell_reading(found, lang)
        return publication.publish(found, questionnaire, chosen)

    try:
        return or_exit(
            made,
            margin_files.MarginsError,
            publication.PublicationError,
            ReleaseError,
            UnprotectableError,
        )
    except ResponsesError as error:
        tell_refusal(error, lang)
        sys.exit(Exit.REFUSED)


def tell_reading(found: Responses, lang: Lang) -> None:
    """Say what was recognised and what was done, on the error stream."""
    from actient.survey.responses import account

    click.echo(account(found, lang), err=True)


def tell_refusal(error: ResponsesError, lang: Lang) -> None:
    """Say what is wrong with the file, all at once, on the error stream."""
    from actient.survey.responses import problem_table

    click.echo(f"actient: {error.summary.text(lang)}", err=True)
    if error.problems:
        click.echo(problem_table(error.problems, error.problem_total, lang), err=True)


def _pool(pairs: tuple[str, ...]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        try:
            weight = float(text)
        except ValueError:
            equals = ""
            weight = 0.0
        if not (equals and name):
            raise click.UsageError(f"--pool {pair!r}: expected GROUP=WEIGHT, as in patient=0.8.")
        if name in weights:
            raise click.UsageError(f"--pool {name}: given twice.")
        weights[name] = weight
    return weights
