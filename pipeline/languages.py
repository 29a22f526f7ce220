"""Which language a text is in: by its script, by words that every text has, in doubt by py3langid.

py3langid knows 140 languages but takes most of a second to load; nine texts in ten never ask it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import ascii_lowercase
from typing import Annotated, Any

from pydantic import Field

from pipeline.config import Strict, language_file, load
from pipeline.expressions import expression
from pipeline.model import Rejection
from pipeline.text import lowered

UNDETERMINED = "und"  # ISO 639-2: the language cannot be told

_SAMPLE = 4_000  # characters looked at
_WORD = re.compile(r"[^\W\d_]+")
_ASCII_WORD = re.compile("[a-z]+")  # the same in lower-case ASCII, in half the time
_SHARE = 0.12  # of the words of a text are among the 25 commonest of its language; measured: 0.25 and more
_LEAD = 3  # times as many of the words that no other language has
_FEW = 8  # words; with fewer nothing is certain
# The languages that a text in Latin script may be in, for py3langid: those of the UN's neighbours and staff,
# leaving out the tongues (Latin, Extremaduran, Luxembourgish) that short English is mistaken for.
_ASKED = frozenset(
    (
        "en",
        "fr",
        "es",
        "pt",
        "de",
        "it",
        "nl",
        "sv",
        "da",
        "no",
        "pl",
        "cs",
        "sk",
        "hu",
        "ro",
        "tr",
        "vi",
        "id",
        "fi",
        "hr",
        "sl",
        "et",
        "lv",
        "lt",
        "sq",
        "ca",
        "sw",
        "ms",
    )
)


Range = Annotated[str, Field(pattern="^[0-9a-fA-F]{4,5}(-[0-9a-fA-F]{4,5})?$")]
"""A character, or the first and the last of a run, in hexadecimal: 0600-06ff."""


class Identification(Strict):
    """configs/languages/<lang>/identification.yaml."""

    script: list[Range]
    words: list[str]
    strangers: dict[str, list[Range]] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Languages:
    """Tells languages. `supported` are those that documents may be in; others are named all the same."""

    supported: tuple[str, ...]
    scripts: Mapping[str, tuple[str, ...]]  # the inside of a character class -> languages written so
    words: Mapping[str, frozenset[str]]
    speakers: Mapping[str, tuple[str, ...]]  # a word that every text has -> the languages of which that is true
    strangers: Mapping[str, tuple[tuple[str, re.Pattern[str]], ...]]  # per official language

    @classmethod
    def from_config(cls, folder: Path, supported: Sequence[str]) -> Languages:
        """Every language with an identification.yaml under `folder`. Raises ConfigError."""
        scripts: dict[str, tuple[str, ...]] = {}
        words: dict[str, frozenset[str]] = {}
        strangers: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {}
        for path in sorted((folder / "languages").glob("*/identification.yaml")):
            language = path.parent.name
            datum = load(Identification, language_file(folder, language, "identification"))
            script = _character_class(datum.script)
            scripts[script] = (*scripts.get(script, ()), language)
            words[language] = frozenset(datum.words)
            strangers[language] = tuple(
                (other, expression(f"[{_character_class(ranges)}]")) for other, ranges in datum.strangers.items()
            )
        speakers: dict[str, tuple[str, ...]] = {}
        for language, own in words.items():
            for word in sorted(own):
                speakers[word] = (*speakers.get(word, ()), language)
        return cls(tuple(supported), scripts, words, speakers, strangers)

    def identified(self, text: str) -> tuple[str, bool]:
        """The ISO 639-1 code of the language of `text` ("und": no telling), and whether it is certain."""
        sample = lowered(text[:_SAMPLE])
        words = _ASCII_WORD.findall(sample) if sample.isascii() else None  # others only where words have to tell
        letters = sample if words is None else "".join(words)
        counts = {script: _count(script, letters) for script in self.scripts}
        script = max(counts, key=lambda s: (counts[s] * (3 if self.words_free(s) else 1), s), default="")
        if not script or not counts[script]:
            return UNDETERMINED, False
        candidates = self.scripts[script]
        if len(candidates) == 1:
            return self._stranger(candidates[0], sample, counts[script])
        return self._by_words(sample, _WORD.findall(sample) if words is None else words, candidates)

    def written(self, line: str) -> tuple[str, ...]:
        """The languages that `line` could be in by its letters, those of the rarest script first."""
        low = lowered(line)
        ascii_only = low.isascii()
        scripts = [
            (not self.words_free(script), languages)
            for script, languages in self.scripts.items()
            if not (ascii_only and not _ascii_letters(script)) and re.search(f"[{script}]", low)
        ]
        return tuple(language for _, languages in sorted(scripts) for language in languages)

    def words_free(self, script: str) -> bool:
        """Whether a script's languages need no words to be told; its characters weigh more, then."""
        return not any(self.words[language] for language in self.scripts[script])

    def _stranger(self, language: str, sample: str, count: int) -> tuple[str, bool]:
        for other, pattern in self.strangers[language]:
            if pattern.search(sample) is not None and len(pattern.findall(sample)) * 50 > count:
                return other, True
        return language, count >= 4

    def _by_words(self, sample: str, found: Sequence[str], candidates: Sequence[str]) -> tuple[str, bool]:
        own = dict.fromkeys(candidates, 0)
        known: list[tuple[str, ...]] = [self.speakers[word] for word in found if word in self.speakers]
        counted = Counter(known)
        for languages, times in counted.items():
            if len(languages) == 1 and languages[0] in own:  # a word of another script tells nothing here
                own[languages[0]] += times
        best = max(candidates, key=lambda c: (own[c], c))
        rival = max((own[c] for c in candidates if c != best), default=0)
        share = sum(times for languages, times in counted.items() if best in languages)
        if len(found) >= _FEW and share >= len(found) * _SHARE and own[best] >= 2 and own[best] >= rival * _LEAD:
            return best, True
        if not found:
            return UNDETERMINED, False
        guess, score = _py3langid().classify(sample)
        return guess, len(found) >= _FEW and score > 0.5

    def refusal(self, file: str, language: str) -> Rejection:
        """Why a document in `language` is not read."""
        names = ", ".join(self.supported)
        if language == UNDETERMINED:
            reason = "its language cannot be told"
            return Rejection(file, "", reason, f"name it in documents.csv; supported are {names}")
        reason = f"the language {language!r} is not supported yet: supported are {names}"
        return Rejection(
            file, "", reason, "add it under `languages` of configs/pipeline.yaml, see docs, or leave it out"
        )


def _character_class(ranges: Sequence[str]) -> str:
    return "".join("-".join(chr(int(code, 16)) for code in part.split("-")) for part in ranges)


def _count(script: str, text: str) -> int:
    """How many letters of a script are in `text`, which is in lower case and, where it is ASCII, all letters."""
    if text.isascii():
        own = _ascii_letters(script)
        if own in ("", ascii_lowercase):  # none of them, or all
            return len(text) if own else 0
    # twice the class, for `re` looks fast for a class of characters, but not for one that is repeated
    found = "".join(re.findall(f"[{script}][{script}]*", text))
    # digits and marks of a script tell nothing: any language may borrow them
    return len(found) if found.isalpha() else sum(map(len, _WORD.findall(found)))


@lru_cache(maxsize=64)
def _ascii_letters(script: str) -> str:
    """The ASCII letters, in lower case, that are of a script."""
    return "".join(re.findall(f"[{script}]", ascii_lowercase))


@lru_cache(maxsize=1)
def _py3langid() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # its model takes 0.7 s to load

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([language for language in identifier.labels if language in _ASKED])
    return identifier
