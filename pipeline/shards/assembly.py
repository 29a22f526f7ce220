"""The parts of a run become the tables: row after row in the order of the files, never all of it in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, islice
from pathlib import Path
from typing import Any

from pipeline.contract import TableError
from pipeline.events.types import event_types
from pipeline.export import write_tables
from pipeline.facts import Row
from pipeline.pieces import Piece, named_rows, piece_of_rows
from pipeline.shards.distinct import Distinct
from pipeline.shards.mandating import mandates_in
from pipeline.shards.packed import Packed
from pipeline.shards.parts import arrow_of
from pipeline.shards.run import Parts
from pipeline.sheets import Sheets
from pipeline.tables import OF_A_DOCUMENT, table_named
from pipeline.timeline import FILES

_AT_A_TIME = 1_024  # rows of the run as a whole that are made a piece of a table
TOLD = 20  # rejections that people are told one by one


@dataclass(slots=True)
class Summary:
    """What a run has done, for people."""

    facts: int = 0
    documents: int = 0
    rejected: Counter[str] = field(default_factory=Counter)  # by severity
    told: list[Row] = field(default_factory=list)  # the first of them, errors first
    words: tuple[str, ...] = ()

    def note(self, row: Row) -> None:
        """Count a row of `rejected`, and remember it if it is among the first of its kind."""
        self.rejected[row["severity"]] += 1
        if self.rejected[row["severity"]] <= TOLD:
            self.told.append(row)

    def noted(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows, each noted when it is its turn."""
        for row in rows:
            self.note(row)
            yield row


class _Pictures(Mapping[str, bytes]):
    """The files of the picture of mandates, which are asked for last."""

    def __init__(self, mandates: Callable[[], Packed]) -> None:
        self._mandates = mandates

    def __getitem__(self, name: str) -> bytes:
        return self._mandates().read(name)

    def __iter__(self) -> Iterator[str]:
        return iter(FILES)

    def __len__(self) -> int:
        return len(FILES)


def write_parts(parts: Parts, mandates: Callable[[], Packed], folder: Path, configs: Path, sheets: Sheets) -> Summary:
    """Write all tables of `parts` to `folder`; see `write_tables`. `mandates` is asked when all others are written."""
    summary = Summary()
    mandates = cache(mandates)
    tables: dict[str, Any] = {table.name: _pieces(parts, table.name) for table in OF_A_DOCUMENT}
    tables["facts"] = _facts(parts, summary)
    tables["documents"] = _documents(parts, summary)
    tables["rejected"] = _rejected(parts, summary)
    tables["discrepancies"] = _kept("discrepancies", parts.ledger.kept("discrepancies"))
    tables["mandates"] = _mandates(mandates)
    summary.words = write_tables(tables, folder, event_types(configs), _Pictures(mandates), sheets)
    summary.told.sort(key=lambda row: row["severity"] != "error")
    return summary


def _facts(parts: Parts, summary: Summary) -> Iterator[Piece]:
    """The facts, all of which are counted; raises TableError where two have one id."""
    ids = Distinct()
    for piece in _pieces(parts, "facts"):
        summary.facts += len(piece.arrow)
        ids.update(piece.arrow.column("fact_id").to_pylist())
        yield piece
    if ids.doubtful():
        seen: set[str] = set()
        for fact_id in (each for part in parts for each in arrow_of(part, "facts").column("fact_id").to_pylist()):
            if fact_id in seen:
                raise TableError(f"facts: the id {fact_id} stands twice")
            seen.add(fact_id)


def _documents(parts: Parts, summary: Summary) -> Iterator[Piece]:
    for piece in _pieces(parts, "documents"):
        summary.documents += len(piece.arrow)
        yield piece


def _mandates(mandates: Callable[[], Packed]) -> Iterator[Piece]:
    yield mandates_in(mandates())


def _kept(name: str, rows: Iterator[Row]) -> Iterator[Piece]:
    """Rows of a table, in its order, some at a time."""
    while some := list(islice(rows, _AT_A_TIME)):
        yield piece_of_rows(name, some)


def _pieces(parts: Parts, name: str) -> Iterator[Piece]:
    for part in parts:
        yield Piece(arrow_of(part, name), part.read(f"{name}.csv"))


def _rejected(parts: Parts, summary: Summary) -> Iterator[Piece]:
    """The rows of `rejected`: those of the files, and among them those of the run as a whole, by file."""
    order = table_named("rejected").order

    def key(row: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple(row[column] or "" for column in order)

    notes = parts.ledger.kept("rejected")
    note = next(notes, None)
    for part in parts:
        rows = _rows(part, summary)
        last = rows[-1]["file"] if rows else ""
        mine = []
        while rows and note is not None and note["file"] <= last:
            mine.append(note)
            summary.note(note)
            note = next(notes, None)
        if mine:
            yield piece_of_rows("rejected", sorted([*rows, *mine], key=key))
        else:
            yield Piece(arrow_of(part, "rejected"), part.read("rejected.csv"))
    if note is not None:
        yield from _kept("rejected", summary.noted(chain((note,), notes)))


def _rows(part: Packed, summary: Summary) -> list[Row]:
    rows: list[Row] = named_rows("rejected", arrow_of(part, "rejected"))
    for row in rows:
        summary.note(row)
    return rows
