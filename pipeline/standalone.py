"""Temporal expressions of any text, as TIMEX3 has them: what `unfacts mentions` and the spaCy components give.

The facts are read from dates as UN documents put them (`dates.yaml`, `durations.yaml`). A text on its own may be news
or narrative as well, and those who ask for its dates want them one by one: `timex.yaml` lays the general register over
the two files, for this finder only, and the ends of an interval are dates of their own, with the interval beside them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.config import ConfigError, language_file, load
from pipeline.expressions import expression
from pipeline.mentions.dates.around import any_of, clause_around
from pipeline.mentions.dates.besides import beside
from pipeline.mentions.dates.completion import Clock
from pipeline.mentions.dates.context import Previous
from pipeline.mentions.dates.finder import DateFinder, Found
from pipeline.mentions.dates.matching import Hit
from pipeline.mentions.dates.patterns import PatternError
from pipeline.mentions.dates.spec import DateSpec, DurationSpec
from pipeline.mentions.dates.timex import of_edtf
from pipeline.mentions.durations import DurationFinder
from pipeline.mentions.numerals import Numerals
from pipeline.model import DateMention, DurationMention
from pipeline.text import Folded
from pipeline.timex_layer import TimexSpec, contexts_of_both, laid_over, templates_over, words_of_both

_MONTHS = 2  # months by which a bare month may, where only a verb after it tells
_LAST_DAYS = 4  # days of which the news tells by their number alone
_NARRATED = 45  # days from the text's own date within which a bare day is no narrative's
_TO_THE_DAY = frozenset({"month", "day"})
_SENTENCE = 80  # characters between a year and a "year-end" that is its own
_FULL_STOP = re.compile(r"[。；;]|\.(?=\s)")
_CLOCK_FIELDS = frozenset({"hour", "minute", "second", "half_day", "daypart", "part"})
_DAY_FIELDS = frozenset({"day", "weekday", "day_shift", "feast", "same"})


@dataclass(frozen=True, slots=True)
class Temporals:
    """The dates and lengths of time of a text, in order, and the intervals that some of the dates make."""

    dates: tuple[DateMention, ...]
    durations: tuple[DurationMention, ...]
    intervals: tuple[DateMention, ...]


class _Dates(DateFinder):
    """Dates one by one: ends of intervals apart, a time of day together with its day."""

    def __init__(self, spec: DateSpec, timex: TimexSpec, numerals: Numerals, language: str) -> None:
        super().__init__(spec, numerals, language)
        gap = spec.grammar.gap
        self._clock_first, self._clock_last = _between(timex.clock_first, gap), _between(timex.clock_last, gap)
        self._connector = _connector([w for join in spec.joins for w in join.between] + spec.lists, gap)
        edges = spec.grammar.edges
        self._ahead = expression(f"(?:{edges.left})(?:{any_of(timex.ahead)})(?:{edges.right})")
        self._opening = beside(timex.interval_before, edges, left=True)
        self._closing = beside(timex.interval_after, edges, left=False)

    def apart(self, text: str, anchor: dt.date | None) -> tuple[list[DateMention], list[DateMention]]:
        """The dates, and the intervals."""
        read = Folded.of(text)
        folded = read.lower
        dates: list[Found] = []
        intervals: list[Found] = []
        for found in self._read(self._hits(text, folded, self._matcher.places([read])[0]), folded, anchor):
            ends = self._ends(found, folded)
            if ends:
                dates += ends
                intervals.append(self._widened(found, folded))
                continue
            whole = self._interval(dates[-1], found, folded) if dates else None
            if whole:
                intervals.append(self._widened(whole, folded))
            dates.append(found)
        return (
            [self._mention(f, text, folded, anchor) for f in dates],
            [self._mention(f, text, folded, anchor) for f in intervals],
        )

    def _ends(self, found: Found, folded: str) -> list[Found]:
        """The two dates of a match that is an interval ("14 to 18 March 2015"); none where it is one date."""
        hit, said = found.hit, found.reading
        if hit.seam is None or "whole" in hit.fields or not said.edtf or "/" not in said.edtf:
            return []
        first_end, second = hit.seam
        link = self._connector.search(folded, first_end, second)
        if link is None:
            return []
        values = said.edtf.split("/")
        spans = ((hit.start, link.start()), (second, hit.end))
        return [
            Found(hit._replace(start=start, end=end, seam=None), said._replace(edtf=value, value=of_edtf(value)))
            for (start, end), value in zip(spans, values, strict=True)
        ]

    def _widened(self, found: Found, folded: str) -> Found:
        """The interval with the words that open and close it."""
        hit = found.hit
        opening = self._opening.search(folded[max(0, hit.start - 12) : hit.start])
        closing = self._closing.match(folded, hit.end)
        start = hit.start - (len(opening[0].lstrip()) if opening else 0)
        return found._replace(hit=hit._replace(start=start, end=closing.end() if closing else hit.end))

    def _hits(self, text: str, folded: str, places: Sequence[int]) -> list[Hit]:
        hits: list[Hit] = []
        for hit in super()._hits(text, folded, places):
            last = hits[-1] if hits else None
            both = last and self._with_clock(last, hit, folded)
            if both:
                hits[-1] = both
            else:
                hits.append(hit)
        return hits

    def _with_clock(self, left: Hit, right: Hit, folded: str) -> Hit | None:
        """A time of day and its day as one."""
        if left.seam or right.seam or right.start - left.end > 12:
            return None
        between = folded[left.end : right.start]
        if _is_clock(left) and _is_day(right) and self._clock_first.fullmatch(between):
            clock, day = left, right
        elif _is_day(left) and _is_clock(right) and self._clock_last.fullmatch(between):
            clock, day = right, left
        else:
            return None
        if "hour" in day.fields or ("hour" not in clock.fields and "daypart" in day.fields):
            return None
        fields: Mapping[str, str] = {**day.fields, **clock.fields}
        return Hit(left.start, right.end, fields, day.template)

    def _clock(self, hit: Hit, folded: str, anchor: dt.date | None, previous: Previous, found: list[Found]) -> Clock:
        clock = super()._clock(hit, folded, anchor, previous, found)
        if anchor is None:
            return clock
        if "told" in hit.fields:
            return self._of_the_year_told(clock, hit, folded, found)
        left, _ = clause_around(hit, folded)
        if clock.previous is not None:
            if self._of_the_news(hit, folded, anchor, previous, found):
                return clock._replace(previous=None, tense="past")
            told = clock.tense == "future" and clock.previous < anchor and self._ahead.search(left)
            return clock._replace(previous=None) if told else clock
        for unit in ("half", "quarter"):  # 去年上半年……，下半年……: of the same year
            if unit in hit.fields and found and unit in found[-1].hit.fields and previous.date:
                return clock._replace(previous=previous.date)
        ahead = "month" in hit.fields and "day" not in hit.fields and _lies_ahead(hit.fields, anchor)
        return clock._replace(tense=None) if ahead and not self.around.tense_before(left) else clock

    def _of_the_news(self, hit: Hit, folded: str, anchor: dt.date, previous: Previous, found: list[Found]) -> bool:
        """Whether a mere day is one of the last days, not of the month named before: "in June …, and on the 4th"."""
        fields = hit.fields
        if "day" not in fields or "month" in fields or "same" in fields or previous.date == previous.day or not found:
            return False
        listed = self.around.lists(folded[found[-1].hit.end : hit.start])
        return not listed and 0 <= anchor.day - int(fields["day"]) < _LAST_DAYS

    def _year_to_come(self, hits: list[Hit], index: int, anchor: dt.date | None) -> Previous:
        """Also the year of a narrative: "on 17 September …; by 6 October 1939" in a text of another time."""
        hit = hits[index]
        if anchor is None or not hit.fields.keys() >= _TO_THE_DAY:
            return super()._year_to_come(hits, index, anchor)
        for after in hits[index + 1 : index + 3]:
            if "year" not in after.fields or not after.fields.keys() >= _TO_THE_DAY:
                continue
            in_order = _month_and_day(hit) < _month_and_day(after)
            far = int(after.fields["year"]) < anchor.year - 1 and not _lies_near(hit.fields, anchor, _NARRATED)
            return Previous(dt.date(int(after.fields["year"]), 1, 1)) if in_order and far else Previous()
        return Previous()

    def _of_the_year_told(self, clock: Clock, hit: Hit, folded: str, found: list[Found]) -> Clock:
        """For "year-end", 年底: of the past year that its sentence names before, unless a verb looks ahead."""
        last, told = found[-1] if found else None, clock.previous
        if not last or told is None or clock.anchor is None or told.year >= clock.anchor.year:
            return clock
        between = folded[last.hit.end : hit.start]
        if len(between) > _SENTENCE or _FULL_STOP.search(between) or self.around.tense(hit, folded) == "future":
            return clock
        return clock._replace(anchor=told)


class TimexFinder:
    """Finds and reads the temporal expressions of one language."""

    def __init__(
        self, dates: DateSpec, durations: DurationSpec, timex: TimexSpec, numerals: Numerals, language: str
    ) -> None:
        """The finder of two specifications and the layer over them. Raises PatternError."""
        grammar = dates.grammar
        spec = dates.model_copy(
            update={
                "grammar": laid_over(grammar, timex.dates),
                "templates": templates_over(dates.templates, timex.dates),
                "tense": dates.tense.model_copy(update=timex.dates.tense.model_dump(exclude_unset=True)),
            }
        )
        self.dates = _Dates(spec, timex, numerals, language)
        layer = timex.durations
        lengths = durations.model_copy(
            update={
                "words": words_of_both(durations.words, layer.words),
                "fields": {**durations.fields, **layer.fields},
                "contexts": contexts_of_both(durations.contexts, layer.contexts),
                "templates": templates_over(durations.templates, layer),
            }
        )
        self.durations = DurationFinder(dates, lengths, numerals)

    @classmethod
    def from_config(cls, folder: Path, language: str) -> TimexFinder:
        """The finder of `language` from its YAML below `folder`; without a timex.yaml, of dates and durations alone.

        Raises ConfigError.
        """
        path = language_file(folder, language, "timex")
        try:
            return cls(
                load(DateSpec, language_file(folder, language, "dates")),
                load(DurationSpec, language_file(folder, language, "durations")),
                load(TimexSpec, path) if path.is_file() else TimexSpec(),
                Numerals.from_config(folder, language),
                language,
            )
        except PatternError as error:
            raise ConfigError(path, 1, str(error), "see docs/dates.md for how templates are written") from None

    def find(self, text: str, anchor: dt.date | None) -> Temporals:
        """What a text says of time; relative dates hang on `anchor`. Offsets are in characters."""
        dates, intervals = self.dates.apart(text, anchor)
        lengths = self.durations.find(text, [(d.start, d.end) for d in dates])
        return Temporals(tuple(dates), tuple(lengths), tuple(intervals))


def _between(words: Sequence[str], gap: str) -> re.Pattern[str]:
    ways = "|".join(re.escape(w).replace("\\ ", gap) for w in words)
    return expression(f"(?:{ways})" if words else "(?!)")


def _connector(words: Sequence[str], gap: str) -> re.Pattern[str]:
    """What links the ends of an interval, up to where the second one begins."""
    ways = "|".join(re.escape(w).replace("\\ ", " +") for w in sorted(words, key=len, reverse=True))
    return expression(f"(?:{gap})?(?:{ways}|-{{1,2}}|or|&|~)(?:{gap})?$")


def _is_clock(hit: Hit) -> bool:
    return ("hour" in hit.fields or "daypart" in hit.fields) and _CLOCK_FIELDS.issuperset(hit.fields)


def _is_day(hit: Hit) -> bool:
    if "ago" in hit.fields:  # "two days later", 次日
        return hit.fields.get("unit") == "day"
    return not _DAY_FIELDS.isdisjoint(hit.fields) and "every" not in hit.fields


def _lies_near(fields: Mapping[str, str], anchor: dt.date, days: int) -> bool:
    """Whether a day of the anchor's year lies so many days from the anchor at most."""
    try:
        return abs((dt.date(anchor.year, int(fields["month"]), int(fields["day"])) - anchor).days) <= days
    except ValueError:
        return False


def _lies_ahead(fields: Mapping[str, str], anchor: dt.date) -> bool:
    """Whether a month is the anchor's or one of the next two."""
    return 0 <= (int(fields["month"]) - anchor.month) % 12 <= _MONTHS


def _month_and_day(hit: Hit) -> tuple[int, int]:
    return int(hit.fields["month"]), int(hit.fields["day"])
