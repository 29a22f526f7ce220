"""Whether names of which there may be a million are all different, in eight bytes each."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable


class Distinct:
    """Names, as hashes of 64 bits."""

    def __init__(self) -> None:
        self._hashes = array("Q")

    def update(self, names: Iterable[str]) -> None:
        """More of them."""
        for name in names:
            data = name.encode("utf-8", "surrogatepass")
            self._hashes.append(int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "little"))

    def doubtful(self) -> bool:
        """Whether two of them may be the same: nearly always they then are."""
        import numpy as np

        hashes = np.frombuffer(self._hashes, np.uint64) if self._hashes else np.empty(0, np.uint64)
        ordered = np.sort(hashes)
        return bool((ordered[1:] == ordered[:-1]).any())
