"""Two folders change places in one step, where the system can do that.

Linux: renameat2 with RENAME_EXCHANGE (renameat2(2)); macOS: renamex_np with RENAME_SWAP (renamex_np(2)).
"""

from __future__ import annotations

import ctypes
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

_RENAME_EXCHANGE = 2  # the same number on both systems
_AT_FDCWD = -100


class CannotExchange(OSError):
    """This system, or this place, does not exchange folders."""


def exchange(one: Path, other: Path) -> None:
    """Let two folders change places: whoever looks sees both before, or both after. Raises CannotExchange."""
    call = _call()
    if call is None:
        raise CannotExchange("no such call on this system")
    first, second = os.fsencode(one), os.fsencode(other)
    arguments: tuple[Any, ...]
    if sys.platform == "darwin":
        arguments = (first, second, _RENAME_EXCHANGE)
    else:
        arguments = (_AT_FDCWD, first, _AT_FDCWD, second, _RENAME_EXCHANGE)
    if call(*arguments):
        number = ctypes.get_errno()
        raise CannotExchange(number, os.strerror(number))


@cache
def _call() -> Any:
    try:
        library = ctypes.CDLL(None, use_errno=True)
        return library.renamex_np if sys.platform == "darwin" else library.renameat2
    except (OSError, AttributeError, TypeError):
        return None
