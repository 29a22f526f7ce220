"""Days that move with moon, sun and week: reckoned by a rule, not listed.

A rule is a kind and its numbers, with days to add after it:

    day 12 25         the 25th of December
    week 11 4 4       the fourth Thursday (4) of November; -1 for n is the last one
    easter            Easter Sunday of the Gregorian computus; `easter -2` is Good Friday
    orthodox 0        Easter Sunday of the Julian computus, so many days after it
    hijri 10 1        the first day of the tenth month of the tabular Islamic calendar, the first one in the year
    moon 8 15         the fifteenth day of the eighth month of the Chinese calendar; `moon 1 1 -1` its last eve
    sun 15            the day in China on which the sun reaches 15 degrees of ecliptic longitude (清明)

Sources: the anonymous Gregorian algorithm (Nature, 1876); E. M. Reingold and N. Dershowitz, Calendrical Calculations,
for the arithmetic Islamic calendar, which differs from what is seen of the moon by a day at most; J. Meeus,
Astronomical Algorithms, chapters 25 and 49, shortened to what tells the day; GB/T 33661-2017 for the months of the
Chinese calendar.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from math import floor, radians, sin

_J2000 = 2451545.0  # the Julian date of noon, 1 January 2000
_ORDINAL = 1721424.5  # the Julian date at which proleptic day 1 begins, less one
_CHINA = 8 / 24  # of a day
_REFORM = 1583  # the first year of the Gregorian calendar
_HIJRA = 227015  # the ordinal of 16 July 622 of the Julian calendar


@lru_cache(maxsize=4096)
def day_of(rule: str, year: int) -> dt.date:
    """The day of a rule in a year. Raises ValueError where the rule cannot be read."""
    kind, *rest = rule.split()
    numbers = [int(number) for number in rest]
    if kind == "day" and len(numbers) == 2:
        return dt.date(year, *numbers)
    size = {"easter": 0, "week": 3, "moon": 2, "hijri": 2, "orthodox": 0, "sun": 1}.get(kind)
    if size is None or len(numbers) not in (size, size + 1):
        raise ValueError(f"no rule for a feast: {rule!r}")
    shift = dt.timedelta(days=numbers[size] if len(numbers) > size else 0)
    if kind == "easter":
        return _easter(year) + shift
    if kind == "orthodox":
        return _orthodox(year) + shift
    if kind == "hijri":
        return _hijri(year, *numbers[:2]) + shift
    if kind == "week":
        return _weekday_of(year, *numbers[:3]) + shift
    if kind == "moon":
        return _moon_day(year, *numbers[:2]) + shift
    return _day(_sun_at(numbers[0], year)) + shift


def _easter(year: int) -> dt.date:
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + weekday - 7 * ((a + 11 * h + 22 * weekday) // 451) + 114, 31)
    return dt.date(year, month, day + 1)


def _orthodox(year: int) -> dt.date:
    a, b = (19 * (year % 19) + 15) % 30, 2 * (year % 4) + 4 * (year % 7)
    month, day = divmod(a + (b - a + 34) % 7 + 114, 31)
    behind = year // 100 - year // 400 - 2 if year >= _REFORM else 0
    return dt.date(year, month, day + 1) + dt.timedelta(days=behind)


def _hijri(year: int, month: int, day: int) -> dt.date:
    """The first such day of the Islamic calendar that is not before a year begins."""
    first = dt.date(year, 1, 1).toordinal()
    lunar = (year - 622) * 33 // 32 - 1
    while (found := _hijri_ordinal(lunar, month, day)) < first:
        lunar += 1
    return dt.date.fromordinal(found)


def _hijri_ordinal(year: int, month: int, day: int) -> int:
    return day + (59 * month - 58) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30 + _HIJRA - 1


def _weekday_of(year: int, month: int, weekday: int, number: int) -> dt.date:
    if number < 0:
        after = dt.date(year + month // 12, month % 12 + 1, 1)
        last = after - dt.timedelta(days=1)
        return last - dt.timedelta(days=(last.isoweekday() - weekday) % 7)
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (number - 1))


def _moon_day(year: int, month: int, day: int) -> dt.date:
    """A day of a month of the Chinese year that begins in `year`."""
    before, after = _eleventh(year - 1), _eleventh(year)
    if month > 10:
        before, after, month = after, _eleventh(year + 1), month - 12
    months = [before + n for n in range(after - before)]
    if len(months) == 13:  # the first month without a middle term is the leap month, which has no number
        leap = next((n for n in months[1:] if not _has_term(n)), None)
        months = [n for n in months if n != leap]
    return _day(_new_moon(months[month + 1])) + dt.timedelta(days=day - 1)


@lru_cache(maxsize=1024)
def _eleventh(year: int) -> int:
    """The number of the new moon that begins the month of the winter solstice."""
    solstice = _day(_sun_at(270, year))
    number = floor((year + 0.97 - 2000) * 12.3685) + 1
    while _day(_new_moon(number)) > solstice:
        number -= 1
    return number


def _has_term(number: int) -> bool:
    """Whether the sun passes a multiple of 30 degrees within a month."""
    first, last = (_midnight(_day(_new_moon(n))) for n in (number, number + 1))
    return floor(_sun(first) / 30) != floor(_sun(last) / 30)


def _new_moon(number: int) -> float:
    """The Julian date of a new moon, counted from the first of the year 2000; right to a few minutes."""
    t = number / 1236.85
    sun = radians(2.5534 + 29.10535670 * number)
    moon = radians(201.5643 + 385.81693528 * number + 0.0107582 * t * t)
    node = radians(160.7108 + 390.67050284 * number)
    e = 1 - 0.002516 * t
    shift = (
        -0.40720 * sin(moon) + 0.17241 * e * sin(sun) + 0.01608 * sin(2 * moon) + 0.01039 * sin(2 * node)
        + 0.00739 * e * sin(moon - sun) - 0.00514 * e * sin(moon + sun) + 0.00208 * e * e * sin(2 * sun)
        - 0.00111 * sin(moon - 2 * node) - 0.00057 * sin(moon + 2 * node) + 0.00056 * e * sin(2 * moon + sun)
        - 0.00042 * sin(3 * moon) + 0.00042 * e * sin(sun + 2 * node) + 0.00038 * e * sin(sun - 2 * node)
        - 0.00024 * e * sin(2 * moon - sun)
    )  # fmt: skip
    return 2451550.09766 + 29.530588861 * number + 0.00015437 * t * t + shift - 0.0008


def _sun(julian: float) -> float:
    """The apparent longitude of the sun in degrees."""
    t = (julian - _J2000) / 36525
    anomaly = radians(357.52911 + 35999.05029 * t)
    centre = (1.914602 - 0.004817 * t) * sin(anomaly) + 0.019993 * sin(2 * anomaly) + 0.000289 * sin(3 * anomaly)
    return (280.46646 + 36000.76983 * t + centre - 0.00569 - 0.00478 * sin(radians(125.04 - 1934.136 * t))) % 360


def _sun_at(longitude: int, year: int) -> float:
    """When in a year the sun reaches a longitude, as a Julian date."""
    julian = _J2000 + (year - 2000) * 365.2422 + 79 + (longitude % 360) * 365.2422 / 360
    julian -= 365.2422 if longitude > 285 else 0
    for _ in range(4):
        julian += ((longitude - _sun(julian) + 180) % 360 - 180) * 365.2422 / 360
    return julian - 0.0008


def _day(julian: float) -> dt.date:
    return dt.date.fromordinal(floor(julian + _CHINA - _ORDINAL))


def _midnight(day: dt.date) -> float:
    return day.toordinal() + _ORDINAL - _CHINA
