"""Partial dates as EDTF: writing, bounds, arithmetic.

The part of EDTF (ISO 8601-2:2019, Annex A) that is used here: level 0 dates and intervals ("2004",
"2004-06", "2004-06-01", "2003/2005"), open intervals ("2013/..", "../2016"), level 1 seasons
("2004-22") and unspecified digits ("199X", "19XX"). Nothing is ever added to a partial date: its
bounds are the calendar days that it can mean.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import lru_cache

_PART = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?|(?P<decade>\d{3})X|(?P<century>\d\d)XX", re.ASCII
)
# Level 1 seasons, as months of the northern year; winter runs into the next one.
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}
OPEN = ".."


def partial(year: int, month: int | None = None, day: int | None = None) -> str:
    """The EDTF of a year, month or day: `partial(2004, 6)` is "2004-06".

    Raises ValueError where the calendar has no such month or day.
    """
    if not 1 <= year <= 9999:
        raise ValueError(f"no year {year}")
    if month is None:
        return f"{year:04d}"
    if day is None:
        dt.date(year, month, 1)
        return f"{year:04d}-{month:02d}"
    return dt.date(year, month, day).isoformat()


def interval(start: str, end: str) -> str:
    """The EDTF of an interval; either side may be ".." (open)."""
    return start if start == end else f"{start}/{end}"


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


@lru_cache(maxsize=4096)
def bounds(edtf: str) -> tuple[dt.date | None, dt.date | None]:
    """The first and last day that `edtf` can mean, both included; None where it is open.

    Raises ValueError for anything that is not EDTF as described above.
    """
    if "/" in edtf:
        left, right = edtf.split("/", 1)
        earliest = None if left == OPEN else _simple(left)[0]
        latest = None if right == OPEN else _simple(right)[1]
        if earliest and latest and earliest > latest:
            raise ValueError(f"{edtf!r} ends before it begins")
        return earliest, latest
    return _simple(edtf)


def _simple(edtf: str) -> tuple[dt.date, dt.date]:
    match = _PART.fullmatch(edtf)
    if not match:
        raise ValueError(f"{edtf!r} is not an EDTF date")
    if match["decade"] or match["century"]:
        digits, size = (match["decade"], 10) if match["decade"] else (match["century"], 100)
        first = int(digits) * size
        return dt.date(max(first, 1), 1, 1), dt.date(first + size - 1, 12, 31)
    year = int(match["year"])
    if match["month"] is None:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    month = int(match["month"])
    if month in _SEASONS:
        first, last = _SEASONS[month]
        return dt.date(year, first, 1), month_end(year + (last < first), last)
    if match["day"] is None:
        return dt.date(year, month, 1), month_end(year, month)
    day = dt.date(year, month, int(match["day"]))
    return day, day


def is_valid(edtf: str) -> bool:
    """Whether `bounds` can read it."""
    try:
        bounds(edtf)
    except ValueError:
        return False
    return True


def shifted(day: dt.date, count: int, unit: str) -> dt.date:
    """`day` moved by `count` days, weeks, months, quarters, years, decades or centuries.

    A month that is too short takes its last day (31 January + 1 month is 28 or 29 February).
    Raises ValueError outside years 1 to 9999.
    """
    if unit in ("day", "week"):
        try:
            return day + dt.timedelta(days=count * (7 if unit == "week" else 1))
        except OverflowError:
            raise ValueError(f"{count} {unit} from {day} is outside the calendar") from None
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}[unit] * count
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise ValueError(f"{count} {unit} from {day} is outside the calendar")
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def week(day: dt.date) -> tuple[dt.date, dt.date]:
    """The Monday and Sunday of the ISO week of `day`."""
    monday = day - dt.timedelta(days=day.weekday())
    return monday, monday + dt.timedelta(days=6)


def at(day: dt.date, unit: str) -> str:
    """The EDTF of the day, week, month, quarter, half, year, decade or century that `day` lies in."""
    if unit == "day":
        return day.isoformat()
    if unit == "week":
        monday, sunday = week(day)
        return f"{monday.isoformat()}/{sunday.isoformat()}"
    if unit == "month":
        return partial(day.year, day.month)
    if unit in ("quarter", "half"):
        size = 3 if unit == "quarter" else 6
        return months_of(day.year, (day.month - 1) // size + 1, size)
    if unit == "year":
        return partial(day.year)
    return f"{day.year // 10:03d}X" if unit == "decade" else f"{day.year // 100:02d}XX"


def months_of(year: int, number: int, size: int) -> str:
    """The interval of months of the `number`-th part of a year cut into parts of `size` months.

    Level 2 has codes for quarters and halves; an interval says the same within level 0.
    """
    first = (number - 1) * size + 1
    return f"{partial(year, first)}/{partial(year, first + size - 1)}"
