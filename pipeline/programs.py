"""Compiled regular expressions as bytes, which Python itself does not offer: its pickles hold the source alone.

CPython compiles an expression to a program for its engine in Python, and hands that to the engine, which checks it. The
two steps are functions of the standard library that have no promise behind them (`re._compiler`, `_sre`; CPython 3.11
to 3.14): where one of them is missing or takes other arguments, there are no programs, and `re.compile` does as ever.
"""

from __future__ import annotations

import json
import re
import sys
from array import array
from hashlib import blake2b
from importlib import import_module
from typing import Any

_CODE = "I"  # the engine's words: 32 bits, in the machine's order
_SIZE = 16  # bytes of a digest
_LENGTH = 4  # bytes that tell how long the head is


class Useless(ValueError):
    """No program: of another expression or version of Python, damaged, or not to be had."""


def key_of(source: str, flags: int) -> str:
    """What the program of an expression is kept under: a hash of it, of its flags and of the version of Python."""
    told = json.dumps([sys.version, sys.byteorder, flags, source])  # as ASCII: a source may hold half a character
    return blake2b(told.encode(), digest_size=_SIZE).hexdigest()


def program_of(source: str, flags: int) -> bytes:
    """The expression, compiled. Raises re.error where it is at fault, Useless where this Python cannot give it."""
    try:
        compiler, parser = import_module("re._compiler"), import_module("re._parser")
        tree = parser.parse(source, flags)
        code, state = compiler._code(tree, flags), tree.state
        head = json.dumps([flags | state.flags, state.groups - 1, state.groupdict]).encode()
        body = len(head).to_bytes(_LENGTH, "little") + head + array(_CODE, code).tobytes()
    except re.error:
        raise
    except (ImportError, AttributeError, TypeError, ValueError, OverflowError) as error:
        raise Useless(f"this Python gives no program of an expression: {error!r}") from error
    return _digest(source, flags, body) + body


def pattern_of(program: bytes, source: str, flags: int) -> re.Pattern[str]:
    """What `re.compile` gives for the expression, of its program. Raises Useless."""
    digest, body = program[:_SIZE], program[_SIZE:]
    if digest != _digest(source, flags, body):
        raise Useless("damaged, or the program of another expression")
    start = _LENGTH + int.from_bytes(body[:_LENGTH], "little")
    all_flags, groups, names = json.loads(body[_LENGTH:start])
    code = array(_CODE)
    code.frombytes(body[start:])
    by_number: list[str | None] = [None] * (groups + 1)
    for name, number in names.items():
        by_number[number] = name
    try:
        engine: Any = import_module("_sre")
        pattern: re.Pattern[str] = engine.compile(source, all_flags, code.tolist(), groups, names, tuple(by_number))
    except (ImportError, AttributeError, TypeError, ValueError, RuntimeError) as error:
        raise Useless(f"this Python's engine does not take it: {error!r}") from error
    return pattern


def _digest(source: str, flags: int, body: bytes) -> bytes:
    return blake2b(key_of(source, flags).encode() + body, digest_size=_SIZE).digest()
