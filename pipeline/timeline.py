"""The timeline of mandates: a row a body, a bar a period, gaps and prospects to be seen.

Actual periods are plain bars, in two shades by turns so that each is seen; planned and proposed ones are hatched
unless they have been decided since; a gap in the chain is a dashed line. Hypothetical and denied periods are not
drawn: they are in the table. Partial dates are drawn as wide as they can mean.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.drawing import Box, Drawn, Line, Picture, Shape, Text, shortened, svg, text_width
from pipeline.facts import Row
from pipeline.periods import days_of

FILES = ("timeline.svg", "timeline.png")
WIDTH = 1200
MOST = 250  # rows: what is more than that is nothing to look at; the table has all
_ROW, _BAR = 26, 16
_TOP, _FOOT, _SIDE = 78, 34, 20
_NAMES = 250  # the widest that names may be
_INK, _GREY, _RULE, _PALE = "#1B2733", "#5F6B78", "#D5DCE3", "#F4F7FA"
_SMALL = 8.8  # size of the words in bars
_ACTUAL, _EDGE = ("#8FC3E8", "#BBDCF3"), "#FFFFFF"
_PLANNED, _PROPOSED, _GAP, _MARK = "#D98E2B", "#8C7BB5", "#C0392B", "#16425B"
SHOWN = [
    "mission", "modality", "period_start", "period_end", "start_basis", "end_basis", "document", "gap_days",
    "superseded_by",
]  # fmt: skip
"""The columns of `mandates` that are drawn."""
_NUMBER = re.compile(r"/RES/(\S+)")


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where a day stands: pixels from the left."""

    first: dt.date
    last: dt.date  # the first day after the picture
    left: float
    right: float

    def x(self, day: dt.date) -> float:
        """The beginning of the day."""
        share = (min(day, self.last) - self.first).days / (self.last - self.first).days
        return self.left + (self.right - self.left) * share

    def end(self, day: dt.date) -> float:
        """The end of the day."""
        return self.x(min(day + dt.timedelta(days=1), self.last)) if day < dt.date.max else self.right


def timeline(rows: Iterable[Row]) -> Picture:
    """The picture of these rows of `mandates`; the order of the rows does not matter."""
    by_body: dict[str, list[Row]] = {}
    for row in rows:
        if _drawn(row):
            by_body.setdefault(row["mission"], []).append(row)
    if not by_body:
        words = Text(WIDTH / 2, 60, "No mandate with a date was found.", 14, _GREY, "middle")
        return Picture(WIDTH, 110, "Mandates", (words,))
    for periods in by_body.values():
        periods.sort(key=_order)
    bodies = sorted(by_body, key=lambda body: (_order(by_body[body][0])[:2], body))
    more = len(bodies) - MOST
    bodies = bodies[:MOST]
    names = {body: shortened(body, 12, _NAMES) for body in bodies}
    scale = _scale([row for body in bodies for row in by_body[body]], max(text_width(n, 12) for n in names.values()))
    bottom = _TOP + _ROW * len(bodies)
    shapes: list[Drawn] = [*_head(scale, by_body, bodies)]
    for number in range(0, len(bodies), 2):
        shapes.append(Box(_SIDE, _TOP + number * _ROW, WIDTH - 2 * _SIDE, _ROW, _PALE))
    shapes += _years(scale, bottom, both=len(bodies) > 12)
    for number, body in enumerate(bodies):
        y = _TOP + number * _ROW
        shapes.append(Text(scale.left - 12, y + 17, names[body], 12, _INK, "end"))
        shapes += _bars(by_body[body], scale, y)
    if more > 0:
        note = f"and {more} more bodies: see the table mandates"
        shapes.append(Text(scale.left, bottom + 44, note, 11, _GREY))
        bottom += 20
    return Picture(WIDTH, int(bottom + _FOOT), "Timeline of mandates", tuple(shapes))


def timeline_files(rows: Iterable[Row]) -> dict[str, bytes]:
    """The picture of these rows of `mandates` as files, in the order of `FILES`."""
    from pipeline.raster import png  # loads Pillow, which nothing before the tables needs

    picture = timeline(rows)
    return dict(zip(FILES, (svg(picture).encode("utf-8"), png(picture)), strict=True))


def _drawn(row: Row) -> bool:
    start, end = _span(row)
    if start is None and end is None:
        return False
    return row["modality"] == "actual" or (row["modality"] in ("planned", "proposed") and not row.get("superseded_by"))


def _span(row: Row) -> tuple[dt.date | None, dt.date | None]:
    return days_of(row.get("period_start"))[0], days_of(row.get("period_end"))[1]


def _order(row: Row) -> tuple[dt.date, dt.date, str, str]:
    start, end = _span(row)
    first = start or end or dt.date.min
    return first, end or first, row["modality"], row["document"]


def _scale(rows: Sequence[Row], names: float) -> _Scale:
    days = [day for row in rows for day in _span(row) if day is not None]
    first, last = min(min(days).year, 9998), max(days).year
    return _Scale(dt.date(first, 1, 1), dt.date(min(last + 1, 9999), 1, 1), _SIDE + names + 20, WIDTH - _SIDE - 8)


def _head(scale: _Scale, by_body: dict[str, list[Row]], bodies: Sequence[str]) -> Iterable[Drawn]:
    last = (scale.last - dt.timedelta(days=1)).year
    years = f"{scale.first.year} to {last}" if last > scale.first.year else str(last)
    yield Text(_SIDE, 30, f"Mandates, {years}", 17, _INK, bold=True)
    rows = [row for body in bodies for row in by_body[body]]
    kinds = {row["modality"] for row in rows}
    x: float = _SIDE
    keys: list[tuple[str, list[Drawn]]] = []
    if "actual" in kinds:
        keys.append(("decided", [Box(0, 0, 13, 11, _ACTUAL[0]), Box(14, 0, 13, 11, _ACTUAL[1])]))
    for kind, colour, falling in (("planned", _PLANNED, False), ("proposed", _PROPOSED, True)):
        if kind in kinds:
            keys.append((kind, [Box(0, 0, 27, 11, "#FFFFFF", colour, colour, falling)]))
    if any((row.get("gap_days") or 0) > 0 and row["modality"] == "actual" for row in rows):
        keys.append(("gap in the chain", [Line(0, 5.5, 27, 5.5, _GAP, 1.5, dashed=True)]))
    if any(row["modality"] == "actual" and not row.get("period_end") for row in rows):
        keys.append(("established", [_diamond(8, 5.5)]))
    x = max(_SIDE + 200, scale.left)
    for words, signs in keys:
        yield from (_moved(sign, x, 20) for sign in signs)
        yield Text(x + 33, 30, words, 11.5, _GREY)
        x += 33 + text_width(words, 11.5) + 22


def _moved(sign: Drawn, dx: float, dy: float) -> Drawn:
    if isinstance(sign, Line):
        return replace(sign, x1=sign.x1 + dx, y1=sign.y1 + dy, x2=sign.x2 + dx, y2=sign.y2 + dy)
    if isinstance(sign, Shape):
        return replace(sign, points=tuple((x + dx, y + dy) for x, y in sign.points))
    return replace(sign, x=sign.x + dx, y=sign.y + dy)


def _years(scale: _Scale, bottom: float, both: bool) -> Iterable[Drawn]:
    """The axis: a line at the beginning of each year, its number above, and below too if that is far."""
    wide = (scale.right - scale.left) * 365 / (scale.last - scale.first).days
    step = next((n for n in (1, 2, 5, 10, 20, 50, 100) if n * wide >= 40), 500)
    if wide >= 200:
        for year in range(scale.first.year, scale.last.year):
            for month in (4, 7, 10):
                x = scale.x(dt.date(year, month, 1))
                yield Line(x, _TOP, x, bottom, "#E9EEF2")
                yield Text(x, _TOP - 8, ("Apr", "Jul", "Oct")[month // 3 - 1], 9.5, _GREY, "middle")
    for year in range(scale.first.year, scale.last.year + 1):
        x = scale.x(dt.date(year, 1, 1)) if year < scale.last.year else scale.right
        labelled = (year - scale.first.year) % step == 0
        if labelled or wide >= 12:
            yield Line(x, _TOP - 4, x, bottom + 3, _RULE)
        if labelled:
            yield Text(x, _TOP - 8, str(year), 11.5, _INK, "middle")
            if both:
                yield Text(x, bottom + 17, str(year), 11.5, _INK, "middle")


def _bars(rows: Sequence[Row], scale: _Scale, y: float) -> Iterable[Drawn]:
    """What stands in the row of one body: gaps, then prospects, then what is decided above them."""
    top = y + (_ROW - _BAR) / 2
    middle = y + _ROW / 2
    actual = [row for row in rows if row["modality"] == "actual"]
    yield from _gaps(actual, scale, middle)
    for row in rows:
        if row["modality"] != "actual":
            yield from _prospect(row, scale, top)
    shade = 0
    for row, (following, earliest) in zip(actual, _later(actual), strict=True):
        start, end = _span(row)
        if start and end:
            shown = min(end, earliest - dt.timedelta(days=1)) if earliest and earliest > start else end
            yield from _bar(row, start, shown, scale, top, _ACTUAL[shade])
            shade = 1 - shade
        elif start:
            if following and following > start:
                yield Line(scale.x(start), middle, scale.x(following), middle, _ACTUAL[0], 3)
            yield _diamond(scale.x(start), middle, _told(row))
        elif end:
            x = scale.end(end)
            yield Shape(((x, middle - 6), (x - 7, middle), (x, middle + 6)), _MARK, _told(row))


def _later(rows: Sequence[Row]) -> list[tuple[dt.date | None, dt.date | None]]:
    """Of the rows after each row: the next first day, and the earliest."""
    found: list[tuple[dt.date | None, dt.date | None]] = []
    following = earliest = None
    for row in reversed(rows):
        found.append((following, earliest))
        start = _span(row)[0]
        if start is not None:
            following, earliest = start, min(start, earliest or start)
    return found[::-1]


def _diamond(x: float, y: float, told: str = "") -> Shape:
    return Shape(((x - 5, y), (x, y - 5), (x + 5, y), (x, y + 5)), _MARK, told)


def _bar(row: Row, start: dt.date, end: dt.date, scale: _Scale, top: float, fill: str) -> Iterable[Drawn]:
    left, right = scale.x(start), max(scale.end(end), scale.x(start) + 1)
    room = right - left - 1
    yield Box(left, top, max(room, 1), _BAR, fill, told=_told(row))
    for words in _labels(row):
        if text_width(words, _SMALL) <= room - 2:
            yield Text(left + room / 2, top + 11.2, words, _SMALL, _INK, "middle")
            break


def _prospect(row: Row, scale: _Scale, top: float) -> Iterable[Drawn]:
    start, end = _span(row)
    colour, falling = (_PLANNED, False) if row["modality"] == "planned" else (_PROPOSED, True)
    if start and end:
        left, right = scale.x(start), max(scale.end(end), scale.x(start) + 2)
        yield Box(left, top, right - left - 1, _BAR, "#FFFFFF", colour, colour, falling, _told(row))
        for words in _labels(row):
            width = text_width(words, _SMALL)
            if width <= right - left - 12:
                middle = (left + right - 1) / 2
                yield Box(middle - width / 2 - 3, top + 1, width + 6, _BAR - 2, "#FFFFFF")
                yield Text(middle, top + 11.2, words, _SMALL, _INK, "middle")
                break
    else:
        x = scale.x(start) if start else scale.end(end) if end else scale.left
        yield Line(x, top, x, top + _BAR, colour, 2)


def _gaps(actual: Sequence[Row], scale: _Scale, middle: float) -> Iterable[Drawn]:
    """The days between the periods of a chain that are in none."""
    reached: dt.date | None = None
    for start, end in map(_span, actual):
        if start is None or end is None:
            continue
        if reached and (start - reached).days > 1:
            left, right = scale.end(reached), scale.x(start)
            yield Line(left, middle, max(right - 1, left + 1), middle, _GAP, 1.5, dashed=True)
            words = f"{(start - reached).days - 1} days"
            if text_width(words, _SMALL) <= right - left - 4:
                yield Text((left + right) / 2, middle - 3.5, words, _SMALL, _GAP, "middle")
        reached = max(reached, end) if reached else end


def _labels(row: Row) -> tuple[str, ...]:
    """What may stand in a bar, the fullest first: the document with the last day, the document, its number."""
    document = str(row["document"])
    number = _NUMBER.search(document)
    long = f"{document}, until {row['period_end']}" if row.get("end_basis") == "stated" else document
    return (long, document, number[1] if number else document)


def _told(row: Row) -> str:
    """What a bar says when one points at it."""
    start = f"{row.get('period_start') or '?'}{' (derived)' if row.get('start_basis') == 'derived' else ''}"
    end = f"{row.get('period_end') or '?'}{' (derived)' if row.get('end_basis') == 'derived' else ''}"
    return f"{row['mission']}: {start} to {end}, {row['modality']}, {row['document']}"
