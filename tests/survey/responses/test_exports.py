"""Files of every kind: text however it is written, workbooks, archives; the rest is refused."""

import codecs
import csv
import datetime
import re
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from exports import EVERYONE, kobo, template
from openpyxl import Workbook
from reading import ADULTS, QUESTIONNAIRE, adult, assert_answers, read_bytes
from reading import template as rows_as_csv

from actient.survey.responses import Options, Responses, ResponsesError, read

PLAIN = template.fill(QUESTIONNAIRE, EVERYONE, bom=False)


def refused(folder: Path, data: bytes) -> str:
    """What is said in English, once it is known to be said in French too."""
    with pytest.raises(ResponsesError) as caught:
        read_bytes(folder, data)
    assert caught.value.summary.text("fr") != caught.value.summary.text("en")
    return caught.value.summary.text("en")


def workbook(*sheets: Sequence[Sequence[object]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        page = book.create_sheet()
        for row in sheet:
            page.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def archive(**members: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as opened:
        for name, data in members.items():
            opened.writestr(name.replace("__", "."), data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (PLAIN, "utf-8"),
        (codecs.BOM_UTF8 + PLAIN, "utf-8-sig"),
        (PLAIN.decode().encode("utf-16"), "utf-16"),
        (PLAIN.decode().encode("utf-16-le"), "utf-16-le"),
        (PLAIN.decode().encode("utf-16-be"), "utf-16-be"),
        (PLAIN + "\nno,é".encode("cp1252") + b"," * 29, "cp1252"),
    ],
)
def test_encodings_are_detected_and_stated(data: bytes, encoding: str, tmp_path: Path) -> None:
    found = read_bytes(tmp_path, data)
    assert found.source.encoding == encoding
    assert_answers(found.frame, ADULTS)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_ends_of_lines(line_end: str, last: bool, tmp_path: Path) -> None:
    text = PLAIN.decode().replace("\r\n", line_end)
    found = read_bytes(tmp_path, (text if last else text.rstrip(line_end)).encode())
    assert_answers(found.frame, ADULTS)


def test_a_first_line_that_names_the_separator(tmp_path: Path) -> None:
    data = template.fill(QUESTIONNAIRE, EVERYONE, separator=";", bom=False)
    assert_answers(read_bytes(tmp_path, b"sep=;\r\n" + data).frame, ADULTS)
    wrong = b'"sep=,"\nconsent,age_band,contacts\nyes,2,x\n'
    with pytest.raises(ResponsesError) as caught:
        read_bytes(tmp_path, wrong)
    assert caught.value.problems[0].line == 3


def test_cells_that_hold_separators_quotation_marks_and_lines(tmp_path: Path) -> None:
    data = b'consent,age_band,"a ""b"", c\nd",contacts\nyes,2,"x, ""y""\nz",5\n'
    found = read_bytes(tmp_path, data)
    assert found.frame["contacts"].tolist() == [5]
    assert found.source.dropped == ('a "b", c·d',)


def test_empty_lines_and_empty_columns_at_the_end_do_not_count(tmp_path: Path) -> None:
    data = b"consent,age_band,contacts,,\nyes,2,5,,\n\n,,,,\nyes,2,6\n"
    found = read_bytes(tmp_path, data)
    assert (found.counts.rows, found.frame["contacts"].tolist()) == (2, [5, 6])


def test_lines_of_another_length_are_named(tmp_path: Path) -> None:
    data = b"consent,age_band,contacts\nyes,2\nyes,2,5\nyes,2,5,9\n"
    with pytest.raises(ResponsesError) as caught:
        read_bytes(tmp_path, data)
    found = [(each.line, each.value, each.rule) for each in caught.value.problems]
    assert found == [(2, "2", "length"), (4, "4", "length")]
    kept = read_bytes(tmp_path, data, Options(exclude_invalid=True))
    assert (kept.counts.unreadable, kept.counts.kept) == (2, 1)


def test_names_without_text_and_with_an_address_are_told_without_harm(tmp_path: Path) -> None:
    data = b"consent,age_band,,jean@exemple.fr,\x1b[31m,x\nyes,2,,,,\n"
    assert read_bytes(tmp_path, data).source.dropped == ("(3)", "…@…", "·[31m", "x")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"  \n \n", "empty"),
        (b"\n\nconsent,age_band\nyes,2\n", "first line must hold the names"),
        (b"consent," * 30_000 + b"age_band\nyes,2\n", "first line must hold the names"),
        (codecs.BOM_UTF8, "empty"),
        (b"consent,age_band\nyes,\x002\n", "null bytes"),
        (b"consent,age_band\nyes,\x81\n", "neither UTF-8"),
        (codecs.BOM_UTF16_LE + b"a", "neither UTF-8"),
        ("consent,age_band\nyes,2\n".encode("utf-16-le")[:-1], "neither UTF-8"),
        (b"consent\0\0\0,age_band\nyes,2\n", "null bytes"),
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Excel (.xls)"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"<!DOCTYPE html><html>", "HTML"),
        (b"PK\x03\x04 cut short", "damaged"),
        (b'consent,age_band\n"yes,2\n', "Line 2 cannot be read"),
        (b'consent,age_band\nyes,"2"x\n', "Line 2 cannot be read"),
        (b"consent,age_band\nyes," + b"x" * 200_000, "Line 2 cannot be read"),
        (b'consent,age_band,"region\nyes,2,3\n', "Line 1 cannot be read"),
        (b"nom,prenom\na,b\n", "No column of the questionnaire"),
        (b"[1, 2]", "No column of the questionnaire"),
    ],
)
def test_other_files_are_refused_in_words(data: bytes, said: str, tmp_path: Path) -> None:
    assert said in refused(tmp_path, data)


def test_a_folder_and_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ResponsesError, match="folder"):
        read(tmp_path, QUESTIONNAIRE)
    with pytest.raises(ResponsesError, match="no such file"):
        read(tmp_path / "réponses.csv", QUESTIONNAIRE)


def test_an_archive_holds_one_table(tmp_path: Path) -> None:
    assert_answers(read_bytes(tmp_path, archive(a__csv=PLAIN)).frame, ADULTS)
    assert "holds 2 CSV files" in refused(tmp_path, archive(a__csv=PLAIN, b__csv=PLAIN))
    assert "holds 0 CSV files" in refused(tmp_path, archive(a__png=b"x"))
    assert "OpenDocument" in refused(tmp_path, archive(mimetype=b"x", a__csv=PLAIN))
    assert "empty" in refused(tmp_path, archive(a__csv=b""))


def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    whole = archive(a__csv=PLAIN)
    place = whole.index(b"consent")
    assert "damaged" in refused(tmp_path, whole[:place] + b"CONSENT" + whole[place + 7 :])


def test_a_protected_archive_is_refused(tmp_path: Path) -> None:
    data = bytearray(archive(a__csv=PLAIN))
    data[6] |= 1  # the flag in the member's header, and in the archive's directory
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "password" in refused(tmp_path, bytes(data))


def read_workbook(folder: Path, *sheets: Sequence[Sequence[object]]) -> Responses:
    return read_bytes(folder, workbook(*sheets))


def test_a_workbook_is_read_like_text(tmp_path: Path) -> None:
    lines = kobo.kobo(QUESTIONNAIRE, EVERYONE, separator="\t").decode().splitlines()
    rows = [[cell.strip('"') or None for cell in line.split("\t")] for line in lines]
    found = read_workbook(tmp_path, [["Notes"], ["x"]], rows)
    assert_answers(found.frame, ADULTS)
    assert found.frame["duration"].tolist() == [480, 660]
    assert (found.source.tool, found.source.separator, found.source.encoding) == ("kobo", "", "")
    layout = found.source.layout[0].text("en")
    assert "Sheet2" not in layout or "2 in all" in layout


def test_cells_of_a_workbook_with_types_of_their_own(tmp_path: Path) -> None:
    start = datetime.datetime(2031, 3, 5, 10, 0)
    found = read_workbook(
        tmp_path,
        [
            ["consent", "age_band", "contacts", "uses/none", "start", "end", None, None],
            ["yes", 2, 120.0, True, start, start + datetime.timedelta(minutes=3), None, None],
            [None] * 8,
            [1, 3.0, "7", False, 47932.0, 47932.5],
        ],
    )
    assert found.counts.kept == 2
    assert found.frame["age_band"].tolist() == ["18_24", "25_34"]
    assert found.frame["contacts"].tolist() == [120, 7]
    assert found.frame["duration"].tolist() == [180, 43_200]
    assert found.frame["month"].tolist() == ["2031-03", "2031-03"]
    assert found.frame["uses/none"].iloc[0] == True  # noqa: E712 — a nullable boolean


def test_lines_of_a_workbook_are_those_it_shows(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["consent", "age_band", "contacts"],
        [None] * 3,
        ["yes", 2, 0.5],
        ["yes", 2, "=1+1"],
    ]
    with pytest.raises(ResponsesError) as caught:
        read_workbook(tmp_path, rows)
    assert [each.line for each in caught.value.problems][:1] == [3]


def reworked(data: bytes, *changes: tuple[str, str]) -> bytes:
    """A workbook after changes in the XML of its first sheet."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode()
            for pattern, replacement in changes if "sheet1" in name else ():
                content, times = re.subn(pattern, replacement, content)
                assert times, pattern
            new.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize("stated", ["A1", "A1:C2", "A1:B4", "A3:C4", "A1:C1048576"])
def test_a_workbook_is_read_to_its_end_whatever_it_says_of_itself(
    stated: str, tmp_path: Path
) -> None:
    rows = [["consent", "age_band", "contacts"], *(["yes", 2, n] for n in range(3))]
    data = reworked(workbook(rows), ('<dimension ref="[^"]*"', f'<dimension ref="{stated}"'))
    found = read_bytes(tmp_path, data)
    assert found.counts.rows == 3
    assert found.frame["contacts"].tolist() == [0, 1, 2]


def test_rows_that_a_workbook_skips_or_misplaces_are_neither_made_up_nor_lost(
    tmp_path: Path,
) -> None:
    rows = [["consent", "age_band", "contacts"], *(["yes", 2, n] for n in range(3))]
    far = ('<row r="3">(.*?)</row>', r'<row r="900000000">\1</row>')
    back = ('<row r="4">', '<row r="2">')
    found = read_bytes(tmp_path, reworked(workbook(rows), far, back))
    assert found.frame["contacts"].tolist() == [0, 1, 2]


def test_cells_beyond_the_names_are_a_problem(tmp_path: Path) -> None:
    with pytest.raises(ResponsesError) as caught:
        read_workbook(tmp_path, [["consent", "age_band"], ["yes", 2, None, "beyond"]])
    (problem,) = caught.value.problems
    assert (problem.line, problem.value, problem.rule) == (2, "4", "length")


def test_a_sheet_with_names_only_is_refused(tmp_path: Path) -> None:
    said = refused(tmp_path, workbook([["consent", "age_band"], [None, " "]]))
    assert "no answers" in said
    assert "sheet “Sheet”" in said


@pytest.mark.parametrize("formula", ["<f>A9</f><v/>", "<f>A9</f>", '<f t="shared" si="0"/><v/>'])
@pytest.mark.parametrize(
    ("cell", "column"), [("A3", "consent"), ("B3", "age_band"), ("C3", "contacts"), ("D3", "start")]
)
def test_a_formula_without_its_result_is_not_an_empty_cell(
    cell: str, column: str, formula: str, tmp_path: Path
) -> None:
    rows = [["consent", "age_band", "contacts", "start"], *[["yes", 2, 3, 47932.0]] * 2]
    data = reworked(workbook(rows), (f'<c r="{cell}"[^>]*>.*?</c>', f'<c r="{cell}">{formula}</c>'))
    with pytest.raises(ResponsesError) as caught:
        read_bytes(tmp_path, data)
    (problem,) = caught.value.problems
    assert (problem.line, problem.column, problem.rule) == (3, column, "no_value")
    assert problem.value == ("=A9" if "A9" in formula else "=")
    assert "formula whose result is not in the file" in problem.expected.text("en")


def test_results_of_formulas_are_read_and_columns_of_others_are_not(tmp_path: Path) -> None:
    rows = [["consent", "age_band", "contacts", "nom"], ["yes", 2, 3, 4]]
    data = reworked(
        workbook(rows),
        ('<c r="A2"[^>]*>.*?</c>', '<c r="A2" t="str"><f>B9</f><v>yes</v></c>'),
        ('<c r="C2"[^>]*>.*?</c>', '<c r="C2" t="str"><f>B9</f><v></v></c>'),  # an empty text
        ('<c r="D2"[^>]*>.*?</c>', '<c r="D2"><f>B9</f></c>'),
    )
    found = read_bytes(tmp_path, data)
    assert found.frame["contacts"].isna().all()
    assert found.problem_total == 0


def test_an_error_in_a_workbook_is_not_an_empty_cell(tmp_path: Path) -> None:
    rows = [["consent", "age_band"], ["yes", 2], ["yes", 2]]
    data = reworked(workbook(rows), ('<c r="A3"[^>]*>.*?</c>', '<c r="A3" t="e"><v>#N/A</v></c>'))
    with pytest.raises(ResponsesError) as caught:
        read_bytes(tmp_path, data)
    (problem,) = caught.value.problems
    assert (problem.line, problem.value, problem.rule) == (3, "#N/A", "no_value")


def test_damaged_and_empty_workbooks_are_refused(tmp_path: Path) -> None:
    assert "first row of the workbook is empty" in refused(tmp_path, workbook([]))
    whole = workbook([["consent", "age_band"], ["yes", 2]])
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(whole)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data[: len(data) // 2] if "sheet1" in name else data)
    assert "damaged" in refused(tmp_path, stream.getvalue())
    bare = archive(**{"[Content_Types].xml": b"<x/>"})
    assert "damaged" in refused(tmp_path, bare)


def test_a_file_cut_while_it_is_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("actient.survey.responses.delimited._piece", gone)
    assert "cannot be read to its end" in refused(tmp_path, rows_as_csv([adult()]))


def test_a_limit_that_another_library_raised_changes_nothing(tmp_path: Path) -> None:
    before = csv.field_size_limit(10_000_000)
    try:
        said = refused(tmp_path, b"consent,age_band\nyes," + b"x" * 200_000)
        assert "Line 2 cannot be read" in said
        assert csv.field_size_limit() == 10_000_000
    finally:
        csv.field_size_limit(before)
