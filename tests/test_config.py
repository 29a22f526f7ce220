"""Configuration: strings only, and every fault names the file, the line and the cure."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.config import ConfigError, read_yaml
from pipeline.events.rules import rule_set

CONFIGS = Path(__file__).parent.parent / "configs"
RULES = "rules/en/mandate_extension.yaml"


def test_scalars_are_strings(tmp_path: Path) -> None:
    """YAML's implicit types are off: `on` is a cue."""
    path = tmp_path / "a.yaml"
    path.write_text("words: [on, no, 1er, 2004, ~, 1.5]\n", encoding="utf-8")
    assert read_yaml(path).data == {"words": ["on", "no", "1er", "2004", "~", "1.5"]}


def test_a_key_that_stands_twice_is_an_error(tmp_path: Path) -> None:
    """The second of two equal keys does not win in silence."""
    path = tmp_path / "a.yaml"
    path.write_text("a: 1\nb: 2\na: 3\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"a\.yaml:3: the key 'a' stands twice"):
        read_yaml(path)


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    """The message names the file."""
    with pytest.raises(ConfigError, match=r"nothing\.yaml:1: file not found"):
        read_yaml(tmp_path / "nothing.yaml")


MINIMAL = """rules:
  - id: en.mandate_extension.a
    trigger: [extend]
    examples: [{text: "x", gives: []}]
"""


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        (lambda s: s.replace("trigger:", "triger:"), 3, "triger"),
        (lambda s: s.replace("[extend]", "[]"), 3, "trigger"),
        (lambda s: s.replace("[extend]", "['{extend']"), 3, "not closed"),
        (lambda s: s.replace("[extend]", "[<nothing>]"), 3, "no forms of <nothing>"),
        (lambda s: s.replace("en.mandate_extension.a", "zh.mandate_extension.a"), 2, "disagrees with its path"),
        (lambda s: s + s.partition("rules:\n")[2], 5, "stands twice"),
        (lambda s: s + "    slots: {colour: ['[DATE]']}\n", 5, "colour"),
        (lambda s: s.replace("gives: []", "gives: [{colour: red}]"), 4, "colour"),
        (lambda s: s.replace("    trigger", "\ttrigger"), 3, "YAML"),
        (lambda s: s.replace('examples: [{text: "x", gives: []}]', "examples: []"), 4, "examples"),
    ],
)
def test_a_malformed_rule_names_its_line(tmp_path: Path, change: Callable[[str], str], line: int, says: str) -> None:
    """The message of a fault in a rules file names the file, the line and what is wrong."""
    shutil.copytree(CONFIGS, tmp_path / "configs")
    path = tmp_path / "configs" / RULES
    path.write_text(change(MINIMAL), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        rule_set(tmp_path / "configs", "en")
    assert caught.value.path == path
    assert caught.value.line == line
    assert says in str(caught.value)
