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
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pipeline.config import language_file, load
from pipeline.mentions.numeral_grammar import NOTHING, alternation
from pipeline.mentions.numerals import Numerals
from pipeline.mentions.quantity_tables import Hedge, QuantityTable
from pipeline.mentions.units import UnitReader
from pipeline.model import Qualifier, QuantityMention
from pipeline.text import fold

Kind = Literal["cardinal", "percent", "money", "measure"]
Value = int | float

_WINDOW = 60  # characters before a number in which a hedge or label is looked for
_YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A number under way to a quantity; `low` and `high` differ in a range."""

    start: int
    end: int
    low: Value
    high: Value
    digits: bool


class QuantityFinder:
    """Finds the quantities of one language."""

    def __init__(self, table: QuantityTable, numerals: Numerals) -> None:
        """A finder that reads numbers with `numerals` and everything around them with `table`."""
        self._table, self._numerals = table, numerals
        self._spaced = table.spaced == "yes"
        self._units = UnitReader(table, numerals.pattern)
        number, flags = numerals.pattern, re.IGNORECASE
        begin, end = (r"(?<!\w)", r"(?!\w)") if self._spaced else ("", "")
        space = r"\s?" if self._spaced else ""
        self._gap = space

        def phrases(words: Sequence[str]) -> str:
            """Any of `words`; letters at their ends must not run on into other letters."""
            return (
                "|".join(
                    (begin if w[0].isalnum() else "") + re.escape(w) + (end if w[-1].isalnum() else "")
                    for w in sorted(set(words), key=lambda w: (-len(w), w))
                    if w
                )
                or NOTHING
            )

        fillers = f"(?:(?:{phrases(table.fillers)}){space})?"
        self._before = [
            (
                re.compile(f"(?P<hedge>{phrases(h.words)}){space}{fillers}$", flags),
                self._unless(h.unless_after),
                h,
            )
            for h in table.hedges
            if h.side == "before"
        ]
        self._after = [
            (re.compile(f"{space}(?:{phrases(h.words)})", flags), h)
            for h in table.hedges
            if h.side == "after"
        ]
        self._inside = [(re.compile(phrases(h.words), flags), h) for h in table.hedges if h.side == "inside"]
        classifiers = phrases((*table.classifiers, *table.counted))
        self._classifier = re.compile(classifiers)
        self._counted = frozenset(table.counted)
        self._percent_before = re.compile(f"(?:{phrases(table.percent.before)}){space}$", flags)
        self._percent_after = re.compile(f"{space}(?:{phrases(table.percent.after)})", flags)
        self._money_before = re.compile(f"(?P<unit>{phrases(table.money.before)}){space}$", flags)
        self._money_after = re.compile(f"{space}(?:de |d')?(?P<unit>{phrases(table.money.after)})", flags)
        self._measure = re.compile(f"{space}(?P<unit>{phrases(table.measures)})")
        self._not_before = re.compile(f"{space}(?:{phrases(table.not_before)})", flags)
        self._not_after = re.compile(f"(?:{phrases(table.not_after)}){space}$", flags)
        self._label_end = re.compile(f"(?:{phrases(table.label_ends)})")
        self._one_not_before = re.compile(
            rf"(?:{space}(?:{phrases(table.ones_not_before)})|[,;.:)]|$)", flags
        )
        self._one_not_after = re.compile(f"(?:{phrases(table.ones_not_after)}){space}$", flags)
        self._ones = frozenset(table.ones)
        self._list_join = re.compile(f"(?:{phrases(table.list_joins)}){space}", flags)
        self._ranges = [
            (
                re.compile(f"(?:{phrases(r.opens)}){space}{fillers}$", flags) if any(r.opens) else None,
                re.compile(f"{space}(?:{phrases(r.joins)}){space}", flags),
                self._unless(r.unless_after),
            )
            for r in table.ranges
        ]
        item = r"(?:\d+(?:\.\d+)*|[IVXLC]+(?![^\W\d_]))(?: ?\(\w{1,4}\))*(?:bis|ter)?"
        item = rf"(?:{item}|\(\w{{1,4}}\)|{number}{end})"
        joins = f"{space}(?:{phrases(table.label_joins)}){space}"
        label = f"(?:{phrases(table.labels)}){space}{item}(?:{joins}{item}){{0,60}}"
        marker = r"(?:^|(?<=\n))\s*(?:\(?\d{1,4}(?:\.\d+)*[.)](?=\s|[^\x00-\x7f])|\d{1,3}(?=\t))"
        self._names = re.compile(f"{marker}|(?:{phrases(table.phrases)})|(?:{label})", flags)

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
        folded = fold(text)
        if not self._numerals.occurs(folded):
            return []
        names = [m.span() for m in self._names.finditer(folded)]
        closed = _Spans((*taken, *names))
        candidates = [c for c in self._candidates(folded) if not closed.overlap(c.start, c.end)]
        mentions: list[QuantityMention] = []
        done = 0
        for candidate in candidates:
            if candidate.start < done:
                continue
            mention = self._mention(text, folded, candidate, max(done, closed.end_before(candidate.start)))
            if mention is not None:
                mentions.append(mention)
                done = mention.end
        return self._with_shared_units(folded, mentions)

    @staticmethod
    def _unless(words: Sequence[str]) -> re.Pattern[str]:
        return re.compile(alternation(words) + r"\s?$", re.IGNORECASE)

    def _candidates(self, text: str) -> list[_Candidate]:
        """Numbers and ranges of numbers."""
        numbers = [
            _Candidate(s, e, low, high, text[s].isdigit()) for s, e, low, high in self._numerals.spans(text)
        ]
        merged: list[_Candidate] = []
        for number in numbers:
            first = merged[-1] if merged else None
            if first is not None and first.low == first.high and number.high > first.low:
                between = text[first.end : number.start]
                before = text[max(0, first.start - _WINDOW) : first.start]
                for opens, joins, unless in self._ranges:
                    if joins.fullmatch(between) and (opens is None or opens.search(before)):
                        if not unless.search(before) and _range_like(first, number):
                            opened = opens.search(before) if opens else None
                            start = first.start - (len(before) - opened.start() if opened else 0)
                            merged[-1] = _Candidate(start, number.end, first.low, number.high, first.digits)
                            break
                else:
                    merged.append(number)
                continue
            merged.append(number)
        return merged

    def _mention(self, text: str, folded: str, number: _Candidate, floor: int) -> QuantityMention | None:
        start, end, low, high = number.start, number.end, number.low, number.high
        if self._is_part_of_a_name(folded, number):
            return None
        before = folded[max(floor, start - _WINDOW) : start]
        kind: Kind = "cardinal"
        unit: tuple[int, int] | None = None
        qualifier: Qualifier = "exact" if low == high else "approximately"

        money = self._money_before.search(before)
        percent = self._percent_before.search(before)
        if money or percent:
            kind = "money" if money else "percent"
            found = money or percent
            assert found is not None
            start -= len(before) - found.start()
            if money:
                unit = (start, start + len(money["unit"]))
            before = folded[max(floor, start - _WINDOW) : start]

        for inside, hedge in self._inside:
            if match := inside.match(folded, end):
                scale = self._numerals.scale_at(folded, match.end())
                if scale:
                    low, high = low * scale[1], high * scale[1]
                end, qualifier = (scale[0] if scale else match.end()), hedge.qualifier
                break

        hedged = qualifier != "exact"
        for pattern, unless, hedge in self._before:
            match = pattern.search(before)
            if match and not unless.search(before[: match.start()]):
                start -= len(before) - match.start("hedge")
                hedged = True
                if low == high:
                    qualifier = hedge.qualifier
                break
        number_end, classified = end, False
        if kind != "money" and (match := self._percent_after.match(folded, end)):
            kind, end = "percent", match.end()
        elif match := self._money_after.match(folded, end):
            kind, end, unit = "money", match.end(), match.span("unit")
        elif kind == "cardinal" and (match := self._measure.match(folded, end)):
            kind, end, unit = "measure", match.end(), match.span("unit")
        elif kind == "cardinal":
            if match := self._classifier.match(folded, end):
                classified = True
                end = match.end()
                if match[0] in self._counted:
                    unit = match.span()
            if unit is None:
                unit = self._units.span(folded, end)
        if self._is_no_count(folded, number, hedged or kind != "cardinal", classified, unit):
            return None
        for pattern, hedge in self._after:
            places = (end, unit[1]) if unit else (end,)
            match = next((m for p in places if (m := pattern.match(folded, p))), None)
            if match:
                end = match.end()
                qualifier = hedge.qualifier if low == high else qualifier
                break
        step = 1 if kind == "cardinal" and isinstance(low, int) else 0
        minimum, maximum = _bounds(low, high, qualifier, step)
        unit_start, unit_end = unit or (-1, -1)
        return QuantityMention(
            start=start,
            end=end,
            text=text[start:end],
            value=low,
            minimum=minimum,
            maximum=maximum,
            qualifier=qualifier,
            kind=kind,
            unit=text[unit_start:unit_end] if unit else "",
            unit_start=unit_start,
            unit_end=unit_end,
            number_start=number.start,
            number_end=number_end,
        )

    def _is_part_of_a_name(self, text: str, number: _Candidate) -> bool:
        """Whether the characters around the number make it a symbol, an ordinal, a label or a decimal part."""
        start, end = number.start, number.end
        if start and (
            text[start - 1] in "/_.#+" or (text[start - 1] == "-" and start > 1 and text[start - 2].isalnum())
        ):
            return True
        if re.compile(r"/\w|[.,]\d|-\d|[A-Za-z_](?!m\b)").match(text, end) and not self._measure.match(
            text, end
        ):
            return True
        before = text[max(0, start - _WINDOW) : start]
        return bool(
            self._not_after.search(before)
            or self._not_before.match(text, end)
            or self._label_end.match(text, end)
        )

    def _is_no_count(
        self, text: str, number: _Candidate, hedged: bool, classified: bool, unit: tuple[int, int] | None
    ) -> bool:
        """Whether a bare number counts nothing: a year, a list marker, a pronoun, an article."""
        start, end = number.start, number.end
        written = text[start:end].lower()
        if written.isdigit() and len(written) > 8:
            return True
        if hedged:
            return False
        bracketed = text[start - 1 : start] == "(" and text[end : end + 1] == ")"
        if bracketed and number.low < 30 and (start < 2 or re.compile(r"\)\s*\w").match(text, end)):
            return True
        if len(written) == 4 and written.isdigit() and number.low in _YEARS and not classified:
            return True
        if written in self._ones:
            if self._table.ones_count_before == "no":
                return True
            before = text[max(0, start - _WINDOW) : start]
            return bool(
                unit is None or self._one_not_after.search(before) or self._one_not_before.match(text, end)
            )
        needed = self._table.classifier_needed == "yes"
        return needed and not classified and (not number.digits or (unit is None and not bracketed))

    def _with_shared_units(self, text: str, mentions: list[QuantityMention]) -> list[QuantityMention]:
        """In "24, 31 and 17 officers" all three count officers."""
        for i in range(len(mentions) - 2, -1, -1):
            here, after = mentions[i], mentions[i + 1]
            if here.unit or here.kind != "cardinal" or not after.unit:
                continue
            if self._list_join.fullmatch(text, here.end, after.start):
                mentions[i] = replace(
                    here, unit=after.unit, unit_start=after.unit_start, unit_end=after.unit_end
                )
        return mentions


class _Spans:
    """Spans that are not to be touched."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def overlap(self, start: int, end: int) -> bool:
        """Whether any span shares a character with `start` to `end`."""
        i = bisect_right(self._starts, end - 1) - 1
        return i >= 0 and self._ends[i] > start

    def end_before(self, position: int) -> int:
        """Where the last span before `position` ends; 0 without one."""
        i = bisect_right(self._ends, position) - 1
        return self._ends[i] if i >= 0 else 0


def _range_like(first: _Candidate, second: _Candidate) -> bool:
    """Whether two joined numbers tell a range, not two labels or years."""
    years = first.digits and first.low in _YEARS and second.low in _YEARS
    return second.high > first.low and not years


def _bounds(low: Value, high: Value, qualifier: Qualifier, step: int) -> tuple[Value | None, Value | None]:
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
