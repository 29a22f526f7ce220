"""How much likelier two texts are the same in two languages than two texts of a kind: natural logarithms of odds.

Lengths follow Gale and Church (1993, "A program for aligning sentences in bilingual corpora"), with the logarithm of
the ratio for the difference, and what was measured on 4,000 sentences in six languages for the spread: 0.1 and 2.5 a
character. Keys are taken as independent: that a key of one text stands in its translation, and in another text.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from pipeline.alignments.signatures import ParagraphSignature

_SPREAD, _PER_CHARACTER = 0.1**2, 2.5
_SPREAD_OF_ANY = 1.0  # of the logarithm of the ratio of two paragraphs that have nothing to do with one another
_UNLIKELY = -7.0  # no length is worse: a paragraph may be cut short
_KEPT_FIRM, _KEPT_CONCEPT, _KEPT_SOFT = 0.9, 0.58, 0.5  # how often a translation has the key
_MOST_SOFT = 4.5  # what a shared soft key can say at most
CONCEPT = "c:"
_MOST_PLACES = 64  # paragraphs of one side with a key that is looked at; fewer in documents of less than 900
_WEIGHTS = 1 << 14  # keys whose weights are in memory


def length_score(one: float, other: float) -> float:
    """The logarithm of the odds that texts of these lengths are versions of one text; any two if 0."""
    if one <= 0 or other <= 0:
        return _UNLIKELY
    ratio = math.log(one / other)
    spread = _SPREAD + _PER_CHARACTER * 2 / (one + other)
    score = 0.5 * (math.log(_SPREAD_OF_ANY / spread) - ratio * ratio * (1 / spread - 1 / _SPREAD_OF_ANY))
    return max(_UNLIKELY, score)


class Frequencies(Protocol):
    """In how many texts each key stands."""

    def get(self, key: str, default: int, /) -> int:
        """In how many texts a key stands; `default` where that is in none."""


@dataclass(frozen=True, slots=True)
class KeyWeights:
    """What keys say, by how many of the texts at hand have them."""

    texts: int
    frequency: Frequencies
    _cache: dict[tuple[str, bool], tuple[float, float]] = field(default_factory=dict, repr=False, compare=False)

    def of(self, key: str, firm: bool) -> tuple[float, float]:
        """The logarithms of the odds where the other text has the key, and where it lacks it."""
        found = self._cache.get((key, firm))
        if found is None:
            share = min(0.8, (self.frequency.get(key, 0) + 0.5) / (self.texts + 1))
            if firm or key.startswith(CONCEPT):
                kept = _KEPT_FIRM if firm else _KEPT_CONCEPT
                found = math.log(kept / share), min(0.0, math.log((1 - kept) / (1 - share)))
            else:
                found = min(_MOST_SOFT, max(0.0, math.log(_KEPT_SOFT / share))), 0.0
            if len(self._cache) >= _WEIGHTS:
                self._cache.clear()
            self._cache[key, firm] = found
        return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sequences of paragraphs, ready to score any pair of groups of them."""

    left: Sequence[ParagraphSignature]
    right: Sequence[ParagraphSignature]
    shared: Mapping[tuple[int, int], float]  # what the keys that two paragraphs share say
    lost_left: tuple[float, ...]  # what a paragraph's keys would say if all of them were lost
    lost_right: tuple[float, ...]

    def score(self, lefts: Sequence[int], rights: Sequence[int]) -> float:
        """The logarithm of the odds that these paragraphs, run together, are versions of one another."""
        keys = sum(self.shared.get((i, j), 0.0) for i in lefts for j in rights)
        keys += sum(self.lost_left[i] for i in lefts) + sum(self.lost_right[j] for j in rights)
        return keys + length_score(sum(self.left[i].length for i in lefts), sum(self.right[j].length for j in rights))


def comparison(
    left: Sequence[ParagraphSignature], right: Sequence[ParagraphSignature], weights: KeyWeights
) -> Comparison:
    """The comparison of two documents. Firm keys of a kind that one side never has are no loss to the other."""
    kinds = _kinds(left) & _kinds(right)
    places: dict[str, list[tuple[int, bool]]] = {}
    for j, paragraph in enumerate(right):
        for key, firm in _keys(paragraph, kinds):
            places.setdefault(key, []).append((j, firm))
    # a key that stands everywhere places nothing; and what all keys together place stays linear in the paragraphs
    most = min(_MOST_PLACES, 4 + 2 * int(math.sqrt(len(left) + len(right))))
    shared: dict[tuple[int, int], float] = {}
    for i, paragraph in enumerate(left):
        for key, firm in _keys(paragraph, kinds):
            there = places.get(key, ())
            if len(there) > most:
                continue
            for j, also in there:
                gain = weights.of(key, firm or also)[0]
                gain -= weights.of(key, firm)[1] + weights.of(key, also)[1]
                shared[i, j] = shared.get((i, j), 0.0) + gain
    return Comparison(left, right, shared, _lost(left, kinds, weights), _lost(right, kinds, weights))


def _lost(paragraphs: Sequence[ParagraphSignature], kinds: set[str], weights: KeyWeights) -> tuple[float, ...]:
    return tuple(sum(weights.of(key, firm)[1] for key, firm in _keys(p, kinds)) for p in paragraphs)


def _keys(paragraph: ParagraphSignature, kinds: set[str]) -> Iterable[tuple[str, bool]]:
    for key in paragraph.firm:
        if key[0] in kinds:
            yield key, True
    for key in paragraph.soft:
        yield key, False


def _kinds(paragraphs: Sequence[ParagraphSignature]) -> set[str]:
    return {key[0] for p in paragraphs for key in (*p.firm, *p.soft)}
