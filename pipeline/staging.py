"""A set of files that appears whole or not at all.

Files are written into a folder beside the old ones and synced to the disk; other people's files in the output folder
get a second name there (a hard link). Then the two folders change places in one step (`exchange`), so that at every
moment, a power cut or a `kill -9` included, the files are all old or all new. Where the system cannot exchange folders
or link files, the files are renamed one by one by a list that is on the disk before the first of them moves: a run that
was killed in between is finished by the next one, before anything else (`recover`).
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from pipeline.exchange import exchange

STAGING = ".unfacts-new"  # in the output folder; beside it, with the folder's name in front, where they change places
KEPT = ".unfacts"  # what runs keep for one another; it stays in the output folder
_LIST = "moving.json"


class OutputError(OSError):
    """The results cannot be written: where, why, and what to do."""


@contextmanager
def staged(folder: Path, ours: Collection[str] = ()) -> Iterator[Path]:
    """An empty folder to write files into; when the block ends without an error they move to `folder`.

    `ours` are names of files that earlier runs may have written: those that are not written again go.
    What a killed run has left behind is finished or removed first. Two runs must not write to one folder at a time.
    Raises OutputError where the folder cannot be written; the files in it are then as they were.
    """
    try:
        recover(folder)
        folder.mkdir(parents=True, exist_ok=True)
        staging = _empty(folder)
    except OSError as error:
        raise _told(folder, error) from error
    try:
        yield staging
        _publish(staging, folder, frozenset(ours))
    except OutputError:
        raise
    except OSError as error:
        raise _told(folder, error) from error
    finally:
        _discard(staging)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """`folder`, made if it is not there, for one run alone; a run that is killed leaves it free.

    Raises OutputError where another run has it, or where it cannot be written.
    """
    try:
        recover(folder)
        (folder / KEPT).mkdir(parents=True, exist_ok=True)
        file = (folder / KEPT / "lock").open("ab")
    except OSError as error:
        raise _told(folder, error) from error
    with file:
        if not _alone(file):
            raise OutputError(f"another run is writing to {folder}: wait for it, or choose another --output")
        try:
            yield
        except BaseException:
            _leave_no_trace(folder)
            raise


def _leave_no_trace(folder: Path) -> None:
    """Remove what `locked` made, where nothing has come into it."""
    kept = folder / KEPT
    with contextlib.suppress(OSError):
        if [entry.name for entry in kept.iterdir()] == ["lock"]:
            (kept / "lock").unlink()
            kept.rmdir()
            folder.rmdir()


def _alone(file: BinaryIO) -> bool:
    try:
        import fcntl
    except ImportError:  # not on this system: two runs at a time are then the user's to avoid
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def recover(folder: Path) -> None:
    """Finish what a killed run had begun to move into `folder`, and remove what it had not. Raises OSError."""
    inside, beside = folder / STAGING, _beside(folder)
    if (inside / _LIST).is_file():
        _move(inside, folder)
    if beside.is_dir():
        _brought(beside, folder, frozenset(entry.name for entry in beside.iterdir() if not _is_folder(entry)))
    _discard(inside)
    _discard(beside)


def _beside(folder: Path) -> Path:
    whole = folder.resolve()
    return whole.with_name(f".{whole.name}{STAGING}")


def _empty(folder: Path) -> Path:
    """A new folder to write into: beside `folder` if possible, for then they can change places."""
    beside = _beside(folder)
    try:
        beside.mkdir()
        return beside
    except OSError:
        staging = folder / STAGING
        staging.mkdir()
        return staging


def _publish(staging: Path, folder: Path, ours: frozenset[str]) -> None:
    files = sorted(staging.iterdir())
    for file in files:
        if (folder / file.name).is_dir():
            raise OutputError(f"{folder / file.name} is a folder, a file of that name is to be written: move it")
        _sync(file)
    _sync(staging)
    names = frozenset(file.name for file in files)
    if staging.parent != folder and not _exchanged(staging, folder, names | ours):
        inside = folder / STAGING
        staging.rename(inside)
        staging = inside
    if staging.parent == folder:
        gone = sorted(name for name in ours - names if (folder / name).is_file())
        _write_list(staging, {"moved": sorted(names), "removed": gone})
        _move(staging, folder)
        _discard(staging)
    _sync(folder)


def _exchanged(staging: Path, folder: Path, names: frozenset[str]) -> bool:
    """Whether the folders could change places; `names` are those of our files, old and new."""
    try:
        for entry in folder.iterdir():
            if entry.name not in names and not _is_folder(entry):
                os.link(entry, staging / entry.name, follow_symlinks=False)
        _sync(staging)
        shutil.copystat(folder, staging)
        exchange(staging, folder.resolve())
    except (OSError, NotImplementedError):  # a second name is not given everywhere, nor to everybody's files
        return False
    _brought(staging, folder, names)
    _sync(folder.resolve().parent)
    _discard(staging)
    return True


def _brought(old: Path, folder: Path, names: frozenset[str]) -> None:
    """Move what is not ours, folders above all, from the folder that was exchanged into the one in its place.

    A file that has a second name there stays as it is (rename(2)); one that was saved anew in between comes along.
    """
    for entry in sorted(old.iterdir()):
        if entry.name not in names and not (_is_folder(entry) and os.path.lexists(folder / entry.name)):
            entry.replace(folder / entry.name)


def _discard(staging: Path) -> None:
    """Remove a folder of files that are not needed; a folder in it is somebody's, and stays with what it stands in."""
    with contextlib.suppress(OSError):
        shutil.rmtree(staging / KEPT, ignore_errors=True)
        for entry in staging.iterdir():
            if not _is_folder(entry):
                entry.unlink()
        staging.rmdir()


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _write_list(staging: Path, names: Mapping[str, list[str]]) -> None:
    new = staging / f"{_LIST}.new"
    new.write_text(json.dumps(names), encoding="utf-8")
    _sync(new)
    new.rename(staging / _LIST)
    _sync(staging)


def _move(staging: Path, folder: Path) -> None:
    """Rename the files on the list, those that are not moved yet, into `folder`."""
    names = json.loads((staging / _LIST).read_text(encoding="utf-8"))
    for name in names["moved"]:
        with contextlib.suppress(FileNotFoundError):
            (staging / name).replace(folder / name)
    for name in names["removed"]:
        (folder / name).unlink(missing_ok=True)
    _sync(folder)
    (staging / _LIST).unlink()


def _sync(path: Path) -> None:
    """What was written is on the disk, not only in memory; folders can't be synced on every system."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except PermissionError:
        if path.is_dir():
            return
        raise
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _told(folder: Path, error: OSError) -> OutputError:
    why = error.strerror or str(error)
    return OutputError(
        f"cannot write the tables to {folder}: {why} (free some space, or choose another --output; "
        "what was there before is unchanged)"
    )
