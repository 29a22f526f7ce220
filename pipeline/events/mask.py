"""A sentence with every mention reduced to one sign, so that a cue can speak of "[DATE]" or "[NAME]".

"extend the mandate of UNTOP until 1 June 2004" becomes "extend the mandate of N until D" (N and D are private-use
characters): patterns over it are short, fast and the same kind of thing in every language. The map leads back to
the mention and to the characters of the paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from pipeline.events.adverbials import Adverbials
from pipeline.events.strings import Strings
from pipeline.model import (
    DateMention,
    DurationMention,
    Mention,
    Mentions,
    NameMention,
    QuantityMention,
)
from pipeline.text import fold, lowered

# Private-use characters (Unicode block E000-F8FF): they cannot stand in a document's own words.
SIGNS = {
    "DATE": "\ue000",
    "DURATION": "\ue001",
    "COUNT": "\ue002",
    "NAME": "\ue003",
    "ANAPHOR": "\ue004",
    "REF": "\ue005",
    "SET": "\ue006",
    "AMOUNT": "\ue007",
    "WHEN": "\ue008",
    "TRIGGER": "\ue00f",
}
_DATE = SIGNS["DATE"]
_MARKS = " ,;:，、；："
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_BRACKETS = re.compile(r"\([^()]{0,100}\)")


def _replaced(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for letter, other in pairs:  # faster than str.translate, which looks every character up
        text = text.replace(letter, other)
    return text


@dataclass(frozen=True, slots=True)
class Writing:
    """What a language's spelling leaves open: characters that are not looked at, letters that count as others."""

    letters: tuple[tuple[str, str], ...] = ()
    ignored: str = ""
    bracketed: tuple[tuple[str, str], ...] = ()  # marks that count as others inside round brackets

    def equal(self, text: str) -> str:
        """`text` with letters that count as others replaced, character for character."""
        return _replaced(text, self.letters)

    def aside(self, text: str) -> str:
        """`text` with the marks inside round brackets replaced, character for character: they end no clause."""
        if not self.bracketed or "(" not in text:
            return text
        return _BRACKETS.sub(lambda match: _replaced(match.group(), self.bracketed), text)

    def spelled(self, text: str) -> str:
        """`text` as cues and masked sentences write it."""
        return self.seen(self.equal(text))

    def seen(self, text: str) -> str:
        """`text` without the characters that are not looked at."""
        for character in self.ignored:
            text = text.replace(character, "")
        return text

    def runs(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        """The stretches of `text` from `start` to `end` between ignored characters."""
        if not self.ignored:
            return [(start, end)]
        marks = re.finditer(f"[{re.escape(self.ignored)}]+", text[start:end])
        bounds = [start, *(start + b for m in marks for b in m.span()), end]
        return list(zip(bounds[::2], bounds[1::2], strict=True))


PLAIN = Writing()


def sign_of(mention: Mention) -> str:
    """The kind of sign that stands for a mention."""
    if isinstance(mention, DateMention):
        return "SET" if mention.timex_type == "SET" else "DATE"
    if isinstance(mention, DurationMention):
        return "DURATION"
    if isinstance(mention, QuantityMention):
        return "COUNT" if mention.kind == "cardinal" and isinstance(mention.value, int) else "AMOUNT"
    if isinstance(mention, NameMention):
        return "ANAPHOR" if mention.kind == "anaphor" else "NAME"
    return "REF"


def signs_of(mentions: Mentions) -> frozenset[str]:
    """The signs that a paragraph with these mentions may hold when it is masked."""
    dates, durations, quantities, names, references = mentions
    signs = {SIGNS[sign_of(some[0])] for some in (durations, references) if some} if durations or references else set()
    for kind in (dates, quantities, names):
        for mention in kind:
            signs.add(SIGNS[sign_of(mention)])
    if SIGNS["DATE"] in signs:
        signs.add(SIGNS["WHEN"])
    return frozenset(signs)


@dataclass(frozen=True, slots=True)
class Masked:
    """The masked text, lower case, and the way back."""

    text: str
    starts: tuple[int, ...]  # masked positions at which a new run begins
    offsets: tuple[int, ...]  # the paragraph offset of each run's first character
    mentions: dict[int, Mention]  # masked position of a sign -> its mention
    held: frozenset[str]  # the needles of the language's cues that it holds

    def original(self, position: int) -> int:
        """The paragraph offset of a masked position (of its start)."""
        run = bisect_right(self.starts, position) - 1
        return self.offsets[run] + position - self.starts[run]

    def original_end(self, position: int) -> int:
        """The paragraph offset at which the masked text before `position` ends."""
        if position == 0:
            return self.offsets[0]
        mention = self.mentions.get(position - 1)
        return mention.end if mention is not None else self.original(position - 1) + 1


_start_of = attrgetter("start")
_FEW = 16  # mentions that are gone through sooner than searched


def _ordered(mentions: Mentions, start: int, end: int) -> list[Mention]:
    """Mentions inside the span, none overlapping: what belongs to a reference is the reference's.

    Those of each kind are in the order of the text.
    """
    taken: list[Mention] = []
    kinds: tuple[Sequence[Mention], ...] = (
        mentions.references,
        mentions.names,
        mentions.dates,
        mentions.durations,
        mentions.quantities,
    )
    starts: list[int] = []  # of what is taken, ascending, and the ends beside them
    ends: list[int] = []
    for kind in kinds:
        for mention in kind[bisect_left(kind, start, key=_start_of) :] if len(kind) > _FEW else kind:
            if mention.start >= end:
                break
            if mention.start < start or mention.end > end or mention.start >= mention.end:
                continue
            place = bisect_left(starts, mention.end)  # those before it begin before the mention ends
            if place and ends[place - 1] > mention.start:
                continue
            taken.append(mention)
            starts.insert(place, mention.start)
            ends.insert(place, mention.end)
    taken.sort(key=_start_of)
    return taken


def lower(text: str, writing: Writing = PLAIN) -> str:
    """A paragraph as cues are matched on it: lower case, spelling variants as one, character for character."""
    return spelled(lowered(fold(text)), writing)


def spelled(low: str, writing: Writing) -> str:
    """The same of a text that is folded and in lower case already."""
    if not low.isprintable():  # to ask this takes a third of the time of the search
        low = _PRIVATE.sub(" ", low)
    return writing.aside(writing.equal(low))


def masked(
    low: str,
    mentions: Mentions,
    start: int,
    end: int,
    classifiers: re.Pattern[str] | None,
    writing: Writing,
    needles: Strings,
    adverbials: Adverbials | None = None,
) -> Masked:
    """Characters `start` to `end` of a paragraph (`lower`) with its mentions as signs, looked through for `needles`.

    A word of `classifiers` that ends a count stays outside its sign: cues tell 11 people from 11 sessions by it.
    Where number and noun are one word, the word stays as well. A date that stands as one of `adverbials` is a WHEN,
    and so is an interval with the words that frame it.
    """
    pieces: list[str] = []
    starts, offsets = [0], [start]
    found: dict[int, Mention] = {}
    position, length = start, 0
    for mention in _ordered(mentions, start, end):
        if isinstance(mention, NameMention) and found:
            # "United Nations Observer Mission in Georgia (UNOMIG)": one body, one sign
            last = found.get(length - 1) if position == mentions_end(found, length) else None
            between = low[position : mention.start]
            if (
                isinstance(last, NameMention)
                and between.strip() in ("(", "")
                and last.id == mention.id
                and last.id is not None
                and low[mention.end : mention.end + 1] == ")"
            ):
                position = mention.end + 1
                starts.append(length)
                offsets.append(position)
                continue
        sign, first = SIGNS[sign_of(mention)], mention.start
        if adverbials is not None and sign == _DATE and isinstance(mention, DateMention):
            first = max(position, adverbials.start(low, mention))
            sign = SIGNS["WHEN"] if first < mention.start or adverbials.hold(low, mention) else sign
        length = _append(low, writing.runs(low, position, first), pieces, starts, offsets, length)
        found[length] = mention
        pieces.append(sign)
        stop = mention.end
        if classifiers is not None and isinstance(mention, QuantityMention):
            tail = classifiers.search(low, mention.number_end, mention.end)
            # "11人", and "11人左右": a hedge may follow
            if tail is not None and (tail.end() == mention.end or tail.start() == mention.number_end):
                stop = tail.start()
        starts.extend((length, length + 1))
        offsets.extend((first, stop))
        length += 1
        if isinstance(mention, QuantityMention) and 0 <= mention.unit_start == mention.number_start:
            # number and noun in one word (a dual): the noun stays to be seen, behind the sign
            stop = mention.number_start
            pieces.append(" ")
            starts.append(length + 1)
            offsets[-1:] = [stop, stop]
            length += 1
        position = stop
    _append(low, writing.runs(low, position, end), pieces, starts, offsets, length)
    text = "".join(pieces)
    return Masked(text, tuple(starts), tuple(offsets), found, needles.within(text))


def _append(
    low: str, runs: list[tuple[int, int]], pieces: list[str], starts: list[int], offsets: list[int], length: int
) -> int:
    """Adds stretches of text to the masked text; its new length."""
    for number, (a, b) in enumerate(runs):
        if number:
            starts.append(length)
            offsets.append(a)
        pieces.append(low[a:b])
        length += b - a
    return length


def word_start(text: str, start: int, end: int) -> int:
    """Where the words of a stretch of masked text begin, past spaces and marks."""
    return end - len(text[start:end].lstrip(_MARKS))


def mentions_end(found: dict[int, Mention], length: int) -> int:
    """Where the mention whose sign was written last ends in the paragraph; -1 where text follows it."""
    mention = found.get(length - 1)
    return mention.end if mention is not None else -1
