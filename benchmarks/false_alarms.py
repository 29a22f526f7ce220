"""What the agreement of parallel sentences says: `python -m benchmarks.false_alarms GOLD|CORPUS LANGUAGE... [--show]`.

Every difference found in numbers, dates, durations and hedges between English and each language is printed; those of
the gold's paragraphs that have `by_language` are marked.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections import Counter
from pathlib import Path

from benchmarks.gold import CONFIGS, records
from pipeline.agreement.differences import differences
from pipeline.agreement.items import Side, side_of
from pipeline.facts import ReadParagraph, tables_of
from pipeline.mentions.finder import MentionFinder
from pipeline.model import Document, Paragraph
from pipeline.paragraphs import prepared


class Reader:
    """Reads single paragraphs of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.finder = MentionFinder.from_config(CONFIGS, language)

    def side(self, text: str, day: dt.date | None) -> Side:
        """The paragraph as one side of a comparison."""
        aligned = prepared(text, CONFIGS, self.language)
        found = self.finder.find(aligned.text, day, self.finder.scope([aligned.text]))
        document = Document("f", "0", "utf-8", "d", self.language, day, None, "", (aligned,))
        tables = tables_of(document, [ReadParagraph(Paragraph(1, aligned), (), found, ())])
        return side_of("f", self.language, {1: aligned.text}, tables["dates"], tables["quantities"])


def main(folder: Path, languages: list[str], show: bool) -> None:
    """Count and print."""
    if (folder / "dev.jsonl").exists():
        some = [
            (r["id"], r["texts"], r.get("doc_date"), r.get("by_language", {}))
            for r in records(folder, "dev.jsonl", "authored_dev.jsonl")
        ]
    else:
        texts = {
            language: (folder / "parallel" / f"unpc-dev.{language}.txt").read_text(encoding="utf-8").splitlines()
            for language in ("en", *languages)
        }
        some = [(str(n), {x: texts[x][n] for x in texts}, None, {}) for n in range(len(texts["en"])) if texts["en"][n]]
    readers = {language: Reader(language) for language in ("en", *languages)}
    for language in languages:
        counts: Counter[str] = Counter()
        items = 0
        for name, versions, day, known in some:
            on = dt.date.fromisoformat(day) if day else None
            one, other = (readers[x].side(versions[x], on) for x in ("en", language))
            items += len(one.items)
            for d in differences(one, other):
                counts[d.aspect] += 1
                if show:
                    a, b = ((x.text, x.shown, x.qualifier) if x else None for x in (d.left, d.right))
                    print(language, name, "KNOWN" if language in known else "", d.severity, d.aspect, a, b)
                    print("    ", one.texts[1], "\n    ", other.texts[1])
        print(language, f"{len(some)} paragraphs, {items} items:", json.dumps(counts))


if __name__ == "__main__":
    plain = [a for a in sys.argv[1:] if not a.startswith("--")]
    main(Path(plain[0]), plain[1:], "--show" in sys.argv)
