"""Where the triggers of the rules stand. Most sentences hold none, so each step does as little as tells so.

Only a sentence that holds a word of a trigger is masked, and only the rules whose words it holds are tried on it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set

from pipeline.events.found import within
from pipeline.events.mask import SIGNS, Masked
from pipeline.events.needles import Needles
from pipeline.events.rules import CompiledRule
from pipeline.events.slots import FILLERS
from pipeline.events.types import EventType

Match = tuple[int, int, int, CompiledRule, "re.Match[str]"]
"""A trigger that matched, for sorting: its start, its length (negative), its rule's order, the rule, the match."""


def goes_on(rule: CompiledRule) -> bool:
    """Whether a rule gives nothing where no other rule told of an event of its type ("the second, in Mosul")."""
    return rule.rule.follows or (
        bool(rule.rule.inherits) and rule.antecedent is None and not rule.rule.same_sentence
    )


def first_words(way: Iterable[Needles]) -> Needles | None:
    """The rarest part of a cue that is words and no mention; None where it has none."""
    return next((part for part in way if part.isdisjoint(SIGNS.values())), None)


def wanted(rule: CompiledRule, event: EventType) -> tuple[frozenset[str], ...]:
    """Sets of signs: where a sentence has none of one of them, a slot that the rule needs stays empty."""

    def signs(slot: str) -> frozenset[str]:
        kind = event.slots.get(slot) or event.slots[event.interval["period"][0]]
        return frozenset(FILLERS.get(kind.type, ""))  # none for words: they are no mention

    sets = [signs(slot) for slot in rule.rule.needs]
    others = [signs(slot) for slot in rule.rule.needs_any]
    sets += [frozenset[str]().union(*others)] if all(others) else []
    return tuple(each for each in sets if each)


class Triggers:
    """The triggers of some rules of one language."""

    def __init__(self, rules: Iterable[CompiledRule], events: Mapping[str, EventType]) -> None:
        """The triggers of these rules, which stand in the order in which they were written."""
        self._rules = tuple(rules)
        self._wanted = {(rule.event, rule.order): wanted(rule, events[rule.event]) for rule in self._rules}
        self._holders: dict[str, list[int]] = {}  # a string, and the places of the rules whose triggers may hold it
        self._always: list[int] = []  # the places of the rules whose triggers need no word
        for place, rule in enumerate(self._rules):
            words = [first_words(way) for way in rule.trigger.ways]
            if None in words:  # only the masked text can tell
                self._always.append(place)
                continue
            for needle in sorted(set[str]().union(*(each for each in words if each is not None))):
                self._holders.setdefault(needle, []).append(place)
        self._needles = frozenset(self._holders)

    def matches(
        self, held: Sequence[Set[str]], look: Callable[[int], Masked], events: Set[str] | None = None
    ) -> dict[int, list[Match]]:
        """The triggers in each sentence that has any, by the sentence's place.

        `held` are the needles that each sentence holds as it stands, and at least the signs that it will hold; `look`
        masks the sentence at a place. With `events`, only rules of these types are tried.
        """
        found: dict[int, list[Match]] = {}
        for place, needles in enumerate(held):
            able = {rule for needle in needles & self._needles for rule in self._holders[needle]}
            able.update(self._always)
            rules = [rule for rule in map(self._rules.__getitem__, sorted(able)) if self._may(rule, needles)]
            if events is not None:
                rules = [rule for rule in rules if rule.event in events]
            if rules and (matches := self._in_sentence(look(place), rules)):
                found[place] = matches
        return found

    def _may(self, rule: CompiledRule, held: Set[str]) -> bool:
        """Whether a rule may tell of an event where these needles are: trigger, what must stand by it, and slots."""
        for signs in self._wanted[rule.event, rule.order]:
            if signs.isdisjoint(held):
                return False
        return (
            rule.trigger.may_match(held)
            and (rule.context is None or rule.context.may_match(held))
            and (rule.before is None or rule.before.may_match(held))
        )

    def _in_sentence(self, sentence: Masked, rules: Iterable[CompiledRule]) -> list[Match]:
        text, held = sentence.text, sentence.held
        return [
            (match.start(), match.start() - match.end(), rule.order, rule, match)
            for rule in rules
            if held is None or self._may(rule, held)
            for match in rule.trigger.regex.finditer(text)
            if match.end() > match.start() and not within(match.span(), rule.not_in, text, held)
        ]
