"""Mandates as chains: one row a body and period, from the facts of all documents.

Pure functions: rows of `facts` and `documents` in, rows of `mandates` out, in no way dependent on their order.
A body is known by its lexicon id; one without an id by its name, whatever its case, hyphens and articles, and by
what other languages call it in the same fact (`cluster_id`). Derived values stand only in this table.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path

from pipeline.chains import periods_of
from pipeline.config import language_file, load
from pipeline.facts import Row
from pipeline.gaps import Gaps
from pipeline.holdings import SCHEMA as DOCUMENTS
from pipeline.holdings import Held, Holdings
from pipeline.mentions.bodies import BodyForms
from pipeline.mentions.lexicon import Lexicon
from pipeline.periods import one_end, steps
from pipeline.spill import database
from pipeline.statements import Period, Statement
from pipeline.text import fold
from pipeline.told import SCHEMA as FACTS
from pipeline.told import Fact, Told

EXTENSION, ESTABLISHMENT = "mandate_extension", "establishment"
DECIDED = frozenset({EXTENSION, ESTABLISHMENT})  # the events that mandates are made of
BODIES = "; "  # between the bodies of one cell: ids hold spaces ("UNAVEM II")

# What kind of document a symbol says it is: the series of resolutions, decisions and presidential statements
# (UN document symbols, https://research.un.org/en/docs/symbols).
_KINDS = (
    (re.compile(r"(?:^|/)RES/"), "resolution"),
    (re.compile(r"(?:^|/)DEC/"), "decision"),
    (re.compile(r"(?:^|/)PRST/"), "presidential statement"),
)
_DECIDING = ("resolution", "decision", "presidential statement")
_GAP = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Bodies:
    """What is known of bodies beforehand: which follows which, and words of their names that do not matter."""

    follows: Mapping[str, tuple[str, ...]]
    followed_by: Mapping[str, tuple[str, ...]]
    skipped: Mapping[str, frozenset[str]]  # by language: articles

    @classmethod
    def from_config(cls, folder: Path, languages: Iterable[str]) -> Bodies:
        """The bodies of a configuration folder. Raises ConfigError."""
        lexicon = Lexicon.from_folder(folder)
        follows = {body: entry.follows for body, entry in lexicon.root.items()}
        followed: dict[str, tuple[str, ...]] = {}
        for body in sorted(follows):
            for other in follows[body]:
                followed[other] = (*followed.get(other, ()), body)
        skipped = {}
        for language in languages:
            path = language_file(folder, language, "names")
            if path.is_file():
                forms = load(BodyForms, path)
                skipped[language] = frozenset((*forms.articles, *forms.spelling.skipped))
        return cls(follows, followed, skipped)

    def key(self, name: str, language: str) -> str:
        """What two spellings of one name have in common; an id of the lexicon is its own key."""
        if name in self.follows:
            return name
        words = _GAP.sub(" ", fold(name).lower().replace("-", "").replace("'", "")).split()
        skipped = self.skipped.get(language, frozenset())
        return " ".join(word for word in words if word not in skipped) or name


def mandate_rows(facts: Iterable[Row], documents: Iterable[Row], bodies: Bodies) -> list[Row]:
    """The rows of `mandates`: for each body its chain of actual periods, and what was planned, proposed or denied."""
    return list(chain.from_iterable(mandates_by_body(facts, documents, bodies)))


def mandates_by_body(facts: Iterable[Row], documents: Iterable[Row], bodies: Bodies) -> Iterator[list[Row]]:
    """The rows of `mandates` body by body, in the order of their names; one body's statements are in memory at a time.

    `facts` and `documents` may be of a million documents, and are gone through once.
    """
    with database(FACTS + DOCUMENTS) as connection:
        wanted = (row for row in facts if row["event_type"] in DECIDED)
        told = Told(connection, (_fact(row, bodies) for row in wanted))
        holdings = Holdings(connection, map(_held, documents), told.documents.passes)
        gaps = Gaps(holdings)
        for body, keys in sorted(_names(told, bodies).items()):
            periods = periods_of(_statement(fact, holdings.kind(fact.document)) for fact in told.of(keys))
            actual = [period for period in periods if period.modality == "actual"]
            why = {
                id(period): gaps.explained(before, period, actual[place + 2 :])
                for place, (before, period) in enumerate(pairwise(actual))
                if (period.gap or 0) > 0
            }
            yield [
                _row(body, period, holdings.kind(period.document), bodies) | _gap_columns(why.get(id(period)))
                for period in periods
            ]


def _gap_columns(why: tuple[str, str] | None) -> Row:
    kind, note = why or (None, None)
    return {"gap_kind": kind, "gap_note": note}


def _held(row: Row) -> Held:
    document, kind = row["document"], row.get("kind")
    decides = instrument_of(document, kind) in _DECIDING
    return Held(document, row.get("document_date"), kind, decides, row.get("refers_to"))


def _fact(row: Row, bodies: Bodies) -> Fact:
    founding = row["event_type"] == ESTABLISHMENT
    mission, told = row.get("mission") or None, row.get("document_date")
    duration = row.get("duration") or None
    start = row.get("period_start") or (row.get("date") if founding else None)
    return Fact(
        fact_id=row["fact_id"],
        cluster=row["cluster_id"],
        document=row["document"],
        mission=mission,
        key=bodies.key(mission, row["language"]) if mission else None,
        founding=founding,
        modality=row["modality"],
        start=one_end(start, last=False),
        end=one_end(row.get("period_end"), last=True),
        duration=duration if steps(duration) else None,
        decided=one_end(row.get("decided"), last=True),
        told=told if isinstance(told, dt.date) else None,
    )


def _names(told: Told, bodies: Bodies) -> dict[str, list[str]]:
    """The keys of the facts of each body, by what the table calls it: its id, else the spelling that is met most.

    Facts of one cluster are the same fact in several languages, so their bodies are one, under the id if any of
    them has one.
    """
    group: dict[str, str] = {}

    def first(key: str) -> str:
        while group.setdefault(key, key) != key:
            key = group[key]
        return key

    for members in told.of_one_cluster():
        known = [key for key in members if key in bodies.follows]
        others = [key for key in members if key not in bodies.follows]
        if len(known) > 1:
            continue  # two missions under one fact: nothing is settled by that
        for key in others:
            group[first(key)] = first((known or others)[0])
    spellings: dict[str, Counter[str]] = {}
    keys: dict[str, list[str]] = {}
    for key, mission, count in told.spellings():
        spellings.setdefault(first(key), Counter())[mission] += count
        keys.setdefault(first(key), []).append(key)
    names: dict[str, list[str]] = {}
    for key, found in spellings.items():
        best = key if key in bodies.follows else min(found.items(), key=lambda item: (-item[1], item[0]))[0]
        names.setdefault(best, []).extend(dict.fromkeys(keys[key]))
    return names


def instrument_of(symbol: str, kind: str | None = None) -> str | None:
    """What a document is: by its symbol a resolution, decision or presidential statement, else what its head says."""
    for pattern, name in _KINDS:
        if pattern.search(symbol):
            return name
    return kind or None


def _statement(fact: Fact, kind: str | None) -> Statement:
    return Statement(
        fact_id=fact.fact_id,
        founding=fact.founding,
        modality=fact.modality,
        start=fact.start,
        end=fact.end,
        duration=fact.duration,
        decided=fact.decided,
        document=fact.document,
        told=fact.told,
        decides=instrument_of(fact.document, kind) in _DECIDING,
        symbol="/" in fact.document,  # all symbols of the United Nations have one; a file's stem has none
    )


def _row(body: str, period: Period, kind: str | None, bodies: Bodies) -> Row:
    document = period.document
    return {
        "mission": body,
        "period_start": period.start,
        "period_end": period.end,
        "start_basis": period.start_basis,
        "end_basis": period.end_basis,
        "duration": period.duration,
        "decided": period.decided,
        "decided_basis": period.decided_basis,
        "modality": period.modality,
        "instrument": instrument_of(document, kind),
        "document": document,
        "fact_ids": tuple(dict.fromkeys(s.fact_id for s in period.statements)),
        "gap_days": period.gap,
        "superseded_by": period.superseded_by,
        "follows": BODIES.join(bodies.follows.get(body, ())),
        "followed_by": BODIES.join(bodies.followed_by.get(body, ())),
    }
