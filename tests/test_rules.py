"""Every rule's examples run, and every cue is needed by one of them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from pipeline.config import read_yaml, validated
from pipeline.events.engine import EventFinder
from pipeline.events.rule_files import Example, ModalityFile, RuleFile
from pipeline.examples import Bench, disagreement
from tests.mutations import needless

CONFIGS = Path(__file__).parent.parent / "configs"
RULES = CONFIGS / "rules"
LANGUAGES = sorted(path.name for path in RULES.iterdir() if path.is_dir())


@cache
def bench(language: str) -> Bench:
    return Bench(CONFIGS, language)


@cache
def finder(language: str) -> EventFinder:
    return EventFinder.from_config(CONFIGS, language)


def examples() -> list[tuple[str, str | None, str, Example]]:
    """Language, event, id and example of every rule and modality cue."""
    found: list[tuple[str, str | None, str, Example]] = []
    for language in LANGUAGES:
        for path in sorted((RULES / language).glob("*.yaml")):
            source = read_yaml(path)
            if path.stem == "modality":
                for number, cue in enumerate(validated(ModalityFile, source).cues):
                    found += [(language, None, f"{language}.modality.{number}", e) for e in cue.examples]
            else:
                for rule in validated(RuleFile, source).rules:
                    found += [(language, path.stem, rule.id, e) for e in rule.examples]
    return found


CASES = [pytest.param(*e, id=f"{e[2]}-{n}") for n, e in enumerate(examples())]


@pytest.mark.parametrize(("language", "event", "rule", "example"), CASES)
def test_example(language: str, event: str | None, rule: str, example: Example) -> None:
    """What the rules read in an example is what the example says."""
    events = bench(language).events(example, finder(language))
    assert not disagreement(example.gives, events, event)


# Cues that still want an example of their own; none may be added, and one that got its example leaves this list.
UNPROVEN = Path(__file__).parent / "data" / "unproven_cues.txt"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cue_is_needed(language: str) -> None:
    """Deleting any cue breaks an example: a cue that no example needs does not exist."""
    known = UNPROVEN.read_text(encoding="utf-8").splitlines()
    assert needless(language) == [line for line in known if line.startswith(f"{language}/")]


def test_every_rule_has_a_positive_and_an_empty_example() -> None:
    """A rule shows what it reads and what it must leave alone."""
    lacking = []
    for language in LANGUAGES:
        for path in sorted((RULES / language).glob("*.yaml")):
            if path.stem != "modality":
                for rule in validated(RuleFile, read_yaml(path)).rules:
                    if not any(e.gives for e in rule.examples) or all(e.gives for e in rule.examples):
                        lacking.append(rule.id)
    assert not lacking
