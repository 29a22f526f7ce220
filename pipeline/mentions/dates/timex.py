"""Values as TimeML's TIMEX3 writes them, and ISO 8601 durations."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from fractions import Fraction

SEASON_CODES = {"21": "SP", "22": "SU", "23": "FA", "24": "WI"}
"""EDTF's season numbers as TIMEX3 writes them."""

LETTERS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "week": "W", "weekend": "WE", "month": "M",
    "quarter": "Q", "half": "H", "year": "Y", "decade": "DE", "century": "CE", "night": "TNI",
}  # fmt: skip
"""TIMEX3's letters for the units of a duration."""
PARTS = {"year": ("month", 12), "decade": ("year", 10), "century": ("year", 100)}
"""Units in which the half of another is said."""

_SMALLER = {"year": ("month", 12), "day": ("hour", 24), "hour": ("minute", 60), "minute": ("second", 60)}


def in_digits(number: float) -> str:
    """A number in plain digits: "5008100.27", which in scientific notation is no amount of ISO 8601."""
    return f"{Decimal(repr(number)).normalize():f}"


def iso_duration(count: str, unit: str) -> str:
    """`count` units as they were said: ("12", "month") is P12M; ("1.5", "year") is P1Y6M; ("X", "day") is PXD.

    Decades, centuries, quarters and half-years use TIMEX3's own letters (P1DE, P1CE, P1Q, P1H): ISO 8601-1
    clause 5.5.2 has none for them.
    """
    letter = LETTERS[unit]
    if count != "X":
        amount = Fraction(count)
        whole, rest = divmod(amount, 1)
        if rest and unit in ("decade", "century") and (amount * PARTS[unit][1]).denominator == 1:
            return _piece(str(amount * PARTS[unit][1]), "Y")
        if rest and unit in _SMALLER:
            smaller, size = _SMALLER[unit]
            part = rest * size
            if part.denominator == 1:
                head = _piece(str(whole), letter) if whole else "P"
                tail = _piece(str(part), LETTERS[smaller])[1:]
                return head + (tail[1:] if "T" in head and tail.startswith("T") else tail)
    return _piece(count, letter)


def _piece(count: str, letter: str) -> str:
    return f"PT{count}{letter[1:]}" if letter.startswith("T") and letter != "TNI" else f"P{count}{letter}"


_WEEK = re.compile(r"(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)")
_MONTHS = re.compile(r"(\d{4})-(\d\d)/\1-(\d\d)")
_SEASON = re.compile(r"\b(\d{4})-(2[1-4])\b")


def of_edtf(text: str) -> str:
    """The TIMEX3 value of an EDTF: weeks, quarters, halves and seasons have codes; decades lose their X."""
    if week := _WEEK.fullmatch(text):
        first, last = (dt.date.fromisoformat(day) for day in week.groups())
        if (last - first).days == 6 and first.weekday() == 0:
            year, number, _ = first.isocalendar()
            return f"{year:04d}-W{number:02d}"
    if months := _MONTHS.fullmatch(text):
        first_month, last_month = int(months[2]), int(months[3])
        for size, letter in ((3, "Q"), (6, "H")):
            if last_month - first_month == size - 1 and last_month % size == 0:
                return f"{months[1]}-{letter}{last_month // size}"
    text = with_seasons(text)
    return text.rstrip("X") if text.endswith("X") else text


def with_seasons(text: str) -> str:
    """A date or interval of EDTF with the seasons as TIMEX3 writes them: 2022-21 is 2022-SP."""
    return _SEASON.sub(lambda season: f"{season[1]}-{SEASON_CODES[season[2]]}", text)
