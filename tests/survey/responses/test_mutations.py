"""A thousand damaged files: each is read rightly or refused in words, and leaves nothing behind."""

import csv
import io
import tempfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from exports import EVERYONE, google, kobo, limesurvey, redcap, template
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from reading import ADULTS, QUESTIONNAIRE, Table

from actient.survey.questionnaire import Item
from actient.survey.responses import Options, Responses, ResponsesError, read

Q = QUESTIONNAIRE
SECRET = "SECRET"  # noqa: S105 — stands in a column that is dropped: it may never be shown
BASES = {
    "kobo": kobo.kobo(Q, EVERYONE),
    "odk": kobo.central(Q, EVERYONE, split=True),
    "redcap": redcap.raw(Q, EVERYONE),
    "redcap, labels": redcap.labels(Q, EVERYONE),
    "limesurvey": limesurvey.export(Q, EVERYONE, headings="full", answers="full"),
    "google": google.sheet(Q, EVERYONE),
    "template": template.fill(Q, EVERYONE, separator=";"),
}
WHOLE = {item.item_id for item in Q.items if item.type != "token"}

Mutation = Callable[[bytes], bytes]

cells = st.one_of(
    st.sampled_from(["", "1", "0", "A3", "-1", "12.5", "1e9", "=1+1", "<b>x</b>", "\ufeff", "oui"]),
    st.sampled_from([code for item in Q.items for code in item.codes]),
    st.text(max_size=30),
    st.text(alphabet=" ;,|/-_A1", max_size=40),
    st.integers().map(str),
    st.just("x" * 6_000),
)
positions = st.floats(0, 1, exclude_max=True)


def byte_changed(data: bytes, where: float, value: int) -> bytes:
    place = int(where * len(data))
    return data[:place] + bytes([value]) + data[place + 1 :]


def slice_repeated(data: bytes, where: float, length: int) -> bytes:
    place = int(where * len(data))
    return data[: place + length] + data[place:]


def slice_lost(data: bytes, where: float, length: int) -> bytes:
    place = int(where * len(data))
    return data[:place] + data[place + length :]


def inserted(data: bytes, where: float, piece: bytes) -> bytes:
    place = int(where * len(data))
    return data[:place] + piece + data[place:]


def in_table(edit: Callable[[Table], Table]) -> Mutation:
    def mutation(data: bytes) -> bytes:
        text = data.decode("utf-8", errors="replace").removeprefix("\ufeff")
        separator = ";" if text[:2_000].count(";") > text[:2_000].count(",") else ","
        try:
            table = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
        except csv.Error:
            return data
        stream = io.StringIO()
        csv.writer(stream, delimiter=separator).writerows(edit([row for row in table if row]))
        return stream.getvalue().encode(errors="replace")

    return mutation


def cell_changed(row: float, column: float, text: str) -> Mutation:
    def edit(table: Table) -> Table:
        if table:
            line = table[int(row * len(table))]
            line[int(column * len(line))] = text
        return table

    return in_table(edit)


def column_doubled(column: float) -> Mutation:
    return in_table(lambda table: [[*row, row[int(column * len(row))]] for row in table if row])


def column_lost(column: float) -> Mutation:
    def edit(table: Table) -> Table:
        index = int(column * len(table[0])) if table else 0
        return [row[:index] + row[index + 1 :] for row in table]

    return in_table(edit)


def row_doubled(row: float) -> Mutation:
    return in_table(lambda table: [*table, *table[int(row * len(table)) :][:1]])


mutations: st.SearchStrategy[Mutation] = st.one_of(
    st.builds(lambda w, v: lambda data: byte_changed(data, w, v), positions, st.integers(0, 255)),
    st.builds(lambda w, n: lambda data: slice_repeated(data, w, n), positions, st.integers(1, 200)),
    st.builds(lambda w, n: lambda data: slice_lost(data, w, n), positions, st.integers(1, 200)),
    st.builds(lambda w: lambda data: data[: int(w * len(data))], positions),
    st.builds(
        lambda w, p: lambda data: inserted(data, w, p),
        positions,
        st.sampled_from(
            [b'"', b"\n", b"\r", b"\0", b";", b",", b"\xff\xfe", b"\xef\xbb\xbf", b"PK"]
        )
        | st.binary(max_size=8),
    ),
    st.builds(cell_changed, positions, positions, cells),
    st.builds(column_doubled, positions),
    st.builds(column_lost, positions),
    st.builds(row_doubled, positions),
    st.sampled_from(["utf-16", "utf-32", "cp1252", "mac_roman"]).map(
        lambda name: lambda data: data.decode("utf-8", "replace").encode(name, "replace")
    ),
)


def damaged_file_is_read_or_refused(base: str, changes: list[Mutation], exclude: bool) -> None:
    data = with_secret(BASES[base])
    for change in changes:
        data = change(data)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "réponses.csv"
        path.write_bytes(data)
        try:
            found = read(path, Q, options=Options(exclude_invalid=exclude))
        except ResponsesError as error:
            event(f"refused: {error.problems[0].rule if error.problems else 'the file'}")
            assert_said_clearly(error)
        else:
            event("read")
            assert_sound(found, exclude)
        assert [(each, each.read_bytes()) for each in Path(folder).iterdir()] == [(path, data)]


def with_secret(data: bytes) -> bytes:
    def edit(table: Table) -> Table:
        return [[*table[0], "Nom"], *([*row, SECRET] for row in table[1:])]

    return in_table(edit)(data)


def assert_said_clearly(error: ResponsesError) -> None:
    for text in (error.summary.text("fr"), error.summary.text("en")):
        assert text[0].isupper()
        assert text.endswith(".")
        assert "Error" not in text
        assert "Traceback" not in text
    assert error.problem_total >= len(error.problems)
    for problem in error.problems:
        assert problem.line >= 1
        assert problem.expected.text("fr")
        assert problem.expected.text("en")
        assert len(problem.value) <= 60
        assert problem.rule == "length" or problem.column


def assert_sound(found: Responses, exclude: bool) -> None:
    counts, frame = found.counts, found.frame
    assert counts.rows == (
        counts.unreadable
        + counts.without_consent
        + counts.consent_empty
        + counts.under_age
        + counts.consented
    )
    assert counts.kept
    assert counts.consented == (counts.invalid + counts.duplicates + counts.set_aside + counts.kept)
    assert counts.kept == len(frame) <= counts.rows
    assert exclude or found.problem_total == counts.invalid == counts.unreadable == 0
    assert (frame["consent"] == "yes").all()
    assert not (frame["age_band"] == "under_18").any()
    assert {name.partition("/")[0] for name in frame} == WHOLE | {"recruiter", "duration", "month"}
    numbers = frame["contacts"].dropna()
    assert ((numbers >= 0) & (numbers <= 5000)).all()
    assert frame["recruiter"].between(-1, len(frame) - 1).all()
    assert SECRET not in frame.to_csv()


damaged = given(
    st.sampled_from(sorted(BASES)), st.lists(mutations, min_size=1, max_size=3), st.booleans()
)
unhurried = settings(deadline=None, suppress_health_check=list(HealthCheck), database=None)


@pytest.mark.long
@settings(unhurried, max_examples=1000)
@damaged
def test_a_thousand_damaged_files(base: str, changes: list[Mutation], exclude: bool) -> None:
    damaged_file_is_read_or_refused(base, changes, exclude)


@settings(unhurried, max_examples=60, derandomize=True)
@damaged
def test_some_damaged_files(base: str, changes: list[Mutation], exclude: bool) -> None:
    damaged_file_is_read_or_refused(base, changes, exclude)


@settings(unhurried, max_examples=60, derandomize=True)
@given(st.data())
def test_one_changed_cell_is_read_as_it_says_and_nothing_else_moves(data: st.DataObject) -> None:
    """The oracle knows only codes, wordings and numbers, compared without spaces or capitals."""
    items = [item for item in Q.items if item.type in {"select_one", "integer"}]
    item = data.draw(st.sampled_from([each for each in items if each.item_id != "consent"]))
    text = data.draw(cells)
    table = list(csv.reader(io.StringIO(template.fill(Q, ADULTS, bom=False).decode(), newline="")))
    table[1][table[0].index(item.item_id)] = text
    stream = io.StringIO()
    csv.writer(stream).writerows(table)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "réponses.csv"
        path.write_text(stream.getvalue(), encoding="utf-8", errors="replace", newline="")
        try:
            found = read(path, Q)
        except ResponsesError:
            return
    if item.item_id == "age_band" and meaning(item, text) == "under_18":
        assert len(found.frame) == 1
        return
    value = found.frame[item.item_id].iloc[0]
    assert (None if pd.isna(value) else value) == meaning(item, text)
    plain = read_plain()
    others = [name for name in plain if name != item.item_id]
    pd.testing.assert_frame_equal(found.frame[others], plain[others])


def meaning(item: Item, text: str) -> object:
    word = " ".join(text.replace("\ufeff", " ").split()).casefold()
    if word in {"", "na", "n/a", "nan", "null", "#n/a"}:
        return None
    if item.type == "integer":
        return int(word.removesuffix(".0"))
    for choice in item.choices:
        names = {choice.code, choice.label("fr"), choice.label("en"), f"{choice.value}"}
        if word in {name.casefold() for name in names} | {f"a{choice.value}"}:
            return choice.code
    words = {"1": "yes", "oui": "yes", "0": "no", "y": "yes", "n": "no"}
    return words[word]


def read_plain() -> pd.DataFrame:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "réponses.csv"
        path.write_bytes(template.fill(Q, ADULTS))
        return read(path, Q).frame
