"""Which of many templates a text can hold from a place on: asked of all of them at once, character by character.

The templates are one automaton, whose states are made when a text first leads to them (K. Thompson, "Regular
Expression Search Algorithm", 1968). It only tells which templates are worth a try: what a template's regex asks of what
stands around a place is no part of it, and how often something may be repeated is "any number of times".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from pipeline.mentions.dates.patterns import Choice, Node, Slot, Slots, Text, literal
from pipeline.mentions.spots import Part, Spot, part

_MOST = 20_000  # steps that are remembered: those of ordinary texts are a tenth of that
T = TypeVar("T")

Line = tuple[int, tuple[Node, ...]]
"""A template by number, and the nodes that are left of it."""


class _Rest:
    """What is left of some templates: those that are whole, and what is left behind each part that can follow."""

    __slots__ = ("entries", "follow", "whole")

    def __init__(self, lines: Iterable[Line]) -> None:
        self.entries: list[_Item] | None = None  # where it begins, once that is asked
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
        self._parts: dict[Text | str, Part] = {}
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
        now, entered, found = set(whole), set(), set()
        for first, last, rest in pending:  # grows
            for spot in first.reached():
                if spot is not last:
                    found.add((spot, last, rest))
                elif rest not in entered:
                    entered.add(rest)
                    now |= rest.whole
                    pending += self._entries(rest)
        key = frozenset(found), frozenset(now)
        if key not in self._states:
            self._states[key] = _State(key[0], key[1], [self._templates[number][1] for number in sorted(now)])
        return self._states[key]

    def _entries(self, rest: _Rest) -> Sequence[_Item]:
        """Where what is left begins."""
        if rest.entries is None:
            rest.entries = [(*self._part(key), self._rest(frozenset(lines))) for key, lines in rest.follow.items()]
            if self._joint is not None and rest.follow:
                rest.entries.append((*self._joint, rest))
        return rest.entries

    def _rest(self, lines: frozenset[Line]) -> _Rest:
        if lines not in self._rests:
            self._rests[lines] = _Rest(lines)
        return self._rests[lines]

    def _part(self, key: Text | str) -> Part:
        if key not in self._parts:
            source = literal(key.text, self._slots) if isinstance(key, Text) else self._slots.sources[key]
            self._parts[key] = part(source)
        return self._parts[key]
