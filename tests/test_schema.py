"""The tables keep their contract."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.arrays import arrow_array
from pipeline.codebook import codebook_page, codebook_rows
from pipeline.layouts import LAYOUTS
from pipeline.schema import TableError, arrow_table, facts_frame, frame, joined, quantities_frame
from pipeline.tables import ACTIVE, TABLES, table_named
from tests.sample_tables import fact, facts, sample_frames

CONTRACT = """
    fact_id cluster_id document language document_date paragraph sentence event_type modality mission mission_text
    date period_start period_end decided date_earliest date_latest date_text date_basis date_anchor duration count
    count_min count_max qualifier count_text unit organizer topic place trigger quote quote_start quote_end
    source_file source_start source_end source_sha256 rule agreement differs_in
"""
DTYPES = {
    "string": "string",
    "category": "category",
    "integer": "Int64",
    "number": "Float64",
    "date": "date32[day][pyarrow]",
}


def test_facts_have_the_columns_of_the_contract() -> None:
    """All columns, in the order that users were told."""
    assert list(facts_frame(())) == CONTRACT.split()
    assert {table.name for table in ACTIVE} == {
        "facts", "discrepancies", "mandates", "documents", "paragraphs", "dates", "quantities", "rejected",
    }  # fmt: skip


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_empty_tables_are_typed(table: Any) -> None:
    """Without a row a table has its columns and types all the same."""
    empty = frame(table.name, ())
    assert {name: str(kind) for name, kind in empty.dtypes.items()} == {c.name: DTYPES[c.type] for c in table.columns}
    assert set(table.order) <= set(empty) >= set(table.key)
    assert {shown.name for shown in LAYOUTS[table.name].columns(table)} == set(empty)
    for key in table.foreign_keys:
        assert set(key.columns) <= set(empty)
        assert [table_named(key.table).column(name) for name in key.to]


def test_rows_are_sorted_and_order_does_not_matter() -> None:
    """Shuffled rows, or rows that come in two frames, give the same table."""
    rows = facts()
    whole = facts_frame(rows)
    assert facts_frame(rows[::-1]).equals(whole)
    assert joined("facts", [facts_frame(rows[4:]), facts_frame(rows[:4])]).equals(whole)
    assert joined("facts", []).equals(facts_frame(()))


def test_values_survive() -> None:
    """Numbers, dates and lists are in the frame what they were in the row; an empty text is no value."""
    row = facts_frame([fact(1, count=1300, differs_in=("count", "date"), topic="", date="../2016")]).iloc[0]
    assert row["count"] == 1300
    assert row["document_date"] == dt.date(2004, 4, 23)
    assert row["differs_in"] == "count date"
    assert row.isna()["topic"]


def test_a_file_name_that_is_not_utf8_is_spelled_out() -> None:
    """A lone surrogate cannot be stored; its byte is shown."""
    assert facts_frame([fact(1, source_file="a\udcff.txt")]).loc[0, "source_file"] == "a\\xff.txt"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"date": "May 2004"}, "date"),
        ({"date": "2004-06-01\n"}, "date"),
        ({"duration": "one year"}, "duration"),
        ({"language": None}, "language"),
        ({"language": "English"}, "language"),
        ({"count": 10**30}, "count"),
        ({"count": True}, "count"),
        ({"count": 1.5}, "count"),
        ({"modality": "certain"}, "certain"),
        ({"paragraph": 0}, "paragraph"),
        ({"paragraph": "1"}, "paragraph"),
        ({"colour": "red"}, "colour"),
        ({"fact_id": "f-00000002"}, "f-00000002"),
        ({"document_date": dt.datetime(2004, 4, 23)}, "document_date"),
    ],
)
def test_rows_that_break_the_contract_are_refused(change: dict[str, Any], told: str) -> None:
    """Each fault names its table and its column or value."""
    with pytest.raises(TableError, match=r"^facts: ") as error:
        facts_frame([fact(1, **change), fact(2)])
    assert told in str(error.value)


def test_fractions_are_numbers() -> None:
    """A quantity may be a fraction; a count may not."""
    rows = [dict(row) for row in sample_frames()["quantities"].astype(object).to_dict("records")]
    assert quantities_frame([{k: v for k, v in row.items() if v == v and v is not None} for row in rows[1:]]).loc[
        0, "value"
    ] == pytest.approx(12.5)


def test_arrow_types_hold_the_meanings() -> None:
    """Parquet carries the meaning of each column, dates as dates and categories as dictionaries."""
    schema = arrow_table("facts", facts_frame(facts())).schema
    assert str(schema.field("document_date").type) == "date32[day]"
    assert str(schema.field("modality").type).startswith("dictionary")
    assert all(field.metadata[b"description"] for field in schema)


def test_every_column_is_explained() -> None:
    """The codebook has a row for each column, with a meaning that is a sentence."""
    rows = codebook_rows(TABLES)
    explained = {(row[0], row[1]): row[3] for row in rows if row[1]}
    assert set(explained) == {(table.name, column.name) for table in TABLES for column in table.columns}
    assert all(meaning.endswith((".", ")")) and meaning[0] == meaning[0].strip() for meaning in explained.values())


def test_the_page_is_in_step() -> None:
    """docs/tables.md is what `python -m pipeline.codebook docs/tables.md` writes."""
    page = Path(__file__).parent.parent / "docs" / "tables.md"
    assert page.read_text(encoding="utf-8") == codebook_page()


@given(st.data())
def test_arrays_made_from_bytes_are_those_that_arrow_makes(data: st.DataObject) -> None:
    """Strings, numbers and days, with and without None, become what `pyarrow.array` makes of them, or an error."""
    kind, values = data.draw(
        st.sampled_from(
            [
                (pa.string(), st.text() | st.sampled_from(["", "\ud800"])),
                (pa.int64(), st.integers()),
                (pa.float64(), st.integers() | st.floats(allow_nan=False)),
                (pa.date32(), st.dates()),
            ]
        )
    )
    cells = data.draw(st.lists(values | st.none(), max_size=70))
    try:
        made = arrow_array(cells, kind)
    except (OverflowError, UnicodeEncodeError):
        return
    made.validate(full=True)
    assert made.equals(pa.array(cells, kind))
    assert made.to_pylist() == cells
