"""Rows become typed tables that keep the contract; nothing is written that has not passed here.

A frame has the columns of its table in order, sorted by the table's `order`, with these dtypes: string
(pandas' Arrow-backed one), category, Int64, Float64 and date32. Code point order and not the locale's sorts
strings, so a table is the same everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.contract import Row, TableError, arrow_of_rows, arrow_schema
from pipeline.tables import Column, Table, table_named

if TYPE_CHECKING:  # pandas, pyarrow and pandera take most of a second to import: only who makes tables pays
    import pandas as pd
    import pandera.pandas as pa_schema
    import pyarrow as pa


def facts_frame(rows: Iterable[Row]) -> pd.DataFrame:
    """The table `facts` of these rows."""
    return frame("facts", rows)


def documents_frame(rows: Iterable[Row]) -> pd.DataFrame:
    """The table `documents` of these rows."""
    return frame("documents", rows)


def paragraphs_frame(rows: Iterable[Row]) -> pd.DataFrame:
    """The table `paragraphs` of these rows."""
    return frame("paragraphs", rows)


def dates_frame(rows: Iterable[Row]) -> pd.DataFrame:
    """The table `dates` of these rows."""
    return frame("dates", rows)


def quantities_frame(rows: Iterable[Row]) -> pd.DataFrame:
    """The table `quantities` of these rows."""
    return frame("quantities", rows)


def rejected_frame(rows: Iterable[Row]) -> pd.DataFrame:
    """The table `rejected` of these rows."""
    return frame("rejected", rows)


def frame(name: str, rows: Iterable[Row]) -> pd.DataFrame:
    """The table `name` of these rows: typed, sorted and checked; with no rows, typed all the same.

    See `arrow_of_rows` for what a row may hold. Raises TableError where a row breaks the contract.
    """
    table = table_named(name)
    return validated(name, _typed(table, arrow_of_rows(name, rows).to_pydict()))


def joined(name: str, frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """The frames of one table (of several shards, say) as one, sorted; does not depend on their order."""
    import pyarrow as pa

    table = table_named(name)
    plain = [arrow_table(name, each) for each in frames]
    if not plain:
        return frame(name, ())
    unified = pa.concat_tables([part.cast(arrow_schema(name, plain=True)) for part in plain])
    return validated(name, _sorted(table, _typed(table, unified.to_pydict())))


def validated(name: str, data: pd.DataFrame) -> pd.DataFrame:
    """`data`, unchanged, if it keeps the contract of table `name`; else TableError tells the first fault."""
    from pandera.errors import SchemaError

    try:
        pandera_schema(name).validate(data)
    except SchemaError as error:
        raise TableError(f"{name}: {_fault(error)}") from None
    return data


@cache
def pandera_schema(name: str) -> pa_schema.DataFrameSchema:
    """The table's contract as a pandera schema: dtypes, order of columns, nulls, values, patterns, key."""
    import pandera.pandas as pa_schema

    table = table_named(name)
    columns = {
        column.name: pa_schema.Column(_dtype(column), _checks(column), nullable=not column.required, name=column.name)
        for column in table.columns
    }
    return pa_schema.DataFrameSchema(
        columns,
        name=name,
        strict=True,
        ordered=True,
        unique=list(table.key) or None,
        report_duplicates="exclude_first",
    )


def arrow_table(name: str, data: pd.DataFrame) -> pa.Table:
    """The frame as an Arrow table of exactly `arrow_schema(name)`: what Parquet stores."""
    import pyarrow as pa

    arrays = []
    schema = arrow_schema(name)
    for field in schema:
        column = data[field.name]
        if isinstance(field.type, pa.DictionaryType):
            codes = pa.array(column.cat.codes.to_numpy(), pa.int16(), mask=column.isna().to_numpy())
            words = pa.array([str(word) for word in column.cat.categories], pa.string())
            arrays.append(pa.DictionaryArray.from_arrays(codes, words))
        else:
            arrays.append(_one_chunk(pa.array(column, field.type, from_pandas=True)))
    return pa.table(arrays, schema=schema)


def _one_chunk(array: Any) -> Any:
    return array.combine_chunks() if hasattr(array, "combine_chunks") else array


def _typed(table: Table, cells: Mapping[str, list[Any]]) -> pd.DataFrame:
    import pandas as pd
    import pyarrow as pa

    columns = {}
    for column in table.columns:
        values = cells[column.name]
        try:
            if column.type != "category":
                columns[column.name] = pd.Series(values, dtype=_dtype(column))
            else:
                words = column.enum or sorted({value for value in values if value is not None})
                unknown = set(values) - {None, *words}
                if unknown:
                    raise TableError(f"{table.name}: column {column.name}: {min(unknown)!r} is none of {list(words)}")
                kind = pd.CategoricalDtype(pd.Index(words, dtype=object))
                columns[column.name] = pd.Series(pd.Categorical(values, dtype=kind))
        except (OverflowError, pa.ArrowInvalid) as error:
            raise TableError(f"{table.name}: column {column.name}: {error}") from None
    return pd.DataFrame(columns, columns=[column.name for column in table.columns])


def _sorted(table: Table, data: pd.DataFrame) -> pd.DataFrame:
    return data.sort_values(list(table.order), kind="stable", na_position="first", ignore_index=True)


def _dtype(column: Column) -> Any:
    import pandas as pd
    import pyarrow as pa

    if column.type == "category":
        return pd.CategoricalDtype(pd.Index(column.enum, dtype=object)) if column.enum else "category"
    if column.type == "date":
        return pd.ArrowDtype(pa.date32())
    return {"string": "string[pyarrow]", "integer": "Int64", "number": "Float64"}[column.type]


def _checks(column: Column) -> list[pa_schema.Check]:
    import pandera.pandas as pa_schema

    checks = []
    if column.pattern:
        # by `re`, not by what the column is stored in: Arrow has another syntax
        whole = re.compile(column.pattern).fullmatch
        told = f"str_matches({column.pattern!r})"
        checks.append(pa_schema.Check(lambda text: whole(text) is not None, element_wise=True, name=told, error=told))
    if column.minimum is not None:
        checks.append(pa_schema.Check.ge(column.minimum))
    return checks


def _fault(error: Any) -> str:
    column = getattr(error.schema, "name", None)
    try:
        case = error.failure_cases.iloc[0]
        return f"column {column}, row {case['index']}: {case['failure_case']!r} breaks {error.check}"
    except (AttributeError, IndexError, KeyError, TypeError):
        return str(error)
