"""Stage 2: the paragraphs of each document's body, numbered from 1."""

from __future__ import annotations

from pipeline.model import Document, Paragraph
from pipeline.records import read_records, write_records
from pipeline.stages.common import OUTPUTS, run
from pipeline.stages.handoff import ParagraphRecord


def paragraphs(language: str) -> None:
    """outputs/documents/<lang>.jsonl to outputs/paragraphs/<lang>.jsonl."""
    write_records(
        OUTPUTS / "paragraphs" / f"{language}.jsonl",
        (
            ParagraphRecord(document.file, document.date, Paragraph(number, aligned))
            for document in read_records(OUTPUTS / "documents" / f"{language}.jsonl", Document)
            for number, aligned in enumerate(document.body, 1)
        ),
    )


if __name__ == "__main__":
    run(paragraphs, __doc__)
