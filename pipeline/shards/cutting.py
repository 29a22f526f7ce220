"""Which files are computed together: runs of the sorted list of files, cut where the hash of a file's name says so.

Such a cut depends on the file before it alone, so a new file changes the shard it falls into and no other
("content-defined chunking"); where a shard is full before that, those after it move, up to the next such cut. Shards in
their order are the files in theirs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.discovery import Found
from pipeline.fingerprints import digest_of
from pipeline.manifest import Manifest, ManifestRow
from pipeline.model import Rejection
from pipeline.reading import Unreadable, stored_bytes

_ONE_IN = 48  # files after which a shard ends, on average
_MOST_FILES, _MOST_BYTES = 256, 1_000_000  # of a shard; more only where one file has more


@dataclass(frozen=True, slots=True)
class Input:
    """One file as it was when it was looked at, and its line of documents.csv; `fault`: why there is no `data`."""

    file: str
    data: bytes
    row: ManifestRow | None = None
    fault: Rejection | None = None

    @property
    def digest(self) -> str:
        """A hash of all that is known of the file."""
        row, fault = self.row, self.fault
        told = "" if row is None else f"{row.document}\x1f{row.language}\x1f{row.date}"
        said = "" if fault is None else f"{fault.place}\x1f{fault.reason}\x1f{fault.cure}\x1f{fault.severity}"
        content = hashlib.sha256(self.data).hexdigest()
        return digest_of(self.file, content, told, said)


def input_of(path: Path, file: str, row: ManifestRow | None) -> Input:
    """The file at `path`, read once."""
    try:
        return Input(file, stored_bytes(path, file), row)
    except Unreadable as unreadable:
        return Input(file, b"", row, unreadable.rejection)


def shards_of(files: Iterable[Found], manifest: Manifest) -> Iterator[tuple[Input, ...]]:
    """The files, read, in runs; one run at a time is in memory."""
    run: list[Input] = []
    size = 0
    for found in files:
        given = input_of(found.path, found.file, manifest.row(found.file))
        run.append(given)
        size += len(given.data)
        if _ends(found.file) or len(run) >= _MOST_FILES or size >= _MOST_BYTES:
            yield tuple(run)
            run, size = [], 0
    if run:
        yield tuple(run)


def _ends(file: str) -> bool:
    digest = hashlib.sha256(file.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:4], "little") % _ONE_IN == 0
