"""What every match of a cue must hold: strings that plain substring search finds far faster than any pattern.

Each part of a cue that must be there gives a set of strings, of which one must stand in the text. The part that rules
out most comes first: a rare word before a common one, a mention's sign where there is no word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from functools import lru_cache, partial

from pipeline.events.cues import Vocabulary, signs_of, tokens_of

Needles = frozenset[str]
Way = tuple[Needles, ...]
"""What a match holds: one string at least of each set."""

_FEW = 6  # words that are looked for one by one; of more, only what they begin with
_STEM = 4  # characters of such a beginning, at least
_SHORT = 3  # letters of a word that is found inside others everywhere: fewer
_GAPS = frozenset({"...", "..", "~", "_", "&", "^", "[TEXT]"})


@lru_cache(maxsize=16384)
def parts_of(cue: str, vocabulary: Vocabulary) -> Way:
    """Sets of strings: every match of a cue that can be read holds at least one of each. The rarest set comes first.

    A set that rules next to nothing out is there only where there is no other.
    """
    found, _ = _sequence(tokens_of(cue, vocabulary), vocabulary)
    parts = sorted(dict.fromkeys(found), key=partial(_worth, vocabulary), reverse=True)
    return tuple(part for part in parts if part is parts[0] or _rules_out(part, vocabulary))


def needles_of(cue: str, vocabulary: Vocabulary) -> Needles | None:
    """The rarest of the sets of `parts_of`; None where there is none."""
    return next(iter(parts_of(cue, vocabulary)), None)


def either(ways: Iterable[Needles | None]) -> Needles | None:
    """The needles of an alternation; None where one of its ways has none."""
    whole: set[str] = set()
    for needles in ways:
        if needles is None:
            return None
        whole |= needles
    return _fewest(whole)


def _sequence(tokens: list[str], voc: Vocabulary) -> tuple[list[Needles], list[str]]:
    """What a run of tokens up to what closes it must hold, part by part, and the tokens that are left."""
    parts: list[Needles] = []
    while tokens and tokens[0] not in ("}", ")", "|"):
        token, tokens = tokens[0], tokens[1:]
        found: Needles | None = None
        if token in ("{", "("):
            ways = []
            closing = "}" if token == "{" else ")"
            while True:
                way, tokens = _sequence(tokens, voc)
                ways.append(max(way, key=partial(_worth, voc), default=None))
                stop, tokens = tokens[0], tokens[1:]
                if stop == closing:
                    break
            found = either(ways) if token == "{" else None  # what may be missing is no needle
        elif not token.isspace() and token not in ("!", "+"):
            found = _atom(token, voc)
        if found:
            parts.append(found)
    return parts, tokens


@lru_cache(maxsize=16384)  # the cues of a language say the same words and groups again and again
def _atom(token: str, voc: Vocabulary) -> Needles | None:
    if token in _GAPS:
        return None
    if token.startswith("["):
        return frozenset(signs_of(token[1:-1], voc))
    if token.startswith("@"):
        return either(needles_of(phrase, voc) for phrase in voc.phrases[token[1:]])
    words = voc.forms[token[1:-1]] if token.startswith("<") else (token.removeprefix("\\"),)
    return _words(voc.writing.spelled(word).lower() for word in words)


def _words(words: Iterable[str]) -> Needles | None:
    """The longest part of each word between white space; of many words, what they begin with."""
    parts = {max(word.split(), key=len, default="") for word in words}
    if "" in parts:
        return None
    for length in range(max(map(len, parts)), _STEM, -1):
        if len(parts) <= _FEW:
            break
        parts = {part[:length] for part in parts}
    return _fewest(parts)


def _fewest(words: Iterable[str]) -> Needles:
    """The words without those that hold another of them."""
    whole = frozenset(words)
    text = "\n".join(whole)
    held = [word for word in whole if text.count(word) > 1]  # not only as itself
    return frozenset(word for word in whole if not any(part in word and part != word for part in held))


def _worth(voc: Vocabulary, needles: Needles) -> tuple[bool, int, int]:
    """How much a set rules out: by its shortest string, then by how few there are."""
    return _rules_out(needles, voc), min(map(len, needles)), -len(needles)


def _rules_out(needles: Needles, voc: Vocabulary) -> bool:
    """Whether it is worth while to look for a set: where words stand apart, nearly every text holds "in" somewhere."""
    return not (voc.spaced and any(len(needle) < _SHORT and needle.isalpha() for needle in needles))


class Index:
    """Which of many things may stand in a text, told by the needles that it holds.

    Only those are looked at of which it holds a needle: most texts hold none of most.
    """

    def __init__(self, things: Iterable[Iterable[Way]]) -> None:
        """Things, each with the ways in which it may stand; a way without parts may stand anywhere."""
        self._always: set[int] = set()
        self._holders: dict[str, list[tuple[int, Way]]] = {}  # by a needle: who has it, and what must stand besides
        for place, ways in enumerate(things):
            for first, *others in filter(None, ways):
                for needle in first:
                    self._holders.setdefault(needle, []).append((place, tuple(others)))
            if not all(ways):
                self._always.add(place)
        self._needles = frozenset(self._holders)

    def needles(self) -> Iterator[str]:
        """All needles that `among` asks about."""
        for needle, holders in self._holders.items():
            yield needle
            yield from (other for _, parts in holders for part in parts for other in part)

    def among(self, held: Set[str]) -> list[int]:
        """The places of the things that may stand in a text that holds these needles, ascending."""
        if not self._always and self._needles.isdisjoint(held):
            return []
        found = set(self._always)
        for needle in self._needles & held:
            for place, others in self._holders[needle]:
                if place not in found:
                    for part in others:
                        if part.isdisjoint(held):
                            break
                    else:
                        found.add(place)
        return sorted(found)
