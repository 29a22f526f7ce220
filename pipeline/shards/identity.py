"""What results depend on beside their input: the code, the configuration, the libraries that read."""

from __future__ import annotations

import platform
from functools import lru_cache
from pathlib import Path

from pipeline.config import default_folder
from pipeline.fingerprints import digest_of, program_key, texts_of


class OtherRules(RuntimeError):
    """A worker has other code or another configuration than the one who asked."""


@lru_cache(maxsize=8)
def run_key(configs: Path | None) -> str:
    """A hash of the program, its libraries and the configuration under `configs` (None: the built-in one)."""
    folder = configs if configs is not None else default_folder()
    return digest_of(program_key(), *texts_of(folder, folder.rglob("*.yaml")))


def same_rules(expected: str, configs: Path | None) -> Path:
    """The configuration's folder, if the hash of it and of the program is the one expected; else OtherRules."""
    if run_key(configs) != expected:
        raise OtherRules(
            f"the worker on {platform.node()} has other code, libraries or rules than the one who asked "
            "(install the same version of unfacts there; a folder given with --configs must be the same everywhere)"
        )
    return configs if configs is not None else default_folder()
