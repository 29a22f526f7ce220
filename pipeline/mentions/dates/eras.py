"""Decades, centuries and years before the common era, from the fields of a match (pipeline.mentions.dates.readings)."""

from __future__ import annotations

from pipeline import edtf
from pipeline.mentions.dates.completion import Clock, Fields, Reading
from pipeline.mentions.dates.context import BeforeOurEra
from pipeline.mentions.dates.timex import SEASON_CODES
from pipeline.model import Basis

_OWN_CENTURY = 1900  # from then on "the fifties" are ours
_MONTHS = {"SP": 4, "SU": 7, "FA": 10, "WI": 12}  # that stand for the seasons when they are put in order
_ELSEWHERE = frozenset({"year", "year_short", "year_shift", "month_shift", "week_shift", "day_shift", "reign", "feast"})

ERA_FIELDS = frozenset({"era", "hundreds", "decade", "decade_short", "decade_shift", "century", "century_shift"})


def era(f: Fields, clock: Clock) -> Reading:
    """The reading of fields that name an era."""
    if "era" in f:
        said = f"BC{int(f['century']) - 1:02d}" if "century" in f else f"BC{int(f['year']):04d}"
        if "season" in f:
            return Reading(None, f"{said}-{SEASON_CODES[f['season']]}")
        return Reading(None, said + "".join(f"-{int(f[part]):02d}" for part in ("month", "day") if part in f))
    basis: Basis = "explicit"
    if "century_shift" in f or "decade_shift" in f:
        if clock.anchor is None:
            return Reading(None, "XX" if "century_shift" in f else "XXX", basis="relative")
        unit = "century" if "century_shift" in f else "decade"
        text = edtf.at(edtf.shifted(clock.anchor, int(f[f"{unit}_shift"]), unit), unit)
        if unit == "decade" or "decade_short" not in f:
            return Reading(text, text.rstrip("X"), basis="relative")
        return Reading(f"{text[:2]}{f['decade_short'][0]}X", f"{text[:2]}{f['decade_short'][0]}", basis="relative")
    if "hundreds" in f:
        return Reading(f"{f['hundreds'][:2]}XX", f["hundreds"][:2])
    if "decade" in f:
        first = int(f["decade"])
    else:
        short = int(f.get("decade_short", "0"))
        century = int(f["century"]) - 1 if "century" in f else 19 if short >= 30 else 20
        first = century * 100 + short
        told = clock.told.long or clock.told.date
        if "century" not in f and told and told.year < _OWN_CENTURY:  # "surveyed in 1846, and in the early fifties"
            first = told.year // 100 * 100 + short
            first += 100 if first + 9 < told.year else 0
        if "decade_short" not in f:
            return Reading(f"{century:02d}XX", f"{century:02d}", basis=basis)
    return Reading(f"{first // 10:03d}X", f"{first // 10:03d}", basis=basis)


def years_after(named: BeforeOurEra, count: int) -> Reading:
    """So many years after one before the common era, which has no year 0."""
    year = named.year - count
    if year <= 0:
        text = edtf.partial(1 - year)
        return Reading(text, text, basis="context")
    return Reading(None, f"BC{year:04d}", basis="context")


def of_the_year_before_our_era(f: Fields, named: BeforeOurEra) -> Reading | None:
    """A month, season or year that hangs on one before the common era; None where the fields do not hang on it."""
    if not _ELSEWHERE.isdisjoint(f) or not ERA_FIELDS.isdisjoint(f) or "weekday" in f:
        return None
    recalls = f.get("from") == "previous" or "same" in f
    if "season" in f:
        part = SEASON_CODES[f["season"]]
    elif "month" in f:
        part = f"{int(f['month']):02d}"
    elif f.get("same") == "year":
        part = ""
    else:
        return None
    if "step" in f and not recalls:
        return None
    year = named.year - int(f.get("plus", "0"))
    step = int(f.get("step", "0"))
    if part and named.part and step:
        later = _place(part) > _place(named.part)
        year -= (0 if later else 1) if step > 0 else (-1 if later or part == named.part else 0)
    else:
        year -= step
    value = f"BC{year:04d}" if year > 0 else f"{1 - year:04d}"
    value += f"-{part}" if part else ""
    return Reading(None, value + (f"-{int(f['day']):02d}" if "day" in f else ""), basis="context")


def _place(part: str) -> int:
    return _MONTHS[part] if part in _MONTHS else int(part)
