"""Values beside one another: short, on one line, and never cut before they differ."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actient.reproduce import excerpts


def test_short_values_are_whole():
    assert excerpts.pair("2.4.6", {"value": 0.42, "unit": None}) == (
        "2.4.6",
        '{"value": 0.42, "unit": null}',
    )


def test_long_values_are_shown_around_the_first_difference():
    before, after = "x" * 5000, "y" * 5000
    one, other = excerpts.pair(f"{before}42{after}", f"{before}43{after}")
    assert (one, other) == ("…" + "x" * 59 + "42" + "y" * 59 + "…", one.replace("42", "43"))


@pytest.mark.parametrize(("expected", "found"), [("x" * 900, "x" * 901), ("", "x" * 900)])
def test_a_text_that_only_ends_earlier_differs_from_the_other(expected, found):
    one, other = excerpts.pair(expected, found)
    assert one != other


def test_a_line_end_and_a_terminals_code_are_shown_not_obeyed():
    assert excerpts.pair("a\nb\x1b[1m", "1\N{NARROW NO-BREAK SPACE}000") == (
        r"a\nb\x1b[1m",
        "1\N{NARROW NO-BREAK SPACE}000",
    )


@given(st.text(max_size=400), st.text(max_size=400), st.text(max_size=400))
def test_what_differs_is_seen_and_is_short(same, one, other):
    shown = excerpts.pair(same + one, same + other)
    assert max(map(len, shown)) <= excerpts.LONGEST
    assert all(len(text.splitlines()) <= 1 for text in shown)
    if one == other:
        assert shown[0] == shown[1]


@given(st.text("ab", max_size=400), st.text("ab", max_size=400))
def test_two_values_look_the_same_only_if_they_are(one, other):
    shown = excerpts.pair(one, other)
    assert (shown[0] == shown[1]) == (one == other)
