"""Rows of a table as Arrow, typed, sorted and checked against the contract, column by column.

It checks what the pandera schema of the table checks (`pipeline.schema`), which takes ten times as long on the few rows
of a shard. Code point order and not the locale's sorts strings.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.arrays import arrow_array
from pipeline.tables import Column, Table, table_named

if TYPE_CHECKING:  # takes a third of a second to import: only who makes tables pays
    import pyarrow as pa

Row = Mapping[str, Any]

_SURROGATE = re.compile("[\ud800-\udfff]")
_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "category": (str,),
    "integer": (int,),
    "number": (int, float),
    "date": (dt.date,),
}
_TEXTS = ("string", "category")


class TableError(ValueError):
    """Rows that break the contract: which table, which column, which row, what is wrong."""


def arrow_of_rows(name: str, rows: Iterable[Row]) -> pa.Table:
    """The rows of table `name` as Arrow, categories as strings: typed, sorted, checked; keys are not.

    A row maps column names to values: str, int, float, datetime.date, None. A key that is left out is None, and so is
    an empty string; a list or tuple of strings becomes one cell (see `Column.listed`); a character that no file can
    hold (a lone surrogate, from a file name that is not UTF-8) is spelled out as \\xNN. Raises TableError where a row
    breaks the contract.
    """
    return arrow_and_cells(name, rows)[0]


def arrow_and_cells(name: str, rows: Iterable[Row]) -> tuple[pa.Table, list[Sequence[Any]]]:
    """The same, and the values of each of its columns."""
    import pyarrow as pa

    table = table_named(name)
    names = [column.name for column in table.columns]
    known = set(names)
    given = list(rows)
    for number, row in enumerate(given):
        if not known.issuperset(row):
            raise TableError(f"{name}: row {number} has unknown columns {sorted(set(row) - known)}")
    read = zip(*[map(row.get, names) for row in given], strict=True) if given else [()] * len(names)
    values = {
        column.name: _values(table, column, list(cells)) for column, cells in zip(table.columns, read, strict=True)
    }
    turns = _order([_ranks(table.column(name), values[name]) for name in table.order], len(given))
    schema = arrow_schema(name, plain=True)
    arrays, columns = [], []
    for column, field in zip(table.columns, schema, strict=True):
        ordered = values[column.name] if turns is None else [values[column.name][turn] for turn in turns]
        array, cells = _array(table, column, field.type, ordered)
        arrays.append(array)
        columns.append(cells)
    return pa.table(arrays, schema=schema), columns


def _ranks(column: Column, values: Sequence[Any]) -> Sequence[Any]:
    """What a column is sorted by: its words, or their places in the list of all that are allowed."""
    if not column.enum:
        return values
    places = {word: place for place, word in enumerate(column.enum)}
    return [places.get(value) for value in values]


def _order(columns: Sequence[Sequence[Any]], length: int) -> list[int] | None:
    """The places of the rows in their order by these columns, empty cells first; None where they are in order."""
    if any(None in column for column in columns):
        columns = [[(value is not None, value) for value in column] for column in columns]
    keys = list(zip(*columns, strict=True))
    if sorted(keys) == keys:
        return None
    return sorted(range(length), key=keys.__getitem__)


@cache
def arrow_schema(name: str, plain: bool = False) -> pa.Schema:
    """The table's Arrow types, each field with its meaning as metadata; `plain`: categories are strings."""
    import pyarrow as pa

    kinds = {
        "string": pa.string(),
        "category": pa.string() if plain else pa.dictionary(pa.int16(), pa.string()),
        "integer": pa.int64(),
        "number": pa.float64(),
        "date": pa.date32(),
    }
    return pa.schema(
        [
            pa.field(c.name, kinds[c.type], nullable=not c.required, metadata={"description": c.meaning})
            for c in table_named(name).columns
        ]
    )


def _values(table: Table, column: Column, values: list[Any]) -> list[Any]:
    """A column's values, checked."""
    if column.listed:
        values = [" ".join(value) if isinstance(value, list | tuple) else value for value in values]
    wanted = _TYPES[column.type]
    if {type(None), *wanted}.issuperset(map(type, values)):  # nearly always: nothing to look at one by one
        if column.type in _TEXTS and "" in values:
            values = [value or None for value in values]
    else:
        for number, value in enumerate(values):
            if value == "":
                values[number] = None
            elif value is not None and (not isinstance(value, wanted) or isinstance(value, bool | dt.datetime)):
                raise TableError(
                    f"{table.name}: row {number}, column {column.name}: {value!r} is a {type(value).__name__}, "
                    f"not a {column.type}"
                )
    _check(table, column, values)
    return values


def _array(table: Table, column: Column, kind: Any, values: Sequence[Any]) -> tuple[pa.Array, Sequence[Any]]:
    """A column as Arrow, and the values that it holds."""
    import pyarrow as pa

    try:
        return arrow_array(values, kind), values
    except (OverflowError, UnicodeEncodeError):
        pass  # what cannot be stored: Arrow tells what is wrong
    try:
        return pa.array(values, kind), values
    except UnicodeEncodeError:
        values = [_SURROGATE.sub(_spelled_out, value) if isinstance(value, str) else value for value in values]
        return pa.array(values, kind), values
    except (OverflowError, pa.ArrowInvalid) as error:
        raise TableError(f"{table.name}: column {column.name}: {error}") from None


def _check(table: Table, column: Column, values: list[Any]) -> None:
    if column.required and None in values:
        raise _broken(table, column, values, None, "must be there")
    if not (column.enum or column.pattern or column.minimum is not None):
        return
    different = set(values) - {None}
    if column.enum and (others := different.difference(column.enum)):
        raise _broken(table, column, values, min(others), f"is none of {list(column.enum)}")
    if column.pattern:
        pattern = re.compile(column.pattern)
        for value in sorted(different):
            if pattern.fullmatch(value) is None:
                raise _broken(table, column, values, value, f"is not of the form {column.pattern}")
    if column.minimum is not None and different and min(different) < column.minimum:
        raise _broken(table, column, values, min(different), f"is less than {column.minimum}")


def _broken(table: Table, column: Column, values: list[Any], value: object, why: str) -> TableError:
    return TableError(f"{table.name}: column {column.name}, row {values.index(value)}: {value!r} {why}")


def _spelled_out(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"\\u{code:04x}"
