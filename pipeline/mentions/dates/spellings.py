"""Month spellings that the tables lack, read by `dateparser`.

The span is found by our own expression (a day, one word, a year, in the two orders); dateparser reads only the
words of that span, strictly: all three parts required, one language, a fixed clock. It costs milliseconds a
call, so it is asked once a spelling, and only about words that no template could read.
"""

from __future__ import annotations

import datetime as dt
import re
import warnings
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

_CANDIDATE = re.compile(
    r"(?<![\w.,/-])(?:\d{1,2}(?:er|st|nd|rd|th|º)? (?:de )?[^\W\d_]{3,12}\.?,? (?:de )?(?:19|20)\d\d"
    r"|[^\W\d_]{3,12}\.? \d{1,2}, (?:19|20)\d\d)(?![\w/-])"
)
_YEAR = re.compile(r" (?:19|20)\d\d(?![\w/-])")  # as a candidate ends
_MOST = 20  # words of one text; more is no prose
_CLOCK = dt.datetime(2000, 1, 1)


@lru_cache(maxsize=4096)
def day_of(text: str, language: str) -> dt.date | None:
    """The day that `text` names in full, or None; the same on every machine and at any time."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import dateparser  # it takes a third of a second to import, and most texts never need it

        found = dateparser.parse(
            text,
            languages=[language],
            settings={
                "RELATIVE_BASE": _CLOCK,
                "REQUIRE_PARTS": ["day", "month", "year"],
                "STRICT_PARSING": True,
                "TIMEZONE": "UTC",
                "PARSERS": ["absolute-time"],
            },
        )
    if found is None or not re.search(rf"(?<!\d){found.day}(?!\d)", text) or str(found.year) not in text:
        return None
    return found.date()


def unread_days(text: str, taken: Sequence[tuple[int, int]], language: str) -> Iterator[tuple[int, int, dt.date]]:
    """Days in `text` (folded) outside `taken` (in order): start, end, day. At most `_MOST` words are asked about."""
    ends = [end for _, end in taken]
    if all(_touched(year.start() + 1, year.end(), taken, ends) for year in _YEAR.finditer(text)):
        return
    asked = 0
    for match in _CANDIDATE.finditer(text):
        start, end = match.span()
        if _touched(start, end, taken, ends):
            continue
        asked += 1
        if asked > _MOST:
            return
        if day := day_of(match[0], language):
            yield start, end, day


def _touched(start: int, end: int, taken: Sequence[tuple[int, int]], ends: Sequence[int]) -> bool:
    """Whether a span shares a character with one of those taken; `ends` are theirs."""
    beside = bisect_right(ends, start)  # the first that ends after our start
    return beside < len(taken) and taken[beside][0] < end
