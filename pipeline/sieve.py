"""A set of texts in one mebibyte, however many they are: it may take a text for one of its own, and never the reverse.

A Bloom filter with a single hash (Bloom, CACM 13:7, 1970). For what is only worth keeping if somebody asks for it.
"""

from __future__ import annotations

from zlib import crc32

_BITS = 1 << 23  # where 800,000 documents are in it, one stranger in ten passes


class Sieve:
    """Lets through every text that was added, and few others; texts are given as bytes."""

    def __init__(self) -> None:
        self._bits = bytearray(_BITS // 8)

    def add(self, text: bytes) -> None:
        """Let this text through from now on."""
        place = crc32(text) % _BITS
        self._bits[place >> 3] |= 1 << (place & 7)

    def passes(self, text: bytes) -> bool:
        """Whether the text may have been added; if not, it was not."""
        place = crc32(text) % _BITS
        return bool(self._bits[place >> 3] >> (place & 7) & 1)
