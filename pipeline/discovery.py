"""Which files to read: the files given, and the text files of the folders given, in a stable order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.model import Rejection
from pipeline.reading import printable

SUFFIXES = (".txt", ".text")
CONVERTIBLE = (".pdf", ".docx")
"""What `unfacts text` makes text files of; in a folder that is read, a word about each says so."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read: where it is, and how tables name it (relative to the folder given, forward slashes).

    A run may know a million of them, so each is no more than two strings; `place` is empty where it is `file` under
    `top`.
    """

    top: str
    file: str
    place: str = ""

    @property
    def where(self) -> str:
        """Where it is. (Not a Path: Python keeps the parts of every path of those, and some memory when they go.)"""
        return self.place or os.path.join(self.top, self.file)  # noqa: PTH118

    @property
    def path(self) -> Path:
        """Where it is."""
        return Path(self.where)


class Files:
    """A list of files in little memory: of a million, their names and not much more."""

    def __init__(self, files: Iterable[Found]) -> None:
        """The files, in their order."""
        tops: dict[str, int] = {}
        told = [f"{tops.setdefault(each.top, len(tops))}\0{each.file}\0{each.place}" for each in files]
        self._count, self._tops = len(told), tuple(tops)
        self._told = "\0".join(told).encode("utf-8", "surrogatepass")

    def __len__(self) -> int:
        """How many."""
        return self._count

    def __iter__(self) -> Iterator[Found]:
        fields = iter(self._fields()) if self._count else iter(())
        for top, file, place in zip(fields, fields, fields, strict=True):
            yield Found(self._tops[int(top)], file, place)

    def _fields(self) -> Iterator[str]:
        start = 0
        while (end := self._told.find(b"\0", start)) >= 0:
            yield self._told[start:end].decode("utf-8", "surrogatepass")
            start = end + 1
        yield self._told[start:].decode("utf-8", "surrogatepass")


def _found(path: str, file: str, top: str) -> Found:
    plain = os.path.join(top, file)  # noqa: PTH118
    return Found(top, file) if plain == path else Found(top, file, path)


def discover(paths: Sequence[Path], suffixes: tuple[str, ...] = SUFFIXES) -> tuple[list[Found], list[Rejection]]:
    """The files under `paths`, each once, sorted by name; and what could not be looked into.

    A file that is named is taken whatever its suffix; in folders, files ending in one of `suffixes` are. Links
    to folders are followed, a folder that is reached twice is read once. Hidden files are not read.
    """
    found: dict[str, Found] = {}
    rejected: list[Rejection] = []
    seen: set[tuple[int, int]] = set()
    for path in paths:
        if path.is_dir():
            files, faults = _folder(path, seen, suffixes)
            rejected += faults
            if not files and not faults:
                reason = f"the folder holds no files that end in {' or '.join(suffixes)}"
                rejected.append(Rejection(printable(path), "", reason, "put some there, or name the files"))
        else:
            files = [_found(os.fspath(path), printable(path.name), os.fspath(path.parent))]
        for item in files:
            found.setdefault(_identity(item.where), item)
    items = sorted(_apart(list(found.values())), key=lambda f: (f.file, os.fsencode(f.where)))
    return items, sorted(rejected, key=lambda r: (r.file, r.reason))


def _folder(top: Path, seen: set[tuple[int, int]], suffixes: tuple[str, ...]) -> tuple[list[Found], list[Rejection]]:
    files: list[Found] = []
    rejected: list[Rejection] = []
    stack = [(os.fspath(top), "")]  # folders, and what they are called under `top`
    while stack:
        folder, called = stack.pop()
        try:
            status = os.stat(folder)  # noqa: PTH116
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
            name = os.path.join(called, entry.name)  # noqa: PTH118
            path = name if folder == os.curdir else os.path.join(folder, entry.name)  # noqa: PTH118
            suffix = os.path.splitext(entry.name)[1].lower()  # noqa: PTH122
            if os.path.isdir(entry.path) if entry.is_symlink() else entry.is_dir():  # noqa: PTH112
                stack.append((path, name))
            elif suffix in suffixes:
                files.append(_found(path, printable(name), os.fspath(top)))
            elif suffix in CONVERTIBLE and suffixes == SUFFIXES:
                cure = "make a text file of it: unfacts text FOLDER --output TEXTS"
                note = Rejection(printable(name), "", "left out, for it is no text file", cure, "warning")
                rejected.append(note)
    return files, rejected


def _identity(path: str) -> str:
    """The path without links: what two names of one file have in common."""
    if os.path.islink(path):  # noqa: PTH114
        return os.path.realpath(path)
    folder, name = os.path.split(path)
    return os.path.join(_real(folder), name)  # noqa: PTH118


@lru_cache(maxsize=256)
def _real(folder: str) -> str:
    return os.path.realpath(folder)


def _apart(items: list[Found]) -> list[Found]:
    """The same items with names that differ: two files of one name keep their paths."""
    names: dict[str, int] = {}
    for item in items:
        names[item.file] = names.get(item.file, 0) + 1
    return [item if names[item.file] == 1 else Found("", printable(item.where), item.where) for item in items]
