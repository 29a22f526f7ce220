"""Whether work grows as its size does: two sizes are compared, and no time is a limit by itself.

Measured is the processor's time for one size and for one eight times as large: what is linear takes eight times as
long, what is quadratic 64 times. The bound lies between, wide enough for a busy machine.
"""

from __future__ import annotations

import time
from collections.abc import Callable

TIMES, BOUND = 8, 24
_LEAST = 0.004  # seconds; a time below is as much the clock's as the work's


def assert_linear(prepared: Callable[[int], Callable[[], object]], size: int) -> None:
    """Assert that what is `prepared` for a size takes time in proportion to it; `size` is the smaller of two."""
    prepared(max(1, size // 4))()  # what is made once
    bound = BOUND * max(_cost(prepared(size)), _LEAST)
    assert _cost(prepared(TIMES * size), bound) <= bound


def _cost(work: Callable[[], object], enough: float = 0.0) -> float:
    """The least processor time of up to five goes; one that is fast enough need not be repeated."""
    best = float("inf")
    for _ in range(5):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
        if best <= enough:
            break
    return best
