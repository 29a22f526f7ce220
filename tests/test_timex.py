"""Temporal expressions of the general register: every template's examples, intervals, movable feasts, linear time."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from pathlib import Path

import pytest

from pipeline.config import load
from pipeline.mentions.dates.feasts import day_of
from pipeline.mentions.dates.spec import Example
from pipeline.standalone import TimexFinder
from pipeline.timex_layer import TimexSpec
from tests.traced_dates import needless

CONFIGS = Path(__file__).parent.parent / "configs"
LANGUAGES = sorted(path.parent.name for path in CONFIGS.glob("languages/*/timex.yaml"))


@lru_cache(maxsize=8)
def finder(language: str) -> TimexFinder:
    return TimexFinder.from_config(CONFIGS, language)


@lru_cache(maxsize=8)
def spec(language: str) -> TimexSpec:
    return load(TimexSpec, CONFIGS / "languages" / language / "timex.yaml")


def values(language: str, text: str, date: str | None = None) -> dict[str, str]:
    found = finder(language).find(text, dt.date.fromisoformat(date) if date else None)
    return {m.text: m.timex_value for m in found.dates} | {m.text: m.iso for m in found.durations}


EXAMPLES = [
    pytest.param(language, example, id=f"{language}-{template.id}-{number}")
    for language in LANGUAGES
    for template in (*spec(language).dates.templates, *spec(language).durations.templates)
    for number, example in enumerate(template.examples)
]


@pytest.mark.parametrize(("language", "example"), EXAMPLES)
def test_example(language: str, example: Example) -> None:
    """Every example of every template gives all of its dates and durations, and nothing else."""
    assert values(language, example.text, example.date) == example.gives


@pytest.mark.parametrize(
    ("language", "text", "dates", "whole", "edtf"),
    [
        ("en", "From 14 to 18 May 2015.", ["14", "18 May 2015"], "From 14 to 18 May 2015", "2015-05-14/2015-05-18"),
        ("en", "It grew between 2003 and 2005.", ["2003", "2005"], "between 2003 and 2005", "2003/2005"),
        ("en", "The war of 1914-1918.", ["1914", "1918"], "1914-1918", "1914/1918"),
        ("zh", "自2015年5月起至7月止。", ["2015年5月", "7月"], "自2015年5月起至7月止", "2015-05/2015-07"),
    ],
)
def test_interval(language: str, text: str, dates: list[str], whole: str, edtf: str) -> None:
    """The ends of an interval are dates of their own; the interval stands beside them, with the words around it."""
    found = finder(language).find(text, None)
    assert [d.text for d in found.dates] == dates
    assert [(i.text, i.edtf) for i in found.intervals] == [(whole, edtf)]


@pytest.mark.parametrize(
    ("rule", "year", "day"),
    [
        ("day 12 25", 2004, "2004-12-25"),
        ("week 11 4 4", 2004, "2004-11-25"),
        ("week 5 1 -1", 2012, "2012-05-28"),
        ("week 12 1 -1", 2012, "2012-12-31"),
        ("easter", 2024, "2024-03-31"),
        ("easter -2", 2013, "2013-03-29"),
        ("moon 1 1", 1998, "1998-01-28"),
        ("moon 1 1", 2034, "2034-02-19"),  # after the leap eleventh month of 2033
        ("moon 1 1 -1", 2024, "2024-02-09"),
        ("moon 8 15", 2020, "2020-10-01"),  # after a leap fourth month
        ("moon 12 8", 2023, "2024-01-18"),
        ("sun 15", 2004, "2004-04-04"),
        ("sun 15", 1990, "1990-04-05"),
        ("orthodox 0", 2019, "2019-04-28"),
        ("orthodox 0", 2024, "2024-05-05"),
        ("orthodox 49", 2021, "2021-06-20"),
        ("hijri 10 1", 2021, "2021-05-13"),
        ("hijri 12 10", 2015, "2015-09-24"),
        ("hijri 1 1", 622, "0622-07-19"),
    ],
)
def test_feast(rule: str, year: int, day: str) -> None:
    """Movable feasts fall where the almanacs have them."""
    assert day_of(rule, year).isoformat() == day


def test_what_is_no_rule_is_refused() -> None:
    """A rule that cannot be read says so."""
    for rule in ("mars 1 1", "moon 1", "easter 1 2"):
        with pytest.raises(ValueError, match="no rule for a feast"):
            day_of(rule, 2004)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "He was crowned in 359 BC and took the mines two years later.",
            {"359 BC": "BC0359", "two years later": "BC0357"},
        ),
        ("He died in 2 BC; three years later there was peace.", {"2 BC": "BC0002", "three years later": "0002"}),
        (
            "It fell in the 12th century and rose in the following century.",
            {"the 12th century": "11", "the following century": "12"},
        ),
        (
            "At 22:10 on 14 March 1945 bombs fell; fifty minutes later it was over.",
            {"22:10 on 14 March 1945": "1945-03-14T22:10", "fifty minutes later": "1945-03-14T23:00"},
        ),
        (
            "It came on Monday, 2 September 1878; by Friday there were forty.",
            {"Monday, 2 September 1878": "1878-09-02", "Friday": "1878-09-06"},
        ),
        ("Surveyed in 1846, it was built in the early fifties.", {"1846": "1846", "the early fifties": "185"}),
        (
            "It lay there for the next seven days from 3 May 1897; peace came in June.",
            {"the next seven days": "P7D", "3 May 1897": "1897-05-03", "June": "1897-06"},
        ),
    ],
)
def test_what_is_counted_from_what_was_told(text: str, expected: dict[str, str]) -> None:
    """Years before our era, centuries, times of day and weekdays are told on from, too; lengths of time are not."""
    assert values("en", text, "2009-09-15") == expected


def test_durations_in_brackets() -> None:
    """A number repeated in brackets is the same length; without brackets it is a number of its own."""
    assert values("en", "It lasts thirty (30) days.") == {"thirty (30) days": "P30D"}
    assert values("en", "It is a 2 hour drive.") == {"2 hour": "PT2H"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_needed(language: str) -> None:
    """Every pattern reads some example; every word of a context alone lets a match stand in one, or forbids it."""
    assert needless(language) == []
