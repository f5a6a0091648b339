"""Values as people write them: numbers of YAML 1.2, and no name twice."""

import pytest

from actient import yaml_values


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("10", 10),
        ("010", 10),  # eight, for YAML 1.1
        ("-007", -7),
        ("+3", 3),
        ("1e-3", 0.001),
        ("1E+2", 100.0),
        (".5", 0.5),
        ("2.", 2.0),
        ("1:30", "1:30"),  # ninety, for YAML 1.1
        ("190:20:30.15", "190:20:30.15"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("0b11", "0b11"),
        ("1e", "1e"),
        ("'10'", "10"),
        ("[0.1, 1e-1]", [0.1, 0.1]),
        (".inf", float("inf")),
        ("-.INF", float("-inf")),
    ],
)
def test_numbers_are_those_of_yaml_1_2(written, read) -> None:
    found = yaml_values.load(written)
    assert found == read
    assert type(found) is type(read)


def test_a_name_given_twice_is_told_where_it_is_given_again() -> None:
    with pytest.raises(ValueError, match=r"'frame' is given twice, line 3, column 1"):
        yaml_values.load("frame: a\nother: b\nframe: c\n")


def test_a_mapping_may_bring_another() -> None:
    assert yaml_values.load("<<: {frame: a, other: b}\nframe: c\n") == {"frame": "c", "other": "b"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[" * 600, "too many brackets"),
        ("2018-13-45", "month must be in 1..12"),
        ("9" * 5000, "Exceeds the limit"),
        ("!!python/object:os.system 1", "could not determine a constructor"),
        ("a: 1\n---\nb: 2\n", "another document, line 2"),
        ("a: \x00", "unacceptable character"),
    ],
    ids=range(6),
)
def test_what_is_no_value_is_told_in_one_line(text, said) -> None:
    with pytest.raises(ValueError, match=said) as caught:
        yaml_values.load(text)
    assert "\n" not in str(caught.value)
