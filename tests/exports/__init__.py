"""Filled questionnaires written as each collection tool exports them: for tests of the readers.

Each module gives the bytes of one tool's export. The layouts were read in the tools' own code or
in files people published, named in each module. Answers are in the project's own codes; what a
tool does with them (numbers, labels, columns of 0 and 1) is its module's business.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from actient.survey.questionnaire import Choice, Item

Answer = str | int | Sequence[str]
BOM: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Filled:
    """One person's answers; a question that is absent was not asked or not answered.

    Attributes
    ----------
    answers
        By `item_id`: the code of an answer, the codes of several, a whole number or a token.
    started, ended
        When, with its time zone.
    """

    answers: Mapping[str, Answer]
    started: datetime
    ended: datetime

    def codes(self, item: Item) -> tuple[str, ...]:
        """The codes of the answers to a question, in the order of its list; none if unanswered."""
        given = self.answers.get(item.item_id, ())
        chosen = (str(given),) if isinstance(given, str | int) else tuple(given)
        return tuple(code for code in item.codes if code in chosen)

    def chosen(self, item: Item) -> tuple[Choice, ...]:
        """The answers themselves, in the order of their list."""
        codes = self.codes(item)
        return tuple(choice for choice in item.choices if choice.code in codes)

    def text(self, item: Item) -> str:
        """A number or a token, as text; empty if unanswered."""
        return str(self.answers.get(item.item_id, ""))


def filled(minutes: int, **answers: Answer) -> Filled:
    """Answers that took so many minutes, on an invented day."""
    started = datetime(2031, 3, 5, 9, 15, tzinfo=UTC)
    return Filled(answers, started, started + timedelta(minutes=minutes))


# Invented persons: a patient, a doctor, someone under age, someone who declines.
PATIENT: Final = filled(
    8,
    consent="yes",
    profile="patient",
    age_band="35_49",
    gender="woman",
    region="bre",
    internet_use="daily",
    networks_use="weekly",
    networks_time="30_59",
    preferred_network="x_twitter",
    regular_doctor="yes",
    uses=["online_booking", "teleconsultation", "connected_objects"],
    difficulties=["none"],
    search_online="yes",
    check_sources="no",
    forums="reads",
    talk_to_doctor="no_occasion",
    connected_object="yes",
    object_advice="no",
    incident="unsure",
    training="maybe",
    serious_game="no",
    received_from="contact",
    contacts=120,
    recruiter_token="A1b2C3d4",  # noqa: S106 — an invented referral code
    token="0f9e8d7c",  # noqa: S106
)
DOCTOR: Final = filled(
    11,
    consent="yes",
    profile="professional",
    profession="doctor",
    age_band="50_64",
    gender="no_answer",
    internet_use="daily",
    networks_use="never",
    regular_doctor="no",
    uses=["secure_messaging"],
    search_online="no",
    forums="none",
    dialogue="improved",
    disrupted="no",
    recommend_site="yes",
    friend_request="yes",
    contacts=0,
    token="1a2b3c4d",  # noqa: S106
)
UNDER_AGE: Final = filled(1, consent="yes", profile="patient", age_band="under_18")
DECLINES: Final = filled(0, consent="no")
EVERYONE: Final = (PATIENT, DOCTOR, UNDER_AGE, DECLINES)


def written(
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    separator: str = ",",
    quote_all: bool = False,
    bom: bool = False,
    line_end: str = "\r\n",
) -> bytes:
    """A table as delimited text, UTF-8."""
    stream = io.StringIO()
    quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    writer = csv.writer(stream, delimiter=separator, quoting=quoting, lineterminator=line_end)
    writer.writerow(head)
    writer.writerows(rows)
    return (BOM if bom else b"") + stream.getvalue().encode()
