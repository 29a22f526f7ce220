"""Aligned text: whatever is dropped or replaced, every character still knows where it came from."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline import text
from pipeline.text import AlignedText, Folded, clean, fold, lowered, segments_are_ordered

TEXTS = st.text(st.characters(codec="utf-8"), max_size=60) | st.text("aé\u0301 \u200f\u00ad\ufe8d١２年ﬁ\n", max_size=60)
INVISIBLE = re.compile("[\u00ad\u0640\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")


@given(TEXTS)
@example("I\u200b\u0300")
def test_cleaned_characters_come_from_where_they_say(source: str) -> None:
    """Each character of the cleaned text stands, in some form, in the stretch of the source that it names."""
    cleaned = clean(AlignedText.of(source))
    assert segments_are_ordered(cleaned)
    for index, character in enumerate(cleaned.text):
        start, end = cleaned.source_span(index, index + 1)
        assert start < end
        seen = INVISIBLE.sub("", source[start:end])  # a mark may stand between a letter and its accent
        assert character in unicodedata.normalize("NFKC", seen) or character in source[start:end]


@given(TEXTS, st.data())
def test_slices_point_where_the_whole_points(source: str, data: st.DataObject) -> None:
    """A slice's characters have the source positions that they had in the whole."""
    whole = clean(AlignedText.of(source, 7))
    start = data.draw(st.integers(0, len(whole.text)))
    end = data.draw(st.integers(start, len(whole.text)))
    part = whole.slice(start, end)
    assert part.text == whole.text[start:end]
    for index in range(len(part.text)):
        assert part.source_span(index, index + 1) == whole.source_span(start + index, start + index + 1)


@given(TEXTS)
def test_folding_keeps_every_offset(text: str) -> None:
    """Folded and lowered texts have one character for one."""
    assert len(fold(text)) == len(text) == len(lowered(text))


@given(st.lists(TEXTS | st.sampled_from(["`", "\t", "a", "é", "‘", "１"]), max_size=6))
def test_how_a_character_folds_hangs_on_none_beside_it(texts: list[str]) -> None:
    """A text of ASCII alone folds as it does inside another (a grave accent that stands for an apostrophe)."""
    assert fold("".join(texts)) == "".join(map(fold, texts))


def test_a_word_broken_across_lines_spans_the_break() -> None:
    """联|塔办事处 read as one word covers the line break in the file."""
    source = "（联\n\n塔办事处）"
    joined = AlignedText.of(source).replace(re.compile(r"\n+"), "")
    assert joined.text == "（联塔办事处）"
    start, end = joined.source_span(1, 6)
    assert source[start:end] == "联\n\n塔办事处"


def test_a_span_outside_the_text_is_an_error() -> None:
    """Asking for characters that are not there is a fault, not a guess."""
    with pytest.raises(IndexError, match="outside"):
        AlignedText.of("ab").source_span(1, 3)


@given(st.lists(TEXTS | st.sampled_from(["ΟΔΟΣ", "Σ", "İ", "\0", "", "２ May", "`", "\t", "\x80"]), max_size=6))
def test_texts_are_folded_together_as_each_alone(texts: list[str]) -> None:
    """Also where a text holds what is put between them, and where lower case is longer."""
    assert Folded.each(texts) == [Folded.of(text) for text in texts]


def test_the_first_look_for_digits_of_other_scripts_overlooks_none() -> None:
    """A text without the characters of `_FAR` is not asked for other digits than ASCII's."""
    digits = (chr(code) for code in range(128, 0x110000) if re.match(r"\d", chr(code)))
    assert not [digit for digit in digits if not text._FAR.match(digit)]
