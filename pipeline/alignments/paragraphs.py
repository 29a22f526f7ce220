"""Which paragraphs of one version are which of another: in order, with splits, merges, losses, swaps and moves.

The likeliest path through both documents (dynamic programming, as Gale and Church), in a band around the paragraphs
that pair off by keys of their own; then paragraphs left over on both sides are paired where they are surely the same,
wherever they stand.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.alignments.likelihood import Comparison, KeyWeights, comparison
from pipeline.alignments.signatures import ParagraphSignature, frequencies

# Steps of the path and the logarithm of how often each is taken; lost is 1:0 and 0:1.
_SAME, _LOST, _TWO, _THREE, _SWAPPED = math.log(0.9), math.log(0.04), math.log(0.02), math.log(0.004), math.log(0.004)
_STEPS = ((1, 1, _SAME), (1, 0, _LOST), (0, 1, _LOST), (1, 2, _TWO), (2, 1, _TWO), (1, 3, _THREE), (3, 1, _THREE))
_BEYOND = 20  # paragraphs thought of beside those at hand: in a document of two nothing would be rare
_MOVED = 2.5  # the least score of a pair out of order
_FACING = -9.0  # the least score of two that are left over between the same neighbours: one, with other numbers
_BAND = 30  # paragraphs on each side of the path between anchors
_ANCHOR = 6.0  # the least score of an anchor


@dataclass(frozen=True, slots=True)
class Bead:
    """Paragraphs (counted from 0) that say the same; one side is empty where the other has lost it."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    score: float = 0.0


def aligned(
    left: Sequence[ParagraphSignature], right: Sequence[ParagraphSignature], weights: KeyWeights | None = None
) -> list[Bead]:
    """The beads of two versions, in the order of `left`; every paragraph stands in one of them.

    `weights` says how rare keys are; without it, by these two documents. Time is linear in the paragraphs where most
    have a partner nearby.
    """
    if weights is None:
        weights = KeyWeights(len(left) + len(right) + _BEYOND, frequencies([*left, *right]))
    pair = comparison(left, right, weights)
    beads = _moved(_facing(_path(pair, _bands(pair)), pair), pair)
    order = {bead: (bead.left or (len(left),), bead.right) for bead in beads}
    return sorted(beads, key=lambda bead: order[bead])


def _bands(pair: Comparison) -> list[tuple[int, int]]:
    """For each place between paragraphs on the left, the places on the right that the path may go through."""
    n, m = len(pair.left), len(pair.right)
    if n * m <= (2 * _BAND) ** 2:
        return [(0, m)] * (n + 1)
    best_left: dict[int, tuple[float, int]] = {}
    best_right: dict[int, tuple[float, int]] = {}
    for i, j in sorted(pair.shared):
        score = pair.score((i,), (j,))
        if score > best_left.get(i, (_ANCHOR, 0))[0]:
            best_left[i] = (score, j)
        if score > best_right.get(j, (_ANCHOR, 0))[0]:
            best_right[j] = (score, i)
    mutual = [(i, j) for i, (_, j) in sorted(best_left.items()) if best_right.get(j, (0, -1))[1] == i]
    points = [(0, 0), *_increasing(mutual), (n, m)]
    bands = [(m, 0)] * (n + 1)
    for (i, j), (i2, j2) in pairwise(points):
        for x in range(i, i2 + 1):
            middle = j + (j2 - j) * (x - i) // max(1, i2 - i)
            low, high = max(0, middle - _BAND), min(m, middle + _BAND)
            bands[x] = min(bands[x][0], low), max(bands[x][1], high)
        if j2 - j > (i2 - i) + _BAND:  # much is lost here: let the path run along
            bands[i] = bands[i][0], max(bands[i][1], min(m, j2 + 1))
    return bands


def _increasing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of the pairs (sorted by the first) of which the second increases too."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = [-1] * len(pairs)
    for index, (_, j) in enumerate(pairs):
        place = bisect_left(tails, j)
        before[index] = last[place - 1] if place else -1
        tails[place : place + 1] = [j]
        last[place : place + 1] = [index]
    chain: list[tuple[int, int]] = []
    index = last[-1] if last else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _path(pair: Comparison, bands: Sequence[tuple[int, int]]) -> list[Bead]:
    n, m = len(pair.left), len(pair.right)
    best: list[dict[int, tuple[float, int, int, float]]] = [{} for _ in range(n + 1)]
    best[0][0] = (0.0, 0, 0, 0.0)
    for i in range(n + 1):
        low, high = bands[i]
        row = best[i]
        for j in range(low, high + 1):
            top = row.get(j, (-math.inf, 0, 0, 0.0)) if i or j else row[0]
            for a, b, prior in _STEPS:
                if a > i or b > j or (came := best[i - a].get(j - b)) is None:
                    continue
                said = pair.score(range(i - a, i), range(j - b, j)) if a and b else 0.0
                if came[0] + said + prior > top[0]:
                    top = (came[0] + said + prior, a, b, said)
            if i >= 2 and j >= 2 and (came := best[i - 2].get(j - 2)) is not None:
                said = pair.score((i - 2,), (j - 1,)) + pair.score((i - 1,), (j - 2,))
                if came[0] + said + _SWAPPED > top[0]:
                    top = (came[0] + said + _SWAPPED, 2, 2, said)
            if top[0] > -math.inf:
                row[j] = top
    beads: list[Bead] = []
    i, j = n, m
    while i or j:
        _, a, b, said = best[i][j]
        if a == b == 2:
            beads.append(Bead((i - 1,), (j - 2,), pair.score((i - 1,), (j - 2,))))
            beads.append(Bead((i - 2,), (j - 1,), pair.score((i - 2,), (j - 1,))))
        else:
            beads.append(Bead(tuple(range(i - a, i)), tuple(range(j - b, j)), said))
        i, j = i - a, j - b
    return beads


def _facing(beads: Sequence[Bead], pair: Comparison) -> list[Bead]:
    """The beads (from the end on), with a paragraph lost on each side at one place taken for the same."""
    result: list[Bead] = []
    lost: list[Bead] = []
    for bead in [*beads, None]:
        if bead is not None and not (bead.left and bead.right):
            lost.append(bead)
            continue
        lefts, rights = [b.left[0] for b in lost if b.left], [b.right[0] for b in lost if b.right]
        if len(lefts) == len(rights) == 1 and (score := pair.score(lefts, rights)) >= _FACING:
            lost = [Bead((lefts[0],), (rights[0],), score)]
        result += lost
        lost = []
        if bead is not None:
            result.append(bead)
    return result


def _moved(beads: Sequence[Bead], pair: Comparison) -> list[Bead]:
    """The beads, with those left over on both sides paired where they fit well."""
    lefts = [b.left[0] for b in beads if not b.right]
    rights = [b.right[0] for b in beads if not b.left]
    if not lefts or not rights:
        return list(beads)
    if len(lefts) * len(rights) <= 10_000:
        near = [(i, j) for i in lefts for j in rights]
    else:  # only what shares a key
        free_left, free_right = set(lefts), set(rights)
        near = [(i, j) for i, j in pair.shared if i in free_left and j in free_right]
    scored = sorted(((pair.score((i,), (j,)), -i, -j) for i, j in near), reverse=True)
    taken_left: dict[int, Bead] = {}
    taken_right: set[int] = set()
    for score, i, j in scored:
        if score < _MOVED:
            break
        if -i not in taken_left and -j not in taken_right:
            taken_left[-i] = Bead((-i,), (-j,), score)
            taken_right.add(-j)
    kept = [
        b for b in beads
        if (b.left and b.right)
        or (b.left and b.left[0] not in taken_left)
        or (b.right and b.right[0] not in taken_right)
    ]  # fmt: skip
    return [*kept, *taken_left.values()]
