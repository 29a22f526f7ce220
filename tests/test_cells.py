"""Cells are safe to open, and nothing of them is lost."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cells import escaped, looks_like_formula, unescaped
from pipeline.csv_text import csv_cell

HOSTILE = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1+1", "＠x", "﹦1",
    " =1", "\u200b=1", "\u202e=1", "\ufeff=cmd|' /C calc'!A0", "\tx", "'=1", "''=1", "=HYPERLINK(\"http://x\")",
]  # fmt: skip
HARMLESS = [
    "-5", "+5", "-1,300.5", "12%", "'tis", "“quoted”", "\"quoted\"", "a=b", "S/2004/331", "../2016", "— a dash", "",
]  # fmt: skip
TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.text(
    "'=+-@\t\r\n \x00_x041\ufeff＝1,;\"<r>/", max_size=12
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_gets_an_apostrophe(text: str) -> None:
    """What a spreadsheet would compute no longer starts as a formula."""
    assert escaped(text) == "'" + text
    assert not looks_like_formula(escaped(text))


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_text_stays(text: str) -> None:
    """Numbers, quotes and words are stored as they are."""
    assert escaped(text) == text


@given(TEXTS)
def test_escaping_is_undone(text: str) -> None:
    """Every text comes back, and no stored cell is a formula or holds a control character."""
    cell = escaped(text)
    assert unescaped(cell) == text
    assert not looks_like_formula(cell)
    assert not any(ord(c) < 32 and c not in "\t\r\n" for c in cell)


@given(st.lists(TEXTS.filter(bool), min_size=2, max_size=4))
def test_csv_cells_come_back(texts: list[str]) -> None:
    """Python's csv module reads back exactly the texts that were written."""
    line = ",".join(map(csv_cell, texts)) + "\n"
    rows = list(csv.reader(io.StringIO(line, newline="")))
    assert [[unescaped(cell) for cell in row] for row in rows] == [texts]


def test_control_characters_are_written_as_office_writes_them() -> None:
    """A NUL is _x0000_; a text that looks so already is told apart."""
    assert escaped("a\x00b") == "a_x0000_b"
    assert escaped("_x0041_x0042_") == "_x005F_x0041_x005F_x0042_"
