"""documents.csv: what the people who have the files know about them; it overrides what the headers say."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.model import Rejection
from pipeline.reading import Unreadable, printable, read_source

COLUMNS = ("file", "document", "language", "date")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")  # fromisoformat takes week dates too


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """A line of documents.csv. What is empty is left to the header."""

    file: str
    document: str = ""
    language: str = ""
    date: dt.date | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """The rows by file name, and the name of the table for messages."""

    name: str
    rows: Mapping[str, ManifestRow]

    def row(self, file: str) -> ManifestRow | None:
        """The row for `file`, by its path as in `discover`, else by its bare name."""
        return self.rows.get(_key(file)) or self.rows.get(_key(file.rsplit("/", 1)[-1]))

    def missing(self, files: Iterable[str]) -> list[Rejection]:
        """A warning for each row whose file is not among `files`."""
        known = {key for f in files for key in (_key(f), _key(f.rsplit("/", 1)[-1])) if key in self.rows}
        return [
            Rejection(
                self.name,
                f"line {row.line}",
                f"there is no file {row.file!r} among those given",
                "correct the name, or remove the line",
                "warning",
            )
            for key, row in self.rows.items()
            if key not in known
        ]


def read_manifest(path: Path) -> tuple[Manifest, list[Rejection]]:
    """The rows of documents.csv at `path`, and what is wrong with the others, by line.

    Comma, semicolon and tab are all right, in any of the encodings of `read_source`. Raises Unreadable if
    nothing can be read of it: no such file, no column `file`, a column that is not known.
    """
    source = read_source(path)
    return manifest_of(source.text, printable(path), source.notes)


def manifest_of(text: str, name: str, notes: tuple[Rejection, ...] = ()) -> tuple[Manifest, list[Rejection]]:
    """As `read_manifest`, from the table's text."""
    rejected = list(notes)
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    delimiter = max(",;\t", key=lambda d: (first.count(d), d == ","))
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter, strict=True)
    rows: dict[str, ManifestRow] = {}
    columns: list[str] = []
    while True:
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            break
        except csv.Error as error:
            place = f"line {reader.line_num}"
            why = "a quotation mark is not closed" if "end of data" in str(error) else str(error)
            rejected.append(Rejection(name, place, f"not a line of a table: {why}", "mend the quotes of the line"))
            break
        if not any(cells):
            continue
        if not columns:
            columns = _columns(cells, name, reader.line_num)
            continue
        row, fault = _row(dict(zip(columns, cells, strict=False)), len(cells) - len(columns), reader.line_num)
        if row is not None and _key(row.file) in rows:
            fault = f"the file {row.file!r} stands here a second time", "keep one line for each file"
        if fault is not None:
            rejected.append(Rejection(name, f"line {reader.line_num}", *fault))
        elif row is not None:
            rows[_key(row.file)] = row
    if not columns:
        raise Unreadable(Rejection(name, "line 1", "the table is empty", f"begin with: {','.join(COLUMNS)}"))
    return Manifest(name, rows), rejected


def _columns(cells: list[str], name: str, line: int) -> list[str]:
    columns = [cell.lower() for cell in cells]
    cure = f"columns are: {', '.join(COLUMNS)} (all but file may be left out)"
    unknown = [c for c in columns if c not in COLUMNS]
    if "file" not in columns:
        problem = "the column 'file' is missing"
    elif unknown:
        problem = f"unknown column {unknown[0]!r}"
    elif len(set(columns)) < len(columns):
        problem = "a column stands twice"
    else:
        return columns
    raise Unreadable(Rejection(name, f"line {line}", problem, cure))


def _row(cells: dict[str, str], surplus: int, line: int) -> tuple[ManifestRow | None, tuple[str, str] | None]:
    if surplus > 0:
        return None, (
            f"{surplus} cell(s) more than columns",
            "put quotes around a cell that holds the separator",
        )
    if not cells.get("file"):
        return None, ("the file is not named", "name it in the column 'file'")
    text = cells.get("date", "")
    date = None
    if text:
        try:
            date = dt.date.fromisoformat(text) if _DAY.fullmatch(text) else None
        except ValueError:
            date = None
        if date is None:
            return None, (f"not a date: {text!r}", "write it as 2004-04-23")
    language = cells.get("language", "").lower()
    if language and not (2 <= len(language) <= 3 and language.isascii() and language.isalpha()):
        return None, (f"not a language: {language!r}", "write its ISO 639-1 code: en, zh, fr, es, ru, ar")
    return ManifestRow(cells["file"], cells.get("document", ""), language, date, line), None


def _key(file: str) -> str:
    """File names compare with forward slashes, in one Unicode form, without a leading ./"""
    return unicodedata.normalize("NFC", file.replace("\\", "/")).removeprefix("./")
