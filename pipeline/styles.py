"""How cells look: fonts, fills and number formats, made when they are first asked for.

The fills are soft and stay apart for colour-blind readers (after Paul Tol's "light" scheme, paled); colour is
never the only sign, the word stands in the cell. Fonts follow the script of the text, not its language.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

INK, GREY, RULE, HEAD, HEAD_FOLDED = "#1B2733", "#6B7785", "#DDE3E9", "#16425B", "#5F7A8C"
LINK, ALARM = "#0B5CAD", "#B3261E"
FILLS = (
    "#CFE3F5",
    "#FBE3C0",
    "#D3EBD0",
    "#F6D3D8",
    "#E4DAF0",
    "#F3EFB8",
    "#C9EAE8",
    "#E6DDD0",
    "#DDE0E4",
    "#E3EBC3",
)
_FONT, _HAN_FONT = "Calibri", "Microsoft YaHei"
_HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# Codes that a spreadsheet would turn into a date or number when somebody edits the cell: kept as text.
_CODES = frozenset(
    word
    for group in (
        ("document", "date", "period_start", "period_end", "decided", "duration", "edtf", "timex_value"),
        ("fact_id", "cluster_id", "source_sha256", "sha256", "date_text", "count_text", "mission"),
    )
    for word in group
)
_CENTRED = frozenset(["language", "paragraph", "sentence", "sentences"])
_TOLD_APART = frozenset(["event_type", "modality"])  # whose look depends on the word


class Styles:
    """The formats of one workbook; each is made once, in the order in which the rows need them."""

    def __init__(self, book: Any, event_types: Iterable[str] = ()) -> None:
        """`event_types`: those that have a colour of their own, in this order, before any row is seen."""
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._texts: dict[tuple[Any, ...], Any] = {}
        self._numbers: dict[tuple[str, bool, bool], Any] = {}
        self._fills: dict[str, str] = {}
        for event_type in event_types:
            self._fill(event_type)
        self._plain, self._day = self._cell(), self._cell(num_format="yyyy-mm-dd", align="left")

    def header(self, technical: bool) -> Any:
        """The first row; folded columns have a paler head."""
        return self._format(
            bold=True,
            font_color="#FFFFFF",
            bg_color=HEAD_FOLDED if technical else HEAD,
            valign="vcenter",
            border=0,
        )

    def plain(self) -> Any:
        """An empty cell."""
        return self._plain

    def day(self) -> Any:
        """A calendar day."""
        return self._day

    def link(self) -> Any:
        """A cell that leads to another place of the workbook."""
        return self._cell(font_color=LINK, underline=1, text_wrap=True)

    def number(self, column: str, value: float) -> Any:
        """A number; offsets within a text have no thousands separator, a fraction shows its digits."""
        key = (column, value == int(value), value > 0)
        if key not in self._numbers:
            self._numbers[key] = self._number(*key)
        return self._numbers[key]

    def _number(self, column: str, whole: bool, positive: bool) -> Any:
        if column in _CENTRED:
            return self._cell(num_format="0", align="center")
        if column == "gap_days" and positive:
            return self._cell(num_format="#,##0", align="right", indent=1, bold=True, font_color=ALARM)
        if column.endswith(("start", "end")):
            return self._cell(num_format="0")
        return self._cell(num_format="#,##0" if whole else "#,##0.0##", align="right", indent=1)

    def text(self, column: str, value: str, wrap: bool, actual: bool, quoted: bool) -> Any:
        """A text cell, by its column and its script; `quoted` keeps it text when it is edited."""
        script = "" if value.isascii() else "han" if _HAN.search(value) else "rtl" if _right_to_left(value) else ""
        told = value if column in _TOLD_APART else ""
        key = (column, told, script, wrap, actual, quoted, len(value) < 256)
        if key not in self._texts:
            self._texts[key] = self._cell(**self._look(*key))
        return self._texts[key]

    def _look(
        self, column: str, told: str, script: str, wrap: bool, actual: bool, quoted: bool, short: bool
    ) -> dict[str, Any]:
        look: dict[str, Any] = {"text_wrap": wrap, "quote_prefix": quoted}
        if column in _CODES and short:  # Excel shows #### for longer text in this number format
            look |= {"num_format": "@", "shrink": not wrap}
        if column in _CENTRED:
            look["align"] = "center"
        if column == "event_type":
            look |= {"bg_color": self._fill(told), "italic": not actual}
        elif column == "modality" and not actual:
            look |= {"italic": True, "font_color": GREY, "font_strikeout": told == "negated"}
        if script == "han":
            look |= {"font_name": _HAN_FONT, "font_size": 9.5}
        elif script == "rtl":
            look |= {"reading_order": 2, "align": "right"}
        return look

    def codebook(self, column: str, wrap: bool, first: bool) -> Any:
        """A cell of the codebook; the first row of a sheet's part has a line above."""
        look: dict[str, Any] = {"text_wrap": True} if wrap else {}
        if first:
            look |= {"top": 1, "top_color": GREY}
        if column == "column":
            look["bold"] = True
        elif column in ("sheet", "type", "empty"):
            look["font_color"] = GREY
        return self._cell(**look)

    def _fill(self, event_type: str) -> str:
        return self._fills.setdefault(event_type, FILLS[len(self._fills) % len(FILLS)])

    def _cell(self, **look: Any) -> Any:
        base = {"valign": "top", "font_color": INK, "bottom": 1, "bottom_color": RULE}
        return self._format(**(base | look))

    def _format(self, **look: Any) -> Any:
        chosen = {key: value for key, value in look.items() if value is not False}
        whole = {"font_name": _FONT, "font_size": 10} | chosen
        key = tuple(sorted(whole.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(whole)
        return self._made[key]


def _right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction goes from right to left (Unicode rule P2)."""
    for char in text:
        direction = unicodedata.bidirectional(char)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False
