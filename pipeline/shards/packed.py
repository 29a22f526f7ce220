"""Several named byte strings as one: what a function of a shard gives, in memory, in a file or over a network.

The form: eight bytes that say what this is, the length of the index (eight bytes, little endian), the index (JSON: name
to offset and length, counted from the end of the index), the members. A member can be read without the others.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

_MAGIC = b"unfacts1"
_HEAD = len(_MAGIC) + 8


class Torn(ValueError):
    """Bytes that are no packed members, or not all of them."""


def packed(members: Mapping[str, bytes]) -> bytes:
    """The members as one byte string; the same members in the same order give the same bytes."""
    places, position = {}, 0
    for name, data in members.items():
        places[name] = (position, len(data))
        position += len(data)
    index = json.dumps(places, separators=(",", ":")).encode()
    return b"".join((_MAGIC, len(index).to_bytes(8, "little"), index, *members.values()))


class Packed:
    """Members that were packed: in memory, or in a file of which only what is asked for is read."""

    def __init__(self, source: bytes | Path) -> None:
        """Raises Torn where `source` is not whole, OSError where it cannot be read."""
        self._source = source
        size = len(source) if isinstance(source, bytes) else source.stat().st_size
        head = self._at(0, _HEAD)
        if len(head) < _HEAD or not head.startswith(_MAGIC):
            raise Torn("not packed by unfacts")
        length = int.from_bytes(head[len(_MAGIC) :], "little")
        if _HEAD + length > size:
            raise Torn("the index is cut short")
        self._start = _HEAD + length
        self._places: dict[str, tuple[int, int]] = json.loads(self._at(_HEAD, length))
        if self._start + sum(length for _, length in self._places.values()) != size:
            raise Torn("the members are cut short")

    def names(self) -> tuple[str, ...]:
        """The members' names in their order."""
        return tuple(self._places)

    def read(self, name: str) -> bytes:
        """A member. KeyError if there is none of that name."""
        start, length = self._places[name]
        return self._at(self._start + start, length)

    def whole(self) -> bytes:
        """All of it, as it was packed."""
        return self._source if isinstance(self._source, bytes) else self._source.read_bytes()

    def _at(self, start: int, length: int) -> bytes:
        if isinstance(self._source, bytes):
            return self._source[start : start + length]
        with self._source.open("rb", buffering=0) as file:
            file.seek(start, os.SEEK_SET)
            parts = []
            while length and (part := file.read(length)):
                parts.append(part)
                length -= len(part)
            return b"".join(parts)
