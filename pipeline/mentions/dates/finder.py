"""Dates of a paragraph: found by templates, completed from their context, joined to intervals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pipeline import edtf
from pipeline.config import ConfigError, language_file, load
from pipeline.mentions.dates.around import STOP, Around
from pipeline.mentions.dates.completion import Clock, NoDate, Reading
from pipeline.mentions.dates.context import Previous
from pipeline.mentions.dates.matching import Hit, Lexicon, Matcher
from pipeline.mentions.dates.patterns import PatternError
from pipeline.mentions.dates.readings import reading
from pipeline.mentions.dates.spec import DateSpec
from pipeline.mentions.dates.spellings import unread_days
from pipeline.mentions.dates.timex import with_seasons
from pipeline.mentions.numerals import Numerals
from pipeline.model import Basis, DateMention
from pipeline.text import Folded

_LIST = 12  # dates in a list that can share the year of the last
_HALF = 6  # months: one that is listed after another one and lies earlier in the year by more is the next year's
_FRAME = 12  # characters that may stand before the year with which a sentence sets out: "then, during"
_COMMAS = frozenset(",،，")
_WITH_WEEKDAY = {"day", "weekday"}
_STRENGTHS: tuple[Basis, ...] = ("relative", "explicit", "context")  # of an interval: the first that an end has
_PARSE_CLOCK = Clock(dt.date(2000, 1, 1))


class Found(NamedTuple):
    """A match and what it says."""

    hit: Hit
    reading: Reading


class DateFinder:
    """Finds and reads the calendar expressions of one language."""

    def __init__(self, spec: DateSpec, numerals: Numerals, language: str | None = None) -> None:
        """The finder that `spec` describes; with `language`, dateparser is asked about unknown month words.

        Raises PatternError for a template that cannot be read.
        """
        self._language = language
        grammar = spec.grammar
        self.numerals = numerals
        self.lexicon = Lexicon(grammar, numerals)
        self._matcher = Matcher(grammar, self.lexicon, spec.templates)
        self._ancient = any("ancient" in template.gives for template in spec.templates)
        self.around = Around(spec)

    @classmethod
    def from_config(cls, folder: Path, language: str) -> DateFinder:
        """The finder of `language` from its YAML below `folder`. Raises ConfigError."""
        path = language_file(folder, language, "dates")
        try:
            return cls(load(DateSpec, path), Numerals.from_config(folder, language), language)
        except PatternError as error:
            raise ConfigError(path, 1, str(error), "see docs/dates.md for how templates are written") from None

    def find(self, text: str, anchor: dt.date | None) -> list[DateMention]:
        """The dates of a paragraph, in order and not overlapping; `anchor` is the letter's own date."""
        return self.find_each([Folded.of(text)], anchor)[0]

    def find_each(self, texts: Sequence[Folded], anchor: dt.date | None) -> list[list[DateMention]]:
        """The dates of each paragraph."""
        each: list[list[DateMention]] = []
        for read, places in zip(texts, self._matcher.places(texts), strict=True):
            text, folded = read.text, read.lower
            hits = self._hits(text, folded, places)
            if not hits:
                each.append([])
                continue
            found = self._joined(self._read(hits, folded, anchor), folded)
            each.append([self._mention(f, text, folded, anchor) for f in found])
        return each

    def _read(self, hits: list[Hit], folded: str, anchor: dt.date | None) -> list[Found]:
        """The dates one by one, not yet joined to intervals."""
        found: list[Found] = []
        previous = told = Previous()
        recalled = any(_recalls(hit) for hit in hits)
        for index, hit in enumerate(hits):
            said = _parsed(tuple(hit.fields.items())) if _FULL.issuperset(hit.fields) and "year" in hit.fields else None
            if said is None:
                year, basis = self._year_beside(hits, index, folded, anchor)
                if previous.date is None and _is_bare(hit):
                    previous = self._year_to_come(hits, index, anchor)
                # "that same month" and "the day after" are not counted from the day on which something is to end
                base = told if told.date is not None and _recalls(hit) else previous
                clock = self._clock(hit, folded, anchor, base, found)
                try:
                    said = reading({**hit.fields, "year": year} if year else hit.fields, clock)
                except NoDate:  # "29 February" beside a year that has none: no day of the calendar
                    continue
                if year:
                    said = said._replace(basis=basis)
            found.append(Found(hit, said))
            if index + 1 == len(hits) or said.type == "DURATION":  # nothing hangs on the last one
                continue
            if not self.around.cited(hit, folded):
                if anchor is None or not said.edtf or not self._leads_to_now(hits, index, folded, anchor, said.edtf):
                    previous = previous.then(said.edtf, said.value, hit.fields.keys() >= _WITH_WEEKDAY)
                if recalled and not self._is_to_come(hits, index, folded):
                    told = told.then(said.edtf, said.value)
        return found

    def _is_to_come(self, hits: list[Hit], index: int, folded: str) -> bool:
        """Whether something is to end on a date, which is not told of: the end of no interval."""
        until = self.around.bound(hits[index], folded, False) == "until"
        return until and not (index and self.around.joins(hits[index - 1], hits[index], folded))

    def _leads_to_now(self, hits: list[Hit], index: int, folded: str, anchor: dt.date, value: str) -> bool:
        """Whether what a date bounds lasts on the letter's own: days that are named next may be of any year."""
        hit, bound = hits[index], self.around.bound(hits[index], folded, False)
        if bound == "since" or (bound == "from" and hit.fields.keys() == {"year"}):
            return True
        return bound == "until" and value[:4] > str(anchor.year) and self._is_to_come(hits, index, folded)

    def _year_to_come(self, hits: list[Hit], index: int, anchor: dt.date | None) -> Previous:
        """A year that is named only after a bare date, where that can be its own."""
        return _year_later(hits, index) if anchor is None else Previous()

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where dates stand, unread: what a finder of plain durations has to leave alone."""
        read = Folded.of(text)
        return [(hit.start, hit.end) for hit in self._hits(text, read.lower, self._matcher.places([read])[0])]

    def _hits(self, text: str, folded: str, places: Sequence[int]) -> list[Hit]:
        hits = list(self._matcher.hits(folded, text, places, _names_a_date)) if places else []
        if self._ancient and any(map(_is_ancient, hits)):
            hits = list(self._matcher.hits(folded, text, places, _may_be_ancient))
        if self._language is None or ("19" not in folded and "20" not in folded):  # no year, no day
            return hits
        whole = [(h.start, h.end) for h in hits if "day" in h.fields or "month" in h.fields]
        for start, end, day in unread_days(folded, whole, self._language):
            fields = {"year": str(day.year), "month": str(day.month), "day": str(day.day)}
            hits = [h for h in hits if h.end <= start or end <= h.start] + [Hit(start, end, fields, "dateparser")]
            hits.sort(key=lambda h: h.start)
        return hits

    def _clock(self, hit: Hit, folded: str, anchor: dt.date | None, previous: Previous, found: list[Found]) -> Clock:
        if not _is_bare(hit):
            return Clock(anchor, previous.date, previous.day, told=previous)
        tense = self.around.tense(hit, folded)
        # A year named before counts within a list or an interval, and for a mere day; further away only where no
        # letter date is known or the text tells of another year than the letter's.
        near = bool(found) and self.around.lists(folded[found[-1].hit.end : hit.start])
        near = near or ("day" in hit.fields and "month" not in hit.fields)
        date = previous.date
        if not near and "month" in hit.fields and (frame := self._frame(found, hit, folded)):
            return Clock(anchor, frame, previous.day, tense, previous)
        if date and "month" in hit.fields and date.month - int(hit.fields["month"]) > _HALF:
            date = date.replace(year=date.year + 1, day=1)  # "December and January"
        if date and (near or anchor is None or abs(date.year - anchor.year) > 1):
            return Clock(anchor, date, previous.day, tense, previous)
        return Clock(anchor, None, previous.day, tense, previous)

    def _frame(self, found: list[Found], hit: Hit, folded: str) -> dt.date | None:
        """The year with which the sentence sets out: "Last year it met twice: in March and, late, in September"."""
        end = hit.start
        for each in reversed(found[-_LIST:]):
            if each.hit.end > end or STOP.search(folded, each.hit.end, end):
                return None
            end = each.hit.start
            if each.hit.fields.keys() == {"year"}:
                if folded[each.hit.end : each.hit.end + 1] not in _COMMAS:
                    return None
            elif each.hit.fields.keys() != {"year_shift"}:
                if _is_bare(each.hit):
                    continue
                return None
            ahead = STOP.split(folded[max(0, end - _FRAME - 1) : end])[-1]
            return edtf.bounds(each.reading.edtf)[0] if each.reading.edtf and len(ahead) <= _FRAME else None
        return None

    def _year_beside(
        self, hits: list[Hit], index: int, folded: str, anchor: dt.date | None
    ) -> tuple[str | None, Basis]:
        """The year of a bare day or month, from the document symbol after it or from the dates that it is listed
        with; and whether that is said of it or only context."""
        hit = hits[index]
        named = hit.fields.get("month", hit.fields.get("month2"))
        if not _is_bare(hit) or named is None or "year2" in hit.fields or "year_shift2" in hit.fields:
            return None, "explicit"
        if symbol := self.around.symbol_year(hit, folded):
            return symbol, "context"
        month, joined, left = int(named), False, hit
        for after in hits[index + 1 : index + 1 + _LIST]:
            joined = self.around.joins(left, after, folded)
            if not joined and not self.around.lists(folded[left.end : after.start]):
                break
            year, basis = _year_of(after, anchor)
            if year is not None and "month" in after.fields:
                return str(year - 1 if joined and int(after.fields["month"]) < month else year), basis
            left = after
        return None, "explicit"

    def _joined(self, found: list[Found], folded: str) -> list[Found]:
        result: list[Found] = []
        for item in found:
            last = result[-1] if result else None
            whole = last and self._interval(last, item, folded)
            if whole:
                result[-1] = whole
            else:
                result.append(item)
        return result

    def _interval(self, left: Found, right: Found, folded: str) -> Found | None:
        a, b = left.reading, right.reading
        if a.type != "DATE" or b.type != "DATE" or not a.edtf or not b.edtf or "/" in a.edtf or "/" in b.edtf:
            return None
        if not self.around.joins(left.hit, right.hit, folded):
            return None
        text = edtf.interval(a.edtf, b.edtf)
        if not edtf.is_valid(text):
            return None
        known = {a.basis, b.basis}
        basis: Basis = next(kind for kind in _STRENGTHS if kind in known)
        hit = Hit(left.hit.start, right.hit.end, right.hit.fields, right.hit.template)
        return Found(hit, Reading(text, with_seasons(text), "DATE", basis))

    def _mention(self, found: Found, text: str, folded: str, anchor: dt.date | None) -> DateMention:
        hit, said = found.hit, found.reading
        earliest, latest = edtf.bounds(said.edtf) if said.edtf else (None, None)
        return DateMention(
            hit.start,
            hit.end,
            text[hit.start : hit.end],
            said.edtf,
            said.basis,
            said.type,
            said.value,
            said.modifier,
            self.around.bound(hit, folded, "/" in (said.edtf or "")),
            anchor if said.basis != "explicit" else None,
            earliest,
            latest,
        )


def _names_a_date(hit: Hit) -> bool:
    """Whether the calendar has it, under some clock ("31 June" is none), and it needs no text of ancient times."""
    return "ancient" not in hit.fields and _may_be_ancient(hit)


def _may_be_ancient(hit: Hit) -> bool:
    """Whether the calendar has it."""
    return _parsed(tuple(hit.fields.items())) is not None


@lru_cache(maxsize=4096)  # a text names the same days again and again
def _parsed(fields: tuple[tuple[str, str], ...]) -> Reading | None:
    """What the fields mean under that clock; None where they name no date."""
    try:
        return reading(dict(fields), _PARSE_CLOCK)
    except NoDate:
        return None


def _year_later(hits: list[Hit], index: int) -> Previous:
    """The first year that is named after, for "in November, and was held on 14 December 2013"."""
    for hit in hits[index + 1 : index + 1 + _LIST]:
        if "year" in hit.fields and "month" in hit.fields:
            return Previous(dt.date(int(hit.fields["year"]), 1, 1))
    return Previous()


_FULL = frozenset({"year", "month", "day"})  # with no field beside these a date hangs on nothing else
_BARE = frozenset({"month", "day", "weekday", "season", "quarter", "half", "feast"})
_YEARS = frozenset(
    {"year", "year_short", "year_shift", "month_shift", "week_shift", "day_shift", "step", "same", "ago", "span"}
)


def _is_ancient(hit: Hit) -> bool:
    """Whether a date is before the year 1000 beyond doubt: then a number of three digits can be a year as well."""
    fields = hit.fields
    return "era" in fields or int(fields.get("year", "1000")) < 1000 or int(fields.get("century", "11")) <= 10


def _recalls(hit: Hit) -> bool:
    """Whether a date is counted from one that was named before."""
    return "same" in hit.fields or hit.fields.get("from") == "previous"


def _year_of(hit: Hit, anchor: dt.date | None) -> tuple[int | None, Basis]:
    """The year that a date says, in figures or as "this year", and how."""
    if "year" in hit.fields:
        return int(hit.fields["year"]), "explicit"
    if "year_shift" in hit.fields and anchor is not None:
        return anchor.year + int(hit.fields["year_shift"]), "relative"
    return None, "explicit"


def _is_bare(hit: Hit) -> bool:
    """Whether the year is left out and nothing else tells it."""
    return not _BARE.isdisjoint(hit.fields) and _YEARS.isdisjoint(hit.fields)
