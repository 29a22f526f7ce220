"""Tables as Parquet: typed, in row groups of a fixed size, so that the same rows give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.contract import arrow_of_rows, arrow_schema
from pipeline.csv_text import Value
from pipeline.schema import arrow_table, validated

if TYPE_CHECKING:
    import pandas as pd

GROUP = 1_024  # rows of a Parquet row group: more would be hardly smaller, and would be more memory
BATCH = 256  # rows in memory while a file is read: as values of Python they take ten times what they take in Arrow


class ParquetTable:
    """A Parquet file of table `name` that is written piece by piece; how it was cut in pieces leaves no trace."""

    def __init__(self, path: Path, name: str) -> None:
        """Raises OSError where `path` cannot be written."""
        import pyarrow.parquet as pq

        self._name = name
        self._writer = pq.ParquetWriter(path, arrow_schema(name), compression="zstd", version="2.6")
        self._waiting: list[Any] = []
        self._count = 0
        self._empty = True

    def add(self, rows: Any) -> None:
        """Write rows: an Arrow table with categories as strings."""
        import pyarrow as pa

        self._waiting.append(rows)
        self._count += len(rows)
        if self._count >= GROUP:
            whole = pa.concat_tables(self._waiting).combine_chunks()
            full = self._count - self._count % GROUP
            for start in range(0, full, GROUP):
                self._write(whole.slice(start, GROUP))
            self._waiting, self._count = [whole.slice(full)], self._count - full

    def close(self) -> None:
        """Write what waits, and the end of the file."""
        import pyarrow as pa

        if self._count:
            self._write(pa.concat_tables(self._waiting).combine_chunks())
        elif self._empty:
            self._write(arrow_of_rows(self._name, ()))
        self._writer.close()

    def _write(self, rows: Any) -> None:
        self._writer.write_table(_stored(self._name, rows), GROUP)
        self._empty = False


def write_parquet(path: Path, name: str, pieces: Iterable[pd.DataFrame]) -> None:
    """Write the frames of table `name`, one after the other."""
    plain = arrow_schema(name, plain=True)
    table = ParquetTable(path, name)
    for piece in pieces:
        table.add(arrow_table(name, validated(name, piece)).cast(plain))
    table.close()


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


def stored_length(path: Path) -> int:
    """How many rows a Parquet file has."""
    import pyarrow.parquet as pq

    with path.open("rb") as stored, pq.ParquetFile(stored) as file:
        return int(file.metadata.num_rows)


def stored_rows(path: Path, columns: Sequence[str] | None = None) -> Iterator[tuple[Value, ...]]:
    """The rows of a Parquet file (of some of its columns) as plain Python values, a few at a time."""
    import pyarrow.parquet as pq

    # opened here and not by Arrow, so that it is seen what a stage reads (tests/traced.py)
    with path.open("rb") as stored, pq.ParquetFile(stored) as file:
        for batch in file.iter_batches(BATCH, columns=columns, use_threads=False):  # each thread keeps memory
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
