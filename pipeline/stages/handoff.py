"""What one stage hands to the next: records by paragraph, in the order of documents and paragraphs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from pipeline.model import Event, Mentions, Paragraph
from pipeline.records import read_records
from pipeline.stages.common import OUTPUTS


@dataclass(frozen=True, slots=True)
class ParagraphRecord:
    """A paragraph, the file it stands in and the date of its document."""

    file: str
    date: dt.date | None
    paragraph: Paragraph


@dataclass(frozen=True, slots=True)
class MentionRecord:
    """What was found in one paragraph."""

    file: str
    number: int
    mentions: Mentions


@dataclass(frozen=True, slots=True)
class EventRecord:
    """The events read off one paragraph, and its sentences."""

    file: str
    number: int
    sentences: tuple[tuple[int, int], ...]
    events: tuple[Event, ...]


def paragraph_records(language: str) -> Iterator[ParagraphRecord]:
    """What the stage `paragraphs` wrote."""
    return read_records(OUTPUTS / "paragraphs" / f"{language}.jsonl", ParagraphRecord)


def has_paragraphs(language: str) -> bool:
    """Whether there is anything to read in a language; without, its finders need not be made."""
    return next(paragraph_records(language), None) is not None


def mention_records(language: str) -> Iterator[MentionRecord]:
    """What the stage `mentions` wrote."""
    return read_records(OUTPUTS / "mentions" / f"{language}.jsonl", MentionRecord)


def event_records(language: str) -> Iterator[EventRecord]:
    """What the stage `events` wrote."""
    return read_records(OUTPUTS / "events" / f"{language}.jsonl", EventRecord)


def documents_of(records: Iterator[ParagraphRecord]) -> Iterator[list[ParagraphRecord]]:
    """The paragraphs of each document, document by document."""
    for _, group in groupby(records, key=lambda record: record.file):
        yield list(group)
