"""A part: the rows that a shard of files gives to each table, and what its files are compared by.

Members: NAME.arrow (an IPC stream) and NAME.csv (lines without a head) of every table of a document; `index`, the files
that gave rows, in order, with what is known of each; `names`, the bodies that each paragraph names, by lexicon id.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.contract import TableError, arrow_of_rows
from pipeline.expressions import keep_expressions
from pipeline.extract import Part, failed_part, file_part
from pipeline.facts import Row, gathered
from pipeline.pieces import from_ipc, named_rows, piece_of_rows, to_ipc
from pipeline.shards.cutting import Input
from pipeline.shards.identity import same_rules
from pipeline.shards.ledger import Known
from pipeline.shards.packed import Packed, packed
from pipeline.tables import OF_A_DOCUMENT

if TYPE_CHECKING:
    import pyarrow as pa

_FILE = {"documents": "file", "rejected": "file"}  # the column that names the file; in other tables `source_file`


def part_of(key: str, configs: Path | None, languages: tuple[str, ...], inputs: Sequence[Input]) -> bytes:
    """The part of a shard, packed. Raises ConfigError, OtherRules."""
    folder = same_rules(key, configs)
    parts = [file_part(given, folder, languages) for given in inputs]
    keep_expressions()  # here, since a worker process may be killed when nothing is left to do
    try:
        return _of_files(inputs, parts)
    except TableError:  # rows that break the contract are a fault of the program: which file's?
        return _of_files(inputs, [_kept(given, part) for given, part in zip(inputs, parts, strict=True)])


def _kept(given: Input, part: Part) -> Part:
    """The part of a file, or a row of `rejected` where its rows break the contract."""
    try:
        for table in OF_A_DOCUMENT:
            arrow_of_rows(table.name, part.tables.get(table.name, ()))
    except TableError as error:
        return failed_part(given, error)
    return part


def _of_files(inputs: Sequence[Input], parts: Sequence[Part]) -> bytes:
    index = [entry(given, part) for given, part in zip(inputs, parts, strict=True) if part.document is not None]
    names = {part.document.file: part.names for part in parts if part.document is not None}
    return _packed(gathered(part.tables for part in parts), index, json.dumps(names, ensure_ascii=False).encode())


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


def _packed(tables: Mapping[str, Iterable[Row]], index: Sequence[Mapping[str, Any]], names: bytes) -> bytes:
    members: dict[str, bytes] = {}
    for table in OF_A_DOCUMENT:
        piece = piece_of_rows(table.name, tables.get(table.name, ()))
        members[f"{table.name}.arrow"] = to_ipc(piece.arrow)
        members[f"{table.name}.csv"] = piece.csv
    members["index"] = json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    members["names"] = names
    return packed(members)


def index_of(part: Packed) -> list[dict[str, Any]]:
    """The files of a part that gave rows, in order."""
    index: list[dict[str, Any]] = json.loads(part.read("index"))
    return index


def known_of(shard: int, part: Packed) -> list[Known]:
    """The files of a part."""
    return [Known(e["file"], shard, e["symbol"], e["named"], sys.intern(e["language"])) for e in index_of(part)]


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


def part_with(key: str, configs: Path | None, data: bytes, said: Mapping[str, Mapping[str, Any]]) -> bytes:
    """The part with what is said of its files: `document`, `linked_by`, `ids` (of facts), `facts` (agreement).

    Raises OtherRules.
    """
    same_rules(key, configs)
    part = Packed(data)
    tables: dict[str, list[Row]] = {}
    for table in OF_A_DOCUMENT:
        rows = named_rows(table.name, arrow_of(part, table.name))
        column = _FILE.get(table.name, "source_file")
        for row in rows:
            change = said.get(row[column])
            if change is not None and table.name != "rejected":
                _change(table.name, row, change)
        tables[table.name] = rows
    return _packed(tables, index_of(part), part.read("names"))


def _change(table: str, row: dict[str, Any], change: Mapping[str, Any]) -> None:
    ids = change.get("ids", {})
    row["document"] = change.get("document") or row["document"]
    if table == "documents":
        row["linked_by"] = change.get("linked_by")
    elif table == "facts":
        row["fact_id"] = ids.get(row["fact_id"], row["fact_id"])
        told = change.get("facts", {}).get(row["fact_id"])
        if told is not None:
            row["cluster_id"], row["agreement"], row["differs_in"] = told
    elif ids and row.get("used_by"):
        row["used_by"] = [ids.get(each, each) for each in row["used_by"]]
