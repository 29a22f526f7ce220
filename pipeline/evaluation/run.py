"""An evaluation from gold files to its tally."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.evaluation.gold import Record, found_facts, read_gold
from pipeline.evaluation.scoring import Tally, score
from pipeline.mentions.lexicon import Lexicon


def known_ids(folder: Path) -> frozenset[str]:
    """The lexicon's own ids; a body that goes by its full name has none, and names may be told in many ways."""
    lexicon = Lexicon.from_folder(folder).root
    return frozenset(body for body, entry in lexicon.items() if body not in entry.names.get("en", ()))


def evaluated(paths: Sequence[Path], folder: Path, languages: Sequence[str]) -> tuple[Tally, dict[str, Record]]:
    """The tally of the rules in `folder` on gold files, and the records by id. Raises GoldError, ConfigError."""
    records = [record for path in paths for record in read_gold(path)]
    known, tally = known_ids(folder), Tally()
    for language in languages:
        if any(language in record.texts for record in records):
            score(tally, records, language, found_facts(records, language, folder), known)
    return tally, {record.id: record for record in records}
