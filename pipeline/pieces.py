"""Rows of a table in the two forms that are written: Arrow for Parquet, text for CSV."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.contract import Row, arrow_and_cells, arrow_schema
from pipeline.csv_text import csv_lines
from pipeline.schema import arrow_table
from pipeline.tables import table_named

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of a table, in order: as an Arrow table (categories as strings) and as lines of CSV, UTF-8."""

    arrow: pa.Table
    csv: bytes


def piece_of(name: str, data: pd.DataFrame) -> Piece:
    """The piece of a frame that keeps the contract of table `name`."""
    arrow = arrow_table(name, data).cast(arrow_schema(name, plain=True))
    return _piece(arrow, (column.to_pylist() for column in arrow.columns))


def piece_of_rows(name: str, rows: Iterable[Row]) -> Piece:
    """The piece of rows, typed, sorted and checked (see `arrow_of_rows`)."""
    return _piece(*arrow_and_cells(name, rows))


def _piece(arrow: pa.Table, columns: Iterable[Sequence[Any]]) -> Piece:
    return Piece(arrow, csv_lines(columns).encode())


def joined(pieces: Sequence[Piece]) -> Piece:
    """The rows of these pieces, one piece after the other; there is one at least."""
    if len(pieces) == 1:
        return pieces[0]
    import pyarrow as pa

    return Piece(pa.concat_tables([piece.arrow for piece in pieces]), b"".join(piece.csv for piece in pieces))


def rows_of(table: pa.Table) -> Iterable[tuple[Any, ...]]:
    """The rows as plain values."""
    return zip(*(column.to_pylist() for column in table.columns), strict=True)


def named_rows(name: str, table: pa.Table) -> list[dict[str, Any]]:
    """The rows as mappings from columns to values; what is listed in a cell is a list again.

    `table` has the columns of table `name`, or some of them.
    """
    names = table.column_names
    listed = [c.name for c in table_named(name).columns if c.listed and c.name in names]
    rows = [dict(zip(names, values, strict=True)) for values in rows_of(table)]
    for row in rows:
        for column in listed:
            row[column] = row[column].split(" ") if row[column] else None
    return rows


def to_ipc(table: pa.Table) -> bytes:
    """An Arrow table as an IPC stream; a slice takes no more than its own rows."""
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks())
    return bytes(sink.getvalue())


def from_ipc(data: bytes) -> pa.Table:
    """The table that `to_ipc` wrote."""
    import pyarrow as pa

    with pa.ipc.open_stream(data) as reader:
        return reader.read_all()
