"""All mentions of a paragraph in one pass: dates, references, durations, names, quantities, none counted twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.mentions.dates import DateFinder
from pipeline.mentions.durations import DurationFinder
from pipeline.mentions.marks import Bare
from pipeline.mentions.names import DocumentNames, NameFinder
from pipeline.mentions.quantities import QuantityFinder
from pipeline.mentions.references import ReferenceFinder
from pipeline.model import Mention, Mentions


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
    def from_config(cls, folder: Path, language: str) -> MentionFinder:
        """The finder for a language. Raises ConfigError where its configuration is at fault."""
        names = NameFinder.from_config(folder, language)
        return cls(
            DateFinder.from_config(folder, language),
            DurationFinder.from_config(folder, language),
            QuantityFinder.from_config(folder, language),
            names,
            ReferenceFinder.from_config(folder, language),
            frozenset(names.ignored),
        )

    def scope(self, paragraphs: Sequence[str]) -> DocumentNames:
        """What a document's own paragraphs define: short forms, "the Office"."""
        return self.names.scope(paragraphs)

    def find(self, text: str, anchor: dt.date | None, scope: DocumentNames) -> Mentions:
        """The mentions of a paragraph; relative dates hang on `anchor`, the document's own date."""
        bare = Bare(text, self.marks)
        dates = self.dates.find(bare.text, anchor)
        references = self.references.find(bare.text, dates)
        names = self.names.find(text, scope)
        durations = self.durations.find(bare.text, [(d.start, d.end) for d in dates])
        found: tuple[Mention, ...] = (*dates, *references, *durations)
        taken = sorted([*((m.start, m.end) for m in found), *bare.spans((n.start, n.end) for n in names)])
        quantities = self.quantities.find(bare.text, taken)
        return Mentions(
            tuple(bare.placed(dates)),
            tuple(bare.placed(durations)),
            tuple(bare.placed(quantities)),
            tuple(names),
            tuple(bare.placed(references)),
        )
