"""What is made of a language's rules, kept for the next process: making it takes longer than reading a letter.

The form is Python's own (pickle), since what is kept is Python's objects; but from a file nothing is made that is not
of a class of this package, and a file that is damaged, or was made by another program, of other rules or by another
Python, is not used. Expressions are kept as their sources (pipeline.expressions keeps their programs).
"""

from __future__ import annotations

import gc
import io
import pickle
import re
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import blake2b
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeVar

from pipeline.caches import cache_folder, written
from pipeline.expressions import expression
from pipeline.fingerprints import digest_of, program_key, texts_of

_SIZE = 32  # bytes of a digest
_MOST = 64 * 2**20  # bytes of all files; six languages take 24 MB. Those that were written first go
_STEM = "rules"

T = TypeVar("T")


def kept(kind: type[T], name: str, folder: Path, files: Iterable[Path], make: Callable[[], T]) -> T:
    """What `make` gives, or what it gave an earlier process of the same program by the same files.

    `name` tells it from others that are made of `folder`; `files` in it are all that it is made of. What `make` raises
    is raised, and nothing is kept then.
    """
    cache = cache_folder()
    if cache is None:
        return make()
    place = digest_of(kind.__qualname__, name, str(folder.resolve()))[:16]
    file = cache / f"{_STEM}.{place}.{sys.implementation.cache_tag}"
    try:
        key = bytes.fromhex(digest_of(program_key(), sys.version, name, *texts_of(folder, files)))
    except OSError:  # a file that is not there or cannot be read: who needs it tells so better
        return make()
    found = _read(file, key)
    if isinstance(found, kind):
        return found
    made = make()
    try:
        data = _bytes_of(key, made)
    except (pickle.PicklingError, TypeError, AttributeError):  # it holds what has no form as bytes
        return made
    if written(file, data):
        _tidied(cache)
    return made


class _Pickler(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, re.Pattern):
            return expression, (value.pattern, value.flags & ~int(re.UNICODE))  # which `re` itself adds
        return NotImplemented


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if module.partition(".")[0] == __name__.partition(".")[0] and "." not in name:
            found = super().find_class(module, name)
            if found is expression or (isinstance(found, type) and found.__module__ == module):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no class of ours")


def _bytes_of(key: bytes, value: object) -> bytes:
    buffer = io.BytesIO()
    _Pickler(buffer, pickle.HIGHEST_PROTOCOL).dump(value)
    data = buffer.getvalue()
    return key + _digest(key, data) + data


def _digest(key: bytes, data: bytes | memoryview) -> bytes:
    digest = blake2b(key, digest_size=_SIZE)
    digest.update(data)
    return digest.digest()


def _read(file: Path, key: bytes) -> object:
    """What the file holds, if that is whole and has this key, else None."""
    try:
        kept_bytes = file.read_bytes()
    except OSError:
        return None
    start = len(key) + _SIZE
    data = memoryview(kept_bytes)[start:]
    if not kept_bytes.startswith(key) or kept_bytes[len(key) : start] != _digest(key, data):
        return None
    collecting = gc.isenabled()
    gc.disable()  # all that is made now stays; to go through it again and again doubles the time
    try:
        found: object = _Unpickler(io.BytesIO(data)).load()
    except Exception:  # whatever it is that such a file lacks: then it is made anew
        return None
    finally:
        if collecting:
            gc.enable()
    return found


def _tidied(cache: Path) -> None:
    """Remove all but the files that were written last."""
    with suppress(OSError):
        told = sorted(((file.stat(), file) for file in cache.glob(f"{_STEM}.*")), key=lambda each: -each[0].st_mtime_ns)
        sizes = accumulate(stat.st_size for stat, _ in told)
        for size, (_, file) in zip(sizes, told, strict=True):
            if size > _MOST:
                file.unlink(missing_ok=True)
