"""What later dates of a text hang on: the date named before, and beside it the last one of each finer or coarser kind.

Years before the common era have no `datetime.date`; they are kept by their number, with the month or season beside it.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from pipeline import edtf

_PLAIN = re.compile(r"\d{4}(?:-(?:0\d|1[0-2])(?:-\d\d)?|-2[1-4])?")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):\d\d")
_LONG = re.compile(r"(\d{3})X|(\d\d)XX")
_BEFORE_OUR_ERA = re.compile(r"BC(\d{4})(?:-(\d\d|[A-Z]{2})(?:-\d\d)?)?")


class BeforeOurEra(NamedTuple):
    """A year before the common era, and the month ("03") or season ("SU") that was named of it."""

    year: int
    part: str = ""


class Previous(NamedTuple):
    """The date named before in the text, and what else was."""

    date: dt.date | None = None
    day: dt.date | None = None  # the last one that was said to the day
    moment: dt.datetime | None = None  # the time of day, where it was said last
    long: dt.date | None = None  # the beginning of the decade or century, where one was named last
    bc: BeforeOurEra | None = None  # the year before the common era, where one was named last
    weekday: bool = False  # whether the date was named with its day of the week

    def then(self, text: str | None, value: str, weekday: bool = False) -> Previous:
        """After a further date, of this EDTF and this TIMEX3 value."""
        if value.startswith("BC") and (old := _BEFORE_OUR_ERA.fullmatch(value)):
            return self._replace(bc=BeforeOurEra(int(old[1]), old[2] or ""), moment=None, long=None)
        first = (text or "").split("/")[0]
        if age := _LONG.fullmatch(first):
            year = int(age[1]) * 10 if age[1] else int(age[2]) * 100
            return self._replace(long=dt.date(year, 1, 1)) if year else self
        if not _PLAIN.fullmatch(first):
            return self
        date = edtf.bounds(first)[0]
        moment = dt.datetime.fromisoformat(value[:16]) if "T" in value and _MOMENT.match(value) else None
        return Previous(date, date if len(first) == 10 else self.day, moment, weekday=weekday)
