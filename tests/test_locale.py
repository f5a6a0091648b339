"""Numbers as each language writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actient.locale import UNITS, date, duration, number, percent, quantity


@pytest.mark.parametrize(
    ("share", "decimals", "french", "english"),
    [
        (0.556, 1, "55,6\N{NO-BREAK SPACE}%", "55.6%"),
        (0.42, 0, "42\N{NO-BREAK SPACE}%", "42%"),
        (0.1225, 1, "12,3\N{NO-BREAK SPACE}%", "12.3%"),  # halves go up, as readers expect
        (-0.05, 0, "\N{MINUS SIGN}5\N{NO-BREAK SPACE}%", "\N{MINUS SIGN}5%"),
        (-0.0001, 1, "0,0\N{NO-BREAK SPACE}%", "0.0%"),  # never a negative zero
    ],
)
def test_percent(share, decimals, french, english):
    assert percent(share, decimals, "fr") == french
    assert percent(share, decimals, "en") == english


@pytest.mark.parametrize(
    ("iso", "french", "english"),
    [
        ("2018", "2018", "2018"),
        ("2018-04", "avril 2018", "April 2018"),
        ("2018-04-01", "1er avril 2018", "1 April 2018"),
        ("2026-11-24T10:00:00Z", "24 novembre 2026", "24 November 2026"),
    ],
)
def test_dates_are_words(iso, french, english):
    assert (date(iso, "fr"), date(iso, "en")) == (french, english)


def test_a_span_of_days_says_both_years():
    span = "2018-09-15/2019-03-17"
    assert [date(span, lang).split("\N{THIN SPACE}") for lang in ("fr", "en")] == [
        ["15 sept. 2018", "\N{EN DASH}", "17 mars 2019"],
        ["15 Sept 2018", "\N{EN DASH}", "17 Mar 2019"],
    ]


@pytest.mark.parametrize("text", ["", "spring 2018", "2018-13", "2018-04-01/"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        date(text, "en")


def test_thousands():
    assert number(600_000, 0, "fr") == "600\N{NARROW NO-BREAK SPACE}000"
    assert number(600_000, 0, "en") == "600,000"


@pytest.mark.parametrize(
    ("minutes", "french", "english"),
    [
        (288, "4 h 48", "4 h 48 min"),
        (72, "1 h 12", "1 h 12 min"),
        (60, "1 h 00", "1 h 00 min"),
        (13, "13 min", "13 min"),
    ],
)
def test_duration(minutes, french, english):
    assert duration(minutes, "fr").replace("\N{NO-BREAK SPACE}", " ") == french
    assert duration(minutes, "en").replace("\N{NO-BREAK SPACE}", " ") == english


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_can_be_written(unit):
    assert quantity(0.25, unit, "fr")
    assert quantity(0.25, unit, "en")


def test_a_proportion_shows_the_decimals_it_needs():
    assert quantity(0.155, "proportion", "en") == "15.5%"
    assert quantity(0.69, "proportion", "en") == "69%"
    assert quantity(0.69, "proportion", "en", decimals=2) == "69.00%"


@given(st.floats(0, 1), st.integers(0, 3))
def test_both_languages_write_the_same_digits(share, decimals):
    def digits(text):
        return [character for character in text if character.isdigit()]

    assert digits(percent(share, decimals, "fr")) == digits(percent(share, decimals, "en"))


@given(st.integers(0, 10_000), st.integers(0, 3))
def test_rounding_is_to_the_nearest(thousandths, decimals):
    shown = float(number(thousandths / 1000, decimals, "en").replace(",", ""))
    assert abs(shown - thousandths / 1000) <= 0.5 / 10**decimals + 1e-9
