"""Two versions of a paragraph held against each other: numbers, dates and durations that one has and the other lacks.

Translators change much that is no difference: a year is twelve months, "both" is two, 万 is ten thousand, a year stands
once for two dates. So what one version lacks is looked for in all that the other can be read to say, and only what is
then left over is told: another number in the place of this one, or a figure or date that is nowhere to be seen.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from pipeline.agreement.items import Item, Kind, Side, days_of, scaled, two_years

_COUNTED = 3  # below it numbers come and go: "a", "both", the dual
_UNTRANSLATED = 8  # characters: words so long that stand in both say the same in both
_WORDS = 12  # numbers up to here are written in words in some languages
_BEFORE_NOTES = tuple(",.;:\"'”’])»[(（〔")

Severity = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One disagreement; an item that one side lacks is None there."""

    severity: Severity
    aspect: str  # number, date, duration, qualifier
    left: Item | None
    right: Item | None


def differences(left: Side, right: Side) -> list[Difference]:
    """How the two sides differ in numbers, dates, durations and hedges."""
    found: list[Difference] = []
    for kind in ("number", "date", "duration"):
        mine = [item for item in left.items if item.kind == kind and not _found(item, right)]
        theirs = [item for item in right.items if item.kind == kind and not _found(item, left)]
        found += _told(kind, _once(mine), _once(theirs), left, right)
    return found + _hedges(left, right)


def _once(items: list[Item]) -> list[Item]:
    """Each value once."""
    first: dict[object, Item] = {}
    for item in items:
        first.setdefault(item.value, item)
    return list(first.values())


def _found(item: Item, side: Side) -> bool:
    """Whether the side says it, or may be read to."""
    if any(other.kind == item.kind and other.value == item.value for other in side.items):
        return True
    if len(item.text) >= _UNTRANSLATED and any(item.text in text for text in side.texts.values()):
        return True
    if item.kind == "number":
        assert isinstance(item.value, float)
        return item.value in side.numbers or scaled(item.value, side.numbers)
    if item.kind == "date":
        there = {day for other in side.items if other.kind == "date" for day in days_of(other.value)}
        return all(day in there or (len(day) == 4 and float(day) in side.numbers) for day in days_of(item.value))
    return False


def _told(kind: Kind, mine: list[Item], theirs: list[Item], left: Side, right: Side) -> list[Difference]:
    pairs = [(a, b) for a, b in _pairs(kind, mine, theirs) if not _same_but_coarser(a, b)]
    found = [Difference("high", kind, a, b) for a, b in pairs if _is_other(a, b)]
    if kind == "duration":
        return found  # a length of time may become a date, or an adjective
    if kind == "date":
        found += [Difference("high", kind, a, b) for a in mine for b in _coarser(a, left, right)]
        found += [Difference("high", kind, b, a) for a in theirs for b in _coarser(a, right, left)]
    paired = {id(item) for pair in pairs for item in pair}
    if not theirs or kind == "date":
        found += [Difference("high", kind, a, None) for a in mine if id(a) not in paired and _is_missed(a, left, right)]
    if not mine or kind == "date":
        found += [
            Difference("high", kind, None, b) for b in theirs if id(b) not in paired and _is_missed(b, right, left)
        ]
    return found


def _pairs(kind: Kind, mine: list[Item], theirs: list[Item]) -> list[tuple[Item, Item]]:
    """What stands in the place of what: as many on both sides, of one sort each, in order."""
    pairs: list[tuple[Item, Item]] = []
    for sort in sorted({_sort(item) for item in (*mine, *theirs)}):
        some = [item for item in mine if _sort(item) == sort]
        others = [item for item in theirs if _sort(item) == sort]
        if len(some) == len(others) <= 2:
            pairs += zip(some, others, strict=True)
    return pairs


def _is_other(a: Item, b: Item) -> bool:
    """Whether one stands for another number or date, and is not the same in other words."""
    if a.kind == "number":
        if (a.figure and b.figure) or (a.used_by and b.used_by):
            return True
        small = (a.value, b.value) if isinstance(a.value, float) and isinstance(b.value, float) else (0.0, 0.0)
        return min(small) >= _COUNTED and (a.digits == b.digits or max(small) <= _WORDS)
    if a.kind == "date":
        if a.basis != b.basis or a.vague or b.vague:
            return False
        if a.basis != "explicit" and len(str(a.value)) != len(str(b.value)):
            return False  # "the previous year", "the last quarter": not one in the place of the other
        if a.basis != "explicit" and (said := _without_years(a)) and said == _without_years(b):
            return False  # "in September": of which year, neither text says
        # a year in one and a part of it in the other: "late 2017", 2017年下半年
        intervals = ["/" in str(item.value) for item in (a, b)]
        years = [{day[:4] for day in days_of(item.value)} for item in (a, b)]
        return intervals[0] == intervals[1] or years[0] != years[1]
    return True


def _without_years(item: Item) -> str:
    """What a date says of months and days; nothing where it is a year."""
    return "/".join(day[4:] for day in days_of(item.value)).strip("/")


def _same_but_coarser(a: Item, b: Item) -> bool:
    return a.kind == "date" and (f"{a.value}".startswith(f"{b.value}-") or f"{b.value}".startswith(f"{a.value}-"))


def _coarser(item: Item, here: Side, there: Side) -> list[Item]:
    """The date that stands for this one and has lost its day or month: "2013" for "May 2013"."""
    own = {other.value for other in here.items}
    found = [
        other
        for other in there.items
        if other.kind == "date"
        and other.value not in own
        and str(item.value).startswith(f"{other.value}-")
        and item.basis == other.basis == "explicit"
        and not (item.vague or other.vague or "/" in str(item.value))
        and not (len(str(item.value)) > 7 and float(str(item.value)[8:10]) in there.numbers)  # it stands there unread
    ]
    return found if len(found) == 1 else []


def _sort(item: Item) -> str:
    if item.kind == "number":
        return item.measure
    return item.kind if item.kind == "date" else str(item.value)[-1:]


def _is_missed(item: Item, here: Side, there: Side) -> bool:
    """Whether a figure or date of `here` is nowhere to be seen `there`."""
    if item.kind == "number":
        whole = isinstance(item.value, float) and item.value == int(item.value) and not two_years(item.shown)
        return item.figure and whole and item.measure == "cardinal" and not _is_label(item, here)
    if there.open_dates or item.basis != "explicit":
        return False
    years = {float(day[:4]) for day in days_of(item.value)}
    return bool(years) and not years & there.numbers


def _is_label(item: Item, side: Side) -> bool:
    """Whether the number only counts the paragraph ("12. The Council…"), marks a note, or is part of a name ("B30")."""
    text = side.texts[item.paragraph]
    if item.start < 3 and text[item.end : item.end + 1] in (".", ")", "、", "．", " "):
        return True
    before = text[item.start - 1 : item.start]
    return before in _BEFORE_NOTES or (before.isascii() and before.isalpha())


def _hedges(left: Side, right: Side) -> list[Difference]:
    """Numbers that both have once, of which one is hedged otherwise."""
    there = {item.value: item for item in right.items if item.kind == "number"}
    mine = Counter(item.value for item in left.items if item.kind == "number")
    theirs = Counter(item.value for item in right.items if item.kind == "number")
    found = []
    for item in left.items:
        if item.kind != "number" or mine[item.value] != 1 or theirs[item.value] != 1:
            continue
        other = there[item.value]
        if item.qualifier != other.qualifier and item.measure == other.measure and _is_hedged(item, other):
            found.append(Difference("medium", "qualifier", item, other))
    return found


def _is_hedged(a: Item, b: Item) -> bool:
    """Whether the difference of the hedges is one of meaning.

    "Up to", "under" and their like are also plain prepositions ("falls to", "under four headings"), and ages, shares
    and sums are "more than" or "at least" as the idiom has it: they count only where a fact was read from the number.
    """
    pair = {a.qualifier, b.qualifier}
    if a.vague or b.vague or not isinstance(a.value, float) or a.value < _COUNTED:
        return False
    if a.value <= _WORDS and not (a.digits or b.digits or a.used_by or b.used_by):
        return False  # "over the six previous years", "five plus one"
    if pair == {"more_than", "at_least"} or pair & {"up_to", "less_than"}:
        return bool(a.used_by or b.used_by)
    return True
