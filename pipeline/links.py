"""Links within the workbook: from a row that names facts to the first of them."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
from typing import Any

from pipeline.styles import Styles
from pipeline.tables import Column, Table

LINKS = 65_530  # that Excel reads of a sheet ("Excel specifications and limits")
_LONGEST = 2_079  # characters of a cell with a link, to be on the safe side


class Links:
    """Where facts stand in the workbook, and the cells that lead there (of one workbook, while it is written)."""

    def __init__(self, wanted: Collection[str]) -> None:
        """`wanted`: the ids of the facts that cells lead to; no others are remembered."""
        # Numbers in arrays: strings that stay among a million that go would keep the memory of these.
        self._numbers = {fact_id: number for number, fact_id in enumerate(wanted)}
        self._rows = array("q", bytes(8 * len(self._numbers)))  # counted from 1; 0: not there yet
        self._sheets = array("q", bytes(8 * len(self._numbers)))
        self._names: list[str] = []
        self._written: dict[str, int] = {}

    def note(self, table: Table, sheet: str, row: int, cells: Sequence[Any]) -> None:
        """Remember where a row stands, if it is a fact that is wanted; `cells` are in the contract's order."""
        number = self._numbers.get(cells[0]) if table.columns[0].name == "fact_id" else None
        if number is not None:
            if sheet not in self._names[-1:]:
                self._names.append(sheet)
            self._rows[number], self._sheets[number] = row + 1, len(self._names) - 1

    def _target(self, fact_id: str) -> str | None:
        number = self._numbers.get(fact_id)
        if number is None or not self._rows[number]:
            return None
        return f"internal:'{self._names[self._sheets[number]]}'!A{self._rows[number]}"

    def write(self, sheet: Any, row: int, place: int, column: Column, value: Any, styles: Styles) -> bool:
        """Write a cell that leads to the first of the facts it names; False if it is no such cell."""
        if column.name != "fact_ids" or not isinstance(value, str) or len(value) > _LONGEST:
            return False
        target = self._target(value.partition(" ")[0])
        written = self._written.get(sheet.name, 0)
        if target is None or written >= LINKS:
            return False
        self._written[sheet.name] = written + 1
        sheet.write_url(row, place, target, styles.link(), string=value, tip="Go to the fact")
        return True
