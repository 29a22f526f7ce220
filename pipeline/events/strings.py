"""Which of many strings stand in a text: all in one pass (Aho and Corasick 1975), whatever their number."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence

from ahocorasick_rs import AhoCorasick, Implementation

_BETWEEN = "\0"  # between texts that are looked through together: it is in no string
_TOGETHER = 12_000  # characters: what a pass needs of them stays in a processor's nearest memory


class Strings:
    """Many strings, to be looked for in many texts."""

    def __init__(self, strings: Iterable[str]) -> None:
        """The strings; an empty one stands nowhere."""
        wanted = sorted(set(strings) - {""})
        self._automaton = AhoCorasick(wanted, store_patterns=True) if wanted else None

    def within(self, text: str) -> frozenset[str]:
        """Those that stand in `text`, be it inside of one another."""
        if self._automaton is None:
            return frozenset()
        try:
            return frozenset(self._automaton.find_matches_as_strings(text, overlapping=True))
        except UnicodeEncodeError:  # half a character (a lone surrogate): it stands in no string
            return self.within(_whole(text))


class Beginnings:
    """Where one of many strings begins in a text."""

    def __init__(self, strings: Iterable[str]) -> None:
        """The strings, none of them empty."""
        wanted: list[str] = []
        for string in sorted(set(strings)):
            if not wanted or not string.startswith(wanted[-1]):  # what begins with another one begins where that does
                wanted.append(string)
        kind = Implementation.DFA  # twice as fast as the others, and there are few of these
        self._automaton = AhoCorasick(wanted, store_patterns=False, implementation=kind) if wanted else None

    def within(self, text: str) -> list[int]:
        """The places in `text`, ascending."""
        if self._automaton is None:
            return []
        try:
            found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        except UnicodeEncodeError:
            return self.within(_whole(text))
        return sorted([start for _, start, _ in found])

    def within_each(self, texts: Sequence[str]) -> list[Sequence[int]]:
        """The places in each of many texts, for less than one text after the other takes: most are short."""
        found: list[Sequence[int]] = [()] * len(texts)
        first = 0
        for some in _batches(texts):
            index, start, end = first - 1, 0, -len(_BETWEEN)  # of the text that a place stands in
            own: list[int] = []
            for place in self.within(_BETWEEN.join(some)):
                while place >= end:
                    index += 1
                    start = end + len(_BETWEEN)
                    end = start + len(texts[index])
                    own = []
                if not own:
                    found[index] = own
                own.append(place - start)
            first += len(some)
        return found


def _batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """The texts, so many together that they are long."""
    if sum(map(len, texts)) <= _TOGETHER:
        if texts:
            yield texts
        return
    first = length = 0
    for index, text in enumerate(texts):
        if length > _TOGETHER:
            yield texts[first:index]
            first, length = index, 0
        length += len(text)
    if texts:
        yield texts[first:]


class Anchored:
    """An expression whose every match begins with one of some strings: `re` is asked only where one stands."""

    def __init__(self, expression: re.Pattern[str], strings: Iterable[str]) -> None:
        """The expression, and the strings, none of them empty."""
        self.match = expression.match
        self._beginnings = Beginnings(strings)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """The matches in `text` between two places, as `re.Pattern.finditer` gives them."""
        places = self._beginnings.within(text[start:end])
        return self._at(text, [start + place for place in places] if start else places, end)

    def finditer_each(self, texts: Sequence[str]) -> Iterator[Iterable[re.Match[str]]]:
        """The matches in each of many texts."""
        for text, places in zip(texts, self._beginnings.within_each(texts), strict=True):
            yield self._at(text, places) if places else ()

    def _at(self, text: str, places: Iterable[int], end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        done, match = 0, self.match
        for start in places:
            if start >= done and (found := match(text, start, end)) is not None:
                done = found.end()
                yield found


def _whole(text: str) -> str:
    """`text` with a question mark for each half of a character."""
    return text.encode("utf-8", "replace").decode()
