"""Templates at work: where they match a text, and the fields that they read there.

The gate finds where any template can begin, an automaton tells which of them the text can hold from there on; these are
tried, and the longest match wins (the earlier template where two are equally long).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import compress
from typing import NamedTuple

from pipeline.events.strings import Beginnings
from pipeline.expressions import expression
from pipeline.mentions.dates.automaton import Automaton
from pipeline.mentions.dates.besides import Beside, beside
from pipeline.mentions.dates.patterns import DIGIT, Node, PatternError, Slots, alternation, compiled
from pipeline.mentions.dates.spec import Grammar, Table, Template
from pipeline.mentions.dates.starts import Gate, Rule
from pipeline.mentions.dates.timex import in_digits
from pipeline.mentions.numerals import Numerals
from pipeline.mentions.spots import part
from pipeline.text import Folded

Fields = Mapping[str, str]
"""What a match says: slot -> value, with the template's own `gives`."""

_REACH = 40  # characters looked at on either side for a context
_LONGEST = 120  # characters of a mention: what keeps hostile text linear


class Hit(NamedTuple):
    """A template that matches characters `start` to `end`."""

    start: int
    end: int
    fields: Fields
    template: str
    seam: tuple[int, int] | None = None  # of two ends: where the first one's last slot ends and the second's begins


class Lexicon:
    """The tables of a grammar: the regex of each slot, and the value of what stood in it."""

    def __init__(self, grammar: Grammar, numerals: Numerals, more: Mapping[str, Table] | None = None) -> None:
        """The tables of `grammar`, with `more` words laid over them."""
        self._digits = str.maketrans(grammar.digits)
        self._numerals = numerals
        tables = {**grammar.words, **(more or {})}
        self._values = {
            slot: {word: value for value, words in table.items() for word in words} for slot, table in tables.items()
        }
        sources: dict[str, str] = {}
        starts: dict[str, frozenset[str]] = {}
        for slot in sorted({*tables, *grammar.numbers, "n"}):
            words = self._values.get(slot, {})
            ways = [alternation(words).replace("\\ ", grammar.gap)] if words else []
            begin = set(words)
            if slot in grammar.numbers:
                ways.append(grammar.numbers[slot])
                begin |= {DIGIT, *grammar.digits}
            if slot == "n":
                ways.append(_number_source(numerals))
                begin |= {DIGIT, *numerals.words}
            sources[slot] = "(?:" + "|".join(ways) + ")"
            try:
                expression(grammar.numbers.get(slot, ""))  # words are escaped: only these can be at fault
                part(grammar.numbers.get(slot, ""))
            except re.error as error:
                raise PatternError(f"the numbers of {slot!r}: {error}") from None
            starts[slot] = frozenset(DIGIT if word[0].isdecimal() else word for word in begin)
        self.slots = Slots(
            sources,
            starts,
            grammar.gap,
            frozenset(grammar.light),
            tuple(grammar.gap_texts),
            grammar.joint,
            {slot: frozenset(self._values[slot]) for slot in tables if slot not in grammar.numbers and slot != "n"},
        )

    def value(self, slot: str, text: str) -> str | None:
        """What `text` means in `slot`; None where a number cannot be read."""
        words = self._values.get(slot)
        known = words.get(text if text.isalnum() else " ".join(text.split())) if words else None
        if known is not None:
            return known
        digits = text if text.isdecimal() else text.translate(self._digits)
        if digits.isdecimal():
            return str(int(digits))
        number = self._numerals.value(text)
        return None if number is None else in_digits(number) if isinstance(number, float) else str(number)


def _number_source(numerals: Numerals) -> str:
    """What may be a number, loosely and shortly: `Numerals.value` says whether it is.

    The exact pattern of a language is up to 50,000 characters long, too much to stand in every template.
    """
    table = numerals.table
    word = alternation(numerals.words)
    if table.system == "han":
        return rf"(?:\d+(?:[.,]\d+)?{word}?|{word}{{1,9}})"
    joiners = alternation({*table.joiners.tens, *table.joiners.hundred, *table.joiners.scale})
    article = f"(?:{alternation(table.article)} )?" if table.article else ""
    return rf"(?:\d+(?:[., ]\d+){{0,3}}(?: {word}){{0,2}}|{article}{word}(?:{joiners}{word}){{0,7}})"


class Matcher:
    """The templates of one language."""

    def __init__(self, grammar: Grammar, lexicon: Lexicon, templates: Sequence[Template]) -> None:
        """The templates over the lexicon. Raises PatternError for a fault in one of them, with its id."""
        self._lexicon = lexicon

        @cache
        def context(names: tuple[str, ...], left: bool) -> Beside:
            words = [word for name in names for word in grammar.contexts[name]]
            return beside(words, grammar.edges, left=left)

        for name in grammar.contexts:  # one that no template names yet is read, too
            context((name,), True)
        rules: list[tuple[Sequence[Node], Rule]] = []
        starts: set[str] = set()
        needles: list[Sequence[frozenset[str]]] = []
        for template in templates:
            for pattern in template.patterns:
                try:
                    found = compiled(pattern, lexicon.slots)
                    rule = Rule(
                        template,
                        f"(?:{found.source})(?:{grammar.edges.right})",
                        grammar.fields,
                        *(
                            context((names,) if isinstance(names, str) else tuple(names), left) if names else None
                            for names, left in (
                                (template.before, True),
                                (template.not_before, True),
                                (template.after, False),
                                (template.not_after, False),
                            )
                        ),
                    )
                except KeyError as error:
                    raise PatternError(f"template {template.id}: no context {error.args[0]!r}") from None
                except (PatternError, re.error) as error:
                    raise PatternError(f"template {template.id}: {error}") from None
                needles.append(found.needles)
                starts |= found.starts
                rules.append((found.nodes, rule))
        self._automaton = Automaton(rules, lexicon.slots)
        # Where every template needs one of some words, most texts hold none.
        self._needles = Beginnings(_fewest(needles)) if all(needles) else None
        self._gate = Gate(starts, grammar.edges.left, grammar.gap)

    def places(self, texts: Sequence[Folded]) -> list[Sequence[int]]:
        """Where templates may match in each of the texts."""
        if self._needles is None:
            return self._gate.places(texts)
        held = [bool(needles) for needles in self._needles.within_each([read.lower for read in texts])]
        found = iter(self._gate.places(list(compress(texts, held))))
        return [next(found) if holds else () for holds in held]

    def hits(self, text: str, original: str, places: Sequence[int], accept: Callable[[Hit], bool]) -> Iterator[Hit]:
        """The matches in `text` (folded and lowered) that `accept` takes, in order, never overlapping.

        `places` are where templates may match.
        """
        able = self._automaton.able
        done = 0
        for start in places:
            if start < done:
                continue
            best: Hit | None = None
            end = start + _LONGEST
            for rule in able(text, start, end):
                found = rule.match.match(text, start, end)
                if found is None or (best and found.end() <= best.end):
                    continue
                hit = self._hit(rule, found, text, original)
                if hit and accept(hit):
                    best = hit
            if best:
                done = best.end
                yield best
            elif text[start].isdecimal():  # a run of digits is skipped as a whole: never half a number
                done = _next(text, start)

    def _hit(self, rule: Rule, found: re.Match[str], text: str, original: str) -> Hit | None:
        start = found.start()
        end = start + len(found[0].rstrip())  # a joint before an optional part that is not there
        if rule.before or rule.not_before:
            left = text[max(0, start - _REACH) : start]
            if (rule.before and not rule.before.holds(left)) or (rule.not_before and rule.not_before.holds(left)):
                return None
        if rule.after or rule.not_after:
            right = text[end : end + _REACH]
            if (rule.after and not rule.after.holds(right)) or (rule.not_after and rule.not_after.holds(right)):
                return None
        fields = dict(rule.template.gives)
        for group, slot, table, name in rule.groups:
            surface = found[group]
            if surface is None:
                continue
            if slot == rule.template.capital and original[found.start(group)].islower():
                return None
            value = self._lexicon.value(table, surface)
            if value is None:
                return None
            if value:  # else it is a word that is there for the grammar only
                fields[name] = value
        return Hit(start, end, fields, rule.template.id, _seam(found) if rule.two_ended else None)


def _fewest(ways: Sequence[Sequence[frozenset[str]]]) -> frozenset[str]:
    """Strings, one of each of the `ways` at least, which are sets of strings, the one that rules most out first.

    Nearly all lengths of time hold the name of a unit: of these nothing else need be looked for.
    """
    often = Counter(words for sets in ways for words in set(sets))
    usual = max(often, key=lambda words: (often[words], sorted(words)), default=None)
    return frozenset().union(*(usual if usual in sets else sets[0] for sets in ways if usual is not None))


def _seam(found: re.Match[str]) -> tuple[int, int] | None:
    """Between which places the first end of an interval stops and the second begins."""
    slots = [(*found.span(group), group.partition("__")[0]) for group, text in found.groupdict().items() if text]
    second = min((start for start, _, slot in slots if slot.endswith("2")), default=None)
    first = [end for _, end, slot in slots if second is not None and not slot.endswith("2") and end <= second]
    return (max(first), second) if first and second is not None else None


def _next(text: str, start: int) -> int:
    end = start + 1
    if text[start].isdecimal():
        while end < len(text) and text[end].isdecimal():
            end += 1
    return end
