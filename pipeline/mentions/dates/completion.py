"""Years that a date leaves out: from the letter's date, from the date named before, from the tense around it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Literal, NamedTuple

from pipeline import edtf
from pipeline.mentions.dates.context import Previous
from pipeline.model import Basis, TimexType

Fields = Mapping[str, str]
Tense = Literal["past", "future"]

_BESIDE = 14  # days on the side that the tense does not tell, within which nobody would mean another year


class Clock(NamedTuple):
    """What a date can hang on: the letter's date, the dates named before in the text, the tense around it."""

    anchor: dt.date | None = None
    previous: dt.date | None = None
    previous_day: dt.date | None = None  # the last one that was said to the day
    tense: Tense | None = None
    told: Previous = Previous()  # all that was named before, for what is counted from it


class Reading(NamedTuple):
    """What a date expression says."""

    edtf: str | None
    value: str
    type: TimexType = "DATE"
    basis: Basis = "explicit"
    modifier: str | None = None


class NoDate(ValueError):
    """The fields name no day of the calendar ("31 June"): the match is not a date."""


def year_and_month(f: Fields, clock: Clock) -> tuple[int | None, int | None, Basis]:
    """The year and month of the fields, completed from the clock where they leave the year out."""
    month = int(f["month"]) if "month" in f else None
    if month is not None and not 1 <= month <= 12:
        raise NoDate(f"no month {month}")
    if "year" in f:
        return int(f["year"]), month, "explicit"
    if "reign" in f:
        return int(f["reign"]) + int(f["n"]), month, "explicit"
    if "year_short" in f:
        short = int(f["year_short"])
        return (1900 if short >= 30 else 2000) + short, month, "explicit"
    anchor = clock.anchor
    if "year_shift" in f:
        if "month_shift" in f and anchor:  # "the same month last year"
            month = month or (clock.previous or anchor).month
        told = clock.told.date if "narrated" in f else None
        if told and (anchor is None or abs(told.year - anchor.year) > 1):
            return told.year + int(f["year_shift"]), month, "context"
        return (anchor.year + int(f["year_shift"]) if anchor else None), month, "relative"
    if "month_shift" in f:
        if anchor is None:
            return None, month, "relative"
        moved = edtf.shifted(anchor, int(f["month_shift"]), "month")
        return moved.year, month or moved.month, "relative"
    if "same" in f:
        base = clock.previous or anchor
        if base is None:
            return None, month, "context"
        return base.year + int(f.get("plus", "0")), base.month if f["same"] == "month" else month, "context"
    if "step" in f:
        base = anchor
        if f.get("from") == "previous" and clock.previous:
            base = clock.previous
            if (base.month, base.day) == (1, 1) and base != clock.previous_day and int(f["step"]) > 0:
                base = dt.date(base.year, 12, 31)  # a year was named: what follows it is the next year's
        return (_stepped(f, base) if base else None), month, "relative"
    if clock.previous is not None:
        return clock.previous.year, month, "context"
    return (_nearest(f, clock) if anchor else None), month, "context"


def _middle(f: Fields) -> tuple[int, int]:
    """A month and day that stand for the fields when years are compared."""
    if "season" in f:
        return {"21": 4, "22": 7, "23": 10, "24": 12}[f["season"]], 15
    if "quarter" in f or "half" in f:
        return (int(f["quarter"]) * 3 - 1 if "quarter" in f else int(f["half"]) * 6 - 3), 15
    return int(f.get("month", "7")), min(int(f.get("day", "15")), 28)


def _stepped(f: Fields, anchor: dt.date) -> int:
    """The year of the last, this or next one, as a letter of `anchor` says it."""
    step, (month, day) = int(f["step"]), _middle(f)
    place, now = (month, 0), (anchor.month, 0)
    if "day" in f:
        place, now = (month, day), (anchor.month, anchor.day)
    if step < 0:
        return anchor.year if place < now else anchor.year - 1
    if step > 0:
        return anchor.year if place > now else anchor.year + 1
    return anchor.year


def _nearest(f: Fields, clock: Clock) -> int:
    """The year that puts a bare month or day on the side of the tense, else nearest to the anchor."""
    assert clock.anchor is not None
    anchor, (month, day) = clock.anchor, _middle(f)
    now = (anchor.month, anchor.day) if "day" in f else (anchor.month, day)
    for unit, size in (("quarter", 3), ("half", 6)):  # the present one is neither past nor future
        if unit in f and (anchor.month - 1) // size == int(f[unit]) - 1:
            return anchor.year
    years = [year for year in (anchor.year, anchor.year - 1, anchor.year + 1) if dt.MINYEAR <= year <= dt.MAXYEAR]
    away = {year: abs((dt.date(year, month, day) - anchor).days) for year in years}
    nearest = min(years, key=lambda year: away[year])
    if "day" in f and away[nearest] <= _BESIDE:
        return nearest
    if clock.tense == "future":
        return anchor.year if (month, day) >= now else anchor.year + 1
    if clock.tense == "past":
        return anchor.year if (month, day) <= now else anchor.year - 1
    return anchor.year if "half" in f else nearest
