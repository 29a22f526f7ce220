"""What the files of a run say of one another, written into the rows of a part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.facts import Row
from pipeline.pieces import Piece, joined, named_rows, piece_of_rows
from pipeline.shards.identity import same_rules
from pipeline.shards.packed import Packed, packed
from pipeline.shards.parts import ROWS, index_of, members_of, rows_of_files
from pipeline.tables import OF_A_DOCUMENT

if TYPE_CHECKING:
    import pyarrow as pa

Changes = Mapping[str, Mapping[str, Any]]
"""By file: `document`, `linked_by`, `ids` (new ones of facts by old ones), `facts` (agreement by id)."""


def part_with(key: str, configs: Path | None, data: bytes, said: Changes) -> bytes:
    """The part with what is said of its files. Raises OtherRules."""
    same_rules(key, configs)
    part = Packed(data)
    symbols = {entry["file"]: entry["symbol"] for entry in index_of(part)}
    members = {name: part.read(name) for name in part.names()}
    for table in OF_A_DOCUMENT:
        if any(_touches(table.name, symbols[file], change) for file, change in said.items()):
            files = rows_of_files(part, table.name)
            pieces = [_changed(table.name, some, said) for some in _runs(files)]
            members |= members_of(table.name, joined(pieces))
    return packed(members)


def _touches(table: str, symbol: str, change: Mapping[str, Any]) -> bool:
    """Whether a change of a file with this symbol changes anything in a table."""
    if table == "rejected":
        return False
    if change.get("ids") or (change.get("document") or symbol) != symbol:
        return True
    return (table == "documents" and "linked_by" in change) or (table == "facts" and bool(change.get("facts")))


def _runs(files: Mapping[str, pa.Table]) -> Iterator[dict[str, pa.Table]]:
    """The files one after the other, so many together that they have some thousands of rows."""
    run: dict[str, pa.Table] = {}
    for file, rows in files.items():
        run[file] = rows
        if sum(map(len, run.values())) > ROWS:
            yield run
            run = {}
    if run:
        yield run


def _changed(table: str, files: Mapping[str, pa.Table], said: Changes) -> Piece:
    rows: list[Row] = []
    for file, arrow in files.items():
        mine = named_rows(table, arrow)
        if file in said:
            _change(table, mine, said[file])
        rows += mine
    return piece_of_rows(table, rows)


def _change(table: str, rows: Sequence[Row], change: Mapping[str, Any]) -> None:
    ids, told = change.get("ids", {}), change.get("facts", {})
    for row in rows:
        row["document"] = change.get("document") or row["document"]
        if table == "documents":
            row["linked_by"] = change.get("linked_by")
        elif table == "facts":
            row["fact_id"] = ids.get(row["fact_id"], row["fact_id"])
            if row["fact_id"] in told:
                row["cluster_id"], row["agreement"], row["differs_in"] = told[row["fact_id"]]
        elif ids and row.get("used_by"):
            row["used_by"] = [ids.get(each, each) for each in row["used_by"]]
