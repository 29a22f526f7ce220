"""Templates ready to be tried, and where any of them can begin."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.events.strings import Beginnings
from pipeline.expressions import expression
from pipeline.mentions.dates.besides import Beside
from pipeline.mentions.dates.patterns import DIGIT, alternation
from pipeline.mentions.dates.spec import Template
from pipeline.text import Folded


@dataclass(frozen=True)
class Rule:
    """A template ready to be tried at a place."""

    template: Template
    source: str
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


class Gate:
    """Finds where any template can begin."""

    def __init__(self, starts: Iterable[str], edge: str, gap: str) -> None:
        """What templates begin with, the regex source of what must hold before that, and that of a space in it."""
        self._starts, self._edge, self._gap = tuple(starts), edge, gap

    def places(self, texts: Sequence[Folded]) -> list[Sequence[int]]:
        """Every place in each of the texts, ascending."""
        each: Sequence[Sequence[int]] = self._beginnings.within_each([read.lower for read in texts])
        if not all(map(_as_written, texts)):
            # there a beginning may look otherwise than it is written
            each = [
                places if _as_written(read) else [match.start() for match in self._expression.finditer(read.lower)]
                for read, places in zip(texts, each, strict=True)
            ]
        if not self._edge:
            return list(each)
        apart = self._apart
        return [
            [place for place in places if apart(read.lower, place)] for read, places in zip(texts, each, strict=True)
        ]

    @cached_property
    def _apart(self) -> Callable[[str, int], re.Match[str] | None]:
        return expression(self._edge).match

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        return expression(f"(?={alternation(self._starts)})".replace("\\ ", self._gap))

    @cached_property
    def _beginnings(self) -> Beginnings:
        words = (start.partition(DIGIT)[:2] for start in self._starts)
        return Beginnings(before + digit for before, at in words for digit in (string.digits if at else ("",)))


def _as_written(read: Folded) -> bool:
    """Whether a text has only single spaces, and no digits but ours."""
    return not read.other_digits and "  " not in read.plain and "\n" not in read.plain
