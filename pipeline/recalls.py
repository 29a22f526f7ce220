"""The cell that lists what a document refers to: "S/RES/1495 (2003) of 2003-07-31; S/2003/1016"."""

from __future__ import annotations

from collections.abc import Iterable

_BETWEEN = "; "  # symbols hold spaces
_DATED = " of "


def references_cell(references: Iterable[tuple[str, str | None]]) -> str | None:
    """Documents and their dates (EDTF, where known) as one cell, each once: "S/RES/1495 (2003) of 2003-07-31; …"."""
    dated: dict[str, str | None] = {}
    for symbol, date in references:
        dated[symbol] = dated.get(symbol) or date
    cells = [f"{symbol}{_DATED}{date}" if date else symbol for symbol, date in dated.items()]
    return _BETWEEN.join(cells) or None


def recalled(cell: str | None) -> list[tuple[str, str | None]]:
    """The documents of such a cell, each with its date (EDTF) where it has one."""
    parts = (part.partition(_DATED) for part in (cell or "").split(_BETWEEN) if part)
    return [(symbol, date or None) for symbol, _, date in parts]
