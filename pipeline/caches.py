"""Where things are kept that a later process would only compute again: among the user's caches.

The folder is the one that is usual for that on each system; UNFACTS_CACHE names another one, and empty it says that
nothing is kept. All in it may be deleted at any time. Where it cannot be written, nothing is kept.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from platformdirs import user_cache_dir


def cache_folder() -> Path | None:
    """The folder, which need not be there yet; None: nothing is kept."""
    folder = os.environ.get("UNFACTS_CACHE")
    if folder is None:
        usual = user_cache_dir("unfacts", appauthor=False)
        folder = usual if Path(usual).is_absolute() else ""  # a user without a home
    return Path(folder) if folder else None


def written(file: Path, data: bytes) -> bool:
    """Whether `data` could be put into a file of the folder: whole or not at all."""
    new = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        new.write_bytes(data)
        new.replace(file)
    except OSError:  # another user's folder, a full disk
        with suppress(OSError):
            new.unlink()
        return False
    return True
