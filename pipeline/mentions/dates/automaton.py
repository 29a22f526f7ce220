"""Which of many templates a text can hold from a place on: asked of all of them at once, character by character.

The templates are one automaton, whose states are made when a text first leads to them (K. Thompson, "Regular
Expression Search Algorithm", 1968). It only tells which templates are worth a try: what a template's regex asks of what
stands around a place is no part of it, and how often something may be repeated is "any number of times".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from pipeline.mentions.dates.patterns import Choice, Node, PatternError, Slot, Slots, Text, literal

_MOST = 20_000  # steps that are remembered: those of ordinary texts are a tenth of that
_TOKEN = re.compile(
    r"(?P<around>\(\?<?[=!])|(?P<open>\(\?[:>]|\((?!\?))|(?P<close>\))|(?P<bar>\|)"
    r"|(?P<times>(?:[*+?]|\{\d*,?\d*\})[+?]?)|(?P<edge>\\[bBAZ]|[\^$])"
    r"|(?P<one>\[\^?\]?(?:\\.|[^\]\\])*\]|\\.|[^()|?*+])",
    re.S,
)
_Token = tuple[str, str]  # kind, text
T = TypeVar("T")


class Spot:
    """A place within an expression: where it goes on with a character, with one that a test takes, or at no cost."""

    __slots__ = ("free", "on", "tests")

    def __init__(self, *free: Spot) -> None:
        """A spot that leads to `free` without a character."""
        self.free = [*free]
        self.on: dict[str, Spot] = {}
        self.tests: list[tuple[re.Pattern[str], Spot]] = []

    def after(self, char: str) -> Iterator[Spot]:
        """Where `char` leads."""
        if char in self.on:
            yield self.on[char]
        yield from (spot for test, spot in self.tests if test.match(char))


_Part = tuple[Spot, Spot]  # where an expression begins and ends


def part(source: str) -> _Part:
    """A regex source as spots; what it asks of its surroundings is left out.

    Raises PatternError where it has more than characters, their classes, repetitions and brackets without a name.
    """
    tokens = [(match.lastgroup or "", match[0]) for match in _TOKEN.finditer(source)]
    if "".join(text for _, text in tokens) != source:
        raise PatternError(f"{source!r} has brackets of another kind than '(?:', '(?=', '(?!', '(?<=' and '(?<!'")
    tokens.reverse()
    return _ways(tokens)


def _ways(tokens: list[_Token]) -> _Part:
    first, last = Spot(), Spot()
    while True:
        begin, end = _sequence(tokens)
        first.free.append(begin)
        end.free.append(last)
        if not tokens or tokens[-1][0] != "bar":
            return first, last
        tokens.pop()


def _sequence(tokens: list[_Token]) -> _Part:
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


def _atom(kind: str, text: str, tokens: list[_Token]) -> _Part:
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


Line = tuple[int, tuple[Node, ...]]
"""A template by number, and the nodes that are left of it."""


class _Rest:
    """What is left of some templates: those that are whole, and what is left behind each part that can follow."""

    __slots__ = ("follow", "whole")

    def __init__(self, lines: Iterable[Line]) -> None:
        self.whole: set[int] = set()
        self.follow: dict[Text | str, set[Line]] = {}  # by the text, or the name of the table
        pending = list(lines)
        for number, nodes in pending:  # grows as choices are taken apart
            if not nodes:
                self.whole.add(number)
            elif isinstance(nodes[0], Choice):
                pending += [(number, (*option, *nodes[1:])) for option in nodes[0].options]
            else:
                key = nodes[0].table if isinstance(nodes[0], Slot) else nodes[0]
                self.follow.setdefault(key, set()).add((number, nodes[1:]))


_Item = tuple[Spot, Spot, _Rest]  # a spot of a part, the end of that part, and what is left behind it


class _State(Generic[T]):
    """Where some characters lead: to spots, and the templates that are whole by then."""

    __slots__ = ("after", "items", "numbers", "whole")

    def __init__(self, items: frozenset[_Item], numbers: frozenset[int], whole: Sequence[T]) -> None:
        self.items, self.numbers, self.whole = items, numbers, whole
        self.after: dict[str, _State[T]] = {}  # by character, as far as it has been asked


class Automaton(Generic[T]):
    """Templates, and what stands for each of them."""

    def __init__(self, templates: Iterable[tuple[Sequence[Node], T]], slots: Slots) -> None:
        """`templates` in the order in which they are to be tried."""
        self._templates, self._slots = tuple(templates), slots
        self._parts: dict[Text | str, tuple[Spot, Spot]] = {}
        self._joint = part(slots.joint) if slots.joint else None
        self._part(Text(" "))  # a fault of the gap is found at once
        self._forget()

    def _forget(self) -> None:
        self._rests: dict[frozenset[Line], _Rest] = {}
        self._states: dict[tuple[frozenset[_Item], frozenset[int]], _State[T]] = {}
        self._steps = 0
        lines = frozenset((number, tuple(nodes)) for number, (nodes, _) in enumerate(self._templates))
        self._start = self._state(self._entries(self._rest(lines)), frozenset())

    def able(self, text: str, start: int, end: int) -> Sequence[T]:
        """The templates that `text` can hold from `start` on, up to `end` at most; in their order."""
        state = self._start
        for char in text[start:end]:
            following = state.after.get(char)
            state = self._step(state, char) if following is None else following
            if not state.items:
                break
        return state.whole

    def _step(self, state: _State[T], char: str) -> _State[T]:
        if self._steps == _MOST:
            self._forget()
        self._steps += 1
        items = [(spot, last, rest) for first, last, rest in state.items for spot in first.after(char)]
        state.after[char] = found = self._state(items, state.numbers)
        return found

    def _state(self, items: Iterable[_Item], whole: frozenset[int]) -> _State[T]:
        """The state of `items` and of all that they lead to without a character."""
        pending = list(items)
        seen, now = set(pending), set(whole)
        for spot, last, rest in pending:  # grows
            more = [(other, last, rest) for other in spot.free]
            if spot is last:
                now |= rest.whole
                more += self._entries(rest)
            pending += [item for item in more if item not in seen]
            seen.update(more)
        key = frozenset(item for item in seen if item[0].on or item[0].tests), frozenset(now)
        if key not in self._states:
            self._states[key] = _State(key[0], key[1], [self._templates[number][1] for number in sorted(now)])
        return self._states[key]

    def _entries(self, rest: _Rest) -> Iterator[_Item]:
        for key, lines in rest.follow.items():
            yield *self._part(key), self._rest(frozenset(lines))
        if self._joint is not None and rest.follow:
            yield *self._joint, rest

    def _rest(self, lines: frozenset[Line]) -> _Rest:
        if lines not in self._rests:
            self._rests[lines] = _Rest(lines)
        return self._rests[lines]

    def _part(self, key: Text | str) -> tuple[Spot, Spot]:
        if key not in self._parts:
            source = literal(key.text, self._slots) if isinstance(key, Text) else self._slots.sources[key]
            self._parts[key] = part(source)
        return self._parts[key]
