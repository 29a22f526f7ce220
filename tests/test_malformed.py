"""Configurations that are malformed anywhere: one clear error that names the file and the line, never a traceback."""

# ruff: noqa: E501  a broken text is best read on one line
from __future__ import annotations

import copy
import os
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.alignments.concepts import Concepts
from pipeline.alignments.signatures import Signer
from pipeline.config import ConfigError, Loc, Yaml, language_file, read_yaml
from pipeline.events.rules import rule_set
from pipeline.events.types import event_types
from pipeline.languages import Languages
from pipeline.layout import Layout
from pipeline.mentions.dates import DateFinder
from pipeline.mentions.durations import DurationFinder
from pipeline.mentions.lexicon import Lexicon
from pipeline.mentions.names import NameFinder
from pipeline.mentions.numerals import Numerals
from pipeline.mentions.quantities import QuantityFinder
from pipeline.mentions.references import ReferenceFinder
from pipeline.sentences import Sentences
from pipeline.settings import settings
from pipeline.standalone import TimexFinder
from pipeline.tokens import tokenizer

CONFIGS = Path(__file__).parent.parent / "configs"
PER_FILE = int(os.environ.get("UNFACTS_MUTANTS", "2"))  # mutants of each kind and file; the test is as long as this
LOADERS: dict[str, Callable[[Path], object]] = {
    "pipeline.yaml": settings,
    "layout.yaml": Layout.from_config,
    "lexicon/missions.yaml": Lexicon.from_folder,
    "events/training.yaml": event_types,
    "events/mandate_extension.yaml": event_types,
    "rules/en/meeting.yaml": lambda folder: rule_set(folder, "en"),
    "rules/en/modality.yaml": lambda folder: rule_set(folder, "en"),
    "languages/en/grammar.yaml": lambda folder: rule_set(folder, "en"),
    "languages/en/dates.yaml": lambda folder: DateFinder.from_config(folder, "en"),
    "languages/en/durations.yaml": lambda folder: DurationFinder.from_config(folder, "en"),
    "languages/en/timex.yaml": lambda folder: TimexFinder.from_config(folder, "en"),
    "languages/en/numerals.yaml": lambda folder: Numerals.from_config(folder, "en"),
    "languages/zh/numerals.yaml": lambda folder: Numerals.from_config(folder, "zh"),
    "languages/en/quantities.yaml": lambda folder: QuantityFinder.from_config(folder, "en"),
    "languages/en/names.yaml": lambda folder: NameFinder.from_config(folder, "en"),
    "languages/en/references.yaml": lambda folder: ReferenceFinder.from_config(folder, "en"),
    "languages/en/sentences.yaml": lambda folder: Sentences.from_config(folder, "en"),
    "languages/en/layout.yaml": Layout.from_config,
    "languages/en/identification.yaml": lambda folder: Languages.from_config(folder, ["en"]),
    "languages/en/alignment.yaml": lambda folder: Signer.from_config(folder, "en"),
    "languages/en/concepts.yaml": lambda folder: Concepts.from_config(folder, "en"),
    "languages/zh/tokens.yaml": lambda folder: tokenizer(folder, "zh"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of configurations, all of them links to the true ones."""
    top = tmp_path / "configs"
    for path in sorted(CONFIGS.rglob("*.yaml")):
        link = top / path.relative_to(CONFIGS)
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(path)
    return top


def put(folder: Path, name: str, data: bytes | None) -> None:
    (folder / name).unlink()
    if data is not None:
        (folder / name).write_bytes(data)
    for cached in (language_file, read_yaml, settings, event_types):
        if hasattr(cached, "cache_clear"):
            cached.cache_clear()


def fault(folder: Path, name: str) -> ConfigError | None:
    """The error that loading the file gives, if it gives any; everything else it raises is a fault of the test."""
    try:
        LOADERS[name](folder)
    except ConfigError as error:
        return error
    return None


def clear(error: ConfigError | None, folder: Path, name: str) -> ConfigError:
    assert error is not None, "no error"
    assert error.path == folder / name, f"another file: {error}"
    assert error.problem
    assert "\n" not in str(error)
    assert "Error" not in str(error), error  # the names of Python's exceptions tell people nothing
    return error


def spots(source: Yaml) -> list[Loc]:
    """A place of each shape: of a list's items and of keys that repeat in many items, one."""
    chosen: dict[tuple[object, ...], Loc] = {}
    for loc in source.lines:
        shape = tuple("#" if isinstance(part, int) else part for part in loc)
        chosen.setdefault(shape, loc)
    return sorted(chosen.values(), key=str)


def node(data: Any, loc: Loc) -> Any:
    for part in loc:
        data = data[part]
    return data


def dumped(data: Any) -> bytes:
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    return yaml.dump(data, Dumper=dumper, allow_unicode=True, sort_keys=False, width=10_000).encode()


def mutants(name: str, kind: str) -> Iterator[tuple[bytes, Loc]]:
    """Texts of the file with one fault of a kind in it, and where it is."""
    source = read_yaml(CONFIGS / name)
    places = [loc for loc in spots(source) if loc]
    random.Random(name).shuffle(places)
    found = 0
    for loc in places:
        data = copy.deepcopy(source.data)
        parent, old = node(data, loc[:-1]), node(data, loc)
        if kind == "a mapping for a list" and isinstance(old, list):
            parent[loc[-1]] = {"a": {"b": "c"}}
        elif kind == "a word for a mapping" and isinstance(old, dict):
            parent[loc[-1]] = "nonsense"
        elif kind == "a list for a word" and isinstance(old, str):
            parent[loc[-1]] = [["a"], ["b"]]
        elif kind == "an empty list" and isinstance(old, list):
            parent[loc[-1]] = []
        elif kind == "an empty word" and isinstance(old, str):
            parent[loc[-1]] = ""
        elif kind == "brackets" and isinstance(old, str):
            parent[loc[-1]] = old + "([{"
        elif kind == "an unknown key" and isinstance(old, dict):
            old["nonsense"] = "x"
        elif kind == "a key that is lacking" and isinstance(parent, dict):
            del parent[loc[-1]]
        else:
            continue
        yield dumped(data), loc
        found += 1
        if found >= PER_FILE:
            return


@pytest.mark.parametrize("name", LOADERS)
def test_a_sound_configuration_loads(folder: Path, name: str) -> None:
    """Before anything is broken, nothing is."""
    assert fault(folder, name) is None


@pytest.mark.parametrize("name", LOADERS)
@pytest.mark.parametrize("kind", ["a mapping for a list", "a word for a mapping", "a list for a word"])
def test_a_wrong_type_is_one_clear_error(folder: Path, name: str, kind: str) -> None:
    """Whatever key it is at; the line is that of the fault."""
    for data, loc in mutants(name, kind):
        put(folder, name, data)
        error = clear(fault(folder, name), folder, name)
        lines = read_yaml(folder / name).lines
        assert lines[loc[:1]] <= error.line <= max(line for at, line in lines.items() if at[:1] == loc[:1]), (
            loc,
            error,
        )


@pytest.mark.parametrize("name", LOADERS)
@pytest.mark.parametrize(
    "kind", ["an empty list", "an empty word", "brackets", "an unknown key", "a key that is lacking"]
)
def test_what_may_be_a_fault_is_a_clear_error_if_it_is_one(folder: Path, name: str, kind: str) -> None:
    """No other exception than ConfigError, whatever is empty, lacking, unknown or no pattern."""
    for data, _ in mutants(name, kind):
        put(folder, name, data)
        error = fault(folder, name)
        if error is not None and kind == "a key that is lacking":  # what refers to it may be in another file
            assert error.path.is_relative_to(folder)
        elif error is not None:
            clear(error, folder, name)


@pytest.mark.parametrize("name", LOADERS)
def test_an_unknown_key_is_named(folder: Path, name: str) -> None:
    """With its line, and the keys that are known."""
    put(folder, name, (CONFIGS / name).read_bytes().rstrip() + b"\nnonsense: x\n")
    error = clear(fault(folder, name), folder, name)
    assert "nonsense" in error.problem
    assert error.line == (CONFIGS / name).read_bytes().rstrip().count(b"\n") + 2


@pytest.mark.parametrize("name", LOADERS)
def test_a_file_that_is_no_sound_yaml_is_named(folder: Path, name: str) -> None:
    """Not UTF-8, tabs, binary, cut off, empty, a list, a word, an alias bomb, a tag: each an error of that file."""
    whole = (CONFIGS / name).read_bytes()
    texts = [
        whole + "# é".encode("latin-1"), b"\tkey: x\n" + whole, b"- a\n- b\n", b"", whole.decode().encode("utf-16"), b"\x00\x01\x02",
        b"a: [b", b"a: 'b", b"word", b"? [a, b]\n: c\n", b"nonsense: !!python/object:os.system x\n", b"*a", b"{" * 5_000,
        b"[" * 5_000 + b"]" * 5_000, b"a: " * 3_000, b"---\na: b\n---\nc: d\n", b"a: b\na: c\n", b"%YAML 9.9\n---\n",
    ]  # fmt: skip
    for data in texts if name in ("pipeline.yaml", "languages/en/numerals.yaml") else texts[:4]:
        if not data and name in ("lexicon/missions.yaml", "languages/en/timex.yaml"):
            continue  # which may be empty
        put(folder, name, data)
        clear(fault(folder, name), folder, name)


def test_aliases_of_aliases_are_stopped(folder: Path) -> None:
    """A few lines that stand for more than any memory holds, and one that holds itself."""
    bomb = b"a: &a [x, x]\n" + b"".join(b"%c: &%c [*%c, *%c]\n" % (c + 1, c + 1, c, c) for c in range(97, 121))
    for data in (bomb, b"a: &a [*a]\n"):
        put(folder, "pipeline.yaml", data)
        clear(fault(folder, "pipeline.yaml"), folder, "pipeline.yaml")


@pytest.mark.parametrize("name", [n for n in LOADERS if n.startswith(("languages", "lexicon", "layout", "pipeline"))])
def test_a_file_that_is_lacking_is_named(folder: Path, name: str) -> None:
    """A language without one of its files says which."""
    if name in ("languages/en/timex.yaml", "languages/en/layout.yaml", "languages/en/identification.yaml"):
        pytest.skip("this file may be lacking")
    put(folder, name, None)
    error = clear(fault(folder, name), folder, name)
    assert "file not found" in error.problem


@pytest.mark.parametrize(
    "cue", ["{a|b", "a}", "[NOTHING]", "<nothing>", "@nothing", "!", "+", "{}", "()", "a | b", "[", "<>", "\\"]
)
def test_a_faulty_cue_is_named_with_its_rule(folder: Path, cue: str) -> None:
    """The message holds the cue, and the line is that of the rule's trigger."""
    data = read_yaml(CONFIGS / "rules/en/meeting.yaml").data
    data["rules"][0]["trigger"] = [cue]
    put(folder, "rules/en/meeting.yaml", dumped(data))
    error = clear(fault(folder, "rules/en/meeting.yaml"), folder, "rules/en/meeting.yaml")
    assert error.line == read_yaml(folder / "rules/en/meeting.yaml").lines[("rules", 0, "trigger", 0)]
    assert re.search("cue|forms|group|mention", error.problem), error
