"""Hashes that tell whether two computations can only have the same result."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_LIBRARIES = ("dateparser", "py3langid", "charset-normalizer", "spacy", "pandas", "pyarrow", "pydantic", "pyyaml")


def digest_of(*parts: str) -> str:
    """SHA-256 of the parts, told apart, in hexadecimal."""
    return hashlib.sha256("\x1e".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


@lru_cache(maxsize=1)
def program_key() -> str:
    """A hash of the program, of the Python that runs it and of the libraries that read."""
    parts = [platform.python_version()]
    for name in _LIBRARIES:
        try:
            parts.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            parts.append(f"{name} -")
    package = Path(__file__).resolve().parent
    return digest_of(*parts, *texts_of(package, package.rglob("*.py")))


def texts_of(folder: Path, files: Iterable[Path]) -> Iterator[str]:
    """The names of files as they are known in the folder, and what they hold, in the order of the names."""
    for path in sorted(files):
        yield path.relative_to(folder).as_posix()
        yield path.read_text(encoding="utf-8", errors="replace")
