"""Python values as Arrow arrays, made from their bytes.

`pyarrow.array` asks of all that it is given whether it is of pandas, and loads pandas for it: half a second, which a
run that only reads a letter would spend for nothing.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

_EPOCH = dt.date(1970, 1, 1).toordinal()
_EXACT = 2**53  # a whole number above it may be none that a float can hold


def arrow_array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    """`values` and None as an array of `kind`: strings, 64-bit whole numbers, floats or days.

    Raises OverflowError and UnicodeEncodeError where a value, or all of them together, do not fit.
    """
    import pyarrow as pa

    nulls = values.count(None)
    if nulls == len(values):
        return pa.nulls(nulls, kind)
    if pa.types.is_string(kind):
        buffers = _strings([value or "" for value in values] if nulls else values)
    elif pa.types.is_date32(kind):
        buffers = [array("i", [0 if value is None else value.toordinal() - _EPOCH for value in values])]
    else:
        numbers = [0 if value is None else value for value in values] if nulls else values
        floating = pa.types.is_floating(kind)
        if floating and max(map(abs, numbers)) > _EXACT:
            raise OverflowError("a number that a float may not hold")
        buffers = [array("d" if floating else "q", numbers)]
    validity = pa.py_buffer(_bits(values)) if nulls else None
    return pa.Array.from_buffers(kind, len(values), [validity, *map(pa.py_buffer, buffers)], nulls)


def _strings(values: Sequence[str]) -> list[Any]:
    """Where each string begins and ends, and the bytes of all."""
    text = "".join(values)
    data = text.encode()
    lengths = map(len, values if len(data) == len(text) else map(str.encode, values))
    return [array("i", accumulate(lengths, initial=0)), data]


def _bits(values: Sequence[Any]) -> bytes:
    """A bit for each value, the first one lowest: whether it is there."""
    digits = "".join(["0" if value is None else "1" for value in reversed(values)])
    return int(digits, 2).to_bytes(-(-len(values) // 8), "little")
