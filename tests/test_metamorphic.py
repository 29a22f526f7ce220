"""What tells no fact changes no fact, nor does how dates are written (benchmarks/metamorphic.py): known paragraphs."""

from __future__ import annotations

import random

import pytest

from benchmarks.metamorphic import KINDS, SPELLED, Reader, cases, changed, phrases, variants

LANGUAGES = sorted(phrases())
SEED, FEW = 7, 30


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["before", "after", "number"])
def test_what_stands_around_a_paragraph_changes_nothing(language: str, kind: str) -> None:
    tried, other = changed(language, kind, FEW, SEED)
    assert tried > FEW / 4
    assert not other


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", SPELLED)
def test_dates_written_otherwise_change_nothing(language: str, kind: str) -> None:
    """In all the ways that the language has for a day or an interval."""
    tried, other = changed(language, kind, FEW, SEED)
    assert tried > FEW / 2
    assert not other, [(text, lost, new) for _, text, lost, new in other]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_thrown_in_seldom_changes_anything(language: str) -> None:
    """Not never: some of these sentences nobody would write. Before sentences were read twice it was one in six."""
    tried, other = changed(language, "aside", FEW, SEED)
    assert tried > FEW
    assert len(other) <= tried / 10, [(text, lost, new) for _, text, lost, new in other]


def test_the_measure_sees_a_change() -> None:
    """What tells a fact is told of: the measure itself can fail."""
    reader = Reader("en")
    text = "On 3 May 2011 the Office trained 40 judges."
    assert reader.facts(text, None) != reader.facts(text.replace("40", "41"), None)
    assert sum(reader.facts(text, None).values()) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_kind_of_change_is_made(language: str) -> None:
    """Each puts something into some paragraph, and nothing else is changed: the words are there in their order."""
    some, pick = phrases()[language], random.Random(SEED)
    texts = [case.text for case in cases(language)[:60]]
    for kind in set(KINDS) - {"join"}:
        made = [(text, other) for text in texts for other in variants(text, kind, some, pick)]
        assert made, kind
        for text, other in made:
            rest = iter(other.lower())
            assert len(other) > len(text)
            assert all(character in rest for character in text.lower().replace(" ", "").rstrip(".;。；")), (kind, other)
