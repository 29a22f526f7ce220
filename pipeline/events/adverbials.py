"""Dates that stand without a preposition ("the Council met last week"), and cues that ask for one.

A cue that says "{in|on|by} [DATE]" means such dates too: "set up in May", "set up this year". Where the grammar of a
language tells what they look like, a sentence has the sign WHEN for one of them in the place of DATE, [DATE] stands for
both, and each cue that asks for one of the grammar's prepositions before [DATE] takes a WHEN without it. The same sign
stands for an interval with the words that frame it: "in the period from 3 to 5 May" says no more than "in May".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.expressions import expression
from pipeline.model import DateMention

_NEAR = 24  # characters on either side of a date in which its neighbours stand
_FRAME = 48  # characters before an interval in which the words that frame it stand
_OPENING = {"}": "{", ")": "("}


@dataclass(frozen=True, slots=True)
class Adverbials:
    """What tells a date without a preposition: how it begins or ends, and the words that may not stand beside it."""

    begins: re.Pattern[str]
    ends: re.Pattern[str]
    after: re.Pattern[str]
    before: re.Pattern[str]
    frames: re.Pattern[str]

    @classmethod
    def of(
        cls,
        begins: Sequence[str],
        ends: Sequence[str],
        after: Sequence[str],
        before: Sequence[str],
        frames: Sequence[str],
    ) -> Adverbials:
        """From words as texts have them in lower case; `after` and `before` are those that it does not stand beside,
        `frames` those before an interval that are part of it."""
        return cls(
            expression(rf"(?:{_any_of(begins)})(?!\w)"),
            expression(rf"(?<!\w)(?:{_any_of(ends)})\Z"),
            expression(rf"(?<!\w)(?:{_any_of(after)})\s*\Z"),
            expression(rf"\s*(?:{_any_of(before)})(?!\w)"),
            expression(rf"(?<!\w)(?:{_any_of(frames)})\s*\Z"),
        )

    def hold(self, low: str, mention: DateMention) -> bool:
        """Whether a date of a paragraph (`mask.lower`) stands as an adverbial."""
        start, end = mention.start, mention.end
        return (
            (self.begins.match(low, start, end) is not None or self.ends.search(low, start, end) is not None)
            and self.before.match(low, end) is None
            and self.after.search(low[max(0, start - _NEAR) : start]) is None
        )

    def start(self, low: str, mention: DateMention) -> int:
        """Where a date of a paragraph begins with the words that frame it, if it is an interval that any do."""
        first, mark, last = (mention.edtf or "").partition("/")
        if not mark or ".." in (first, last):
            return mention.start
        near = max(0, mention.start - _FRAME)
        found = self.frames.search(low[near : mention.start])
        return mention.start if found is None else near + found.start()


def _any_of(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"


def with_adverbials(tokens: list[str], prepositions: Sequence[str]) -> list[str]:
    """A cue's tokens, with [WHEN] as the other way to say each "in [DATE]" and "{in|by} [DATE]"."""
    result: list[str] = []
    for token in tokens:
        if token == "[DATE]":
            place = _asked_before(result, prepositions)
            if place is not None:
                result[place:] = ["{", *result[place:], token, "|", "[WHEN]", "}"]
                continue
        result.append(token)
    return result


def _before_gap(places: Sequence[int], tokens: Sequence[str]) -> int:
    """The place of the last of some tokens that must be there, a gap after it aside ("{in|on} (..) [DATE]"); or -1."""
    depth = 0
    for place in reversed(places):
        token = tokens[place]
        depth += (token == ")") - (token == "(")
        if not depth and token not in ("(", ".."):
            return place
    return -1


def _asked_before(tokens: Sequence[str], prepositions: Sequence[str]) -> int | None:
    """Where the preposition before what follows these tokens begins; None where none of those is asked for."""
    last = _before_gap([place for place, token in enumerate(tokens) if not token.isspace()], tokens)
    if last < 0:
        return None
    if tokens[last] in prepositions and (last == 0 or tokens[last - 1] not in ("!", "+")):
        return last
    if tokens[last] not in _OPENING:
        return None
    options: list[list[str]] = [[]]
    depth = 0
    for place in range(last, -1, -1):
        token = tokens[place]
        depth += (token in _OPENING) - (token in _OPENING.values())
        if not depth:
            asked = any(option == [word] for option in options for word in prepositions)
            return place if asked and token == "{" else None
        if depth == 1 and token == "|":
            options.append([])
        elif not token.isspace() and place != last:
            options[-1].append(token)
    return None
