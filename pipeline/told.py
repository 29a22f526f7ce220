"""What the documents of a folder tell of mandates, fact by fact: on the disk, for there may be a million of them."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from itertools import groupby
from operator import attrgetter
from typing import Any

from pipeline.model import Modality
from pipeline.sieve import Sieve
from pipeline.spill import from_blob, to_blob

SCHEMA = """
CREATE TABLE facts (
    number INTEGER PRIMARY KEY, fact_id BLOB, cluster BLOB, document BLOB, mission BLOB, key BLOB, founding INT,
    modality BLOB, start BLOB, end BLOB, duration BLOB, decided BLOB, told INT
);
CREATE TABLE lacking (number INTEGER PRIMARY KEY, mission BLOB, key BLOB);
"""
# "Decides to extend the present mandate until 31 July 2003" names no body in its paragraph; where all other
# extensions of the document are of one body, it is of that one.
_LACKING = """
INSERT INTO lacking SELECT facts.number, named.mission, named.key FROM facts JOIN (
    SELECT document, mission, key, min(number) FROM facts WHERE key IS NOT NULL AND NOT founding
    GROUP BY document HAVING count(DISTINCT key) = 1
) AS named USING (document) WHERE facts.key IS NULL AND NOT founding
"""
_FILLED = """
UPDATE facts SET mission = (SELECT mission FROM lacking WHERE lacking.number = facts.number),
    key = (SELECT key FROM lacking WHERE lacking.number = facts.number)
WHERE number IN (SELECT number FROM lacking)
"""
_SEVERAL = """
SELECT DISTINCT cluster, key FROM facts WHERE cluster IN (
    SELECT cluster FROM facts WHERE key IS NOT NULL GROUP BY cluster HAVING count(DISTINCT key) > 1
) AND key IS NOT NULL ORDER BY cluster, key
"""


@dataclass(frozen=True, slots=True)
class Fact:
    """What one fact says of a mandate; dates are EDTF, as stated."""

    fact_id: str
    cluster: str
    document: str
    mission: str | None  # as the table of facts calls the body
    key: str | None  # what all spellings of the body have in common
    founding: bool
    modality: Modality
    start: str | None
    end: str | None
    duration: str | None
    decided: str | None
    told: dt.date | None  # the date of the document


class Told:
    """Facts of mandates, by the body that they are of."""

    def __init__(self, connection: sqlite3.Connection, facts: Iterable[Fact]) -> None:
        """Of these facts, in a database with the tables of `SCHEMA`.

        An extension that names no body is of the body that all others of its document are of, if they are of one.
        """
        self._database = connection
        self.documents = Sieve()
        """Lets through the documents of the facts."""
        places = ", ".join("?" for _ in fields(Fact))
        connection.executemany(f"INSERT INTO facts VALUES (NULL, {places})", map(self._stored, facts))
        connection.execute(_LACKING)
        connection.execute(_FILLED)
        connection.execute("CREATE INDEX of_body ON facts (key)")

    def of_one_cluster(self) -> Iterator[list[str]]:
        """The keys of the facts of each cluster that has several, in order."""
        for _, rows in groupby(self._database.execute(_SEVERAL), key=lambda row: row[0]):
            yield [from_blob(key) for _, key in rows]

    def spellings(self) -> Iterator[tuple[str, str, int]]:
        """Each key with each spelling, and how many facts have it."""
        asked = "SELECT key, mission, count(*) FROM facts WHERE key IS NOT NULL GROUP BY key, mission"
        for key, mission, count in self._database.execute(asked):
            yield from_blob(key), from_blob(mission), count

    def of(self, keys: Iterable[str]) -> Iterator[Fact]:
        """The facts with one of these keys."""
        for key in keys:
            yield from map(_fact, self._database.execute("SELECT * FROM facts WHERE key = ?", (to_blob(key),)))

    def _stored(self, fact: Fact) -> list[Any]:
        self.documents.add(to_blob(fact.document))
        return [
            to_blob(v) if isinstance(v, str) else v.toordinal() if isinstance(v, dt.date) else v for v in _fields(fact)
        ]


_fields = attrgetter(*(field.name for field in fields(Fact)))


def _fact(row: tuple[Any, ...]) -> Fact:
    values: list[Any] = [from_blob(value) if isinstance(value, bytes) else value for value in row[1:]]
    values[5], values[-1] = bool(values[5]), dt.date.fromordinal(values[-1]) if values[-1] else None
    return Fact(*values)
