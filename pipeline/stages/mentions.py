"""Stage 4: dates, durations, quantities, names and references of every paragraph, normalised."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.mentions.finder import MentionFinder
from pipeline.records import write_records
from pipeline.stages.common import CONFIGS, OUTPUTS, run
from pipeline.stages.handoff import MentionRecord, documents_of, has_paragraphs, paragraph_records


def mentions(language: str) -> None:
    """outputs/paragraphs/<lang>.jsonl to outputs/mentions/<lang>.jsonl.

    Short forms are defined by a document as a whole, so its paragraphs are read together.
    """

    def records() -> Iterator[MentionRecord]:
        if not has_paragraphs(language):
            return
        finder = MentionFinder.from_config(CONFIGS, language)
        for document in documents_of(paragraph_records(language)):
            scope = finder.scope([record.paragraph.text for record in document])
            for record in document:
                found = finder.find(record.paragraph.text, record.date, scope)
                yield MentionRecord(record.file, record.paragraph.number, found)

    write_records(OUTPUTS / "mentions" / f"{language}.jsonl", records())


if __name__ == "__main__":
    run(mentions, __doc__)
