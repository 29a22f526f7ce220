"""Text made safe for the cells of a spreadsheet, and back.

CSV has no types: a program that opens it may take a text for a formula, and some readers stop at a control
character. So a text cell of the CSV is changed in two ways, both undone by `unescaped`:

- a text that a spreadsheet would compute gets an apostrophe in front ("=1+1" is stored as "'=1+1"), and so
  does one that already has apostrophes before such a text, so that nothing is ambiguous. A plain number
  ("-5") is no formula and stays, as do quotation marks and apostrophes of any other text ("'tis");
- control characters and the non-characters U+FFFE and U+FFFF are written _xHHHH_ as in Office Open XML
  (ECMA-376 Part 1, 22.9.2.19, ST_Xstring); a text that looks like such an escape has its underscore escaped.
  Tab, line feed and carriage return stay what they are.

Which texts are dangerous follows the OWASP advice on CSV injection (=, +, -, @, tab, carriage return),
widened by their full-width and small forms, and by white space and invisible characters before them.
"""

from __future__ import annotations

import re

# Formula signs in ASCII, small (U+FE62...) and full-width forms, after what a program may skip or not show.
_FORMULA = re.compile(
    "[\\s\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*"
    "(?:[=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]|(?<=[\t\r\n]))"
)
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)*%?\Z")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_CONTROL_OR_RETURN = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet may take `text` for a formula when it is typed in or read from CSV."""
    return _FORMULA.match(text) is not None and _NUMBER.match(text) is None


def escaped(text: str) -> str:
    """`text` as it stands in a CSV cell (before CSV's own quotation marks)."""
    if text[:1].isalnum() and text.isprintable() and "_x" not in text:
        return text  # nearly all texts: nothing to look for
    text = _CONTROL.sub(_code, text)
    return "'" + text if looks_like_formula(text.lstrip("'")) else text


def unescaped(cell: str) -> str:
    """The text that `escaped` was given: unescaped(escaped(text)) == text, for every text."""
    if cell.startswith("'") and looks_like_formula(cell.lstrip("'")):
        cell = cell[1:]
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), cell)


def xml_escaped(text: str) -> str:
    """`text` for a cell of a workbook: what XML cannot hold as _xHHHH_, carriage returns too."""
    return _CONTROL_OR_RETURN.sub(_code, text)


def _code(match: re.Match[str]) -> str:
    return f"_x{ord(match[0]):04X}_"
