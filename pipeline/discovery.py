"""Which files to read: the files given, and the text files of the folders given, in a stable order."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.model import Rejection
from pipeline.reading import printable

SUFFIXES = (".txt", ".text")


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read: where it is, and how tables name it (relative to the folder given, forward slashes)."""

    path: Path
    file: str


def discover(paths: Sequence[Path]) -> tuple[list[Found], list[Rejection]]:
    """The files under `paths`, each once, sorted by name; and what could not be looked into.

    A file that is named is taken whatever its suffix; in folders, files ending in one of SUFFIXES are. Links
    to folders are followed, a folder that is reached twice is read once. Hidden files are not read.
    """
    found: dict[str, Found] = {}
    rejected: list[Rejection] = []
    seen: set[tuple[int, int]] = set()
    for path in paths:
        if path.is_dir():
            files, faults = _folder(path, seen)
            rejected += faults
            if not files and not faults:
                cure = f"put text files ({', '.join(SUFFIXES)}) there, or name the files"
                rejected.append(Rejection(printable(path), "", "the folder holds no text files", cure))
        else:
            files = [Found(path, printable(path.name))]
        for item in files:
            found.setdefault(os.path.realpath(item.path), item)
    items = sorted(found.values(), key=lambda f: (f.file, os.fsencode(f.path)))
    return _apart(items), sorted(rejected, key=lambda r: (r.file, r.reason))


def _folder(top: Path, seen: set[tuple[int, int]]) -> tuple[list[Found], list[Rejection]]:
    files: list[Found] = []
    rejected: list[Rejection] = []
    stack = [top]
    while stack:
        folder = stack.pop()
        try:
            status = folder.stat()
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            entries = sorted(os.scandir(folder), key=lambda e: os.fsencode(e.name))
        except OSError as error:
            reason = f"the folder cannot be looked into: {error.strerror or error}"
            rejected.append(Rejection(printable(folder), "", reason, "check its permissions"))
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = Path(entry.path)
            if path.is_dir():
                stack.append(path)
            elif path.suffix.lower() in SUFFIXES:
                files.append(Found(path, printable(path.relative_to(top))))
    return files, rejected


def _apart(items: list[Found]) -> list[Found]:
    """The same items with names that differ: two files of one name keep their paths."""
    names: dict[str, int] = {}
    for item in items:
        names[item.file] = names.get(item.file, 0) + 1
    return [item if names[item.file] == 1 else Found(item.path, printable(item.path)) for item in items]
