"""The head of a document: letterhead, symbol, dates, language and title; and where its body begins."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipeline.layout import DATE, MAX_LINE, Kind, Layout
from pipeline.lines import Line, Wrapping, starts_low
from pipeline.text import fold

DateSpans = Callable[[str], list[tuple[int, int, dt.date]]]
"""Full dates of a line: start, end, day. See `pipeline.mentions.dates`."""

_ZONE = 80  # lines looked at
_SENTENCE = 160  # columns from which a line that ends a sentence is body
_TITLE = 100  # columns at most of a further line of a title, where the text itself is not wrapped
_STRAY = 12  # lines in a row that may be unknown between two lines of a header
_SPACE = re.compile(r"\s+")
_DIGIT = re.compile("[0-9]")


@dataclass(frozen=True, slots=True)
class Header:
    """What the head of a document says. `length` is how many lines it takes."""

    length: int
    kind: Kind | None = None
    symbol: str = ""
    title: str = ""
    date: dt.date | None = None  # the document's own: of the letter, of the adoption
    distribution_date: dt.date | None = None
    language: str = ""  # as the header names it


@dataclass(frozen=True, slots=True)
class _Masked:
    """A line as the patterns see it, its dates replaced by DATE, and these dates in order."""

    text: str
    dates: tuple[dt.date, ...]

    def date_at(self, position: int) -> dt.date | None:
        index = self.text.count(DATE, 0, position)
        return self.dates[index] if index < len(self.dates) else None


def header_of(lines: Sequence[Line], wrapping: Wrapping, layout: Layout, dates: DateSpans) -> Header:
    """The header that `lines`, the first of a document and free of page furniture, begin with.

    Without one its length is 0. A text that would be all header has none: something must be left to read.
    """
    masked = _MaskedLines(lines, layout, dates)
    found = _Findings()
    position = end = 0
    while position < masked.count and not (lines[position].closed and lines[position].width > _SENTENCE):
        if layout.body_starts.fullmatch(masked[position].text):
            end = position if end else 0  # what stands between the header and these words is its subject
            break
        taken = _taken(position, masked, lines, layout, found)
        if taken:
            position = end = position + taken
            continue
        if not _may_be_title(lines[position]) or position - end >= _STRAY:
            break
        position += 1
    end = _with_rest_of_title(end, lines, wrapping, layout, found)
    if end >= len(lines):
        return Header(0)
    return _header(end, masked, lines, layout, found)


@dataclass(slots=True)
class _Findings:
    """What the lines of a header have given so far (used within `header_of` only)."""

    title: tuple[int, int] | None = None  # lines of the title
    kind: Kind | None = None
    date: dt.date | None = None
    elements: list[int] = field(default_factory=list)


def _taken(position: int, masked: _MaskedLines, lines: Sequence[Line], layout: Layout, found: _Findings) -> int:
    """How many lines from `position` are a part of a header that is known: none, one, or two that wrap."""
    one = masked[position]
    for count in (1, 2):
        if count == 2:
            if position + 1 >= masked.count or (lines[position].closed and not one.text.endswith(",")):
                return 0
            following = masked[position + 1]
            one = _Masked(layout.norm(f"{one.text} {following.text}"), one.dates + following.dates)
        if len(one.text) > MAX_LINE:
            return 0
        titles = layout.titles if layout.any_title.fullmatch(one.text) else ()
        for kind, pattern in titles:
            if pattern.fullmatch(one.text):
                if found.title is None or kind != "report":
                    found.title, found.kind = (position, position + count), found.kind or kind
                at = one.text.find(DATE)
                found.date = found.date or (one.date_at(at) if at >= 0 and kind != "report" else None)
                return count
        if count == 1 and layout.header.fullmatch(one.text):
            found.elements.append(position)
            return 1
    return 0


class _MaskedLines:
    """The lines of the zone in which a header may be, masked when they are first asked for."""

    def __init__(self, lines: Sequence[Line], layout: Layout, dates: DateSpans) -> None:
        self._lines, self._layout, self._dates = lines, layout, dates
        self._known: dict[int, _Masked] = {}
        long = (i for i, line in enumerate(lines[:_ZONE]) if line.width > 2 * MAX_LINE)
        self.count = next(long, min(_ZONE, len(lines)))

    def __getitem__(self, index: int) -> _Masked:
        if index not in self._known:
            self._known[index] = _masked(self._lines[index].text, self._layout, self._dates)
        return self._known[index]


def _masked(text: str, layout: Layout, dates: DateSpans) -> _Masked:
    norm = layout.norm(text)
    spans = dates(norm) if _DIGIT.search(norm) or not norm.isascii() else []
    if not spans:
        return _Masked(norm, ())
    pieces, done = [], 0
    for start, end, _ in spans:
        pieces += [norm[done:start], DATE]
        done = end
    return _Masked("".join([*pieces, norm[done:]]), tuple(day for _, _, day in spans))


def _may_be_title(line: Line) -> bool:
    """Whether an unknown line could stand in a header: short, and no sentence."""
    return not line.closed and line.width <= 200


def _with_rest_of_title(end: int, lines: Sequence[Line], wrapping: Wrapping, layout: Layout, found: _Findings) -> int:
    """Past the further lines of a title that wraps."""
    if found.title is None or found.title[1] != end or found.kind == "resolution":
        return end
    width = wrapping.width or _TITLE
    while end < len(lines) - 1 and end - found.title[0] < 6:
        line, before = lines[end], lines[end - 1]
        if before.closed or line.closed or line.blanks > (1 if wrapping.spaced else 0):
            break
        if layout.marker.match(line.text) or line.width > width:
            break
        if layout.body_starts.match(layout.norm(line.text[:MAX_LINE])):
            break
        if not (starts_low(line) or line.width < width * 0.85):
            break
        end += 1
    found.title = (found.title[0], end)
    return end


def _header(end: int, masked: _MaskedLines, lines: Sequence[Line], layout: Layout, found: _Findings) -> Header:
    symbol, language, distributed = "", "", None
    for i in found.elements:
        text = masked[i].text
        if text.startswith("["):  # "[without reference to a Main Committee (A/55/L.2)]"
            continue
        symbols = layout.symbol.findall(text)
        symbol = symbol or (canonical_symbol(symbols[0]) if symbols else "")
        language = language or layout.languages.get(text, "")
        distributed = distributed or (masked[i].dates[0] if masked[i].dates else None)
    heads = " ".join(layout.norm(line.text) for line in lines[: end + 1])[:2_000]
    date = found.date
    if date is None and end < masked.count:
        opening = layout.dated_openings.match(masked[end].text)
        date = masked[end].date_at(opening[0].find(DATE)) if opening else None
    if found.kind in ("report", "resolution") and date is None:
        date = distributed  # these have no date but that of their header
    if not symbol and (found.kind == "resolution" or (found.kind is None and date is not None)):
        symbol = _resolution_symbol(heads, layout)
    year = _SYMBOL_YEAR.search(symbol)
    if date and distributed and year and date.year != int(year[1]) == distributed.year:
        date = distributed  # a slip, or the date of another resolution on the same page: the symbol is right
    first, last = found.title or _title_lines(end, masked, found)
    title = _SPACE.sub(" ", " ".join(line.text for line in lines[first:last])).strip()
    return Header(end, found.kind, symbol, layout.around_unspaced.sub("", title), date, distributed, language)


_SYMBOL_YEAR = re.compile(r"\(((?:19|20)\d\d)\)$")  # "S/RES/1139 (1997)": the year of its adoption


def _title_lines(end: int, masked: _MaskedLines, found: _Findings) -> tuple[int, int]:
    """The first lines of the header that are none of its known elements."""
    unknown = [i for i in range(min(end, masked.count)) if i not in found.elements]
    return (unknown[0], unknown[0] + 1) if unknown else (0, 0)


def _resolution_symbol(text: str, layout: Layout) -> str:
    """What "Resolution 763 (1992)" is as a symbol: numbers with a year are the Security Council's."""
    for pattern in layout.resolution:
        match = pattern.search(text)
        if match:
            return f"S/RES/{match['number']} ({match['year']})"
    return ""


def canonical_symbol(symbol: str) -> str:
    """A symbol as the documents system writes it: one space before a year in brackets, no trailing mark."""
    return re.sub(r" ?\((?=[\dIVX])", " (", fold(symbol).strip().rstrip(".*-"))
