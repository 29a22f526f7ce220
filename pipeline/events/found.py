"""Triggers that fired, while their slots are being settled: which mention is whose, and what is joined to it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.events.mask import SIGNS
from pipeline.events.patterns import Pattern
from pipeline.events.rules import CompiledRule, RuleSet
from pipeline.events.slots import Candidate, Scope

REACH = 600  # characters before and after a trigger in which its slots and conditions are looked for


@dataclass(slots=True)
class Found:
    """A trigger that fired, while its slots are being settled."""

    compiled: CompiledRule
    scope: Scope
    sentence: int
    fillers: dict[str, list[Candidate]]
    barred: dict[str, set[int]]  # masked positions that may not fill a slot


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


def within(span: tuple[int, int], pattern: Pattern | None, text: str) -> bool:
    """Whether a span ends inside a match of a pattern."""
    if pattern is None:
        return False
    low, high = max(0, span[0] - REACH), span[1] + REACH
    end = span[1] - low
    return any(m.start() < end <= m.end() for m in pattern.overlapping(text[low:high]))


def last_sign(match: re.Match[str]) -> int:
    """The position of the last number in a match; where it has none, of its last character."""
    text = match.group()
    inside = text.rfind(SIGNS["COUNT"])
    return match.start() + inside if inside >= 0 else match.end() - 1


def settled(found: list[Found], rules: RuleSet) -> list[Found]:
    """Each mention with the nearest of the triggers that claim it; a shared one stays where else none is left."""
    claims: dict[tuple[str, str, int], int] = {}
    for item in found:
        for slot, fillers in item.fillers.items():
            for candidate in fillers:
                key = (item.compiled.event, _family(slot, item, rules), candidate.position)
                distance = candidate.distance
                if key not in claims or distance < claims[key]:
                    claims[key] = distance
    kept: list[Found] = []
    for item in found:
        event = rules.events[item.compiled.event]
        for slot, fillers in item.fillers.items():
            family = _family(slot, item, rules)
            own = [c for c in fillers if c.distance <= claims[item.compiled.event, family, c.position]]
            kind = event.slots.get(slot)
            item.fillers[slot] = own if own or kind is None or not kind.shared else fillers
        if all(item.fillers.get(slot) for slot in item.compiled.rule.needs):
            kept.append(item)
    return kept


def _family(slot: str, item: Found, rules: RuleSet) -> str:
    kind = rules.events[item.compiled.event].slots.get(slot)
    return kind.type if kind is not None else "date"
