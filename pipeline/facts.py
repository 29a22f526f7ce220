"""One row a fact: from what was read in a document to the rows of its tables.

A fact's id is made of what the text says and not of where it stands: the document's symbol, the language, the event,
the sentence and the trigger's place within it. So the same text gives the same id on every run and machine, and an
edit elsewhere in the document leaves it alone. (Two equal sentences in one document are told apart by their order.)
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from pipeline.edtf import bounds
from pipeline.model import (
    DateMention,
    Document,
    DurationMention,
    Event,
    Mention,
    Mentions,
    Paragraph,
    QuantityMention,
    ReferenceMention,
    Rejection,
    Slot,
)
from pipeline.recalls import references_cell

Row = dict[str, Any]
Used = dict[tuple[int, int, int], list[str]]
"""Paragraph, start and end of a mention, and the ids of the facts that it is part of."""

# The slots of events and the columns that hold them; `mission` and `count` fill more than one.
COLUMNS = {"start": "period_start", "end": "period_end"}
DATE_SLOTS = ("date", "decided", "end", "start")  # the first that is filled is the one that date_text speaks of


class ReadParagraph(NamedTuple):
    """A paragraph with what was found in it."""

    paragraph: Paragraph
    sentences: tuple[tuple[int, int], ...]
    mentions: Mentions
    events: tuple[Event, ...]


def identifier(prefix: str, *parts: object) -> str:
    """A short stable id: `prefix` and 80 bits of the SHA-256 of the parts, in base 32."""
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")).digest()
    return prefix + base64.b32encode(digest[:10]).decode("ascii").lower()


def tables_of(document: Document, paragraphs: Sequence[ReadParagraph]) -> dict[str, list[Row]]:
    """The rows that a document gives to each table."""
    facts: list[Row] = []
    used: Used = {}
    seen: Counter[tuple[object, ...]] = Counter()
    per_paragraph: Counter[int] = Counter()
    for read in paragraphs:
        for event in read.events:
            row = fact_row(document, read, event, seen)
            facts.append(row)
            per_paragraph[read.paragraph.number] += 1
            for slot in event.slots.values():
                if slot.mention is not None:
                    for mention in _with_inner(slot.mention):
                        key = (read.paragraph.number, mention.start, mention.end)
                        used.setdefault(key, []).append(row["fact_id"])
    where: Row = {"document": document.symbol, "language": document.language}
    tables: dict[str, list[Row]] = {"facts": facts, "paragraphs": [], "dates": [], "quantities": [], "rejected": []}
    for read in paragraphs:
        number, aligned = read.paragraph.number, read.paragraph.aligned
        start, end = aligned.source_span(0, len(aligned.text))
        tables["paragraphs"].append(
            {
                "document": document.symbol,
                "language": document.language,
                "paragraph": number,
                "text": aligned.text,
                "source_file": document.file,
                "source_start": start,
                "source_end": end,
                "sentences": len(read.sentences),
                "facts": per_paragraph.get(number, 0),
            }
        )
        found = read.mentions
        base = where | {"paragraph": number}
        if found.dates or found.durations:
            tables["dates"] += [
                base | _placed(document, read, m, used) | _date_columns(m)
                for times in (found.dates, found.durations)
                for m in times
            ]
        if found.quantities:
            tables["quantities"] += [
                base | _placed(document, read, m, used) | _quantity_columns(m) for m in found.quantities
            ]
        if found.dates:
            tables["rejected"] += [rejection_row(r) for r in _unresolved(document, read)]
    tables["documents"] = [
        {
            "file": document.file,
            "document": document.symbol,
            "language": document.language,
            "kind": document.kind,
            "encoding": document.encoding,
            "document_date": document.date,
            "distribution_date": document.distribution_date,
            "title": document.title,
            "characters": document.length,
            "paragraphs": len(paragraphs),
            "sha256": document.sha256,
            "facts": len(facts),
            "refers_to": references_cell(
                (reference.symbol, reference.date.edtf if reference.date is not None else None)
                for read in paragraphs
                for reference in read.mentions.references
                if reference.symbol and reference.symbol != document.symbol
            ),
        }
    ]
    return tables


def fact_row(document: Document, read: ReadParagraph, event: Event, seen: Counter[tuple[object, ...]]) -> Row:
    """The row of one event."""
    aligned = read.paragraph.aligned
    quote = aligned.text[event.start : event.end]
    source_start, source_end = aligned.source_span(event.start, event.end)
    values = {name: slot.value for name, slot in event.slots.items()}
    key = (
        document.symbol,
        document.language,
        event.type,
        " ".join(quote.split()),
        event.trigger_start - event.start,
        values.get("mission", ""),
        values.get("count", ""),
        values.get("date", "") if event.type == "election" else "",
    )
    seen[key] += 1
    row: Row = {
        "fact_id": identifier("f", *key, seen[key]),
        "cluster_id": identifier("c", *key, seen[key]),
        "document": document.symbol,
        "language": document.language,
        "document_date": document.date,
        "paragraph": read.paragraph.number,
        "sentence": event.sentence,
        "event_type": event.type,
        "modality": event.modality,
        "trigger": event.trigger,
        "quote": quote,
        "quote_start": event.start,
        "quote_end": event.end,
        "source_file": document.file,
        "source_start": source_start,
        "source_end": source_end,
        "source_sha256": document.sha256,
        "rule": event.rule,
        "agreement": "single_language",
    }
    for name, slot in event.slots.items():
        row[COLUMNS.get(name, name)] = slot.value
    row |= _mission_columns(event.slots.get("mission"))
    row |= _count_columns(event.slots.get("count"))
    row |= _dated_columns([event.slots[name] for name in DATE_SLOTS if name in event.slots], values.get("date"))
    return row


def _mission_columns(slot: Slot | None) -> Row:
    if slot is None or slot.mention is None:
        return {}
    return {"mission_text": slot.mention.text}


def _count_columns(slot: Slot | None) -> Row:
    if slot is None or not isinstance(slot.mention, QuantityMention):
        return {}
    mention = slot.mention
    whole = mention.value == slot.value
    return {
        "count": slot.value,
        # parts that were added up ("52 women and 61 men") have the sum's own bounds
        "count_min": mention.minimum if whole else slot.value,
        "count_max": mention.maximum if whole else slot.value,
        "qualifier": mention.qualifier,
        "count_text": mention.text,
        "unit": mention.unit,
    }


def _dated_columns(slots: Iterable[Slot], date: object) -> Row:
    for slot in slots:
        mention = slot.mention.date if isinstance(slot.mention, ReferenceMention) else slot.mention
        if isinstance(mention, DateMention):
            break
    else:
        return {}
    row: Row = {"date_text": mention.text, "date_basis": mention.basis, "date_anchor": mention.anchor}
    if isinstance(date, str):
        row["date_earliest"], row["date_latest"] = bounds(date)
    return row


def _placed(document: Document, read: ReadParagraph, mention: Mention, used: Used) -> Row:
    start, end = read.paragraph.aligned.source_span(mention.start, mention.end)
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "source_file": document.file,
        "source_start": start,
        "source_end": end,
        "used_by": tuple(dict.fromkeys(used.get((read.paragraph.number, mention.start, mention.end), ()))),
    }


def _date_columns(mention: DateMention | DurationMention) -> Row:
    if isinstance(mention, DurationMention):
        return {"kind": "duration", "duration": mention.calendar, "timex_type": "DURATION", "timex_value": mention.iso}
    row: Row = {
        "kind": "set" if mention.timex_type == "SET" else "date",
        "edtf": mention.edtf,
        "earliest": mention.earliest,
        "latest": mention.latest,
        "basis": mention.basis,
        "anchor": mention.anchor,
        "modifier": mention.modifier,
        "bound": mention.bound,
        "timex_type": mention.timex_type,
        "timex_value": mention.timex_value,
    }
    return row


def _quantity_columns(mention: QuantityMention) -> Row:
    return {
        "value": mention.value,
        "min": mention.minimum,
        "max": mention.maximum,
        "qualifier": mention.qualifier,
        "kind": mention.kind,
        "unit": mention.unit,
    }


def _with_inner(mention: Mention) -> tuple[Mention, ...]:
    """A mention, and the date that belongs to it where it is a reference."""
    if isinstance(mention, ReferenceMention) and mention.date is not None:
        return mention, mention.date
    return (mention,)


def _unresolved(document: Document, read: ReadParagraph) -> Iterable[Rejection]:
    """Dates that could not be resolved: said, so that nothing is lost in silence."""
    if document.date is not None:
        return
    for mention in read.mentions.dates:
        if mention.edtf is None and mention.timex_type == "DATE" and mention.basis != "explicit":
            if mention.timex_value.endswith("_REF"):
                continue
            start, end = read.paragraph.aligned.source_span(mention.start, mention.end)
            yield Rejection(
                document.file,
                f"characters {start}-{end}",
                f"the date {mention.text!r} hangs on the document's own date, which is not known",
                "give the date in documents.csv (columns file, date)",
                "warning",
            )


def rejection_row(rejection: Rejection) -> Row:
    """The row of the table `rejected`."""
    return {
        "file": rejection.file,
        "place": rejection.place,
        "reason": rejection.reason,
        "cure": rejection.cure,
        "severity": rejection.severity,
    }


def gathered(parts: Iterable[Mapping[str, Sequence[Row]]]) -> dict[str, list[Row]]:
    """The rows of many documents, table by table."""
    tables: dict[str, list[Row]] = {}
    for part in parts:
        for name, rows in part.items():
            tables.setdefault(name, []).extend(rows)
    return tables


def distinguish(tables: Mapping[str, Sequence[Row]]) -> None:
    """Give the facts of a file other ids where a file before it is the same document in the same language.

    Give the tables' rows by file; they are changed in place.
    """
    first: dict[tuple[str, str], str] = {}
    later = set()
    for row in sorted(tables.get("documents", ()), key=lambda row: str(row["file"])):
        if first.setdefault((row["document"], row["language"]), row["file"]) != row["file"]:
            later.add(row["file"])
    if not later:
        return
    for row in tables.get("facts", ()):
        if row["source_file"] in later:
            row["fact_id"] = distinct_id(row["fact_id"], row["source_file"])
    for name in ("dates", "quantities"):
        for row in tables.get(name, ()):
            if row["source_file"] in later and row.get("used_by"):
                row["used_by"] = tuple(distinct_id(each, row["source_file"]) for each in row["used_by"])


def distinct_id(fact_id: str, file: str) -> str:
    """The id of a fact in a file that is not the first to be its document."""
    return identifier("f", fact_id, file)


def claimed_twice(documents: Iterable[Row]) -> list[Rejection]:
    """A warning for each file whose symbol and language another file has as well."""
    first: dict[tuple[str, str], str] = {}
    notes = []
    for row in documents:
        key = (row["document"], row["language"])
        if key in first:
            notes.append(
                Rejection(
                    row["file"],
                    "",
                    f"{first[key]} is {row['document']} in the language {row['language']} as well",
                    "remove one, or tell them apart in documents.csv (columns file, document)",
                    "warning",
                )
            )
        else:
            first[key] = row["file"]
    return notes
