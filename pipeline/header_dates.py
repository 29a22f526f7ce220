"""Full dates in the lines of a header, in the language of each line: Chinese documents have English ones."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import cache

from pipeline.languages import Languages
from pipeline.mentions.dates.finder import DateFinder

# What a line must have to hold a full date: a year in digits, or a numeral of another script.
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|[〇零○一二三四五六七八九]{4}")
_HAN = "一二三四五六七八九十"
# A digit first, then what must not stand before it: so `re` searches for digits, and looks at little else.
_DAY = re.compile(rf"[\d{_HAN}](?:(?<=[{_HAN}])|(?<![\d/.(].)\d?(?!\d))")


class HeaderDates:
    """Finds full dates with the date finders of the languages that a line's script allows.

    A finder is made when a line first needs it; the supported languages are asked in their order, and the first
    that finds a full date is believed.
    """

    def __init__(self, languages: Languages, finder_of: Callable[[str], DateFinder]) -> None:
        """The dates of `languages.supported`, by the finders that `finder_of` makes (or has) for a language."""
        self._languages = languages
        self._finder_of = cache(finder_of)

    def __call__(self, line: str) -> list[tuple[int, int, dt.date]]:
        """Start, end and day of each full date of `line`. Raises ConfigError on a language's first use."""
        if not _YEAR.search(line) or not _DAY.search(line):
            return []
        written = self._languages.written(line)
        for language in self._languages.supported:
            spans = _days(self._finder_of(language), line) if language in written else []
            if spans:
                return spans
        return []


def _days(finder: DateFinder, line: str) -> list[tuple[int, int, dt.date]]:
    return [
        (mention.start, mention.end, mention.earliest)
        for mention in finder.find(line, None)
        if mention.earliest is not None and mention.earliest == mention.latest and mention.basis == "explicit"
    ]
