"""Why days of a mandate lie in no period: what the folder lacks, what it leaves open, or a mandate that was over.

A gap in a chain has one of few causes, and the folder itself often says which: a later document recalls a resolution
of those days that is not among the files; documents of those days refer to the last extension and name no new day;
the end before the gap was only counted, from a day that may be the wrong one; or the folder has every resolution of
the series in between, and none extends the mandate: then it was over, and began again.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Literal

from pipeline.holdings import Holdings, number_of, year_of
from pipeline.periods import days_of
from pipeline.statements import Period

Kind = Literal["missing_document", "no_new_date", "counted", "lapse", "not_told"]

_AHEAD = dt.timedelta(days=60)  # before a mandate is over: who extends it decides then
_MOST = 3  # documents that a note names
_LATER = 6  # later documents that are asked what they recall


class Gaps:
    """Says why days lie in no period, by the documents of a folder."""

    def __init__(self, holdings: Holdings) -> None:
        """Of these documents."""
        self._holdings = holdings
        self._days = [day for _, day in holdings.series]

    def explained(self, before: Period, period: Period, later: Sequence[Period]) -> tuple[Kind, str] | None:
        """Why days lie between the two periods, in neither; `later` are those after them. None where no days do."""
        last, first = days_of(before.end)[1], days_of(period.start)[0]
        if last is None or first is None:
            return None
        # what resolutions extend, a resolution extends again; a report that they recall does not
        only = number_of(before.document) is not None and number_of(period.document) is not None
        lacking = self._lacking(last, first, chain((period,), later), only)
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

    def _lacking(self, last: dt.date, first: dt.date, periods: Iterable[Period], only: bool) -> str | None:
        """What later documents recall of these days, and the folder has not; `only`: resolutions alone."""
        for document in islice(_tellers(periods), _LATER):
            found = [
                (symbol, day)
                for symbol, day in self._holdings.refers(document).items()
                if not (only and number_of(symbol) is None)
                and self._is_between(symbol, day, _earlier(last, _AHEAD), first)
                and symbol not in self._holdings
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
        number, year = number_of(symbol), year_of(symbol)
        if number is None or not year:
            return False
        place = bisect_left(self._holdings.series, (number, dt.date.min))
        earliest = self._days[place - 1] if place else dt.date.min
        latest = self._days[place] if place < len(self._days) else dt.date.max
        earliest, latest = max(earliest, dt.date(year, 1, 1)), min(latest, dt.date(year, 12, 31))
        return earliest < last and latest >= first

    def _silent(self, last: dt.date, first: dt.date, before: Period) -> str | None:
        """The documents of these days that decide, and refer to the last extension: whoever reads them knows more."""
        own = {s.document for s in before.statements}
        telling = self._holdings.recalling(before.document, _earlier(last, _AHEAD / 6), first)
        found = list(islice((symbol for symbol in telling if symbol not in own), _MOST + 1))
        if not found:
            return None
        names = ", ".join(found[:_MOST]) + (" …" if len(found) > _MOST else "")
        return f"{names}, of these days, refer to {before.document} and name no new end." if len(found) > 1 else (
            f"{names}, of these days, refers to {before.document} and names no new end."
        )  # fmt: skip

    def _missing(self, last: dt.date, first: dt.date) -> list[int] | None:
        """The numbers of the series that the folder lacks of these days; None where it is no series."""
        series, numbers = self._holdings.series, self._holdings.numbers
        low, high = bisect_left(self._days, _earlier(last, _AHEAD)), bisect_right(self._days, first)
        if not low or low == high:
            return None
        a, b = series[low - 1][0], series[high - 1][0]
        there = set(numbers[bisect_left(numbers, a) : bisect_right(numbers, b)])
        lacking = [number for number in range(a, b) if number not in there]
        return lacking if 2 * len(lacking) < b - a else None


def _tellers(periods: Iterable[Period]) -> Iterator[str]:
    """The documents that tell of these periods, in their order, those of a period before it has told of another."""
    told: set[str] = set()
    for period in periods:
        yield from (s.document for s in period.statements if s.document not in told)
        told.update(s.document for s in period.statements)


def _earlier(day: dt.date, by: dt.timedelta) -> dt.date:
    return day - by if day - dt.date.min > by else dt.date.min
