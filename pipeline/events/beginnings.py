"""The same pattern, found sooner: most places of a text cannot begin a match, and little should be done to see it.

A pattern of cues begins at a word's edge, `(?<!\\w)`, in each of its ways. `re` looks at that edge at every place;
where a pattern begins with one letter it searches for that letter instead, many times as fast. And inside a word, one
look tells that none of the ways can begin.
"""

from __future__ import annotations

import re

EDGE = r"(?<!\w)"
_AFTER_LETTER = r"(?<!\w.)"  # the same edge, seen from behind the word's first letter
_INSIDE = r"(?!\B\w)"  # not in the middle of a word
_FEW = 3  # letters to search for at once; with more, each place is looked at more than once
_QUANTIFIER = re.compile(r"(?:[?*+]|\{\d*,?\d*\})[?+]?")
_MAY_BE_ABSENT = re.compile(r"(?:[?*]|\{0?,\d*\})[?+]?")
_LITERAL = re.compile(r"\\([^\w\s])|([^\s\\\[\](){}?*+.|^$])")  # one character as it is
_MARK = re.compile(r"\\[^\w\s]|\[[\ue000-\uf8ff]+\]|[^\w\\\[\](){}?*+.|^$]")  # one character that is of no word
_LETTER = re.compile(r"\w")


def found_sooner(source: str) -> str:
    """A regular expression (source) with the same matches in any text."""
    letters: set[str] = set()
    searched = _by_letter(source, False, letters)
    if searched is not None and len(letters) <= _FEW:
        return searched
    edges: list[str] = []
    if source.startswith("(?:") and _outside(source, edges) and edges:
        return f"{_INSIDE}{source}"
    return source


def _by_letter(source: str, edge: bool, letters: set[str]) -> str | None:
    """The expression with what it asks before a first letter asked behind it; None where a way has no first letter."""
    if source.startswith(EDGE):
        return _by_letter(source.removeprefix(EDGE), True, letters)
    if source.startswith("(?:"):
        ways, rest = ways_of(source)
        if _QUANTIFIER.match(rest):
            return None
        found = [_by_letter(way, edge, letters) for way in ways]
        return None if None in found else f"(?:{'|'.join(filter(None, found))}){rest}"
    letter = _LETTER.match(source)
    if letter is None or not edge or _QUANTIFIER.match(source, 1):
        return None
    letters.add(letter[0])
    return f"{letter[0]}{_AFTER_LETTER}{source[1:]}"


def _outside(source: str, edges: list[str]) -> bool:
    """Whether no match can begin in the middle of a word; the edges that tell so are added to `edges`."""
    if source.startswith(EDGE):
        edges.append(EDGE)
        return True
    if source.startswith("(?:"):
        ways, rest = ways_of(source)
        if not all(_outside(way, edges) for way in ways):
            return False
    elif mark := _MARK.match(source):
        rest = source[mark.end() :]
    elif source.startswith(r"\s"):
        rest = source[2:]
    else:
        return False
    absent = _MAY_BE_ABSENT.match(rest)
    return absent is None or _outside(rest[absent.end() :], edges)


def heads_of(source: str) -> frozenset[str]:
    """Strings, one of which every match begins with; none where that cannot be told or would not help."""
    heads = _heads(source)
    if EDGE in source and any(len(head) == 1 and head.isalnum() for head in heads):
        return frozenset()  # a letter stands within words everywhere
    return frozenset() if "" in heads else frozenset(heads)


def _heads(source: str, head: str = "") -> set[str]:
    """What matches of `head` and a source begin with, as far as it can be told at sight."""
    while source:
        if source.startswith(EDGE) and not head:
            source = source.removeprefix(EDGE)
        elif source.startswith("(?:"):
            ways, rest = ways_of(source)
            quantifier = _QUANTIFIER.match(rest)
            if quantifier is None:
                return {found for way in ways for found in _heads(way, head)}
            if head or _MAY_BE_ABSENT.match(rest) is None:
                return {head}
            return {found for way in (*ways, rest[quantifier.end() :]) for found in _heads(way)}
        elif (literal := _LITERAL.match(source)) is not None and _QUANTIFIER.match(source, literal.end()) is None:
            head += literal[1] or literal[2]
            source = source[literal.end() :]
        else:
            break
    return {head}


def ways_of(source: str) -> tuple[list[str], str]:
    """The alternatives of the group that `source` begins with, and what follows it."""
    ways: list[str] = []
    depth, start, place = 0, 3, 0
    while place < len(source):
        character = source[place]
        if character == "\\":
            place += 1
        elif character == "[":
            place = source.index("]", place + 2)  # a class of cues holds no bracket but as its first
        elif character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
            if not depth:
                return [*ways, source[start:place]], source[place + 1 :]
        elif character == "|" and depth == 1:
            ways.append(source[start:place])
            start = place + 1
        place += 1
    raise ValueError(f"a group without an end: {source}")
