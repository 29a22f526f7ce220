"""How the sheets of the workbook are laid out: what people look for first, how wide, what is folded away.

Columns of a table that are not named here are technical (offsets, hashes, ids): they stand at the right,
narrow and folded; the button [+] above them unfolds them. In Parquet and CSV the order is the contract's.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.tables import Table


@dataclass(frozen=True, slots=True)
class Shown:
    """A column that people see: its width in characters; long text is wrapped."""

    name: str
    width: float
    wrap: bool = False
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """One sheet: the visible columns from the left, how many stay in sight, lines a row may have."""

    shown: tuple[Shown, ...]
    frozen: int
    lines: int = 12
    printed: int = 0  # how many columns go on paper, from the left; 0: all that are visible
    colour: str = "#7F8C9A"  # of the sheet's tab

    def columns(self, table: Table) -> tuple[Shown, ...]:
        """All columns of `table` in the sheet's order: the visible ones, then the technical ones."""
        first = {shown.name for shown in self.shown}
        return (*self.shown, *(Shown(c.name, 14, folded=True) for c in table.columns if c.name not in first))


_FACTS = Layout(
    (
        Shown("document", 16),
        Shown("language", 10.5),
        Shown("paragraph", 11.5),
        Shown("event_type", 19),
        Shown("modality", 12),
        Shown("mission", 15, wrap=True),
        Shown("date", 15),
        Shown("period_start", 13.5),
        Shown("period_end", 12.5),
        Shown("duration", 11),
        Shown("decided", 11),
        Shown("count", 10),
        Shown("qualifier", 13.5),
        Shown("unit", 26, wrap=True),
        Shown("quote", 72, wrap=True),
        Shown("organizer", 18, wrap=True),
        Shown("topic", 24, wrap=True),
        Shown("place", 16, wrap=True),
        Shown("mission_text", 28, wrap=True),
        Shown("date_text", 16, wrap=True),
        Shown("date_basis", 11),
        Shown("count_text", 14, wrap=True),
        Shown("date_earliest", 12),
        Shown("date_latest", 12),
        Shown("document_date", 12),
        Shown("agreement", 16),
        Shown("differs_in", 14, wrap=True),
    ),
    frozen=4,
    printed=15,
    colour="#009EDB",
)

_DISCREPANCIES = Layout(
    (
        Shown("document", 16),
        Shown("severity", 10),
        Shown("differs_in", 14, wrap=True),
        Shown("language", 10.5),
        Shown("value", 16, wrap=True),
        Shown("quote", 60, wrap=True),
        Shown("other_language", 9.5),
        Shown("other_value", 16, wrap=True),
        Shown("other_quote", 60, wrap=True),
        Shown("paragraph", 11.5),
        Shown("other_paragraph", 10.5),
    ),
    frozen=3,
    colour="#C65D21",
)

_MANDATES = Layout(
    (
        Shown("mission", 18, wrap=True),
        Shown("period_start", 12),
        Shown("start_basis", 11),
        Shown("period_end", 12),
        Shown("end_basis", 11),
        Shown("duration", 10),
        Shown("gap_days", 10),
        Shown("modality", 12),
        Shown("instrument", 14, wrap=True),
        Shown("document", 20),
        Shown("fact_ids", 22, wrap=True),
        Shown("decided", 11),
        Shown("decided_basis", 14),
        Shown("gap_kind", 17),
        Shown("gap_note", 40, wrap=True),
        Shown("superseded_by", 20),
        Shown("follows", 16, wrap=True),
        Shown("followed_by", 16, wrap=True),
    ),
    frozen=1,
    colour="#009EDB",
)

_DOCUMENTS = Layout(
    (
        Shown("document", 16),
        Shown("language", 10.5),
        Shown("kind", 11),
        Shown("title", 60, wrap=True),
        Shown("document_date", 16),
        Shown("distribution_date", 18),
        Shown("paragraphs", 12),
        Shown("facts", 8),
        Shown("characters", 12),
        Shown("file", 36, wrap=True),
        Shown("encoding", 12),
        Shown("refers_to", 40),
    ),
    frozen=2,
)

_PARAGRAPHS = Layout(
    (
        Shown("document", 16),
        Shown("language", 10.5),
        Shown("paragraph", 11.5),
        Shown("text", 110, wrap=True),
        Shown("sentences", 11),
        Shown("facts", 8),
    ),
    frozen=3,
)

_DATES = Layout(
    (
        Shown("document", 16),
        Shown("language", 10.5),
        Shown("paragraph", 11.5),
        Shown("text", 30, wrap=True),
        Shown("kind", 10),
        Shown("edtf", 22),
        Shown("duration", 10),
        Shown("earliest", 12),
        Shown("latest", 12),
        Shown("basis", 11),
        Shown("anchor", 12),
        Shown("modifier", 10),
        Shown("bound", 9),
        Shown("used_by", 24, wrap=True),
    ),
    frozen=4,
)

_QUANTITIES = Layout(
    (
        Shown("document", 16),
        Shown("language", 10.5),
        Shown("paragraph", 11.5),
        Shown("text", 30, wrap=True),
        Shown("value", 12),
        Shown("min", 12),
        Shown("max", 12),
        Shown("qualifier", 14),
        Shown("kind", 10),
        Shown("unit", 44, wrap=True),
        Shown("used_by", 24, wrap=True),
    ),
    frozen=4,
)

_REJECTED = Layout(
    (
        Shown("severity", 10),
        Shown("file", 36, wrap=True),
        Shown("place", 22, wrap=True),
        Shown("reason", 60, wrap=True),
        Shown("cure", 60, wrap=True),
    ),
    frozen=2,
    colour="#C65D21",
)

LAYOUTS = {
    "facts": _FACTS,
    "discrepancies": _DISCREPANCIES,
    "mandates": _MANDATES,
    "documents": _DOCUMENTS,
    "paragraphs": _PARAGRAPHS,
    "dates": _DATES,
    "quantities": _QUANTITIES,
    "rejected": _REJECTED,
}

CODEBOOK = Layout(
    (
        Shown("sheet", 15),
        Shown("column", 18),
        Shown("type", 12),
        Shown("meaning", 84, wrap=True),
        Shown("example", 34, wrap=True),
        Shown("values", 40, wrap=True),
        Shown("empty", 9),
    ),
    frozen=2,
    colour="#3B7A57",
)
