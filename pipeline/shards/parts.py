"""A part: the rows that a shard of files gives to each table, and what its files are compared by.

Members: NAME.arrow (an IPC stream) and NAME.csv (lines without a head) of every table of a document; `index`, the files
that gave rows, in order, with what is known of each; `names`, the bodies that each paragraph names, by lexicon id.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.contract import TableError, arrow_of_rows
from pipeline.expressions import keep_expressions
from pipeline.extract import Part, failed_part, file_part
from pipeline.facts import Row, gathered
from pipeline.large_pages import in_large_pages
from pipeline.pieces import Piece, from_ipc, joined, named_rows, piece_of_rows, to_ipc
from pipeline.shards.cutting import Input
from pipeline.shards.identity import same_rules
from pipeline.shards.ledger import Known
from pipeline.shards.packed import Packed, packed
from pipeline.tables import OF_A_DOCUMENT

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 20_000  # rows of a shard that wait as mappings, and those of one file more
_FEW = 3  # shards that a process reads before it is worth while to move its memory, and then twice as many, and so on
_parts = count(1)  # that this process has begun
_ANY = ("utf-8", "surrogatepass")  # a file's name may be no text


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a file gave: its rows; where it was read, its line of the index and the bodies that its paragraphs name."""

    tables: Mapping[str, Sequence[Row]]
    entry: dict[str, Any] | None = None
    names: list[list[str]] = field(default_factory=list)


def part_of(
    key: str,
    configs: Path | None,
    languages: tuple[str, ...],
    inputs: Sequence[Input],
    earlier: Sequence[bytes] = (),
) -> bytes:
    """The part of a shard, packed. Raises ConfigError, OtherRules.

    `earlier`: parts by the same rules, packed; the files that they hold are not read again.
    """
    folder = same_rules(key, configs)
    number = next(_parts)
    if number % _FEW == 0 and (number // _FEW).bit_count() == 1:
        in_large_pages()
    known = _known(map(Packed, earlier), {each.digest for each in inputs}) if earlier else {}
    made = _Made()
    for each in inputs:
        made.add(each, known.get(each.digest) or _contribution(each, file_part(each, folder, languages)))
    keep_expressions()  # here, since a worker process may be killed when nothing is left to do
    return made.packed()


def _contribution(given: Input, part: Part) -> Contribution:
    return Contribution(part.tables, None if part.document is None else entry(given, part), part.names)


def _known(parts: Iterable[Packed], digests: Set[str]) -> dict[str, Contribution]:
    """What the files with these digests gave, as far as the parts hold them."""
    result: dict[str, Contribution] = {}
    for part in parts:
        names = json.loads(part.read("names").decode(*_ANY))
        rows = {table.name: named_rows(table.name, arrow_of(part, table.name)) for table in OF_A_DOCUMENT}
        rejected: dict[str, list[Row]] = {}
        for row in rows.pop("rejected"):  # of files that were not read as well
            rejected.setdefault(row["file"], []).append(row)
        begins = dict.fromkeys(rows, 0)
        for told in index_of(part):
            ends = {name: begin + told["rows"].get(name, 0) for name, begin in begins.items()}
            if told["digest"] in digests:
                tables = {name: each[begins[name] : ends[name]] for name, each in rows.items()}
                tables["rejected"] = rejected.get(told["file"], [])
                result[told["digest"]] = Contribution(tables, told, names[told["file"]])
            begins = ends
    return result


class _Made:
    """What the files of a shard have given so far. Rows as mappings take ten times what they take as pieces."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Input, Contribution]] = []
        self._rows = 0
        self._pieces: dict[str, list[Piece]] = {table.name: [] for table in OF_A_DOCUMENT}
        self._index: list[dict[str, Any]] = []
        self._names: dict[str, list[list[str]]] = {}

    def add(self, given: Input, gave: Contribution) -> None:
        """Add what a file gave; its rows come after those of the files before it."""
        self._waiting.append((given, gave))
        self._rows += sum(map(len, gave.tables.values()))
        if self._rows > ROWS:
            self._settle()

    def packed(self) -> bytes:
        """The part."""
        self._settle()
        members: dict[str, bytes] = {}
        for name in list(self._pieces):
            members |= members_of(name, joined(self._pieces.pop(name)))
        members["index"] = json.dumps(self._index, ensure_ascii=False, separators=(",", ":")).encode(*_ANY)
        members["names"] = json.dumps(self._names, ensure_ascii=False).encode()
        return packed(members)

    def _settle(self) -> None:
        """Make pieces of the rows that wait."""
        waiting, self._waiting, self._rows = self._waiting, [], 0
        try:
            pieces = _pieces_of(gathered(gave.tables for _, gave in waiting))
        except TableError:  # rows that break the contract are a fault of the program: which file's?
            waiting = [(given, _kept(given, gave)) for given, gave in waiting]
            pieces = _pieces_of(gathered(gave.tables for _, gave in waiting))
        for name, piece in pieces.items():
            self._pieces[name].append(piece)
        for _, gave in waiting:
            if gave.entry is not None:
                self._index.append(gave.entry)
                self._names[gave.entry["file"]] = gave.names


def _pieces_of(tables: Mapping[str, Iterable[Row]]) -> dict[str, Piece]:
    return {table.name: piece_of_rows(table.name, tables.get(table.name, ())) for table in OF_A_DOCUMENT}


def _kept(given: Input, gave: Contribution) -> Contribution:
    """What a file gave, or a row of `rejected` where its rows break the contract."""
    try:
        for table in OF_A_DOCUMENT:
            arrow_of_rows(table.name, gave.tables.get(table.name, ()))
    except TableError as error:
        return Contribution(failed_part(given, error).tables)
    return gave


def entry(given: Input, part: Part) -> dict[str, Any]:
    """What a part's index tells of a file: its name, symbol, language and days, and how many rows it gave."""
    assert part.document is not None
    document = part.document
    return {
        "file": document.file,
        "symbol": document.symbol,
        "named": document.has_symbol,
        "language": document.language,
        "date": None if document.date is None else document.date.isoformat(),
        "distribution": None if document.distribution_date is None else document.distribution_date.isoformat(),
        "digest": given.digest,
        "rows": {name: len(rows) for name, rows in part.tables.items()},
    }


def members_of(table: str, piece: Piece) -> dict[str, bytes]:
    """The members of a part that hold the rows of a table."""
    return {f"{table}.arrow": to_ipc(piece.arrow), f"{table}.csv": piece.csv}


def index_of(part: Packed) -> list[dict[str, Any]]:
    """The files of a part that gave rows, in order."""
    index: list[dict[str, Any]] = json.loads(part.read("index"))
    return index


def known_of(shard: int, part: Packed) -> list[Known]:
    """The files of a part."""
    return [
        Known(e["file"], shard, e["symbol"], e["named"], sys.intern(e["language"]), e["digest"]) for e in index_of(part)
    ]


def arrow_of(part: Packed, name: str) -> pa.Table:
    """A part's rows of a table."""
    return from_ipc(part.read(f"{name}.arrow"))


def rows_of_files(part: Packed, name: str) -> dict[str, pa.Table]:
    """A part's rows of a table, file by file."""
    whole = arrow_of(part, name)
    result, start = {}, 0
    for known in index_of(part):
        length = known["rows"].get(name, 0)
        result[known["file"]] = whole.slice(start, length)
        start += length
    return result
