"""The paragraphs of benchmarks/data/facts, which were written before the rules saw them: what is found stays found."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.evaluation.gold import found_facts, read_gold
from pipeline.evaluation.run import known_ids
from pipeline.evaluation.scoring import Tally, score

ROOT = Path(__file__).resolve().parent.parent
SETS = sorted((ROOT / "benchmarks" / "data" / "facts").glob("*.jsonl"))
CONFIGS = ROOT / "configs"
LEAST = 0.92  # strict precision and recall over all sets; docs/evaluation.md has the figures


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
def test_what_is_found_stays_found(language: str) -> None:
    """In each language nearly all facts are found, with every slot right, and hardly any others."""
    records = [record for path in SETS for record in read_gold(path)]
    assert len(records) > 300
    tally = Tally()
    score(tally, records, language, found_facts(records, language, CONFIGS), known_ids(CONFIGS))
    counts = [counts for cell in tally.cells.values() for _, counts in cell]
    strict, gold, found = (sum(c[name] for c in counts) for name in ("strict", "gold", "found"))
    assert strict >= LEAST * gold, f"{strict} of {gold} facts are found with all slots right"
    assert strict >= LEAST * found, f"{strict} of {found} found facts are right"
