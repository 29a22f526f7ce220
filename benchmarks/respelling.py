"""Dates of a paragraph written otherwise: "5 May 2004" as "May 5, 2004", "from 3 to 5 May" as "on 3-5 May".

What a paragraph says does not hang on which of a language's ways its dates are written in, so the facts must be the
same (benchmarks/metamorphic.py). The first way of each list is the one that is looked for, the others are put in its
place; `{d}`, `{e}`, `{m}`, `{y}` stand for the first day, the last one, the month and the year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.config import Strict

_NEAR = 24  # characters before a day in which others of its list stand
_LISTED = re.compile(r"\d[^\d.;。；]*\Z")
_GOES_ON = re.compile(r"\s?[和及与、至到—–-]\s?\d")
_SLOTS = {"{d}": r"(?P<d>\d{1,2})", "{e}": r"(?P<e>\d{1,2})", "{y}": r"(?P<y>(?:19|20)\d\d)"}


class Spellings(Strict):
    """How a language writes days and intervals."""

    months: list[str]
    days: list[str]
    intervals: list[str]

    def respelled(self, text: str, kind: str) -> Iterator[str]:
        """The paragraph with one of its dates in another way, for each date and way."""
        first, *others = self.days if kind == "day" else self.intervals
        for found in self._pattern(first).finditer(text):
            before, after = text[max(0, found.start() - _NEAR) : found.start()], text[found.end() :]
            if kind == "day" and (_LISTED.search(before) or _GOES_ON.match(after)):
                continue  # "3 and 5 May 2004": one of several days
            month = self.months[int(found["m"]) - 1] if found["m"].isdecimal() else found["m"]
            for other in others:
                told = other.format(**{**found.groupdict(), "m": month})
                yield text[: found.start()] + told + text[found.end() :]

    def _pattern(self, way: str) -> re.Pattern[str]:
        months = "|".join(map(re.escape, sorted(self.months, key=len, reverse=True)))
        source = re.escape(way).replace(r"\{", "{").replace(r"\}", "}").replace(r"\ ", "[ \u00a0]")
        for slot, one in {**_SLOTS, "{m}": rf"(?P<m>{months})"}.items():
            source = source.replace(slot, one, 1)
        return re.compile(rf"(?<!\d){source}(?!\d)")
