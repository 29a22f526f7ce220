"""From files to tables in memory: what the DVC pipeline does stage by stage, for a handful of files.

Large folders go another way to the same tables (`pipeline.shards`), by the same function of a file.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.analysis import Analyst
from pipeline.config import ConfigError
from pipeline.discovery import discover
from pipeline.documents import Reader
from pipeline.events.rules import RuleSet, files_of_rules, rule_set
from pipeline.facts import Row, claimed_twice, distinguish, gathered, rejection_row, tables_of
from pipeline.kept import kept
from pipeline.manifest import Manifest, read_manifest
from pipeline.mentions.dates import DateFinder
from pipeline.model import Document, Mentions, Rejection
from pipeline.reading import Unreadable, source_of
from pipeline.shards.cutting import Input, input_of

Tables = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Part:
    """What one file gives: rows, and where it was read, the document with its paragraphs' texts and mentions."""

    tables: Tables
    document: Document | None = None
    read: tuple[tuple[str, Mentions], ...] = ()

    @property
    def names(self) -> list[list[str]]:
        """The bodies that each paragraph names, by lexicon id."""
        return [[name.id for name in mentions.names if name.id is not None] for _, mentions in self.read]


Progress = Callable[[Iterator[Part], int], Iterator[Part]]


@cache
def _reader(configs: Path, languages: tuple[str, ...]) -> Reader:
    return Reader.from_config(configs, languages, lambda language: _dates(configs, language))


@cache
def _dates(configs: Path, language: str) -> DateFinder:
    return DateFinder.from_config(configs, language)


def kept_rules(configs: Path, language: str) -> RuleSet:
    """The rules of a language (see `rule_set`), from an earlier process if they are still what they were.

    Raises ConfigError.
    """
    files = files_of_rules(configs, language)
    return kept(RuleSet, language, configs, files, lambda: rule_set(configs, language))


@cache
def _analyst(configs: Path, language: str) -> Analyst:
    analyst = Analyst.from_config(configs, language, _dates(configs, language), kept_rules(configs, language))
    gc.freeze()  # rules stay to the end: to go through all of them for garbage takes a tenth of a shard's time
    return analyst


def file_part(given: Input, configs: Path, languages: tuple[str, ...]) -> Part:
    """What one file gives.

    A file that cannot be read gives a row of `rejected`. A fault of the program is told like any other: one document
    must not stop the others.
    """
    try:
        return _file_part(given, configs, languages)
    except Unreadable as unreadable:
        return Part({"rejected": [rejection_row(unreadable.rejection)]})
    except ConfigError:
        raise
    except Exception as error:
        return failed_part(given, error)


def failed_part(given: Input, error: Exception) -> Part:
    """What a file gives on which the program itself failed: a row of `rejected`."""
    reason = f"unfacts itself failed on this file: {type(error).__name__}: {error}"[:500]
    cure = "report it with the file; the other documents are not touched"
    return Part({"rejected": [rejection_row(Rejection(given.file, "", reason, cure))]})


def _file_part(given: Input, configs: Path, languages: tuple[str, ...]) -> Part:
    if given.fault is not None:
        raise Unreadable(given.fault)
    source = source_of(given.data, given.file)
    document, notes = _reader(configs, languages).read(source, given.row)
    said = [rejection_row(note) for note in notes]
    if document is None:
        return Part({"rejected": said})
    paragraphs = _analyst(configs, document.language).read(document)
    tables = tables_of(document, paragraphs)
    tables["rejected"] = said + tables["rejected"]
    return Part(tables, document, tuple([(each.paragraph.aligned.text, each.mentions) for each in paragraphs]))


def extracted(
    paths: Sequence[Path],
    configs: Path,
    languages: Sequence[str],
    manifest: Path | None = None,
    progress: Progress | None = None,
) -> Tables:
    """The rows of all tables, from the files under `paths`.

    Raises ConfigError where a configuration is at fault, Unreadable where the manifest cannot be read; what is wrong
    with single files stands in the table `rejected`.
    """
    # a shard of a large folder wants none of these: its first document need not wait for them
    from pipeline.agreement.tables import agreed
    from pipeline.alignments.signatures import Signer, unsigned
    from pipeline.alignments.versions import versions_of
    from pipeline.mandates import Bodies, mandate_rows
    from pipeline.sentences import Sentences

    overrides, notes = read_manifest(manifest) if manifest is not None else (Manifest("", {}), [])
    files, faults = discover(paths)
    notes += [*faults, *overrides.missing([found.file for found in files])]
    given = (input_of(found.path, found.file, overrides.row(found.file)) for found in files)
    running = (file_part(each, configs, tuple(languages)) for each in given)
    parts = list(progress(running, len(files)) if progress is not None else running)
    tables = gathered([{"rejected": [rejection_row(note) for note in notes]}, *(part.tables for part in parts)])
    distinguish(tables)
    read = [(part.document, part.read) for part in parts if part.document is not None]
    read.sort(key=lambda each: (languages.index(each[0].language), each[0].file))
    # only what the documents need is made: rules of six languages take longer to load than a letter to read
    present = sorted({document.language for document, _ in read})
    signers = {language: Signer.from_config(configs, language) for language in present} if len(present) > 1 else {}
    signatures = [
        signers[document.language].document(document, body) if signers else unsigned(document)
        for document, body in read
    ]
    sentences = {language: Sentences.from_config(configs, language).spans for language in present}
    tables = agreed(tables, versions_of(signatures), sentences)
    tables["rejected"] += [rejection_row(note) for note in claimed_twice(tables.get("documents", ()))]
    bodies = Bodies.from_config(configs, languages)
    tables["mandates"] = mandate_rows(tables.get("facts", ()), tables.get("documents", ()), bodies)
    return tables
