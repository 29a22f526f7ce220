"""Full dates in the lines of a header, in the language of each line: Chinese documents have English ones."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.config import language_file
from pipeline.languages import Languages
from pipeline.mentions.dates.finder import DateFinder

# What a line must have to hold a full date: a year in digits, or a numeral of another script.
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|[〇零○一二三四五六七八九]{4}")
_DAY = re.compile(r"(?<![\d/.(])\d{1,2}(?!\d)|[一二三四五六七八九十]")


@dataclass(frozen=True, slots=True)
class HeaderDates:
    """Finds full dates with the date finders of the languages that a line's script allows.

    A finder is made when a line first needs it; the languages of `languages.supported` are asked
    first, and the first that finds a full date is believed.
    """

    folder: Path
    languages: Languages
    _finders: dict[str, DateFinder | None] = field(default_factory=dict, repr=False, compare=False)

    def __call__(self, line: str) -> list[tuple[int, int, dt.date]]:
        """Start, end and day of each full date of `line`. Raises ConfigError on a language's first use."""
        if not _YEAR.search(line) or not _DAY.search(line):
            return []
        for language in self._order(line):
            finder = self._finder(language)
            spans = _days(finder, line) if finder is not None else []
            if spans:
                return spans
        return []

    def _order(self, line: str) -> Sequence[str]:
        written = self.languages.written(line)
        first = [language for language in self.languages.supported if language in written]
        return [*first, *(language for language in written if language not in first)]

    def _finder(self, language: str) -> DateFinder | None:
        if language not in self._finders:
            has = language_file(self.folder, language, "dates").is_file()
            self._finders[language] = DateFinder.from_config(self.folder, language) if has else None
        return self._finders[language]


def _days(finder: DateFinder, line: str) -> list[tuple[int, int, dt.date]]:
    return [
        (mention.start, mention.end, mention.earliest)
        for mention in finder.find(line, None)
        if mention.earliest is not None and mention.earliest == mention.latest and mention.basis == "explicit"
    ]
