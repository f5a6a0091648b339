"""What the tests of the reader share: files from bytes, and the answers that should come out."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

import pandas as pd

from actient.survey.questionnaire import Item, load_questionnaire
from actient.survey.responses import Options, Responses, read
from exports import DOCTOR, PATIENT, Filled

ADULTS = (PATIENT, DOCTOR)
QUESTIONNAIRE = load_questionnaire()

Table = list[list[str]]
Edit = Callable[[Table], Table]


def read_bytes(folder: Path, data: bytes, options: Options | None = None) -> Responses:
    """Read a file of these bytes."""
    path = folder / "export.csv"
    path.write_bytes(data)
    return read(path, QUESTIONNAIRE, options=options or Options())


def template(rows: Sequence[Mapping[str, str]], *, header: Sequence[str] | None = None) -> bytes:
    """Rows as a comma-separated file; its header is the names met, unless it is given."""
    names = list(header or dict.fromkeys(name for row in rows for name in row))
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    return stream.getvalue().encode()


def adult(**answers: str) -> dict[str, str]:
    """A row of the template: an adult patient who consented."""
    return {"consent": "yes", "profile": "patient", "age_band": "35_49", **answers}


def edited(data: bytes, edit: Edit, separator: str = ",", to: str = ",") -> bytes:
    """A file after an edit of its table, header first; a byte-order mark is lost."""
    text = data.decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=to, lineterminator="\n")
    writer.writerows(edit([row for row in table if row]))
    return stream.getvalue().encode()


def assert_answers(
    frame: pd.DataFrame, people: Sequence[Filled], without: Collection[str] = ()
) -> None:
    """Compare a frame with what people answered; questions `without` a column are all missing."""
    assert len(frame) == len(people)
    for item in QUESTIONNAIRE.items:
        for row, person in enumerate(people):
            asked = item.choices and item.item_id not in without
            given = person.codes(item) if asked else ()
            _assert_answer(frame, row, item, person, given, item.item_id in without)


def _assert_answer(
    frame: pd.DataFrame,
    row: int,
    item: Item,
    person: Filled,
    given: tuple[str, ...],
    absent: bool,
) -> None:
    match item.type:
        case "select_one":
            found = frame[item.item_id].iloc[row]
            assert (None if pd.isna(found) else found) == (given[0] if given else None), item
        case "select_multiple":
            for code in item.codes:
                found = frame[f"{item.item_id}/{code}"].iloc[row]
                assert (None if pd.isna(found) else found) == (code in given if given else None)
        case "integer":
            found = frame[item.item_id].iloc[row]
            expected = None if absent else person.answers.get(item.item_id)
            assert (None if pd.isna(found) else found) == expected
        case "token":
            assert item.item_id not in frame
