"""Numbers in words, digits and both at once, with their value.

`Numerals.pattern` and `Numerals.value` come from the same table (configs/languages/<lang>/numerals.yaml), so
what can be found can be read. The value is built with a stack: a multiplier takes all smaller terms before it
("two hundred thousand", 一亿二千三百万), and in the end the terms are added up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from pipeline.config import language_file, load
from pipeline.events.strings import Beginnings
from pipeline.expressions import expression
from pipeline.mentions.numeral_grammar import (
    NOTHING,
    NumeralTable,
    Table,
    alternation,
    beginnings,
    gate_source,
    number_source,
    pair_source,
    values_of,
    words_of,
)
from pipeline.text import Folded, fold, lowered

_LONGEST = 200  # characters; no number that someone wants read is longer
GREATEST = 2**53  # beyond it a number of a spreadsheet (IEEE 754, 64 bits) is no longer the one that is written

Form = Literal["digits", "words", "mixed"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number at characters `start` to `end` of a text."""

    start: int
    end: int
    value: int | float
    form: Form


class Numerals:
    """The numerals of one language.

    `pattern` is the source of a regular expression for folded text (`pipeline.text.fold`): no capturing
    groups, longest match first; what stands before a word is the caller's affair. For `re.IGNORECASE`.
    """

    def __init__(self, table: NumeralTable) -> None:
        """The numerals that `table` describes."""
        self.table = table
        self.pattern = number_source(table)
        same = {letter: letters[0] for letters in table.equivalents for letter in letters}
        self._same = str.maketrans(same)

        def meanings(*tables: Table) -> dict[str, int]:
            return {word.translate(self._same): value for word, value in values_of(*tables).items()}

        zeros = dict.fromkeys((*table.zeros, *table.zero_like), 0)
        self._digit = meanings(table.units) | zeros
        self._add = meanings(table.units, table.teens, table.hundreds, table.fixed) | zeros
        self._multiply = meanings(table.hundred, table.scales, table.collectives)
        (self._multiply if table.system == "han" else self._add).update(meanings(table.tens))
        self._value = lru_cache(maxsize=4096)(self._worked_out)  # the same few numbers come again and again

    # Patterns are compiled when they are first wanted: they are long, and a header's dates want none of them. That of
    # a number is up to 60,000 characters: it stands in no other, what stands beside a number is asked for by itself.

    @cached_property
    def _token(self) -> re.Pattern[str]:
        table = self.table
        spaced = "" if table.system == "han" or table.glued else r"(?![^\W\d_])"
        words = alternation((*self._add, *self._multiply), table.equivalents) + spaced
        marks = re.escape("".join({"., ", *table.groups_of_three}))
        return expression(rf"\d[\d{marks}]*\d|\d|{words}", re.IGNORECASE)

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        return expression(self.pattern, re.IGNORECASE)

    @cached_property
    def _gate(self) -> re.Pattern[str]:
        return expression(gate_source(self.table))

    @cached_property
    def _beginnings(self) -> Beginnings:
        return Beginnings(beginnings(self.table))

    @cached_property
    def _pair(self) -> re.Pattern[str] | None:
        return expression(pair_source(self.table), re.IGNORECASE) if self.table.system == "han" else None

    @cached_property
    def _fronts(self) -> tuple[str, ...]:
        """What may stand between the beginning of a word and a number: nothing, then the longest particle."""
        return ("", *sorted(set(self.table.prefixes), key=lambda front: (-len(front), front)))

    @cached_property
    def _scale(self) -> re.Pattern[str]:
        return expression(alternation(words_of(self.table.scales)) if self.table.system == "han" else NOTHING)

    @classmethod
    def from_config(cls, folder: Path, language: str) -> Numerals:
        """The numerals of `language` from its YAML below `folder`. Raises ConfigError."""
        return cls(load(NumeralTable, language_file(folder, language, "numerals")))

    @property
    def words(self) -> tuple[str, ...]:
        """Every word that can be part of a number, longest first."""
        return words_of(
            *(getattr(self.table, n) for n in ("units", "teens", "tens", "hundreds", "hundred", "scales")),
            self.table.fixed,
            self.table.collectives,
        )

    def find(self, text: str) -> list[Number]:
        """Every number of `text` in order, never overlapping. Ordinals ("fifty-ninth") are not numbers."""
        read = Folded.of(text)
        return [
            Number(start, end, low, form_of(read.plain[start:end]))
            for start, end, low, high in self.spans(read.plain, self.places([read])[0])
            if low == high
        ]

    def places(self, texts: Sequence[Folded]) -> list[Sequence[int]]:
        """Where numbers may begin in each of the texts."""
        each = self._beginnings.within_each([read.lower for read in texts])
        return [
            [match.start() for match in self._gate.finditer(read.plain)] if read.other_digits else places
            for read, places in zip(texts, each, strict=True)
        ]

    def spans(self, folded: str, places: Iterable[int]) -> Iterator[tuple[int, int, int | float, int | float]]:
        """Start, end, least and greatest value of every number of `folded` text; 八九十 is 80 to 90.

        `places` are where numbers may begin.
        """
        position = 0
        begins, pairs, number = self._gate.match, self._pair, self._whole.match
        for start in places:
            if start < position or begins(folded, start) is None:
                continue
            if pairs is not None and not folded[start].isdecimal() and (pair := pairs.match(folded, start)) is not None:
                position = pair.end()
                low = self._digit[pair["low"]]
                high = self._digit[pair["high"]]
                factor = self._multiply.get(pair["times"], 1)
                ten = 10 if pair["teen"] else 0
                if high == low + 1:
                    yield *pair.span(), ten + low * factor, ten + high * factor
                continue
            for front in self._fronts:
                if folded.startswith(front, start) and (match := number(folded, start + len(front))) is not None:
                    position = match.end()
                    value = self._value(match[0])
                    if value is not None:
                        yield *match.span(), value, value
                    break

    def match(self, folded: str, position: int) -> re.Match[str] | None:
        """The number that stands at a position, whatever stands before it."""
        return self._whole.match(folded, position)

    def scale_at(self, folded: str, position: int) -> tuple[int, int] | None:
        """The end and the value of a scale word that stands at `position` (the 万 of 30多万)."""
        match = self._scale.match(folded, position)
        return (match.end(), self._multiply[match[0]]) if match else None

    def value(self, text: str) -> int | float | None:
        """What `text`, which must be one whole number, means; None where it is not one."""
        text = fold(text)
        return self._value(text) if self._whole.fullmatch(text) else None

    def _worked_out(self, text: str) -> int | float | None:
        """What `text` means, which the pattern has matched; None where it is greater than what is counted."""
        value = self._meaning(text) if len(text) <= _LONGEST else None
        return value if value is not None and value <= GREATEST else None

    def _meaning(self, text: str) -> int | float:
        if text.isdigit():
            return int(text)
        tokens = self._token.findall(lowered(text).translate(self._same))
        if self.table.system == "han" and len(tokens) > 1 and all(token in self._digit for token in tokens):
            return int("".join(str(self._digit[token]) for token in tokens))
        terms: list[Decimal] = []
        for token in tokens:
            factor = self._multiply.get(token)
            if factor is None:
                terms.append(Decimal(self._add[token]) if token in self._add else self._read(token))
                continue
            taken = Decimal(0)
            smaller = False
            while terms and terms[-1] < factor:
                taken += terms.pop()
                smaller = True
            terms.append((taken if smaller and taken else Decimal(1)) * factor)
        total = sum(terms, Decimal(0))
        return int(total) if total == total.to_integral_value() else float(total)

    def _read(self, digits: str) -> Decimal:
        """The value of digits with groups and decimals."""
        for group in self.table.groups_of_three:
            parts = digits.split(group)
            if len(parts) == 1:
                continue
            last = re.match(r"\d+", parts[-1])
            tail = parts[-1][last.end() :] if last else ""
            if last and all(p.isdigit() for p in parts[:-1]):
                chunks = [*parts[:-1], last[0]]
                backwards = len(chunks[-1]) < 3 or chunks[0][0] == "0"
                if self.table.reversed_groups and len(chunks[0]) == 3 and backwards:
                    chunks.reverse()
                if all(len(c) == 3 for c in chunks[1:]) and len(chunks[0]) <= 3:
                    return Decimal("".join(chunks) + tail.replace(",", "."))
        whole, mark, decimals = digits.replace(",", ".").rpartition(".")
        return Decimal(whole.replace(".", "") + mark + decimals)  # 1.234.5: one mark between groups and before decimals


def form_of(text: str) -> Form:
    """Whether a number is written in digits, in words, or in both."""
    if not any(c.isdigit() for c in text):
        return "words"
    return "mixed" if any(c.isalpha() for c in text) else "digits"
