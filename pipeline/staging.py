"""A set of files that appears whole or not at all.

Files are written into a folder beside the old ones, synced to the disk, and only then put in their place,
each by one atomic rename. So a full disk, a crash or an error leaves the old files as they were. The
renames are the only moment in which old and new stand side by side; the file named `last` is renamed last
(the data package, which holds the hash of all others), and everything of that moment is in `_publish`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STAGING = ".unfacts-new"


class OutputError(OSError):
    """The results cannot be written: where, why, and what to do."""


@contextmanager
def staged(folder: Path, last: str = "") -> Iterator[Path]:
    """An empty folder to write files into; when the block ends without an error they move to `folder`.

    What a killed run has left behind is removed first. Two runs must not write to one folder at a time.
    Raises OutputError where the folder cannot be written; the files in it are then as they were.
    """
    staging = folder / STAGING
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir()
    except OSError as error:
        raise _told(folder, error) from error
    try:
        yield staging
        _publish(staging, folder, last)
    except OutputError:
        raise
    except OSError as error:
        raise _told(folder, error) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _publish(staging: Path, folder: Path, last: str) -> None:
    files = sorted(staging.iterdir(), key=lambda file: (file.name == last, file.name))
    for file in files:
        if (folder / file.name).is_dir():
            raise OutputError(
                f"{folder / file.name} is a folder, a file of that name is to be written: move it"
            )
        _sync(file)
    _sync(staging)
    for file in files:
        file.replace(folder / file.name)
    _sync(folder)


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
