"""Margins from a file: what is read, and each thing that can be wrong, by its line."""

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from publishing import QUESTIONNAIRE

from actient.survey.estimating import margin_files
from actient.survey.estimating.margin_files import MarginsError

HEAD = "group,item,code,share\n"


def read(folder: Path, text: str | bytes) -> margin_files.Margins:
    path = folder / "marges.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return margin_files.read(path, QUESTIONNAIRE)


def test_shares_are_gathered_by_group_and_question(tmp_path) -> None:
    found = read(
        tmp_path,
        HEAD
        + "patient,gender,woman,0.52\npatient,gender,man,0.48\n"
        + "patient,age_band,18_24,1\nprofessional, gender ,woman, 0.8\n\n"
        + "professional,gender,man,0.2\n",
    )
    assert list(found) == ["patient", "professional"]
    assert list(found["patient"]) == ["gender", "age_band"]
    assert found["patient"]["gender"].labels == ("woman", "man")
    assert found["patient"]["gender"].shares == (0.52, 0.48)
    assert found["professional"]["gender"].shares == (0.8, 0.2)


def test_a_byte_order_mark_and_windows_line_ends_do_not_matter(tmp_path) -> None:
    text = (HEAD + "patient,gender,woman,1\n").replace("\n", "\r\n")
    assert read(tmp_path, b"\xef\xbb\xbf" + text.encode())["patient"]["gender"].shares == (1.0,)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("between", [";", "\t"])
def test_a_french_spreadsheet_parts_cells_otherwise_and_writes_commas(
    tmp_path, between, encoding
) -> None:
    lines = (HEAD + "patient,gender,woman,0.52\npatient,gender,man,0.48\n,,,\n").replace(
        ",", between
    )
    found = read(tmp_path, lines.replace("0.", "0,").replace("\n", "\r\n").encode(encoding))
    assert found["patient"]["gender"].shares == (0.52, 0.48)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", r"line 1: columns missing; expected columns group, item, code, share"),
        ("group,item,share\n", r"line 1: columns group, item, share; expected"),
        ("group|item|code|share\n", r"group\|item.*with commas, semicolons or tabs between them"),
        (HEAD, r"line 2: no share; expected at least one line"),
        (HEAD + "nurse,gender,woman,1\n", r"line 2: group 'nurse'; expected patient or"),
        (HEAD + "\npatient,sex,woman,1\n", r"line 3: item 'sex'; expected a single-choice"),
        (HEAD + "patient,uses,none,1\n", r"line 2: item 'uses'; expected a single-choice"),
        (HEAD + "patient,gender,w,1\n", r"line 2: code 'w'; expected one of woman, man"),
        (HEAD + 'patient,gender,"wo\nman",1\n', r"line 3: code 'wo\\nman'; expected one of"),
        (HEAD + 'patient,gender,woman,"0,5"\n', r"line 2: share '0,5'; expected a number"),
        (HEAD + "patient,gender,woman,nan\n", r"line 2: share 'nan'"),
        (HEAD + "patient,gender,woman,0\n", r"line 2: share '0'"),
        (HEAD + "patient,gender,woman,52\n", r"line 2: share '52'"),
        (HEAD + "patient,gender,woman\n", r"line 2: 3 cells; expected"),
        (HEAD + "patient,gender,woman,1,2\n", r"line 2: 5 cells; expected"),
        (
            HEAD + "patient,gender,woman,1\n" * 2,
            r"line 3: .*woman again; expected each answer once",
        ),
        (HEAD + "patient,gender,woman,0.6\n", r"group patient: gender: .*add up to 0\.6"),
        (b"group,item,code,share\n\xff\xfe", r"line 1: not UTF-8 text"),
        (HEAD + "x" * 140_000, r"line \d: field larger than field limit"),
    ],
)
def test_what_is_wrong_is_told_by_its_line(tmp_path, text, said) -> None:
    with pytest.raises(MarginsError, match=said) as error:
        read(tmp_path, text)
    assert "marges.csv" in str(error.value)


LINES = st.lists(
    st.tuples(
        st.sampled_from(["patient", "doctor", "x", ""]),
        st.sampled_from(["gender", "age_band", "uses", ""]),
        st.sampled_from(["woman", "man", "18_24", "\x00", '"']),
        st.sampled_from(["0.5", "1", "-1", "inf", "é", "0,5"]),
    ).map(",".join),
    max_size=4,
)


@settings(max_examples=150, deadline=None)
@given(lines=LINES)
def test_any_file_gives_shares_that_add_up_or_words(tmp_path_factory, lines) -> None:
    found: margin_files.Margins = {}
    words = "expected"
    try:
        found = read(tmp_path_factory.mktemp("m"), HEAD + "\n".join(lines))
    except MarginsError as error:
        words = str(error)
    assert "expected" in words
    for items in found.values():
        for margin in items.values():
            assert math.isclose(sum(margin.shares), 1, abs_tol=1e-6)
