"""Which differences are told of the gold's paragraphs: `python -m benchmarks.agreement GOLD [LANGUAGE...]`.

Each paragraph of dev.jsonl and authored_dev.jsonl is a document in the languages given (all six if none are). Every
discrepancy is printed, marked KNOWN where the gold's `by_language` has the language, with the aligned facts at the end.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.gold import CONFIGS, LANGUAGES, records
from pipeline.extract import extracted


def main(gold: Path, languages: list[str]) -> None:
    """Print discrepancies and counts."""
    some = records(gold, "dev.jsonl", "authored_dev.jsonl")
    known = {(r["id"], language) for r in some for language in r.get("by_language", {})}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (folder / "documents.csv").open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["file", "document", "language", "date"])
            for r in some:
                for language in languages:
                    stem = f"{r['id']}.{language}.txt"
                    (folder / stem).write_text(r["texts"][language] + "\n", encoding="utf-8")
                    rows.writerow([stem, r["id"], language, r.get("doc_date") or ""])
        tables = extracted([folder], CONFIGS, languages, folder / "documents.csv")
    facts = {row["fact_id"]: row for row in tables["facts"]}
    sizes = Counter(row["cluster_id"] for row in facts.values())
    told: Counter[str] = Counter()
    for d in tables["discrepancies"]:
        mark = [x for x in (d["language"], d["other_language"]) if (d["document"].lower(), x) in known]
        told[f"{d['differs_in']}{' KNOWN' if mark else ''}{' of facts' if d['fact_ids'] else ''}"] += 1
        print(
            d["document"], "KNOWN" if mark else "", d["severity"], d["differs_in"],
            f"{d['language']} {d['value']!r} | {d['other_language']} {d.get('other_value')!r}", len(d["fact_ids"]),
        )  # fmt: skip
        print("    ", d["quote"], "\n    ", d.get("other_quote"))
    aligned = sum(size for size in sizes.values() if size > 1)
    states = Counter(row["agreement"] for row in facts.values())
    print(f"{len(facts)} facts, {aligned} aligned;", dict(states), dict(sorted(told.items())))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:] or list(LANGUAGES))
