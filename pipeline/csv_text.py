"""Rows as CSV text: comma, line feed, quotation marks where needed, nothing that a spreadsheet would compute."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from pipeline.cells import escaped
from pipeline.tables import Table

Value = str | int | float | dt.date | None
_QUOTED = re.compile('[",;\t\r\n]')
_NONE = type(None)


def csv_head(table: Table) -> str:
    """The line of the columns' names."""
    return ",".join(column.name for column in table.columns) + "\n"


def csv_lines(columns: Iterable[Sequence[Value]]) -> str:
    """The rows of these columns, a line each (but for line breaks within cells)."""
    cells = [_cells(values) for values in columns]
    return "".join([",".join(row) + "\n" for row in zip(*cells, strict=True)])


def _cells(values: Sequence[Value]) -> Iterable[str]:
    if {int, _NONE}.issuperset(map(type, values)):
        return map(str, values) if None not in values else ["" if value is None else str(value) for value in values]
    known = {value: csv_cell(value) for value in set(values)}  # most columns have few different values
    return [known[value] for value in values]


def csv_cell(value: Value) -> str:
    """One value as CSV has it. Semicolons and tabs are quoted too: some programs split at them."""
    if value is None:
        return ""
    if isinstance(value, str):
        text = escaped(value)
        if _QUOTED.search(text) or text[:1] == " " or text[-1:] == " ":
            return '"' + text.replace('"', '""') + '"'
        return text
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(int(value)) if value == int(value) else repr(float(value))
