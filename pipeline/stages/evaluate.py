"""Stage 11: what the rules find on the project's own gold, as metrics, figures and errors to read."""

from __future__ import annotations

from pathlib import Path

from pipeline.evaluation.report import write_report
from pipeline.evaluation.run import evaluated
from pipeline.settings import settings
from pipeline.stages.common import CONFIGS, OUTPUTS, guarded

GOLD = Path("tests/data/gold.jsonl")


def evaluate() -> None:
    """tests/data/gold.jsonl to outputs/evaluation/."""
    tally, records = evaluated([GOLD], CONFIGS, settings(CONFIGS).languages)
    write_report(OUTPUTS / "evaluation", tally, records)


if __name__ == "__main__":
    guarded(evaluate)
