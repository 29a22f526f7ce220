"""What the files of several shards say of one another: which are one document, and whether its versions agree.

What is known of a file here is little (its name, symbol, language), so that a run may know a million; the texts of a
document's versions are taken from their parts when it is its turn.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.agreement.tables import agreed
from pipeline.alignments.linking import Family
from pipeline.alignments.signatures import DocumentSignature, ParagraphSignature, Signer
from pipeline.alignments.versions import Versions, groups_of
from pipeline.facts import Row
from pipeline.model import DateMention, DurationMention, Mentions, NameMention, QuantityMention
from pipeline.pieces import from_ipc, named_rows, to_ipc
from pipeline.records import from_record, to_record
from pipeline.sentences import Sentences
from pipeline.shards.identity import same_rules
from pipeline.shards.packed import Packed, packed
from pipeline.shards.parts import index_of, rows_of_files

_COMPARED = ("facts", "paragraphs", "dates", "quantities")
# the columns that signatures are made of
_OF_DATES = ["paragraph", "kind", "start", "end", "text", "edtf", "basis", "timex_type", "timex_value"]
_OF_QUANTITIES = ["paragraph", "start", "end", "text", "value", "min", "max", "qualifier"]


def signatures_of(key: str, configs: Path | None, data: bytes) -> bytes:
    """The signatures of a part's documents, packed by file."""
    folder = same_rules(key, configs)
    part = Packed(data)
    tables = {name: rows_of_files(part, name) for name in _COMPARED}
    names = json.loads(part.read("names"))
    members = {}
    for entry in index_of(part):
        file = entry["file"]
        signature = _signature(folder, entry, {name: tables[name][file] for name in _COMPARED}, names[file])
        members[file] = json.dumps(to_record(signature), ensure_ascii=False).encode("utf-8", "surrogatepass")
    return packed(members)


def read_signature(data: Packed, file: str) -> DocumentSignature:
    """The signature of a file, of what `signatures_of` packed."""
    signature: DocumentSignature = from_record(DocumentSignature, json.loads(data.read(file)))
    return signature


def texts_of(part: Packed, files: Iterable[str]) -> dict[str, bytes]:
    """What is compared of some files of a part: their rows, and their entry in the index."""
    wanted = set(files)
    tables = {name: rows_of_files(part, name) for name in _COMPARED}
    names = json.loads(part.read("names"))
    result = {}
    for entry in index_of(part):
        file = entry["file"]
        if file in wanted:
            members = {name: to_ipc(tables[name][file]) for name in _COMPARED}
            members["entry"] = json.dumps(entry, ensure_ascii=False).encode("utf-8", "surrogatepass")
            members["names"] = json.dumps(names[file]).encode()
            result[file] = packed(members)
    return result


def agreement_of(key: str, configs: Path | None, family: Family, texts: Sequence[bytes]) -> bytes:
    """What is said of the facts of a family's files, and the discrepancies, packed; `texts` are from `texts_of`."""
    folder = same_rules(key, configs)
    tables: dict[str, list[Row]] = {name: [] for name in _COMPARED}
    signatures = []
    for data in texts:
        text = Packed(data)
        entry, names = json.loads(text.read("entry")), json.loads(text.read("names"))
        arrows = {name: from_ipc(text.read(name)) for name in _COMPARED}
        signatures.append(_signature(folder, entry, arrows, names))
        for name, arrow in arrows.items():
            tables[name] += named_rows(name, arrow)
    files, languages = tuple(s.file for s in signatures), tuple(s.language for s in signatures)
    versions = Versions(family.document, files, languages, family.linked, groups_of(signatures))
    sentences = {language: Sentences.from_config(folder, language).spans for language in languages}
    result = agreed(tables, [versions], sentences)
    facts: dict[str, dict[str, Any]] = {}
    for row in result["facts"]:
        told = [row["cluster_id"], row["agreement"], row.get("differs_in")]
        facts.setdefault(row["source_file"], {})[row["fact_id"]] = told
    said = {"facts": facts, "discrepancies": result["discrepancies"]}
    return packed({"said": json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass")})


def read_agreement(data: Packed) -> tuple[dict[str, dict[str, Any]], list[Row]]:
    """What `agreement_of` packed: by file, what is said of its facts; and the discrepancies."""
    said = json.loads(data.read("said"))
    return said["facts"], said["discrepancies"]


def _signature(
    folder: Path, entry: Mapping[str, Any], tables: Mapping[str, Any], names: Sequence[Sequence[str]]
) -> DocumentSignature:
    signer = _signer(folder, entry["language"])
    found: dict[int, dict[str, list[Any]]] = {}
    for row in named_rows("dates", tables["dates"].select(_OF_DATES)):
        mine = found.setdefault(row["paragraph"], {})
        if row["kind"] == "duration":
            mine.setdefault("durations", []).append(
                DurationMention(row["start"], row["end"], row["text"], row["timex_value"] or "")
            )
        else:
            mine.setdefault("dates", []).append(
                DateMention(
                    row["start"], row["end"], row["text"], row["edtf"], row["basis"],
                    timex_type=row["timex_type"], timex_value=row["timex_value"] or "",
                )
            )  # fmt: skip
    for row in named_rows("quantities", tables["quantities"].select(_OF_QUANTITIES)):
        found.setdefault(row["paragraph"], {}).setdefault("quantities", []).append(
            QuantityMention(
                row["start"], row["end"], row["text"], row["value"], row["min"], row["max"], row["qualifier"]
            )
        )
    paragraphs: list[ParagraphSignature] = []
    for row in named_rows("paragraphs", tables["paragraphs"].select(["paragraph", "text"])):
        number = row["paragraph"]
        kinds = {kind: tuple(mentions) for kind, mentions in found.get(number, {}).items()}
        bodies = tuple(NameMention(0, 0, "", name, "", "mission") for name in names[number - 1])
        paragraphs.append(signer.paragraph(row["text"], Mentions(**kinds, names=bodies)))
    return DocumentSignature(
        entry["file"], entry["language"], entry["symbol"], entry["named"], _day(entry["date"]),
        _day(entry["distribution"]), tuple(paragraphs),
    )  # fmt: skip


@lru_cache(maxsize=16)
def _signer(folder: Path, language: str) -> Signer:
    return Signer.from_config(folder, language)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
