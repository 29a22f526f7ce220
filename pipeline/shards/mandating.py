"""The mandates of a run and their picture, from its parts: one result, kept like the others.

Of all results only this one needs the facts of all documents. So it is made while the other tables are written, by a
process that has nothing else left to do, where there is one.

Members: mandates.arrow (an IPC stream), mandates.csv (lines without a head), and the picture's files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.facts import Row
from pipeline.mandates import DECIDED, Bodies, mandates_by_body
from pipeline.pieces import Piece, from_ipc, piece_of_rows, rows_of, to_ipc
from pipeline.shards.identity import same_rules
from pipeline.shards.packed import Packed, packed
from pipeline.shards.parts import arrow_of
from pipeline.shards.store import Store
from pipeline.timeline import SHOWN, timeline_files

_OF_DOCUMENTS = ["document", "kind", "document_date", "refers_to"]  # what chains of mandates ask of documents,
_OF_FACTS = [  # and of facts
    "fact_id", "cluster_id", "document", "language", "document_date", "event_type", "modality", "mission",
    "date", "period_start", "period_end", "decided", "duration",
]  # fmt: skip


def mandates_of(key: str, configs: Path | None, languages: tuple[str, ...], store: Path, parts: Sequence[str]) -> bytes:
    """The mandates that the parts under these keys tell of, packed; `store` is the folder where results are kept.

    Raises ConfigError, OtherRules, OutputError.
    """
    import pyarrow as pa

    bodies = Bodies.from_config(same_rules(key, configs), languages)
    kept = Store(store)
    facts = (row for each in parts for row in _facts(kept.there(each)))
    documents = (row for each in parts for row in _documents(kept.there(each)))
    pieces = [piece_of_rows("mandates", rows) for rows in mandates_by_body(facts, documents, bodies)]
    pieces = pieces or [piece_of_rows("mandates", ())]
    shown = (row for piece in pieces for row in piece.arrow.select(SHOWN).to_pylist())
    return packed(
        {
            "mandates.arrow": to_ipc(pa.concat_tables([piece.arrow for piece in pieces])),
            "mandates.csv": b"".join(piece.csv for piece in pieces),
            **timeline_files(shown),
        }
    )


def mandates_in(result: Packed) -> Piece:
    """The table that `mandates_of` packed."""
    return Piece(from_ipc(result.read("mandates.arrow")), result.read("mandates.csv"))


def _facts(part: Packed) -> Iterator[Row]:
    rows = arrow_of(part, "facts").select(_OF_FACTS)
    event = _OF_FACTS.index("event_type")
    # not by Arrow's own filter: to read what computes it takes 40 MB
    yield from (dict(zip(_OF_FACTS, row, strict=True)) for row in rows_of(rows) if row[event] in DECIDED)


def _documents(part: Packed) -> Iterator[Row]:
    yield from arrow_of(part, "documents").select(_OF_DOCUMENTS).to_pylist()
