"""What interrupts a sentence: "the elections were held, as the Council had asked, on 5 May".

A cue that reaches from a trigger to a date tells how the two stand to each other, not what may be thrown in between.
So a sentence that is interrupted is read twice, the second time without what interrupts it, and what the second reading
says more than the first one counts. What is thrown in stands between two commas and begins with words that the grammar
of a language names, or in brackets.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.events.alternations import tree
from pipeline.events.mask import SIGNS, Masked
from pipeline.expressions import expression
from pipeline.model import Mention

_WIDEST = 160  # characters that are taken for thrown in, at most, and of an island before and after a trigger
_MARKS = ",;:()、"  # of those that `lower` leaves
_FILLERS = "".join(SIGNS[kind] for kind in ("DATE", "WHEN", "DURATION", "COUNT", "SET"))


@dataclass(frozen=True, slots=True)
class Asides:
    """What is thrown into sentences of a language."""

    thrown_in: re.Pattern[str]
    clauses: re.Pattern[str] | None
    opening: re.Pattern[str] | None  # of an island

    @classmethod
    def of(cls, begins: Sequence[str], clauses: Sequence[str], islands: Sequence[str], *, spaced: bool) -> Asides:
        """From words as texts have them in lower case: `begins` of what tells of no date or number, `clauses` of what
        may tell of its own, `islands` of relative clauses of which nothing outside of them tells."""

        def after_comma(words: Sequence[str], closed: str, but: Sequence[str] = ()) -> str:
            other = rf"(?!\s*(?:{_any_of(but, spaced)}))" if but else ""
            return rf",\s*(?:{_any_of(words, spaced)}){other}[^{closed}]{{0,{_WIDEST}}}"

        # a point of a list has letters in brackets; where no space stands between words, some of a script may be words
        letter = r"\w{1,3}\)" if spaced else r"[a-z\d]{1,3}\)"
        brackets = rf"\((?!{letter})[^(){_FILLERS}]{{1,{_WIDEST}}}\)"
        words = after_comma(begins, _MARKS + _FILLERS, clauses)
        return cls(
            # two in a row have one comma between them; each way begins with a character, so `re` looks at little else
            expression(f"{brackets}|{words}(?:{words})*,"),
            expression(f"{after_comma(clauses, _MARKS)},") if clauses else None,
            expression(rf",\s*(?:{_any_of(islands, spaced)})") if islands else None,
        )

    def clause_around(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """The island of a masked sentence in which a stretch stands, from comma to mark; None if in none."""
        first, last = max(0, start - _WIDEST), min(len(text), end + _WIDEST)  # a long sentence must not cost its square
        low = max(text.rfind(mark, first, start) for mark in _MARKS)
        if self.opening is None or low < 0 or self.opening.match(text, low) is None:
            return None
        return low, min((place for mark in _MARKS if (place := text.find(mark, end, last)) >= 0), default=last)

    def without(self, sentence: Masked) -> tuple[Masked | None, Masked | None]:
        """The sentence without what is thrown in, and without relative clauses too; None where it has none."""
        text = sentence.text
        if "(" not in text and text.count(",") < 2:  # most sentences have no place for it
            return None, None
        plain = _cut(sentence, self.thrown_in)
        return plain, _cut(plain or sentence, self.clauses) if self.clauses is not None else None


def _cut(sentence: Masked, pattern: re.Pattern[str]) -> Masked | None:
    """A sentence without what a pattern matches, and the spaces before that; None where it matches nothing."""
    text = sentence.text
    kept: list[tuple[int, int]] = []
    end = 0
    for match in pattern.finditer(text):
        kept.append((end, end + len(text[end : match.start()].rstrip())))
        end = match.end()
    if not kept:
        return None
    kept.append((end, len(text)))
    pieces: list[str] = []
    starts, offsets = list[int](), list[int]()
    mentions: dict[int, Mention] = {}
    places = list(sentence.mentions)  # in the order of the text
    length = 0
    for low, high in kept:
        if low == high:
            continue
        pieces.append(text[low:high])
        for run in range(bisect_right(sentence.starts, low) - 1, bisect_left(sentence.starts, high)):
            start = max(low, sentence.starts[run])
            starts.append(length + start - low)
            offsets.append(sentence.offsets[run] + start - sentence.starts[run])
        for place in places[bisect_left(places, low) : bisect_left(places, high)]:
            mentions[length + place - low] = sentence.mentions[place]
        length += high - low
    if not pieces:
        return None
    return Masked("".join(pieces), tuple(starts), tuple(offsets), mentions, sentence.held)


def _any_of(words: Sequence[str], spaced: bool) -> str:
    """One of the words; where spaces stand between words, a whole one, be it that it is elided (qu')."""
    whole = tuple(sorted(word for word in words if spaced and word[-1].isalnum()))
    others = tuple(sorted(set(words).difference(whole)))
    return "|".join([rf"{tree(whole)}(?!\w)"] * bool(whole) + [tree(others)] * bool(others))
