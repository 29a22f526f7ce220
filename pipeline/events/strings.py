"""Which of many strings stand in a text: all in one pass (Aho and Corasick 1975), whatever their number."""

from __future__ import annotations

from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick


class Strings:
    """Many strings, to be looked for in many texts."""

    def __init__(self, strings: Iterable[str]) -> None:
        """The strings; an empty one stands nowhere."""
        wanted = sorted(set(strings) - {""})
        self._automaton = AhoCorasick(wanted, store_patterns=True) if wanted else None

    def within(self, text: str) -> frozenset[str]:
        """Those that stand in `text`, be it inside of one another."""
        if self._automaton is None:
            return frozenset()
        try:
            return frozenset(self._automaton.find_matches_as_strings(text, overlapping=True))
        except UnicodeEncodeError:  # half a character (a lone surrogate): it stands in no string
            return self.within(text.encode("utf-8", "replace").decode())
