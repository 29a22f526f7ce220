"""What a run knows of all its files, what is said of them, and what is told of the run as a whole: on the disk.

A run may be of a million files. Of each, what its head says is written down here when its part is there; then questions
are asked that need all of them: which have one symbol, which are named twice, what changes in which part.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from pipeline.facts import Row
from pipeline.spill import database, from_blob, to_blob
from pipeline.tables import table_named

_SCHEMA = """
CREATE TABLE files (number INTEGER PRIMARY KEY, file BLOB, shard INT, symbol BLOB, named INT, language INT,
    digest BLOB);
CREATE TABLE said (number INTEGER PRIMARY KEY, document BLOB, linked_by TEXT, facts TEXT, again INT DEFAULT 0);
CREATE TABLE rows (name TEXT, a, b, c, d, e, f, g, row TEXT);
CREATE INDEX by_file ON files (file);
CREATE INDEX by_shard ON files (shard);
"""
_KNOWN = "files.file, files.shard, files.symbol, files.named, files.language, files.digest"
_SEVERAL = "SELECT symbol FROM files WHERE named GROUP BY symbol HAVING count(*) > 1"
_SAID_BY_SYMBOL = f"""
INSERT INTO said (number, document, linked_by) SELECT number, symbol, 'symbol' FROM files
WHERE named AND symbol IN ({_SEVERAL})
"""
_IN_LANGUAGES = """
SELECT symbol, min(file) AS first FROM files WHERE named GROUP BY symbol HAVING count(DISTINCT language) > 1
"""
_COMPARED = f"""
SELECT {_KNOWN} FROM files JOIN ({_IN_LANGUAGES}) AS family USING (symbol)
WHERE named ORDER BY first, files.language, files.file
"""
_CLAIMS = f"""
SELECT {_KNOWN}, first.file, files.number AS number FROM files JOIN (
    SELECT symbol, language, min(number) AS number FROM files GROUP BY symbol, language HAVING count(*) > 1
) AS claim USING (symbol, language) JOIN files AS first ON first.number = claim.number
WHERE files.number > claim.number ORDER BY files.number
"""
_SAID_AGAIN = f"""
INSERT INTO said (number, again) SELECT number, 1 FROM ({_CLAIMS}) WHERE true
ON CONFLICT (number) DO UPDATE SET again = 1
"""
_NUMBER = "number = (SELECT number FROM files WHERE file = ?)"
_KEYS = 7  # columns that a table of such rows is ordered by, at most


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a file: which shard it is in, and what its head says."""

    file: str
    shard: int
    symbol: str
    named: bool
    language: str
    digest: str  # see `Input.digest`


@contextmanager
def ledger(languages: Sequence[str]) -> Iterator[Ledger]:
    """An empty ledger for a run in these languages, which are in their order."""
    with database(_SCHEMA) as connection:
        yield Ledger(connection, languages)


class Ledger:
    """The files of a run."""

    def __init__(self, connection: sqlite3.Connection, languages: Sequence[str]) -> None:
        """Of a database with the tables of this module."""
        self._database = connection
        self._languages = tuple(languages)
        self._turns = {language: turn for turn, language in enumerate(languages)}

    def add(self, known: Iterable[Known]) -> None:
        """Files of the next shard, in their order."""
        self._database.executemany("INSERT INTO files VALUES (NULL, ?, ?, ?, ?, ?, ?)", map(self._stored, known))

    def languages(self) -> int:
        """How many languages the files have."""
        return self._count("SELECT count(DISTINCT language) FROM files")

    def nameless(self) -> int:
        """How many files have no symbol."""
        return self._count("SELECT count(*) FROM files WHERE NOT named")

    def claims(self) -> Iterator[tuple[Known, str]]:
        """Each file whose symbol and language another file before it has as well, and that file."""
        for *known, first, _ in self._database.execute(_CLAIMS):
            yield self._known(known), from_blob(first)

    def by_language(self) -> Iterator[Known]:
        """All files, by language, then by name."""
        return map(self._known, self._database.execute(f"SELECT {_KNOWN} FROM files ORDER BY language, file"))

    def documents_compared(self) -> int:
        """How many symbols files of several languages have."""
        return self._count(f"SELECT count(*) FROM ({_IN_LANGUAGES})")

    def compared(self) -> Iterator[list[Known]]:
        """The files of each symbol that files of several languages have, by language, then by name."""
        rows = map(self._known, self._database.execute(_COMPARED))
        for _, family in groupby(rows, key=lambda known: known.symbol):
            yield list(family)

    def named(self, files: Iterable[str]) -> list[Known]:
        """What is known of these files."""
        asked = f"SELECT {_KNOWN} FROM files WHERE file = ?"
        return [self._known(self._database.execute(asked, (to_blob(file),)).fetchone()) for file in files]

    def say_symbols(self) -> None:
        """Files with one symbol are one document."""
        self._database.execute(_SAID_BY_SYMBOL)

    def say(self, file: str, document: str, linked_by: str) -> None:
        """The file is one of a document's, and how that is known."""
        said = to_blob(document), linked_by, to_blob(file)
        self._say(file)
        self._database.execute(f"UPDATE said SET document = ?, linked_by = ? WHERE {_NUMBER}", said)

    def say_facts(self, file: str, facts: Mapping[str, Any]) -> None:
        """What is said of the facts of a file."""
        self._say(file)
        told = json.dumps(facts), to_blob(file)
        self._database.execute(f"UPDATE said SET facts = ? WHERE {_NUMBER}", told)

    def say_again(self) -> None:
        """Of each file of `claims`, that it is not the first to be its document in its language."""
        self._database.execute(_SAID_AGAIN)

    def said(self, shard: int) -> dict[str, dict[str, Any]]:
        """What is said of the files of a shard."""
        asked = "SELECT file, document, linked_by, facts, again FROM files JOIN said USING (number) WHERE shard = ?"
        result = {}
        for file, document, linked_by, facts, again in self._database.execute(asked, (shard,)):
            told: dict[str, Any] = {}
            if document is not None:
                told |= {"document": from_blob(document), "linked_by": linked_by}
            if facts is not None:
                told["facts"] = json.loads(facts)
            if again:
                told["distinct"] = True
            result[from_blob(file)] = told
        return result

    def keep(self, table: str, rows: Iterable[Row]) -> None:
        """Rows of a table that are of the run as a whole."""
        order = [table_named(table).column(name) for name in table_named(table).order]
        ranks = [{word: place for place, word in enumerate(column.enum)} for column in order]

        def stored(row: Row) -> tuple[Any, ...]:
            values: list[Any] = [row.get(column.name) for column in order]
            turns = [rank.get(value) if rank else value for rank, value in zip(ranks, values, strict=True)]
            keys = [to_blob(turn) or None if isinstance(turn, str) else turn for turn in turns]
            return table, *keys, *[None] * (_KEYS - len(keys)), json.dumps(row)

        places = ", ".join("?" * (_KEYS + 2))
        self._database.executemany(f"INSERT INTO rows VALUES ({places})", map(stored, rows))

    def kept(self, table: str) -> Iterator[Row]:
        """Those rows, in the order of the table."""
        asked = "SELECT row FROM rows WHERE name = ? ORDER BY a, b, c, d, e, f, g, rowid"
        for (row,) in self._database.execute(asked, (table,)):
            yield json.loads(row)

    def _say(self, file: str) -> None:
        asked = "INSERT OR IGNORE INTO said (number) SELECT number FROM files WHERE file = ?"
        self._database.execute(asked, (to_blob(file),))

    def _count(self, asked: str) -> int:
        return int(self._database.execute(asked).fetchone()[0])

    def _stored(self, known: Known) -> tuple[Any, ...]:
        turn = self._turns[known.language]
        return to_blob(known.file), known.shard, to_blob(known.symbol), known.named, turn, bytes.fromhex(known.digest)

    def _known(self, row: Sequence[Any]) -> Known:
        file, shard, symbol, named, language, digest = row
        return Known(from_blob(file), shard, from_blob(symbol), bool(named), self._languages[language], digest.hex())
