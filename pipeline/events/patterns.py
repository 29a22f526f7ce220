"""Cues as patterns that cost nothing where they cannot match.

Most sentences hold none of the words of most cues. Which of all the *needles* (pipeline.events.needles) of a language
a sentence holds is found once; a pattern is tried only where its own are among them, and one that is never tried is
never compiled: a language has thousands of patterns, and to compile them all takes longer than to read a letter.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Set
from functools import lru_cache

from pipeline.events.alternations import grouped
from pipeline.events.beginnings import found_sooner, heads_of
from pipeline.events.cues import NOTHING, Vocabulary, pattern_source
from pipeline.events.mask import SIGNS
from pipeline.events.needles import Way, parts_of
from pipeline.events.strings import Anchored
from pipeline.expressions import expression

_TRIGGER = SIGNS["TRIGGER"]
_NAMED = frozenset({_TRIGGER})


class Pattern:
    """The cues of one list as one pattern; of no cues, a pattern that matches nothing.

    `source` is the regular expression. `ways` tells for each cue what every match of it holds, and `needed` the same
    of all of them without the trigger's sign: whether that stands in a text is for the caller to know (`stands`).
    `plain` is the pattern of the cues that can match where the trigger stands as words. `signs` are the signs that it
    speaks of; `gapped`: whether it has a gap. The methods give what those of `re.Pattern` give.
    """

    __slots__ = ("_cues", "_finder", "_ones", "_regex", "gapped", "needed", "plain", "signs", "source", "ways")

    def __init__(self, cues: Iterable[tuple[str, Way]], plain: Pattern | None = None) -> None:
        """The pattern of cues of which source and way (as above) are known."""
        self._cues = tuple(dict.fromkeys(cues))
        self._ones: tuple[Pattern, ...] | None = None
        self.source = _alternation(source for source, _ in self._cues)
        self.ways = tuple(dict.fromkeys(way for _, way in self._cues))
        self.plain = self if plain is None else plain
        self.signs = frozenset(sign for sign in SIGNS.values() if sign in self.source)
        self.gapped = "{0," in self.source
        self.needed = _shortest(tuple(part for part in way if _TRIGGER not in part) for way in self.ways)
        self._regex: re.Pattern[str] | None = None
        self._finder: Anchored | re.Pattern[str] | None = None

    @classmethod
    def of(cls, cues: Iterable[str], vocabulary: Vocabulary) -> Pattern:
        """The pattern of these cues, which is one for all who ask for it. Raises CueError."""
        return _pattern(tuple(cues), vocabulary)

    @property
    def marked(self) -> bool:
        """Whether it speaks of the trigger, as its sign."""
        return _TRIGGER in self.signs

    @property
    def regex(self) -> re.Pattern[str]:
        """The regular expression, compiled when it is first wanted. Raises re.error."""
        if self._regex is None:
            self._regex = _compiled(self.source)
        return self._regex

    @property
    def ones(self) -> tuple[Pattern, ...]:
        """The patterns of the cues one by one."""
        if self._ones is None:
            self._ones = tuple(Pattern((cue,)) for cue in self._cues) if len(self._cues) > 1 else (self,)
        return self._ones

    def may_match(self, held: Set[str]) -> bool:
        """Whether a text that holds these of the needles holds what a match of one of the cues must.

        Where it does not, nothing in it matches.
        """
        for way in self.needed:  # loops and no any(): that makes a generator, which costs more than the look
            for needles in way:
                if needles.isdisjoint(held):
                    break
            else:
                return True
        return False

    def search(
        self, text: str, start: int = 0, end: int = sys.maxsize, held: Set[str] | None = None
    ) -> re.Match[str] | None:
        """The first match in `text` between two places; `held` are the needles that the text may hold, if known."""
        return self.regex.search(text, start, end) if held is None or self.may_match(held) else None

    def stands(self, text: str, held: Set[str] | None = None) -> bool:
        """Whether there is a match; each cue is tried by itself, and of a long list most never are."""
        for one in self.ones:  # a loop, as in `may_match`
            if held is not None and not one.may_match(held):
                continue
            if one.regex.search(text) is not None:
                return True
        return False

    def finditer(
        self, text: str, start: int = 0, end: int = sys.maxsize, held: Set[str] | None = None
    ) -> Iterator[re.Match[str]]:
        """The matches in order, none overlapping another."""
        if held is not None and not self.may_match(held):
            return iter(())
        if self._finder is None:
            heads = heads_of(self.source)
            self._finder = Anchored(self.regex, heads) if heads else self.regex
        return self._finder.finditer(text, start, end)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match of the whole text."""
        return self.regex.fullmatch(text)

    def overlapping(self, text: str, held: Set[str] | None = None) -> Iterator[re.Match[str]]:
        """Every match, also those that begin inside another (finditer would hide a nearer filler)."""
        if held is not None and not self.may_match(held):
            return
        search, position = self.regex.search, 0
        while (match := search(text, position)) is not None:
            yield match
            position = match.start() + 1


@lru_cache(maxsize=8192)  # what a file says for all its rules is one pattern
def _pattern(cues: tuple[str, ...], vocabulary: Vocabulary) -> Pattern:
    sources = [pattern_source(cue, vocabulary) for cue in cues]  # first: it tells what is wrong with a cue
    read = [(source, parts_of(cue, vocabulary)) for cue, source in zip(cues, sources, strict=True)]
    plain = [(source, way) for source, way in read if _NAMED not in way]
    return Pattern(read, Pattern(plain) if len(plain) < len(read) else None)


def _shortest(ways: Iterable[Way]) -> tuple[Way, ...]:
    """The same ways, those with one part as one."""
    ways = tuple(dict.fromkeys(ways))
    if () in ways:
        return ((),)
    several = tuple(way for way in ways if len(way) > 1)
    single = frozenset[str]().union(*(part for part, *others in ways if not others))
    return ((single,), *several) if single else several


def _alternation(sources: Iterable[str]) -> str:
    sources = list(sources)
    return grouped(sources) if sources else NOTHING


@lru_cache(maxsize=8192)  # the tests of a language's cues compile most of its rules again for each of them
def _compiled(source: str) -> re.Pattern[str]:
    return expression(found_sooner(source))
