"""What results depend on beside their input: the code, the configuration, the libraries that read."""

from __future__ import annotations

import platform
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipeline.config import default_folder
from pipeline.shards.cutting import digest_of

_LIBRARIES = ("dateparser", "py3langid", "charset-normalizer", "spacy", "pandas", "pyarrow", "pydantic", "pyyaml")


class OtherRules(RuntimeError):
    """A worker has other code or another configuration than the one who asked."""


@lru_cache(maxsize=8)
def run_key(configs: Path | None) -> str:
    """A hash of the program, its libraries and the configuration under `configs` (None: the built-in one)."""
    package = Path(__file__).resolve().parent.parent
    folder = configs if configs is not None else default_folder()
    parts = [platform.python_version()]
    for name in _LIBRARIES:
        try:
            parts.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            parts.append(f"{name} -")
    for top, suffix in ((package, "*.py"), (folder, "*.yaml")):
        for path in sorted(top.rglob(suffix)):
            parts += [path.relative_to(top).as_posix(), path.read_text(encoding="utf-8", errors="replace")]
    return digest_of(*parts)


def same_rules(expected: str, configs: Path | None) -> Path:
    """The configuration's folder, if the hash of it and of the program is the one expected; else OtherRules."""
    if run_key(configs) != expected:
        raise OtherRules(
            f"the worker on {platform.node()} has other code, libraries or rules than the one who asked "
            "(install the same version of unfacts there; a folder given with --configs must be the same everywhere)"
        )
    return configs if configs is not None else default_folder()
