"""Where many strings stand, in one pass over many texts: as if each were looked for in each."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.events.strings import Anchored, Beginnings

STRINGS = st.lists(st.text("ab1二", min_size=1, max_size=3), max_size=5)
TEXTS = st.lists(st.text("ab1二\ud800\0 ", max_size=12), max_size=6)


@given(strings=STRINGS, texts=TEXTS, together=st.integers(0, 30))
def test_beginnings_of_many_texts_are_those_of_each(strings: list[str], texts: list[str], together: int) -> None:
    beginnings = Beginnings(strings)
    each = [[i for i in range(len(text)) if text.startswith(tuple(strings), i)] for text in texts]
    assert [beginnings.within(text) for text in texts] == each
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.events.strings._TOGETHER", together)
        assert [list(places) for places in beginnings.within_each(texts)] == each


@given(strings=STRINGS, texts=TEXTS)
def test_an_anchored_expression_finds_in_many_texts_what_it_finds_in_each(strings: list[str], texts: list[str]) -> None:
    alone = re.compile("|".join(sorted(map(re.escape, strings), reverse=True)) or "(?!)")
    each = [[match.span() for match in found] for found in Anchored(alone, strings).finditer_each(texts)]
    assert each == [[match.span() for match in alone.finditer(text)] for text in texts]
