"""The facts as a table in the terminal: a first look, before the workbook is opened."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Sequence
from pathlib import Path
from unicodedata import east_asian_width

COLUMNS = ("document", "language", "paragraph", "event_type", "modality", "what", "when", "count", "quote")
_WIDTHS = {"document": 14, "language": 4, "paragraph": 3, "event_type": 17, "modality": 12, "what": 14}
_WIDTHS |= {"when": 24, "count": 7}
_HEADERS = {"language": "lang", "paragraph": "par"}


def width(text: str) -> int:
    """Columns of a terminal that a text takes: a Han character takes two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def fitted(text: str, columns: int) -> str:
    """The text cut or padded to exactly so many columns."""
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if width(text) > columns:
        kept = ""
        for character in text:
            if width(kept + character) > columns - 1:
                break
            kept += character
        text = kept + "…"
    return text + " " * (columns - width(text))


def when(row: dict[str, str]) -> str:
    """A fact's time in a few characters: its date, or the period of a mandate."""
    if row["date"]:
        return row["date"]
    start, end, duration = row["period_start"], row["period_end"], row["duration"]
    span = f"{start} – {end}" if start and end else f"until {end}" if end else f"from {start}" if start else ""
    return " ".join(part for part in (duration, span) if part)


def preview(facts: Path, rows: int = 40, columns: int | None = None) -> str:
    """The first facts of a facts.csv as lines of text, with a line that counts them all."""
    with facts.open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    columns = columns or shutil.get_terminal_size((150, 40)).columns
    lines = [_line([_HEADERS.get(name, name) for name in COLUMNS], columns)]
    lines.append("-" * min(columns, width(lines[0])))
    for row in table[:rows]:
        cells = {name: row.get(name, "") for name in COLUMNS} | {"what": row["mission"], "when": when(row)}
        lines.append(_line([cells[name] for name in COLUMNS], columns))
    more = len(table) - rows
    if more > 0:
        lines.append(f"… and {more} more")
    return "\n".join(line.rstrip() for line in lines)


def _line(cells: Sequence[str], columns: int) -> str:
    taken = sum(_WIDTHS.values()) + len(_WIDTHS) * 2
    widths = [*_WIDTHS.values(), max(20, columns - taken)]
    return "  ".join(fitted(cell, size) for cell, size in zip(cells, widths, strict=True))
