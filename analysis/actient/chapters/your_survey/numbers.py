"""Chapter 12: a whole survey, told without pointing to anyone; a synthetic one for want of it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd

from actient.chapters.supplied.numbers import Supplied, beside_the_poster, load
from actient.claims import load_claims
from actient.files import writing
from actient.locale import Lang
from actient.paths import Paths
from actient.records import Record
from actient.survey import responses, synthesis
from actient.survey.publishing import publication
from actient.survey.publishing.aggregates import Share
from actient.survey.questionnaire import load_questionnaire


def survey(responses_file: str, size: int, seed: int, paths: Paths | None = None) -> Supplied:
    """Read the totals given; without any, make those of synthetic respondents.

    Parameters
    ----------
    responses_file
        The chapter's parameter: a path from the top of the checkout, or empty.
    size, seed
        Synthetic respondents, and the seed they are drawn with.
    """
    return load(responses_file, paths) or demonstration(size, seed, paths)


def demonstration(size: int, seed: int, paths: Paths | None = None) -> Supplied:
    """Draw synthetic respondents and put them through all that a real file goes through."""
    questionnaire = load_questionnaire(paths)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "synthetic.csv"
        with writing(file) as stream:
            synthesis.write(stream, questionnaire, load_claims(paths), n=size, seed=seed)
        read = responses.read(file, questionnaire)
    return beside_the_poster(publication.publish(read, questionnaire), paths)


def groups(supplied: Supplied, lang: Lang) -> pd.DataFrame:
    """List the groups and their sizes.

    Returns
    -------
    DataFrame
        group (its name), n (persons; missing where withheld).
    """
    rows = [(supplied.group_label(one.group_id, lang), one.n) for one in supplied.aggregates.groups]
    return pd.DataFrame(rows, columns=["group", "n"])


def answers(supplied: Supplied, group_id: str) -> list[tuple[str, list[Share]]]:
    """Gather the answers of one group, question by question, in order."""
    found: dict[str, list[Share]] = {}
    for one in supplied.aggregates.shares:
        if one.group_id == group_id:
            found.setdefault(one.item_id, []).append(one)
    return list(found.items())


def records(supplied: Supplied) -> list[Record]:
    """State how much is told.

    Keys: `threshold`, `statistics_count`, `withheld_count`.
    """
    aggregates = supplied.aggregates
    told = [one for one in (*aggregates.shares, *aggregates.measures) if one.status != "absent"]
    return [
        Record("threshold", float(aggregates.threshold), "persons", "computed"),
        Record("statistics_count", float(len(told)), "count", supplied.origin),
        Record("withheld_count", float(aggregates.withheld), "count", supplied.origin),
    ]
