"""Where the triggers of the rules stand. Most sentences hold none, so each step does as little as tells so.

Only a sentence that holds a word of a trigger is masked, and only the rules whose words it holds are tried on it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set

from pipeline.events.found import within
from pipeline.events.mask import Masked
from pipeline.events.needles import Index, Way
from pipeline.events.rules import CompiledRule
from pipeline.events.slots import FILLERS
from pipeline.events.types import EventType

Match = tuple[int, int, int, CompiledRule, "re.Match[str]"]
"""A trigger that matched, for sorting: its start, its length (negative), its rule's order, the rule, the match."""


def goes_on(rule: CompiledRule) -> bool:
    """Whether a rule gives nothing where no other rule told of an event of its type ("the second, in Mosul")."""
    return rule.rule.follows or (bool(rule.rule.inherits) and rule.antecedent is None and not rule.rule.same_sentence)


def wanted(rule: CompiledRule, event: EventType) -> Way:
    """Sets of signs: where a sentence has none of one of them, a slot that the rule needs stays empty."""

    def signs(slot: str) -> frozenset[str]:
        return frozenset(FILLERS.get(event.kinds[slot].type, ""))  # none for words: they are no mention

    sets = [signs(slot) for slot in rule.rule.needs]
    others = [signs(slot) for slot in rule.rule.needs_any]
    sets += [frozenset[str]().union(*others)] if all(others) else []
    return tuple(each for each in sets if each)


class Triggers:
    """The triggers of some rules of one language."""

    def __init__(self, rules: Iterable[CompiledRule], events: Mapping[str, EventType]) -> None:
        """The triggers of these rules, which stand in the order in which they were written."""
        self._rules = tuple(rules)
        self._index = Index(
            [(*way, *wanted(rule, events[rule.event])) for way in rule.trigger.needed] for rule in self._rules
        )

    def signals(self) -> Iterator[str]:
        """All needles that `matches` asks about."""
        yield from self._index.needles()
        for rule in self._rules:
            for pattern in (rule.context, rule.before):
                if pattern is not None:
                    yield from (needle for way in pattern.needed for part in way for needle in part)

    def matches(
        self,
        held: Sequence[Set[str]],
        look: Callable[[int], Masked],
        events: Set[str] | None = None,
        able: dict[int, list[CompiledRule]] | None = None,
    ) -> dict[int, list[Match]]:
        """The triggers in each sentence that has any, by the sentence's place.

        `held` are the `signals` that each sentence holds as it stands, and at least the signs that it will hold; `look`
        masks the sentence at a place. With `events`, only rules of these types are tried. `able` takes the rules that
        are tried on each sentence.
        """
        found: dict[int, list[Match]] = {}
        for place, needles in enumerate(held):
            if self._able(needles, events):
                sentence = look(place)
                rules = self._able(sentence.held, events)
                if rules and able is not None:
                    able[place] = rules
                if rules and (matches := self.in_sentence(sentence, rules)):
                    found[place] = matches
        return found

    def _able(self, held: Set[str], events: Set[str] | None) -> list[CompiledRule]:
        """The rules that may tell of an event where these needles are: trigger, what must stand by it, and slots."""
        places = self._index.among(held)
        if not places:
            return []
        return [
            rule
            for rule in map(self._rules.__getitem__, places)
            if (events is None or rule.event in events)
            and (rule.context is None or rule.context.may_match(held))
            and (rule.before is None or rule.before.may_match(held))
        ]

    def in_sentence(self, sentence: Masked, rules: Iterable[CompiledRule]) -> list[Match]:
        """The triggers of some of the rules in a masked sentence."""
        text, held = sentence.text, sentence.held
        return [
            (match.start(), match.start() - match.end(), rule.order, rule, match)
            for rule in rules
            for match in rule.trigger.finditer(text)
            if match.end() > match.start() and not within(match.span(), rule.not_in, text, held)
        ]
