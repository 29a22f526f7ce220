"""Where the triggers of the rules stand. Most sentences hold none, so each step does as little as tells so.

First the words that triggers must hold are looked for in the whole paragraph, then in each sentence; only a sentence
that has one is masked, and only the rules whose words it holds are tried on it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence

from pipeline.events.found import within
from pipeline.events.mask import SIGNS, Masked
from pipeline.events.rules import CompiledRule
from pipeline.events.strings import Strings

Match = tuple[int, int, int, CompiledRule, "re.Match[str]"]
"""A trigger that matched, for sorting: its start, its length (negative), its rule's order, the rule, the match."""


def goes_on(rule: CompiledRule) -> bool:
    """Whether a rule gives nothing where no other rule told of an event of its type ("the second, in Mosul")."""
    return rule.rule.follows or (
        bool(rule.rule.inherits) and rule.antecedent is None and not rule.rule.same_sentence
    )


class Triggers:
    """The triggers of some rules of one language."""

    def __init__(self, rules: Iterable[CompiledRule]) -> None:
        """The triggers of these rules, which stand in the order in which they were written."""
        self._rules = tuple(rules)
        self._holders: dict[str, list[int]] = {}  # a string, and the places of the rules whose triggers may hold it
        self._always: list[int] = []  # the places of the rules whose triggers need no word
        for place, rule in enumerate(self._rules):
            needles = rule.trigger.needles
            if needles is None or not needles.isdisjoint(SIGNS.values()):  # only the masked text can tell
                self._always.append(place)
                continue
            for needle in needles:
                self._holders.setdefault(needle, []).append(place)
        self._words = Strings(self._holders)

    def matches(
        self,
        words: str,
        pieces: Sequence[str],
        look: Callable[[int], Masked],
        events: Collection[str] | None = None,
    ) -> dict[int, list[Match]]:
        """The triggers in each sentence that has any, by the sentence's place.

        `words` is the paragraph and `pieces` its sentences, as cues see them; `look` masks the sentence at a place.
        With `events`, only rules of these types are tried.
        """
        present = self._words.within(words)
        found: dict[int, list[Match]] = {}
        if not present and not self._always:
            return found
        for place, piece in enumerate(pieces):
            held = present if len(pieces) == 1 else [needle for needle in present if needle in piece]
            if not held and not self._always:
                continue
            able = sorted({*self._always, *(rule for needle in held for rule in self._holders[needle])})
            rules = [self._rules[rule] for rule in able if events is None or self._rules[rule].event in events]
            if rules and (matches := _matches(look(place).text, rules)):
                found[place] = matches
        return found


def _matches(text: str, rules: Iterable[CompiledRule]) -> list[Match]:
    return [
        (match.start(), match.start() - match.end(), rule.order, rule, match)
        for rule in rules
        for match in rule.trigger.finditer(text)
        if match.end() > match.start() and not within(match.span(), rule.not_in, text)
    ]
