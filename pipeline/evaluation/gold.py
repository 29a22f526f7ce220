"""Gold records: paragraphs in one or more languages, with the facts that they state.

One JSON object a line: `id`, `doc_date` (or null), `texts` {language: paragraph}, `facts` [...], `by_language`
{language: facts} where a language says something else; paragraphs with the same `document_file` are one document.
A fact has `type` and its slots; one with `optional` true is neither rewarded nor punished. See docs/evaluation.md.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.analysis import Analyst
from pipeline.facts import Row, tables_of
from pipeline.model import Document
from pipeline.paragraphs import prepared

Fact = Mapping[str, Any]


class GoldError(ValueError):
    """A gold file that cannot be used: which file, which line, what is wrong."""


@dataclass(frozen=True, slots=True)
class Record:
    """One paragraph of the gold."""

    id: str
    document: str
    date: dt.date | None
    texts: Mapping[str, str]
    facts: tuple[Fact, ...]
    by_language: Mapping[str, tuple[Fact, ...]]

    def wanted(self, language: str) -> tuple[Fact, ...]:
        """The facts that this paragraph states in a language."""
        return self.by_language.get(language, self.facts)


def read_gold(path: Path) -> list[Record]:
    """The records of a gold file. Raises GoldError."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: cannot be read: {error}") from None
    return [_record(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _record(path: Path, number: int, line: str) -> Record:
    try:
        data = json.loads(line)
        date = data.get("doc_date")
        return Record(
            id=data["id"],
            document=data.get("document_file") or data["id"],
            date=dt.date.fromisoformat(date) if date else None,
            texts=dict(data["texts"]),
            facts=tuple(data["facts"]),
            by_language={language: tuple(facts) for language, facts in data.get("by_language", {}).items()},
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise GoldError(f"{path}:{number}: not a gold record: {error!r} (see docs/evaluation.md)") from None


def found_facts(records: Sequence[Record], language: str, folder: Path) -> dict[str, list[Row]]:
    """The facts read off each paragraph (by record id) in a language, by the rules in `folder`."""
    analyst = Analyst.from_config(folder, language)
    found: dict[str, list[Row]] = {record.id: [] for record in records}
    for group in _documents(records, language):
        body = tuple(prepared(record.texts[language], folder, language) for record in group)
        document = Document(
            file=group[0].document,
            sha256="0" * 64,
            encoding="utf-8",
            symbol=group[0].document,
            language=language,
            date=group[0].date,
            distribution_date=None,
            title="",
            body=body,
        )
        for row in tables_of(document, analyst.read(document))["facts"]:
            found[group[row["paragraph"] - 1].id].append(row)
    return found


def _documents(records: Iterable[Record], language: str) -> Iterator[list[Record]]:
    groups: dict[str, list[Record]] = {}
    for record in records:
        if language in record.texts:
            groups.setdefault(record.document, []).append(record)
    yield from groups.values()
