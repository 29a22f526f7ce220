"""Temporal expressions of the general register: every template's examples, intervals, and time that grows with length."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from pathlib import Path

import pytest

from pipeline.config import load
from pipeline.mentions.dates.feasts import day_of
from pipeline.mentions.dates.spec import Example
from pipeline.mentions.standalone import TimexFinder, TimexSpec

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
