"""What a number counts: the words after it, as written, up to where the noun phrase ends.

The ends are words of the language's table, not a parse: a reader that errs here errs visibly, in one list.
"""

from __future__ import annotations

import re

from pipeline.expressions import expression
from pipeline.mentions.numeral_grammar import alternation
from pipeline.mentions.numerals import Numerals
from pipeline.mentions.quantity_tables import QuantityTable

_WINDOW = 160  # characters: no unit is longer than this
_NO_LETTER = r"(?![^\W_])"


class UnitReader:
    """Finds the unit after a number in folded text."""

    def __init__(self, table: QuantityTable, numerals: Numerals) -> None:
        """A reader for `table`, in the language of `numerals`."""
        self._table, self._numerals = table.units, numerals
        self._spaced = table.spaced == "yes"
        units, end = table.units, _NO_LETTER if self._spaced else ""
        flags = re.IGNORECASE
        self._partitive = expression(rf"\s{alternation(units.partitives)}{end}", flags)
        self._end = expression(end)
        self._stop = expression(alternation((*units.stops, *units.verbs)) + end, flags)
        self._stops = frozenset(w.lower() for w in (*units.stops, *units.verbs))
        self._links = frozenset(w.lower() for w in units.links)
        self._leading = frozenset(w.lower() for w in units.leading)
        self._article = expression(f" ?{alternation(units.articles)}(?= )", flags)
        self._coordination = expression(f" {alternation(units.coordinations)}(?= |(?<='))", flags)
        self._action = expression(alternation(w for w in units.verbs if len(w) > 1))
        self._keep = expression(alternation(units.keeps), flags)
        self._joined = expression(f"{alternation(table.list_joins)}$")
        self._attributive = expression(alternation(units.attributives), flags)
        self._attributive_end = expression(alternation(units.attributive_end), flags)
        elided = alternation(w for w in (*units.stops, *units.links) if w.endswith("'"))
        self._word = expression(rf"[ -]?({elided}|(?:[^\W\d_]|\d(?=[^\W\d_]))[\w'./&-]*)", flags)
        self._trailing = expression(r"(?:'s|'|[./&-]+)$")
        self._verb = expression(rf".{{2,}}{alternation(units.verb_endings)}$", flags)
        self._later = tuple(units.later_beginnings)
        self._noun = expression(rf".*{alternation(units.noun_endings)}$", flags)

    def span(self, text: str, start: int, limit: int, classifier: str = "") -> tuple[int, int] | None:
        """The characters of what is counted, where the number (and classifier) ends at `start`.

        The next number of the text starts at `limit`: it is no part of what this one counts.
        """
        if self._spaced:
            return self._words(text, start, limit)
        return self._characters(text, start, classifier in self._table.action_classifiers)

    def _words(self, text: str, start: int, limit: int) -> tuple[int, int] | None:
        at = self._after_partitive(text, start)
        first, end, last, after_link, linked = -1, -1, "", False, False
        for _ in range(self._table.max_words):
            match = self._word.match(text, at)
            if match is None:
                break
            if first >= 0 and match.start(1) <= limit < match.end(1):
                break
            word = match[1]
            lower = word.lower()
            if lower in self._links:
                if after_link or (first < 0 and lower not in self._leading):
                    break
                after_link, linked, at = True, first >= 0, match.end()
                if article := self._article.match(text, at):
                    at = article.end()
                continue
            bare = self._trailing.sub("", word)
            if lower in self._stops or bare.lower() in self._stops:
                more = self._coordination.match(text, end) if linked and end > 0 else None
                if more is None:
                    break
                after_link, at = True, more.end()
                continue
            if first < 0 and not after_link and at == match.start(1):  # letters that run on from the number
                break
            if last and not after_link and self._later and lower.startswith(self._later):
                break
            if not after_link and last and self._verb.match(bare) and self._noun.match(last):
                break
            first = match.start(1) if first < 0 else first
            end, last, after_link = match.start(1) + len(bare), bare, False
            at = match.end()
            if word != bare and word.endswith("."):
                break
        return (first, end) if first >= 0 else None

    def _after_partitive(self, text: str, start: int) -> int:
        """Where the words of what is counted can begin: behind "of the" and "of the 34", if they stand at `start`."""
        partitive = self._partitive.match(text, start)
        if partitive is None:
            return start
        end = partitive.end()
        number = self._numerals.match(text, end + 1) if text.startswith(" ", end) else None
        return number.end() if number is not None and self._end.match(text, number.end()) else end

    def _characters(self, text: str, start: int, action: bool) -> tuple[int, int] | None:
        at, limit = start, min(len(text), start + self._table.max_words)
        attributive = self._attributive.match(text, start)
        if attributive:
            at = attributive.end()
        elif action and (verb := self._action.match(text, start)):
            at = verb.end()
        while at < limit:
            kept = self._keep.match(text, at)
            if kept:
                at = kept.end()
                continue
            if self._attributive_end.match(text, at):
                if not attributive:
                    break
                attributive = None
            elif self._stop.match(text, at) or (text[at].isdigit()):
                break
            at += 1
        if attributive:  # a clause whose noun is out of reach
            return None
        at = min(at, limit)
        while (trailing := self._joined.search(text, start, at)) is not None:
            at = trailing.start()
        return (start, at) if at > start else None
