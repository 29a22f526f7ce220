"""Rows as CSV text: comma, line feed, quotation marks where needed, nothing that a spreadsheet would compute."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from pipeline.cells import escaped
from pipeline.tables import Table

Value = str | int | float | dt.date | None
_QUOTED = re.compile('[",;\t\r\n]|^ | \\Z')


def csv_head(table: Table) -> str:
    """The line of the columns' names."""
    return ",".join(column.name for column in table.columns) + "\n"


def csv_lines(rows: Iterable[Iterable[Value]]) -> str:
    """The rows, a line each (but for line breaks within cells)."""
    return "".join([",".join(map(csv_cell, row)) + "\n" for row in rows])


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
