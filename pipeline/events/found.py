"""Triggers that fired, while their slots are being settled: which mention is whose, and what is joined to it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence, Set
from dataclasses import dataclass
from operator import itemgetter

from pipeline.events.mask import SIGNS
from pipeline.events.patterns import Pattern
from pipeline.events.rules import CompiledRule, RuleSet
from pipeline.events.slots import Candidate, Scope

_MENTIONS = frozenset(SIGNS[kind] for kind in ("DATE", "WHEN", "DURATION", "COUNT", "NAME", "ANAPHOR"))
REACH = 600  # characters before and after a trigger in which its slots and conditions are looked for


_begin = itemgetter(0)


@dataclass(slots=True)
class Found:
    """A trigger that fired, while its slots are being settled."""

    compiled: CompiledRule
    scope: Scope
    sentence: int
    fillers: dict[str, list[Candidate]]
    barred: dict[str, set[int]]  # masked positions in its scope that may not fill a slot


def coordinated(scope: Scope, position: int, signs: str, joint: Pattern) -> list[int]:
    """The masked positions of the signs that are joined to the one at `position` ("A, B and C")."""
    text, found = scope.masked.text, []
    positions = [p for p in range(scope.start, scope.end) if text[p] in signs]
    for run in ([p for p in positions if p > position], [p for p in reversed(positions) if p < position]):
        last = position
        for other in run:
            a, b = sorted((last, other))
            if joint.fullmatch(text[a + 1 : b].strip()) is None:
                break
            found.append(other)
            last = other
    return found


def within(span: tuple[int, int], pattern: Pattern | None, text: str, held: Set[str]) -> bool:
    """Whether a span ends inside a match of a pattern; `held` are the needles that the text holds."""
    if pattern is None or not pattern.may_match(held):
        return False
    low, high = max(0, span[0] - REACH), span[1] + REACH
    end, near = span[1] - low, text[low:high]
    return any(m.start() < end <= m.end() for one in pattern.ones for m in one.overlapping(near, held))


def alternate(places: list[int], others: list[int]) -> bool:
    """Whether one of `others` follows (or precedes) each of `places`: a x b y, or x a y b."""
    if len(places) != len(others):
        return False
    after = sorted((*places, *others)) == [p for pair in zip(places, others, strict=True) for p in pair]
    return after or sorted((*places, *others)) == [p for pair in zip(others, places, strict=True) for p in pair]


def in_order(
    item: Found,
    slot: str,
    group: list[Candidate],
    shares: list[dict[str, Candidate]],
    ordinals: Sequence[Pattern],
) -> list[dict[str, Candidate]] | None:
    """The other slots where they are told one by one ("A and B, the first until May, the second for a year")."""
    text, at, places = item.scope.text, group[-1].position - item.scope.start + 1, list[int]()
    for ordinal in ordinals[: len(group)]:
        match = ordinal.search(text, at)
        if match is None:
            return None
        at = match.end()
        places.append(match.start() + item.scope.start)
    if len(places) < len(group):
        return None
    told = []
    for share, start, end in zip(shares, places, [*places[1:], item.scope.end], strict=True):
        own = dict(share)
        for other, found in item.fillers.items():
            inside = [c for c in found if start <= c.position < end]
            common = [c for c in found if c.position < places[0]]
            if other != slot and found:
                own.pop(other, None)
                if inside or common:
                    own[other] = (inside or common)[0]
        told.append(own)
    return told


def last_sign(match: re.Match[str]) -> int:
    """The position of the last number in a match; where it has none, of its last character."""
    text = match.group()
    inside = text.rfind(SIGNS["COUNT"])
    return match.start() + inside if inside >= 0 else match.end() - 1


def settled(found: list[Found], rules: RuleSet) -> list[Found]:
    """Each mention with the nearest of the triggers that claim it; a shared one stays where else none is left.

    One that stands between two triggers is the first one's where a conjunction opens the second: "extended the mandate
    of A until May and renewed for a year that of B". And what a relative clause says of its own trigger is no other's:
    "the mandate, which the Council extended until May, was not renewed".
    """
    given = _given_up(found, rules)
    islands = _of_clauses(found, rules)
    claims: dict[tuple[str, str], dict[int, int]] = {}  # by type of event and of mention: where, and how near
    for item, lost, closed in zip(found, given, islands, strict=True):
        for slot, fillers in item.fillers.items():
            family = _family(slot, item, rules)
            kind = rules.events[item.compiled.event].slots.get(slot)
            outside = [c for c in fillers if (family, c.position) not in closed]
            if outside or kind is None or not kind.shared:
                fillers = item.fillers[slot] = outside
            near = claims.setdefault((item.compiled.event, family), {})
            for candidate in fillers:
                if (family, candidate.position) in lost:
                    continue
                if candidate.position not in near or candidate.distance < near[candidate.position]:
                    near[candidate.position] = candidate.distance
    places = {key: sorted(near) for key, near in claims.items()}
    told: dict[str, list[int]] = {}  # where the triggers of a type begin that tell of one event after the other
    for item in found:
        if not item.compiled.rule.distinct:
            insort(told.setdefault(item.compiled.event, []), item.scope.trigger_start)
    kept: list[Found] = []
    for item, lost in zip(found, given, strict=True):
        event = rules.events[item.compiled.event]
        for slot, fillers in item.fillers.items():
            family = _family(slot, item, rules)
            near = claims[item.compiled.event, family]
            own = [c for c in fillers if (family, c.position) not in lost and c.distance <= near[c.position]]
            kind = event.slots.get(slot)
            shared = kind is not None and kind.shared
            if kind is not None and kind.type == "date" and not item.compiled.rule.distinct:
                # "40 were trained and 60 retrained in May": what is told of the next is not told back
                starts = told[item.compiled.event]
                later = bisect_right(starts, item.scope.trigger_end)
                fillers = [c for c in fillers if later == len(starts) or c.position < starts[later]]
            item.fillers[slot] = own if own or not shared else fillers
            # what is another trigger's is not joined to this one's either
            kept_here = {c.position for c in item.fillers[slot]}
            taken = places[item.compiled.event, family]
            first, last = bisect_left(taken, item.scope.start), bisect_left(taken, item.scope.end)
            item.barred[slot] = item.barred[slot] | set(taken[first:last]).difference(kept_here)
        if all(item.fillers.get(slot) for slot in item.compiled.rule.needs):
            kept.append(item)
    return kept


def _given_up(found: list[Found], rules: RuleSet) -> list[Set[tuple[str, int]]]:
    """For each trigger, what it leaves to the one of its type before it: families of mentions, and their positions."""
    before: dict[str, Found] = {}
    given: list[Set[tuple[str, int]]] = []
    for item in found:  # in the order of their triggers
        first = before.get(item.compiled.event)
        given.append(set() if first is None else _left_to(first, item, rules))
        before[item.compiled.event] = item
    return given


def _of_clauses(found: list[Found], rules: RuleSet) -> list[Set[tuple[str, int]]]:
    """For each trigger, what belongs to one of its type in a relative clause in which it does not stand itself."""
    asides = rules.asides
    if asides is None or len(found) < 2:
        return [frozenset()] * len(found)
    clauses: dict[str, list[tuple[int, int, Found]]] = {}
    for item in found:
        scope = item.scope
        around = asides.clause_around(scope.masked.text, scope.trigger_start, scope.trigger_end)
        if around is not None:
            clauses.setdefault(item.compiled.event, []).append((*around, item))
    result: list[Set[tuple[str, int]]] = []
    for item in found:
        closed: set[tuple[str, int]] = set()
        near = clauses.get(item.compiled.event, [])  # in the order of the text
        first = bisect_left(near, item.scope.trigger_start - 2 * REACH, key=_begin)
        last = bisect_right(near, item.scope.trigger_end + 2 * REACH, key=_begin)
        for low, high, other in near[first:last]:
            if not low < item.scope.trigger_start < high:
                closed.update(
                    (_family(slot, other, rules), candidate.position)
                    for slot, fillers in other.fillers.items()
                    for candidate in fillers
                    if low < candidate.position < high
                )
        result.append(closed)
    return result


def _left_to(first: Found, second: Found, rules: RuleSet) -> Set[tuple[str, int]]:
    start, end = first.scope.trigger_end, second.scope.trigger_start
    masked = second.scope.masked
    if start < second.scope.start or end - start > REACH:
        return set()
    last = max((place for place in range(start, end) if masked.text[place] in _MENTIONS), default=start)
    opened = rules.conjunctions.search(masked.text, last + 1, end)
    if opened is None:
        return set()
    return {
        (_family(slot, first, rules), candidate.position)
        for slot, fillers in first.fillers.items()
        for candidate in fillers
        if start <= candidate.position <= last
    }


def _family(slot: str, item: Found, rules: RuleSet) -> str:
    kind = rules.events[item.compiled.event].slots.get(slot)
    return kind.type if kind is not None else "date"
