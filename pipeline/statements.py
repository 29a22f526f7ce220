"""What documents say of a body's mandate, and the periods that they tell of: told and told again, a period is one.

Statements with the same last day belong together; of what they say, the first to say it is believed.
"""

from __future__ import annotations

import datetime as dt
from bisect import insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from pipeline.model import Modality
from pipeline.periods import days_of, exact

How = Literal["stated", "derived"]

_LAST = dt.date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Statement:
    """What one fact says of a body's mandate; dates are EDTF, as stated."""

    fact_id: str
    founding: bool  # of an establishment, not of an extension
    modality: Modality
    start: str | None
    end: str | None
    duration: str | None
    decided: str | None
    document: str
    told: dt.date | None  # the date of the document
    decides: bool  # whether documents of its kind decide (resolutions), or tell of decisions (reports)
    symbol: bool = True  # whether `document` is a symbol, or only the name of a file

    @property
    def place(self) -> tuple[bool, dt.date, bool, bool, str]:
        """Earlier documents first, those without a date last; then those that decide, those with a symbol."""
        return self.told is None, self.told or dt.date.max, not self.decides, not self.symbol, self.document

    @property
    def day(self) -> str | None:
        """The document's date as EDTF."""
        return self.told.isoformat() if self.told else None


@dataclass(slots=True)
class Period:
    """One period of a mandate, while its chain is made: what is known, and who says so."""

    modality: Modality
    start: str | None = None
    end: str | None = None
    start_basis: How | None = None
    end_basis: How | None = None
    duration: str | None = None
    decided: str | None = None
    decided_basis: How | None = None
    gap: int | None = None
    superseded_by: str | None = None
    founding: bool = False
    statements: list[Statement] = field(default_factory=list)  # by place
    documents: set[str] = field(default_factory=set)  # of the statements

    @property
    def document(self) -> str:
        """The document that decides the period, else the first that tells of it."""
        return self.statements[0].document

    @property
    def order(self) -> tuple[object, ...]:
        """By last day, then first day, then document; a period without an end stands at its beginning."""
        last = days_of(self.end)[1] or days_of(self.start)[1] or dt.date.max
        return last, days_of(self.start)[0] or dt.date.min, self.document


class Told:
    """Periods in the order in which they are told, each with its end; found by it without looking at them all."""

    def __init__(self) -> None:
        self.periods: list[Period] = []
        self._by_day: dict[dt.date, list[int]] = {}  # the places of periods with that very day for an end
        self._partial: list[int] = []  # and of those with less than a day

    def tell(self, statement: Statement, end: str, basis: How) -> Period:
        """The period with this end, made if it is new, with the statement among those that tell of it."""
        place = next((n for n in self._near(end) if self._is_told(self.periods[n], statement, end, basis)), None)
        if place is None:
            place = len(self.periods)
            self.periods.append(Period(statement.modality))
        period, before = self.periods[place], self.periods[place].end
        if period.end is None or (basis == "stated" and period.end_basis == "derived"):
            period.end, period.end_basis = end, basis
        elif basis == period.end_basis and len(end) > len(period.end):
            period.end = end  # the same end with its day
        if period.end != before:
            self._forget(place, before)
            self._among(period.end).append(place)
        join(period, statement, anew=period.end != before)
        return period

    def _is_told(self, period: Period, statement: Statement, end: str, basis: How) -> bool:
        return period.modality == statement.modality and same_end(period, end, basis)

    def _near(self, end: str) -> Iterable[int]:
        """The places of the periods that may have this end, rising."""
        day = exact(end)
        if day is None:
            return range(len(self.periods))
        near = list(self._partial)
        for days in (-1, 0, 1):
            near += self._by_day.get(dt.date.fromordinal(max(1, min(day.toordinal() + days, _LAST))), ())
        return sorted(near)

    def _among(self, end: str) -> list[int]:
        day = exact(end)
        return self._partial if day is None else self._by_day.setdefault(day, [])

    def _forget(self, place: int, end: str | None) -> None:
        if end is not None:
            self._among(end).remove(place)


def same_end(period: Period, end: str, basis: How) -> bool:
    """Whether both are one end: a month holds its day, and a derived end may be a day off."""
    first, last = days_of(period.end)
    other_first, other_last = days_of(end)
    if first is None or last is None or other_first is None or other_last is None:
        return False
    slack = dt.timedelta(days=0 if basis == period.end_basis == "stated" else 1)
    inside = first <= other_first and other_last <= last
    around = other_first <= first and last <= other_last
    return inside or around or abs(other_last - last) <= slack


def join(period: Period, statement: Statement, anew: bool = False) -> None:
    """The statement is one of those that tell of the period; the first to say something is believed.

    `anew`: the period has another end than when the last one joined.
    """
    insort(period.statements, statement, key=lambda s: (s.place, s.fact_id))
    period.documents.add(statement.document)
    anew |= next(_own(period), None) is statement
    own = [s for s in (statement,) if s.modality == period.modality]
    period.founding |= any(s.founding for s in own)
    if any(s.start for s in own):
        period.start, period.start_basis = next(s.start for s in _own(period) if s.start), "stated"
    if any(s.duration for s in own):
        period.duration = next(s.duration for s in _own(period) if s.duration)
    if anew or any(s.decided for s in own):
        period.decided, period.decided_basis = _decision(period)


def _own(period: Period) -> Iterator[Statement]:
    """Those of its statements that have the period's modality."""
    return (s for s in period.statements if s.modality == period.modality)


def _decision(period: Period) -> tuple[str | None, How | None]:
    first = next(_own(period), None)
    if first is None:
        return None, None
    if _decides(period, first):
        return first.day, "derived"
    for statement in _own(period):
        if statement.decided and is_before(statement.decided, period.end, statement.told):
            return statement.decided, "stated"
    return None, None


def _decides(period: Period, statement: Statement) -> bool:
    """Whether this document itself decides: one that can, before the period is over."""
    last = days_of(period.end)[1]
    return (
        statement.decides
        and statement.told is not None
        and period.modality == "actual"
        and (last is None or last > statement.told)
    )


def is_before(decided: str, end: str | None, told: dt.date | None) -> bool:
    """Whether something can have been decided then: before the end of its period, and not after it was told."""
    first = days_of(decided)[0]
    last = days_of(end)[1]
    return first is not None and (last is None or first < last) and (told is None or first <= told)
