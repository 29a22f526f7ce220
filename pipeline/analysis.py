"""Everything that is read in one language, behind one call: a document in, its paragraphs with what they hold out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.events.engine import EventFinder
from pipeline.events.rules import RuleSet, rule_set
from pipeline.facts import ReadParagraph
from pipeline.mentions.dates import DateFinder
from pipeline.mentions.finder import MentionFinder
from pipeline.model import Document, Paragraph
from pipeline.sentences import Sentences
from pipeline.text import Folded, made


@dataclass(frozen=True, slots=True)
class Analyst:
    """The finders of one language, made once and used for all its documents."""

    language: str
    sentences: Sentences
    mentions: MentionFinder
    events: EventFinder

    @classmethod
    def from_config(
        cls, folder: Path, language: str, dates: DateFinder | None = None, rules: RuleSet | None = None
    ) -> Analyst:
        """The analyst for a language; `dates` finds its dates, `rules` read its events, if the caller has them already.

        Raises ConfigError where its configuration is at fault.
        """
        return cls(
            language,
            Sentences.from_config(folder, language),
            MentionFinder.from_config(folder, language, dates),
            EventFinder.of(rule_set(folder, language) if rules is None else rules),
        )

    def read(self, document: Document) -> list[ReadParagraph]:
        """The document's paragraphs, numbered from 1, with what they hold."""
        texts = [aligned.text for aligned in document.body]
        forms = Folded.each(texts)
        sentences = [tuple(self.sentences.spans(text)) for text in texts]
        mentions = self.mentions.find_each(forms, document.date, self.mentions.scope_of(forms))
        find, date = self.events.find, document.date
        events = [
            tuple(find(form.text, found, spans, date, form.lower))
            for form, spans, found in zip(forms, sentences, mentions, strict=True)
        ]
        paragraphs = [made(Paragraph, one) for one in enumerate(document.body, 1)]
        return [made(ReadParagraph, one) for one in zip(paragraphs, sentences, mentions, events, strict=True)]
