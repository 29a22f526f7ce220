"""Calendar arithmetic of mandates: where a period of so many months ends, and how far two periods are apart.

A period includes its first and its last day, so periods that follow one another share no day. That is how the
United Nations counts: UNTOP was extended "until 1 June 2004", and the next year ran from 2 June 2004 to
1 June 2005; UNAMA's 12 months "until 24 March 2006" (resolution 1589) were followed by 12 months "until
23 March 2007" (1662). Six months from 30 March 2003 so end on 29 September 2003.

Where a day is not known nothing is added: a period of six months from "2003-06" has no end here.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from pipeline.edtf import OPEN, bounds, shifted

_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?", re.ASCII)  # ISO 8601-1, 5.5.2
_UNITS = ("year", "month", "week", "day")
_ONE = dt.timedelta(days=1)


def exact(edtf: str | None) -> dt.date | None:
    """The day that `edtf` is; None where it is partial, an interval or no date."""
    if edtf is None or len(edtf) != 10 or "X" in edtf:
        return None
    try:
        return dt.date.fromisoformat(edtf)
    except ValueError:
        return None


@lru_cache(maxsize=8_192)
def days_of(edtf: str | None) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day that `edtf` can mean; None where it is open, or no date at all."""
    try:
        return bounds(edtf) if edtf is not None else (None, None)
    except ValueError:
        return None, None


def one_end(edtf: str | None, last: bool) -> str | None:
    """The last (or first) date of an interval, a plain date as it is; None where that side is open or wrong."""
    if edtf is None:
        return None
    left, _, right = edtf.partition("/")
    part = (right or left) if last else left
    return part if part != OPEN and days_of(part)[0] is not None else None


def steps(duration: str | None) -> tuple[tuple[int, str], ...]:
    """The parts of a duration of calendar units, "P1Y6M" as ((1, "year"), (6, "month")); () for any other."""
    match = _DURATION.fullmatch(duration or "")
    if match is None:
        return ()
    return tuple((int(n), unit) for n, unit in zip(match.groups(), _UNITS, strict=True) if n and int(n))


def end_after(start: str | None, duration: str | None) -> str | None:
    """The last day of a period of that length; None unless the first day and a length are known."""
    return _moved(start, duration, 1, -_ONE)


def start_before(end: str | None, duration: str | None) -> str | None:
    """The first day of a period of that length; None unless the last day and a length are known.

    UN periods end on the last day of a month where they began on one: six months "until 31 July" began on
    1 February, and six months until 31 August on 1 March.
    """
    day = exact(end)
    parts = steps(duration)
    if day is None or not parts:
        return None
    return _moved((day + _ONE).isoformat() if day < dt.date.max else None, duration, -1, dt.timedelta())


def _moved(start: str | None, duration: str | None, sign: int, then: dt.timedelta) -> str | None:
    day, parts = exact(start), steps(duration)
    if day is None or not parts:
        return None
    try:
        for count, unit in parts:
            day = shifted(day, sign * count, unit)
        return (day + then).isoformat()
    except (ValueError, OverflowError):
        return None


def day_after(edtf: str | None) -> str | None:
    """The day after; a partial date stays as it is: what follows a period until June begins in June."""
    day = exact(edtf)
    if day is None:
        return edtf
    return (day + _ONE).isoformat() if day < dt.date.max else None


def gap_between(end: str | None, start: str | None) -> int | None:
    """Days that lie between a period's end and the start of the next, in neither; negative where they overlap.

    0 where the next begins on the day after, or on the last day itself: resolutions say "until 31 March" and
    "from 31 March" of the same change. A partial date gets the benefit of the doubt.
    """
    last_from, last_to = days_of(end)
    first_from, first_to = days_of(start)
    if last_from is None or last_to is None or first_from is None or first_to is None:
        return None
    if first_from > last_to:
        return max(0, (first_from - last_to).days - 1)
    if first_to < last_from:
        return (first_to - last_from).days
    return 0
