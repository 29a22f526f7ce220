"""Dates that stand without a preposition, and the cues that take them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.events.adverbials import with_adverbials
from pipeline.events.cues import CueError, Vocabulary, pattern_source, tokens_of
from pipeline.events.mask import SIGNS
from pipeline.events.patterns import Pattern
from pipeline.events.rule_files import Example
from pipeline.events.rules import rule_set
from pipeline.examples import Bench

CONFIGS = Path(__file__).parent.parent / "configs"
WITHOUT = Vocabulary({}, {}, spaced=True)
WITH = Vocabulary({}, {}, spaced=True, prepositions=("in", "on"))
DATE, WHEN = SIGNS["DATE"], SIGNS["WHEN"]


@pytest.mark.parametrize(
    ("cue", "takes"),
    [
        ("held in [DATE]", True),
        ("held {in|by} [DATE]", True),
        ("held {{early|late} in|on} [DATE]", True),
        ("held {by|in the course of} [DATE]", False),
        ("held until [DATE]", False),
        ("held [DATE]", True),
        ("held (until) [DATE]", True),
        ("held {in|on} (or {by|about}) [DATE]", True),  # what may be missing between is no other word
        ("held {by|about} (or {in|on}) [DATE]", False),
        ("held in .. [DATE]", True),
        ("held in the [DATE]", False),
    ],
)
def test_a_cue_that_asks_for_a_preposition_takes_a_date_without_one(cue: str, takes: bool) -> None:
    """Only one of the grammar's own prepositions, by itself, may be absent; dates with it match as ever."""
    assert (Pattern.of([cue], WITH).search(f"held {WHEN}") is not None) is takes
    for said in ("in", "by", "until", "early in", "in the course of", ""):
        text = f"held {said} {DATE}".replace("  ", " ")
        found = [Pattern.of([cue], vocabulary).search(text) is not None for vocabulary in (WITH, WITHOUT)]
        assert found[0] == found[1]


def test_its_needles_hide_no_match() -> None:
    """What a text must hold for a cue to match leaves the other way open."""
    pattern = Pattern.of(["{in|on} [DATE]"], WITH)
    assert pattern.may_match(frozenset({WHEN}))
    assert pattern.may_match(frozenset({DATE}))
    assert not pattern.may_match(frozenset({"in"}))


def test_a_group_that_may_be_absent_and_a_bare_word_stay_as_they_are() -> None:
    """What may be missing already needs no other way; a word that is not the whole option asks for no preposition."""
    for cue in ("(in) [DATE]", "{in the|by} [DATE]", "[DATE]", "!in [DATE]"):
        assert tokens_of(cue, WITH) == tokens_of(cue, WITHOUT)
    assert "".join(with_adverbials(["{", "by", "|", "in", "}", " ", "[DATE]"], ["in"])) == "{{by|in} [DATE]|[WHEN]}"
    gap = ["in", " ", "(", "the", " ", "(", "..", ")", ")", " ", "..", " ", "[DATE]"]
    assert "".join(with_adverbials(gap, ["in"])) == "{in (the (..)) .. [DATE]|[WHEN]}"
    assert "".join(with_adverbials(["by", " ", "..", " ", "[DATE]"], ["in"])) == "by .. [DATE]"


def test_the_sign_needs_a_grammar_that_tells_such_dates() -> None:
    """A cue with [WHEN] in a language without `adverbial` would never match: an error."""
    with pytest.raises(CueError, match="adverbial"):
        pattern_source("[WHEN]", WITHOUT)
    assert pattern_source("[WHEN]", WITH) == WHEN


@pytest.mark.parametrize(
    ("language", "text", "adverbials"),
    [
        ("en", "It met this year, last May, two years ago, late last year and that month.", 5),
        ("en", "Since last year, in that year, by next week, on 3 May, of this year, and last year's report.", 0),
        ("fr", "Il s'est réuni cette année, l'an dernier, hier et le mois dernier.", 4),
        ("fr", "Depuis cette année, au cours de l'an dernier, d'ici le mois prochain, en mai, le 3 mai.", 0),
        ("es", "Se reunió este año, el mes pasado, ayer y el próximo año.", 4),
        ("es", "Desde este año, durante el mes pasado, para el próximo año, en mayo, el 3 de mayo.", 0),
        ("ru", "Он собрался сегодня, весной 2003 года и два года назад.", 3),
        ("ru", "С весны 2003 года, в этом году, до завтра, в мае и от 3 мая.", 0),
        ("ar", "اجتمع هذا العام، أمس، الشهر الماضي.", 3),
        ("ar", "منذ العام الماضي، في هذا العام، خلال الشهر الماضي، في أيار/مايو.", 0),
        ("en", "It met in the period from 3 to 5 May 2004, and over the period 7 to 9 May 2004.", 2),
        ("en", "It met from 3 to 5 May 2004, for the period from 7 to 9 May 2004, in the period since 2003.", 0),
        ("fr", "Il s'est réuni au cours de la période allant du 3 au 5 mai 2004.", 1),
        ("es", "Se reunió en el período comprendido entre el 3 y el 5 de mayo de 2004.", 1),
        ("ru", "Он собрался в период с 3 по 5 мая 2004 года.", 1),
        ("ar", "اجتمع خلال الفترة الممتدة من 3 إلى 5 أيار/مايو 2004.", 1),
    ],
)
def test_which_dates_stand_without_a_preposition(language: str, text: str, adverbials: int) -> None:
    """The sign tells those that stand alone, or with all that frames them, from those that a preposition governs."""
    example = Example(text=text, date="2004-05-08", gives=[])
    [sentence] = Bench(CONFIGS, language).masked(example, rule_set(CONFIGS, language))
    assert sentence.count(WHEN) == adverbials, sentence
