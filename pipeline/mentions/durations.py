"""Lengths of time: "a further six months", 为期一年. What was said stays: "12 months" is P12M, never P1Y.

Durations are ISO 8601-1 clause 5.5.2; an amount that is not said ("several months") is X, as in TIMEX3 ("PXM").
The words and numbers are those of the language's dates.yaml; the ways to put them are in durations.yaml.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from pipeline.config import ConfigError, language_file, load
from pipeline.mentions.dates.finder import DateFinder
from pipeline.mentions.dates.matching import Hit, Lexicon, Matcher
from pipeline.mentions.dates.patterns import PatternError
from pipeline.mentions.dates.spec import DateSpec, DurationSpec
from pipeline.mentions.dates.timex import in_digits, iso_duration
from pipeline.mentions.numerals import Numerals
from pipeline.model import DurationMention
from pipeline.text import Folded

_LONGEST = 1000  # "2004 years" is a year and a noun, not a length of time; "2,000 years" is one
_FOUR_DIGITS = re.compile(r"(?<!\d)\d{4}(?!\d)")

_SIZES = ("second", "minute", "hour", "day", "week", "weekend", "month", "quarter", "half", "year", "decade", "century")


class DurationFinder:
    """Finds and reads the lengths of time of one language; dates ("three years ago") are left alone."""

    def __init__(self, dates: DateSpec, durations: DurationSpec, numerals: Numerals) -> None:
        """The finder that the two specifications describe. Raises PatternError for a faulty template."""
        own = {
            "contexts": {**dates.grammar.contexts, **durations.contexts},
            "fields": {**dates.grammar.fields, **durations.fields},
        }
        grammar = dates.grammar.model_copy(update=own)
        self._matcher = Matcher(grammar, Lexicon(grammar, numerals, durations.words), durations.templates)
        self._spec, self._numerals = dates, numerals

    @cached_property
    def _dates(self) -> DateFinder:
        """The dates of the language, for texts whose dates nobody has looked for."""
        return DateFinder(self._spec, self._numerals)

    @classmethod
    def from_config(cls, folder: Path, language: str) -> DurationFinder:
        """The finder of `language` from its YAML below `folder`. Raises ConfigError."""
        path = language_file(folder, language, "durations")
        dates = load(DateSpec, language_file(folder, language, "dates"))
        try:
            return cls(dates, load(DurationSpec, path), Numerals.from_config(folder, language))
        except PatternError as error:
            raise ConfigError(path, 1, str(error), "see docs/dates.md for how templates are written") from None

    def find(self, text: str, taken: Sequence[tuple[int, int]] | None = None) -> list[DurationMention]:
        """The durations of a paragraph, in order; none that overlaps a date.

        `taken` are the spans of the dates where the caller has found them already.
        """
        return self.find_each([Folded.of(text)], [self._dates.spans(text) if taken is None else taken])[0]

    def find_each(
        self, texts: Sequence[Folded], taken: Sequence[Sequence[tuple[int, int]]]
    ) -> list[list[DurationMention]]:
        """The durations of each paragraph; its dates are `taken`."""
        each = self._matcher.places(texts)
        return [
            self._outside(spans, read, places) if places else []
            for read, places, spans in zip(texts, each, taken, strict=True)
        ]

    def _outside(self, taken: Sequence[tuple[int, int]], read: Folded, places: Sequence[int]) -> list[DurationMention]:
        text, folded = read.text, read.lower
        hits = list(self._matcher.hits(folded, text, places, lambda hit: _is_length(hit, folded)))
        if not hits:
            return []
        spans = sorted(taken)
        ends = [end for _, end in spans]
        found: list[DurationMention] = []
        for hit in hits:
            beside = bisect_right(ends, hit.start)  # the first date that ends after our start
            if beside < len(spans) and spans[beside][0] < hit.end:
                continue
            if "same" in hit.fields and not found:
                continue  # "for the same period", and none is told
            iso = found[-1].iso if "same" in hit.fields else iso_of(hit)
            found.append(DurationMention(hit.start, hit.end, text[hit.start : hit.end], iso))
        return found


def iso_of(hit: Hit) -> str:
    """The ISO 8601 duration of a match: one or two amounts with their units ("one year and six months")."""
    count = hit.fields.get("n", "1")
    if "half" in hit.fields and count != "X":
        count = in_digits(float(count) + 0.5)
    first = iso_duration(count, hit.fields["unit"])
    if "unit2" not in hit.fields:
        return first
    second = iso_duration(hit.fields["n2"], hit.fields["unit2"])
    return first + (second[2:] if "T" in first and second.startswith("PT") else second[1:])


def _is_length(hit: Hit, folded: str) -> bool:
    if "same" in hit.fields:
        return True
    n = hit.fields.get("n", "1")
    if "unit2" in hit.fields and _SIZES.index(hit.fields["unit"]) <= _SIZES.index(hit.fields["unit2"]):
        return False  # "45 days and nineteen months" are two
    if n == "X" or hit.fields["unit"] != "year" or float(n) < _LONGEST:
        return True
    return _FOUR_DIGITS.search(folded, hit.start, hit.end) is None
