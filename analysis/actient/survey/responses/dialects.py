"""Which collection tool wrote the file, from the columns that it adds to the questions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from actient.survey.responses.columns import Columns
from actient.survey.responses.model import Message, Tool
from actient.words import N_

TOOL_NAMES: Final[Mapping[Tool, str]] = {
    "kobo": "KoboToolbox",
    "odk": "ODK Central",
    "redcap": "REDCap",
    "limesurvey": "LimeSurvey",
    "google": "Google Forms",
}

# Columns that each tool adds, read in its code or in files people published.
_MARKS: Final[Mapping[Tool, re.Pattern[str]]] = {
    "kobo": re.compile(
        r"_id|_uuid|_submission_time|_validation_status|_submitted_by|__version__|_tags|_index"
        r"|formhub/uuid"
    ),
    "odk": re.compile(
        r"SubmissionDate|KEY|SubmitterID|SubmitterName|AttachmentsPresent|AttachmentsExpected"
        r"|ReviewState|FormVersion|meta-instanceID"
    ),
    "redcap": re.compile(
        r"record_id|redcap_survey_identifier|redcap_event_name|redcap_repeat_instrument"
        r"|redcap_data_access_group|\w+_complete|\w+_timestamp|.+___\w+"
        r"|Record ID|Survey Identifier|Survey Timestamp|Complete\?|.+ \(choice=.+\)",
        re.DOTALL,
    ),
    "limesurvey": re.compile(
        r"submitdate|lastpage|startlanguage|seed|startdate|datestamp|ipaddr|refurl"
        r"|\w+\[A\d+\].*",
        re.DOTALL,
    ),
    "google": re.compile(r"Horodateur|Timestamp", re.IGNORECASE),
}
_LONGEST: Final = 1_000
_ENOUGH: Final[Mapping[Tool, int]] = {
    "kobo": 2,
    "odk": 2,
    "redcap": 2,
    "limesurvey": 2,
    "google": 1,
}


def recognise(columns: Columns) -> tuple[Tool, Message]:
    """Tell which tool's layout the header has, and how it was recognised."""
    names = [name.strip() for name in columns.header]
    marks = {tool: _marks(names, pattern) for tool, pattern in _MARKS.items()}
    likely = [tool for tool in _MARKS if len(marks[tool]) >= _ENOUGH[tool]]
    if likely:
        tool = max(likely, key=lambda each: len(marks[each]))
        known = ", ".join(marks[tool][:3])
        name = TOOL_NAMES[tool]
        return tool, Message(
            N_("Disposition de {name}, reconnue à : {marks}."), {"name": name, "marks": known}
        )
    ids = {column.header for column in columns.kept if column.header == column.item.item_id}
    if ids and len(ids) * 2 >= len(names):
        return "template", Message(
            N_("Disposition du modèle CSV du projet : les noms des questions en tête de colonne.")
        )
    return "unknown", Message(
        N_("Outil de collecte non reconnu ; les colonnes connues sont lues de la même façon.")
    )


def _marks(names: Sequence[str], pattern: re.Pattern[str]) -> list[str]:
    # Long names hold wordings: they tell less than the others, and come last.
    found = [name for name in names if len(name) < _LONGEST and pattern.fullmatch(name)]
    return sorted(found, key=lambda name: (len(name) > 30, names.index(name)))
