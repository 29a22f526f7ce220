"""Groups of numbers that grow together, in some bytes a number."""

from __future__ import annotations

from array import array
from collections.abc import Iterator


class Groups:
    """The numbers from 0 to `count` - 1, each in a group of its own until groups are joined."""

    def __init__(self, count: int) -> None:
        """Of so many numbers."""
        self._group = array("l", range(count))
        self._next = array("l", range(count))  # the members of a group stand in a ring

    def members(self, number: int) -> list[int]:
        """The group of a number, in order."""
        found = [number]
        while (follower := self._next[found[-1]]) != number:
            found.append(follower)
        return sorted(found)

    def together(self, a: int, b: int) -> bool:
        """Whether two numbers are in one group."""
        return self._group[a] == self._group[b]

    def join(self, a: int, b: int) -> None:
        """Make one group of those of `a` and `b`."""
        if self.together(a, b):
            return
        keep = self._group[a]
        for member in self.members(b):
            self._group[member] = keep
        self._next[a], self._next[b] = self._next[b], self._next[a]

    def __iter__(self) -> Iterator[list[int]]:
        """All groups, each in order, by their first members."""
        for number in range(len(self._group)):
            if self._next[number] == number:
                yield [number]
            elif (group := self.members(number))[0] == number:
                yield group
