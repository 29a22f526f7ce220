"""Filling a slot: which mention of the right type stands by one of the slot's cues, nearest to the trigger."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from pipeline.events.mask import SIGNS, Masked
from pipeline.events.patterns import Pattern
from pipeline.events.rules import CompiledRule
from pipeline.events.types import EventType
from pipeline.events.types import Slot as SlotType
from pipeline.model import (
    DateMention,
    DurationMention,
    Mention,
    NameMention,
    QuantityMention,
    ReferenceMention,
    Slot,
)

# Which signs may fill a slot of a type. A reference fills a date slot with the date that belongs to it.
FILLERS = {
    "name": SIGNS["NAME"] + SIGNS["ANAPHOR"],
    "date": SIGNS["DATE"] + SIGNS["WHEN"] + SIGNS["REF"],
    "duration": SIGNS["DURATION"] + SIGNS["DATE"] + SIGNS["WHEN"],  # "for the next twelve months"
    "count": SIGNS["COUNT"],
}
_A_WORD = "x"  # that no cue speaks of
_MANY = 12  # signs in a match, beyond which it is not asked which of them it speaks of: a list, or a hostile line
_ALL_SIGNS = frozenset(SIGNS.values()) - {SIGNS["TRIGGER"]}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention that could fill a slot: its masked position, how far from the trigger, which pattern found it."""

    position: int
    distance: int
    rank: int
    adjacent: bool  # the pattern has no gap: the cue stands right beside the mention
    mention: Mention | None
    text: tuple[int, int] | None = None  # for slots of type text: masked span


@dataclass(frozen=True, slots=True)
class Scope:
    """The stretch of a masked sentence in which a trigger looks for its slots."""

    masked: Masked
    start: int
    end: int
    trigger_start: int
    trigger_end: int

    @property
    def text(self) -> str:
        """The scope's masked text."""
        return self.masked.text[self.start : self.end]

    @property
    def marked(self) -> str:
        """The scope's masked text with the trigger reduced to its own sign."""
        text = self.masked.text
        return text[self.start : self.trigger_start] + SIGNS["TRIGGER"] + text[self.trigger_end : self.end]

    def position(self, offset: int, marked: bool) -> int:
        """The masked position of an offset in `text` or (marked) in `marked`."""
        position = self.start + offset
        if marked and position > self.trigger_start:
            position += self.trigger_end - self.trigger_start - 1
        return position

    def may_fill(self, kind: SlotType) -> bool:
        """Whether a mention stands in it that fills such a slot, or words do."""
        text, signs = self.masked.text, FILLERS.get(kind.type, "")
        return not signs or any(text.find(sign, self.start, self.end) >= 0 for sign in signs)

    def distance(self, position: int) -> int:
        """Characters between a masked position and the trigger."""
        if position < self.trigger_start:
            return self.trigger_start - position
        return max(0, position - self.trigger_end)


def stands(pattern: Pattern, scope: Scope) -> bool:
    """Whether a pattern matches in the scope, with the trigger as words or (where it speaks of it) as its sign."""
    held = scope.masked.held
    if not pattern.may_match(held):
        return False
    if pattern.plain.stands(scope.text, held):
        return True
    return pattern.marked and pattern.stands(scope.marked, held)


def candidates(rule: CompiledRule, slot: str, kind: SlotType, scope: Scope, skipped: set[int]) -> list[Candidate]:
    """All fillers of a slot in the scope, best first: by the order of the patterns, then by distance.

    A date that is stated and cannot be resolved ("on 10 October", in a document without a date) is one where no other
    is there: an election is at a stated time all the same, and its slot stays empty.
    """
    found: dict[int, Candidate] = {}
    for rank, pattern in enumerate(rule.slots.get(slot, ())):
        if not pattern.may_match(scope.masked.held):
            continue
        # a sign that only a gap of the pattern passed over fills nothing
        signs = pattern.signs.intersection(FILLERS.get(kind.type, ""))
        marked = pattern.marked
        text = scope.marked if marked else scope.text
        beside = not pattern.gapped
        for match in pattern.overlapping(text):
            if kind.type == "text":
                start, end = match.span("text")
                position = scope.position(start, marked)
                span = (position, scope.position(end, marked))
                found.setdefault(position, Candidate(position, scope.distance(position), rank, beside, None, span))
                continue
            offsets = [offset for offset in range(match.start(), match.end()) if text[offset] in signs]
            if not beside and 1 < len(offsets) <= _MANY:
                offsets = _spoken_of(pattern, match, offsets)
            for offset in offsets:
                position = scope.position(offset, marked)
                mention = scope.masked.mentions.get(position)
                if mention is None or position in skipped or not _fits(kind, mention):
                    continue
                found.setdefault(position, Candidate(position, scope.distance(position), rank, beside, mention))
    ordered = sorted(found.values(), key=lambda c: (c.rank, c.distance, c.position))
    return [c for c in ordered if c.mention is None or _is_resolved(c.mention)] or ordered


def _spoken_of(pattern: Pattern, match: re.Match[str], offsets: list[int]) -> list[int]:
    """Those of the offsets of signs in a match that the pattern speaks of; all of them where it wants several.

    It speaks of one where it matches all the same with words in the place of the others.
    """
    words = list(match.string[match.start() : match.end()])
    for offset in offsets:
        words[offset - match.start()] = _A_WORD
    meant = []
    for offset in offsets:
        place = offset - match.start()
        words[place] = match.string[offset]
        if pattern.regex.match("".join(words)) is not None:
            meant.append(offset)
        words[place] = _A_WORD
    return meant or offsets


def barred(pattern: Pattern, scope: Scope) -> set[int]:
    """The masked positions of the mentions that a pattern of `never` holds.

    The cues that speak of the trigger are matched where it stands as its sign, the others where it stands as words:
    a mention may be among these.
    """
    if not pattern.marked:
        return _held(pattern, scope)
    return {place for one in pattern.ones for place in _held(one, scope)}


def _held(pattern: Pattern, scope: Scope) -> set[int]:
    text = scope.marked if pattern.marked else scope.text
    return {
        scope.position(offset, pattern.marked)
        for match in pattern.overlapping(text, scope.masked.held)
        for offset in range(match.start(), match.end())
        if text[offset] in _ALL_SIGNS
    }


def _fits(kind: SlotType, mention: Mention) -> bool:
    if isinstance(mention, DateMention):
        length = mention.timex_type == "DURATION"  # counted from the letter: what is told is how long, not from when
        if kind.type == "duration":
            past = mention.anchor is not None and (mention.edtf or "").endswith(f"/{mention.anchor}")
            return length and not past  # "over the past year" is no length of what is decided
        return not (length and kind.part != "whole") and (_is_resolved(mention) or _is_stated(mention))
    return _is_resolved(mention)


def _is_resolved(mention: Mention) -> bool:
    date = mention.date if isinstance(mention, ReferenceMention) else mention
    return date.edtf is not None if isinstance(date, DateMention) else date is not None


def _is_stated(mention: Mention) -> bool:
    return (
        isinstance(mention, DateMention) and mention.timex_type == "DATE" and not mention.timex_value.endswith("_REF")
    )


def value_of(kind: SlotType, mention: Mention, name: str) -> str | int | float | None:
    """The normalised value that a mention gives to a slot; None where it has none."""
    if isinstance(mention, ReferenceMention):
        return value_of(kind, mention.date, name) if mention.date is not None else None
    if isinstance(mention, DateMention):
        if kind.type == "duration":
            return DurationMention(mention.start, mention.end, mention.text, mention.timex_value).calendar
        return date_value(kind, mention)
    if isinstance(mention, DurationMention):
        return mention.calendar
    if isinstance(mention, QuantityMention):
        return mention.value
    if isinstance(mention, NameMention):
        # "its mandate", and nothing before says whose: the words are kept (mission_text), no name is made up
        unresolved = mention.kind == "anaphor" and mention.id is None and mention.name == mention.text
        return "" if unresolved else mention.id or mention.name
    return None


def date_value(kind: SlotType, mention: DateMention) -> str | None:
    """A date as the slot wants it: its first day, its last day, or whole with its open end ("since 2013")."""
    edtf = mention.edtf
    if edtf is None:
        return None
    first, _, last = edtf.partition("/")
    if kind.part == "start":
        return first
    if kind.part == "end":
        last = last or first
        # "until the end of June 2002" names a day: the last one
        if mention.modifier == "end" and mention.latest is not None and len(last) < len("2002-06-30"):
            return mention.latest.isoformat()
        return last
    if "/" in edtf:  # "since the fiscal year 1991-1992": what began in it goes on
        return f"{first}/.." if mention.bound == "since" else edtf
    if mention.bound in ("since", "from"):
        # a year is no day of taking effect: "from 2013 on it set up 12 centres"
        return edtf if kind.point and mention.bound == "from" and len(edtf) > len("2013") else f"{edtf}/.."
    if mention.bound in ("by", "before"):
        return f"../{edtf}"
    return edtf


def filled(name: str, kind: SlotType, candidate: Candidate, scope: Scope, paragraph: str) -> Slot | None:
    """The slot with its value, or None where the mention has no value for it."""
    if candidate.text is not None:
        start = scope.masked.original(candidate.text[0])
        end = scope.masked.original_end(candidate.text[1])
        words = paragraph[start:end].strip()
        return Slot(name, words, None) if words else None
    if candidate.mention is None:
        return None
    value = value_of(kind, candidate.mention, name)
    return None if value is None else Slot(name, value, candidate.mention)


def is_interval(mention: Mention | None) -> bool:
    """Whether a mention tells of a first and a last day; a length counted from the letter does not."""
    return isinstance(mention, DateMention) and "/" in (mention.edtf or "") and mention.timex_type != "DURATION"


def of_interval(slot: Slot) -> bool:
    """Whether the slot's date is two in the text: "the fiscal year 1991-1992"."""
    return isinstance(slot.mention, DateMention) and "/" in (slot.mention.edtf or "")


def halves(candidate: Candidate) -> list[Candidate]:
    """The two dates of a list that is one mention ("in June and September 2008"); none where it is no such list."""
    mention = candidate.mention
    if not isinstance(mention, DateMention) or mention.bound is not None:
        return []
    first, _, last = (mention.edtf or "").partition("/")
    if not last or ".." in (first, last):
        return []
    return [replace(candidate, mention=replace(mention, edtf=day)) for day in (first, last)]


def interval_slots(event: EventType, slots: dict[str, Slot]) -> dict[str, Slot]:
    """Slots with an interval taken apart: `period` 2002-01-01/2002-12-31 gives start and end."""
    result = dict(slots)
    for whole, parts in event.interval.items():
        first_day, last_day = (result.get(part) for part in parts)
        if first_day is not None and last_day is not None and _ends_otherwise(first_day.mention, last_day):
            del result[parts[0]]  # the first day is that of something else, too
        slot = result.pop(whole, None)
        if slot is None or not isinstance(slot.value, str):
            continue
        first, _, last = slot.value.partition("/")
        told = [(part, value) for part, value in zip(parts, (first, last), strict=True) if value and value != ".."]
        if any(part in result and result[part].value != value for part, value in told):
            continue  # the interval is of something else: "visited it from 3 to 9 May; extended until 13 March"
        for part, value in told:
            result.setdefault(part, Slot(part, value, slot.mention))
    return result


def _ends_otherwise(mention: Mention | None, last_day: Slot) -> bool:
    """Whether a mention is an interval that has another end."""
    end = (mention.edtf or "").partition("/")[2] if isinstance(mention, DateMention) else ""
    return end not in ("", "..", last_day.value) and mention is not last_day.mention


def is_after(edtf: str, anchor: dt.date) -> bool:
    """Whether an EDTF date (its first day) lies wholly after a day."""
    first = edtf.partition("/")[0]
    if first in ("", ".."):
        first = edtf.partition("/")[2]
    padded = (first + "-01-01"[len(first) - 4 :]) if len(first) >= 4 else ""
    try:
        return dt.date.fromisoformat(padded[:10]) > anchor
    except ValueError:
        return False
