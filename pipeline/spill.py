"""What a run has to know of all its documents at once, on the disk and not in memory.

A database without a name: SQLite keeps its first two megabytes in memory and the rest in a file among the system's
temporary ones (SQLITE_TMPDIR or TMPDIR say where), which is gone with the process, however that ends.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

_CACHE = 2_000  # kibibytes of a database that are in memory


@contextmanager
def database(schema: str) -> Iterator[sqlite3.Connection]:
    """A database with the tables of `schema`, for as long as the block lasts; nothing of it is ever synced."""
    with closing(sqlite3.connect("", isolation_level=None)) as connection:
        for setting in ("journal_mode = OFF", "synchronous = OFF", "temp_store = FILE", f"cache_size = -{_CACHE}"):
            connection.execute(f"PRAGMA {setting}")
        connection.executescript(schema)
        connection.execute("BEGIN")
        yield connection


def to_blob(text: str) -> bytes:
    """A text as it is stored: its bytes stand in the order of its code points, and it may hold lone surrogates."""
    return text.encode("utf-8", "surrogatepass")


def from_blob(data: bytes) -> str:
    """The text that `to_blob` stored."""
    return data.decode("utf-8", "surrogatepass")
