"""Referral codes: repeated ones, who sent the questionnaire to whom, chains that loop."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import adult, read_bytes, template

from actient.survey.responses import Duplicates, Options, Responses, people


def read_chain(
    folder: Path, *pairs: tuple[str, str], duplicates: Duplicates = "first"
) -> Responses:
    """Read adults with their own code and the one they were given; contacts number the rows."""
    rows = [
        adult(token=token, recruiter_token=given, contacts=str(number))
        for number, (token, given) in enumerate(pairs)
    ]
    return read_bytes(folder, template(rows), Options(duplicates=duplicates))


def test_recruiters_become_rows(tmp_path: Path) -> None:
    found = read_chain(
        tmp_path, ("AAAA", ""), ("BBBB", "AAAA"), ("", "bbbb "), ("CCCC", "ZZZZ"), ("DDDD", "N/A")
    )
    assert found.frame["recruiter"].tolist() == [-1, 0, 1, -1, -1]
    assert any("not among the answers kept: 1" in note.text("en") for note in found.notes)
    assert "AAAA" not in repr(found) + found.frame.to_csv()


@pytest.mark.parametrize(
    ("duplicates", "contacts", "recruiters"),
    [
        ("first", [0, 1, 3], [-1, 0, 0]),
        ("last", [1, 2, 3], [1, -1, 1]),
        ("keep", [0, 1, 2, 3], [-1, 0, -1, 0]),
    ],
)
def test_repeated_codes(
    duplicates: Duplicates, contacts: list[int], recruiters: list[int], tmp_path: Path
) -> None:
    pairs = [("AAAA", ""), ("BBBB", "AAAA"), ("aaaa", ""), ("", "AAAA")]
    found = read_chain(tmp_path, *pairs, duplicates=duplicates)
    assert found.counts.duplicates == 1
    assert found.frame["contacts"].tolist() == contacts
    assert found.frame["recruiter"].tolist() == recruiters


def test_people_without_a_code_repeat_no_one(tmp_path: Path) -> None:
    assert read_chain(tmp_path, ("", ""), ("", ""), ("", "")).counts.kept == 3


def test_without_codes_it_is_said_that_repetition_cannot_be_seen(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, template([adult(), adult()]))
    assert found.counts.duplicates == 0
    assert any("cannot be found" in note.text("en") for note in found.notes)


def test_a_recruiter_who_was_left_out_is_unknown(tmp_path: Path) -> None:
    rows = [
        {"consent": "no", "token": "AAAA"},
        adult(token="BBBB", recruiter_token="AAAA"),  # noqa: S106
    ]
    assert read_bytes(tmp_path, template(rows)).frame["recruiter"].tolist() == [-1]


@pytest.mark.parametrize(
    ("pairs", "recruiters", "cut"),
    [
        ([("AAAA", "AAAA")], [-1], 1),
        ([("AAAA", "BBBB"), ("BBBB", "AAAA"), ("CCCC", "BBBB")], [-1, -1, 1], 2),
        ([("AAAA", "CCCC"), ("BBBB", "AAAA"), ("CCCC", "BBBB")], [-1, -1, -1], 3),
    ],
)
def test_loops_are_cut_and_told(
    pairs: list[tuple[str, str]], recruiters: list[int], cut: int, tmp_path: Path
) -> None:
    found = read_chain(tmp_path, *pairs)
    assert found.frame["recruiter"].tolist() == recruiters
    assert any(f"link of {cut} persons was cut" in note.text("en") for note in found.notes)


@settings(deadline=None)
@given(
    st.integers(0, 30).flatmap(lambda n: st.lists(st.integers(-1, n - 1), min_size=n, max_size=n))
)
def test_loops_are_those_found_by_walking(recruiter: list[int]) -> None:
    def comes_back(person: int) -> bool:
        place = recruiter[person]
        for _ in recruiter:
            if place in (person, people.NOBODY):
                break
            place = recruiter[place]
        return place == person

    expected = [person for person in range(len(recruiter)) if comes_back(person)]
    assert people.in_loops(np.array(recruiter, dtype=np.int64)).tolist() == expected


def test_a_long_chain_is_no_loop() -> None:
    chain = np.arange(-1, 9_999, dtype=np.int64)
    assert people.in_loops(chain).size == 0
    chain[0] = 9_999
    assert people.in_loops(chain).size == 10_000


codes = st.one_of(st.just(""), st.text(alphabet="abAB01", min_size=4, max_size=5))


@settings(deadline=None)
@given(st.lists(codes))
def test_repetition_is_that_of_a_plain_count(texts: list[str]) -> None:
    read, malformed = people.codes(texts)
    assert not malformed.any()
    seen: set[str] = set()
    first = []
    for text in texts:
        first.append(bool(text) and text.lower() in seen)
        seen.add(text.lower())
    assert people.repeated(read, "first").tolist() == first
    assert people.repeated(read, "last").sum() == sum(first)


@pytest.mark.parametrize("text", ["abc", "a" * 17, "ab cd", "abcd!", "éabc", "ab\0cd", "=1+1"])
def test_malformed_codes(text: str) -> None:
    read, malformed = people.codes(["AbC4", text])
    assert malformed.tolist() == [False, True]
    assert read.tolist() == [b"abc4", b""]
