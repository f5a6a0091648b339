"""What responses say of how the survey was conducted, for the reporting checklist."""

from __future__ import annotations

from collections.abc import Iterable

from actient.locale import LANGS
from actient.survey.publishing.aggregates import Reported
from actient.survey.reporting.answers import Conduct, answers
from actient.survey.responses.model import Responses
from actient.words import SOURCE


def reported(responses: Responses, threshold: int, *, weighted: bool) -> Iterable[Reported]:
    """Answer the items of CHERRIES that the responses bear on."""
    counts, frame = responses.counts, responses.frame
    timed, dated = frame["duration"].dropna(), frame["month"].dropna()
    persons = counts.kept + counts.set_aside  # valid, each once: those who may be incomplete
    conduct = Conduct(
        received=counts.rows,
        refused=counts.without_consent,
        under_age=counts.under_age,
        consented=persons,
        duplicates_removed=counts.consented - counts.invalid - persons,
        too_fast=counts.too_fast if timed.size else None,
        incomplete=counts.incomplete,
        months=tuple(sorted(set(dated.astype(str)))) if dated.size >= threshold else None,
        median_seconds=float(timed.median()) if timed.size >= threshold else None,
        weighted=weighted,
        tool=responses.source.tool,
    )
    told = {lang: answers(conduct, lang, threshold) for lang in LANGS}
    for item in told[SOURCE]:
        yield Reported(item, **{lang: found[item].text for lang, found in told.items()})
