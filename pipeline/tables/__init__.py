"""The tables' contract as data: every table, every column, its type and its meaning, in one place."""

from __future__ import annotations

from pipeline.tables.columns import Column, ForeignKey, Table
from pipeline.tables.comparisons import DISCREPANCIES, MANDATES
from pipeline.tables.documents import DOCUMENTS, PARAGRAPHS, REJECTED
from pipeline.tables.facts import FACTS
from pipeline.tables.mentions import DATES, QUANTITIES

__all__ = ["ACTIVE", "OF_A_DOCUMENT", "TABLES", "Column", "ForeignKey", "Table", "table_named"]

TABLES = (FACTS, DISCREPANCIES, MANDATES, DOCUMENTS, PARAGRAPHS, DATES, QUANTITIES, REJECTED)
ACTIVE = tuple(table for table in TABLES if table.active)
# What one document gives by itself; the other tables are made of all documents together.
OF_A_DOCUMENT = tuple(table for table in ACTIVE if table not in (DISCREPANCIES, MANDATES))


def table_named(name: str) -> Table:
    """The table of that name; KeyError if there is none."""
    for table in TABLES:
        if table.name == name:
            return table
    raise KeyError(f"no table is called {name!r}")
