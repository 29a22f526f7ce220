"""What the words around a date say of it: the tense of its clause, a bound, a list or an interval that it is in."""

from __future__ import annotations

import re

from pipeline.expressions import expression
from pipeline.mentions.dates.besides import beside
from pipeline.mentions.dates.completion import Tense
from pipeline.mentions.dates.matching import Hit
from pipeline.mentions.dates.spec import DateSpec
from pipeline.model import Bound

STOP = re.compile(r"[;。；]|\.(?!\d)")  # where a clause ends; the point in "0.8" ends none
_COMMA = re.compile("[,，،、]")
_FRONTED = re.compile(r"[,，،、]\s*(?:\w{1,5}\s+){0,2}\w{0,2}\Z")  # a comma, and perhaps a preposition
_CLAUSE = 80  # characters on either side in which a verb tells the tense
_NEXT = 40  # characters after a date in which a past verb outranks what it was due for
_GAP = 24  # characters that the words between the two ends of an interval can take
_BOUND = 36  # characters that a bound's words can take: "a partir del ejercicio económico"
_CITED = 60  # characters before a date in which what it belongs to is named


class Around:
    """The words of a language that stand around dates."""

    def __init__(self, spec: DateSpec) -> None:
        """As configs/languages/<lang>/dates.yaml has them."""
        grammar = spec.grammar
        edges = grammar.edges
        self._joins = tuple(
            (
                expression(f"{grammar.gap}(?:{any_of(join.between)}){grammar.gap}"),
                beside(join.before, edges, left=True) if join.before else None,
                beside(join.unless, edges, left=True) if join.unless else None,
                beside(join.after, edges, left=False) if join.after else None,
            )
            for join in spec.joins
        )
        self._before = tuple((beside(b.before, edges, left=True), b.bound) for b in spec.bounds if b.before)
        self._after = tuple((beside(b.after, edges, left=False), b.bound) for b in spec.bounds if b.after)
        self._bounded_before = beside((w for b in spec.bounds for w in b.before or ()), edges, left=True)
        self._bounded_after = beside((w for b in spec.bounds for w in b.after or ()), edges, left=False)
        self._tenses: tuple[tuple[re.Pattern[str], Tense], ...] = (
            (expression(f"(?:{edges.left})(?:{any_of(spec.tense.future)})(?:{edges.right})"), "future"),
            (expression(f"(?:{edges.left})(?:{any_of(spec.tense.past)})(?:{edges.right})"), "past"),
        )
        self._clause = expression(f"(?:{edges.left})(?:{any_of(spec.tense.clause)})(?:{edges.right})")
        self._due = expression(f"(?:{edges.left})(?:{any_of(spec.tense.due)}) *$")
        self._list = expression(f"{grammar.gap}(?:{any_of(spec.lists)}){grammar.gap}")
        self._symbol = expression(f" ?{spec.symbol}")
        self._citation = expression(f"(?:{spec.citation})$")

    def cited(self, hit: Hit, folded: str) -> bool:
        """Whether a date is that of an act that is cited."""
        return self._citation.search(folded[max(0, hit.start - _CITED) : hit.start]) is not None

    def symbol_year(self, hit: Hit, folded: str) -> str | None:
        """The year in the symbol of a document that stands right after a date."""
        symbol = self._symbol.match(folded, hit.end)
        return str(symbol[1]) if symbol else None

    def tense(self, hit: Hit, folded: str) -> Tense | None:
        """Which way the verb of its clause says that a date lies."""
        left, right = clause_around(hit, folded)
        if _FRONTED.search(left) is not None and (own := self._tense_after(_COMMA.split(right)[0])) is not None:
            return own  # "as no one had won, on 28 December a second round would be held"
        # The nearest verb before the date tells, else the first after it.
        begun = max((match.end() for match in self._clause.finditer(left)), default=0)
        before = self.tense_before(left[begun:])
        if before is None or (before == "future" and self._due.search(left) is not None):
            before = self._tense_after(right) if before is None else self._told_of(right) or before
        return before or self.tense_before(left[:begun])

    def tense_before(self, left: str) -> Tense | None:
        """The same by what stands before the date."""
        # of two that end together the longer one: "to be held" is more than "held"
        before = [(m.end(), m.start(), t) for pattern, t in self._tenses for m in pattern.finditer(left)]
        return max(before, key=lambda b: (b[0], -b[1]))[2] if before else None

    def _tense_after(self, right: str) -> Tense | None:
        after = [(m.start(), tense) for pattern, tense in self._tenses for m in pattern.finditer(right)]
        return min(after)[1] if after else None

    def _told_of(self, right: str) -> Tense | None:
        """ "past" where what stands after the day for which something was due tells what became of it."""
        told = {tense: pattern.search(right[:_NEXT]) for pattern, tense in self._tenses}
        return "past" if told["past"] and not told["future"] else None  # "was put off until May" tells nothing of it

    def joins(self, left: Hit, right: Hit, folded: str) -> bool:
        """Whether the words between two dates, and beside them, make an interval of both."""
        if right.start - left.end > _GAP:
            return False
        for between, before, unless, after in self._joins:
            if between.fullmatch(folded, left.end, right.start):
                if after is not None and not after.holds(folded[right.end : right.end + _GAP]):
                    continue
                ahead = folded[max(0, left.start - _GAP) : left.start]
                return (before is None or before.holds(ahead)) and (unless is None or not unless.holds(ahead))
        return False

    def lists(self, between: str) -> bool:
        """Whether what stands between two dates makes a list of them."""
        return len(between) <= _GAP and self._list.fullmatch(between) is not None

    def bound(self, hit: Hit, folded: str, interval: bool) -> Bound | None:
        """What the words beside a date, or (`interval`) beside two, make of it: since, until, by."""
        right = folded[hit.end : hit.end + _GAP]
        left = folded[max(0, hit.start - _BOUND) : hit.start]
        if self._bounded_after.holds(right):
            bound = next(bound for pattern, bound in self._after if pattern.holds(right))
            # The "from" of an interval stands before it; after it (起) it says that what began then goes on.
            return "since" if bound == "from" and interval else bound
        if self._bounded_before.holds(left):
            return next(bound for pattern, bound in self._before if pattern.holds(left))
        return None


def clause_around(hit: Hit, folded: str) -> tuple[str, str]:
    """What stands before and after a match in its clause, so far as a verb is looked for."""
    left = STOP.split(folded[max(0, hit.start - _CLAUSE) : hit.start])[-1]
    return left, STOP.split(folded[hit.end : hit.end + _CLAUSE])[0]


def any_of(words: list[str]) -> str:
    """A regex source for the longest of `words`; a dash may have come as two hyphens.

    A word between slashes is the source of a regex.
    """
    longest_first = sorted(words, key=lambda w: (-len(w), w))
    ways = (
        w[1:-1] if len(w) > 2 and w[0] == w[-1] == "/" else re.escape(w).replace("\\ ", " +").replace("\\-", "-{1,2}")
        for w in longest_first
    )
    return "|".join(ways) or "(?!)"
