"""Times as tools and spreadsheets write them; a duration and a month remain."""

from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actient.survey.responses.times import NO_MONTH, Moments, Times, kept, moment, month_name

NINE = datetime(2031, 3, 25, 9, 15, tzinfo=UTC).timestamp()


def reduced(start: list[str], end: list[str], *, day_first: bool = False) -> Times:
    return kept(Moments.read(start), Moments.read(end), day_first=day_first)


def months(times: Times) -> list[str | None]:
    return [None if month == NO_MONTH else month_name(int(month)) for month in times.month]


@pytest.mark.parametrize(
    "text",
    [
        "2031-03-25T09:15:00.000Z",
        "2031-03-25T09:15:00.000+02:00",
        "2031-03-25 09:15:00",
        "2031-03-25 09:15",
        "2031/03/25 9:15:00 AM UTC+1",
        "2031/03/25 9:15:00 AM GMT−4",
        "25/03/2031 09:15:00",
        "25/03/2031 9:15",
        "25-03-2031 09:15",
        "25.03.2031 09:15",
        "3/25/2031 9:15:00",
        "3/25/2031 9:15:00 AM",
        "25 mars 2031 09:15:00",
        "25 mars 2031, 9h15",
        "March 25, 2031 9:15:00 AM",
        "Mar 25, 2031 9:15:00 AM",
        "47932.385416666664",
        " 2031-03-25 09:15:00 ",
    ],
)
def test_one_moment_written_in_many_ways(text: str) -> None:
    known = [each for each in moment(text)[:2] if not np.isnan(each)]
    assert known
    assert known == pytest.approx([NINE] * len(known), abs=1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[not completed]",
        "1980-01-01 00:00:00",  # what LimeSurvey writes for surveys without dates
        "2031-02-30 10:00",
        "32/13/2031",
        "demain",
        "12 brumaire 2031",
        "99999999",
        "2031-03",
        "9999-12-31",
        "25/03/2031 25:00",
    ],
)
def test_what_is_not_a_time_is_unknown(text: str) -> None:
    assert np.isnan(moment(text)[:2]).all()


def test_noon_and_midnight() -> None:
    midnight, noon = moment("2031/03/25 12:00:00 AM"), moment("2031/03/25 12:00:00 PM")
    assert noon.day_first - midnight.day_first == 12 * 3600


def test_a_duration_and_a_month_remain() -> None:
    times = reduced(
        ["2031-03-25T09:15:00.000+01:00", "", "2031-03-25 09:15"],
        ["2031-03-25T10:23:00.000+02:00", "2031-04-01T00:00:00.000+02:00", ""],
    )
    np.testing.assert_array_equal(times.duration, [8 * 60, np.nan, np.nan])
    assert months(times) == ["2031-03", "2031-04", "2031-03"]


def test_times_with_and_without_a_zone_are_not_subtracted() -> None:
    times = reduced(["2031-03-25T09:15:00+01:00"], ["2031-03-25T08:20:00"])
    assert np.isnan(times.duration).all()
    assert months(times) == ["2031-03"]


def test_an_end_before_its_start_is_told_and_unknown() -> None:
    times = reduced(["2031-03-25 09:15"], ["2031-03-25 09:10"])
    assert np.isnan(times.duration).all()
    assert "1" in times.notes[0].text("en")


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["05/03/2031 10:00", "25/03/2031 10:00"], ["2031-03", "2031-03"]),
        (["03/05/2031 10:00", "03/25/2031 10:00"], ["2031-03", "2031-03"]),
        (["05/03/2031 10:00"], [None]),
        (["05/05/2031 10:00"], ["2031-05"]),
        (["05/03/2031 10:00", "07/07/2031 10:00", ""], [None, "2031-07", None]),
    ],
)
def test_the_order_of_day_and_month_is_that_of_the_whole_file(
    texts: list[str], expected: list[str | None]
) -> None:
    times = reduced([""] * len(texts), texts)
    assert months(times) == expected
    undecided = expected[0] is None
    assert bool(times.notes) == undecided


def test_a_file_in_french_puts_the_day_first_where_no_date_tells() -> None:
    assert months(reduced([""], ["05/03/2031 10:00"], day_first=True)) == ["2031-03"]
    assert (
        months(reduced(["", ""], ["03/25/2031", "03/05/2031"], day_first=True)) == ["2031-03"] * 2
    )


def test_without_columns_of_times_nothing_is_known() -> None:
    times = kept(Moments.joined([], 3), Moments.joined([], 3))
    assert np.isnan(times.duration).all()
    assert months(times) == [None] * 3
    assert times.notes == ()


zones = st.one_of(
    st.none(), st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
)
whens = st.datetimes(datetime(1980, 1, 1), datetime(2110, 1, 1), timezones=zones)


@settings(deadline=None)
@given(
    st.lists(
        st.one_of(st.just(""), whens.map(lambda when: when.isoformat(timespec="milliseconds")))
    )
)
def test_reading_at_once_gives_what_reading_one_by_one_gives(texts: list[str]) -> None:
    one_by_one = np.array([moment(text) for text in texts], dtype=float).reshape(-1, 3)
    np.testing.assert_array_equal(Moments.read(texts).values, one_by_one)


@settings(deadline=None)
@given(whens, st.integers(0, 86_400))
def test_durations_are_those_of_the_clock(start: datetime, seconds: int) -> None:
    end = start + timedelta(seconds=seconds)
    times = reduced([start.isoformat()], [end.isoformat()])
    if start.year >= 1990 and end.year <= 2100:
        assert times.duration[0] == seconds
        assert months(times) == [f"{end:%Y-%m}"]
