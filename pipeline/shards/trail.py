"""The parts of the run before: of a shard that is new, most files are often known from them.

A file that came, went or changed makes a new shard of the one that it falls into. What its other files gave stands in
the earlier run's part, and need not be read again.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Sequence

from pipeline.shards.cutting import Input
from pipeline.shards.packed import packed
from pipeline.shards.parts import index_of
from pipeline.shards.store import Store

_ANY = ("utf-8", "surrogatepass")  # a file's name may be no text


class Trail:
    """Which parts a run had: their first files, in order, and the keys that they are kept under."""

    def __init__(self, store: Store, key: str) -> None:
        """What the last run of this key has left."""
        self._store, self._key = store, key
        kept = store.get(key)
        earlier: list[tuple[str, str]] = [] if kept is None else json.loads(kept.read("parts").decode(*_ANY))
        self._firsts = [first for first, _ in earlier]
        self._keys = [part for _, part in earlier]
        self._parts: list[tuple[str, str]] = []

    def note(self, inputs: Sequence[Input], key: str) -> None:
        """This run's next shard, and the key of its part."""
        self._parts.append((inputs[0].file, key))

    def keep(self) -> None:
        """Keep what was noted, for the next run. Raises OutputError."""
        told = json.dumps(self._parts, ensure_ascii=False, separators=(",", ":")).encode(*_ANY)
        self._store.put(self._key, packed({"parts": told}))

    def known(self, inputs: Sequence[Input]) -> tuple[bytes, ...]:
        """The earlier parts that hold one of these files as it is now, each as it was packed."""
        if not self._keys:
            return ()
        low = max(0, bisect_right(self._firsts, inputs[0].file) - 1)
        high = bisect_right(self._firsts, inputs[-1].file)
        wanted = {given.digest for given in inputs}
        parts = [part for key in self._keys[low:high] if (part := self._store.seen(key)) is not None]
        return tuple(part.whole() for part in parts if any(entry["digest"] in wanted for entry in index_of(part)))
