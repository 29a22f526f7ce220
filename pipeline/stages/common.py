"""What the stages share: where things are, and their command lines."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from pipeline.config import ConfigError
from pipeline.expressions import keep_expressions

OUTPUTS = Path("outputs")
CONFIGS = Path("configs")


def run(stage: Callable[[str], None], description: str | None) -> None:
    """Run a per-language stage from the command line: `python -m pipeline.stages.NAME LANGUAGE`."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("language", help="ISO 639-1, one of configs/pipeline.yaml's languages")
    arguments = parser.parse_args()
    guarded(lambda: stage(arguments.language))


def guarded(work: Callable[[], None]) -> None:
    """Do the work; a fault in the configuration is one clear line and exit code 2, not a traceback."""
    try:
        work()
    except ConfigError as error:
        sys.exit(f"unfacts: {error}")
    keep_expressions()
