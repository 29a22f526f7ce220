"""The sheets of all files of a folder, on the disk: what linking asks of a hundred thousand of them.

A file is known by its number, from 0, in the order in which the signatures were given. In memory are some bytes a file
(its language and symbol, as numbers) and the sheets that were looked at last.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pipeline.alignments.sheets import (
    Paragraphs,
    Sheet,
    days_of,
    keys_of,
    paragraphs_from_bytes,
    paragraphs_to_bytes,
    sheet_from_bytes,
    sheet_to_bytes,
)
from pipeline.alignments.signatures import DocumentSignature
from pipeline.spill import to_blob

RARE = 60  # files that may share a key which makes candidates
_SHEETS = 512  # that are in memory
_FREQUENCIES = 1 << 12  # keys of which it is in memory how often they stand

SCHEMA = """
CREATE TABLE sheets (number INTEGER PRIMARY KEY, symbol BLOB, sheet BLOB, paragraphs BLOB);
CREATE TABLE keys (key TEXT, number INT);
CREATE TABLE frequencies (key TEXT PRIMARY KEY, times INT) WITHOUT ROWID;
CREATE TABLE rare (key TEXT, number INT, PRIMARY KEY (key, number)) WITHOUT ROWID;
CREATE TABLE asking (number INT, key TEXT, times INT, PRIMARY KEY (number, key)) WITHOUT ROWID;
CREATE TABLE pairs (a INT, b INT);
CREATE TABLE scores (a INT, b INT, score REAL);
CREATE TABLE edges (a INT, b INT, score REAL);
"""
# A key that one file has is the most usual kind and stands nowhere here.
_FREQUENT = "INSERT INTO frequencies SELECT key, count(*) FROM keys GROUP BY key HAVING count(*) > 1"
_SHARED = """
INSERT INTO rare SELECT key, number FROM keys JOIN frequencies USING (key) WHERE times <= ? ORDER BY key, number
"""
# Only a file without a symbol asks which others share its keys.
_ASKED = """
INSERT INTO asking SELECT number, key, times FROM rare JOIN frequencies USING (key) JOIN sheets USING (number)
WHERE sheets.symbol IS NULL ORDER BY number, key
"""
_SHARING = "SELECT rare.number, times FROM asking JOIN rare USING (key) WHERE asking.number = ? ORDER BY key"


class Shelf:
    """The sheets, by number."""

    def __init__(self, connection: sqlite3.Connection, signatures: Iterable[DocumentSignature]) -> None:
        """Of these files, in a database with the tables of `SCHEMA`."""
        self._database = connection
        self.language: array[int] = array("H")
        """The language of each file, as a place in `languages`."""
        self.languages: list[str] = []
        self.document: array[int] = array("l")
        """Of each file the first one that has its symbol, -1 if it has none."""
        self.days: Counter[tuple[str, dt.date]] = Counter()
        """How many files have a day in their head."""
        self.sheet = lru_cache(_SHEETS)(self._sheet)
        self._times = lru_cache(_FREQUENCIES)(self._counted)
        self._take(signatures)
        self._name_documents()

    def __len__(self) -> int:
        return len(self.language)

    def compare(self) -> None:
        """Look which keys are rare, and who shares them. To be called once, before what follows is asked."""
        self._database.execute(_FREQUENT)
        self._database.execute(_SHARED, (RARE,))
        self._database.execute("DROP TABLE keys")
        self._database.execute(_ASKED)

    def paragraphs(self, number: int) -> Paragraphs:
        """The signatures of a file's paragraphs."""
        found = self._database.execute("SELECT paragraphs FROM sheets WHERE number = ?", (number,)).fetchone()
        return paragraphs_from_bytes(found[0])

    def get(self, key: str, default: int, /) -> int:
        """How many files have a key that a file has; `default` is for the type alone."""
        return self._times(key) or default

    def sharing(self, number: int) -> Iterator[tuple[int, int]]:
        """The files that share rare keys with a file, itself among them, and how many have the key; by key."""
        return self._database.execute(_SHARING, (number,))

    def nameless(self) -> Iterator[int]:
        """The files without a symbol."""
        return (number for number, document in enumerate(self.document) if document < 0)

    def pair(self, pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Pairs in any order and with repetitions become pairs in order without."""
        self._database.executemany("INSERT INTO pairs VALUES (?, ?)", ((min(p), max(p)) for p in pairs))
        return self._database.execute("SELECT DISTINCT a, b FROM pairs ORDER BY a, b")

    def keep_scores(self, scores: Iterable[tuple[int, int, float]]) -> None:
        """Keep the scores of pairs."""
        both = (row for a, b, score in scores for row in ((a, b, score), (b, a, score)))
        self._database.executemany("INSERT INTO scores VALUES (?, ?, ?)", both)
        self._database.execute("CREATE INDEX by_a ON scores (a, b, score)")

    def scored(self) -> Iterator[tuple[int, int, float]]:
        """The pairs that were kept, the lesser number first; in order."""
        return self._database.execute("SELECT a, b, score FROM scores WHERE a < b ORDER BY a, b")

    def partners(self, number: int) -> list[tuple[int, float]]:
        """The files that have a score with this one."""
        return self._database.execute("SELECT b, score FROM scores WHERE a = ?", (number,)).fetchall()

    def surest(self, edges: Iterable[tuple[int, int, float]]) -> Iterator[tuple[int, int]]:
        """The pairs of which these are the scores, the surest first."""
        self._database.executemany("INSERT INTO edges VALUES (?, ?, ?)", edges)
        return self._database.execute("SELECT a, b FROM edges ORDER BY score DESC, a, b")

    def _take(self, signatures: Iterable[DocumentSignature]) -> None:
        places: dict[str, int] = {}
        for number, signature in enumerate(signatures):
            self.language.append(places.setdefault(signature.language, len(places)))
            self.days.update(days_of(signature))
            symbol = to_blob(signature.symbol) if signature.named else None
            row = number, symbol, sheet_to_bytes(signature), paragraphs_to_bytes(signature)
            self._database.execute("INSERT INTO sheets VALUES (?, ?, ?, ?)", row)
            rows = [(key, number) for key in keys_of(signature)]
            self._database.executemany("INSERT INTO keys VALUES (?, ?)", rows)
        self.languages = list(places)

    def _name_documents(self) -> None:
        self.document.extend([-1] * len(self.language))
        asked = "SELECT number, min(number) OVER (PARTITION BY symbol) FROM sheets WHERE symbol IS NOT NULL"
        for number, first in self._database.execute(asked):
            self.document[number] = first

    def _sheet(self, number: int) -> Sheet:
        found = self._database.execute("SELECT sheet FROM sheets WHERE number = ?", (number,)).fetchone()
        return sheet_from_bytes(found[0])

    def _counted(self, key: str) -> int:
        found = self._database.execute("SELECT times FROM frequencies WHERE key = ?", (key,)).fetchone()
        return found[0] if found else 1
