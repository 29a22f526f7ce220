"""Regular expressions that a machine compiles once.

A language has thousands of them, many of several thousand characters. To compile those that one letter needs takes a
second, half of what a run of one document takes, and each process does it again. So their programs are kept in a file
among the user's caches (pipeline.caches).
"""

from __future__ import annotations

import re
import sys
import time
from functools import lru_cache
from pathlib import Path

from pipeline.caches import cache_folder, written
from pipeline.programs import Useless, key_of, pattern_of, program_of
from pipeline.shards.packed import Packed, Torn, packed

_SHORT = 60  # characters; to look a shorter one up takes about as long as to compile it
_WORTH = 0.2  # seconds of compiling that are worth another writing of the file
_MOST = 64 * 2**20  # bytes of the file; rules that change leave programs behind that nobody asks for again


class Expressions:
    """Expressions whose programs are kept in a file; None: nowhere."""

    def __init__(self, file: Path | None) -> None:
        """The file need not be there; what is not whole in it is not used."""
        self._file = file
        self._kept = _packed_in(file)
        self._new: dict[str, bytes] = {}
        self._spent = 0.0

    def compiled(self, source: str, flags: int = 0) -> re.Pattern[str]:
        """What `re.compile` gives. Raises re.error."""
        flags = int(flags)
        if self._file is None or len(source) < _SHORT:
            return re.compile(source, flags)
        key = key_of(source, flags)
        try:
            if self._kept is not None:
                return pattern_of(self._kept.read(key), source, flags)
        except (KeyError, OSError, Useless):
            pass  # not kept, or the file was replaced, or is damaged: it is compiled again
        begun = time.perf_counter()
        try:
            program = program_of(source, flags)
            pattern = pattern_of(program, source, flags)
        except Useless:
            return re.compile(source, flags)
        self._new[key] = program
        self._spent += time.perf_counter() - begun
        return pattern

    def keep(self, worth: float = _WORTH) -> None:
        """Write what was compiled anew into the file, if it took `worth` seconds or more.

        Of two processes that write at once the later one wins; what the other wrote is compiled again one day.
        """
        if self._file is None or not self._new or self._spent < worth:
            return
        known = _packed_in(self._file)
        members = {} if known is None else _members(known)
        if sum(map(len, members.values())) > _MOST:
            members = {}
        if not written(self._file, packed({**members, **self._new})):
            self._file = None  # then it is compiled each time
        self._kept, self._new, self._spent = _packed_in(self._file), {}, 0.0


def _packed_in(file: Path | None) -> Packed | None:
    try:
        return None if file is None else Packed(file)
    except (OSError, Torn, ValueError):
        return None


def _members(kept: Packed) -> dict[str, bytes]:
    try:
        return {name: kept.read(name) for name in kept.names()}
    except OSError:
        return {}


@lru_cache(maxsize=1)
def _own() -> Expressions:
    folder = cache_folder()
    return Expressions(folder / f"expressions.{sys.implementation.cache_tag}" if folder else None)


@lru_cache(maxsize=2048)  # what several ask for is one
def expression(source: str, flags: int = 0) -> re.Pattern[str]:
    """The regular expression, as `re.compile` gives it; faster where it was compiled before. Raises re.error."""
    return _own().compiled(source, flags)


def keep_expressions() -> None:
    """Keep what this process has compiled, for the next one."""
    _own().keep()
