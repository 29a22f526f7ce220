"""The small language in which date templates are written, and its way to regular expressions.

A pattern is literal text with

    {slot}      a word of the table `slot`, or a number that the table's digits match
    [ ... ]     optional
    ( a | b )   one of several
    a space     the language's gap (a space in English, nothing or a space in Chinese)

    "{day}[ of] {month}[,] {year}"

A pattern also tells how it can begin (`starts`), so that one cheap expression finds the places where
any template can match at all; see `gate`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

DIGIT = "\ue000"
"""Any digit, in the beginnings of patterns (a character of the private use area: no text for people has it)."""


@dataclass(frozen=True)
class Slots:
    """What may stand in each slot: a regex source, and the strings (or DIGIT) that it can begin with."""

    sources: Mapping[str, str]
    starts: Mapping[str, frozenset[str]]
    gap: str  # regex source of a space in a pattern
    light: frozenset[str]  # words too common to be a start without the word that follows
    gap_texts: tuple[str, ...] = (" ",)  # what `gap` looks like in a start
    joint: str = ""  # regex source of what may stand between any two parts
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)  # of the slots that no number fills


class PatternError(ValueError):
    """A pattern that cannot be read; the message says what is wrong with it."""


@dataclass(frozen=True)
class Text:
    """Literal text, or one space for the language's gap."""

    text: str


@dataclass(frozen=True)
class Slot:
    """A word or number of a table; with a "2" at its end for the second end of an interval."""

    name: str

    @property
    def table(self) -> str:
        """The table that fills it."""
        return self.name.rstrip("2")


@dataclass(frozen=True)
class Choice:
    """One of several ways to go on; an empty one makes it optional."""

    options: tuple[tuple[Node, ...], ...]


Node = Text | Slot | Choice
"""A piece of a pattern."""

_TOKEN = re.compile(
    r"\{(?P<slot>[a-z_0-9]+)\}|\\(?P<sign>[\[\]()|])|(?P<mark>[\[\]()|])|(?P<text>[^\[\]()|{}\\]+)|(?P<bad>.)", re.S
)


def _parse(pattern: str) -> tuple[Node, ...]:
    stack: list[tuple[str, list[list[Node]]]] = [("", [[]])]
    for match in _TOKEN.finditer(pattern):
        options = stack[-1][1]
        mark = match["mark"]
        if match["slot"]:
            options[-1].append(Slot(match["slot"]))
        elif match["sign"]:
            options[-1].append(Text(match["sign"]))
        elif match["text"]:
            options[-1].extend(Text(part) for part in re.split("( )", match["text"]) if part)
        elif match["bad"]:
            raise PatternError(f"stray {match['bad']!r} in {pattern!r}")
        elif mark in "([":
            stack.append((mark, [[]]))
        elif mark == "|" and len(stack) > 1:
            options.append([])
        else:
            opened, inner = stack.pop() if len(stack) > 1 else ("", [])
            if {"(": ")", "[": "]"}.get(opened) != mark:
                raise PatternError(f"unbalanced {mark!r} in {pattern!r}")
            ways = tuple(tuple(option) for option in inner)
            stack[-1][1][-1].append(Choice((*ways, ()) if opened == "[" else ways))
    if len(stack) > 1:
        raise PatternError(f"{stack[-1][0]!r} is not closed in {pattern!r}")
    return tuple(stack[0][1][0])


@dataclass(frozen=True)
class Compiled:
    """A pattern as a regex source (groups are named slot__n), the strings it can begin with, what it is made of."""

    source: str
    starts: frozenset[str]
    nodes: tuple[Node, ...]
    needles: tuple[frozenset[str], ...]  # of each of these sets, every match holds one string


def compiled(pattern: str, slots: Slots) -> Compiled:
    """`pattern` with its slots filled in. Raises PatternError for a slot that no table has."""
    nodes = _parse(pattern)
    counts: dict[str, int] = {}
    source = _source(nodes, slots, counts, pattern)
    starts = _starts(nodes, slots)
    if "" in starts:
        raise PatternError(f"{pattern!r} can be empty, or begins with a word too common to begin with")
    return Compiled(source, starts, nodes, _needles(nodes, slots))


def _source(nodes: Sequence[Node], slots: Slots, counts: dict[str, int], pattern: str) -> str:
    parts = []
    for node in nodes:
        if isinstance(node, Text):
            parts.append(literal(node.text, slots))
        elif isinstance(node, Slot):
            if node.table not in slots.sources:
                raise PatternError(f"no table {node.table!r} for {pattern!r}")
            counts[node.name] = counts.get(node.name, 0) + 1
            parts.append(f"(?P<{node.name}__{counts[node.name]}>{slots.sources[node.table]})")
        else:
            ways = [_source(option, slots, counts, pattern) for option in node.options]
            parts.append("(?:" + "|".join(ways) + ")")
    return slots.joint.join(parts)


def _needles(nodes: Sequence[Node], slots: Slots) -> tuple[frozenset[str], ...]:
    """Of each part that must be there: strings of which every match holds one; the set that rules most out is first."""
    found = []
    for node in nodes:
        if isinstance(node, Choice):
            ways = [_needles(option, slots) for option in node.options]
            words = frozenset().union(*(way[0] for way in ways)) if all(ways) else frozenset()
        elif isinstance(node, Slot):
            words = slots.words.get(node.table, frozenset())
        else:
            words = frozenset() if "-" in node.text else frozenset({node.text})  # a dash may have come as two hyphens
        parts = {max(word.split(), key=len, default="") for word in words}
        if parts and "" not in parts:
            found.append(frozenset(parts))
    found.sort(key=lambda parts: (-min(map(len, parts)), len(parts), sorted(parts)))
    return tuple(found)


def literal(text: str, slots: Slots) -> str:
    """The regex source of a piece of literal text."""
    # A dash may have come as two hyphens.
    return slots.gap if text == " " else re.escape(text).replace("\\-", "-{1,2}")


def _starts(nodes: Sequence[Node], slots: Slots) -> frozenset[str]:
    """All beginnings, long enough not to be a light word; "" where nothing more is asked."""
    if not nodes:
        return frozenset({""})
    head, rest = nodes[0], nodes[1:]
    if isinstance(head, Choice):
        return frozenset().union(*(_starts((*option, *rest), slots) for option in head.options))
    if isinstance(head, Slot):
        words: Iterable[str] = slots.starts[head.table]
    else:
        words = slots.gap_texts if head.text == " " else (head.text,)
    result: set[str] = set()
    for word in words:
        if word == "" or word == " " or word in slots.light:
            result.update(word + after for after in _starts(rest, slots))
        else:
            result.add(word)
    return frozenset(result)


def alternation(words: Iterable[str]) -> str:
    """A regex source for the longest of `words`, as a trie: one look at each character, no groups."""
    root: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    if not root:
        return "(?!)"  # an empty alternation matches nothing
    return _trie(root).replace(DIGIT, r"\d")


def _trie(node: dict[str, dict]) -> str:  # type: ignore[type-arg]
    ways = [re.escape(char) + _trie(child) for char, child in sorted(node.items()) if char]
    if not ways:
        return ""
    body = ways[0] if len(ways) == 1 else "(?:" + "|".join(ways) + ")"
    if "" not in node:
        return body
    return f"(?:{body})?" if len(ways) == 1 else body + "?"
