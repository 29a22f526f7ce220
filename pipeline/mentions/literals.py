"""What every match of a regular expression must hold: looked for first, it spares most texts the expression."""

from __future__ import annotations

import re

_QUANTIFIER = r"(?:(?:[*+?]|\{\d*,?\d*\})[+?]?)?"
_ESCAPE = r"\\(?:x..|u.{4}|U.{8}|N\{[^}]*\}|\d{1,3}|.)"
# A class, an escape, a bracket or a character, with its quantifier.
_PIECE = re.compile(rf"(?:\[\^?\]?(?:\\.|[^\]\\])*\]|{_ESCAPE}|[^(]){_QUANTIFIER}|\(", re.S)
_FLAGS = re.compile(r"\(\?[a-zA-Z]+\)")


def literal_in(pattern: str) -> str:
    """The longest run of characters that stands, as it is, in every match of a regular expression without flags.

    Only what can be told at sight: outside of all brackets, with no quantifier. Empty where there is none.
    """
    if _FLAGS.match(pattern):
        return ""
    runs, depth = [""], 0
    for piece in _PIECE.findall(pattern):
        if piece[0] == "|" and not depth:
            return ""
        depth += (piece[0] == "(") - (piece[0] == ")")
        if depth or len(piece) > 1 or piece in ")^$.":
            runs.append("")
        else:
            runs[-1] += piece
    return max(runs, key=len)
