"""Regular expressions as places between characters, and the characters that lead from one to another.

As K. Thompson, "Regular Expression Search Algorithm" (1968), makes them; but what an expression asks of what stands
around a place is left out, and how often something may be repeated is "any number of times". So what the places tell is
never less than what the expression matches.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_TOKEN = re.compile(
    r"(?P<around>\(\?<?[=!])|(?P<open>\(\?[:>]|\((?!\?))|(?P<close>\))|(?P<bar>\|)"
    r"|(?P<times>(?:[*+?]|\{\d*,?\d*\})[+?]?)|(?P<edge>\\[bBAZ]|[\^$])"
    r"|(?P<one>\[\^?\]?(?:\\.|[^\]\\])*\]|\\.|[^()|?*+])",
    re.S,
)
_Token = tuple[str, str]  # kind, text


class Spot:
    """A place within an expression: where it goes on with a character, with one that a test takes, or at no cost."""

    __slots__ = ("_reached", "free", "on", "tests")

    def __init__(self, *free: Spot) -> None:
        """A spot that leads to `free` without a character."""
        self.free = [*free]
        self.on: dict[str, Spot] = {}
        self.tests: list[tuple[re.Pattern[str], Spot]] = []
        self._reached: list[Spot] | None = None

    def reached(self) -> list[Spot]:
        """Where it leads at no cost: spots that go on with a character, and the end. Of a whole expression only."""
        if self._reached is None:
            self._reached = [spot for spot in free([self]) if spot.on or spot.tests or not spot.free]
        return self._reached

    def after(self, char: str) -> list[Spot]:
        """Where `char` leads."""
        found = [spot for test, spot in self.tests if test.match(char)]
        if char in self.on:
            found.append(self.on[char])
        return found


Part = tuple[Spot, Spot]
"""Where an expression begins and ends."""


def part(source: str) -> Part:
    """A regex source as spots; what it asks of its surroundings is left out.

    Raises re.error where it has more than characters, their classes, repetitions and brackets without a name.
    """
    tokens = [(match.lastgroup or "", match[0]) for match in _TOKEN.finditer(source)]
    if "".join(text for _, text in tokens) != source:
        raise re.error("brackets of another kind than '(?:', '(?=', '(?!', '(?<=' and '(?<!'", source)
    tokens.reverse()
    return _ways(tokens)


def _ways(tokens: list[_Token]) -> Part:
    first, last = Spot(), Spot()
    while True:
        begin, end = _sequence(tokens)
        first.free.append(begin)
        end.free.append(last)
        if not tokens or tokens[-1][0] != "bar":
            return first, last
        tokens.pop()


def _sequence(tokens: list[_Token]) -> Part:
    first = last = Spot()
    while tokens and tokens[-1][0] not in ("bar", "close"):
        begin, end = _atom(*tokens.pop(), tokens)
        if tokens and tokens[-1][0] == "times":
            times = tokens.pop()[1]
            end.free.append(end := Spot())
            if times[0] in "?*" or times[:2] in ("{0", "{,"):
                begin = Spot(begin, end)
            if times[0] != "?" and times[:3] not in ("{1}", "{0}"):
                end.free.append(begin)
        last.free.append(begin)
        last = end
    return first, last


def _atom(kind: str, text: str, tokens: list[_Token]) -> Part:
    if kind == "edge":
        only = Spot()
        return only, only
    if kind == "one":
        first, last = Spot(), Spot()
        if (len(text) == 1 and text != ".") or (text[0] == "\\" and not text[1].isalnum()):
            first.on[text[-1]] = last
        else:
            first.tests.append((re.compile(text, re.S), last))
        return first, last
    inner = _ways(tokens)
    tokens.pop()  # the bracket that closes it
    if kind == "open":
        return inner
    only = Spot()  # what must or must not stand there
    return only, only


def free(spots: Iterable[Spot]) -> list[Spot]:
    """The spots, and those that they lead to at no cost, each once."""
    found = list(dict.fromkeys(spots))
    seen = set(found)
    for spot in found:  # grows
        found += [other for other in spot.free if other not in seen]
        seen.update(spot.free)
    return found


def sooner(source: str) -> str:
    """A regex source of the same matches, which asks first whether one can begin with the character that stands there.

    `re` goes through all the ways of an alternation at each place, unless each of them begins with a letter.
    """
    try:
        first, last = part(source)
    except re.error:
        return source
    begun = free([first])
    if last in begun:  # a match may be empty
        return source
    chars = "".join(sorted({re.escape(char) for spot in begun for char in spot.on}))
    ways = sorted({test.pattern for spot in begun for test, _ in spot.tests})
    return f"(?={'|'.join([*([f'[{chars}]'] if chars else []), *ways])})(?:{source})"
