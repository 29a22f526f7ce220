"""What is made of rules is kept for the next process: the same, and never that of other rules or of a damaged file."""

import os
import pickle
import re
import shutil
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest

from pipeline import extract, kept
from pipeline.config import ConfigError, default_folder
from pipeline.events.engine import EventFinder
from pipeline.events.rules import RuleSet
from pipeline.examples import Bench
from pipeline.extract import kept_rules
from pipeline.model import Rejection
from pipeline.settings import settings

CONFIGS = default_folder()
MADE = Rejection("file", "", "reason", "cure")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("UNFACTS_CACHE", str(folder))
    return folder


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Fills up with the languages whose rules are made and not read."""
    told, make = list[str](), extract.rule_set

    def counted(folder: Path, language: str) -> RuleSet:
        told.append(language)
        return make(folder, language)

    monkeypatch.setattr(extract, "rule_set", counted)
    return told


def _patterns(found: RuleSet) -> list[object]:
    return [
        (one.source, one.ways, one.needed, one.signs, one.gapped, one.plain.source)
        for each in (*found.rules, *found.modalities)
        for one in each.patterns()
    ]


@pytest.mark.parametrize("language", settings(CONFIGS).languages)
def test_rules_that_were_kept_are_those_that_were_made(language: str, made: list[str]) -> None:
    first, second = kept_rules(CONFIGS, language), kept_rules(CONFIGS, language)
    assert made == [language]
    assert _patterns(second) == _patterns(first)
    assert [each.rule for each in second.rules] == [each.rule for each in first.rules]
    assert second.writing == first.writing
    assert second.classifiers == first.classifiers
    bench, finders = Bench(CONFIGS, language), [EventFinder.of(first), EventFinder.of(second)]
    examples = [example for each in first.rules for example in islice(each.rule.examples, 1)]
    read = [[bench.events(example, finder) for example in examples] for finder in finders]
    assert read[0] == read[1]
    assert sum(map(len, read[0])) > len(examples) / 2


def test_other_rules_are_read_anew(tmp_path: Path, made: list[str]) -> None:
    folder = Path(shutil.copytree(CONFIGS, tmp_path / "configs"))
    kept_rules(folder, "en")
    file = folder / "rules" / "en" / "meeting.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("en.meeting.", "en.meeting.other_", 1), encoding="utf-8")
    changed = kept_rules(folder, "en")
    assert any(each.rule.id.startswith("en.meeting.other_") for each in changed.rules)
    file.unlink()
    assert {each.event for each in kept_rules(folder, "en").rules} == set(changed.events) - {"meeting"}
    file.write_text(text.replace("trigger:", "triger:", 1), encoding="utf-8")
    for _ in range(2):
        with pytest.raises(ConfigError, match=r"meeting\.yaml:\d+: unknown key 'triger'"):
            kept_rules(folder, "en")
    file.write_text(text, encoding="utf-8")
    kept_rules(folder, "en")
    kept_rules(CONFIGS, "en")  # the same, in another folder
    assert len(made) == 7  # and none of them was read


def test_a_missing_grammar_is_told_as_ever(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(CONFIGS, tmp_path / "configs"))
    (folder / "languages" / "en" / "grammar.yaml").unlink()
    with pytest.raises(ConfigError, match=r"grammar\.yaml:1: file not found"):
        kept_rules(folder, "en")


def _kept(make: Callable[[], Rejection] = lambda: MADE) -> Rejection:
    return kept.kept(Rejection, "test", CONFIGS, [CONFIGS / "pipeline.yaml"], make)


def _never() -> Rejection:
    raise AssertionError("made again")


def test_a_damaged_file_is_made_anew(cache: Path) -> None:
    _kept()
    assert _kept(_never) == MADE
    [file] = cache.iterdir()
    whole = file.read_bytes()
    for place in range(0, len(whole), 5):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        assert _kept() == MADE
        assert file.read_bytes() == whole
    for damaged in (b"", whole[:-1], whole + b"."):
        file.write_bytes(damaged)
        assert _kept() == MADE
    assert _kept(_never) == MADE


def test_of_another_program_nothing_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    _kept()
    monkeypatch.setattr(kept, "program_key", lambda: "another")
    with pytest.raises(AssertionError, match="made again"):
        _kept(_never)


class Foreign:
    """What a file must not be able to make."""

    def __init__(self, function: str) -> None:
        self.function = function

    def __reduce__(self) -> tuple[object, tuple[str, str]]:
        return _named(self.function), ("touched", "w")


def _named(name: str) -> object:
    from pipeline import caches

    return {"open": open, "written": caches.written}[name]


@pytest.mark.parametrize("function", ["open", "written"])  # Python's own, and one of this package
def test_a_file_makes_nothing_but_what_is_kept(cache: Path, function: str) -> None:
    _kept()
    [file] = cache.iterdir()
    key = file.read_bytes()[:32]
    data = pickle.dumps(Foreign(function))
    file.write_bytes(key + kept._digest(key, data) + data)
    assert kept._read(file, key) is None
    assert _kept() == MADE


def test_expressions_come_back_compiled() -> None:
    pattern = re.compile(r"(?P<day>\d{1,2}) May", re.IGNORECASE)
    key = bytes(32)
    assert pickle.loads(kept._bytes_of(key, pattern)[64:]) == pattern


def test_where_nothing_can_be_kept_it_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    for place in ("", str(tmp_path / "file")):  # nowhere; a file is no folder
        monkeypatch.setenv("UNFACTS_CACHE", place)
        assert _kept() == MADE
        with pytest.raises(AssertionError, match="made again"):
            _kept(_never)


def test_what_has_no_form_as_bytes_is_made_each_time(cache: Path) -> None:
    for _ in range(2):
        made = kept.kept(list, "test", CONFIGS, [], lambda: [open])  # Python's own functions are kept by name
        assert made == [open]
    made = kept.kept(list, "test", CONFIGS, [], lambda: [lambda: None])
    assert len(made) == 1


def test_what_was_written_first_goes(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _kept()
    [file] = cache.iterdir()
    size = file.stat().st_size
    file.unlink()
    (cache / "expressions").mkdir()
    monkeypatch.setattr(kept, "_MOST", 3 * size)
    for number in range(6):
        kept.kept(Rejection, str(number), CONFIGS, [], lambda: MADE)
        for path in cache.glob("rules.*"):  # each a day older than the one after it
            os.utime(path, ns=(0, path.stat().st_mtime_ns - 10**14))
    assert len(list(cache.glob("rules.*"))) == 3
    assert kept.kept(Rejection, "5", CONFIGS, [], _never) == MADE
    assert (cache / "expressions").is_dir()
    assert not list(cache.glob("*.new"))
