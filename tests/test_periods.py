"""Where periods end and begin, and how far they are apart."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.periods import day_after, days_of, end_after, exact, gap_between, one_end, start_before, steps

DAYS = st.dates(dt.date(1945, 1, 1), dt.date(2100, 12, 31))


@pytest.mark.parametrize(
    ("start", "duration", "end"),
    [
        ("2003-03-30", "P6M", "2003-09-29"),
        ("2003-06-02", "P1Y", "2004-06-01"),
        ("2003-06-02", "P12M", "2004-06-01"),
        ("1993-06-01", "P45D", "1993-07-15"),
        ("2000-02-07", "P6M", "2000-08-06"),
        ("1999-08-31", "P6M", "2000-02-28"),
        ("2004-01-01", "P2W", "2004-01-14"),
        ("2004-01-01", "P1Y6M", "2005-06-30"),
    ],
)
def test_a_period_includes_its_last_day(start: str, duration: str, end: str) -> None:
    """Six months from 30 March end on 29 September."""
    assert end_after(start, duration) == end


@pytest.mark.parametrize(
    ("end", "duration", "start"),
    [
        ("1990-07-31", "P6M", "1990-02-01"),
        ("1991-01-31", "P6M", "1990-08-01"),
        ("1990-11-30", "P6M", "1990-06-01"),
        ("2004-06-01", "P1Y", "2003-06-02"),
        ("1992-02-29", "P3M", "1991-12-01"),
    ],
)
def test_a_period_is_counted_back_to_its_first_day(end: str, duration: str, start: str) -> None:
    """Six months until 31 July began on 1 February: months are whole."""
    assert start_before(end, duration) == start


@pytest.mark.parametrize("start", ["2003-06", "2003", "2003-06/2003-07", "199X", None, "soon"])
def test_nothing_is_derived_from_a_partial_date(start: str | None) -> None:
    """No day is invented for a month or a year."""
    assert end_after(start, "P6M") is None
    assert start_before(start, "P6M") is None


@pytest.mark.parametrize("duration", ["PT1S", "PXM", "", None, "P", "P0D", "6 months"])
def test_a_length_that_is_none_derives_nothing(duration: str | None) -> None:
    """Hours, unknown numbers and nonsense are no length of a mandate."""
    assert steps(duration) == ()
    assert end_after("2003-06-02", duration) is None


def test_the_calendar_has_an_end() -> None:
    """Years after 9999 are not reached, and not an error."""
    assert end_after("9999-06-01", "P1Y") is None
    assert start_before("9999-12-31", "P1Y") is None
    assert day_after("9999-12-31") is None
    assert start_before("0001-02-01", "P1Y") is None


@given(DAYS, st.integers(1, 400))
def test_days_are_counted_exactly(day: dt.date, count: int) -> None:
    """A period of n days holds n days, and back again."""
    end = end_after(day.isoformat(), f"P{count}D")
    assert end is not None
    assert (dt.date.fromisoformat(end) - day).days + 1 == count
    assert start_before(end, f"P{count}D") == day.isoformat()


@given(DAYS, st.integers(1, 60))
def test_periods_that_follow_one_another_leave_no_gap(day: dt.date, months: int) -> None:
    """The day after a derived end is the next first day."""
    end = end_after(day.isoformat(), f"P{months}M")
    assert gap_between(end, day_after(end)) == 0


@pytest.mark.parametrize(
    ("end", "start", "gap"),
    [
        ("2003-03-30", "2003-03-31", 0),
        ("2003-03-30", "2003-03-30", 0),
        ("2003-03-30", "2003-04-01", 1),
        ("2003-03-30", "2003-03-29", -1),
        ("2000-04-22", "2000-02-07", -75),
        ("2003-03", "2003-03-15", 0),
        ("2003-03", "2003-04-02", 1),
        (None, "2003-04-01", None),
        ("2003-03-30", None, None),
        ("2003-03-30", "../2004", None),
    ],
)
def test_gaps_count_the_days_in_neither(end: str | None, start: str | None, gap: int | None) -> None:
    """The day after leaves none, the same day is no overlap, a partial date gets the benefit of the doubt."""
    assert gap_between(end, start) == gap


def test_a_date_out_of_an_interval() -> None:
    """The last of an end, the first of a start; an open side is nothing."""
    assert one_end("2003-06/2004-05", last=True) == "2004-05"
    assert one_end("2003-06/2004-05", last=False) == "2003-06"
    assert one_end("../2016", last=True) == "2016"
    assert one_end("../2016", last=False) is None
    assert one_end("2013/..", last=True) is None
    assert one_end("no date", last=True) is None
    assert exact("2004-06-01") == dt.date(2004, 6, 1)
    assert exact("2004-02-30") is exact("2004-06") is None
    assert days_of("2004-02-30") == (None, None)
