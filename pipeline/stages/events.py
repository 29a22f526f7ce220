"""Stage 5: the events of every paragraph, by the rules of its language."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.vocab import Vocab

from pipeline.events.engine import EventFinder
from pipeline.records import write_records
from pipeline.stages.common import CONFIGS, OUTPUTS, run
from pipeline.stages.handoff import EventRecord, has_paragraphs, mention_records, paragraph_records
from pipeline.tokens import docs_from_bytes


def events(language: str) -> None:
    """Paragraphs, tokens and mentions of a language to outputs/events/<lang>.jsonl."""

    def records() -> Iterator[EventRecord]:
        if not has_paragraphs(language):
            return
        finder = EventFinder.from_config(CONFIGS, language)
        docs = docs_from_bytes((OUTPUTS / "tokens" / f"{language}.spacy").read_bytes(), Vocab())
        rows = zip(paragraph_records(language), mention_records(language), docs, strict=True)
        for record, found, doc in rows:
            text = record.paragraph.text
            sentences = tuple((sent.start_char, sent.end_char) for sent in doc.sents)
            events = finder.find(text, found.mentions, sentences, record.date)
            yield EventRecord(record.file, record.paragraph.number, sentences, tuple(events))

    write_records(OUTPUTS / "events" / f"{language}.jsonl", records())


if __name__ == "__main__":
    run(events, __doc__)
