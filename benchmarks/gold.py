"""What the benchmarks share: the gold's six-language paragraphs, and signatures with whatever finders there are."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.alignments.signatures import ParagraphSignature, Signer
from pipeline.config import ConfigError
from pipeline.mentions.finder import MentionFinder
from pipeline.model import Mentions
from pipeline.paragraphs import prepared

CONFIGS = Path(__file__).resolve().parent.parent / "configs"
LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")


def records(gold: Path, *names: str) -> list[dict]:  # type: ignore[type-arg]
    """The records of the gold's files that have all six languages."""
    lines = [line for name in names for line in (gold / name).read_text(encoding="utf-8").splitlines()]
    return [record for record in map(json.loads, lines) if len(record["texts"]) == len(LANGUAGES)]


@dataclass
class Reader:
    """Makes signatures of single paragraphs; a language without finders has digits, words and lengths only."""

    language: str
    finder: MentionFinder | None = field(init=False)
    signer: Signer = field(init=False)
    known: dict[str, ParagraphSignature] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.signer = Signer.from_config(CONFIGS, self.language)
        try:
            self.finder = MentionFinder.from_config(CONFIGS, self.language)
        except ConfigError:
            self.finder = None

    def signature(self, text: str) -> ParagraphSignature:
        """The signature of one paragraph."""
        if text not in self.known:
            aligned = prepared(text, CONFIGS, self.language).text
            found = self.finder.find(aligned, None, self.finder.scope([aligned])) if self.finder else Mentions()
            self.known[text] = self.signer.paragraph(aligned, found)
        return self.known[text]
