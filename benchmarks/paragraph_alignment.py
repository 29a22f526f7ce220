"""How well paragraphs are aligned: `python -m benchmarks.paragraph_alignment GOLD [--errors]`.

Documents are made of the gold's six-language paragraphs in random order; one version then has paragraphs split,
merged, lost, swapped or moved. F1 counts pairs of paragraphs.
"""

from __future__ import annotations

import random
import re
import sys
from itertools import combinations
from pathlib import Path

from benchmarks.gold import LANGUAGES, Reader, records
from pipeline.alignments.paragraphs import aligned

DOCUMENTS = 30  # for each pair of languages
_BREAK = re.compile(r"(?<=[.;:!?])\s+|(?<=[。；，])|(?<=[؛،])\s+|(?<=,)\s+")


def parts(text: str) -> list[str]:
    """The text in two, at the break nearest to its middle."""
    places = [m.end() for m in _BREAK.finditer(text) if 0.2 < m.end() / len(text) < 0.8]
    if not places or len(text) < 40:
        return [text]
    place = min(places, key=lambda p: abs(p - len(text) / 2))
    return [text[:place].strip(), text[place:].strip()]


def changed(texts: list[str], rng: random.Random) -> list[tuple[str, set[int]]]:
    """A version in which about one paragraph in five is not where or what it was; with the paragraphs it comes from."""
    items = [(text, {n}) for n, text in enumerate(texts)]
    result: list[tuple[str, set[int]]] = []
    while items:
        text, source = items.pop(0)
        kind = rng.random()
        if kind < 0.05:
            result += [(part, source) for part in parts(text)]
        elif kind < 0.09 and items:
            other, more = items.pop(0)
            result.append((f"{text} {other}", source | more))
        elif kind < 0.14:
            continue
        elif kind < 0.17 and items:
            result += [items.pop(0), (text, source)]
        else:
            result.append((text, source))
    if len(result) > 6 and rng.random() < 0.3:
        result.insert(rng.randrange(len(result) - 1), result.pop(rng.randrange(len(result))))
    return result


def main(gold: Path, show: bool) -> None:
    """Print the figures for every pair of languages."""
    some = records(gold, "dev.jsonl", "authored_dev.jsonl")
    readers = {language: Reader(language) for language in LANGUAGES}
    hit = told = true = 0
    for one, other in combinations(LANGUAGES, 2):
        rng = random.Random(f"{one} {other}")
        counts = [0, 0, 0]
        for _ in range(DOCUMENTS):
            sample = rng.sample(some, rng.randint(6, 30))
            left = changed([r["texts"][one] for r in sample], rng) if rng.random() < 0.5 else [
                (r["texts"][one], {n}) for n, r in enumerate(sample)
            ]  # fmt: skip
            right = changed([r["texts"][other] for r in sample], rng)
            beads = aligned(
                [readers[one].signature(t) for t, _ in left], [readers[other].signature(t) for t, _ in right]
            )
            found = {(i, j) for bead in beads for i in bead.left for j in bead.right}
            wanted = {(i, j) for i, (_, a) in enumerate(left) for j, (_, b) in enumerate(right) if a & b}
            # two halves of one paragraph, cut at other places in both versions, overlap or not: nobody knows
            split = {(i, j) for i, j in wanted if is_half(left, i) and is_half(right, j)}
            counts[0] += len(found & wanted - split)
            counts[1] += len(found - split)
            counts[2] += len(wanted - split)
            if show:
                for i, j in sorted((found ^ wanted) - split):
                    print("MISSED" if (i, j) in wanted else "WRONG", i, left[i], j, right[j], sep="\n   ")
        print(f"{one}-{other}", figures(*counts))
        hit, told, true = hit + counts[0], told + counts[1], true + counts[2]
    print("all  ", figures(hit, told, true))


def is_half(version: list[tuple[str, set[int]]], index: int) -> bool:
    """Whether the paragraph is one of two parts."""
    return sum(bool(version[index][1] & source) for _, source in version) > 1


def figures(hit: int, told: int, true: int) -> str:
    """Precision, recall and F1 in words."""
    return f"precision {hit / told:.4f} recall {hit / true:.4f} F1 {2 * hit / (told + true):.4f} of {true} pairs"


if __name__ == "__main__":
    main(Path(sys.argv[1]), "--errors" in sys.argv)
