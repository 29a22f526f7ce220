"""Stage 10: the tables of all languages as Parquet, CSV and one workbook, with a description of every column."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.events.types import event_types
from pipeline.export import write_tables
from pipeline.facts import Row, claimed_twice, rejection_row
from pipeline.model import Rejection
from pipeline.parquet import stored_rows
from pipeline.records import read_records
from pipeline.schema import frame
from pipeline.stages.common import CONFIGS, OUTPUTS, guarded
from pipeline.tables import ACTIVE, OF_A_DOCUMENT, Table
from pipeline.tables.comparisons import DISCREPANCIES, MANDATES


def export() -> None:
    """outputs/agreement/, outputs/mandates/ and outputs/documents/rejected.jsonl to the final tables in outputs/."""
    notes = read_records(OUTPUTS / "documents" / "rejected.jsonl", Rejection)
    tables: dict[str, list[Row]] = {table.name: [] for table in ACTIVE}
    tables["rejected"] += map(rejection_row, notes)
    for table in (*OF_A_DOCUMENT, DISCREPANCIES):
        tables[table.name] += _stored(table, OUTPUTS / "agreement")
    tables["mandates"] += _stored(MANDATES, OUTPUTS / "mandates")
    tables["rejected"] += [rejection_row(note) for note in claimed_twice(tables["documents"])]
    write_tables({name: frame(name, rows) for name, rows in tables.items()}, OUTPUTS, event_types(CONFIGS))


def _stored(table: Table, folder: Path) -> Iterator[Row]:
    names = [column.name for column in table.columns]
    for row in stored_rows(folder / f"{table.name}.parquet"):
        yield dict(zip(names, row, strict=True))


if __name__ == "__main__":
    guarded(export)
