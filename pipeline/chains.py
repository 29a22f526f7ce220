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
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

from pipeline.periods import day_after, days_of, end_after, exact, gap_between, start_before, steps
from pipeline.statements import Period, Statement, Told, is_before, join, same_end

_RECALLED = 120  # days before a period's end: who then names its length only is not extending it again yet
_LATE = 31  # days after a period's end: who then names a length only still means what followed at once


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
    told = Told()
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
            join(known, statement)
        elif statement.start is None and steps(statement.duration):
            end = end_after(_next_start(_running(chain, statement), statement), statement.duration)
            if end is not None:
                told.tell(statement, end, "derived")
    chain.sort(key=lambda p: p.order)
    _place(chain)
    return chain


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
                join(known, statement)
        return []
    days: dict[str, list[Statement]] = {}
    for statement in statements:
        if statement.start and is_before(statement.start, chain[0].end, statement.told):
            days.setdefault(statement.start, []).append(statement)
    if not days:
        return []
    start, tellers = min(days.items(), key=lambda item: (-len(item[1]), item[0]))
    period = Period("actual", start, None, "stated", founding=True, statements=tellers)
    return [period]


def _prospects(statements: Sequence[Statement], chain: Sequence[Period]) -> list[Period]:
    """Periods that are not (yet) actual; one that its own document decides is told of in the chain."""
    told = Told()
    for statement in statements:
        start, duration = statement.start, statement.duration
        if statement.modality in ("planned", "proposed") and not (start or statement.end) and steps(duration):
            own = _retold([p for p in chain if _in_document(p, statement)], statement)
            if own is not None:
                join(own, statement)
                continue
            before = _running([p for p in chain if not _in_document(p, statement)], statement)
            if statement.modality == "planned":
                before = _running(chain, statement) or before
            start = _next_start(before, replace(statement, decides=False))
        end = statement.end or end_after(start, duration)
        if end is None and statement.start is None:
            continue
        own = next((p for p in chain if _in_document(p, statement) and end and same_end(p, end, "derived")), None)
        if own is not None and statement.modality in ("planned", "proposed"):
            join(own, statement)
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
    made = [p for p in chain if period.end and same_end(p, period.end, "derived")]
    if made and period.modality in ("planned", "proposed"):
        period.superseded_by = made[0].document
