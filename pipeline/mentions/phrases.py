"""Which of many phrases stands directly before or after a position: cheap enough to ask at every number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from pipeline.expressions import expression
from pipeline.mentions.lexicon import alternatives


class Phrases:
    """A set of phrases, longest first, looked up in lower-case folded text.

    In a language whose words are written apart, a phrase's letters must not run on into other letters, and
    one space may stand between the phrase and the position.
    """

    def __init__(self, words: Iterable[str], spaced: bool) -> None:
        """The phrases `words`; `spaced` tells whether words are written apart."""
        self._words = tuple(sorted({w.lower() for w in words if w}, key=lambda w: (-len(w), w)))
        self._spaced = spaced
        self._by_first, self._by_last = _by(self._words, 0), _by(self._words, -1)

    def __bool__(self) -> bool:
        """Whether there is any phrase."""
        return bool(self._words)

    @cached_property
    def _any(self) -> re.Pattern[str]:
        return expression(alternatives(self._words))

    def gap_before(self, text: str, position: int) -> int:
        """`position`, or that of the one space before it."""
        return position - 1 if self._spaced and position and text[position - 1] == " " else position

    def gap_after(self, text: str, position: int) -> int:
        """`position`, or behind the one space after it."""
        return position + 1 if self._spaced and text.startswith(" ", position) else position

    def ending(self, text: str, position: int, floor: int = 0) -> tuple[int, str] | None:
        """Start and words of the longest phrase that ends at `position` and begins at `floor` or later."""
        if not self._words:
            return None
        end = self.gap_before(text, position) if self._spaced else position
        if end <= floor:
            return None
        for word in self._by_last.get(text[end - 1], ()):
            start = end - len(word)
            if text.endswith(word, floor, end) and not (
                self._spaced
                and (
                    (word[0].isalnum() and start and text[start - 1].isalnum())
                    or (end == position and word[-1].isalnum() and text[end : end + 1].isalnum())
                )
            ):
                return start, word
        return None

    def starting(self, text: str, position: int) -> tuple[int, int, str] | None:
        """Start, end and words of the longest phrase that starts at `position` (or after one space)."""
        if not self._words:
            return None
        start = self.gap_after(text, position) if self._spaced else position
        for word in self._by_first.get(text[start : start + 1], ()):
            end = start + len(word)
            if text.startswith(word, start) and not (
                self._spaced
                and (
                    (word[-1].isalnum() and text[end : end + 1].isalnum())
                    or (start == position and word[0].isalpha() and start and text[start - 1].isalpha())
                )
            ):
                return start, end, word
        return None

    def within(self, text: str) -> list[tuple[int, int]]:
        """Every occurrence in `text`, phrase by phrase."""
        found: list[tuple[int, int]] = []
        if self._any.search(text) is None:
            return found
        for word in self._words:
            start = text.find(word)
            while start >= 0:
                end = start + len(word)
                if not self._spaced or not text[end : end + 1].isalnum():
                    found.append((start, end))
                start = text.find(word, end)
        return found


def _by(words: Sequence[str], place: int) -> Mapping[str, Sequence[str]]:
    """The words by their character at `place`, in their order."""
    found: dict[str, list[str]] = {}
    for word in words:
        found.setdefault(word[place], []).append(word)
    return found


class Spans:
    """Spans of a text that are not to be touched."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        """`spans` in any order; they may overlap."""
        self._merged: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if self._merged and start <= self._merged[-1][1]:
                self._merged[-1] = (self._merged[-1][0], max(self._merged[-1][1], end))
            else:
                self._merged.append((start, end))
        self._next = 0

    def pass_to(self, start: int, end: int) -> tuple[bool, int]:
        """Whether a span overlaps `start` to `end`, and where the last one before `start` ends (else 0).

        To be asked in the order of the text: spans passed are not looked at again.
        """
        while self._next < len(self._merged) and self._merged[self._next][1] <= start:
            self._next += 1
        overlaps = self._next < len(self._merged) and self._merged[self._next][0] < end
        return overlaps, self._merged[self._next - 1][1] if self._next else 0
