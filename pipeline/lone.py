"""A text by itself, not in a document: its dates, durations and quantities as plain data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.mentions.names import NameFinder
from pipeline.mentions.quantities import QuantityFinder
from pipeline.mentions.references import ReferenceFinder
from pipeline.model import Mention, QuantityMention
from pipeline.paragraphs import prepared
from pipeline.settings import settings
from pipeline.standalone import Temporals, TimexFinder
from pipeline.text import AlignedText


@dataclass(frozen=True, slots=True)
class LoneText:
    """A text, its language (None: found out) and the day that its relative dates hang on."""

    text: str
    language: str | None
    date: dt.date | None

    @classmethod
    def from_record(cls, record: object, language: str | None, date: str | None) -> LoneText:
        """The text of a JSON record with `text` and maybe `language` and `date`. Raises ValueError."""
        if not isinstance(record, Mapping) or not isinstance(record.get("text"), str):
            raise ValueError('an object with "text" is wanted')
        day = record.get("date") or date
        return cls(record["text"], record.get("language") or language, dt.date.fromisoformat(day) if day else None)


@dataclass(frozen=True, slots=True)
class LoneFinder:
    """What a text by itself is read with."""

    times: TimexFinder
    quantities: QuantityFinder
    names: NameFinder
    references: ReferenceFinder

    @classmethod
    def from_config(cls, folder: Path, language: str) -> LoneFinder:
        """The finder for a language. Raises ConfigError where its configuration is at fault."""
        return cls(
            TimexFinder.from_config(folder, language),
            QuantityFinder.from_config(folder, language),
            NameFinder.from_config(folder, language),
            ReferenceFinder.from_config(folder, language),
        )

    def find(self, text: str, anchor: dt.date | None) -> tuple[Temporals, list[QuantityMention]]:
        """What the text says of time, and its other quantities: numbers of documents and in names are none."""
        times = self.times.find(text, anchor)
        references = self.references.find(text, times.dates)
        names = self.names.find(text, self.names.scope([text]))
        found: tuple[Mention, ...] = (*times.dates, *times.durations, *references, *names)
        return times, self.quantities.find(text, sorted((m.start, m.end) for m in found))


@cache
def _finder(folder: Path, language: str) -> LoneFinder:
    return LoneFinder.from_config(folder, language)


@cache
def _supported(folder: Path) -> tuple[str, ...]:
    return tuple(settings(folder).languages)


def _identified(text: str, folder: Path) -> str:
    from pipeline.languages import Languages

    language, _ = Languages.from_config(folder, _supported(folder)).identified(text)
    if language not in _supported(folder):
        raise ValueError(f"the language is not known ({language or 'undetermined'}): give one with --language")
    return language


def mentions_of(lone: LoneText, folder: Path) -> dict[str, list[dict[str, Any]]]:
    """What the text mentions; offsets count characters of the text as it was given. Raises ValueError."""
    language = lone.language or _identified(lone.text, folder)
    if language not in _supported(folder):
        raise ValueError(f"the language {language!r} is not supported: {', '.join(_supported(folder))} are")
    aligned = prepared(lone.text, folder, language)
    times, counted = _finder(folder, language).find(aligned.text, lone.date)
    dates, intervals = (
        [
            _placed(m, aligned, lone.text)
            | {
                "edtf": m.edtf,
                "timex_type": m.timex_type,
                "timex_value": m.timex_value,
                "basis": m.basis,
                "modifier": m.modifier,
                "bound": m.bound,
            }
            for m in found
        ]
        for found in (times.dates, times.intervals)
    )
    durations = [
        _placed(m, aligned, lone.text) | {"iso": m.iso, "timex_type": "DURATION", "timex_value": m.iso}
        for m in times.durations
    ]
    quantities = [
        _placed(m, aligned, lone.text)
        | {
            "value": m.value,
            "min": m.minimum,
            "max": m.maximum,
            "qualifier": m.qualifier,
            "kind": m.kind,
            "unit": m.unit,
        }
        for m in counted
    ]
    return {"dates": dates, "durations": durations, "quantities": quantities, "intervals": intervals}


def _placed(mention: Mention, aligned: AlignedText, text: str) -> dict[str, Any]:
    start, end = aligned.source_span(mention.start, mention.end)
    return {"start": start, "end": end, "text": text[start:end]}
