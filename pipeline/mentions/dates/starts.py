"""Where templates can begin, the templates that can begin in one way, and which of them are worth a try at a place."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.events.strings import Beginnings
from pipeline.expressions import expression
from pipeline.mentions.dates.besides import Beside
from pipeline.mentions.dates.patterns import DIGIT, Head, Way, alternation
from pipeline.mentions.dates.spec import Template


@dataclass(frozen=True)
class Rule:
    """A template ready to be tried at a place."""

    template: Template
    source: str
    heads: tuple[Head, ...]  # what every match begins with
    names: Mapping[str, str]  # of slots, where a field is called otherwise
    before: Beside | None
    not_before: Beside | None
    after: Beside | None
    not_after: Beside | None

    @cached_property
    def groups(self) -> Sequence[tuple[int, str, str, str]]:
        """Of each group of the regex: its number, slot and table, and the field that it gives."""
        found = []
        for group, number in self.match.groupindex.items():
            slot = group.rpartition("__")[0]
            table = slot.rstrip("2")
            found.append((number, slot, table, self.names.get(table, table) + slot[len(table) :]))
        return found

    @cached_property
    def two_ended(self) -> bool:
        """Whether it has slots for the second end of an interval."""
        return "2__" in self.source

    @cached_property
    def match(self) -> re.Pattern[str]:
        """The template's regex; compiled when it is first tried, since many never are."""
        return expression(self.source)


_MANY = 3  # questions with a common first part that are asked only where all of it can be
# Digits of other scripts: only beyond the letters of most texts, and none among Han characters.
_FAR = re.compile("[\u0660-\u2fff\ua000-\U0010ffff]")
_OTHER_DIGIT = re.compile(r"[^\D0-9]")


class Gate:
    """Finds where any template can begin."""

    def __init__(self, starts: Iterable[str], edge: str, gap: str) -> None:
        """What templates begin with, the regex source of what must hold before that, and that of a space in it."""
        self._starts, self._edge, self._gap = tuple(starts), edge, gap

    def search(self, text: str) -> Callable[[str, int], re.Match[str] | None]:
        """What finds the next beginning in `text` from a place on; the places that it is given ascend."""
        if "  " in text or "\n" in text or (not text.isascii() and _FAR.search(text) and _OTHER_DIGIT.search(text)):
            return self._expression.search  # there a beginning may look otherwise than it is written
        places = iter(self._beginnings.within(text))
        match = self._expression.match

        def following(text: str, position: int) -> re.Match[str] | None:
            for place in places:
                if place >= position and (found := match(text, place)) is not None:
                    return found
            return None

        return following

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        return expression(f"(?:{self._edge})(?:{alternation(self._starts)})".replace("\\ ", self._gap))

    @cached_property
    def _beginnings(self) -> Beginnings:
        words = (start.partition(DIGIT)[:2] for start in self._starts)
        return Beginnings(before + digit for before, at in words for digit in (string.digits if at else ("",)))


class Start:
    """The templates that can begin in one way."""

    def __init__(self, rules: tuple[Rule, ...], starts: Iterable[str], joint: str) -> None:
        """`rules` in their order; what the one way is: `starts`, at which a search for all beginnings stops.

        `joint` is the regex source of what may stand between any two parts.
        """
        self.rules = rules
        self._starts, self._joint = tuple(starts), joint
        self._able: dict[tuple[str | None, ...], Sequence[Rule]] = {}  # by the answers

    @cached_property
    def _asked(self) -> tuple[Callable[[str, int, int], re.Match[str] | None], Sequence[Sequence[int]]]:
        """An expression that asks which ways a text begins in: a group that takes part in the match (an empty one) for
        those of the same templates; and the places of these templates. Common first parts are looked at before."""
        begun = {start[:end] for start in self._starts for end in range(1, len(start) + 1)}
        parts: dict[str, dict[Way, list[int]]] = {}
        for index, rule in enumerate(self.rules):
            for way in sorted({head.way for head in rule.heads if not begun.isdisjoint(head.starts)}):
                parts.setdefault("".join(way[:1]), {}).setdefault(way, []).append(index)
        sources: list[str] = []
        answered: list[Sequence[int]] = []
        for ways in parts.values():
            alike: dict[tuple[int, ...], list[Way]] = {}
            for way, rules in ways.items():
                alike.setdefault(tuple(rules), []).append(way)
            asked = "".join(f"(?=(?:{_factored(same, self._joint)}())?)" for same in alike.values())
            sources.append(asked if len(alike) < _MANY else f"(?:(?={_factored(ways, self._joint)}){asked})?")
            answered += alike
        return expression("".join(sources)).match, answered

    def able(self, text: str, start: int, end: int) -> Sequence[Rule]:
        """The templates that `text` can hold from `start` on, by their first parts; in their order."""
        if len(self.rules) == 1:
            return self.rules
        match, answered = self._asked
        found = match(text, start, end)
        if found is None or found.lastindex is None:
            return ()
        answers = found.groups()
        known = self._able.get(answers)
        if known is None:
            able = {index for rules, begins in zip(answered, answers, strict=True) if begins == "" for index in rules}
            known = self._able[answers] = [self.rules[index] for index in sorted(able)]
        return known


def _factored(ways: Iterable[Way], joint: str) -> str:
    """One expression for any of `ways`, common beginnings looked at once."""
    rests: dict[str, list[Way]] = {}
    for way in ways:
        if not way:
            return ""  # nothing more is asked of one: no more can be asked of any
        rests.setdefault(way[0], []).append(way[1:])
    sources = [first + (joint + after if (after := _factored(rest, joint)) else "") for first, rest in rests.items()]
    return f"(?:{'|'.join(sources)})"
