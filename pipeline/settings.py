"""configs/pipeline.yaml: which languages, which inputs, where the stages put their work."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from pipeline.config import Strict, load


class Settings(Strict):
    """The run as a whole."""

    languages: Annotated[list[str], Field(min_length=1)]
    inputs: Annotated[list[str], Field(min_length=1)]
    documents: str | None = None  # a documents.csv that overrides what the headers say


def settings(folder: Path) -> Settings:
    """The settings in `folder`. Raises ConfigError."""
    return load(Settings, folder / "pipeline.yaml")
