"""A worksheet of XlsxWriter's as large tables need it: right where that escapes wrongly, and fast."""

from __future__ import annotations

import io
import re
from functools import cache
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from pipeline.cells import xml_escaped

_BESIDE_COMMENTS = 1_000  # rows that the comments of the first row reach down to, at most
_WRITTEN_HERE = frozenset({"String", "Blank", "Number", "Datetime"})  # kinds of cells, as XlsxWriter calls them
_MARKUP = re.compile("[&<>]")
_name_of = cache(xl_col_to_name)


class String(NamedTuple):
    """A cell with text, as XlsxWriter remembers it: it goes by the names of these classes and of their fields."""

    string: str
    format: Any


class Number(NamedTuple):
    """A cell with a whole number."""

    number: int
    format: Any


class Blank(NamedTuple):
    """A cell that holds nothing but its style."""

    format: Any


class Sheet(Worksheet):  # type: ignore[misc]
    """A worksheet that escapes as ECMA-376 says, and forgets what it has written.

    XlsxWriter's own escaping misreads two escapes that share an underscore ("_x0041_x0042_"), and takes a
    text of the form "<r>…</r>" for its own XML. It remembers the height of every row. And it makes a score of
    calls for a cell, which is most of the time that a workbook takes: here most cells are written in two.
    """

    fh: Any  # the file that the sheet is written to

    def cells(self, row: int, count: int) -> dict[int, String | Number | Blank]:
        """The cells of a row of so many columns, to be filled by column; rows come one after the other."""
        self._check_dimensions(row, 0)
        self._check_dimensions(row, count - 1)
        if row > self.previous_row:
            self._write_single_row(row)
        cells: dict[int, String | Number | Blank] = self.table[row]
        return cells

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        kind, style = cell.__class__.__name__, cell.format
        if style is None or kind not in _WRITTEN_HERE:
            super()._write_cell(row, col, cell)
            return
        head = f'<c r="{_name_of(col)}{row + 1}" s="{style._get_xf_index()}"'
        if kind == "String":
            text = xml_escaped(cell.string)
            if _MARKUP.search(text) is not None:
                text = escape(text)
            kept = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
            self.fh.write(f'{head} t="inlineStr"><is><t{kept}>{text}</t></is></c>')
        elif kind == "Blank":
            self.fh.write(f"{head}/>")
        else:
            self.fh.write(f"{head}><v>{cell.number:.16G}</v></c>")

    def _write_single_row(self, current_row_num: int = 0) -> None:
        written, file, whole = self.previous_row, self.fh, io.StringIO()
        self.fh = whole  # the file is given a row at a time, and not a cell
        super()._write_single_row(current_row_num)
        self.fh = file
        file.write(whole.getvalue())
        if written < self.previous_row:
            self.row_info.pop(written, None)
            if written > _BESIDE_COMMENTS:
                self.row_sizes.pop(written, None)
