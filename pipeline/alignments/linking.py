"""Which files are versions of one document: by symbol, else by what they share.

A file whose symbol is known belongs to the document of that symbol, and to no other. One without is compared with the
files of other languages that share something rare with it (so the work grows with the files, not with their pairs);
two are linked when each is by far the best partner that the other has. A document has at most one such version in
each language. Where two partners are nearly as good, none is taken: a wrong link is worse than a missing one.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

from pipeline.alignments.contradiction import is_contradicted
from pipeline.alignments.groups import Groups
from pipeline.alignments.likelihood import KeyWeights, length_score
from pipeline.alignments.sheets import Sheet
from pipeline.alignments.shelf import RARE, SCHEMA, Shelf
from pipeline.alignments.signatures import DocumentSignature
from pipeline.spill import database

_BEYOND = 30  # files that are thought of beside those at hand: in a folder of two nothing would be rare
_CANDIDATES = 6  # of each other language
_PARTNERS = 1 << 10  # files of which the candidates' scores are in memory
_CERTAIN = 0.0  # logarithm of the odds for a link, beyond what the number of files makes likely by chance
_MARGIN = 3.0  # by how much the next best partner must be worse
_CONTRADICTION = -1_000.0  # the score of such a pair
_SAME_DAY, _OTHER_DAY = 0.97, -4.0
_DAY, _MONTHS = dt.timedelta(days=1), dt.timedelta(days=92)  # between which versions may be distributed
_WORD_FACTOR = 0.4  # words alike are far from independent of one another


@dataclass(frozen=True, slots=True)
class Family:
    """The versions of one document: its name in the tables and its files, by language and name."""

    document: str
    files: tuple[str, ...]
    linked: tuple[str, ...]  # those that belong to it by what they share, and not by symbol


class Linker:
    """Scores pairs of files, by their numbers, by how rare what they share is among all files."""

    def __init__(self, shelf: Shelf) -> None:
        """For the files on this shelf, which has compared them."""
        self._shelf = shelf
        self._weights = KeyWeights(len(shelf) + _BEYOND, shelf)
        self._rarities = [math.log(self._weights.texts / max(1, times)) for times in range(RARE + 1)]

    def score(self, a: int, b: int) -> float:
        """The logarithm of the odds that files `a` and `b` are versions of one document; -inf if they cannot be."""
        a, b = min(a, b), max(a, b)
        one, other = self._shelf.sheet(a), self._shelf.sheet(b)
        score = self._scored(one, other)
        if score < self.least - _MARGIN or not is_contradicted(
            one, other, self._shelf.paragraphs(a), self._shelf.paragraphs(b)
        ):
            return score
        return _CONTRADICTION

    def possible(self, a: int, b: int) -> bool:
        """Whether what the heads say lets them be versions of one document."""
        return self._head(self._shelf.sheet(a).head, self._shelf.sheet(b).head) > -math.inf

    @property
    def least(self) -> float:
        """The score that a link needs: the more files, the more are alike by chance."""
        return _CERTAIN + math.log(len(self._shelf) + 1)

    def candidates(self, a: int) -> list[int]:
        """The files that share most of what is rare with file `a`: a few of each other language."""
        language, names = self._shelf.language, self._shelf.languages
        shared: dict[int, float] = defaultdict(float)
        weight_of = self._rarities
        for b, times in self._shelf.sharing(a):
            shared[b] += weight_of[times]
        by_language: dict[str, list[tuple[float, int]]] = defaultdict(list)
        for b, weight in shared.items():
            if language[b] != language[a]:
                by_language[names[language[b]]].append((-weight, b))
        return [b for name in sorted(by_language) for _, b in sorted(by_language[name])[:_CANDIDATES]]

    def _scored(self, one: Sheet, other: Sheet) -> float:
        head = self._head(one.head, other.head)
        if head == -math.inf:
            return head
        scores = [head, length_score(sum(one.lengths), sum(other.lengths)), _order_score(one.lengths, other.lengths)]
        kinds = {key[0] for key in one.firm | one.soft} & {key[0] for key in other.firm | other.soft}
        for mine, theirs in ((one, other), (other, one)):
            for key in mine.firm:
                if key[0] in kinds:
                    gain, loss = self._weights.of(key, True)
                    scores.append(gain / 2 if key in theirs.firm or key in theirs.soft else loss)
        for key in (one.soft & other.soft) | (one.soft & other.firm) | (one.firm & other.soft):
            gain = self._weights.of(key, False)[0]
            scores.append(gain * (_WORD_FACTOR if key[0] == "w" else 1.0))
        if one.concepts and other.concepts:
            scores += (self._weights.of(key, False)[1] for key in one.concepts ^ other.concepts)
        score = math.fsum(scores)  # the same in whatever order the sets give their keys
        return score

    def _head(self, one: DocumentSignature, other: DocumentSignature) -> float:
        if one.named and other.named and one.symbol != other.symbol:
            return -math.inf
        for mine, theirs in ((one, other), (other, one)):
            if mine.date and theirs.distribution_date and mine.date > theirs.distribution_date + _DAY:
                return -math.inf  # nothing is distributed before it is written
        score = 0.0
        if one.date and other.date:
            if one.date != other.date:
                return -math.inf
            score += math.log(_SAME_DAY * self._weights.texts / self._shelf.days["date", one.date])
        if one.distribution_date and other.distribution_date:
            if one.distribution_date == other.distribution_date:
                # it tells little that the letter's own date has not told
                share = self._shelf.days["distribution", one.distribution_date] / self._weights.texts
                score += -math.log(share) * (0.3 if one.date and other.date else 1.0)
            else:
                if abs(one.distribution_date - other.distribution_date) > _MONTHS:
                    return -math.inf
                score += _OTHER_DAY
        return score


class Families:
    """The documents that some files are versions of, in the order of their first files."""

    def __init__(self, shelf: Shelf) -> None:
        """Of the files on a shelf."""
        self._shelf = shelf
        self._groups = Groups(len(shelf))
        for number, first in enumerate(shelf.document):
            if first >= 0:
                self._groups.join(first, number)
        # a folder of one language, or of documents that all say their symbols, does not pay for what it cannot need
        if len(shelf.languages) > 1 and any(True for _ in shelf.nameless()):
            shelf.compare()
            linker = Linker(shelf)
            for a, b in shelf.surest(_edges(shelf, linker)):
                self._link(a, b, linker)

    def __iter__(self) -> Iterator[Family]:
        """All documents."""
        return map(self._family, self._groups)

    def several(self) -> Iterator[Family]:
        """The documents of which there are several files."""
        return (self._family(members) for members in self._groups if len(members) > 1)

    def _family(self, members: Sequence[int]) -> Family:
        signatures = [self._shelf.sheet(member).head for member in members]
        first = next((signature for signature in signatures if signature.named), signatures[0])
        linked = [signature.file for signature in signatures if len(members) > 1 and not signature.named]
        return Family(first.symbol, tuple(signature.file for signature in signatures), tuple(linked))

    def _link(self, a: int, b: int, linker: Linker) -> None:
        """Join the groups of both, unless they have a language in common, are of two symbols or two days."""
        if self._groups.together(a, b):
            return
        one, other = self._groups.members(a), self._groups.members(b)
        language, document = self._shelf.language, self._shelf.document
        if {language[i] for i in one} & {language[i] for i in other}:
            return
        if len({document[i] for i in (*one, *other)} - {-1}) > 1:
            return
        if all(linker.possible(i, j) for i in one for j in other):
            self._groups.join(a, b)


@contextmanager
def linked(signatures: Iterable[DocumentSignature]) -> Iterator[Families]:
    """The documents that these files are versions of, for as long as the block lasts.

    A family takes the symbol that one of its files has; without any, what its first file is called. The order of
    `signatures` does not matter but for that: give them in the order of the languages, then of the files. They need
    not be in memory all at once.
    """
    with database(SCHEMA) as connection:
        yield Families(Shelf(connection, signatures))


def families(signatures: Iterable[DocumentSignature]) -> list[Family]:
    """The documents that these files are versions of (see `linked`)."""
    with linked(signatures) as found:
        return list(found)


def _edges(shelf: Shelf, linker: Linker) -> Iterator[tuple[int, int, float]]:
    """The links to make, with their scores."""
    pairs = shelf.pair((a, b) for a in shelf.nameless() for b in linker.candidates(a))
    scores = ((a, b, linker.score(a, b)) for a, b in pairs)
    shelf.keep_scores(row for row in scores if row[2] > _CONTRADICTION)
    partners = lru_cache(_PARTNERS)(shelf.partners)
    for a, b, score in shelf.scored():
        if score >= linker.least and score - _MARGIN >= max(
            _next_best(shelf, partners(a), b), _next_best(shelf, partners(b), a)
        ):
            yield a, b, score


def _next_best(shelf: Shelf, partners: Sequence[tuple[int, float]], b: int) -> float:
    """The best score among `partners` of one language other than `b` and the files of its symbol."""
    language, document = shelf.language, shelf.document
    mine, symbol = language[b], document[b]
    return max(
        (
            score
            for c, score in partners
            if c != b and language[c] == mine and not (symbol >= 0 and document[c] == symbol)
        ),
        default=-math.inf,
    )


def _order_score(one: Sequence[float], other: Sequence[float]) -> float:
    """What the paragraphs' number and their lengths in order say."""
    n, m = len(one), len(other)
    if not n or not m:
        return 0.0
    if n != m:
        return max(-4.0, -0.7 * abs(n - m) / math.sqrt(min(n, m)))
    said = sum(max(-2.0, 0.5 * length_score(a, b)) for a, b in zip(one, other, strict=True)) if n > 1 else 0.0
    return 1.0 + max(-6.0, said)
