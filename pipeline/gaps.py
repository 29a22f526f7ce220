"""Why days of a mandate lie in no period: what the folder lacks, what it leaves open, or a mandate that was over.

A gap in a chain has one of few causes, and the folder itself often says which: a later document recalls a resolution
of those days that is not among the files; documents of those days refer to the last extension and name no new day;
the end before the gap was only counted, from a day that may be the wrong one; or the folder has every resolution of
the series in between, and none extends the mandate: then it was over, and began again.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.chains import Period
from pipeline.periods import days_of
from pipeline.recalls import recalled

Kind = Literal["missing_document", "no_new_date", "counted", "lapse", "not_told"]

_SERIES = re.compile(r"S/RES/(\d{1,5}) \((\d{4})\)", re.ASCII)
_AHEAD = dt.timedelta(days=60)  # before a mandate is over: who extends it decides then
_MOST = 3  # documents that a note names
_LATER = 6  # later documents that are asked what they recall


@dataclass(frozen=True, slots=True)
class Held:
    """A document of the folder: its day, whether such documents decide, and what it refers to, with days if known."""

    day: dt.date | None
    decides: bool
    refers: Mapping[str, dt.date | None]


def held(day: dt.date | None, decides: bool, cell: str | None) -> Held:
    """A document by its row of `documents`."""
    refers: dict[str, dt.date | None] = {}
    for symbol, date in recalled(cell):
        first, last = days_of(date)
        refers[symbol] = first if first == last else None
    return Held(day, decides, refers)


class Holdings:
    """The documents of a folder, by symbol."""

    def __init__(self, documents: Mapping[str, Held]) -> None:
        """Of these documents."""
        self._documents = documents
        self._numbers = sorted({number for symbol in documents if (number := _number(symbol))})
        self._series = _rising(
            sorted((n, doc.day) for symbol, doc in documents.items() if (n := _number(symbol)) and doc.day)
        )
        self._days = sorted((doc.day, symbol) for symbol, doc in documents.items() if doc.day and doc.decides)

    def explained(self, before: Period, period: Period, later: Sequence[Period]) -> tuple[Kind, str] | None:
        """Why days lie between the two periods, in neither; `later` are those after them. None where no days do."""
        last, first = days_of(before.end)[1], days_of(period.start)[0]
        if last is None or first is None:
            return None
        # what resolutions extend, a resolution extends again; a report that they recall does not
        only = _number(before.document) is not None and _number(period.document) is not None
        lacking = self._lacking(last, first, (period, *later), only)
        silent = self._silent(last, first, before)
        notes: list[tuple[Kind, str]] = []
        if lacking:
            notes.append(("missing_document", lacking))
        if silent:
            notes.append(("no_new_date", silent))
        if not notes and before.end_basis == "derived":
            notes.append(("counted", f"The end before is counted from {before.start} and the length alone."))
        if notes:
            return notes[0][0], " ".join(note for _, note in notes)
        missing = self._missing(last, first)
        if missing is None:
            return "not_told", f"No document in the folder tells of these days; {period.document} decides after them."
        if missing:
            numbers = ", ".join(f"S/RES/{number}" for number in missing[:_MOST])
            more = f" and {len(missing) - _MOST} more" if len(missing) > _MOST else ""
            return "missing_document", f"Not in the folder: {numbers}{more}, by the numbers of these days."
        return "lapse", f"The folder has every resolution of these days; {period.document} decides after them."

    def _lacking(self, last: dt.date, first: dt.date, periods: Sequence[Period], only: bool) -> str | None:
        """What later documents recall of these days, and the folder has not; `only`: resolutions alone."""
        asked: list[str] = []
        for period in periods:
            asked += [s.document for s in period.statements if s.document not in asked]
        for document in asked[:_LATER]:
            known = self._documents.get(document)
            found = [
                (symbol, day)
                for symbol, day in (known.refers.items() if known else ())
                if symbol not in self._documents
                and not (only and _number(symbol) is None)
                and self._is_between(symbol, day, _earlier(last, _AHEAD), first)
            ]
            if found:
                found.sort(key=lambda item: (item[1] is None, abs(((item[1] or last) - last).days), item[0]))
                names = ", ".join(f"{symbol} of {day}" if day else symbol for symbol, day in found[:_MOST])
                return f"Not in the folder: {names}, which {document} recalls."
        return None

    def _is_between(self, symbol: str, day: dt.date | None, first: dt.date, last: dt.date) -> bool:
        """Whether a document can be of the days from `first` until before `last`."""
        if day is not None:
            return first <= day < last
        match = _SERIES.fullmatch(symbol)
        if match is None:
            return False
        number, year = int(match[1]), int(match[2])
        place = bisect_left(self._series, (number, dt.date.min))
        earliest = self._series[place - 1][1] if place else dt.date.min
        latest = self._series[place][1] if place < len(self._series) else dt.date.max
        earliest, latest = max(earliest, dt.date(year, 1, 1)), min(latest, dt.date(year, 12, 31))
        return earliest < last and latest >= first

    def _silent(self, last: dt.date, first: dt.date, before: Period) -> str | None:
        """The documents of these days that decide, and refer to the last extension: whoever reads them knows more."""
        start = bisect_left(self._days, (_earlier(last, _AHEAD / 6), ""))
        own = {s.document for s in before.statements}
        found = [
            symbol
            for day, symbol in self._days[start : bisect_left(self._days, (first, ""))]
            if symbol not in own and before.document in self._documents[symbol].refers
        ]
        if not found:
            return None
        names = ", ".join(found[:_MOST]) + (" …" if len(found) > _MOST else "")
        return f"{names}, of these days, refer to {before.document} and name no new end." if len(found) > 1 else (
            f"{names}, of these days, refers to {before.document} and names no new end."
        )  # fmt: skip

    def _missing(self, last: dt.date, first: dt.date) -> list[int] | None:
        """The numbers of the series that the folder lacks of these days; None where it is no series."""
        days = [day for _, day in self._series]
        low, high = bisect_left(days, _earlier(last, _AHEAD)), bisect_right(days, first)
        if not low or low == high:
            return None
        a, b = self._series[low - 1][0], self._series[high - 1][0]
        there = set(self._numbers[bisect_left(self._numbers, a) : bisect_right(self._numbers, b)])
        lacking = [number for number in range(a, b) if number not in there]
        return lacking if 2 * len(lacking) < b - a else None


def _rising(series: Sequence[tuple[int, dt.date]]) -> list[tuple[int, dt.date]]:
    """The series without those whose day is before that of one with a lower number: a slip in a head."""
    rising: list[tuple[int, dt.date]] = []
    for number, day in series:
        if not rising or day >= rising[-1][1]:
            rising.append((number, day))
    return rising


def _earlier(day: dt.date, by: dt.timedelta) -> dt.date:
    return day - by if day - dt.date.min > by else dt.date.min


def _number(symbol: str) -> int | None:
    match = _SERIES.fullmatch(symbol)
    return int(match[1]) if match else None
