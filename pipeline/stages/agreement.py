"""Stage 7: do the facts, numbers and dates of the versions agree?"""

from __future__ import annotations

from pipeline.agreement.tables import Tables, agreed
from pipeline.alignments.versions import Versions
from pipeline.parquet import stored_rows, write_parquet
from pipeline.records import read_records
from pipeline.schema import frame
from pipeline.sentences import Sentences
from pipeline.settings import settings
from pipeline.stages.common import CONFIGS, OUTPUTS, guarded
from pipeline.tables import OF_A_DOCUMENT
from pipeline.tables.comparisons import DISCREPANCIES


def agreement() -> None:
    """outputs/facts/<lang>/ and outputs/alignments/ to the tables of all languages in outputs/agreement/."""
    languages = settings(CONFIGS).languages
    tables: Tables = {table.name: [] for table in OF_A_DOCUMENT}
    for language in languages:
        for table in OF_A_DOCUMENT:
            names = [column.name for column in table.columns]
            stored = stored_rows(OUTPUTS / "facts" / language / f"{table.name}.parquet")
            tables[table.name] += (dict(zip(names, row, strict=True)) for row in stored)
    versions = read_records(OUTPUTS / "alignments" / "versions.jsonl", Versions)
    sentences = {language: Sentences.from_config(CONFIGS, language).spans for language in languages}
    tables = agreed(tables, versions, sentences)
    folder = OUTPUTS / "agreement"
    folder.mkdir(parents=True, exist_ok=True)
    for table in (*OF_A_DOCUMENT, DISCREPANCIES):
        write_parquet(folder / f"{table.name}.parquet", table.name, [frame(table.name, tables[table.name])])


if __name__ == "__main__":
    guarded(agreement)
