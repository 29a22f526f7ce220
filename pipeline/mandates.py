"""Mandates as chains: one row a body and period, from the facts of all documents.

Pure functions: rows of `facts` and `documents` in, rows of `mandates` out, in no way dependent on their order.
A body is known by its lexicon id; one without an id by its name, whatever its case, hyphens and articles, and by
what other languages call it in the same fact (`cluster_id`). Derived values stand only in this table.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from pipeline.chains import Period, Statement, periods_of
from pipeline.config import language_file, load
from pipeline.facts import Row
from pipeline.gaps import Holdings, held
from pipeline.mentions.bodies import BodyForms
from pipeline.mentions.lexicon import Lexicon
from pipeline.periods import one_end, steps
from pipeline.text import fold

EXTENSION, ESTABLISHMENT = "mandate_extension", "establishment"
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
    told = _with_bodies([row for row in facts if row["event_type"] in (EXTENSION, ESTABLISHMENT)], bodies)
    kinds, known = {}, {}
    for row in documents:  # one by one: there may be a million
        document, kind = row["document"], row.get("kind")
        kinds[document] = kind
        deciding = instrument_of(document, kind) in _DECIDING
        known[document] = held(row.get("document_date"), deciding, row.get("refers_to"))
    holdings = Holdings(known)
    names = _names(told, bodies)
    by_body: dict[str, list[Row]] = {}
    for row in told:
        by_body.setdefault(names[row["fact_id"]], []).append(row)
    rows = []
    for body in sorted(by_body):
        periods = periods_of(_statement(row, kinds) for row in by_body[body])
        chain = [period for period in periods if period.modality == "actual"]
        why = {
            id(period): holdings.explained(before, period, chain[place + 2 :])
            for place, (before, period) in enumerate(pairwise(chain))
            if (period.gap or 0) > 0
        }
        rows += [_row(body, period, kinds, bodies) | _gap_columns(why.get(id(period))) for period in periods]
    return rows


def _gap_columns(why: tuple[str, str] | None) -> Row:
    kind, note = why or (None, None)
    return {"gap_kind": kind, "gap_note": note}


def _with_bodies(facts: Sequence[Row], bodies: Bodies) -> list[Row]:
    """The facts whose body is known, by themselves or by their document.

    "Decides to extend the present mandate until 31 July 2003" names no body in its paragraph; where all other
    extensions of the document are of one body, it is of that one.
    """
    named: dict[str, dict[str, Row]] = {}
    for row in facts:
        if row.get("mission") and row["event_type"] == EXTENSION:
            named.setdefault(row["document"], {}).setdefault(bodies.key(row["mission"], row["language"]), row)
    known = []
    for row in facts:
        if row.get("mission"):
            known.append(row)
        elif row["event_type"] == EXTENSION and len(named.get(row["document"], ())) == 1:
            (other,) = named[row["document"]].values()
            known.append({**row, "mission": other["mission"], "language": other["language"]})
    return known


def _names(facts: Sequence[Row], bodies: Bodies) -> dict[str, str]:
    """What the table calls the body of each fact: its id, else the spelling that is met most.

    Facts of one cluster are the same fact in several languages, so their bodies are one, under the id if any of
    them has one.
    """
    group: dict[str, str] = {}

    def first(key: str) -> str:
        while group.setdefault(key, key) != key:
            key = group[key]
        return key

    keys = {row["fact_id"]: bodies.key(row["mission"], row["language"]) for row in facts}
    clusters: dict[str, set[str]] = {}
    for row in facts:
        clusters.setdefault(row["cluster_id"], set()).add(keys[row["fact_id"]])
    for _, members in sorted(clusters.items()):
        known = sorted(key for key in members if key in bodies.follows)
        others = sorted(key for key in members if key not in bodies.follows)
        if len(known) > 1:
            continue  # two missions under one fact: nothing is settled by that
        for key in others:
            group[first(key)] = first((known or others)[0])
    spellings: dict[str, Counter[str]] = {}
    for row in facts:
        spellings.setdefault(first(keys[row["fact_id"]]), Counter())[row["mission"]] += 1
    best = {
        key: key if key in bodies.follows else min(found.items(), key=lambda item: (-item[1], item[0]))[0]
        for key, found in spellings.items()
    }
    return {row["fact_id"]: best[first(keys[row["fact_id"]])] for row in facts}


def instrument_of(symbol: str, kind: str | None = None) -> str | None:
    """What a document is: by its symbol a resolution, decision or presidential statement, else what its head says."""
    for pattern, name in _KINDS:
        if pattern.search(symbol):
            return name
    return kind or None


def _statement(row: Row, kinds: Mapping[str, str | None]) -> Statement:
    founding = row["event_type"] == ESTABLISHMENT
    told = row.get("document_date")
    document = row["document"]
    duration = row.get("duration") or None
    start = row.get("period_start") or (row.get("date") if founding else None)
    return Statement(
        fact_id=row["fact_id"],
        founding=founding,
        modality=row["modality"],
        start=one_end(start, last=False),
        end=one_end(row.get("period_end"), last=True),
        duration=duration if steps(duration) else None,
        decided=one_end(row.get("decided"), last=True),
        document=document,
        told=told if isinstance(told, dt.date) else None,
        decides=instrument_of(document, kinds.get(document)) in _DECIDING,
        symbol="/" in document,  # all symbols of the United Nations have one; a file's stem has none
    )


def _row(body: str, period: Period, kinds: Mapping[str, str | None], bodies: Bodies) -> Row:
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
        "instrument": instrument_of(document, kinds.get(document)),
        "document": document,
        "fact_ids": tuple(dict.fromkeys(s.fact_id for s in period.statements)),
        "gap_days": period.gap,
        "superseded_by": period.superseded_by,
        "follows": BODIES.join(bodies.follows.get(body, ())),
        "followed_by": BODIES.join(bodies.followed_by.get(body, ())),
    }
