"""Stage 8: chains of extensions from the facts of all languages, and their timeline."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.facts import Row
from pipeline.mandates import Bodies, mandate_rows
from pipeline.parquet import stored_rows, write_parquet
from pipeline.records import write_bytes
from pipeline.schema import frame
from pipeline.settings import settings
from pipeline.stages.common import CONFIGS, OUTPUTS, guarded
from pipeline.tables import table_named
from pipeline.timeline import timeline_files


def mandates() -> None:
    """outputs/agreement/{facts,documents}.parquet to outputs/mandates/mandates.parquet and outputs/timeline.*."""
    bodies = Bodies.from_config(CONFIGS, settings(CONFIGS).languages)
    rows = mandate_rows(_stored("facts"), _stored("documents"), bodies)
    folder = OUTPUTS / "mandates"
    folder.mkdir(parents=True, exist_ok=True)
    write_parquet(folder / "mandates.parquet", "mandates", [frame("mandates", rows)])
    for name, content in timeline_files(rows).items():
        write_bytes(OUTPUTS / name, content)


def _stored(name: str) -> Iterator[Row]:
    columns = [column.name for column in table_named(name).columns]
    for row in stored_rows(OUTPUTS / "agreement" / f"{name}.parquet"):
        yield dict(zip(columns, row, strict=True))


if __name__ == "__main__":
    guarded(mandates)
