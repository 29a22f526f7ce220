"""The same fact in several versions: facts of one group of aligned paragraphs, matched by what they say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.alignments.signatures import duration_key

Row = dict[str, Any]

# What two facts that both state a slot gain where it is the same, and lose where it is not.
_WEIGHTS = {
    "mission": (3.0, 1.5),
    "period_end": (2.0, 1.0),
    "period_start": (1.0, 0.5),
    "date": (2.0, 1.0),
    "duration": (1.0, 0.5),
    "count": (2.5, 1.0),
    "decided": (0.5, 0.0),
    "qualifier": (0.3, 0.0),
    "modality": (0.4, 0.2),
}
_ORDER = 0.15  # lost for each place by which they are apart in their order
_OTHER = -2.0  # facts that have no more than this in common are not the same


def clusters_of(versions: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """The facts of several versions in clusters, each with at most one fact of a version; the first version leads."""
    clusters: list[list[Row]] = []
    for facts in versions:
        scored = sorted(
            (-_likeness(fact, i, cluster, n), n, i)
            for n, cluster in enumerate(clusters)
            for i, fact in enumerate(facts)
            if fact["event_type"] == cluster[0]["event_type"]
        )
        taken: dict[int, int] = {}
        used: set[int] = set()
        for score, n, i in scored:
            if -score > _OTHER and n not in used and i not in taken:
                taken[i] = n
                used.add(n)
        for i, fact in enumerate(facts):
            if i in taken:
                clusters[taken[i]].append(fact)
            else:
                clusters.append([fact])
    return clusters


def _likeness(fact: Row, place: int, cluster: Sequence[Row], other_place: int) -> float:
    return max(_score(fact, member) for member in cluster) - _ORDER * abs(place - other_place)


def _score(one: Row, other: Row) -> float:
    score = 0.0
    for slot, (gain, loss) in _WEIGHTS.items():
        a, b = one.get(slot), other.get(slot)
        if a is None or b is None:
            continue
        if slot == "mission" and not (is_id(a) and is_id(b)):
            continue
        score += gain if same(slot, a, b) else -loss
    return score


def same(slot: str, a: object, b: object) -> bool:
    """Whether two values of a slot mean the same: P1Y is P12M."""
    if slot == "duration":
        return duration_key(str(a)) == duration_key(str(b))
    return a == b


def is_id(name: object) -> bool:
    """Whether a mission is named by an id of the lexicon, which all languages share; other names are words."""
    text = str(name)
    return text.isascii() and " " not in text and text.upper() == text
