"""Which of many strings stand in a text, without a look for each: only those of which the first letters do."""

from __future__ import annotations

from collections.abc import Iterable

_HEAD = 3  # characters: fewer let too much through, more cost longer to collect


class Strings:
    """Many strings, to be found in short texts."""

    def __init__(self, strings: Iterable[str]) -> None:
        """The strings; an empty one stands nowhere."""
        heads: dict[int, dict[tuple[str, ...], list[str]]] = {}
        for string in sorted(set(strings) - {""}):
            head = tuple(string[:_HEAD])
            heads.setdefault(len(head), {}).setdefault(head, []).append(string)
        self._heads = tuple(heads.items())

    def within(self, text: str) -> list[str]:
        """Those that `text` holds, in the order of their code points."""
        found: list[str] = []
        for width, heads in self._heads:
            for head in heads.keys() & zip(*(text[start:] for start in range(width)), strict=False):
                found += [string for string in heads[head] if string in text]
        return sorted(found)
