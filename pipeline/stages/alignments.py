"""Stage 6: the versions of each document find each other, and their paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pipeline.alignments.signatures import DocumentSignature, Signer
from pipeline.alignments.versions import versions_of
from pipeline.model import Document, Mentions
from pipeline.records import read_records, write_records
from pipeline.settings import settings
from pipeline.stages.common import CONFIGS, OUTPUTS, guarded
from pipeline.stages.handoff import mention_records, paragraph_records


def alignments() -> None:
    """Documents, paragraphs and mentions of all languages to outputs/alignments/versions.jsonl."""
    signatures = [s for language in settings(CONFIGS).languages for s in sorted_signatures(language)]
    write_records(OUTPUTS / "alignments" / "versions.jsonl", versions_of(signatures))


def sorted_signatures(language: str) -> list[DocumentSignature]:
    """The signatures of the documents of a language, by file."""
    signer = Signer.from_config(CONFIGS, language)
    bodies: dict[str, list[tuple[str, Mentions]]] = {}
    for file, body in groupby(_read(language), key=lambda row: row[0]):
        bodies[file] = [(text, mentions) for _, text, mentions in body]
    documents = read_records(OUTPUTS / "documents" / f"{language}.jsonl", Document)
    signatures = [signer.document(document, bodies.get(document.file, ())) for document in documents]
    return sorted(signatures, key=lambda signature: signature.file)


def _read(language: str) -> Iterator[tuple[str, str, Mentions]]:
    for record, found in zip(paragraph_records(language), mention_records(language), strict=True):
        yield record.file, record.paragraph.text, found.mentions


if __name__ == "__main__":
    guarded(alignments)
