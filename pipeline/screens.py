"""Whether a line may be of some kind, told by its first character and a few others.

To bring a line to the form that the patterns of its kind are made for takes ten times as long, and most lines of a
document are of no kind.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.events.beginnings import ways_of
from pipeline.expressions import expression
from pipeline.mentions.spots import Spot, free, part
from pipeline.text import fold, folded_to

_UNSURE = "*"  # pairs of it are taken out of a line: what such a line begins with does not show


class Screen:
    """Tells which lines cannot be what a regular expression is for.

    The expression meets whole lines, in either case, folded and without `**` and needless spaces (`Layout.norm`); the
    screen is asked about a line as it stands.
    """

    def __init__(self, pattern: str) -> None:
        """The screen for an expression. Raises re.error."""
        begins: set[str] = set()
        held: set[str] = set()
        for way in _ways(pattern):
            first = _begins(way)
            needed = "" if first.isdisjoint(_ANY) else _needed(way)
            if needed:
                held.add(needed)
            else:
                begins |= first
        self._begin = expression("|".join(sorted(begins)) or r"(?!)", re.IGNORECASE)
        self._held = tuple(sorted("".join(map(folded_to, held))))
        self._begins = lru_cache(maxsize=4096)(self._may_begin)

    def passes(self, line: str) -> bool:
        """Whether a line, which is not empty, may match."""
        if self._begins(line[0]):
            return True
        for char in self._held:  # noqa: SIM110  any() makes a generator, which costs more than the look
            if char in line:
                return True
        return False

    def _may_begin(self, char: str) -> bool:
        folded = fold(char)
        return folded == _UNSURE or folded.isspace() or self._begin.match(folded) is not None


_ANY = frozenset({".", ""})  # what tells nothing of a beginning


def _ways(source: str) -> list[str]:
    """The alternatives of an expression, those of an alternative that is a group one by one."""
    found = []
    for way in ways_of(f"(?:{source})")[0]:
        inner, rest = ways_of(way) if way.startswith("(?:") else ([way], "")
        found += [way] if rest else inner
    return found


def _begins(source: str) -> set[str]:
    """Expressions for single characters, with one of which every match begins that is not empty."""
    try:
        spots = free([part(source)[0]])
    except re.error:
        return {""}
    chars = {re.escape(char) for spot in spots for char in spot.on}
    return chars | {test.pattern for spot in spots for test, _ in spot.tests}


def _needed(source: str) -> str:
    """A sign (of no letter there is but one form) that every match holds; empty where there is none, or none known."""
    try:
        first, last = part(source)
    except re.error:
        return ""
    signs = {char for spot in _reached(first) for char in spot.on if not (char.isalnum() or char.isspace())}
    needed = (sign for sign in sorted(signs - {_UNSURE}) if last not in _reached(first, sign))
    return next(needed, "")


def _reached(first: Spot, without: str = "") -> list[Spot]:
    """The spots that `first` leads to, with any characters but one."""
    found, seen = [first], {first}
    for spot in found:  # grows
        after = [*spot.free, *(other for char, other in spot.on.items() if char != without)]
        for other in (*after, *(other for _, other in spot.tests)):
            if other not in seen:
                seen.add(other)
                found.append(other)
    return found
