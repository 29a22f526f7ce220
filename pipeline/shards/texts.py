"""What is compared of files, by file: taken out of each part once, however far apart the versions of a document lie."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from pipeline.shards.comparing import texts_of
from pipeline.shards.ledger import Known
from pipeline.shards.packed import Packed
from pipeline.spill import from_blob, to_blob

SCHEMA = """
CREATE TABLE wanted (shard INT, file BLOB, PRIMARY KEY (shard, file)) WITHOUT ROWID;
CREATE TABLE texts (file BLOB PRIMARY KEY, text BLOB);
"""


class Texts:
    """The texts of the files that were wanted when they were gathered."""

    def __init__(self, connection: sqlite3.Connection, part: Callable[[int], Packed]) -> None:
        """In a database with the table of `SCHEMA`; `part` gives the part of a shard."""
        self._database = connection
        self._part = part

    def want(self, known: Known) -> None:
        """A file's text will be asked for."""
        self._database.execute("INSERT OR IGNORE INTO wanted VALUES (?, ?)", (known.shard, to_blob(known.file)))

    def gather(self) -> None:
        """Take what is wanted out of the parts."""
        shards = self._database.execute("SELECT DISTINCT shard FROM wanted ORDER BY shard").fetchall()
        for (shard,) in shards:
            files = self._database.execute("SELECT file FROM wanted WHERE shard = ?", (shard,))
            texts = texts_of(self._part(shard), [from_blob(file) for (file,) in files])
            rows = ((to_blob(file), text) for file, text in texts.items())
            self._database.executemany("INSERT INTO texts VALUES (?, ?)", rows)

    def of(self, known: Known) -> bytes:
        """The text of a file: as it was gathered, else out of its part."""
        found = self._database.execute("SELECT text FROM texts WHERE file = ?", (to_blob(known.file),)).fetchone()
        if found:
            text: bytes = found[0]
            return text
        return texts_of(self._part(known.shard), [known.file])[known.file]
