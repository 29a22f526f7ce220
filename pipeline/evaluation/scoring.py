"""Figures: precision, recall and F1 of detection and of strict agreement, slot by slot, with bootstrap intervals.

Facts are matched inside one paragraph and type, best match first. *Detection*: a fact of that type is there.
*Strict*: all slots of STRICT agree, and what is absent in the gold is absent. Intervals are percentiles of a bootstrap
over paragraphs (Efron 1979) with a fixed seed.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.evaluation.gold import Fact, Record
from pipeline.facts import COLUMNS, Row

STRICT = {
    "mandate_extension": ("mission", "start", "end", "duration", "modality"),
    "training": ("count", "qualifier", "date", "modality"),
    "participant_count": ("count", "qualifier"),
    "establishment": ("date", "count", "modality"),
    "election": ("date", "modality"),
}
REPORTED = STRICT | {
    "mandate_extension": (*STRICT["mandate_extension"], "decided"),
    "participant_count": (*STRICT["participant_count"], "date"),
}
_DATES = ("date", "start", "end", "decided")
_SAME_LENGTHS = ({"P1Y", "P12M"}, {"P2Y", "P24M"}, {"P3Y", "P36M"})
ROUNDS = 400
FIGURES = (
    *("detection_precision", "detection_recall", "detection_f1"),
    *("strict_precision", "strict_recall", "strict_f1", "strict_f1_low", "strict_f1_high"),
)

Counts = Counter[str]  # gold, found, detected, strict


@dataclass(frozen=True, slots=True)
class Miss:
    """One error: a fact that was missed, one that is spurious, or one whose slots are wrong."""

    language: str
    record: str
    kind: str  # missed, spurious, slots
    wanted: Fact | None
    got: Row | None
    slots: tuple[str, ...] = ()  # those that are wrong


@dataclass(slots=True)
class Tally:
    """Counts by language, type and paragraph, agreement by slot, and the errors."""

    cells: dict[tuple[str, str], list[tuple[str, Counts]]] = field(default_factory=lambda: defaultdict(list))
    slots: dict[tuple[str, str, str], Counts] = field(default_factory=lambda: defaultdict(Counter))
    errors: list[Miss] = field(default_factory=list)


def cleaned(slot: str, value: Any) -> Any:
    """A slot's value for comparison: counts as integers, dates without EDTF's qualifiers, nothing as None."""
    if value is None or str(value).strip() == "":
        return None
    if slot == "count":
        return int(float(str(value).replace(",", "")))
    text = str(value).strip()
    return re.sub(r"[~?%]", "", text) if slot in _DATES else text


def agrees(slot: str, gold: Fact, row: Row, known: Collection[str]) -> bool:
    """Whether a fact has the gold's value in a slot. A mission counts only where the gold's is a `known` id."""
    want, got = cleaned(slot, gold.get(slot)), cleaned(slot, row.get(COLUMNS.get(slot, slot)))
    if slot == "mission" and want not in known:
        return True
    if slot == "count" and gold["type"] == "establishment" and {want, got} == {1, None}:
        return True  # "a centre" may or may not be counted as one
    if slot == "duration" and {want, got} in _SAME_LENGTHS:
        return True
    return bool(want == got)


def matched(gold: Sequence[Fact], rows: Sequence[Row], known: Collection[str]) -> list[tuple[int, int]]:
    """Pairs of gold and found facts of one type: most agreeing slots first, required gold before optional."""
    ranked = sorted(
        (
            (sum(agrees(s, g, r, known) for s in STRICT[g["type"]]), not g.get("optional"), -i, -j)
            for i, g in enumerate(gold)
            for j, r in enumerate(rows)
            if g["type"] == r["event_type"]
        ),
        reverse=True,
    )
    pairs: list[tuple[int, int]] = []
    taken_gold: set[int] = set()
    taken_rows: set[int] = set()
    for _, _, i, j in ranked:
        if -i not in taken_gold and -j not in taken_rows:
            taken_gold.add(-i)
            taken_rows.add(-j)
            pairs.append((-i, -j))
    return pairs


def score(
    tally: Tally, records: Sequence[Record], language: str, found: Mapping[str, list[Row]], known: Collection[str]
) -> None:
    """Add what was found in a language to the tally."""
    for record in records:
        if language not in record.texts:
            continue
        gold = record.wanted(language)
        rows = [row for row in found[record.id] if row["event_type"] in STRICT]
        counts: dict[str, Counts] = {kind: Counter() for kind in STRICT}
        for fact in gold:
            counts[fact["type"]]["gold"] += not fact.get("optional")
        pairs = matched(gold, rows, known)
        for i, j in pairs:
            _pair(tally, record, language, gold[i], rows[j], counts, known)
        for i, fact in enumerate(gold):
            if not fact.get("optional") and i not in {i for i, _ in pairs}:
                tally.errors.append(Miss(language, record.id, "missed", fact, None))
        for j, row in enumerate(rows):
            if j not in {j for _, j in pairs}:
                counts[row["event_type"]]["found"] += 1
                tally.errors.append(Miss(language, record.id, "spurious", None, row))
        for kind in STRICT:
            tally.cells[language, kind].append((record.id, counts[kind]))


def _pair(
    tally: Tally,
    record: Record,
    language: str,
    fact: Fact,
    row: Row,
    counts: dict[str, Counts],
    known: Collection[str],
) -> None:
    if fact.get("optional"):
        return
    kind = fact["type"]
    wrong = tuple(s for s in STRICT[kind] if not agrees(s, fact, row, known))
    counts[kind].update({"found": 1, "detected": 1, "strict": int(not wrong)})
    for slot in REPORTED[kind]:
        if cleaned(slot, fact.get(slot)) is not None or cleaned(slot, row.get(COLUMNS.get(slot, slot))) is not None:
            tally.slots[language, kind, slot].update({"n": 1, "ok": int(agrees(slot, fact, row, known))})
    if wrong:
        tally.errors.append(Miss(language, record.id, "slots", fact, row, wrong))


def figures(counts: Sequence[Counts], key: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of `detected` or `strict` over many paragraphs."""
    hit, found, gold = (sum(c[name] for c in counts) for name in (key, "found", "gold"))
    precision, recall = hit / found if found else 0.0, hit / gold if gold else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if hit else 0.0


def interval(by_record: Mapping[str, list[Counts]], key: str) -> tuple[float, float]:
    """The 95 % interval of F1 by a bootstrap over paragraphs."""
    generator, ids = random.Random(0), list(by_record)
    values = sorted(
        figures([c for i in generator.choices(ids, k=len(ids)) for c in by_record[i]], key)[2] for _ in range(ROUNDS)
    )
    return values[int(0.025 * ROUNDS)], values[int(0.975 * ROUNDS) - 1]


def summary(tally: Tally) -> list[dict[str, Any]]:
    """One row for all, each language, each type, and each type in each language."""
    groups: dict[tuple[str, str], list[tuple[str, str]]] = {("all", "all"): list(tally.cells)}
    for language, kind in tally.cells:
        for name in ((language, "all"), ("all", kind), (language, kind)):
            groups.setdefault(name, []).append((language, kind))
    rows = []
    for (language, kind), keys in sorted(groups.items(), key=lambda item: _rank(item[0])):
        by_record: dict[str, list[Counts]] = defaultdict(list)
        for key in keys:
            for record, counts in tally.cells[key]:
                by_record[record].append(counts)
        flat = [c for some in by_record.values() for c in some]
        gold, found = sum(c["gold"] for c in flat), sum(c["found"] for c in flat)
        if not gold and not found:
            continue
        values = [*figures(flat, "detected"), *figures(flat, "strict"), *interval(by_record, "strict")]
        figure = {name: round(value, 4) for name, value in zip(FIGURES, values, strict=True)}
        rows.append({"language": language, "type": kind, "gold": gold, "found": found} | figure)
    return rows


def _rank(name: tuple[str, str]) -> tuple[bool, bool, str, str]:
    return name[0] != "all", name[1] != "all", name[0], name[1]
