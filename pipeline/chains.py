"""From what documents say of one body's mandate to its periods: the chain of extensions, and what is only in prospect.

Told and told again, a period is one: statements with the same last day belong together. Actual extensions make the
chain, in the order of their last days; what a text leaves out is derived, and marked so:

- a last day from the first day and the length;
- a first day from the last day of the period before, where the decision came before that was over (or the day
  after); else from last day and length ("for six months until 31 July", decided in February, was meant from
  1 February); else the day of the decision, and the days between were a lapse;
- the day of a decision from the date of the resolution, where its own period was still to come.
"""

from __future__ import annotations

import datetime as dt
from bisect import insort
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Literal

from pipeline.model import Modality
from pipeline.periods import day_after, days_of, end_after, exact, gap_between, start_before, steps

How = Literal["stated", "derived"]

_RECALLED = 120  # days before a period's end: who then names its length only is not extending it again yet
_LAST = dt.date.max.toordinal()
_LATE = 31  # days after a period's end: who then names a length only still means what followed at once


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


def periods_of(statements: Iterable[Statement]) -> list[Period]:
    """All periods of one body: the chain, then what is planned, proposed, possible or denied, each by its end.

    The order in which statements are given does not matter. A statement that names neither a day nor a length
    of the mandate makes no period, nor does one from which no day can be derived.
    """
    ordered = sorted(statements, key=lambda s: (s.place, s.fact_id))
    told = [s for s in ordered if s.modality == "actual"]
    extending = {s.document for s in told if not s.founding}
    granted = [s for s in told if _is_granted(s, told[0].document, extending)]
    chain = _chain(granted)
    begun = {s.fact_id for s in ordered if _has_begun(s, chain)}
    if begun:
        ordered = [replace(s, modality="actual") if s.fact_id in begun else s for s in ordered]
        begun.update(s.fact_id for s in granted)
        chain = _chain([s for s in ordered if s.fact_id in begun])
    founded = _foundation([s for s in ordered if s.modality == "actual" and s.founding and s.start], chain)
    others = _prospects([s for s in ordered if s.modality != "actual"], chain)
    return [*founded, *chain, *others]


def _is_granted(statement: Statement, first: str, extending: Set[str]) -> bool:
    """Whether a statement tells of a period; an establishment for a length of time may only be recalled.

    Whoever establishes a body is the first to speak of it (`first`: the document that is), and does not speak of
    extensions (`extending`: the documents that do).
    """
    if not statement.founding or statement.end or not statement.duration:
        return not statement.founding or statement.end is not None
    return statement.document == first and first not in extending


def _has_begun(statement: Statement, chain: Sequence[Period]) -> bool:
    """Whether a body was established, or sent, for a period to come: the first extension goes on from that period.

    "Requests the Secretary-General to establish" is how the Council decides on offices.
    """
    end = days_of(statement.end or end_after(statement.start, statement.duration))[1]
    start, told = days_of(statement.start)[0], statement.told
    decided_on = statement.modality == "planned" or (statement.modality == "proposed" and statement.founding)
    if not (statement.decides and decided_on and chain and told):
        return False
    first, decided = days_of(chain[0].start)[0], chain[0].statements[0].told
    if end is None or start is None or first is None or decided is None or decided <= told:
        return False
    return start < first and (first - end).days <= _LATE


def _chain(statements: Sequence[Statement]) -> list[Period]:
    told = _Told()
    for statement in statements:
        end = statement.end or end_after(statement.start, statement.duration)
        if end is not None:
            told.tell(statement, end, "stated" if statement.end else "derived")
    chain = told.periods
    for statement in statements:
        if statement.end or end_after(statement.start, statement.duration):
            continue
        known = _retold(chain, statement)
        if known is not None:
            _join(known, statement)
        elif statement.start is None and steps(statement.duration):
            end = end_after(_next_start(_running(chain, statement), statement), statement.duration)
            if end is not None:
                told.tell(statement, end, "derived")
    chain.sort(key=lambda p: p.order)
    _place(chain)
    return chain


class _Told:
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
        _join(period, statement, anew=period.end != before)
        return period

    def _is_told(self, period: Period, statement: Statement, end: str, basis: How) -> bool:
        return period.modality == statement.modality and _same_end(period, end, basis)

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


def _same_end(period: Period, end: str, basis: How) -> bool:
    """Whether both are one end: a month holds its day, and a derived end may be a day off."""
    first, last = days_of(period.end)
    other_first, other_last = days_of(end)
    if first is None or last is None or other_first is None or other_last is None:
        return False
    slack = dt.timedelta(days=0 if basis == period.end_basis == "stated" else 1)
    inside = first <= other_first and other_last <= last
    around = other_first <= first and last <= other_last
    return inside or around or abs(other_last - last) <= slack


def _join(period: Period, statement: Statement, anew: bool = False) -> None:
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
        if statement.decided and _is_before(statement.decided, period.end, statement.told):
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


def _is_before(decided: str, end: str | None, told: dt.date | None) -> bool:
    """Whether something can have been decided then: before the end of its period, and not after it was told."""
    first = days_of(decided)[0]
    last = days_of(end)[1]
    return first is not None and (last is None or first < last) and (told is None or first <= told)


def _retold(chain: Sequence[Period], statement: Statement) -> Period | None:
    """The period that a statement without an end tells of, or tells of again."""
    own = [p for p in chain if statement.document in p.documents]
    ahead = [p for p in own if _ends_after(p, statement.told)] or own
    same = [p for p in ahead if not p.duration or not statement.duration or p.duration == statement.duration]
    if same and (statement.duration or statement.start):
        return min(same, key=lambda p: p.order)
    if statement.decided and exact(statement.decided) and statement.decided != statement.day:
        for period in chain:
            if period.decided == statement.decided:
                return period
    running = _running(chain, statement)
    if running is None or statement.told is None or running.duration != statement.duration:
        return None
    last = days_of(running.end)[1]
    far = last is not None and (last - statement.told).days > _RECALLED
    return running if far else None


def _running(chain: Sequence[Period], statement: Statement) -> Period | None:
    """The last period that had been told of before this document."""
    told = statement.told
    best, latest = None, dt.date.min
    for period in chain:  # there may be thousands: their order is asked for only where the last day is the same
        last = days_of(period.end)[1] or days_of(period.start)[1] or dt.date.max
        if best is not None and last < latest:
            continue
        earliest = period.statements[0].told or dt.date.max
        known = told is None or earliest < told or (days_of(period.end)[1] or dt.date.max) <= told
        if known and (best is None or last > latest or period.order > best.order):
            best, latest = period, last
    return best


def _next_start(before: Period | None, statement: Statement) -> str | None:
    """Where a period begins that a document grants, or tells of, by its length alone."""
    last = days_of(before.end)[1] if before else None
    if before is not None and last is not None:
        lapsed = (statement.told - last).days if statement.told else 0
        if lapsed <= (1 if statement.decides else _LATE):
            return day_after(before.end)
    return statement.day if statement.decides and statement.modality == "actual" else None


def _ends_after(period: Period, day: dt.date | None) -> bool:
    last = days_of(period.end)[1]
    return last is not None and (day is None or last > day)


def _place(chain: Sequence[Period]) -> None:
    """Derive first days along the chain, then gaps and what was replaced before its time."""
    before: Period | None = None
    for period in chain:
        if period.start is None:
            period.start = _start_in_chain(period, before)
            period.start_basis = "derived" if period.start else None
        if before is not None:
            period.gap = gap_between(before.end, period.start)
            if period.gap is not None and period.gap < 0:
                before.superseded_by = period.document
        before = period


def _start_in_chain(period: Period, before: Period | None) -> str | None:
    by_length = start_before(period.end, period.duration)
    decision = days_of(period.decided)[0]
    last = days_of(before.end)[1] if before is not None else None
    if before is None or last is None:
        return by_length or (period.decided if decision else None)
    following = day_after(before.end)
    if decision is None:
        return max(by_length, following) if by_length and following and exact(following) else following
    if (decision - last).days <= 1:
        return following
    if by_length:
        # before the decision: it reaches back; after it: it was taken before a period was over that nobody tells of
        return max(by_length, following) if following and exact(following) else by_length
    return period.decided


def _foundation(statements: Sequence[Statement], chain: Sequence[Period]) -> list[Period]:
    """The establishment of a body whose mandate was extended later: a period of its own that has no end.

    None where the chain has it already with its end. Where documents differ, the day told most is believed.
    """
    if not chain or any(p.founding for p in chain):
        for statement in statements:
            known = next((p for p in chain if p.founding and p.start == statement.start), None)
            if known is not None:
                _join(known, statement)
        return []
    days: dict[str, list[Statement]] = {}
    for statement in statements:
        if statement.start and _is_before(statement.start, chain[0].end, statement.told):
            days.setdefault(statement.start, []).append(statement)
    if not days:
        return []
    start, tellers = min(days.items(), key=lambda item: (-len(item[1]), item[0]))
    period = Period("actual", start, None, "stated", founding=True, statements=tellers)
    return [period]


def _prospects(statements: Sequence[Statement], chain: Sequence[Period]) -> list[Period]:
    """Periods that are not (yet) actual; one that its own document decides is told of in the chain."""
    told = _Told()
    for statement in statements:
        start, duration = statement.start, statement.duration
        if statement.modality in ("planned", "proposed") and not (start or statement.end) and steps(duration):
            own = _retold([p for p in chain if _in_document(p, statement)], statement)
            if own is not None:
                _join(own, statement)
                continue
            before = _running([p for p in chain if not _in_document(p, statement)], statement)
            if statement.modality == "planned":
                before = _running(chain, statement) or before
            start = _next_start(before, replace(statement, decides=False))
        end = statement.end or end_after(start, duration)
        if end is None and statement.start is None:
            continue
        own = next((p for p in chain if _in_document(p, statement) and end and _same_end(p, end, "derived")), None)
        if own is not None and statement.modality in ("planned", "proposed"):
            _join(own, statement)
            continue
        if end is None:
            period = Period(statement.modality, start, None, "stated", None, duration, statements=[statement])
            told.periods.append(period)
            continue
        told.tell(statement, end, "stated" if statement.end else "derived")
    for period in told.periods:
        _foresee(period, chain)
    return sorted(told.periods, key=lambda p: (p.order, p.modality))


def _in_document(period: Period, statement: Statement) -> bool:
    return statement.document in period.documents


def _foresee(period: Period, chain: Sequence[Period]) -> None:
    """First day, gap and successor of a period in prospect, from the chain as it stands."""
    earlier = [p for p in chain if (days_of(p.end)[1] or dt.date.max) < (days_of(period.end)[1] or dt.date.max)]
    before = earlier[-1] if earlier else None
    if period.start is None and period.modality in ("planned", "proposed"):
        following = day_after(before.end) if before is not None else None
        period.start = start_before(period.end, period.duration) or following
        if following and exact(following) and exact(period.start) and period.start:
            period.start = max(period.start, following)
        period.start_basis = "derived" if period.start else None
    period.gap = gap_between(before.end, period.start) if before is not None else None
    made = [p for p in chain if period.end and _same_end(p, period.end, "derived")]
    if made and period.modality in ("planned", "proposed"):
        period.superseded_by = made[0].document
