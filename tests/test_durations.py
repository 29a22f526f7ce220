"""Durations: every template's examples, and what was said stays as it was said."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest

from pipeline.config import load
from pipeline.mentions.dates.spec import DurationSpec, Example
from pipeline.mentions.dates.timex import LETTERS, iso_duration
from pipeline.mentions.durations import DurationFinder
from pipeline.model import DurationMention
from pipeline.tables.columns import ISO_DURATION
from pipeline.text import Folded

CONFIGS = Path(__file__).parent.parent / "configs"
LANGUAGES = sorted(path.parent.name for path in CONFIGS.glob("languages/*/durations.yaml"))


@lru_cache(maxsize=8)
def finder(language: str) -> DurationFinder:
    return DurationFinder.from_config(CONFIGS, language)


EXAMPLES = [
    pytest.param(language, example, id=f"{language}-{template.id}-{number}")
    for language in LANGUAGES
    for template in load(DurationSpec, CONFIGS / "languages" / language / "durations.yaml").templates
    for number, example in enumerate(template.examples)
]


@pytest.mark.parametrize(("language", "example"), EXAMPLES)
def test_example(language: str, example: Example) -> None:
    """Every example of every template gives all of its durations and nothing else."""
    assert {m.text: m.iso for m in finder(language).find(example.text)} == example.gives


@pytest.mark.parametrize(
    ("count", "unit", "iso"),
    [
        ("12", "month", "P12M"),
        ("1.5", "year", "P1Y6M"),
        ("1.5", "hour", "PT1H30M"),
        ("0.5", "month", "P0.5M"),
        ("X", "day", "PXD"),
        ("2", "minute", "PT2M"),
        ("2.5", "day", "P2DT12H"),
    ],
)
def test_iso_duration(count: str, unit: str, iso: str) -> None:
    """An amount and a unit are written as ISO 8601 has them, never converted into larger units."""
    assert iso_duration(count, unit) == iso


def test_dates_are_left_alone() -> None:
    """A length inside a date expression is no duration, whether the dates are given or not."""
    text = "Three years ago it ran for 12 months, and in the past year for two days."
    assert [m.iso for m in finder("en").find(text)] == ["P12M", "P2D"]
    assert [m.iso for m in finder("en").find(text, [(0, len(text))])] == []


@pytest.mark.parametrize(
    ("iso", "calendar"),
    [
        ("P5DE", "P50Y"), ("P1CE", "P100Y"), ("PXDE", "PXY"), ("P12M", "P12M"), ("P4Q", "P12M"), ("P1H", "P6M"),
        ("P1.5Q", "P4.5M"), ("P1Y2Q", "P1Y6M"), ("P1DE2Y", "P12Y"), ("PT36H", "PT36H"), ("P1DT2H", "P1DT2H"),
        ("P3TNI", None), ("P2WE", None),
    ],
)  # fmt: skip
def test_decades_are_years_of_the_calendar(iso: str, calendar: str | None) -> None:
    """TIMEX3 has letters of its own for decades, quarters, nights; the tables hold ISO 8601, or nothing."""
    assert DurationMention(0, 1, "x", iso).calendar == calendar


@pytest.mark.parametrize("unit", sorted(LETTERS))
@pytest.mark.parametrize("count", ["1", "2.5", "12", "X"])
def test_every_unit_keeps_the_contract(unit: str, count: str) -> None:
    """A length in any unit that a grammar may give can stand in the column of durations."""
    said = DurationMention(0, 1, "x", iso_duration(count, unit)).calendar
    assert said is None or re.fullmatch(ISO_DURATION, said)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It further requests 12 States and 3 full members to hold a whole second round and another one."),
        ("fr", "Il prie en outre 12 États et 3 membres entiers de tenir un autre tour."),
        ("es", "Pide además a 12 Estados y a otros 3 miembros que celebren una ronda entera."),
        ("ru", "Он просит также 12 государств и еще 3 полных члена провести другой тур."),
        ("zh", "又请12国和另外3个正式成员再举行一轮。"),
    ],
)
def test_a_text_without_a_unit_is_looked_at_no_further(language: str, text: str) -> None:
    """Words that stand everywhere ("and") are no sign of a length of time, though some hold them."""
    assert finder(language)._matcher.places([Folded.of(text)]) == [()]
