"""Compiled expressions: kept, they are those of `re.compile`; damaged or of another Python, they are not used."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import programs
from pipeline.expressions import Expressions
from pipeline.programs import Useless, key_of, pattern_of, program_of

SOURCES = [
    (r"(?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<month>May|June)(?=[ ,.])", 0),
    (r"(?<!\w)(?:é|[а-яё]+|[\u4e00-\u9fff]{2,}?)+?(?P<rest>[^\W\d_]*)$", re.IGNORECASE),
    (r"^ (?: (a) \1? | (b) )  # verbose", re.VERBOSE | re.MULTILINE),
    (r"(?>x*+)(?:(y)(?(1)z|w))\Z", re.ASCII | re.DOTALL),
    ("\ud800|\x00|\U0001f600", 0),
]
LONG = "|".join(f"(?P<w{number}>word{number}s?)" for number in range(12))


@pytest.mark.parametrize(("source", "flags"), SOURCES)
def test_a_program_is_what_re_compiles(source: str, flags: int) -> None:
    pattern = pattern_of(program_of(source, int(flags)), source, int(flags))
    assert pattern == re.compile(source, flags)  # equal: source, flags and the engine's own code
    assert pattern.groupindex == re.compile(source, flags).groupindex
    assert pattern.groups == re.compile(source, flags).groups


@given(st.from_regex(r"(\(\?:|[a-c|.?*+^$()])+", fullmatch=True), st.text("abc\n", max_size=8))
def test_what_re_refuses_is_refused_and_the_rest_matches_alike(source: str, text: str) -> None:
    try:
        wanted = re.compile(source)
    except re.error as error:
        with pytest.raises(re.error, match=re.escape(error.msg)):
            program_of(source, 0)
        return
    pattern = pattern_of(program_of(source, 0), source, 0)
    assert pattern == wanted
    assert [match.span() for match in pattern.finditer(text)] == [match.span() for match in wanted.finditer(text)]


def test_a_damaged_program_or_one_of_another_expression_is_not_used() -> None:
    program = program_of(LONG, 0)
    for place in range(0, len(program), max(1, len(program) // 97)):
        damaged = bytearray(program)
        damaged[place] ^= 4
        with pytest.raises(Useless):
            pattern_of(bytes(damaged), LONG, 0)
    for other, flags in ((LONG + "x", 0), (LONG, int(re.IGNORECASE))):
        with pytest.raises(Useless):
            pattern_of(program, other, flags)
    with pytest.raises(Useless):
        pattern_of(b"", LONG, 0)


def test_a_program_of_another_version_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    key, program = key_of(LONG, 0), program_of(LONG, 0)
    monkeypatch.setattr(programs.sys, "version", "3.99.0 (other)")
    assert key_of(LONG, 0) != key
    with pytest.raises(Useless):
        pattern_of(program, LONG, 0)


def _compilations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Fills up with what is compiled from now on."""
    told: list[str] = []

    def compiled(source: str, flags: int) -> bytes:
        told.append(source)
        return program_of(source, flags)

    monkeypatch.setattr("pipeline.expressions.program_of", compiled)
    return told


def test_what_was_compiled_once_is_not_compiled_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = _compilations(monkeypatch)
    first = Expressions(tmp_path / "folder" / "kept")
    assert first.compiled(LONG) == re.compile(LONG)
    first.keep(worth=0)
    second = Expressions(tmp_path / "folder" / "kept")
    assert second.compiled(LONG) == re.compile(LONG)
    assert told == [LONG]
    second.compiled(LONG, re.IGNORECASE)
    second.keep(worth=0)
    third = Expressions(tmp_path / "folder" / "kept")
    assert third.compiled(LONG, re.IGNORECASE) == re.compile(LONG, re.IGNORECASE)
    assert third.compiled(LONG) == re.compile(LONG)
    assert told == [LONG, LONG]
    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["kept"]


@pytest.mark.parametrize("damage", [b"", b"unfacts1", b"not packed at all" * 99])
def test_a_damaged_file_is_written_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes) -> None:
    file = tmp_path / "kept"
    file.write_bytes(damage)
    expressions = Expressions(file)
    assert expressions.compiled(LONG) == re.compile(LONG)
    expressions.keep(worth=0)
    told = _compilations(monkeypatch)
    assert Expressions(file).compiled(LONG) == re.compile(LONG)
    assert told == []


def test_damage_inside_of_the_file_is_met(tmp_path: Path) -> None:
    file = tmp_path / "kept"
    expressions = Expressions(file)
    expressions.compiled(LONG)
    expressions.keep(worth=0)
    data = bytearray(file.read_bytes())
    data[-40:] = bytes(40)
    file.write_bytes(data)
    assert Expressions(file).compiled(LONG) == re.compile(LONG)


def test_where_nothing_can_be_kept_it_is_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    for place in (None, tmp_path / "file" / "kept"):  # a file is no folder
        expressions = Expressions(place)
        assert expressions.compiled(LONG) == re.compile(LONG)
        expressions.keep(worth=0)
    monkeypatch.setattr("pipeline.programs.import_module", _no_module)
    expressions = Expressions(tmp_path / "kept")
    assert expressions.compiled(LONG) == re.compile(LONG)
    expressions.keep(worth=0)
    assert not (tmp_path / "kept").exists()


def _no_module(name: str) -> None:
    raise ImportError(name)


def test_too_large_a_file_begins_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "kept"
    expressions = Expressions(file)
    for number in range(9):
        expressions.compiled(LONG + str(number))
    expressions.keep(worth=0)
    size = file.stat().st_size
    monkeypatch.setattr("pipeline.expressions._MOST", size // 2)
    expressions.compiled(LONG)
    expressions.keep(worth=0)
    assert file.stat().st_size < size // 2
    assert Expressions(file).compiled(LONG) == re.compile(LONG)
