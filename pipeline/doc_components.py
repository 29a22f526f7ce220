"""What the spaCy components of components.py do to a doc, by the same configuration and functions as the pipeline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from spacy.tokens import Doc, Span

from pipeline.events.engine import EventFinder
from pipeline.mentions.finder import MentionFinder
from pipeline.model import Mention, Mentions
from pipeline.paragraphs import prepared
from pipeline.sentences import Sentences
from pipeline.standalone import TimexFinder
from pipeline.text import AlignedText


def _extend() -> None:
    """The extensions that the components write to; declaring them again is harmless."""
    if not Doc.has_extension("un_date"):
        Doc.set_extension("un_date", default=None)
        Doc.set_extension("un_events", default=None)
        Doc.set_extension("un_mentions", default=None)
        Span.set_extension("un", default=None)


class TimeComponent:
    """Shows what a doc says of time as spans, as `unfacts mentions` finds it."""

    def __init__(self, folder: Path, language: str, key: str) -> None:
        _extend()
        self.folder, self.language, self.key = folder, language, key
        self.finder = TimexFinder.from_config(folder, language)

    def __call__(self, doc: Doc) -> Doc:
        """The doc with its spans."""
        aligned = prepared(doc.text, self.folder, self.language)
        found = self.finder.find(aligned.text, doc._.un_date)
        doc.spans[self.key] = list(spans_of(doc, aligned, (*found.dates, *found.durations)))
        return doc


class MentionComponent:
    """Finds mentions once for a doc and shows one kind of them as spans."""

    def __init__(self, folder: Path, language: str, key: str, kinds: Callable[[Mentions], Iterable[Mention]]) -> None:
        _extend()
        self.folder, self.language, self.key, self.kinds = folder, language, key, kinds
        self.finder = MentionFinder.from_config(folder, language)

    def __call__(self, doc: Doc) -> Doc:
        """The doc with its spans."""
        aligned, mentions = mentions_of_doc(doc, self.finder, self.folder, self.language)
        doc.spans[self.key] = list(spans_of(doc, aligned, self.kinds(mentions)))
        return doc


def spans_of(doc: Doc, aligned: AlignedText, mentions: Iterable[Mention]) -> Iterator[Span]:
    """Mentions of the prepared text as spans of the doc, each with its mention as `span._.un`."""
    for mention in mentions:
        start, end = aligned.source_span(mention.start, mention.end)
        # a token may be longer than the mention ("2004年" in one token): the span covers whole tokens
        span = doc.char_span(start, end, label=type(mention).__name__, alignment_mode="expand")
        if span is not None:
            span._.un = mention
            yield span


def mentions_of_doc(doc: Doc, finder: MentionFinder, folder: Path, language: str) -> tuple[AlignedText, Mentions]:
    """The doc's mentions, found by the first component that asks and kept on the doc for the others."""
    if doc._.un_mentions is None:
        aligned = prepared(doc.text, folder, language)
        anchor: dt.date | None = doc._.un_date
        doc._.un_mentions = aligned, finder.find(aligned.text, anchor, finder.scope([aligned.text]))
    found: tuple[AlignedText, Mentions] = doc._.un_mentions
    return found


class EventComponent:
    """Reads the doc, taken as one paragraph, for events."""

    def __init__(self, folder: Path, language: str) -> None:
        _extend()
        self.folder, self.language = folder, language
        self.finder = MentionFinder.from_config(folder, language)
        self.sentences = Sentences.from_config(folder, language)
        self.events = EventFinder.from_config(folder, language)

    def __call__(self, doc: Doc) -> Doc:
        """The doc with `doc._.un_events`, offsets in characters of the prepared text."""
        aligned, mentions = mentions_of_doc(doc, self.finder, self.folder, self.language)
        sentences = self.sentences.spans(aligned.text)
        doc._.un_events = self.events.find(aligned.text, mentions, sentences, doc._.un_date)
        return doc
