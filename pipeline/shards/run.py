"""A run over a folder of any size: shards to parts, parts compared, tables put together."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.alignments.signatures import DocumentSignature
from pipeline.alignments.versions import compared_files
from pipeline.discovery import discover
from pipeline.facts import Row, claimed_twice, distinct_id, rejection_row
from pipeline.manifest import Manifest, read_manifest
from pipeline.shards.comparing import (
    Known,
    agreement_of,
    families_of,
    known_of,
    read_agreement,
    read_signatures,
    signatures_of,
    texts_of,
)
from pipeline.shards.cutting import Input, digest_of, shards_of
from pipeline.shards.engines import Engine, Task
from pipeline.shards.identity import run_key
from pipeline.shards.packed import Packed
from pipeline.shards.parts import arrow_of, index_of, part_of, part_with
from pipeline.shards.store import Store

Function = Callable[..., bytes]
Advance = Callable[[str, int, int], None]
"""Told of which stage more is done (files read, documents compared), how many more, and how many there are in all."""
_CACHED = 8  # parts whose texts are in memory while versions are compared


@dataclass(slots=True)
class Parts:
    """What a run has computed: the parts in the order of their files, and what is said of all of them together."""

    store: Store
    keys: list[str]
    notes: list[Row]
    discrepancies: list[Row] = field(default_factory=list)

    def __iter__(self) -> Iterator[Packed]:
        return map(self.store.there, self.keys)


@dataclass(frozen=True, slots=True)
class Run:
    """One run: what it reads by, what it works with."""

    configs: Path | None  # None: the built-in one
    languages: tuple[str, ...]
    engine: Engine
    store: Store
    advance: Advance = lambda stage, count, total: None

    @property
    def key(self) -> str:
        """The hash of the program and its configuration."""
        return run_key(self.configs)

    def parts(self, paths: Sequence[Path], manifest: Path | None = None) -> Parts:
        """Everything that the files under `paths` give. Raises ConfigError, Unreadable, EngineError, OutputError."""
        overrides, notes = read_manifest(manifest) if manifest is not None else (Manifest("", {}), [])
        files, faults = discover(paths)
        notes += [*faults, *overrides.missing([found.file for found in files])]
        keys = self._read(shards_of(files, overrides), len(files))
        parts = Parts(self.store, keys, [rejection_row(note) for note in notes])
        known = [each for number, part in enumerate(parts) for each in known_of(number, part)]
        claims = claimed_twice({"file": e.file, "document": e.symbol, "language": e.language} for e in known)
        parts.notes += [rejection_row(note) for note in claims]
        said = self._compared(parts, known, {note.file for note in claims})
        parts.keys = self._changed(parts, said)
        return parts

    def _read(self, shards: Iterable[Sequence[Input]], files: int) -> list[str]:
        """The keys of the parts of all shards; those that are not in the store are computed."""
        keys: list[str] = []

        def asked() -> Iterator[tuple[str, Task]]:
            for inputs in shards:
                key = digest_of(self.key, "part", *self.languages, *(each.digest for each in inputs))
                keys.append(key)
                self.advance("read", len(inputs), files)
                yield key, (self.key, self.configs, self.languages, inputs)

        for _ in self._results(part_of, asked()):
            pass
        return keys

    def _results(self, function: Function, asked: Iterable[tuple[str, Task]]) -> Iterator[Packed]:
        """The results of a function, from the store, else computed and kept; in order."""
        waiting: deque[tuple[str, bool]] = deque()

        def missing() -> Iterator[Task]:
            for key, task in asked:
                kept = self.store.get(key) is not None
                waiting.append((key, kept))
                if not kept:
                    yield task

        for result in self.engine.run(function, missing()):
            while waiting[0][1]:
                yield self.store.there(waiting.popleft()[0])
            yield self.store.put(waiting.popleft()[0], result)
        while waiting:
            yield self.store.there(waiting.popleft()[0])

    def _compared(self, parts: Parts, known: Sequence[Known], claimed: set[str]) -> dict[str, dict[str, Any]]:
        """What is to be changed in the rows of each file; the discrepancies are noted in `parts`."""
        said: dict[str, dict[str, Any]] = {file: {} for file in claimed}
        languages = {each.language for each in known}
        if len(languages) < 2 and not claimed:
            return said  # nothing has another version
        order = {language: number for number, language in enumerate(self.languages)}
        ordered = sorted(known, key=lambda each: (order[each.language], each.file))
        signatures: dict[str, DocumentSignature] = {}
        if len(languages) > 1 and not all(each.named for each in known):
            asked = (
                (digest_of(self.key, "signatures", key), (self.key, self.configs, self.store.there(key).whole()))
                for key in parts.keys
            )
            for packed in self._results(signatures_of, asked):
                signatures |= {signature.file: signature for signature in read_signatures(packed)}
        by_file = {each.file: each for each in known}
        texts = _Texts(parts)
        families = families_of(ordered, signatures)
        several = []
        for family in families:
            for file in family.files:
                how = "content" if file in family.linked else "symbol"
                said[file] = {"document": family.document, "linked_by": how}
            if len({by_file[file].language for file in family.files}) > 1:
                several.append(family)

        def asked_of_families() -> Iterator[tuple[str, Task]]:
            for family in several:
                files = compared_files(family.files, [by_file[file].language for file in family.files])
                data = [texts.of(by_file[file]) for file in files]
                hashes = (hashlib.sha256(each).hexdigest() for each in data)
                self.advance("compared", 1, len(several))
                yield digest_of(self.key, "agreement", family.document, *family.linked, "", *hashes), (
                    self.key, self.configs, family, data,
                )  # fmt: skip

        for result in self._results(agreement_of, asked_of_families()):
            facts, discrepancies = read_agreement(result)
            for file, told in facts.items():
                said[file]["facts"] = told
            parts.discrepancies += discrepancies
        for file in claimed:
            said[file]["distinct"] = True
        return said

    def _changed(self, parts: Parts, said: Mapping[str, Mapping[str, Any]]) -> list[str]:
        """The keys of the parts with what is said of their files."""
        keys = list(parts.keys)
        changed = []

        def asked() -> Iterator[tuple[str, Task]]:
            for number, part in enumerate(parts):
                mine = {entry["file"]: said[entry["file"]] for entry in index_of(part) if entry["file"] in said}
                if not mine:
                    continue
                for file, change in mine.items():
                    if change.get("distinct"):
                        rows = arrow_of(part, "facts").select(["fact_id", "source_file"]).to_pylist()
                        ids = [row["fact_id"] for row in rows if row["source_file"] == file]
                        mine[file] = {**change, "ids": {each: distinct_id(each, file) for each in ids}}
                told = json.dumps(mine, sort_keys=True, ensure_ascii=False)
                key = digest_of(self.key, "with", keys[number], told)
                changed.append((number, key))
                yield key, (self.key, self.configs, part.whole(), mine)

        for _ in self._results(part_with, asked()):
            pass
        for number, key in changed:
            keys[number] = key
        return keys


class _Texts:
    """What is compared of each file; the files of the last few parts are in memory."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._cached: OrderedDict[int, dict[str, bytes]] = OrderedDict()

    def of(self, known: Known) -> bytes:
        """What is compared of a file."""
        if known.shard not in self._cached:
            part = self._parts.store.there(self._parts.keys[known.shard])
            self._cached[known.shard] = texts_of(part, [entry["file"] for entry in index_of(part)])
            if len(self._cached) > _CACHED:
                self._cached.popitem(last=False)
        self._cached.move_to_end(known.shard)
        return self._cached[known.shard][known.file]

