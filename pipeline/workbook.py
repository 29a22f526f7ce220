"""The workbook that people open: a sheet for each table, and a codebook that explains every column.

Written row by row (XlsxWriter's constant memory), so its size does not matter to the memory. Nothing is ever
a formula: text cells are strings, and those that would become a formula when somebody edits them carry Excel's
own quote prefix. Links lead only within the workbook, from what is said of facts to the first of them. The bytes
depend on nothing but the rows.

Excel's limits (32,767 UTF-16 units a cell, 1,048,576 rows a sheet, dates from 1900) are those of
https://support.microsoft.com "Excel specifications and limits".
"""

from __future__ import annotations

import datetime as dt
import math
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from pipeline.cells import looks_like_formula
from pipeline.codebook import codebook_rows, spoken
from pipeline.csv_text import Value
from pipeline.layouts import CODEBOOK, LAYOUTS, Layout, Shown
from pipeline.links import Links
from pipeline.styles import Styles
from pipeline.tables import Column, Table, table_named
from pipeline.worksheet import Blank, Number, Sheet, String

ROWS = 1_048_576  # of a sheet, the header among them
UNITS = 32_767  # UTF-16 code units of a cell
_FIRST_DAY = dt.date(1900, 3, 1)  # before it Excel and everybody else count days differently
_CREATED = dt.datetime(2000, 1, 1)  # a fixed date: the same rows give the same bytes
_LINE = 13.2  # points, for the font size in `styles`
_MARGIN = 4.8


def write_workbook(
    path: Path,
    tables: Mapping[str, Iterable[Sequence[Value]]],
    event_types: Iterable[str] = (),
    rows_a_sheet: int = ROWS,
    linked: Collection[str] = (),
    words: Sequence[str] = (),
) -> tuple[str, ...]:
    """Write the tables (rows of cells in the contract's order) and the codebook to `path`.

    `event_types` are all types there can be, so that each keeps its colour whether it occurs or not.
    `linked` are the ids of facts that cells named `fact_ids` lead to; `facts` must come before those.
    `words`: what the codebook tells beside. Returns what the reader should know: texts that were cut, tables that go
    on in a further sheet.
    Raises OSError where the file cannot be written.
    """
    book = xlsxwriter.Workbook(
        str(path),
        {
            "constant_memory": True,
            "tmpdir": str(path.parent),
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": {},
        },
    )
    book.set_properties({"title": "Facts", "author": "unfacts", "created": _CREATED})
    book.set_size(28_000, 16_000)
    styles = Styles(book, event_types)
    links = Links(linked)
    said: list[str] = []
    described = [table_named(name) for name in tables]
    try:
        for table, rows in zip(described, tables.values(), strict=True):
            said += _write_table(book, styles, links, table, rows, rows_a_sheet)
        _write_codebook(book, styles, described, [*words, *said])
    finally:
        try:
            book.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            cause = error.args[0] if error.args else error
            raise cause if isinstance(cause, OSError) else OSError(str(error)) from error
    return tuple(said)


def _write_table(
    book: Any, styles: Styles, links: Links, table: Table, rows: Iterable[Sequence[Value]], rows_a_sheet: int
) -> list[str]:
    layout = LAYOUTS[table.name]
    shown = layout.columns(table)
    columns = [table.column(each.name) for each in shown]
    places = [table.columns.index(column) for column in columns]
    sheet, row, number, cut = _new_sheet(book, styles, table, layout, 1), 0, 1, 0
    for cells in rows:
        row += 1
        if row >= rows_a_sheet:
            _finish(sheet, layout, len(shown), row - 1)
            number += 1
            sheet, row = _new_sheet(book, styles, table, layout, number), 1
        values = [cells[place] for place in places]
        height = _height(values, shown, layout.lines)
        if height != _LINE + _MARGIN:
            sheet.set_row(row, height)
        actual = _is_actual(columns, values)
        links.note(table, sheet.name, row, cells)
        written = sheet.cells(row, len(columns))
        for place, (column, value) in enumerate(zip(columns, values, strict=True)):
            if links.write(sheet, row, place, column, value, styles):
                continue
            if isinstance(value, str):
                text, was_cut = fitted(value, table.name)
                style = styles.text(column.name, value, shown[place].wrap, actual, looks_like_formula(text))
                written[place] = String(text, style)
                cut += was_cut
            elif isinstance(value, int):
                written[place] = Number(value, styles.number(column.name, value))
            elif value is not None:
                _write_cell(sheet, styles, row, place, column, value, actual)
            elif not shown[place].folded:  # a blank cell is written for the rule under it; folded columns need none
                written[place] = Blank(styles.plain())
    _finish(sheet, layout, len(shown), row)
    words = []
    if number > 1:
        words.append(f'{table.name} is longer than a sheet: it goes on in the sheets up to "{table.name} ({number})".')
    if cut:
        words.append(f"{table.name}: {cut} texts are longer than a cell; whole in {table.name}.csv.")
    return words


def _is_actual(columns: Sequence[Column], values: Sequence[Value]) -> bool:
    return all(value == "actual" for column, value in zip(columns, values, strict=True) if column.name == "modality")


def _new_sheet(book: Any, styles: Styles, table: Table, layout: Layout, number: int) -> Any:
    sheet = book.add_worksheet(table.name if number == 1 else f"{table.name} ({number})", Sheet)
    _set_up(sheet, styles, layout, layout.columns(table))
    for place, each in enumerate(layout.columns(table)):
        column = table.column(each.name)
        meaning = spoken(column.meaning) + (f"\nFor instance: {column.example}" if column.example else "")
        lines = 2 + len(meaning) // 38
        sheet.write_comment(0, place, meaning, {"x_scale": 2, "height": 18 * lines, "author": "unfacts"})
    return sheet


def _set_up(sheet: Any, styles: Styles, layout: Layout, columns: Sequence[Shown]) -> None:
    visible = len(layout.shown)
    for place, each in enumerate(columns):
        folded = {"level": 1, "hidden": True} if place >= visible else {}
        sheet.set_column(place, place, each.width, None, folded)
    if len(columns) > visible:
        sheet.set_column(len(columns), len(columns), 3, None, {"collapsed": True})
    sheet.set_default_row(_LINE + _MARGIN)
    sheet.set_row(0, 24)
    for place, each in enumerate(columns):
        sheet.write_string(0, place, each.name, styles.header(technical=place >= visible))
    sheet.freeze_panes(1, layout.frozen)
    sheet.set_tab_color(layout.colour)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&8&A&R&8&P / &N")


def _finish(sheet: Any, layout: Layout, columns: int, last: int) -> None:
    sheet.autofilter(0, 0, max(last, 1), columns - 1)
    sheet.print_area(0, 0, max(last, 1), (layout.printed or len(layout.shown)) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{ROWS}"})


def _write_cell(
    sheet: Any, styles: Styles, row: int, place: int, column: Column, value: dt.date | float, actual: bool
) -> None:
    """Write a day or a fraction."""
    if not isinstance(value, dt.date):
        sheet.write_number(row, place, value, styles.number(column.name, value))
    elif value >= _FIRST_DAY:
        sheet.write_datetime(row, place, dt.datetime(value.year, value.month, value.day), styles.day())
    else:
        sheet.write_string(row, place, value.isoformat(), styles.text(column.name, "", False, actual, False))


def fitted(text: str, table: str) -> tuple[str, bool]:
    """`text` as it fits into a cell, and whether it was cut; a cut text says so and where it is whole."""
    if len(text) <= UNITS // 2 or _units(text) <= UNITS:
        return text, False
    note = f"… [{len(text):,} characters, whole in {table}.csv]"
    room = UNITS - len(note)
    kept = text[:room]
    while _units(kept) > room:
        kept = kept[: len(kept) - max(1, (_units(kept) - room) // 2)]
    return kept + note, True


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _height(values: Sequence[Value], shown: Sequence[Shown], most: int) -> float:
    lines = 1
    for value, each in zip(values, shown, strict=True):
        if each.wrap and isinstance(value, str):
            lines = max(lines, min(most, _lines(value[: int(each.width * most * 1.2) + 1], each.width)))
    return _LINE * lines + _MARGIN


def _lines(text: str, width: float) -> int:
    """Lines that `text` takes in a column; Han and other wide characters take two places."""
    if text.isascii():
        return text.count("\n") + max(1, math.ceil(len(text) * 0.88 / width))
    places = sum(1.85 if unicodedata.east_asian_width(char) in "WF" else 0.88 for char in text)
    return text.count("\n") + max(1, math.ceil(places / width))


def _write_codebook(book: Any, styles: Styles, tables: Sequence[Table], words: Sequence[str]) -> None:
    sheet = book.add_worksheet("codebook", Sheet)
    _set_up(sheet, styles, CODEBOOK, CODEBOOK.shown)
    rows = codebook_rows(tables, words)
    for number, cells in enumerate(rows, start=1):
        first = number == 1 or cells[0] != rows[number - 2][0]
        sheet.set_row(number, _height(cells, CODEBOOK.shown, CODEBOOK.lines))
        for place, (each, cell) in enumerate(zip(CODEBOOK.shown, cells, strict=True)):
            sheet.write_string(number, place, cell, styles.codebook(each.name, each.wrap, first))
    _finish(sheet, CODEBOOK, len(CODEBOOK.shown), len(rows))
