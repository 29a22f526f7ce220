"""What every column means, for people: the rows of the codebook sheet, and docs/tables.md.

`python -m pipeline.codebook docs/tables.md` writes the page; a test keeps it in step with the contract.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from pipeline.tables import TABLES, Column, Table

TYPES = {
    "string": "text",
    "category": "choice",
    "integer": "whole number",
    "number": "number",
    "date": "date",
}

CONVENTIONS = (
    "An empty cell means: not stated, or not known. Nothing is guessed.",
    "Offsets count characters (Unicode code points) from 0; an end is the first character after the span.",
    "Dates in text columns are EDTF (ISO 8601-2): 2003-05 is a month, 2013/.. since 2013, ../2016 by 2016.",
    "Durations are ISO 8601, as said: P12M is twelve months, P1Y one year.",
    "Technical columns (offsets, hashes, rules) are folded away at the right of each sheet: [+] shows them.",
)

FILES = (
    "Each table is stored as `.parquet` (typed; the meaning of each column is in its metadata) and as `.csv` "
    "(UTF-8 with a byte order mark, comma, lines end in a line feed); all are sheets of `facts.xlsx`. "
    "`datapackage.json` describes them (Frictionless Table Schema) with the SHA-256 of every file.",
    "In CSV a text that a spreadsheet would take for a formula has an apostrophe in front, and control "
    "characters are written `_x0001_`; `pipeline.cells.unescaped` gives the text back. Parquet has it as "
    'it is. With pandas: `pd.read_parquet(file, dtype_backend="pyarrow")`.',
    "In the workbook the technical columns (offsets, hashes) are folded away at the right, and the order of "
    "the columns is the reader's; below is the order in Parquet and CSV. A text longer than Excel's 32,767 "
    "characters is cut there and says so; a table longer than a sheet goes on in a further sheet. Both are "
    "whole in the CSV.",
)
_WRITTEN_BY = "<!-- Written by `python -m pipeline.codebook docs/tables.md`: change pipeline/tables/, not this. -->"


def spoken(meaning: str) -> str:
    """A meaning without Markdown, for a cell."""
    return meaning.replace("`", "")


def codebook_rows(tables: Iterable[Table], words: Iterable[str] = ()) -> list[tuple[str, ...]]:
    """Rows of the codebook sheet: sheet, column, type, meaning, example, values, whether it may be empty.

    First `words`, what the reader must know of this workbook; then what holds for all sheets; then, for each
    table, what it is and one row a column.
    """
    rows: list[tuple[str, ...]] = [("note", "", "", word, "", "", "") for word in words]
    rows += [("all sheets", "", "", spoken(sentence), "", "", "") for sentence in CONVENTIONS]
    for table in tables:
        rows.append((table.name, "", "", spoken(table.meaning), "", "", ""))
        rows += [_row(table, column) for column in table.columns]
    return rows


def _row(table: Table, column: Column) -> tuple[str, ...]:
    return (
        table.name,
        column.name,
        TYPES[column.type],
        spoken(column.meaning),
        column.example,
        ", ".join(column.enum),
        "never" if column.required else "may be",
    )


def codebook_page() -> str:
    """The contract of all tables as a Markdown page."""
    lines = ["# The tables", "", _WRITTEN_BY, ""]
    lines += [f"- {sentence}" for sentence in CONVENTIONS] + [""]
    for paragraph in FILES:
        lines += [paragraph, ""]
    for table in TABLES:
        lines += [f"## {table.name}", "", table.meaning]
        if not table.active:
            lines += ["", "Described, not written yet."]
        lines += ["", "| column | type | meaning | example |", "|---|---|---|---|"]
        lines += [_line(column) for column in table.columns]
        lines += ["", f"Sorted by {', '.join(table.order)}."]
        if table.key:
            lines += [f"One row for each {', '.join(table.key)}."]
        lines += [""]
    return "\n".join(lines)


def _line(column: Column) -> str:
    kind = TYPES[column.type] + (", never empty" if column.required else "")
    meaning = column.meaning
    if column.enum and not all(word in meaning for word in column.enum):
        meaning += f" One of: {', '.join(column.enum)}."
    example = f"`{column.example}`" if column.example else ""
    cells = (column.name, kind, meaning, example)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def main(arguments: list[str]) -> int:
    """Write the page to the path given."""
    if len(arguments) != 1:
        print("usage: python -m pipeline.codebook docs/tables.md", file=sys.stderr)
        return 2
    Path(arguments[0]).write_text(codebook_page(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
