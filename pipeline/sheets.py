"""What the workbook holds, as users choose it."""

from __future__ import annotations

from enum import StrEnum


class Sheets(StrEnum):
    """What the workbook holds."""

    AUTO = "auto"  # all tables, but for the lists (paragraphs, dates, quantities, documents, rejected) that are long
    ALL = "all"
    FACTS = "facts"  # all but paragraphs, dates and quantities
    NONE = "none"  # there is no workbook
