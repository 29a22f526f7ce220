"""Stated quantities: a number, what hedges it and what it counts.

Numbers are found first; what stands around each of them is then matched in place. The conventions:

- "over 1,300" has the value 1300, the minimum 1301 and no maximum; an exact number is its own minimum and
  maximum; an estimate has neither.
- A range ("between 80 and 90", 八九十) has its lower number as value, both as minimum and maximum, and the
  qualifier `approximately`.
- No quantities: names and labels ("paragraph 24", resolution 1540 (2004)), ordinals, fractions, bare years,
  articles and pronouns ("one of the", 一个), and indefinite numbers ("dozens of", 数十), which have no value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal, NamedTuple

from pipeline.config import language_file, load
from pipeline.expressions import expression
from pipeline.mentions.no_counts import NoCounts
from pipeline.mentions.numerals import GREATEST, Numerals
from pipeline.mentions.phrases import Phrases, Spans
from pipeline.mentions.quantity_tables import Hedge, QuantityTable
from pipeline.mentions.units import UnitReader
from pipeline.model import Qualifier, QuantityMention
from pipeline.text import Folded, made

Kind = Literal["cardinal", "percent", "money", "measure"]
Value = int | float

_WIDEST = 20  # a range's greater number is no more than so many times the lesser


class _Candidate(NamedTuple):
    """A number or range; a range starts at the word that opens it."""

    start: int
    end: int
    low: Value
    high: Value
    dual: bool = False  # the word is also what is counted


class _Counted(NamedTuple):
    """What a number counts; `end` is that of the number with its classifier, sign or measure."""

    kind: Kind
    end: int
    unit: tuple[int, int] | None
    classified: bool = False


class _Hedges:
    """The hedges of one side, by their words."""

    def __init__(self, hedges: Sequence[Hedge], side: str, spaced: bool, prefixes: Sequence[str] = ()) -> None:
        own = {w.lower(): h for h in hedges if h.side == side for w in h.words}
        fronts = {p.lower() + w: (h, len(p)) for p in prefixes for w, h in own.items()}
        self._by_word = fronts | {w: (h, 0) for w, h in own.items()}
        self._unless = {id(h): Phrases(h.unless_after, spaced) for h in own.values()}
        self._words = Phrases(self._by_word, spaced)

    def ending(self, text: str, position: int, floor: int) -> tuple[int, Qualifier] | None:
        """Start and meaning of the hedge that ends at `position`."""
        found = self._words.ending(text, position, floor)
        if found is None:
            return None
        hedge, front = self._by_word[found[1]]
        blocked = self._unless[id(hedge)].ending(text, found[0])
        return None if blocked else (found[0] + front, hedge.qualifier)

    def starting(self, text: str, position: int) -> tuple[int, Qualifier] | None:
        """End and meaning of the hedge that starts at `position`."""
        found = self._words.starting(text, position)
        return (found[1], self._by_word[found[2]][0].qualifier) if found else None


class QuantityFinder:
    """Finds the quantities of one language."""

    def __init__(self, table: QuantityTable, numerals: Numerals) -> None:
        """A finder that reads numbers with `numerals` and everything around them with `table`."""
        spaced = table.spaced == "yes"
        self._table, self._numerals = table, numerals
        self._units = UnitReader(table, numerals)
        self._no_counts = NoCounts(table, numerals)
        self._before = _Hedges(table.hedges, "before", spaced, table.prefixes)
        self._inside = _Hedges(table.hedges, "inside", spaced)
        self._after = _Hedges(table.hedges, "after", spaced)
        fronts = "|".join(map(re.escape, table.prefixes))
        duals = "|".join(map(re.escape, table.duals))
        self._duals = expression(rf"(?<!\w)(?:{fronts})?({duals})(?!\w)") if table.duals else None
        self._fillers = Phrases(table.fillers, spaced)
        self._classifiers = Phrases((*table.classifiers, *table.counted), spaced)
        self._counted = frozenset(table.counted)
        self._percent_before = Phrases(table.percent.before, spaced)
        self._percent_after = Phrases(table.percent.after, spaced)
        self._money_before = Phrases(table.money.before, spaced)
        self._money_after = Phrases(table.money.after, spaced)
        self._leading = Phrases(table.units.leading, spaced)
        self._measures = Phrases(table.measures, spaced)
        self._approximate = Phrases(table.approximate, spaced)
        self._list_joins = frozenset(table.list_joins)
        self._ranges = [
            (
                Phrases(r.opens, spaced),
                "" in r.opens or not r.opens,
                frozenset(j.lower() for j in r.joins),
                Phrases(r.unless_after, spaced),
            )
            for r in table.ranges
        ]
        self._longest_join = 2 + max((len(j) for r in table.ranges for j in r.joins), default=0)

    @classmethod
    def from_config(cls, folder: Path, language: str) -> QuantityFinder:
        """The finder of `language` from its YAML below `folder`. Raises ConfigError."""
        table = load(QuantityTable, language_file(folder, language, "quantities"))
        return cls(table, Numerals.from_config(folder, language))

    @property
    def hedges(self) -> tuple[Hedge, ...]:
        """The hedges and their examples."""
        return self._table.hedges

    def find(self, text: str, taken: Sequence[tuple[int, int]] = ()) -> list[QuantityMention]:
        """Every stated quantity outside the `taken` spans, in order of its start."""
        return self.find_each([Folded.of(text)], [taken])[0]

    def find_each(
        self, texts: Sequence[Folded], taken: Sequence[Sequence[tuple[int, int]]]
    ) -> list[list[QuantityMention]]:
        """The quantities of each paragraph, outside its `taken` spans."""
        each = self._numerals.places(texts)
        return [
            self._outside(spans, read, places) if places or self._duals is not None else []
            for read, spans, places in zip(texts, taken, each, strict=True)
        ]

    def _outside(self, taken: Sequence[tuple[int, int]], read: Folded, places: Sequence[int]) -> list[QuantityMention]:
        text, folded, lower = read.text, read.plain, read.lower
        numbers: list[_Candidate] = [made(_Candidate, (*span, False)) for span in self._numerals.spans(folded, places)]
        if self._duals is not None:
            numbers += [_Candidate(*m.span(1), 2, 2, dual=True) for m in self._duals.finditer(folded)]
            numbers.sort(key=lambda number: number.start)
        if not numbers:
            return []
        if taken and _all_within(numbers, Spans(taken)):
            return []
        closed = Spans((*taken, *self._no_counts.names(lower)))
        mentions: list[QuantityMention] = []
        done = 0
        merged = self._merged(lower, numbers)
        limits = [*(number.start for number in merged[1:]), len(text)]
        for number, limit in zip(merged, limits, strict=True):
            overlaps, floor = closed.pass_to(number.start, number.end)
            if overlaps or number.start < done:
                continue
            if (label_end := self._no_counts.label_end(lower, number.start)) is not None:
                done = max(label_end, number.end)
            elif mention := self._mention(text, folded, lower, number, max(done, floor), limit):
                mentions.append(mention)
                done = mention.end
        return self._with_shared_units(folded, mentions)

    def _merged(self, text: str, numbers: Sequence[_Candidate]) -> list[_Candidate]:
        """The numbers, two of them that make a range put together."""
        merged: list[_Candidate] = []
        for number in numbers:
            if merged and number.start - merged[-1].end <= self._longest_join:
                whole = self._range(text, merged[-1], number)
                if whole:
                    merged[-1] = whole
                    continue
            merged.append(number)
        return merged

    def _range(self, text: str, first: _Candidate, second: _Candidate) -> _Candidate | None:
        if first.low != first.high or second.low != second.high or second.low <= first.low:
            return None
        if all(self._no_counts.is_year(text, n.start, n.end) for n in (first, second)):
            return None
        if second.low > _WIDEST * max(first.low, 1):  # "98-11657" is a file's number
            return None
        join = text[first.end : second.start].strip()
        for opens, may_be_bare, joins, unless in self._ranges:
            if join not in joins:
                continue
            opened = opens.ending(text, first.start)
            if opened or (may_be_bare and not unless.ending(text, first.start)):
                return _Candidate(opened[0] if opened else first.start, second.end, first.low, second.low)
        return None

    def _mention(
        self, text: str, folded: str, lower: str, number: _Candidate, floor: int, limit: int
    ) -> QuantityMention | None:
        if self._is_article(lower, number, floor) or self._no_counts.is_part_of_a_name(lower, number.start, number.end):
            return None
        low, high = number.low, number.high
        exact = low == high
        number_end = number.end
        if exact and (whole := self._no_counts.grouped(lower, number.start, number_end)) is not None:
            low = high = whole
        hedged = not exact or self._approximate.ending(lower, number_end, number.start) is not None
        qualifier: Qualifier = "approximately" if hedged else "exact"

        if inside := self._inside.starting(lower, number_end):
            number_end, qualifier = inside
            hedged = True
            if scale := self._numerals.scale_at(folded, number_end):
                number_end, low, high = scale[0], low * scale[1], high * scale[1]
                if high > GREATEST:
                    return None

        if number_end > number.end and self._no_counts.is_label_before(lower, number_end):
            return None
        if number.dual:
            start, counted = number.start, _Counted("cardinal", number.end, (number.start, number.end))
        else:
            start, counted = self._what_is_counted(folded, lower, (number.start, number_end), floor, limit)
        if before := self._hedge_before(lower, start, floor):
            start, hedged = before[0], True
            qualifier = before[1] if exact else qualifier
        has_unit = counted.unit is not None
        if counted.kind == "cardinal" and (
            self._no_counts.is_too_long(lower, number.start, number.end)
            or (not has_unit and not counted.classified and self._no_counts.is_year(lower, number.start, number_end))
        ):
            return None
        if (
            not hedged
            and counted.kind == "cardinal"
            and self._no_counts.is_no_count(lower, number.start, number.end, counted.classified, has_unit)
        ):
            return None
        end = counted.end
        for place in (end, counted.unit[1] if counted.unit else end):
            after = self._after.starting(lower, place)
            if after and not self._hedges_the_next(lower, after[0], number_end, limit):
                end, qualifier = after[0], after[1] if exact else qualifier
                break
        step = 1 if counted.kind == "cardinal" and isinstance(low, int) else 0
        minimum, maximum = bounds(low, high, qualifier, step)
        unit_start, unit_end = counted.unit or (-1, -1)
        return QuantityMention(
            start=start,
            end=end,
            text=text[start:end],
            value=low,
            minimum=minimum,
            maximum=maximum,
            qualifier=qualifier,
            kind=counted.kind,
            unit=text[unit_start:unit_end] if counted.unit else "",
            unit_start=unit_start,
            unit_end=unit_end,
            number_start=number.start,
            number_end=number_end,
        )

    def _is_article(self, lower: str, number: _Candidate, floor: int) -> bool:
        """Whether a word for one is no count, as it is seen at once: no hedge, sign or measure stands beside it."""
        start, end = number.start, number.end
        return not (
            number.dual
            or not self._no_counts.is_mere_one(lower[start:end])
            or self._approximate.ending(lower, end, start)
            or self._inside.starting(lower, end)
            or self._signed(lower, (start, end), floor)
            or self._hedge_before(lower, start, floor)
        )

    def _hedge_before(self, text: str, start: int, floor: int) -> tuple[int, Qualifier] | None:
        """Start and meaning of the hedge before `start`, words between them passed over."""
        found = self._before.ending(text, start, floor)
        if found is None and (filler := self._fillers.ending(text, start, floor)):
            found = self._before.ending(text, filler[0], floor)
        return found

    def _hedges_the_next(self, text: str, end: int, floor: int, next_number: int) -> bool:
        """Whether what ends at `end` is of the hedge of the next number: "12 States and more than 40 guests"."""
        found = self._hedge_before(text, next_number, floor) if next_number < len(text) else None
        return found is not None and found[0] < end

    def _what_is_counted(
        self, folded: str, lower: str, number: tuple[int, int], floor: int, limit: int
    ) -> tuple[int, _Counted]:
        """What the number counts, and where it starts with a sign before it; the next number is at `limit`."""
        start, end = number
        if signed := self._signed(lower, number, floor):
            return signed
        if after := self._classifiers.starting(lower, end):
            unit = after[:2] if after[2] in self._counted else self._units.span(folded, after[1], limit, after[2])
            return start, _Counted("cardinal", after[1], unit, classified=True)
        return start, _Counted("cardinal", end, self._units.span(folded, end, limit))

    def _signed(self, lower: str, number: tuple[int, int], floor: int) -> tuple[int, _Counted] | None:
        """The same where a sign or word beside the number tells that it counts no things."""
        start, end = number
        if money := self._money_before.ending(lower, start, floor):
            return money[0], _Counted("money", end, (money[0], money[0] + len(money[1])))
        if percent := self._percent_before.ending(lower, start, floor):
            return percent[0], _Counted("percent", end, None)
        if after := self._percent_after.starting(lower, end):
            return start, _Counted("percent", after[1], None)
        link = self._leading.starting(lower, end)
        name = link[1] if link else end  # "3 millions de tonnes"
        if after := self._money_after.starting(lower, name):
            return start, _Counted("money", after[1], after[:2])
        if after := self._measures.starting(lower, name):
            return start, _Counted("measure", after[1], after[:2])
        return None

    def _with_shared_units(self, text: str, mentions: list[QuantityMention]) -> list[QuantityMention]:
        """In "24, 31 and 17 officers" all three count officers."""
        for i in range(len(mentions) - 2, -1, -1):
            here, after = mentions[i], mentions[i + 1]
            if here.unit or here.kind != "cardinal" or not after.unit or after.start - here.end > 8:
                continue
            if text[here.end : after.start].strip() in self._list_joins:
                mentions[i] = replace(here, unit=after.unit, unit_start=after.unit_start, unit_end=after.unit_end)
        return mentions


def _all_within(numbers: Iterable[_Candidate], closed: Spans) -> bool:
    for number in numbers:  # noqa: SIM110  all() makes a generator, which costs more than the look
        if not closed.pass_to(number.start, number.end)[0]:
            return False
    return True


def bounds(low: Value, high: Value, qualifier: Qualifier, step: int) -> tuple[Value | None, Value | None]:
    """The least and the greatest value that the words allow; None where they say nothing of it.

    `step` is the distance to the next value: 1 where whole things are counted.
    """
    if low != high:
        return low, high
    if qualifier == "exact":
        return low, low
    if qualifier == "more_than":
        return low + step, None
    if qualifier == "at_least":
        return low, None
    if qualifier == "up_to":
        return None, low
    if qualifier == "less_than":
        return None, low - step
    return None, None
