"""From files to tables in one go: the work of the DVC pipeline for people with a folder of files.

A file is read, and its rows made, by one pure function; one process and a pool of them run the same function, and
the rows are gathered in the order of the files, so the result does not depend on which.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from pipeline.agreement.tables import agreed
from pipeline.alignments.signatures import DocumentSignature, Signer
from pipeline.alignments.versions import versions_of
from pipeline.analysis import Analyst
from pipeline.config import ConfigError
from pipeline.discovery import Found, discover
from pipeline.documents import Reader
from pipeline.facts import Row, claimed_twice, gathered, rejection_row, tables_of
from pipeline.mandates import Bodies, mandate_rows
from pipeline.manifest import Manifest, ManifestRow, read_manifest
from pipeline.model import Rejection
from pipeline.reading import Unreadable, read_source

Tables = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Part:
    """What one file gives."""

    tables: Tables
    signature: DocumentSignature | None = None


Progress = Callable[[Iterator[Part], int], Iterator[Part]]


@dataclass(frozen=True, slots=True)
class Job:
    """One file to read, with all that its worker needs to know."""

    found: Found
    row: ManifestRow | None
    configs: Path
    languages: tuple[str, ...]


@cache
def _reader(configs: Path, languages: tuple[str, ...]) -> Reader:
    return Reader.from_config(configs, languages)


@cache
def _analyst(configs: Path, language: str) -> Analyst:
    return Analyst.from_config(configs, language)


@cache
def _signer(configs: Path, language: str) -> Signer:
    return Signer.from_config(configs, language)


def tables_of_file(job: Job) -> Part:
    """The rows that one file gives to each table, and what it is compared by with other files.

    A file that cannot be read gives a row of `rejected`.

    A fault of the program is told like any other: one document must not stop the others.
    """
    try:
        return _tables_of_file(job)
    except Unreadable as unreadable:
        return Part({"rejected": [rejection_row(unreadable.rejection)]})
    except ConfigError:
        raise
    except Exception as error:
        reason = f"unfacts itself failed on this file: {type(error).__name__}: {error}"[:500]
        cure = "report it with the file; the other documents are not touched"
        return Part({"rejected": [rejection_row(Rejection(job.found.file, "", reason, cure))]})


def _tables_of_file(job: Job) -> Part:
    source = read_source(job.found.path, job.found.file)
    document, notes = _reader(job.configs, job.languages).read(source, job.row)
    said = [rejection_row(note) for note in notes]
    if document is None:
        return Part({"rejected": said})
    paragraphs = _analyst(job.configs, document.language).read(document)
    tables = tables_of(document, paragraphs)
    tables["rejected"] = said + tables["rejected"]
    read = ((each.paragraph.text, each.mentions) for each in paragraphs)
    return Part(tables, _signer(job.configs, document.language).document(document, read))


def extracted(
    paths: Sequence[Path],
    configs: Path,
    languages: Sequence[str],
    manifest: Path | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> Tables:
    """The rows of all tables, from the files under `paths`.

    Raises ConfigError where a configuration is at fault, Unreadable where the manifest cannot be read; what is wrong
    with single files stands in the table `rejected`.
    """
    overrides, notes = read_manifest(manifest) if manifest is not None else (Manifest("", {}), [])
    files, faults = discover(paths)
    notes += [*faults, *overrides.missing([found.file for found in files])]
    jobs = [Job(found, overrides.row(found.file), configs, tuple(languages)) for found in files]
    running = _run(jobs, workers)
    parts = list(progress(running, len(jobs)) if progress is not None else running)
    tables = gathered([{"rejected": [rejection_row(note) for note in notes]}, *(part.tables for part in parts)])
    signatures = [part.signature for part in parts if part.signature is not None]
    signatures.sort(key=lambda signature: (languages.index(signature.language), signature.file))
    # only what the documents need is made: rules of six languages take longer to load than a letter to read
    present = sorted({signature.language for signature in signatures})
    sentences = {language: _analyst(configs, language).sentences.spans for language in present}
    tables = agreed(tables, versions_of(signatures), sentences)
    tables["rejected"] += [rejection_row(note) for note in claimed_twice(tables.get("documents", ()))]
    bodies = Bodies.from_config(configs, languages)
    tables["mandates"] = mandate_rows(tables.get("facts", ()), tables.get("documents", ()), bodies)
    return tables


def _run(jobs: Sequence[Job], workers: int) -> Iterator[Part]:
    if workers <= 1 or len(jobs) < 2:
        yield from map(tables_of_file, jobs)
        return
    # forkserver and spawn start clean, the same on every system; the results come in the order of the jobs
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(tables_of_file, jobs, chunksize=max(1, min(16, len(jobs) // (workers * 4))))
