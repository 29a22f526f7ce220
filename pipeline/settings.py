"""configs/pipeline.yaml: which languages, and which folder the pipeline reads."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from pipeline.config import Strict, load


class Settings(Strict):
    """The run as a whole."""

    languages: Annotated[list[str], Field(min_length=1)]
    input: Annotated[str, Field(min_length=1)]  # a folder of documents, and maybe a documents.csv


def settings(folder: Path) -> Settings:
    """The settings in `folder`. Raises ConfigError."""
    return load(Settings, folder / "pipeline.yaml")
