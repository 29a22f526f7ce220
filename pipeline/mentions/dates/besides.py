"""Words that stand right before or right after a place: contexts of templates, bounds of dates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from pipeline.expressions import expression
from pipeline.mentions.dates.patterns import alternation
from pipeline.mentions.dates.spec import Edges


class Beside:
    """Words beside a place; each expression is compiled when it is first asked, since most never are.

    `search` and `match` tell where they stand. `holds`, which only tells whether they do, is far cheaper: words that
    share their beginnings are looked at once, and on the left no word is looked for where none can end.
    """

    def __init__(self, words: Iterable[str], edges: Edges, *, left: bool) -> None:
        """The words before a place, or after it. Raises re.error for a word between slashes that is no regex."""
        self._left = left
        self._edge = edges.left if left else edges.right
        self._words = sorted(words, key=lambda w: (-len(w), w))
        for word in self._words:
            if _is_regex(word):
                expression(word[1:-1])

    def search(self, text: str) -> re.Match[str] | None:
        """Where they stand at the end of `text`."""
        return self._regex.search(text)

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Where they stand from `start` on."""
        return self._regex.match(text, start)

    def holds(self, text: str) -> bool:
        """Whether one stands at the end of `text` (before a place), or at its beginning (after one)."""
        if not self._left:
            return self._after.match(text) is not None
        if text.rstrip().endswith(self._ends) and self._plain.search(text):
            return True
        return self._special is not None and self._special.search(text) is not None

    @cached_property
    def _regex(self) -> re.Pattern[str]:
        return self._beside("|".join(map(self._way, self._words)) or "(?!)")

    def _way(self, word: str) -> str:
        if _is_regex(word):
            return word[1:-1]
        source = re.escape(word).replace("\\ ", " +")
        if self._edged(word):
            source = f"(?:{self._edge}){source}" if self._left else f"{source}(?:{self._edge})"
        return source

    def _edged(self, word: str) -> bool:
        """Whether the word may not go on at its far end."""
        return (word[:1] if self._left else word[-1:]).isalnum()

    def _beside(self, source: str) -> re.Pattern[str]:
        return expression(f"(?:{source}) {{0,2}}$" if self._left else f" {{0,2}}(?:{source})")

    @cached_property
    def _literal(self) -> tuple[str, ...]:
        return tuple(word for word in self._words if not _is_regex(word))

    @cached_property
    def _ends(self) -> tuple[str, ...]:
        """What a text ends with, white space aside, where one of the plain words ends it: its last part."""
        return tuple(dict.fromkeys((word.split() or [""])[-1] for word in self._literal))

    def _tries(self) -> list[str]:
        """Expressions for the plain words."""
        ways = []
        for edged in (True, False):
            if words := [word for word in self._literal if self._edged(word) is edged]:
                edge = f"(?:{self._edge})" if edged else ""
                source = f"(?:{alternation(words)})".replace("\\ ", " +")
                ways.append(edge + source if self._left else source + edge)
        return ways

    @cached_property
    def _plain(self) -> re.Pattern[str]:
        return self._beside("|".join(self._tries()))

    @cached_property
    def _special(self) -> re.Pattern[str] | None:
        sources = [word[1:-1] for word in self._words if _is_regex(word)]
        return self._beside("|".join(sources)) if sources else None

    @cached_property
    def _after(self) -> re.Pattern[str]:
        return self._beside("|".join([*self._tries(), *map(self._way, filter(_is_regex, self._words))]) or "(?!)")


def _is_regex(word: str) -> bool:
    return len(word) > 2 and word[0] == word[-1] == "/"


def beside(words: Iterable[str], edges: Edges, *, left: bool) -> Beside:
    """Any of `words` right before (or right after) a place, a space or two away at most.

    A word between slashes is the source of a regex. Raises re.error where it is none.
    """
    return Beside(words, edges, left=left)
