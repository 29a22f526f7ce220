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
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from pipeline.alignments.likelihood import KeyWeights, length_score
from pipeline.alignments.paragraphs import aligned
from pipeline.alignments.signatures import DocumentSignature

_BEYOND = 30  # files that are thought of beside those at hand: in a folder of two nothing would be rare
_RARE = 60  # files that may share a key which makes candidates
_CANDIDATES = 6  # of each other language
_CERTAIN = 0.0  # logarithm of the odds for a link, beyond what the number of files makes likely by chance
_MARGIN = 3.0  # by how much the next best partner must be worse
_FIGURES = ("#", "d", "y")  # keys that are numbers, days and years
_CONTRADICTED = 0.45  # of paragraphs with figures, and of the figures: where more disagree, it is another document
_LONE = 0.3  # the same for the figures, where several paragraphs disagree
_UNLIKE = 0.25  # of all figures of two files of which most paragraphs have no partner
_SAME_WORDS = 0.25  # of the words and names of two paragraphs: those with less in common say nothing of one another
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


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What a file is compared by."""

    signature: DocumentSignature
    firm: frozenset[str]
    soft: frozenset[str]
    length: float


@dataclass(frozen=True, slots=True)
class Linker:
    """Scores pairs of files by how rare what they share is among all files."""

    sheets: Sequence[_Sheet]
    weights: KeyWeights
    days: Mapping[object, int]
    _scores: dict[tuple[int, int], float] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, signatures: Sequence[DocumentSignature]) -> Linker:
        """For these files."""
        sheets = [_sheet(signature) for signature in signatures]
        frequency: dict[str, int] = defaultdict(int)
        days: dict[object, int] = defaultdict(int)
        for sheet in sheets:
            for key in sheet.firm | sheet.soft:
                frequency[key] += 1
            for day in _days(sheet.signature):
                days[day] += 1
        return cls(sheets, KeyWeights(len(sheets) + _BEYOND, frequency), days)

    def score(self, a: int, b: int) -> float:
        """The logarithm of the odds that files `a` and `b` are versions of one document; -inf if they cannot be."""
        pair = min(a, b), max(a, b)
        if pair not in self._scores:
            self._scores[pair] = self._scored(self.sheets[pair[0]], self.sheets[pair[1]])
        return self._scores[pair]

    def _scored(self, one: _Sheet, other: _Sheet) -> float:
        score = self._head(one.signature, other.signature)
        if score == -math.inf:
            return score
        score += length_score(one.length, other.length) + _order_score(one.signature, other.signature)
        kinds = {key[0] for key in one.firm | one.soft} & {key[0] for key in other.firm | other.soft}
        for mine, theirs in ((one, other), (other, one)):
            for key in mine.firm:
                if key[0] in kinds:
                    gain, loss = self.weights.of(key, True)
                    score += gain / 2 if key in theirs.firm or key in theirs.soft else loss
        for key in (one.soft & other.soft) | (one.soft & other.firm) | (one.firm & other.soft):
            gain = self.weights.of(key, False)[0]
            score += gain * (_WORD_FACTOR if key[0] == "w" else 1.0)
        for key in one.soft ^ other.soft:
            if key[0] in kinds:
                score += self.weights.of(key, False)[1]
        if score >= self.least - _MARGIN and _is_contradicted(one, other):
            return _CONTRADICTION
        return score

    @property
    def least(self) -> float:
        """The score that a link needs: the more files, the more are alike by chance."""
        return _CERTAIN + math.log(len(self.sheets) + 1)

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
            score += math.log(_SAME_DAY * self.weights.texts / self.days["date", one.date])
        if one.distribution_date and other.distribution_date:
            if one.distribution_date == other.distribution_date:
                # it tells little that the letter's own date has not told
                share = self.days["distribution", one.distribution_date] / self.weights.texts
                score += -math.log(share) * (0.3 if one.date and other.date else 1.0)
            else:
                if abs(one.distribution_date - other.distribution_date) > _MONTHS:
                    return -math.inf
                score += _OTHER_DAY
        return score

    def candidates(self, a: int, postings: Mapping[str, Sequence[int]]) -> list[int]:
        """The files that share most of what is rare with file `a`: a few of each other language."""
        shared: dict[int, float] = defaultdict(float)
        for key in _rare_keys(self.sheets[a]):
            there = postings.get(key, ())
            if len(there) <= _RARE:
                for b in there:
                    shared[b] += math.log(self.weights.texts / len(there))
        by_language: dict[str, list[tuple[float, int]]] = defaultdict(list)
        mine = self.sheets[a].signature.language
        for b, weight in shared.items():
            if (theirs := self.sheets[b].signature.language) != mine:
                by_language[theirs].append((-weight, b))
        return [b for language in sorted(by_language) for _, b in sorted(by_language[language])[:_CANDIDATES]]


def families(signatures: Sequence[DocumentSignature]) -> list[Family]:
    """The documents that these files are versions of, in the order of their first files.

    A family takes the symbol that one of its files has; without any, what its first file is called. The order of
    `signatures` does not matter but for that: give them in the order of the languages, then of the files.
    """
    # a folder of one language, or of documents that all say their symbols, does not pay for what it cannot need
    some = len({s.language for s in signatures}) > 1 and not all(s.named for s in signatures)
    linker = Linker.of(signatures if some else ())
    groups = _Groups(signatures, linker)
    for _, a, b in _edges(linker):
        groups.link(a, b)
    result = []
    for members in groups.members():
        first = next((signatures[m] for m in members if signatures[m].named), signatures[members[0]])
        linked = [signatures[m].file for m in members if len(members) > 1 and not signatures[m].named]
        result.append(Family(first.symbol, tuple(signatures[m].file for m in members), tuple(linked)))
    return result


def _edges(linker: Linker) -> list[tuple[float, int, int]]:
    """The links to make, the surest first."""
    postings: dict[str, list[int]] = defaultdict(list)
    for index, sheet in enumerate(linker.sheets):
        for key in _rare_keys(sheet):
            postings[key].append(index)
    scored: dict[int, dict[int, float]] = defaultdict(dict)
    for a, sheet in enumerate(linker.sheets):
        if sheet.signature.named:
            continue
        for b in linker.candidates(a, postings):
            score = linker.score(a, b)
            if score > _CONTRADICTION:
                scored[a][b] = scored[b][a] = score
    edges = []
    for a in sorted(scored):
        for b, score in scored[a].items():
            if a < b and score >= linker.least and score - _MARGIN >= max(
                _next_best(linker, scored, a, b), _next_best(linker, scored, b, a)
            ):
                edges.append((score, a, b))
    return sorted(edges, key=lambda edge: (-edge[0], edge[1], edge[2]))


def _next_best(linker: Linker, scored: Mapping[int, Mapping[int, float]], a: int, b: int) -> float:
    """The score of the best partner of `a`, other than `b`, in the language of `b`."""
    language = linker.sheets[b].signature.language
    symbol = linker.sheets[b].signature.symbol if linker.sheets[b].signature.named else None
    return max(
        (
            score
            for c, score in scored[a].items()
            if c != b
            and (there := linker.sheets[c].signature).language == language
            and not (there.named and there.symbol == symbol)
        ),
        default=-math.inf,
    )


class _Groups:
    """Files in groups that grow together."""

    def __init__(self, signatures: Sequence[DocumentSignature], linker: Linker) -> None:
        self._signatures = signatures
        self._linker = linker
        self._group = list(range(len(signatures)))
        self._members = {index: [index] for index in range(len(signatures))}
        first: dict[str, int] = {}
        for index, signature in enumerate(signatures):
            if signature.named:
                self._join(first.setdefault(signature.symbol, index), index)

    def link(self, a: int, b: int) -> None:
        """Join the groups of both, unless they have a language in common, are of two symbols or two days."""
        one, other = self._members[self._group[a]], self._members[self._group[b]]
        if one is other:
            return
        if {self._signatures[i].language for i in one} & {self._signatures[i].language for i in other}:
            return
        if len({self._signatures[i].symbol for i in (*one, *other) if self._signatures[i].named}) > 1:
            return
        if all(self._linker.score(i, j) > -math.inf for i in one for j in other):
            self._join(a, b)

    def members(self) -> list[list[int]]:
        """The groups, each in order."""
        return [sorted(some) for _, some in sorted(self._members.items(), key=lambda item: min(item[1]))]

    def _join(self, a: int, b: int) -> None:
        keep, gone = self._group[a], self._group[b]
        if keep == gone:
            return
        for index in self._members.pop(gone):
            self._group[index] = keep
            self._members[keep].append(index)


def _sheet(signature: DocumentSignature) -> _Sheet:
    firm = frozenset(key for paragraph in signature.paragraphs for key in paragraph.firm)
    soft = frozenset(key for paragraph in signature.paragraphs for key in paragraph.soft) - firm
    return _Sheet(signature, firm, soft, sum(paragraph.length for paragraph in signature.paragraphs))


def _is_contradicted(one: _Sheet, other: _Sheet) -> bool:
    """Whether paragraphs that say the same name other figures: the same letter with other numbers is another letter.

    A figure that one file lacks is no contradiction, nor is a paragraph that it has lost.
    """
    whole = _figures(one.firm | one.soft, other.firm | other.soft)
    apart, common = min(len(lost) for lost, _ in whole), max(len(found) for _, found in whole)
    if not apart:
        return False
    left, right = one.signature.paragraphs, other.signature.paragraphs
    against = agreeing = figures = shared = same = 0
    for bead in aligned(left, right):
        if not bead.left or not bead.right:
            continue
        mine = {key for i in bead.left for key in (*left[i].firm, *left[i].soft)}
        theirs = {key for j in bead.right for key in (*right[j].firm, *right[j].soft)}
        words, other_words = ({key for key in keys if key[0] not in _FIGURES} for keys in (mine, theirs))
        if len(words & other_words) < max(1.0, _SAME_WORDS * min(len(words), len(other_words))):
            continue
        same += min(len(bead.left), len(bead.right))
        (lost, found), (other_lost, other_found) = _figures(mine, theirs)
        against += bool(lost and other_lost)
        agreeing += bool(found and not (lost and other_lost))
        figures += min(len(lost), len(other_lost))
        shared += max(len(found), len(other_found))
    if 2 * same < min(len(left), len(right)) and apart > _UNLIKE * (apart + common):
        return True
    share = _LONE if against > 1 else _CONTRADICTED
    return against > _CONTRADICTED * (against + agreeing) and figures > share * (figures + shared)


def _figures(mine: Set[str], theirs: Set[str]) -> list[tuple[list[str], list[str]]]:
    """For each side the years, days and numbers of three digits or more that the other lacks, and those that it has."""
    result = []
    for here, there in ((mine, theirs), (theirs, mine)):
        seen = {key[:end] for key in there if key[0] in _FIGURES for end in (len(key), 9)}
        found: tuple[list[str], list[str]] = [], []
        for key in sorted(here):
            if key[0] in _FIGURES and len(key) > 3:
                found[key in seen or (key[0] == "d" and key[:9] in seen)].append(key)  # 9: "d:2004-06"
        result.append(found)
    return result


def _days(signature: DocumentSignature) -> list[tuple[str, object]]:
    days: list[tuple[str, object]] = [("date", signature.date)] if signature.date else []
    return [*days, ("distribution", signature.distribution_date)] if signature.distribution_date else days


def _rare_keys(sheet: _Sheet) -> list[str]:
    heads = [f"{name}:{day}" for name, day in _days(sheet.signature)]
    return sorted([*sheet.firm, *sheet.soft, *heads])


def _order_score(one: DocumentSignature, other: DocumentSignature) -> float:
    """What the paragraphs' number and their lengths in order say."""
    n, m = len(one.paragraphs), len(other.paragraphs)
    if not n or not m:
        return 0.0
    if n != m:
        return max(-4.0, -0.7 * abs(n - m) / math.sqrt(min(n, m)))
    lengths = zip((p.length for p in one.paragraphs), (p.length for p in other.paragraphs), strict=True)
    said = sum(max(-2.0, 0.5 * length_score(a, b)) for a, b in lengths) if n > 1 else 0.0
    return 1.0 + max(-6.0, said)
