"""Memory in large pages: what is asked for, and that nothing else comes of it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pipeline import large_pages
from pipeline.large_pages import in_large_pages

MAPS = """\
55d0c8a00000-55d0c8f00000 r-xp 00000000 08:01 1234   /usr/bin/python3.11
55d0ca100000-55d0cc700000 rw-p 00000000 00:00 0      [heap]
7f0000000000-7f0000200000 rw-p 00000000 00:00 0
7f0000300000-7f0000400000 rw-p 00000000 00:00 0
7f0000600000-7f0000a00000 rw-p 00000000 08:01 99     /tmp/a file
7f0001000000-7f0001400000 ---p 00000000 00:00 0
7ffc00000000-7ffc00800000 rw-p 00000000 00:00 0      [stack]
"""


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int, int]]:
    """What the system is asked, on a machine with the memory above and pages of 2 MiB."""
    calls: list[tuple[int, int, int]] = []

    class Library:
        """The C library, but for what it does."""

        def __init__(self, _: None) -> None: ...

        @staticmethod
        def madvise(address: object, length: object, advice: int) -> int:
            """Write down what is asked."""
            calls.append((address.value, length.value, advice))  # type: ignore[attr-defined]
            return -(len(calls) % 2)  # every other stretch is refused

    (tmp_path / "maps").write_text(MAPS)
    (tmp_path / "size").write_text("2097152\n")
    monkeypatch.setattr(large_pages, "_MAPS", tmp_path / "maps")
    monkeypatch.setattr(large_pages, "_SIZE", tmp_path / "size")
    monkeypatch.setattr("ctypes.CDLL", Library)
    monkeypatch.setattr(sys, "platform", "linux")
    return calls


def test_whole_pages_of_own_memory_are_asked_for(asked: list[tuple[int, int, int]]) -> None:
    """No code, no file, no stack; from the first whole page to the last one."""
    assert in_large_pages() == 0x200000
    assert asked == [(0x55D0CA200000, 0x2400000, 25), (0x7F0000000000, 0x200000, 25)]


@pytest.mark.parametrize("size", [None, "", "many"])
def test_a_system_without_them_is_left_alone(asked: list[tuple[int, int, int]], size: str | None) -> None:
    """As is one of another kind."""
    large_pages._SIZE.unlink()
    if size is not None:
        large_pages._SIZE.write_text(size)
    assert in_large_pages() == 0
    assert asked == []


def test_another_system_is_left_alone(asked: list[tuple[int, int, int]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Its memory is its own."""
    monkeypatch.setattr(sys, "platform", "darwin")
    assert in_large_pages() == 0
    assert asked == []


def test_memory_is_as_it_was() -> None:
    """Where there are such pages: what stands in them is the same."""
    kept = [bytes([n % 251]) * 1000 for n in range(20_000)]
    in_large_pages()
    assert all(kept[n] == bytes([n % 251]) * 1000 for n in range(20_000))
