"""What was computed, kept under the hash of all that it depends on; it can be thrown away at any time."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from pathlib import Path

from pipeline.shards.packed import Packed, Torn
from pipeline.staging import OutputError


class Store:
    """Results by key, in a folder; written whole or not at all, so that a killed run leaves only whole ones."""

    def __init__(self, folder: Path) -> None:
        """`folder` is made when the first result comes; who has its path sees the same results."""
        self.folder = folder
        self._used: set[bytes] = set()

    def get(self, key: str) -> Packed | None:
        """What is kept under `key`; None where there is nothing, or nothing whole."""
        self._used.add(bytes.fromhex(key))
        return self.seen(key)

    def seen(self, key: str) -> Packed | None:
        """The same, without asking that it be kept (see `forget_others`)."""
        try:
            return Packed(self._path(key))
        except (OSError, Torn, ValueError):
            return None

    def there(self, key: str) -> Packed:
        """What is kept under `key`. Raises OutputError where somebody has removed it since."""
        kept = self.get(key)
        if kept is None:
            raise OutputError(f"{self._path(key)}: a result has vanished while it was needed: run it again")
        return kept

    def put(self, key: str, data: bytes) -> Packed:
        """Keep `data`, which was packed, under `key`. Raises OutputError where it cannot be kept."""
        self._used.add(bytes.fromhex(key))
        path = self._path(key)
        new = path.with_name(f"{path.name}.{os.getpid()}.new")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            new.write_bytes(data)
            new.replace(path)
        except OSError as error:
            self._told(error)
        return Packed(path)

    def _told(self, error: OSError) -> None:
        why = error.strerror or str(error)
        raise OutputError(
            f"cannot keep what was computed in {self.folder}: {why} (free some space, or choose another --output; "
            "the tables that were there before are unchanged)"
        ) from error

    def forget_others(self) -> None:
        """Remove what this run has neither asked for nor put, and what a killed run left."""
        for folder in _entries(self.folder):
            for name in _entries(folder):
                if not _is_kept(name.name, self._used):
                    _quietly(name.unlink)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key


def _is_kept(name: str, kept: Collection[bytes]) -> bool:
    try:
        return bytes.fromhex(name) in kept
    except ValueError:
        return False


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _quietly(act: Callable[[], None]) -> None:
    try:
        act()
    except OSError:
        return  # what cannot be removed is only in the way of disk space
