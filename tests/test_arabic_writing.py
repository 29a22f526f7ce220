"""Arabic as files hold it: vowel marks, stretched words, direction marks and presentation forms hide nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from pipeline.events.engine import EventFinder
from pipeline.mentions.finder import MentionFinder
from pipeline.mentions.marks import Bare
from pipeline.model import QuantityMention
from pipeline.paragraphs import prepared
from pipeline.sentences import Sentences
from pipeline.text import Folded

CONFIGS = Path(__file__).parent.parent / "configs"
PLAIN = "وفي ٢٣ نيسان/أبريل ٢٠٠٤ دربت البعثة أكثر من ثلاثة وعشرين قاضيا لمدة ستة أشهر."
MARKED = "وفي ٢٣ نَيْسان/أبريل ٢٠٠٤ دَرَّبَت البعثةُ أكثرَ من ثلاثةٍ وعشرينَ قاضياً لمدّةِ ستّةِ أَشهرٍ."
ISOLATED = {
    unicodedata.normalize("NFKC", form): form
    for form in map(chr, range(0xFE70, 0xFEFD))
    if unicodedata.decomposition(form).startswith("<isolated>") and len(unicodedata.normalize("NFKC", form)) == 1
}
_UNSEEN = re.compile("[\u064b-\u0652\u0640\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def presented(text: str) -> str:
    return "".join(ISOLATED.get(c, c) for c in text)


WRITINGS: list[tuple[str, Callable[[], str]]] = [
    ("plain", lambda: PLAIN),
    ("marked", lambda: MARKED),
    ("decomposed", lambda: unicodedata.normalize("NFD", MARKED)),
    ("stretched", lambda: PLAIN.replace("ر", "رـ").replace("ش", "ـشـ").replace("رـ ", "ر ")),
    ("directed", lambda: "\u202b" + PLAIN.replace(" ", "\u200f \u200e").replace("/", "\u200f/") + "\u202c"),
    ("presented", lambda: presented(PLAIN)),
]


@cache
def finders() -> tuple[MentionFinder, Sentences, EventFinder]:
    return (
        MentionFinder.from_config(CONFIGS, "ar"),
        Sentences.from_config(CONFIGS, "ar"),
        EventFinder.from_config(CONFIGS, "ar"),
    )


def bare(text: str) -> str:
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize("written", [w for _, w in WRITINGS], ids=[n for n, _ in WRITINGS])
def test_every_writing_is_read_alike_and_offsets_hold_the_evidence(written: Callable[[], str]) -> None:
    """The same date, number and fact in every writing; their offsets point at the characters as stored."""
    stored = written()
    aligned = prepared(stored, CONFIGS, "ar")
    mentions, sentences, events = finders()
    found = mentions.find(aligned.text, None, mentions.scope([aligned.text]))

    def source(start: int, end: int) -> str:
        a, b = aligned.source_span(start, end)
        return bare(stored[a:b])

    assert [(d.edtf, source(d.start, d.end)) for d in found.dates] == [("2004-04-23", "٢٣ نيسان/أبريل ٢٠٠٤")]
    assert [(d.iso, source(d.start, d.end)) for d in found.durations] == [("P6M", "ستة أشهر")]
    count = found.quantities[0]
    assert (count.value, count.qualifier) == (23, "more_than")
    assert source(count.start, count.end) == "أكثر من ثلاثة وعشرين"
    assert source(count.number_start, count.number_end) == "ثلاثة وعشرين"
    assert source(count.unit_start, count.unit_end) == "قاضيا"
    read = events.find(aligned.text, found, sentences.spans(aligned.text), None)
    training = next(e for e in read if e.type == "training")
    assert (training.slots["count"].value, training.slots["date"].value) == (23, "2004-04-23")
    assert source(training.trigger_start, training.trigger_end) == "دربت"


def test_a_text_without_marks_is_itself() -> None:
    """Where there is nothing to leave out nothing is copied."""
    plain = Folded.of(PLAIN)
    assert Bare(plain, frozenset("\u064b")).text is plain


def test_what_is_unknown_stays_unknown() -> None:
    """A quantity without a unit has none in the marked text either."""
    text = "ثلاثةٌ"
    marks = Bare(Folded.of(text), frozenset("\u064c"))
    mention = QuantityMention(0, 5, "ثلاثة", 3, 3, 3, "exact", number_start=0, number_end=5)
    placed = marks.placed([mention])[0]
    assert (placed.start, placed.end, placed.text, placed.unit_start, placed.unit_end) == (0, 6, text, -1, -1)


def test_a_dual_is_two_of_what_its_word_names() -> None:
    """Number and noun in one word: both are read, and what is written onto its front is no part of it."""
    text = "وفتحت البعثة مكتبين ولجنتين، وزارت المكتبين."
    mentions, _, _ = finders()
    found = mentions.find(text, None, mentions.scope([text])).quantities
    assert [(q.text, q.value, q.unit) for q in found] == [("مكتبين", 2, "مكتبين"), ("لجنتين", 2, "لجنتين")]
