"""From the fields of a match to a date: EDTF, TIMEX3, and how it is known.

Fields are what the tables and templates give, each a string:

    year, year_short ("97"), month, day, weekday (1 is Monday), season (21 to 24), quarter, half, decade
    (its first year), decade_short ("90"), century (its number), and the same with a "2" for the end of an
    interval;
    part             early, mid, late, start or end: the modifier
    year_shift ...   also quarter_, month_, week_, day_, half_, decade_, century_shift: units from the anchor's own
    same             year, month or day: that of the date named before; with plus, so many years after it
    step             -1, 0 or 1: "last May", "this Monday", "next winter"
    n, unit, ago     so many units before (-1) or after (1) the anchor; with from=previous, the date named before
    n, unit, span    a length of time that ends (-1) or begins (1) at the anchor: "the past year"
    n, unit, period  a length of time with a name, and the interval that it is
    ref              PRESENT_REF, PAST_REF or FUTURE_REF
    every            a set: its ISO duration or its unit; n: so many units; named: the day, month or season itself
    short_of         the minutes are those that are wanting to the hour
    hour, minute, half_day (am, pm), daypart (MO, MI, AF, EV, NI)
    week_of          the week of the day
    nth              with weekday: the first (1), second or last (-1) of its month
    weekend          with weekday 6: the weekend of that Saturday
    first            so many months from the beginning of the year
    feast            the rule of a day that moves (pipeline.mentions.dates.feasts)
    hundreds         1800 in "the 1800s"
    era              bc: the year is one before the common era
    last_day         the last day of the month or year
    whole            an interval that is one expression ("fiscal year 2012-13"), never its two ends
    reign            with n: the year n of a reign or calendar whose year 1 follows this one
    ancient          a year of less than four digits, which counts only in a text of times before the year 1000
    narrated         year_shift counts from the year named before where the text tells of another time than its own
    told             of the year that the sentence names before, if any (pipeline.standalone)
"""

from __future__ import annotations

import datetime as dt

from pipeline import edtf
from pipeline.mentions.dates.completion import Clock, Fields, NoDate, Reading, Tense, year_and_month
from pipeline.mentions.dates.eras import ERA_FIELDS, era, of_the_year_before_our_era, years_after
from pipeline.mentions.dates.feasts import day_of
from pipeline.mentions.dates.timex import PARTS, SEASON_CODES, in_digits, iso_duration, of_edtf, with_seasons
from pipeline.mentions.dates.weekdays import nth_weekday, weekday, weekend
from pipeline.model import Basis


def reading(fields: Fields, clock: Clock) -> Reading:
    """The reading of a match under a clock. Raises NoDate."""
    try:
        result = _reading(fields, clock)
    except (ValueError, OverflowError) as error:
        raise NoDate(str(error)) from None
    return result._replace(modifier=fields["part"]) if "part" in fields else result


def _reading(f: Fields, clock: Clock) -> Reading:
    if "ref" in f:
        return Reading(None, f["ref"], basis="relative")
    if "every" in f:
        every = f["every"]
        if every == "named":
            return Reading(None, _named(f), "SET")
        every = f["unit"] if every == "n" else every
        value = every if every.startswith(("P", "X")) else iso_duration(f.get("n", "1"), every)
        return Reading(None, value, "SET")
    if "hour" in f or "daypart" in f:
        return _time(f, clock)
    if "period" in f:
        return Reading(f["period"], iso_duration(f["n"], f["unit"]), "DURATION")
    if "span" in f:
        return _span(f, clock)
    if "ago" in f:
        return _counted(f, clock)
    if any(name.endswith("2") for name in f):
        return _interval(f, clock)
    return _date(f, clock)


def _named(f: Fields) -> str:
    """What recurs, as a date whose rest is open: "every Friday" is XXXX-WXX-5."""
    if "weekday" in f:
        value = f"XXXX-WXX-{f['weekday']}"
    elif "season" in f:
        value = f"XXXX-{SEASON_CODES[f['season']]}"
    else:
        month, day = (int(f[part]) if part in f else None for part in ("month", "day"))
        value = f"XXXX-{month:02d}" if month else "XXXX-XX"
        value += f"-{day:02d}" if day else "-XX" if not month else ""
    return f"{value}T{f['daypart']}" if "daypart" in f else value


def _span(f: Fields, clock: Clock) -> Reading:
    value = iso_duration(f.get("n", "1"), f["unit"])
    if clock.anchor is None or not f.get("n", "1").isdecimal():
        return Reading(None, value, "DURATION", "relative")
    count = int(f.get("n", "1"))
    if f["unit"] in _CLOCK_UNITS:  # a day of the calendar is no less
        count = max(1, count // 24) if f["unit"] == "hour" else 1
    far = edtf.shifted(clock.anchor, count * int(f["span"]), _counting(f["unit"]))
    days = sorted((far, clock.anchor))
    return Reading(edtf.interval(days[0].isoformat(), days[1].isoformat()), value, "DURATION", "relative")


def _counted(f: Fields, clock: Clock) -> Reading:
    direction, unit, n = int(f["ago"]), _counting(f["unit"]), f.get("n", "1")
    if unit == "year" and n.isdecimal() and int(n) >= 1000:
        raise NoDate(f"{n} is a year, not a number of years")
    before = clock.previous_day if unit in ("day", "week") else clock.previous
    base = before if f.get("from") == "previous" and before else clock.anchor
    basis: Basis = "context" if f.get("from") == "previous" else "relative"
    if f.get("from") == "previous" and n.replace(".", "", 1).isdecimal():
        told = clock.told
        if told.moment and f["unit"] in _CLOCK_UNITS:
            moment = told.moment + direction * dt.timedelta(minutes=float(n) * _CLOCK_UNITS[f["unit"]])
            return Reading(moment.date().isoformat(), moment.isoformat(timespec="minutes"), "TIME", basis)
        years = float(n) * _YEARS.get(unit, 0)
        if told.bc and years and years.is_integer():
            return years_after(told.bc, int(years) * direction)
        if told.long and unit in ("decade", "century"):
            base = told.long
    if n.endswith(".5") and unit == "month" and base is not None:  # "a month and a half ago"
        base = edtf.shifted(base, 15 * direction, "day")
        n = n.removesuffix(".5")
    elif n.endswith(".5") and unit in PARTS:
        unit, size = PARTS[unit]
        n = in_digits(float(n) * size)
    if not n.isdecimal():
        return Reading(None, "PAST_REF" if direction < 0 else "FUTURE_REF", basis="relative")
    coarse = unit in ("day", "week") and before is None and clock.previous  # "in May 2004; three weeks later"
    if base is None or (coarse and f.get("from") == "previous"):
        return Reading(None, {"day": "XXXX-XX-XX", "week": "XXXX-WXX"}.get(unit, "XXXX"), basis=basis)
    if unit == "day":
        step = 0 if f["unit"] in ("hour", "minute", "second") else int(n)
        day = edtf.shifted(base, step * direction, "day").isoformat()
        return Reading(day, day, basis=basis)
    text = edtf.at(edtf.shifted(base, int(n) * direction, unit), unit)
    return Reading(text, of_edtf(text), basis=basis)


_CLOCK_UNITS = {"hour": 60, "minute": 1}
_YEARS = {"year": 1, "decade": 10, "century": 100}


def _counting(unit: str) -> str:
    return "day" if unit in ("hour", "minute", "second", "weekend") else unit


_OF_A_CLOCK = frozenset({"hour", "minute", "half_day", "daypart", "part", "second", "short_of"})


def _time(f: Fields, clock: Clock) -> Reading:
    rest = {k: v for k, v in f.items() if k not in _OF_A_CLOCK}
    named = bool(rest)
    if not named:
        day = clock.previous_day or clock.anchor
        base = Reading(day.isoformat(), day.isoformat(), basis="context") if day else Reading(None, "XXXX-XX-XX")
    else:
        base = _reading(rest, clock)
        base = base._replace(value=base.value if len(base.value) >= 8 else "XXXX-XX-XX")
    if "hour" not in f:
        return base._replace(value=f"{base.value}T{f['daypart']}", type="TIME")
    hour, minute = int(f["hour"]), int(f.get("minute", "0"))
    part = f.get("daypart")
    if hour < 12 and (f.get("half_day") == "pm" or part in ("AF", "EV") or (part == "NI" and hour >= 6)):
        hour += 12
    elif hour == 12 and (f.get("half_day") == "am" or f.get("daypart") == "NI"):
        hour = 24 if f.get("daypart") == "NI" else 0
    if "short_of" in f:
        hour, minute = (hour - 1) % 24, 60 - minute
    if hour > 24 or minute > 59:
        raise NoDate(f"no time {hour}:{minute}")
    seconds = f":{int(f['second']):02d}" if "second" in f else ""
    return base._replace(value=f"{base.value}T{hour:02d}:{minute:02d}{seconds}", type="TIME")


_DATE_PARTS = ("year", "year_short", "year_shift", "month", "month_shift", "day")


def _interval(f: Fields, clock: Clock) -> Reading:
    """Both ends; each takes from the other what it leaves out ("14 to 18 March 2015")."""
    first = {k: v for k, v in f.items() if not k.endswith("2")}
    second = {k[:-1]: v for k, v in f.items() if k.endswith("2")}
    if "year_short" in second and "year" in first:
        year = int(first["year"]) // 100 * 100 + int(second.pop("year_short"))
        second["year"] = str(year if year > int(first["year"]) else year + 100)
    for given, other in ((first, second), (second, first)):
        for slot in _DATE_PARTS:
            wanted = slot != "day" and slot in given and slot not in other
            if wanted and not (slot.startswith("year") and any(s.startswith("year") for s in other)):
                other[slot] = given[slot]
    if "month_shift" in first and "month" in first:
        first.pop("month_shift")
    start = _date(first, clock)
    stated = "year" in second
    if start.edtf is not None and not any(s.startswith("year") or s == "month_shift" for s in second):
        second["year"] = start.edtf[:4]
    end = _date(second, clock)
    if start.edtf is None or end.edtf is None:
        return Reading(None, f"{start.value}/{end.value}", basis=start.basis)
    text = edtf.interval(start.edtf.split("/")[0], end.edtf.split("/")[-1])
    edtf.bounds(text)
    return Reading(text, with_seasons(text), basis=end.basis if stated else start.basis)


def _date(f: Fields, clock: Clock) -> Reading:
    if clock.told.bc and (said := of_the_year_before_our_era(f, clock.told.bc)):
        return said
    if f.get("same") == "day":
        same = clock.previous_day or clock.anchor
        text = same.isoformat() if same else None
        return Reading(text, text or "XXXX-XX-XX", basis="context")
    for unit in ("day", "weekend", "week"):
        if f"{unit}_shift" in f:
            return _shifted_day(f, clock, unit)
    if "feast" in f:
        return _feast(f, clock)
    if not ERA_FIELDS.isdisjoint(f):
        return era(f, clock)
    if "nth" in f:
        return nth_weekday(f, clock)
    if "weekday" in f and "day" not in f:
        said = weekday(f, clock)
        return weekend(dt.date.fromisoformat(said.edtf), said.basis) if "weekend" in f and said.edtf else said
    year, month, basis = year_and_month(f, clock)
    if "day" in f:
        return _day(f, clock, year, month, basis)
    if "season" in f:
        code = SEASON_CODES[f["season"]]
        if year is None:
            return Reading(None, f"XXXX-{code}", basis=basis)
        return Reading(f"{year:04d}-{f['season']}", f"{year:04d}-{code}", basis=basis)
    if "first" in f and year is not None:  # "the first nine months of 2003"
        text = edtf.interval(edtf.partial(year, 1), edtf.partial(year, int(f["first"])))
        return Reading(text, of_edtf(text), basis=basis)
    for unit, size, letter in (("quarter", 3, "Q"), ("half", 6, "H")):
        if unit in f:
            if year is None:
                return Reading(None, f"XXXX-{letter}{f[unit]}", basis=basis)
            return Reading(edtf.months_of(year, int(f[unit]), size), f"{year:04d}-{letter}{f[unit]}", basis=basis)
        if f"{unit}_shift" in f:
            if clock.anchor is None:
                return Reading(None, f"XXXX-{letter}X", basis="relative")
            text = edtf.at(edtf.shifted(clock.anchor, int(f[f"{unit}_shift"]) * size, "month"), unit)
            return Reading(text, of_edtf(text), basis="relative")
    if year is None:
        return Reading(None, f"XXXX-{month:02d}" if month else "XXXX", basis=basis)
    if f.get("last_day"):
        day = edtf.month_end(year, month or 12).isoformat()
        return Reading(day, day, basis=basis)
    text = edtf.partial(year, month)
    return Reading(text, text, basis=basis)


def _feast(f: Fields, clock: Clock) -> Reading:
    base = clock.previous or clock.anchor or dt.date(2000, 1, 1)
    like = day_of(f["feast"], base.year)
    year, _, basis = year_and_month({**f, "month": str(like.month), "day": str(like.day)}, clock)
    if year is None:
        value = f"XXXX-{like.month:02d}-{like.day:02d}" if f["feast"].startswith("day") else "XXXX-XX-XX"
        return Reading(None, value, basis=basis)
    day = day_of(f["feast"], year).isoformat()
    return Reading(day, day, basis=basis)


def _shifted_day(f: Fields, clock: Clock, unit: str) -> Reading:
    if clock.anchor is None:
        return Reading(None, "XXXX-XX-XX" if unit == "day" else "XXXX-WXX", basis="relative")
    day = edtf.shifted(clock.anchor, int(f[f"{unit}_shift"]), "day" if unit == "day" else "week")
    if unit == "week" and "weekday" in f:
        day, unit = edtf.week(day)[0] + dt.timedelta(days=int(f["weekday"]) - 1), "day"
    if unit == "weekend":
        return weekend(day, "relative")
    text = edtf.at(day, unit)
    return Reading(text, of_edtf(text), basis="relative")


# "was held on the 28th", in a letter of the 3rd
_OTHER_MONTH: dict[tuple[Tense | None, bool], int] = {("past", True): -1, ("future", False): 1}


def _day(f: Fields, clock: Clock, year: int | None, month: int | None, basis: Basis) -> Reading:
    day = int(f["day"])
    if month is None and "same" not in f and "month_shift" not in f:
        base = clock.previous or clock.anchor  # "the 15th"
        if base is None:
            return Reading(None, f"XXXX-XX-{day:02d}", basis="context")
        if clock.previous is None and (clock.tense, day > base.day) in _OTHER_MONTH and day != base.day:
            base = edtf.shifted(base, _OTHER_MONTH[clock.tense, day > base.day], "month")
        year, month, basis = base.year, base.month, "context"
    if year is None or month is None:
        if month is not None:
            dt.date(2000, month, day)
        if not 1 <= day <= 31:
            raise NoDate(f"no day {day}")
        return Reading(None, f"XXXX-{month:02d}-{day:02d}" if month else f"XXXX-XX-{day:02d}", basis=basis)
    text = edtf.partial(year, month, day)
    if "week_of" in f:
        text = edtf.at(dt.date(year, month, day), "week")
    return Reading(text, of_edtf(text), basis=basis)
