"""The memory of this process in large pages, where the system has them.

The rules of a language and the automata that look for their words are tens of megabytes, which every paragraph is led
through. In pages of 4 KiB a processor knows where only a small part of them is, and to look the others up takes its
time (docs/scale.md). Linux 6.1 and later put what is asked for into pages of 2 MiB or so at once (madvise(2),
MADV_COLLAPSE); where a system does not, nothing changes but the speed.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from pathlib import Path

_MAPS = Path("/proc/self/maps")
_SIZE = Path("/sys/kernel/mm/transparent_hugepage/hpage_pmd_size")
_MADV_COLLAPSE = 25  # include/uapi/asm-generic/mman-common.h


def in_large_pages() -> int:
    """Put the process's own memory into large pages; how many bytes could be. Nothing that goes wrong is an error."""
    if sys.platform != "linux":
        return 0
    try:
        size = int(_SIZE.read_text(encoding="ascii"))
        maps = _MAPS.read_text(encoding="utf-8", errors="replace")
        madvise = ctypes.CDLL(None).madvise
    except (OSError, ValueError, AttributeError):
        return 0
    done = 0
    for start, end in _stretches(maps, size):
        if madvise(ctypes.c_void_p(start), ctypes.c_size_t(end - start), _MADV_COLLAPSE) == 0:
            done += end - start
    return done


def _stretches(maps: str, size: int) -> Iterator[tuple[int, int]]:
    """From and to where memory that is this process's alone, and no file's, takes whole pages of `size` bytes.

    `maps` is what proc(5) tells of a process: addresses, permissions, offset, device, inode, and a name.
    """
    for line in maps.splitlines():
        addresses, permissions, _, _, inode, *name = line.split(maxsplit=5)
        if permissions != "rw-p" or inode != "0" or name not in ([], ["[heap]"]):
            continue
        first, _, last = addresses.partition("-")
        start, end = -(-int(first, 16) // size) * size, int(last, 16) // size * size
        if start < end:
            yield start, end
