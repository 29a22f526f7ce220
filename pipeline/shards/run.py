"""A run over a folder of any size: shards to parts, parts compared, tables put together."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.discovery import Files, discover
from pipeline.facts import claimed_twice, distinct_id, rejection_row
from pipeline.fingerprints import digest_of
from pipeline.manifest import Manifest, read_manifest
from pipeline.model import Rejection
from pipeline.shards.changing import part_with
from pipeline.shards.cutting import Input, shards_of
from pipeline.shards.engines import Engine, Task
from pipeline.shards.identity import run_key
from pipeline.shards.ledger import Known, Ledger
from pipeline.shards.packed import Packed
from pipeline.shards.parts import arrow_of, known_of, part_of
from pipeline.shards.store import Store
from pipeline.shards.trail import Trail
from pipeline.spill import database

# What compares documents, and what makes mandates of them, is read when it is wanted: the first document need not wait.
if TYPE_CHECKING:
    from pipeline.alignments.linking import Family
    from pipeline.alignments.signatures import DocumentSignature

_Versions = tuple["Family", list[Known]]  # a document, and what is known of its files
Function = Callable[..., bytes]
Advance = Callable[[str, int, int], None]
"""Told of which stage more is done (files read, documents compared), how many more, and how many there are in all."""


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
        trail = Trail(self.store, digest_of(self.key, "trail", *self.languages))

        def task(inputs: Sequence[Input]) -> Task:
            return self.key, self.configs, self.languages, inputs, trail.known(inputs)

        def asked() -> Iterator[tuple[str, Callable[[], Task]]]:
            for inputs in shards:
                key = digest_of(self.key, "part", *self.languages, *(each.digest for each in inputs))
                keys.append(key)
                trail.note(inputs, key)
                self.advance("read", len(inputs), files)
                yield key, partial(task, inputs)

        for _ in self._results(part_of, asked()):
            pass
        trail.keep()
        return keys

    def _results(self, function: Function, asked: Iterable[tuple[str, Callable[[], Task]]]) -> Iterator[Packed]:
        """The results of a function, from the store, else of the task that is asked for then, and kept; in order."""
        waiting: deque[tuple[str, bool]] = deque()

        def missing() -> Iterator[Task]:
            for key, task in asked:
                kept = self.store.get(key) is not None
                waiting.append((key, kept))
                if not kept:
                    yield task()

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
                self._agreed(parts, lambda: ((f, ledger.named(f.files)) for f in families.several()), count)
        else:
            ledger.say_symbols()
            if several:
                self._agreed(parts, partial(_by_symbol, ledger), ledger.documents_compared())
        ledger.say_again()

    def _signatures(self, parts: Parts) -> Iterator[DocumentSignature]:
        """The signatures of all files, by language, then by file."""
        from pipeline.shards.comparing import read_signature, signatures_of

        keys = [digest_of(self.key, "signatures", key) for key in parts.keys]
        asked = (
            (of_signatures, partial(self._of_part, key)) for of_signatures, key in zip(keys, parts.keys, strict=True)
        )
        for _ in self._results(signatures_of, asked):
            pass
        at, packed = -1, None
        for known in parts.ledger.by_language():  # of one language files of a shard stand together
            if packed is None or known.shard != at:
                at, packed = known.shard, self.store.there(keys[known.shard])
            yield read_signature(packed, known.file)

    def _of_part(self, key: str) -> Task:
        """What a function of a whole part is given."""
        return self.key, self.configs, self.store.there(key).whole()

    def _agreed(self, parts: Parts, families: Callable[[], Iterable[_Versions]], total: int) -> None:
        """Compare the versions of each document; `families` gives them (more than once), `total` of them."""
        from pipeline.alignments.versions import compared_files
        from pipeline.shards.comparing import agreement_of, read_agreement
        from pipeline.shards.texts import SCHEMA, Texts

        def compared() -> Iterator[tuple[str, Family, list[Known]]]:
            for family, members in families():
                files = compared_files(family.files, [each.language for each in members])
                some = [each for each in members if each.file in files]
                if some:
                    # a text follows from its file and from the languages that this could be in
                    known = (*self.languages, "", *(each.digest for each in some))
                    yield digest_of(self.key, "agreement", family.document, *family.linked, "", *known), family, some

        def task(family: Family, members: Sequence[Known]) -> Task:
            return self.key, self.configs, family, [texts.of(each) for each in members]

        def asked() -> Iterator[tuple[str, Callable[[], Task]]]:
            for key, family, members in compared():
                self.advance("compared", 1, total)
                yield key, partial(task, family, members)

        with database(SCHEMA) as connection:
            texts = Texts(connection, lambda shard: self.store.there(parts.keys[shard]))
            for key, _, members in compared():
                if self.store.get(key) is None:
                    for each in members:
                        texts.want(each)
            texts.gather()
            for result in self._results(agreement_of, asked()):
                facts, discrepancies = read_agreement(result)
                for file, told in facts.items():
                    parts.ledger.say_facts(file, told)
                parts.ledger.keep("discrepancies", discrepancies)

    def _with(self, key: str, changes: dict[str, dict[str, Any]]) -> Task:
        """What `part_with` is given."""
        return *self._of_part(key), changes

    def _changed(self, parts: Parts) -> list[str]:
        """The keys of the parts with what is said of their files."""
        keys = list(parts.keys)
        changed = []

        def asked() -> Iterator[tuple[str, Callable[[], Task]]]:
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
                changed.append((number, digest_of(self.key, "with", key, told)))
                yield changed[-1][1], partial(self._with, key, mine)

        for _ in self._results(part_with, asked()):
            pass
        for number, key in changed:
            keys[number] = key
        return keys


def _by_symbol(ledger: Ledger) -> Iterator[_Versions]:
    """The documents that files of several languages name by symbol, and what is known of those files."""
    from pipeline.alignments.linking import Family

    for members in ledger.compared():
        yield Family(members[0].symbol, tuple(each.file for each in members), ()), members


def _claimed(known: Known, first: str) -> list[Rejection]:
    """The warning that a file before this one is the same document in the same language."""
    return claimed_twice({"file": f, "document": known.symbol, "language": known.language} for f in (first, known.file))
