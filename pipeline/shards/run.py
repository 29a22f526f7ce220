"""A run over a folder of any size: shards to parts, parts compared, tables put together."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.discovery import Files, discover
from pipeline.facts import claimed_twice, distinct_id, rejection_row
from pipeline.manifest import Manifest, read_manifest
from pipeline.model import Rejection
from pipeline.shards.changing import part_with
from pipeline.shards.cutting import Input, digest_of, shards_of
from pipeline.shards.engines import Engine, Task
from pipeline.shards.identity import run_key
from pipeline.shards.ledger import Known, Ledger
from pipeline.shards.packed import Packed
from pipeline.shards.parts import arrow_of, index_of, known_of, part_of
from pipeline.shards.store import Store

# What compares documents, and what makes mandates of them, is read when it is wanted: the first document need not wait.
if TYPE_CHECKING:
    from pipeline.alignments.linking import Family
    from pipeline.alignments.signatures import DocumentSignature

Function = Callable[..., bytes]
Advance = Callable[[str, int, int], None]
"""Told of which stage more is done (files read, documents compared), how many more, and how many there are in all."""
_CACHED = 8  # parts whose texts are in memory while versions are compared


@dataclass(slots=True)
class Parts:
    """What a run has computed: the parts in the order of their files, and what is said of all of them together.

    The ledger keeps rows of `rejected` and `discrepancies`.
    """

    store: Store
    keys: list[str]
    ledger: Ledger

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

    def parts(self, ledger: Ledger, paths: Sequence[Path], manifest: Path | None = None) -> Parts:
        """Everything that the files under `paths` give; `ledger` is empty.

        Raises ConfigError, Unreadable, EngineError, OutputError.
        """
        overrides, notes = read_manifest(manifest) if manifest is not None else (Manifest("", {}), [])
        found, faults = discover(paths)
        files = Files(found)
        del found
        notes += [*faults, *overrides.missing(found.file for found in files)]
        ledger.keep("rejected", map(rejection_row, notes))
        parts = Parts(self.store, self._read(shards_of(files, overrides), len(files)), ledger)
        del files, faults, notes
        for number, part in enumerate(parts):
            ledger.add(known_of(number, part))
        ledger.keep("rejected", (rejection_row(note) for each in ledger.claims() for note in _claimed(*each)))
        self._compared(parts)
        parts.keys = self._changed(parts)
        return parts

    def mandates(self, parts: Parts) -> Callable[[], Packed]:
        """What gives the mandates of the parts and their picture (see `mandates_of`); they are made meanwhile."""
        key = digest_of(self.key, "mandates", *self.languages, *parts.keys)
        if self.store.get(key) is not None:
            return partial(self.store.there, key)
        from pipeline.shards.mandating import mandates_of

        task = (self.key, self.configs, self.languages, self.store.folder, parts.keys)
        begun = self.engine.begun(mandates_of, task)
        return lambda: self.store.put(key, begun())

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

    def _compared(self, parts: Parts) -> None:
        """Note in the ledger what is to be changed in the rows of each file, and the discrepancies."""
        ledger = parts.ledger
        several = ledger.languages() > 1
        if several and ledger.nameless():
            from pipeline.alignments.linking import linked

            with linked(self._signatures(parts)) as families:
                for family in families.several():
                    for file in family.files:
                        ledger.say(file, family.document, "content" if file in family.linked else "symbol")
                count = sum(1 for _ in families.several())
                told = ((family, ledger.named(family.files)) for family in families.several())
                self._agreed(parts, told, count)
        else:
            ledger.say_symbols()
            if several:
                self._agreed(parts, _by_symbol(ledger), ledger.documents_compared())
        ledger.say_again()

    def _signatures(self, parts: Parts) -> Iterator[DocumentSignature]:
        """The signatures of all files, by language, then by file."""
        from pipeline.shards.comparing import read_signature, signatures_of

        keys = [digest_of(self.key, "signatures", key) for key in parts.keys]
        asked = (
            (of_signatures, (self.key, self.configs, self.store.there(key).whole()))
            for of_signatures, key in zip(keys, parts.keys, strict=True)
        )
        for _ in self._results(signatures_of, asked):
            pass
        at, packed = -1, None
        for known in parts.ledger.by_language():  # of one language files of a shard stand together
            if packed is None or known.shard != at:
                at, packed = known.shard, self.store.there(keys[known.shard])
            yield read_signature(packed, known.file)

    def _agreed(self, parts: Parts, families: Iterable[tuple[Family, list[Known]]], total: int) -> None:
        """Compare the versions of each document that is there in several languages; `total`: how many there are."""
        from pipeline.alignments.versions import compared_files
        from pipeline.shards.comparing import agreement_of, read_agreement

        ledger, texts = parts.ledger, _Texts(parts)

        def asked() -> Iterator[tuple[str, Task]]:
            for family, members in families:
                self.advance("compared", 1, total)
                files = compared_files(family.files, [each.language for each in members])
                if not files:
                    continue
                data = [texts.of(each) for each in members if each.file in files]
                hashes = (hashlib.sha256(each).hexdigest() for each in data)
                yield digest_of(self.key, "agreement", family.document, *family.linked, "", *hashes), (
                    self.key, self.configs, family, data,
                )  # fmt: skip

        for result in self._results(agreement_of, asked()):
            facts, discrepancies = read_agreement(result)
            for file, told in facts.items():
                ledger.say_facts(file, told)
            ledger.keep("discrepancies", discrepancies)

    def _changed(self, parts: Parts) -> list[str]:
        """The keys of the parts with what is said of their files."""
        keys = list(parts.keys)
        changed = []

        def asked() -> Iterator[tuple[str, Task]]:
            for number, key in enumerate(parts.keys):
                mine = parts.ledger.said(number)
                if not mine:
                    continue
                part = self.store.there(key)
                for file, change in mine.items():
                    if change.get("distinct"):
                        rows = arrow_of(part, "facts").select(["fact_id", "source_file"]).to_pylist()
                        ids = [row["fact_id"] for row in rows if row["source_file"] == file]
                        mine[file] = {**change, "ids": {each: distinct_id(each, file) for each in ids}}
                told = json.dumps(mine, sort_keys=True, ensure_ascii=False)
                key = digest_of(self.key, "with", key, told)
                changed.append((number, key))
                yield key, (self.key, self.configs, part.whole(), mine)

        for _ in self._results(part_with, asked()):
            pass
        for number, key in changed:
            keys[number] = key
        return keys


def _by_symbol(ledger: Ledger) -> Iterator[tuple[Family, list[Known]]]:
    """The documents that files of several languages name by symbol, and what is known of those files."""
    from pipeline.alignments.linking import Family

    for members in ledger.compared():
        yield Family(members[0].symbol, tuple(each.file for each in members), ()), members


def _claimed(known: Known, first: str) -> list[Rejection]:
    """The warning that a file before this one is the same document in the same language."""
    return claimed_twice({"file": f, "document": known.symbol, "language": known.language} for f in (first, known.file))


class _Texts:
    """What is compared of each file; the files of the last few parts are in memory."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._cached: OrderedDict[int, dict[str, bytes]] = OrderedDict()

    def of(self, known: Known) -> bytes:
        """What is compared of a file."""
        from pipeline.shards.comparing import texts_of

        if known.shard not in self._cached:
            part = self._parts.store.there(self._parts.keys[known.shard])
            self._cached[known.shard] = texts_of(part, [entry["file"] for entry in index_of(part)])
            if len(self._cached) > _CACHED:
                self._cached.popitem(last=False)
        self._cached.move_to_end(known.shard)
        return self._cached[known.shard][known.file]

