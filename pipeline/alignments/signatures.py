"""What a text shows of itself in any language: its numbers, dates, durations, bodies, names, and how long it is.

A signature holds keys. `firm` keys survive translation nearly always (a date, a number of two digits, a mission's
id): where one is lost, something is wrong. `soft` keys often survive (small numbers, words that look alike in many
languages): they speak for a match where they are shared, and say nothing where they are not.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import Field

from pipeline.alignments.concepts import Concepts
from pipeline.config import Strict, language_file, load
from pipeline.expressions import expression
from pipeline.model import Document, Mentions
from pipeline.text import fold, lowered

# Digits in groups of three (by comma, point, space or apostrophe), or as they stand.
_NUMBER = re.compile(r"\d+(?:(?<!\d{4})[ .,']\d{3}(?!\d))*")
_LATIN = "a-z\u00df-\u024f"
_ACCENTS = re.compile("[\u0300-\u036f]+")
_FULL_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}")
_ISO = re.compile(r"(\d+(?:\.\d+)?)([YMWD])")
# Consonants by kinds that languages keep apart differently; vowels, h and w carry little across scripts.
_SOUNDS = str.maketrans(
    {**dict.fromkeys("cqg", "k"), **dict.fromkeys("zx", "s"), **dict.fromkeys("pvf", "b"), "d": "t"}
    | dict.fromkeys("aeiouyhw", "")
)
_SKELETON = (3, 5)  # consonants that a word must have to be a key, and those that are looked at
_WORDS_KNOWN = 1 << 16  # words whose keys are kept
_LONGEST = 12  # digits of a number that is a key
_SMALL = 12  # numbers up to here are often words ("both", "a dozen") and no firm keys
_YEARS = range(1900, 2100)


class Script(Strict):
    """How a language is compared with others: its length, and its letters as Latin ones."""

    characters: Annotated[float, Field(gt=0)]
    letters: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class ParagraphSignature:
    """One paragraph. `length` is in characters that its English version would have."""

    length: float
    firm: tuple[str, ...]
    soft: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentSignature:
    """One file: what its head says, and its paragraphs in order. `named`: its symbol is a symbol, not a file's stem."""

    file: str
    language: str
    symbol: str
    named: bool
    date: dt.date | None
    distribution_date: dt.date | None
    paragraphs: tuple[ParagraphSignature, ...]


@dataclass(frozen=True, slots=True)
class Signer:
    """Makes the signatures of one language."""

    characters: float
    letters: Mapping[int, str]
    word: re.Pattern[str]  # three letters or more, Latin or of those that stand for Latin ones
    concepts: Concepts
    _keys: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def from_config(cls, folder: Path, language: str) -> Signer:
        """By the language's alignment.yaml and concepts.yaml. Raises ConfigError."""
        script = load(Script, language_file(folder, language, "alignment"))
        word = expression(f"[{_LATIN}{''.join(map(re.escape, script.letters))}]{{3,}}")
        letters = str.maketrans(script.letters)
        return cls(script.characters, letters, word, Concepts.from_config(folder, language))

    def document(self, document: Document, paragraphs: Iterable[tuple[str, Mentions]]) -> DocumentSignature:
        """The signature of a document, of its paragraphs' texts and mentions."""
        return DocumentSignature(
            document.file,
            document.language,
            document.symbol,
            document.has_symbol,
            document.date,
            document.distribution_date,
            tuple(self.paragraph(text, mentions) for text, mentions in paragraphs),
        )

    def paragraph(self, text: str, mentions: Mentions) -> ParagraphSignature:
        """The signature of one paragraph."""
        firm: set[str] = set()
        soft: set[str] = set()
        low = lowered(fold(text))
        for key, certain in (*_mention_keys(mentions), *_digit_keys(low, mentions)):
            (firm if certain else soft).add(key)
        known = self._keys
        for word in set(self.word.findall(low)):
            if key := known[word] if word in known else self._word_key(word):
                soft.add(key)
        soft.update(f"c:{name}" for name in self.concepts.found(low))
        return ParagraphSignature(len(text) / self.characters, tuple(sorted(firm)), tuple(sorted(soft - firm)))

    def _word_key(self, word: str) -> str:
        """The consonants that a word begins with ("Таджикистан", "Tajikistan" and "Tayikistán" are near each other).

        Empty where it has too few.
        """
        plain = _ACCENTS.sub("", unicodedata.normalize("NFD", word.translate(self.letters)))
        sounds = plain.translate(_SOUNDS)
        skeleton = "".join(c for i, c in enumerate(sounds) if i == 0 or c != sounds[i - 1])
        key = "w:" + skeleton[: _SKELETON[1]] if len(skeleton) >= _SKELETON[0] and skeleton.isascii() else ""
        if len(self._keys) < _WORDS_KNOWN:
            self._keys[word] = key
        return key


def unsigned(document: Document) -> DocumentSignature:
    """What a document's head says, for a folder in one language, where no texts are compared."""
    return DocumentSignature(
        document.file, document.language, document.symbol, document.has_symbol, document.date,
        document.distribution_date, (),
    )  # fmt: skip


def _mention_keys(mentions: Mentions) -> Iterator[tuple[str, bool]]:
    for date in mentions.dates:
        known = date.edtf or ""
        said = date.basis == "explicit"  # what is counted from the letter's date is lost where that is not known
        for day in _FULL_DATE.findall(known):
            yield f"d:{day}" if len(day) > 4 else f"y:{day}", said
            if len(day) > 4:
                yield f"y:{day[:4]}", False
        if not known and date.timex_value:
            yield f"x:{date.timex_value}", False
    for duration in mentions.durations:
        yield f"t:{duration_key(duration.calendar or duration.iso)}", False
    for quantity in mentions.quantities:
        yield _number_key(quantity.value)
    for name in mentions.names:
        if name.id is not None:
            yield f"n:{name.id}", False


def _number_key(value: float) -> tuple[str, bool]:
    whole = value == int(value) if abs(value) < 1e15 else False
    return f"#{int(value) if whole else value}", value > _SMALL


def _digit_keys(text: str, mentions: Mentions) -> Iterator[tuple[str, bool]]:
    """Numbers in digits, those left out that are part of a date or quantity: "3 млн.", "3 000 000", 三百万."""
    inside = sorted([(d.start, d.end) for d in mentions.dates] + [(q.start, q.end) for q in mentions.quantities])
    spans = iter(inside)
    start, end = next(spans, (len(text), len(text)))
    for match in _NUMBER.finditer(text):
        while end <= match.start() < len(text) and start < len(text):
            start, end = next(spans, (len(text), len(text)))
        if start <= match.start() < end:
            continue
        digits = re.sub(r"\D", "", match[0]).lstrip("0")
        if not digits or len(digits) > _LONGEST:
            continue
        if len(match[0]) == 4 and int(digits) in _YEARS:
            yield f"y:{digits}", False
        else:
            yield f"#{digits}", int(digits) > 31  # above any day of a month that no finder has read as one


def duration_key(iso: str) -> str:
    """A duration in its smallest usual unit: P1Y and P12M are 12 months, P2W is 14 days; others as they are."""
    parts = _ISO.findall(iso)
    if len(parts) != 1 or "T" in iso:
        return iso
    number, unit = float(parts[0][0]), parts[0][1]
    times, smaller = {"Y": (12, "M"), "W": (7, "D")}.get(unit, (1, unit))
    return f"{number * times:g}{smaller}"


def frequencies(signatures: Sequence[ParagraphSignature]) -> dict[str, int]:
    """In how many of the paragraphs each key stands."""
    counts: dict[str, int] = {}
    for signature in signatures:
        for key in (*signature.firm, *signature.soft):
            counts[key] = counts.get(key, 0) + 1
    return counts
