"""The documents of a folder, as chains of mandates ask for them: on the disk, for there may be a million."""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.periods import days_of
from pipeline.recalls import recalled
from pipeline.spill import from_blob, to_blob

SCHEMA = """
CREATE TABLE documents (document BLOB PRIMARY KEY, kind BLOB, day INT, decides INT, refers BLOB, number INT)
    WITHOUT ROWID;
CREATE TABLE recalls (symbol BLOB, day INT, document BLOB);
"""
_SERIES = re.compile(r"S/RES/(\d{1,5}) \((\d{4})\)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Held:
    """A document of the folder: its day, what its head says it is, whether such documents decide, what it refers to."""

    document: str
    day: dt.date | None
    kind: str | None
    decides: bool
    refers: str | None  # a cell of `references_cell`


class Holdings:
    """The documents of a folder, by symbol."""

    def __init__(
        self, connection: sqlite3.Connection, documents: Iterable[Held], telling: Callable[[bytes], bool]
    ) -> None:
        """Of these documents, in a database with the tables of `SCHEMA`; of two with one symbol, the last.

        Who refers to a document is known where `telling` says so of its symbol, as `to_blob` writes it.
        """
        self._database = connection
        self._telling = telling
        connection.executemany("INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?, ?)", map(_stored, documents))
        connection.executemany("INSERT INTO recalls VALUES (?, ?, ?)", self._recalls())
        connection.execute("CREATE INDEX recalled ON recalls (symbol, day, document)")
        numbers = connection.execute("SELECT DISTINCT number FROM documents WHERE number > 0 ORDER BY number")
        self.numbers = array("l", (number for (number,) in numbers))
        """The numbers of the resolutions of the Security Council, rising."""
        self.series = _rising(
            (number, dt.date.fromordinal(day))
            for number, day in connection.execute(
                "SELECT number, day FROM documents WHERE number > 0 AND day IS NOT NULL ORDER BY number, day"
            )
        )
        """Those numbers with their days, both rising."""

    def __contains__(self, symbol: str) -> bool:
        """Whether the folder has the document."""
        return self._one("SELECT 1 FROM documents WHERE document = ?", symbol) is not None

    def kind(self, symbol: str) -> str | None:
        """What its head says that the document is."""
        found = self._one("SELECT kind FROM documents WHERE document = ?", symbol)
        return from_blob(found[0]) if found and found[0] else None

    def refers(self, symbol: str) -> Mapping[str, dt.date | None]:
        """What the document refers to, with days if known."""
        found = self._one("SELECT refers FROM documents WHERE document = ?", symbol)
        refers: dict[str, dt.date | None] = {}
        for other, date in recalled(from_blob(found[0]) if found and found[0] else None):
            first, last = days_of(date)
            refers[other] = first if first == last else None
        return refers

    def recalling(self, symbol: str, first: dt.date, end: dt.date) -> Iterator[str]:
        """The documents from `first` until before `end` that decide and refer to `symbol`, by day and symbol.

        None where `telling` does not hold of the symbol.
        """
        asked = "SELECT document FROM recalls WHERE symbol = ? AND day >= ? AND day < ? ORDER BY day, document"
        for (document,) in self._database.execute(asked, (to_blob(symbol), first.toordinal(), end.toordinal())):
            yield from_blob(document)

    def _recalls(self) -> Iterator[tuple[bytes, int, bytes]]:
        asked = "SELECT document, day, refers FROM documents WHERE decides AND day IS NOT NULL AND refers IS NOT NULL"
        for document, day, cell in self._database.execute(asked):
            symbols = {to_blob(symbol) for symbol, _ in recalled(from_blob(cell))}
            yield from ((symbol, day, document) for symbol in symbols if self._telling(symbol))

    def _one(self, asked: str, symbol: str) -> tuple[Any, ...] | None:
        found: tuple[Any, ...] | None = self._database.execute(asked, (to_blob(symbol),)).fetchone()
        return found


def number_of(symbol: str) -> int | None:
    """The number of a resolution of the Security Council."""
    match = _SERIES.fullmatch(symbol)
    return int(match[1]) if match else None


def year_of(symbol: str) -> int | None:
    """The year of a resolution of the Security Council."""
    match = _SERIES.fullmatch(symbol)
    return int(match[2]) if match else None


def _stored(held: Held) -> tuple[object, ...]:
    day = held.day.toordinal() if held.day else None
    refers = to_blob(held.refers) if held.refers else None
    kind = to_blob(held.kind) if held.kind else None
    return to_blob(held.document), kind, day, held.decides, refers, number_of(held.document)


def _rising(series: Iterable[tuple[int, dt.date]]) -> list[tuple[int, dt.date]]:
    """The series without those whose day is before that of one with a lower number: a slip in a head."""
    rising: list[tuple[int, dt.date]] = []
    for number, day in series:
        if not rising or day >= rising[-1][1]:
            rising.append((number, day))
    return rising
