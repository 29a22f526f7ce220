"""Days of the week: last Friday, the weekend, the second Sunday of May."""

from __future__ import annotations

import datetime as dt

from pipeline import edtf
from pipeline.mentions.dates.completion import Clock, Fields, NoDate, Reading, year_and_month
from pipeline.mentions.dates.feasts import day_of
from pipeline.model import Basis


def weekend(day: dt.date, basis: Basis) -> Reading:
    """The Saturday and Sunday of the week of a day."""
    saturday = edtf.week(day)[0] + dt.timedelta(days=5)
    text = edtf.interval(saturday.isoformat(), (saturday + dt.timedelta(days=1)).isoformat())
    year, number, _ = saturday.isocalendar()
    return Reading(text, f"{year:04d}-W{number:02d}-WE", basis=basis)


def weekday(f: Fields, clock: Clock) -> Reading:
    """The day of a weekday without a date, on the side of the letter's that tense or step tell."""
    wanted = int(f["weekday"])
    told = clock.previous_day if f.get("from") == "previous" else None  # "on 3 May; the following Tuesday"
    step = f.get("step")
    if step is None and clock.told.weekday and clock.previous and clock.previous == clock.previous_day:
        told, step = clock.previous_day, "1"  # "on Monday, 2 September 1878; by Friday"
    anchor = told or clock.anchor
    if anchor is None:
        return Reading(None, f"XXXX-WXX-{wanted}", basis="relative")
    back = (anchor.isoweekday() - wanted) % 7
    if step == "-1":
        back = back or 7
    elif step == "1" or (step is None and clock.tense == "future" and back):
        back = back - 7
    elif step == "0":
        back = anchor.isoweekday() - wanted
    day = (anchor - dt.timedelta(days=back)).isoformat()
    return Reading(day, day, basis="context" if told or not step else "relative")


def nth_weekday(f: Fields, clock: Clock) -> Reading:
    """The first, second or last of a weekday in its month. Raises NoDate."""
    year, month, basis = year_and_month(f, clock)
    if year is None or month is None:
        return Reading(None, f"XXXX-{month:02d}-XX" if month else "XXXX-XX-XX", basis=basis)
    day = day_of(f"week {month} {f['weekday']} {f['nth']}", year).isoformat()
    if month != int(day[5:7]):
        raise NoDate(f"no weekday {f['nth']} of month {month}")
    return Reading(day, day, basis=basis)
