"""Stage 9: one row a fact, and the rows of the tables beside it."""

from __future__ import annotations

from itertools import groupby

from pipeline.facts import ReadParagraph, distinguish, gathered, tables_of
from pipeline.model import Document
from pipeline.parquet import write_parquet
from pipeline.records import read_records
from pipeline.schema import frame
from pipeline.stages.common import OUTPUTS, run
from pipeline.stages.handoff import event_records, mention_records, paragraph_records
from pipeline.tables import OF_A_DOCUMENT


def facts(language: str) -> None:
    """Paragraphs, mentions and events of a language to outputs/facts/<lang>/<table>.parquet."""
    rows = zip(paragraph_records(language), mention_records(language), event_records(language), strict=True)
    read: dict[str, list[ReadParagraph]] = {}
    for file, group in groupby(rows, key=lambda row: row[0].file):
        read[file] = [
            ReadParagraph(record.paragraph, found.sentences, mentions.mentions, found.events)
            for record, mentions, found in group
        ]
    documents = read_records(OUTPUTS / "documents" / f"{language}.jsonl", Document)
    tables = gathered(tables_of(document, read.get(document.file, [])) for document in documents)
    distinguish(tables)
    folder = OUTPUTS / "facts" / language
    folder.mkdir(parents=True, exist_ok=True)
    for table in OF_A_DOCUMENT:
        write_parquet(folder / f"{table.name}.parquet", table.name, [frame(table.name, tables.get(table.name, ()))])


if __name__ == "__main__":
    run(facts, __doc__)
