"""Where templates can begin, the templates that can begin in one way, and which of them are worth a try at a place."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.mentions.dates.besides import Beside
from pipeline.mentions.dates.patterns import DIGIT, Way, alternation
from pipeline.mentions.dates.spec import Template


@dataclass(frozen=True)
class Rule:
    """A template ready to be tried at a place."""

    template: Template
    source: str
    heads: frozenset[Way]  # what every match begins with
    before: Beside | None
    not_before: Beside | None
    after: Beside | None
    not_after: Beside | None

    @cached_property
    def match(self) -> re.Pattern[str]:
        """The template's regex; compiled when it is first tried, since many never are."""
        return re.compile(self.source)


_OTHER_DIGIT = re.compile(r"[^\D0-9]")


class Gate:
    """Finds where any template can begin.

    Where nothing is asked of what stands before, the expression begins with one of some letters, which is found at the
    speed of a search for these; a text with digits of another script has a slower one.
    """

    def __init__(self, starts: Iterable[str], edge: str, gap: str) -> None:
        """What templates begin with, the regex source of what must hold before that, and that of a space in it."""
        self._starts, self._edge, self._gap = tuple(starts), edge, gap

    def search(self, text: str) -> Callable[[str, int], re.Match[str] | None]:
        """What finds the next beginning in `text` from a place on."""
        slow = self._edge or _OTHER_DIGIT.search(text)
        return self._any_digits.search if slow else self._ascii_digits.search

    @cached_property
    def _any_digits(self) -> re.Pattern[str]:
        return re.compile(f"(?:{self._edge})(?:{alternation(self._starts)})".replace("\\ ", self._gap))

    @cached_property
    def _ascii_digits(self) -> re.Pattern[str]:
        rests: dict[str, list[str]] = {}
        for start in self._starts:
            rests.setdefault(start[0], []).append(start[1:])
        numbers = [alternation(rests.pop(DIGIT))] if DIGIT in rests else []
        ways = []
        for first in sorted({*rests, *(string.digits if numbers else "")}):
            words = [alternation(rests[first])] if first in rests else []
            after = [*words, *(numbers if first in string.digits else ())]
            ways.append(f"{re.escape(first)}(?:{'|'.join(after)})")
        return re.compile(f"(?:{'|'.join(ways)})".replace("\\ ", self._gap))


class Start:
    """The templates that can begin in one way."""

    def __init__(self, rules: tuple[Rule, ...], joint: str) -> None:
        """`rules` in their order; `joint` is the regex source of what may stand between any two parts."""
        self.rules = rules
        self._joint = joint
        alike: dict[tuple[Way, ...], list[int]] = {}
        for index, rule in enumerate(rules):
            alike.setdefault(tuple(sorted(rule.heads)), []).append(index)
        self._ways, self._alike = tuple(alike), tuple(alike.values())

    @cached_property
    def _any(self) -> Callable[[str, int, int], re.Match[str] | None]:
        """Whether a text begins as one of the templates does: at most places none can."""
        ways = sorted({way for alike in self._ways for way in alike})
        return re.compile(_factored(ways, self._joint)).match

    @cached_property
    def _each(self) -> Callable[[str, int, int], re.Match[str] | None]:
        """The same for each: a group that takes part in the match (an empty one) for those that begin alike."""
        return re.compile("".join(f"(?=(?:{_factored(ways, self._joint)}())?)" for ways in self._ways)).match

    def able(self, text: str, start: int, end: int) -> Sequence[Rule]:
        """The templates that `text` can hold from `start` on, by their first parts; in their order."""
        if len(self.rules) == 1:
            return self.rules
        if self._any(text, start, end) is None:
            return ()
        found = self._each(text, start, end)
        groups = found.groups() if found else ()
        able = [index for alike, begins in zip(self._alike, groups, strict=False) if begins == "" for index in alike]
        return [self.rules[index] for index in sorted(able)]


def _factored(ways: Iterable[Way], joint: str) -> str:
    """One expression for any of `ways`, common beginnings looked at once."""
    rests: dict[str, list[Way]] = {}
    for way in ways:
        if not way:
            return ""  # nothing more is asked of one: no more can be asked of any
        rests.setdefault(way[0], []).append(way[1:])
    sources = [first + (joint + after if (after := _factored(rest, joint)) else "") for first, rest in rests.items()]
    return f"(?:{'|'.join(sources)})"
