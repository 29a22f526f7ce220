"""Stage 1: read the files, find their headers, undo the line wraps; one output a language."""

from __future__ import annotations

from pathlib import Path

from pipeline.discovery import discover
from pipeline.documents import Reader
from pipeline.manifest import Manifest, read_manifest
from pipeline.model import Document, Rejection
from pipeline.reading import Unreadable, read_source
from pipeline.records import write_records
from pipeline.settings import settings
from pipeline.stages.common import CONFIGS, OUTPUTS, guarded

MANIFEST = "documents.csv"


def documents() -> None:
    """The folder `input` of configs/pipeline.yaml to outputs/documents/<lang>.jsonl and rejected.jsonl."""
    run = settings(CONFIGS)
    folder = Path(run.input)
    reader = Reader.from_config(CONFIGS, run.languages)
    manifest, rejected = manifest_in(folder)
    found, faults = discover([folder])
    rejected += [*faults, *manifest.missing([item.file for item in found])]
    read: dict[str, list[Document]] = {language: [] for language in run.languages}
    for item in found:
        try:
            document, notes = reader.read(read_source(item.path, item.file), manifest.row(item.file))
        except Unreadable as unreadable:
            rejected.append(unreadable.rejection)
            continue
        rejected += notes
        if document is not None:
            read[document.language].append(document)
    for language, some in read.items():
        write_records(OUTPUTS / "documents" / f"{language}.jsonl", some)
    write_records(OUTPUTS / "documents" / "rejected.jsonl", rejected)


def manifest_in(folder: Path) -> tuple[Manifest, list[Rejection]]:
    """The folder's documents.csv, if it has one; one that cannot be read is told and not used."""
    path = folder / MANIFEST
    if not path.exists():
        return Manifest("", {}), []
    try:
        return read_manifest(path)
    except Unreadable as unreadable:
        return Manifest("", {}), [unreadable.rejection]


if __name__ == "__main__":
    guarded(documents)
