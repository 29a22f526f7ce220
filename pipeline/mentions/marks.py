"""Texts with vowel marks, read as if they had none: the mentions found in the bare text, placed in the full one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from pipeline.model import DateMention, DurationMention, QuantityMention, ReferenceMention
from pipeline.text import Folded

Marked = TypeVar("Marked", DateMention, DurationMention, QuantityMention, ReferenceMention)


class Bare:
    """A text without its marks. All offsets are in characters."""

    __slots__ = ("_full", "_places", "text")

    text: Folded

    def __init__(self, full: Folded, marks: frozenset[str]) -> None:
        """`full` without the characters that are `marks`."""
        self._full = full.text
        self._places: list[int] | None = None
        self.text = full
        if marks and not marks.isdisjoint(full.text):
            self._places = [i for i, c in enumerate(full.text) if c not in marks]
            self.text = Folded.of("".join(full.text[i] for i in self._places))

    def spans(self, full: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Spans of the full text as spans of the bare one."""
        places = self._places
        if places is None:
            return list(full)
        return [(bisect_left(places, a), bisect_left(places, b)) for a, b in full]

    def placed(self, mentions: list[Marked]) -> list[Marked]:
        """Mentions of the bare text as mentions of the full one: a mark belongs to the letter that it stands on."""
        return mentions if self._places is None else [self._placed(m) for m in mentions]

    def _placed(self, mention: Marked) -> Marked:
        start, end = self._start(mention.start), self._end(mention.end)
        if isinstance(mention, QuantityMention):
            return replace(
                mention,
                start=start,
                end=end,
                text=self._full[start:end],
                unit_start=self._start(mention.unit_start),
                unit_end=self._end(mention.unit_end),
                number_start=self._start(mention.number_start),
                number_end=self._end(mention.number_end),
            )
        if isinstance(mention, ReferenceMention) and mention.date is not None:
            mention = replace(mention, date=self._placed(mention.date))
        return replace(mention, start=start, end=end, text=self._full[start:end])

    def _start(self, place: int) -> int:
        assert self._places is not None
        return place if place < 0 else self._places[place] if place < len(self._places) else len(self._full)

    def _end(self, place: int) -> int:
        return place if place < 0 else self._start(place)
