"""How often Python looks for garbage that only its collector finds (objects that hold one another)."""

from __future__ import annotations

import gc

_OBJECTS = 50_000  # made since the last look


def seldom_looked_for() -> None:
    """Look for garbage in this process only when tens of thousands of objects have been made.

    The rules of a language are hundreds of thousands of objects that live as long as the process. To look through
    them at every 700 new ones, as Python does, takes a sixth of the time to load them, and finds nothing.
    """
    gc.set_threshold(_OBJECTS, 10, 10)
