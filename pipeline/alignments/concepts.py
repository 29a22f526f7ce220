"""Words that name the same thing in every language: countries, and what United Nations documents speak of.

They only tell whether two texts may be versions of one another; no fact is read from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from pipeline.config import Strict, language_file, load
from pipeline.expressions import expression

_SHORT = 4  # letters: a stem no longer than that may not begin just any long word ("men", "mention")

Stems = Annotated[list[str], Field(min_length=1)]


class ConceptFile(Strict):
    """configs/languages/<lang>/concepts.yaml."""

    before: list[str]
    concepts: dict[str, Stems]
    countries: dict[str, Stems]


@dataclass(frozen=True, slots=True)
class Concepts:
    """Finds the concepts of one language."""

    pattern: re.Pattern[str]
    ids: Mapping[str, tuple[str, ...]]

    @classmethod
    def from_config(cls, folder: Path, language: str) -> Concepts:
        """By configs/languages/<lang>/concepts.yaml. Raises ConfigError."""
        file = load(ConceptFile, language_file(folder, language, "concepts"))
        ids: dict[str, tuple[str, ...]] = {}
        for name, stems in (*file.concepts.items(), *file.countries.items()):
            for stem in stems:
                ids[stem] = (*ids.get(stem, ()), name)
        trie = _trie_pattern(ids, short=bool(file.before))
        if not file.before:
            return cls(expression(f"({trie})"), ids)
        before = "|".join(sorted(map(re.escape, file.before), key=len, reverse=True))
        return cls(expression(rf"(?<![^\W\d_])(?:{before})({trie})"), ids)

    def found(self, low: str) -> set[str]:
        """The ids of what a text names, given folded and in lower case."""
        return {name for stem in set(self.pattern.findall(low)) for name in self.ids[stem]}


def _trie_pattern(words: Iterable[str], short: bool) -> str:
    """A regular expression for the longest of the words at a place, which tries no letter twice.

    With `short`, one of few letters is not the beginning of a much longer word.
    """
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = len(word) <= _SHORT and short
    return _branch(root)


def _branch(node: Mapping[str, Any]) -> str:
    ways = [re.escape(letter) + _branch(node[letter]) for letter in sorted(node) if letter]
    if "" in node:
        ways.append(rf"(?![^\W\d_]{{{_SHORT}}})" if node[""] else "")
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"
