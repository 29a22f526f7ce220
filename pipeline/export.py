"""The tables as files: Parquet, CSV, one workbook, and the data package that describes them.

Parquet comes first, in row groups of a fixed size; CSV and workbook are made from it, so a table may come in
pieces and never needs to be in memory as a whole. All files appear together or not at all (`staging`), and
their bytes depend on nothing but the rows.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from pipeline import datapackage
from pipeline.cells import escaped
from pipeline.parquet import Value, stored_rows, write_parquet
from pipeline.schema import TableError
from pipeline.staging import staged
from pipeline.tables import ACTIVE, TABLES, Table, table_named
from pipeline.workbook import write_workbook

if TYPE_CHECKING:
    import pandas as pd

WORKBOOK = "facts.xlsx"
_QUOTED = re.compile('[",;\t\r\n]|^ | \\Z')


def write_tables(
    tables: Mapping[str, pd.DataFrame | Iterable[pd.DataFrame]],
    folder: Path,
    event_types: Iterable[str] = (),
    files: Mapping[str, bytes] = MappingProxyType({}),
) -> tuple[str, ...]:
    """Write every table to `folder` as NAME.parquet and NAME.csv, all as facts.xlsx, and datapackage.json.

    `tables` has all active tables; one given in pieces has them in the order of its rows. `event_types`: all
    types there can be, so that each keeps its colour in the workbook. `files`: more files for the folder, by name.
    Returns what the reader should know (texts cut in the workbook, further sheets). Raises TableError where a table
    is missing, unknown or breaks the contract, OutputError where the folder cannot be written; the old files are
    then as they were.
    """
    import pandas as pd

    missing = [table.name for table in ACTIVE if table.name not in tables]
    if missing:
        raise TableError(f"missing tables: {', '.join(missing)}")
    described = sorted((_known(name) for name in tables), key=TABLES.index)
    with staged(folder, last=datapackage.NAME) as staging:
        for table in described:
            given = tables[table.name]
            pieces = (given,) if isinstance(given, pd.DataFrame) else given
            write_parquet(staging / f"{table.name}.parquet", table.name, pieces)
            write_csv(staging / f"{table.name}.csv", table, stored_rows(staging / f"{table.name}.parquet"))
        rows = {table.name: stored_rows(staging / f"{table.name}.parquet") for table in described}
        linked = _facts_named(described, staging)
        words = write_workbook(staging / WORKBOOK, rows, event_types, linked=linked)
        for name, content in files.items():
            (staging / name).write_bytes(content)
        package = datapackage.data_package(described, staging)
        (staging / datapackage.NAME).write_text(package, encoding="utf-8", newline="\n")
    return words


def _facts_named(tables: Iterable[Table], folder: Path) -> frozenset[str]:
    """The first fact of each row that names facts: where the workbook's links lead."""
    found = set()
    for table in tables:
        names = [column.name for column in table.columns]
        if "fact_ids" in names:
            place = names.index("fact_ids")
            for row in stored_rows(folder / f"{table.name}.parquet"):
                found.add(str(row[place] or "").partition(" ")[0])
    return frozenset(found)


def write_csv(path: Path, table: Table, rows: Iterable[Iterable[Value]]) -> None:
    """Write rows as CSV: UTF-8 with a byte order mark, comma, line feed; quotation marks where needed."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        file.write(",".join(column.name for column in table.columns) + "\n")
        for row in rows:
            file.write(",".join(map(csv_cell, row)) + "\n")


def csv_cell(value: Value) -> str:
    """One value as CSV has it. Semicolons and tabs are quoted too: some programs split at them."""
    if value is None:
        return ""
    if isinstance(value, str):
        text = escaped(value)
        return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(int(value)) if value == int(value) else repr(float(value))


def _known(name: str) -> Table:
    try:
        return table_named(name)
    except KeyError as error:
        raise TableError(str(error.args[0])) from None
