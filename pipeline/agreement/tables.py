"""The tables of all languages, and what they say of one another: clusters, agreement, discrepancies."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pipeline.agreement.clusters import clusters_of, is_id, same
from pipeline.agreement.differences import Difference, differences
from pipeline.agreement.items import Item, Side, days_of, listed, side_of
from pipeline.alignments.versions import Place, Versions
from pipeline.edtf import OPEN

Row = dict[str, Any]
Tables = dict[str, list[Row]]
Sentences = Mapping[str, Callable[[str], Sequence[tuple[int, int]]]]
"""For each language: the sentences of a text, as spans."""

_RENAMED = ("facts", "documents", "paragraphs", "dates", "quantities")
_MAJORITY = 3  # versions that agree against one
# Slots that may hold what differs, by what kind of thing it is.
_SLOTS = {
    "number": ("count",),
    "qualifier": ("qualifier",),
    "date": ("date", "period_end", "period_start", "decided"),
    "duration": ("duration",),
}


def agreed(tables: Mapping[str, Sequence[Row]], versions: Iterable[Versions], sentences: Sentences) -> Tables:
    """The tables with clusters and agreement filled in, the family's symbol as `document`, and `discrepancies`.

    A fact's id stays what its own file gave it; its cluster's id is that of the first of its facts.
    """
    result: Tables = {name: [dict(row) for row in rows] for name, rows in tables.items()}
    result["discrepancies"] = []
    known = list(versions)
    names = {file: family.document for family in known for file in family.files}
    for name in _RENAMED:
        for row in result.get(name, ()):
            row["document"] = names.get(row["file"] if name == "documents" else row["source_file"], row["document"])
    by_content = {file for family in known for file in family.linked}
    for row in result.get("documents", ()):
        if row["file"] in names:
            row["linked_by"] = "content" if row["file"] in by_content else "symbol"
    placed = {name: _by_place(result.get(name, ())) for name in ("facts", "dates", "quantities")}
    texts = {(r["source_file"], r["paragraph"]): r["text"] for r in result.get("paragraphs", ())}
    for family in known:
        if len(set(family.languages)) > 1:
            result["discrepancies"] += _Family(family.compared(), placed, texts, sentences).compared()
    return result


def _by_place(rows: Iterable[Row]) -> dict[tuple[str, int], list[Row]]:
    places: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in rows:
        places[row["source_file"], row["paragraph"]].append(row)
    return places


class _Family:
    """The versions of one document while they are compared; fills in the rows of their facts."""

    def __init__(
        self,
        family: Versions,
        placed: Mapping[str, Mapping[tuple[str, int], list[Row]]],
        texts: Mapping[tuple[str, int], str],
        sentences: Sentences,
    ) -> None:
        self._family = family
        self._placed = placed
        self._texts = texts
        self._sentences = sentences
        self._languages = dict(zip(family.files, family.languages, strict=True))
        members = [{place.file for place in group} for group in family.groups]
        # pairs of files of which the second has paragraphs that the first has not
        self._beyond = {(a, b) for some in members for b in some for a in family.files if a not in some}

    def compared(self) -> list[Row]:
        """The discrepancies of the family, in the order of its paragraphs."""
        return _merged(row for group in self._family.groups for row in self._of_group(group))

    def _of_group(self, group: Sequence[Place]) -> list[Row]:
        paragraphs: dict[str, list[int]] = defaultdict(list)
        for place in group:
            paragraphs[place.file].append(place.paragraph)
        present = [file for file in self._family.files if file in paragraphs]
        facts = [
            sorted(
                (f for n in sorted(paragraphs[file]) for f in self._placed["facts"].get((file, n), ())),
                key=_reading_order,
            )
            for file in present
        ]
        clusters = clusters_of(facts)
        for cluster in clusters:
            for fact in cluster:
                fact["cluster_id"] = cluster[0]["cluster_id"]
                fact["agreement"] = "agrees" if len(cluster) > 1 else "only_here"
        by_id = {fact["fact_id"]: fact for cluster in clusters for fact in cluster}
        lacking = [
            self._lacking(cluster[0], file)
            for cluster in clusters
            for file in self._family.files
            if self._languages[file] not in {self._languages[f] for f in present}
            # else it may stand there in a paragraph that found no partner
            and (cluster[0]["source_file"], file) not in self._beyond
        ]
        if len({self._languages[file] for file in present}) < 2:
            return lacking
        sides = [self._side(file, sorted(paragraphs[file])) for file in present]
        rows = []
        for left, right, difference in _told_once(sides):
            rows.append(self._row(left, right, difference, by_id))
        return [*rows, *(row for cluster in clusters for row in self._of_cluster(cluster)), *lacking]

    def _side(self, file: str, paragraphs: Sequence[int]) -> Side:
        return side_of(
            file,
            self._languages[file],
            {n: self._texts[file, n] for n in paragraphs},
            [row for n in paragraphs for row in self._placed["dates"].get((file, n), ())],
            [row for n in paragraphs for row in self._placed["quantities"].get((file, n), ())],
        )

    def _row(self, left: Side, right: Side, difference: Difference, by_id: Mapping[str, Row]) -> Row:
        one, other = difference.left, difference.right
        facts = [by_id[i] for item in (one, other) if item is not None for i in item.used_by if i in by_id]
        clusters = {fact["cluster_id"] for fact in facts}
        files = (left.file, right.file)
        facts = [f for f in by_id.values() if f["cluster_id"] in clusters and f["source_file"] in files]
        slots = _slots(difference, facts)
        for fact in facts:
            fact["agreement"] = "differs"
            fact["differs_in"] = _with(fact.get("differs_in"), slots)
        row: Row = {
            "document": self._family.document,
            "severity": difference.severity,
            "differs_in": slots[0] if slots else difference.aspect,
            "cluster_id": min(clusters) if clusters else None,
            "language": left.language,
            "other_language": right.language,
            "value": _shown(difference, one),
            "other_value": _shown(difference, other),
            "fact_ids": sorted(fact["fact_id"] for fact in facts),
        }
        row["paragraph"], row["quote"] = self._quoted(left, one, right, other)
        row["other_paragraph"], row["other_quote"] = self._quoted(right, other, left, one)
        return row

    def _quoted(self, side: Side, item: Item | None, there: Side, counterpart: Item | None) -> tuple[int, str]:
        """The paragraph and sentence of an item; where it is lacking, the one that says the same there."""
        if item is not None:
            return item.paragraph, self._sentence(side, item.paragraph, item.start)
        assert counterpart is not None
        said = self._sentence(there, counterpart.paragraph, counterpart.start)
        start = there.texts[counterpart.paragraph].find(said)
        inside = range(start, start + len(said))
        near = {i.value for i in there.items if i.paragraph == counterpart.paragraph and i.start in inside}
        votes: dict[tuple[int, str], int] = defaultdict(int)
        for other in side.items:
            if other.value in near:
                votes[other.paragraph, self._sentence(side, other.paragraph, other.start)] += 1
        if votes:
            return max(sorted(votes), key=lambda key: votes[key])
        share = (counterpart.start + sum(len(t) for n, t in there.texts.items() if n < counterpart.paragraph)) / max(
            1, sum(map(len, there.texts.values()))
        )
        place = int(share * sum(map(len, side.texts.values())))
        for number, text in sorted(side.texts.items()):
            if place < len(text):
                return number, self._sentence(side, number, place)
            place -= len(text)
        number = max(side.texts)
        return number, self._sentence(side, number, len(side.texts[number]) - 1)

    def _sentence(self, side: Side, paragraph: int, position: int) -> str:
        text = side.texts[paragraph]
        find = self._sentences.get(side.language)
        for start, end in find(text) if find is not None else ():
            if start <= position < end:
                return text[start:end].strip()
        return text

    def _of_cluster(self, cluster: Sequence[Row]) -> list[Row]:
        """Another modality, or another body, of one fact in two versions: each told once, against the majority."""
        rows = []
        for slot, severity in (("modality", "medium"), ("mission", "high")):
            said = [fact for fact in cluster if fact.get(slot) and (slot != "mission" or is_id(fact[slot]))]
            values = [fact[slot] for fact in said]
            if len(set(values)) < 2 or (slot == "modality" and not (_is_anchored(cluster) and _is_lost(values))):
                continue
            usual = max(dict.fromkeys(values), key=values.count)
            lead = next(fact for fact in said if fact[slot] == usual)
            for fact in said:
                if not same(slot, fact[slot], usual):
                    rows.append(_fact_row(self._family.document, severity, slot, lead, fact))
                    for one in (lead, fact):
                        one["agreement"] = "differs"
                        one["differs_in"] = _with(one.get("differs_in"), [slot])
        return rows + self._of_bounds(cluster)

    def _of_bounds(self, cluster: Sequence[Row]) -> list[Row]:
        """A date that begins something in most versions, and in one is only when it was: "since 1991"."""
        said = [fact for fact in cluster if fact.get("date")]
        open_ = [fact for fact in said if fact["date"].endswith(f"/{OPEN}")]
        closed = [fact for fact in said if fact not in open_]
        few, many = closed, open_
        if len(few) != 1 or len(many) < _MAJORITY:
            return []
        years = [{day[:4] for day in days_of(fact["date"])} for fact in (few[0], many[0])]
        if not years[0] & years[1] or len({fact["date"] for fact in many}) > 1:
            return []
        for fact in (many[0], few[0]):
            fact["agreement"] = "differs"
            fact["differs_in"] = _with(fact.get("differs_in"), ["date"])
        return [_fact_row(self._family.document, "high", "date", many[0], few[0])]

    def _lacking(self, fact: Row, file: str) -> Row:
        """A fact in a paragraph that the version in `file` does not have."""
        return {
            "document": self._family.document,
            "severity": "low",
            "differs_in": "event_type",
            "cluster_id": fact["cluster_id"],
            "language": fact["language"],
            "value": fact["event_type"],
            "quote": fact["quote"],
            "other_language": self._languages[file],
            "fact_ids": [fact["fact_id"]],
            "paragraph": fact["paragraph"],
        }


def _reading_order(fact: Row) -> tuple[Any, ...]:
    """Where a fact stands, as far as its row tells: so the order of the rows does not matter."""
    quote = fact["quote"]
    words = (quote.find(fact[name]) if fact.get(name) else -1 for name in ("trigger", "count_text", "date_text"))
    return fact["paragraph"], fact["quote_start"], *words, fact["event_type"], fact["fact_id"]


def _is_anchored(cluster: Sequence[Row]) -> bool:
    """Whether two of the facts share a number, date or duration: else nobody knows that they are the same event."""
    slots = ("count", "date", "period_end", "period_start", "duration")
    return any(
        one.get(slot) is not None and other.get(slot) is not None and same(slot, one[slot], other[slot])
        for n, one in enumerate(cluster)
        for other in cluster[n + 1 :]
        for slot in slots
    )


def _is_lost(modalities: Sequence[str]) -> bool:
    """Whether one version has lost what the others say of a fact's modality: it tells as done what they ask for.

    Modality is read off the grammar, and where versions are read in several ways it is the readings that differ, as
    with one that alone is read as a plan ("shall", "doit"). Of two versions, one says nothing of a plan that the
    other tells: so do many.
    """
    by_modality = Counter(modalities)
    if len(modalities) < _MAJORITY:
        return "actual" in by_modality and not by_modality.keys() & {"planned"}
    return len(by_modality) == 2 and by_modality["actual"] == 1


def _merged(rows: Iterable[Row]) -> list[Row]:
    """The rows, of those that say the same one: a training and its participants are one number."""
    first: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        key = tuple(v for name, v in sorted(row.items()) if name not in ("fact_ids", "cluster_id"))
        if key in first:
            first[key]["fact_ids"] = sorted({*first[key]["fact_ids"], *row["fact_ids"]})
        else:
            first[key] = row
    return list(first.values())


def _told_once(sides: Sequence[Side]) -> list[tuple[Side, Side, Difference]]:
    """The differences of every version from one that most agree with, the first such: a dissenter is told once."""
    pairs = [(a, b) for n, a in enumerate(sides) for b in sides[n + 1 :] if a.language != b.language]
    found = {(a.file, b.file): differences(a, b) for a, b in pairs}

    def against(side: Side) -> int:
        return sum(bool(told) for pair, told in found.items() if side.file in pair)

    lead = next((side for side in sides if 2 * against(side) <= len(sides) - 1), min(sides, key=against))
    told = [(a, b, d) for a, b in pairs if lead in (a, b) for d in found[a.file, b.file]]
    # "was put at 62 per cent", "estimé à 62 %": what several versions hedge alike is the languages' idiom
    hedged = Counter(d.left.value for _, _, d in told if d.aspect == "qualifier" and d.left)
    return [t for t in told if t[2].aspect != "qualifier" or not t[2].left or hedged[t[2].left.value] == 1]


def _slots(difference: Difference, facts: Sequence[Row]) -> list[str]:
    """The columns of the facts that hold what differs."""
    values = {item.shown for item in (difference.left, difference.right) if item is not None}
    slots = []
    for slot in _SLOTS[difference.aspect]:
        held = {str(fact[slot]) for fact in facts if fact.get(slot) is not None}
        if held & values or (difference.aspect == "qualifier" and facts):
            slots.append(slot)
    return slots


def _shown(difference: Difference, item: Item | None) -> str | None:
    if item is None:
        return None
    return item.qualifier if difference.aspect == "qualifier" else item.shown


def _with(known: Any, slots: Iterable[str]) -> list[str]:
    """The names of the slots that differ, each once, in order."""
    return list(dict.fromkeys([*listed(known), *slots]))


def _fact_row(document: str, severity: str, slot: str, lead: Row, fact: Row) -> Row:
    return {
        "document": document,
        "severity": severity,
        "differs_in": slot,
        "cluster_id": lead["cluster_id"],
        "language": lead["language"],
        "value": str(lead[slot]),
        "quote": lead["quote"],
        "other_language": fact["language"],
        "other_value": str(fact[slot]),
        "other_quote": fact["quote"],
        "fact_ids": [lead["fact_id"], fact["fact_id"]],
        "paragraph": lead["paragraph"],
        "other_paragraph": fact["paragraph"],
    }
