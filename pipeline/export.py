"""The tables as files: Parquet, CSV, one workbook, and the data package that describes them.

A table may come in pieces and never needs to be in memory as a whole; the workbook is made from the Parquet files.
All files appear together or not at all (`staging`), and their bytes depend on nothing but the rows.
"""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from pipeline import datapackage
from pipeline.contract import TableError
from pipeline.csv_text import csv_head
from pipeline.parquet import ParquetTable, stored_length, stored_rows
from pipeline.pieces import Piece, piece_of
from pipeline.schema import validated
from pipeline.sheets import Sheets
from pipeline.staging import staged
from pipeline.tables import ACTIVE, TABLES, Table, table_named
from pipeline.tables.documents import DOCUMENTS, PARAGRAPHS, REJECTED
from pipeline.tables.mentions import DATES, QUANTITIES

if TYPE_CHECKING:
    import pandas as pd

WORKBOOK = "facts.xlsx"
_LONG = (PARAGRAPHS, DATES, QUANTITIES)  # tables with many rows a document, which few people open as sheets
_LISTS = (*_LONG, DOCUMENTS, REJECTED)
_MANY = 20_000  # rows of such a table that a spreadsheet is not pleasant with, and which take long to write


def write_tables(
    tables: Mapping[str, pd.DataFrame | Iterable[pd.DataFrame | Piece]],
    folder: Path,
    event_types: Iterable[str] = (),
    files: Mapping[str, bytes] = MappingProxyType({}),
    sheets: Sheets = Sheets.AUTO,
) -> tuple[str, ...]:
    """Write every table to `folder` as NAME.parquet and NAME.csv, all as facts.xlsx, and datapackage.json.

    `tables` has all active tables; they are written in its order, and one in pieces has them in the order of its rows.
    `event_types`: all types there can be, so that each keeps its colour in the workbook. `files`: more files for the
    folder, by name. `sheets`: what the workbook holds. Returns what the reader should know (tables without a sheet,
    texts cut in the workbook, further sheets). Raises TableError where a table is missing, unknown or breaks the
    contract, OutputError where the folder cannot be written; the old files are then as they were.
    """
    missing = [table.name for table in ACTIVE if table.name not in tables]
    if missing:
        raise TableError(f"missing tables: {', '.join(missing)}")
    described = sorted((_known(name) for name in tables), key=TABLES.index)
    ours = {f"{table.name}.{kind}" for table in TABLES for kind in ("csv", "parquet")} | {WORKBOOK, *files}
    with staged(folder, ours | {datapackage.NAME}) as staging:
        for name, pieces in tables.items():
            _write_table(staging, table_named(name), _in_pieces(pieces))
        words = _write_sheets(staging, described, event_types, sheets)
        for name, content in files.items():
            (staging / name).write_bytes(content)
        package = datapackage.data_package(described, staging)
        (staging / datapackage.NAME).write_text(package, encoding="utf-8", newline="\n")
    return words


def _write_sheets(folder: Path, tables: Sequence[Table], event_types: Iterable[str], sheets: Sheets) -> tuple[str, ...]:
    """Write the workbook of the tables in `folder`; what the reader should know."""
    if sheets is Sheets.NONE:
        return ()
    from pipeline.workbook import write_workbook  # large: only who asks for a workbook pays

    left = {}
    for table in tables:
        rows = stored_length(folder / f"{table.name}.parquet")
        if (table in _LONG and sheets is Sheets.FACTS) or (table in _LISTS and sheets is Sheets.AUTO and rows > _MANY):
            left[table.name] = (
                f"{table.name} has {rows:,} rows and no sheet here: it is whole in {table.name}.csv and "
                f"{table.name}.parquet"
            )
    rows_of = {t.name: stored_rows(folder / f"{t.name}.parquet") for t in tables if t.name not in left}
    linked = _facts_named(tables, folder)
    words = write_workbook(folder / WORKBOOK, rows_of, event_types, linked=linked, words=tuple(left.values()))
    return (*left.values(), *words)


def _facts_named(tables: Iterable[Table], folder: Path) -> frozenset[str]:
    """The first fact of each row that names facts: where the workbook's links lead."""
    found = set()
    for table in tables:
        if any(column.name == "fact_ids" for column in table.columns):
            for (ids,) in stored_rows(folder / f"{table.name}.parquet", ["fact_ids"]):
                found.add(str(ids or "").partition(" ")[0])
    return frozenset(found)


def _write_table(folder: Path, table: Table, pieces: Iterable[pd.DataFrame | Piece]) -> None:
    """Write a table as Parquet and as CSV (UTF-8 with a byte order mark, comma, line feed)."""
    parquet = ParquetTable(folder / f"{table.name}.parquet", table.name)
    with (folder / f"{table.name}.csv").open("wb") as csv:
        csv.write(codecs.BOM_UTF8 + csv_head(table).encode())
        for given in pieces:
            piece = given if isinstance(given, Piece) else piece_of(table.name, validated(table.name, given))
            parquet.add(piece.arrow)
            csv.write(piece.csv)
    parquet.close()


def _in_pieces(given: pd.DataFrame | Iterable[pd.DataFrame | Piece]) -> Iterable[pd.DataFrame | Piece]:
    if "pandas" in sys.modules:  # it is large, and a run that has only pieces does without
        import pandas as pd

        if isinstance(given, pd.DataFrame):
            return (given,)
    return cast("Iterable[pd.DataFrame | Piece]", given)


def _known(name: str) -> Table:
    try:
        return table_named(name)
    except KeyError as error:
        raise TableError(str(error.args[0])) from None
