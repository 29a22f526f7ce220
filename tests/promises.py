"""What must hold for any input at all: for property tests and for the fuzzer (tests/fuzz.py), which share it.

Each promise takes an input, runs a part of the pipeline on it twice, and raises AssertionError where an offset lies
outside the text, an order or a value is broken, or the two runs differ. Whatever else is raised is a fault too.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from pipeline import edtf
from pipeline.analysis import Analyst
from pipeline.config import read_yaml
from pipeline.contract import arrow_of_rows
from pipeline.documents import Reader
from pipeline.facts import tables_of
from pipeline.model import Document, Mention
from pipeline.paragraphs import prepared
from pipeline.reading import Unreadable, source_of
from pipeline.settings import settings
from pipeline.tables.columns import ISO_DURATION
from pipeline.text import AlignedText, segments_are_ordered

CONFIGS = Path(__file__).parent.parent / "configs"
LANGUAGES = tuple(settings(CONFIGS).languages)
ANCHOR = dt.date(2004, 4, 23)

# Characters that break programs: of every length, direction, width and kind, with marks that grammars know.
ODDITIES = (
    "\0", "\t", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x1f", "\x7f", "\x85", "\xa0", "\xad", "\u0130", "\u0149",
    "\u0301", "\u0345", "\u0640", "\u064b", "\u0660", "\u06f9", "\u0967", "\u200b", "\u200d", "\u200e", "\u202e",
    "\u202f", "\u2028", "\u2029", "\u2066", "\u2069", "\u2212", "\u3000", "\ud800", "\udfff", "\ue000", "\ue003",
    "\ue00f", "\ufb01", "\ufdfa", "\ufeff", "\uff1d", "\uff11", "\uffff", "\U0001d7d8", "\U0001f1fa", "\U000e0041",
    "\U0010ffff",
    "²", "½", "№", "º", "ß", "İ", "ǅ", "ﬃ", "一", "〇", "零", "十", "万", "亿", "年", "月", "日", "去年", "،", "؛",
    "。",
)  # fmt: skip


@cache
def analyst(language: str) -> Analyst:
    return Analyst.from_config(CONFIGS, language)


@cache
def reader() -> Reader:
    return Reader.from_config(CONFIGS, LANGUAGES, lambda language: analyst(language).mentions.dates)


@cache
def vocabulary(language: str) -> tuple[str, ...]:
    """The words and phrases of a language's own data and of its rules' examples, and the oddities: 1,024 and more."""
    words: set[str] = set(ODDITIES)
    files = [*(CONFIGS / "languages" / language).glob("*.yaml"), *(CONFIGS / "rules" / language).glob("*.yaml")]
    for path in files:
        for text in _strings(read_yaml(path).data):
            words.update(text.split() if path.parent.parent.name == "rules" else (text,))
            if language == "zh":
                words.update(text[at : at + 3] for at in range(0, len(text), 3))
    return tuple(sorted(word for word in words if len(word) <= 24))


def _strings(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for key, value in node.items():
            if not key.startswith(("id", "edges")):
                yield from _strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from _strings(value)


def text_of(data: bytes, language: str) -> str:
    """A text that the bytes spell in a language's words, so that what changes bytes changes words, not only letters."""
    words = vocabulary(language)
    gap = "" if language == "zh" else " "
    pieces: list[str] = []
    at = 0
    while at < len(data):
        code = data[at]
        at += 1
        if code < 0x80:
            pieces.append(chr(code))
        elif code < 0xA0:
            pieces.append(ODDITIES[(code - 0x80 + 32 * (data[at] if at < len(data) else 0)) % len(ODDITIES)])
            at += 1
        else:
            pieces.append(gap + words[((code - 0xA0) * 256 + (data[at] if at < len(data) else 0)) % len(words)])
            at += 1
    return "".join(pieces)


def reading(data: bytes) -> Document | None:
    """Any bytes are refused with a reason and a cure, or give a text, and paragraphs that lie in it."""
    outcome = []
    for _ in range(2):
        try:
            source = source_of(data, "a.txt")
        except Unreadable as unreadable:
            outcome.append((None, None, unreadable.rejection))
            continue
        assert source.text == data.decode(source.encoding, source.errors), "not the text as stored"
        outcome.append((source, *reader().read(source)))
    assert outcome[0] == outcome[1], "two runs differ"
    source, document, notes = outcome[0]
    if source is None or document is None:
        refusal = notes if source is None else notes[-1]
        assert refusal.severity == "error"
        assert refusal.reason, "refused without a reason"
        assert refusal.cure, "refused without a cure"
        return None
    parts = (*document.body, *document.header, *document.signature, *document.furniture)
    for aligned in parts:
        aligned_holds(aligned, source.text)
    for before, after in pairwise(document.body):
        assert before.source_span(0, len(before.text))[1] <= after.source_span(0, len(after.text))[0], "out of order"
    return document


def aligned_holds(aligned: AlignedText, source: str) -> None:
    assert segments_are_ordered(aligned)
    start, end = aligned.source_span(0, len(aligned.text))
    assert 0 <= start <= end <= len(source), "outside the file"


def dates(text: str, language: str) -> None:
    """Dates and durations lie in the text, in order, do not overlap, and are what EDTF and ISO 8601 allow."""
    for anchor in (ANCHOR, None):
        found = analyst(language).mentions.dates.find(text, anchor)
        assert found == analyst(language).mentions.dates.find(text, anchor), "two runs differ"
        placed(found, text)
        for date in found:
            if date.edtf is not None:
                assert edtf.is_valid(date.edtf), f"no EDTF: {date.edtf}"
                assert (date.earliest, date.latest) == edtf.bounds(date.edtf)
                if date.earliest is not None and date.latest is not None:
                    assert date.earliest <= date.latest, f"runs backwards: {date}"
    durations = analyst(language).mentions.durations.find(text)
    placed(durations, text)
    for duration in durations:
        assert duration.iso.startswith("P")
        assert len(duration.iso) > 2
        said = duration.calendar
        assert said is None or re.fullmatch(ISO_DURATION, said), f"no ISO 8601: {said}"


def numbers(text: str, language: str) -> None:
    """Numbers and quantities lie in the text, in order, do not overlap, and have a value between their bounds."""
    finder = analyst(language).mentions.quantities
    found = finder.find(text)
    assert found == finder.find(text), "two runs differ"
    placed(found, text)
    for quantity in found:
        assert quantity.value == quantity.value, "not a number"
        assert abs(quantity.value) != float("inf")
        if quantity.minimum is not None and quantity.maximum is not None:
            assert quantity.minimum <= quantity.maximum, f"runs backwards: {quantity}"
        assert quantity.start <= quantity.number_start < quantity.number_end <= len(text)
        if quantity.unit:
            assert text[quantity.unit_start : quantity.unit_end] == quantity.unit
    plain = analyst(language).mentions.dates.numerals.find(text)
    for before, after in pairwise(plain):
        assert before.end <= after.start


def rules(text: str, language: str) -> None:
    """All that is read in a document of this text points into it; its rows can be made and keep the contract."""
    aligned = prepared(text, CONFIGS, language)
    document = Document("a.txt", "0" * 64, "utf-8", "S/2004/1", language, ANCHOR, None, "", (aligned,), len(text))
    if not aligned.text:
        return
    aligned_holds(aligned, text)
    read = analyst(language).read(document)
    assert read == analyst(language).read(document), "two runs differ"
    (paragraph,) = read
    words = aligned.text
    end = 0
    for start, stop in paragraph.sentences:
        assert end <= start < stop <= len(words)
        assert not words[end:start].strip()
        end = stop
    assert not words[end:].strip()
    mentions = paragraph.mentions
    for kind in (mentions.dates, mentions.durations, mentions.quantities, mentions.names, mentions.references):
        placed(kind, words)
    for event in paragraph.events:
        assert (event.start, event.end) in paragraph.sentences
        assert 0 <= event.trigger_start < event.trigger_end <= len(words)
        assert event.trigger
        for slot in event.slots.values():
            if slot.mention is not None:
                assert 0 <= slot.mention.start < slot.mention.end <= len(words)
    for name, rows in tables_of(document, read).items():
        arrow_of_rows(name, rows)  # they keep the contract
        for row in rows:
            if row.get("source_start") is not None:
                assert 0 <= row["source_start"] <= row["source_end"] <= len(text)


def placed(mentions: Sequence[Mention], text: str) -> None:
    for mention in mentions:
        assert 0 <= mention.start < mention.end <= len(text), "outside the text"
        assert mention.text == text[mention.start : mention.end], "not the words that stand there"
    for before, after in pairwise(mentions):
        assert before.end <= after.start, f"overlap: {before} and {after}"
