"""Alternations as regular expressions (source) that cost little: words that begin alike are looked at once."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.events.beginnings import EDGE

_EDGES = (EDGE, r"(?!\w)")  # where a word begins and ends
_WORD = re.compile(r"(\(\?<!\\w\)(?:\(\?:[^()]*\)\?)?)(\w+)\(\?!\\w\)")  # the source of one such word between its edges


@lru_cache(maxsize=4096)
def tree(words: tuple[str, ...]) -> str:
    """The words by what they begin with: a conjugation's forty forms share one stem, and cost one look at it."""
    heads: dict[str, list[str]] = {}
    for word in words:
        heads.setdefault(word[:1], []).append(word[1:])
    options: list[str] = []
    for head, tails in heads.items():
        while len(tails) > 1 and "" not in tails and len({tail[0] for tail in tails}) == 1:
            head, tails = head + tails[0][0], [tail[1:] for tail in tails]
        longer = [tail for tail in tails if tail]
        rest = tree(tuple(longer)) if longer else ""
        options.append(re.escape(head) + (f"(?:{rest})?" if longer and "" in tails else rest))
    return options[0] if len(options) == 1 else f"(?:{'|'.join(options)})"


def grouped(options: list[str]) -> str:
    """The source of an alternation."""
    unique = list(dict.fromkeys(options))
    # single words of an alternation share their edges too
    words: dict[str, list[str]] = {}
    for option in unique:
        if (word := _WORD.fullmatch(option)) is not None:
            words.setdefault(word[1], []).append(word[2])
    if any(len(same) > 1 for same in words.values()):
        unique = [option for option in unique if _WORD.fullmatch(option) is None]
        unique += [f"{front}{tree(tuple(same))}(?!\\w)" for front, same in words.items()]
    unique.sort(key=len, reverse=True)
    if len(unique) == 1:
        return unique[0]
    # edges that all share stand once before them: re then skips by their first letters what cannot match
    start = _EDGES[0] if all(option.startswith(_EDGES[0]) for option in unique) else ""
    end = _EDGES[1] if all(option.endswith(_EDGES[1]) for option in unique) else ""
    return f"{start}(?:{'|'.join(option.removeprefix(start).removesuffix(end) for option in unique)}){end}"
