"""Everything that is read in one language, behind one call: a document in, its paragraphs with what they hold out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.events.engine import EventFinder
from pipeline.facts import ReadParagraph
from pipeline.mentions.finder import MentionFinder
from pipeline.model import Document, Paragraph
from pipeline.sentences import Sentences


@dataclass(frozen=True, slots=True)
class Analyst:
    """The finders of one language, made once and used for all its documents."""

    language: str
    sentences: Sentences
    mentions: MentionFinder
    events: EventFinder

    @classmethod
    def from_config(cls, folder: Path, language: str) -> Analyst:
        """The analyst for a language. Raises ConfigError where its configuration is at fault."""
        return cls(
            language,
            Sentences.from_config(folder, language),
            MentionFinder.from_config(folder, language),
            EventFinder.from_config(folder, language),
        )

    def read(self, document: Document) -> list[ReadParagraph]:
        """The document's paragraphs, numbered from 1, with what they hold."""
        scope = self.mentions.scope([aligned.text for aligned in document.body])
        result = []
        for number, aligned in enumerate(document.body, 1):
            sentences = tuple(self.sentences.spans(aligned.text))
            mentions = self.mentions.find(aligned.text, document.date, scope)
            events = tuple(self.events.find(aligned.text, mentions, sentences, document.date))
            result.append(ReadParagraph(Paragraph(number, aligned), sentences, mentions, events))
        return result
