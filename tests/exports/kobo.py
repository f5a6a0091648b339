"""KoboToolbox and ODK Central, both fed by the XLSForm.

KoboToolbox ("XML values and headers"): everything quoted, `;` between columns, groups before the
name with `/`; several answers as one column of codes separated by spaces, as one column of 0 and 1
per answer, or both; then `_id`, `_uuid`, `_submission_time`… Read in KoboToolbox's export library
`formpack` (options `group_sep`, `multiple_select`) and in the tests of its server.

ODK Central: `,` between columns, `SubmissionDate` first, groups before the name with `-`, one
column of codes per question, or columns of 0 and 1 besides; then `KEY`, `SubmitterID`… Read in
`central-backend`, `lib/data/briefcase.js`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from actient.survey.questionnaire import Item, Questionnaire
from exports import Filled, written

Multiple = Literal["one", "split", "both"]

_KOBO_AFTER: Final = (
    "_id",
    "_uuid",
    "_submission_time",
    "_validation_status",
    "_notes",
    "_status",
    "_submitted_by",
    "__version__",
    "_tags",
    "_index",
)
_CENTRAL_AFTER: Final = (
    "meta-instanceID",
    "KEY",
    "SubmitterID",
    "SubmitterName",
    "AttachmentsPresent",
    "AttachmentsExpected",
    "Status",
    "ReviewState",
    "DeviceID",
    "Edits",
    "FormVersion",
)


def kobo(
    questionnaire: Questionnaire,
    people: Sequence[Filled],
    *,
    separator: str = ";",
    multiple: Multiple = "both",
    groups: bool = True,
    bom: bool = False,
) -> bytes:
    """A CSV export of KoboToolbox with codes ("XML values and headers")."""
    columns = list(_columns(questionnaire, "/" if groups else None, multiple))
    head = ["start", "end", *(name for name, _, _ in columns), *_KOBO_AFTER]
    rows = [
        [
            _local(person.started),
            _local(person.ended),
            *(_cell(person, item, code) for _, item, code in columns),
            str(300 + number),
            str(UUID(int=number)),
            person.ended.strftime("%Y-%m-%dT%H:%M:%S"),
            "",
            "",
            "submitted_via_web",
            "",
            "vXYZ",
            "",
            str(number),
        ]
        for number, person in enumerate(people, 1)
    ]
    return written(head, rows, separator=separator, quote_all=True, bom=bom)


def central(
    questionnaire: Questionnaire, people: Sequence[Filled], *, split: bool = False
) -> bytes:
    """A CSV export of ODK Central."""
    columns = list(_columns(questionnaire, "-", "both" if split else "one"))
    head = ["SubmissionDate", "start", "end", *(name for name, _, _ in columns), *_CENTRAL_AFTER]
    rows = []
    for number, person in enumerate(people, 1):
        key = f"uuid:{UUID(int=number)}"
        answers = (_cell(person, item, code) for _, item, code in columns)
        sent = person.ended.strftime("%Y-%m-%dT%H:%M:%S.000Z")
        after = [key, key, "", "", "0", "0", "", "", "", "0", "1"]
        rows.append([sent, _local(person.started), _local(person.ended), *answers, *after])
    return written(head, rows, line_end="\n")


def _columns(
    questionnaire: Questionnaire, group_separator: str | None, multiple: Multiple
) -> Iterator[tuple[str, Item, str | None]]:
    """Name, question, and the answer it stands for if it is a column of 0 and 1."""
    for item in questionnaire.items:
        name = item.item_id
        if group_separator:
            name = f"{item.section_id}{group_separator}{name}"
        if item.type != "select_multiple" or multiple != "split":
            yield name, item, None
        if item.type == "select_multiple" and multiple != "one":
            for code in item.codes:
                yield f"{name}/{code}", item, code


def _cell(person: Filled, item: Item, code: str | None) -> str:
    if code is not None:
        answered = person.codes(item)
        return str(int(code in answered)) if answered else ""
    return " ".join(person.codes(item)) if item.choices else person.text(item)


def _local(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
