"""All mentions of a paragraph in one pass: dates, references, durations, names, quantities, none counted twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.mentions.dates import DateFinder
from pipeline.mentions.durations import DurationFinder
from pipeline.mentions.marks import Bare, Marked
from pipeline.mentions.names import DocumentNames, NameFinder
from pipeline.mentions.quantities import QuantityFinder
from pipeline.mentions.references import ReferenceFinder
from pipeline.model import Mention, Mentions
from pipeline.text import Folded, made


@dataclass(frozen=True, slots=True)
class MentionFinder:
    """Finds and normalises the mentions of one language."""

    dates: DateFinder
    durations: DurationFinder
    quantities: QuantityFinder
    names: NameFinder
    references: ReferenceFinder
    marks: frozenset[str] = frozenset()  # characters that are not looked at (vowel marks)

    @classmethod
    def from_config(cls, folder: Path, language: str, dates: DateFinder | None = None) -> MentionFinder:
        """The finder for a language; `dates` finds its dates, where the caller has that already.

        Raises ConfigError where its configuration is at fault.
        """
        names = NameFinder.from_config(folder, language)
        return cls(
            dates or DateFinder.from_config(folder, language),
            DurationFinder.from_config(folder, language),
            QuantityFinder.from_config(folder, language),
            names,
            ReferenceFinder.from_config(folder, language),
            frozenset(names.ignored),
        )

    def scope(self, paragraphs: Sequence[str]) -> DocumentNames:
        """What a document's own paragraphs define: short forms, "the Office"."""
        return self.names.scope(paragraphs)

    def scope_of(self, paragraphs: Sequence[Folded]) -> DocumentNames:
        """The same, of texts already folded."""
        return self.names.scope_of(paragraphs)

    def find(self, text: str, anchor: dt.date | None, scope: DocumentNames) -> Mentions:
        """The mentions of a paragraph; relative dates hang on `anchor`, the document's own date."""
        return self.find_each([Folded.of(text)], anchor, scope)[0]

    def find_each(self, texts: Sequence[Folded], anchor: dt.date | None, scope: DocumentNames) -> list[Mentions]:
        """The mentions of each paragraph.

        One finder goes through all the paragraphs before the next does: the tables of all together are larger than a
        processor's caches, and to change them with every paragraph takes a fifth longer.
        """
        bare = [Bare(read, self.marks) for read in texts]
        plain = [one.text for one in bare]
        dates = self.dates.find_each(plain, anchor)
        references = self.references.find_each(plain, dates)
        names = [self.names.find(read.text, scope) for read in texts]
        durations = self.durations.find_each(plain, [_spans(own) for own in dates])
        taken = [
            _spans((*own, *cited, *long)) + one.spans(_spans(named)) if own or cited or long or named else ()
            for one, own, cited, long, named in zip(bare, dates, references, durations, names, strict=True)
        ]
        quantities = self.quantities.find_each(plain, taken)
        if self.marks:
            dates, durations = _placed(bare, dates), _placed(bare, durations)
            quantities, references = _placed(bare, quantities), _placed(bare, references)
        return [
            made(Mentions, (tuple(days), tuple(lengths), tuple(amounts), tuple(named), tuple(cited)))
            for days, lengths, amounts, named, cited in zip(
                dates, durations, quantities, names, references, strict=True
            )
        ]


def _placed(texts: Sequence[Bare], each: Sequence[list[Marked]]) -> list[list[Marked]]:
    return [one.placed(found) for one, found in zip(texts, each, strict=True)]


def _spans(mentions: Iterable[Mention]) -> list[tuple[int, int]]:
    return [(mention.start, mention.end) for mention in mentions]
