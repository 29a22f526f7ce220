"""What one version of a paragraph says in numbers and dates, as items that can be held against another version's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.alignments.signatures import duration_key
from pipeline.text import fold

Row = Mapping[str, Any]
Kind = Literal["number", "date", "duration"]

_DIGITS = re.compile(r"\d+(?:[ .,'’]\d+)*")
_CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-3])(?: ?[^\W\d_]{1,2}\.? ?|[:.])([0-5]\d)(?!\d)")  # 13:10, 13 h 10, 13时10分
_ROMAN = re.compile(r"(?<![A-Za-z])[IVXL]{2,}(?![A-Za-z])")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50}
_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}")
_WORTH = 13  # a number from here on is a figure; smaller ones come and go with the idiom ("both", "a dozen")
_THOUSANDS = (1_000, 10_000, 1_000_000, 100_000_000, 1_000_000_000)


@dataclass(frozen=True, slots=True)
class Item:
    """A number, date or duration of a paragraph; `value` is equal where the meaning is."""

    kind: Kind
    value: str | float
    shown: str  # as tables have it
    text: str
    paragraph: int
    start: int
    end: int
    qualifier: str = ""
    measure: str = ""  # of a number: cardinal, percent, money, measure
    used_by: tuple[str, ...] = ()
    digits: bool = False  # written in digits
    basis: str = ""  # of a date: explicit, relative, context
    vague: bool = False  # a range, or a part of a year: "between 5 and 15", "late 2017"

    @property
    def figure(self) -> bool:
        """Whether it is a number that a translation keeps: no small one in words."""
        return isinstance(self.value, float) and self.value >= _WORTH and self.digits


@dataclass(frozen=True, slots=True)
class Side:
    """One version of a group of paragraphs."""

    file: str
    language: str
    texts: Mapping[int, str]  # by paragraph
    items: tuple[Item, ...]
    numbers: frozenset[float]  # every number that can be seen in it, however it is meant
    open_dates: bool  # some of its dates are not known ("last May", and nobody knows of which year)


def side_of(
    file: str, language: str, texts: Mapping[int, str], dates: Iterable[Row], quantities: Iterable[Row]
) -> Side:
    """The items of one version, from its rows of the tables `dates` and `quantities`."""
    dates, quantities = list(dates), list(quantities)
    counted = (row for row in quantities if not _is_clock(texts[row["paragraph"]], row["start"], row["end"]))
    items = [*map(_number, counted), *(item for row in dates if (item := _time(row)) is not None)]
    numbers = {item.value for item in items if isinstance(item.value, float)}
    for row in quantities:
        numbers |= {float(row[name]) for name in ("min", "max") if row.get(name) is not None}
    for text in texts.values():
        numbers.update(_seen(text))
    for row in dates:
        numbers.update(float(n) for n in re.findall(r"\d+", f"{row.get('edtf') or ''} {row.get('duration') or ''}"))
    unknown = any(row["kind"] == "date" and not row.get("edtf") for row in dates)
    items.sort(key=lambda item: (item.paragraph, item.start, item.kind))
    return Side(file, language, texts, tuple(items), frozenset(numbers), unknown)


def _is_clock(text: str, start: int, end: int) -> bool:
    """Whether the digits are an hour or the minutes of one: "13:00"."""
    return (text[end : end + 1] == ":" and text[end + 1 : end + 3].isdecimal()) or (
        text[start - 1 : start] == ":" and text[max(0, start - 2) : start - 1].isdecimal()
    )


def _number(row: Row) -> Item:
    value = float(row["value"])
    shown = f"{int(value)}" if value == int(value) else f"{value}"
    return Item(
        "number", value, shown, row["text"], row["paragraph"], row["start"], row["end"],
        row["qualifier"], row["kind"], listed(row.get("used_by")), bool(re.search(r"\d", fold(row["text"]))),
        vague=row.get("min") is not None and row.get("max") is not None and row["min"] != row["max"],
    )  # fmt: skip


def _time(row: Row) -> Item | None:
    where = row["text"], row["paragraph"], row["start"], row["end"]
    used = listed(row.get("used_by"))
    if row["kind"] == "duration" and row.get("duration"):
        return Item("duration", duration_key(row["duration"]), row["duration"], *where, used_by=used)
    if row["kind"] == "date" and row.get("edtf"):
        return Item(
            "date", row["edtf"], row["edtf"], *where, used_by=used,
            basis=row.get("basis") or "", vague=row.get("modifier") is not None,
        )  # fmt: skip
    return None


def listed(cell: Any) -> tuple[str, ...]:
    """The values of a cell that lists several: as a sequence, or as tables store it, with spaces between."""
    return tuple(cell.split() if isinstance(cell, str) else cell or ())


def days_of(value: str | float) -> list[str]:
    """The dates that an EDTF date or interval names: "2001-02-08/2001-02-09" names two."""
    return _DAY.findall(str(value))


def _seen(text: str) -> Iterator[float]:
    """Every number that digits of the text can be read as: "1,300" as 1300, 1.3, 1 and 300; "900 127" both ways."""
    plain = fold(text)
    for match in _CLOCK.finditer(plain):
        yield float(match[1] + match[2])
    for match in _ROMAN.finditer(plain):
        yield _roman(match[0])
    for match in _DIGITS.finditer(plain):
        parts = re.split(r"\D", match[0])
        for i in range(len(parts)):
            for j in range(i + 1, min(len(parts), i + 4) + 1):
                yield from _readings(parts[i:j])


def _readings(parts: list[str]) -> Iterator[float]:
    if sum(map(len, parts)) > 15:
        return
    yield float("".join(parts))
    if len(parts) == 1:
        yield from two_years(parts[0])
    else:
        yield float("".join(reversed(parts)))
        yield float("".join(parts[:-1]) + "." + parts[-1])


def _roman(letters: str) -> float:
    values = [_ROMAN_DIGITS[letter] for letter in letters]
    signed = (-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
    return float(sum(signed))


def two_years(digits: str) -> tuple[float, ...]:
    """Two years, ages or pages that have lost the dash between them: "20142020", "1564"."""
    half = len(digits) // 2
    if len(digits) not in (4, 8) or digits[half] == "0":
        return ()
    pair = float(digits[:half]), float(digits[half:])
    if half == 4:
        return pair if 1900 <= pair[0] <= pair[1] < 2100 else ()
    return pair if 10 <= pair[0] < pair[1] and not 1900 <= float(digits) < 2100 else ()


def scaled(value: float, numbers: frozenset[float]) -> bool:
    """Whether the number is one of them, with a unit (thousand, 万, million, 亿, milliard) that was not read."""
    return any(abs(value / unit - n) < 1e-9 for unit in _THOUSANDS if value >= unit for n in numbers)
