"""What a table and a column are; and the columns that several tables share.

From there come the pandas and Arrow types and the pandera checks (`schema`), the Table Schemas of
datapackage.json (`datapackage`), the codebook sheet and docs/tables.md (`codebook`). Nothing about
a column is written down a second time.

Conventions that hold for all tables:
- an empty cell means "not stated" or "not known"; an empty text is never stored;
- offsets count characters (Unicode code points) from 0, the end is the first character after the span;
- dates in text columns are EDTF, levels 0 and 1, and open intervals (ISO 8601-2:2019, Annex A);
- durations are ISO 8601-1 clause 5.5.2, as said: P12M is not P1Y;
- a cell that lists several ids or names separates them by one space.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Type = Literal["string", "category", "integer", "number", "date"]

_EDTF_DAY = r"[0-9X]{4}(-[0-9X]{2}(-[0-9X]{2})?)?[?~%]?"
EDTF = rf"({_EDTF_DAY}(/({_EDTF_DAY}|\.\.)?)?|(\.\.)?/{_EDTF_DAY})"
ISO_DURATION = r"P(?=[0-9XT])([0-9.X]+[YMWD])*(T([0-9.X]+[HMS])+)?"
SHA256 = r"[0-9a-f]{64}"
LANGUAGE_CODE = r"[a-z]{2,3}"


@dataclass(frozen=True, slots=True)
class Column:
    """One column; the whole cell matches `pattern` (a regular expression), `enum` has all values allowed."""

    name: str
    type: Type
    meaning: str
    example: str = ""
    required: bool = False
    enum: tuple[str, ...] = ()
    pattern: str = ""
    minimum: int | None = None
    listed: bool = False  # several values in one cell, separated by a space


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """`columns` of this table are found in `to` of `table`."""

    columns: tuple[str, ...]
    table: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns in order, the key of a row, and the columns that rows are sorted by.

    A table that is not `active` is described here but not written yet.
    """

    name: str
    title: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    order: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()
    active: bool = True

    def column(self, name: str) -> Column:
        """The column of that name; KeyError if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"the table {self.name} has no column {name!r}")


def text(name: str, meaning: str, example: str = "", required: bool = False, listed: bool = False) -> Column:
    """A column of words; `listed`: several in one cell."""
    return Column(name, "string", meaning, example, required, listed=listed)


def edtf(name: str, meaning: str, example: str) -> Column:
    """A column of EDTF dates."""
    return Column(name, "string", meaning + " EDTF: a partial date stays partial.", example, pattern=EDTF)


def duration(name: str, meaning: str) -> Column:
    """A column of ISO 8601 durations."""
    return Column(name, "string", meaning + " ISO 8601, as said: P12M is not P1Y.", "P6M", pattern=ISO_DURATION)


def choice(name: str, meaning: str, enum: tuple[str, ...], required: bool = False) -> Column:
    """A column of one of the values of `enum`."""
    return Column(name, "category", meaning, enum[0], required, enum)


def day(name: str, meaning: str, example: str = "2004-04-23") -> Column:
    """A column of calendar days."""
    return Column(name, "date", meaning, example)


def whole(name: str, meaning: str, example: str = "", required: bool = True, minimum: int | None = 0) -> Column:
    """A column of whole numbers, at least `minimum`."""
    return Column(name, "integer", meaning, example, required, minimum=minimum)


DOCUMENT = text(
    "document", "The document's symbol; where it has none, the stem of its file.", "S/2004/331", required=True
)
LANGUAGE = Column("language", "string", "Language of the text, ISO 639-1.", "zh", True, pattern=LANGUAGE_CODE)
PARAGRAPH = whole("paragraph", "Paragraph, counted from 1 within the body of the document.", "3", minimum=1)
SOURCE_FILE = text(
    "source_file", "The file that was read, relative to the input folder.", "letters/331.txt", required=True
)


def source(what: str) -> tuple[Column, ...]:
    """Where `what` stands in the file as stored: three columns."""
    return (
        SOURCE_FILE,
        whole("source_start", f"First character of {what} in the file as stored, line breaks and all.", "1204"),
        whole("source_end", f"First character after {what} in the file as stored.", "1389"),
    )


USED_BY = text("used_by", "The facts that this mention fills a slot of (fact_id, separated by a space).", listed=True)
TO_DOCUMENT = ForeignKey(("source_file",), "documents", ("file",))
TO_PARAGRAPH = ForeignKey(("source_file", "paragraph"), "paragraphs", ("source_file", "paragraph"))
SPAN_ORDER = ("source_file", "paragraph", "start", "end")
