"""Tables as Parquet: typed, in row groups of a fixed size, so that the same rows give the same bytes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.schema import arrow_schema, arrow_table, frame, validated

if TYPE_CHECKING:
    import pandas as pd

Value = str | int | float | dt.date | None
GROUP = 65_536  # rows of a Parquet row group
BATCH = 4_096  # rows in memory while a file is read


def write_parquet(path: Path, name: str, pieces: Iterable[pd.DataFrame]) -> None:
    """Write the pieces of table `name`, one after the other; how it was cut in pieces leaves no trace."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    plain = arrow_schema(name, plain=True)
    with pq.ParquetWriter(path, arrow_schema(name), compression="zstd", version="2.6") as writer:
        waiting, count = [], 0
        for piece in pieces:
            waiting.append(arrow_table(name, validated(name, piece)).cast(plain))
            count += len(piece)
            if count >= GROUP:
                whole = pa.concat_tables(waiting).combine_chunks()
                full = count - count % GROUP
                for start in range(0, full, GROUP):
                    writer.write_table(_stored(name, whole.slice(start, GROUP)), GROUP)
                waiting, count = [whole.slice(full)], count - full
        rest = pa.concat_tables(waiting) if waiting else arrow_table(name, frame(name, ())).cast(plain)
        if count or not waiting:
            writer.write_table(_stored(name, rest.combine_chunks()), GROUP)


def _stored(name: str, table: Any) -> Any:
    """`table` with its categories numbered in the order in which they occur in it."""
    schema = arrow_schema(name)
    arrays = [
        column.combine_chunks().dictionary_encode().cast(field.type)
        if field.type != column.type
        else column.combine_chunks()
        for field, column in zip(schema, table.columns, strict=True)
    ]
    return type(table).from_arrays(arrays, schema=schema)


def stored_rows(path: Path) -> Iterator[tuple[Value, ...]]:
    """The rows of a Parquet file as plain Python values, a few at a time."""
    import pyarrow.parquet as pq

    # opened here and not by Arrow, so that it is seen what a stage reads (tests/traced.py)
    with path.open("rb") as stored, pq.ParquetFile(stored) as file:
        for batch in file.iter_batches(BATCH):
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
