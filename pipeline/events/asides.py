"""What interrupts a sentence: "the elections were held, as the Council had asked, on 5 May".

A cue that reaches from a trigger to a date tells how the two stand to each other, not what may be thrown in between.
So a sentence that is interrupted is read twice, the second time without what interrupts it, and what the second reading
says more than the first one counts. What is thrown in stands between two commas and begins with words that the grammar
of a language names, or in brackets.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.events.mask import SIGNS, Masked
from pipeline.expressions import expression

_LETTER = 4  # characters in brackets; fewer are the letter or the number of a point in a list
_WIDEST = 160  # characters that are taken for thrown in, at most
_MARKS = ",;:()，、；：،؛"
_FILLERS = "".join(SIGNS[kind] for kind in ("DATE", "WHEN", "DURATION", "COUNT", "SET"))


@dataclass(frozen=True, slots=True)
class Asides:
    """What is thrown into sentences of a language."""

    thrown_in: re.Pattern[str]
    clauses: re.Pattern[str] | None

    @classmethod
    def of(cls, begins: Sequence[str], clauses: Sequence[str], spaced: bool) -> Asides:
        """From words as texts have them in lower case: `begins` of what tells of no date or number, `clauses` of what
        may tell of its own."""

        def between_commas(words: Sequence[str], closed: str, but: Sequence[str] = ()) -> str:
            other = rf"(?!\s*(?:{_any_of(but, spaced)}))" if but else ""
            return rf"\s*[,，،]\s*(?:{_any_of(words, spaced)}){other}[^{closed}]{{0,{_WIDEST}}}[,，،]"

        brackets = rf"\s*\([^(){_FILLERS}]{{{_LETTER},{_WIDEST}}}\)"
        return cls(
            expression(f"{brackets}|{between_commas(begins, _MARKS + _FILLERS, clauses)}"),
            expression(between_commas(clauses, _MARKS)) if clauses else None,
        )

    def without(self, sentence: Masked) -> tuple[Masked | None, Masked | None]:
        """The sentence without what is thrown in, and without relative clauses too; None where it has none."""
        plain = _cut(sentence, self.thrown_in)
        return plain, _cut(plain or sentence, self.clauses) if self.clauses is not None else None


def _cut(sentence: Masked, pattern: re.Pattern[str]) -> Masked | None:
    gaps = [match.span() for match in pattern.finditer(sentence.text)]
    return _without(sentence, gaps) if gaps else None


def _without(sentence: Masked, gaps: Sequence[tuple[int, int]]) -> Masked | None:
    """The sentence without some stretches of it; None where nothing is left."""
    text = sentence.text
    kept = [*zip([0, *(end for _, end in gaps)], [*(start for start, _ in gaps), len(text)], strict=True)]
    pieces: list[str] = []
    starts: list[int] = []
    offsets: list[int] = []
    mentions = {}
    length = 0
    for low, high in kept:
        if low == high:
            continue
        pieces.append(text[low:high])
        first = bisect_right(sentence.starts, low) - 1
        for place in range(first, len(sentence.starts)):
            if sentence.starts[place] >= high:
                break
            start = max(low, sentence.starts[place])
            starts.append(length + start - low)
            offsets.append(sentence.offsets[place] + start - sentence.starts[place])
        for position, mention in sentence.mentions.items():
            if low <= position < high:
                mentions[length + position - low] = mention
        length += high - low
    if not pieces:
        return None
    return replace(sentence, text="".join(pieces), starts=tuple(starts), offsets=tuple(offsets), mentions=mentions)


def _any_of(words: Sequence[str], spaced: bool) -> str:
    """One of the words; where spaces stand between words, a whole one, be it that it is elided (qu')."""
    ends = {word: r"(?!\w)" if spaced and word[-1].isalnum() else "" for word in words}
    return "|".join(re.escape(word) + ends[word] for word in sorted(words, key=len, reverse=True))
