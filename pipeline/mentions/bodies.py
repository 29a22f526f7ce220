"""Bodies outside the lexicon, recognised by their form: a head noun with what belongs to it.

"Panel of Experts on Liberia", "Somalia and Eritrea Monitoring Group", "the 1540 Committee": a head noun of
the language's table, extended to its complement on the right ("on Liberia") and its modifiers on the left. In
scripts without spaces the whole name stands left of its head, back to a word that cannot be part of a name.
All offsets are in characters.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate, zip_longest
from typing import Annotated, Any, Generic, NamedTuple, Protocol, TypeVar

from pydantic import AfterValidator

from pipeline.config import Strict
from pipeline.events.strings import Anchored
from pipeline.expressions import expression
from pipeline.mentions.lexicon import HAN, Spelling, alternatives, begins_word
from pipeline.mentions.literals import literal_in
from pipeline.mentions.spots import sooner


def _compiles(pattern: str) -> str:
    try:
        expression(pattern)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from None
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]


class Template(Strict):
    """A form with a number in it: `pattern` has a group `number`, `name` is what it is called in English."""

    pattern: Pattern
    name: str


class Anaphor(Strict):
    """Nouns that can stand alone for a body named before: its name has one of `named` in it."""

    words: tuple[str, ...]
    named: tuple[str, ...]


class BodyForms(Strict):
    """configs/languages/<lang>/names.yaml: how bodies are named in one language. Lists may be empty.

    heads: nouns that make a name with a complement, a modifier or a bracketed short form; proper_heads: those
    whose complement must be a proper name; modified_heads: those that need a modifier before them;
    defined_heads: those that need a bracketed short form, and take all words up to it.
    complements: words that begin a complement; links: words within one, which cannot end it; guarded: links
    that go on only before a capital letter; conjunctions: links that a small word cannot follow after a
    capital one; articles; stops, stop_endings: what a complement never goes through;
    capital_ends: a small word right after a capitalised one of the complement is no part of it (a verb, mostly).
    modifiers: whether capitalised words before the head belong to the name; left: links within those;
    left_stops: capitalised words that are none. han_stops: patterns of what a name in Han characters begins
    after, at the latest; han_links: conjunctions; han_before_anaphor: what may stand directly before one.
    determined: an anaphor needs one of the determiners; possessives: patterns of what stands for a body, too;
    not_anaphor_before: patterns of what an anaphor does not stand before.
    """

    spelling: Spelling = Spelling()
    templates: tuple[Template, ...] = ()
    heads: tuple[str, ...]
    proper_heads: frozenset[str] = frozenset()
    modified_heads: frozenset[str] = frozenset()
    defined_heads: frozenset[str] = frozenset()
    complements: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    conjunctions: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    guarded: tuple[str, ...] = ()
    stops: frozenset[str] = frozenset()
    stop_endings: tuple[str, ...] = ()
    capital_ends: bool = False
    modifiers: bool = False
    left: tuple[str, ...] = ()
    left_stops: frozenset[str] = frozenset()
    han_stops: tuple[Pattern, ...] = ()
    han_links: tuple[str, ...] = ()
    han_before_anaphor: tuple[str, ...] = ()
    determined: bool = False
    determiners: tuple[str, ...] = ()
    anaphors: tuple[Anaphor, ...] = ()
    not_anaphor_before: tuple[Pattern, ...] = ()
    possessives: tuple[Pattern, ...] = ()
    definition_words: tuple[str, ...] = ()

    def spelled(self, plain: Callable[[str], str]) -> BodyForms:
        """These forms, every string but the spelling's own made plain, as the texts are that they meet."""
        return BodyForms.model_validate({**_each(self.model_dump(), plain), "spelling": self.spelling})


def _each(data: Any, change: Callable[[str], str]) -> Any:
    if isinstance(data, str):
        return change(data)
    if isinstance(data, dict):
        return {key: _each(value, change) for key, value in data.items()}
    if isinstance(data, list | tuple | set | frozenset):
        return [_each(value, change) for value in data]
    return data


_Template = tuple[re.Pattern[str], str, str]  # its expression, the name it gives, and what every match holds


class BodyMatch(NamedTuple):
    """A head noun with what belongs to it. `name`: in English, where a template gives it."""

    start: int
    end: int
    head_start: int
    head_end: int
    name: str = ""


class _Span(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


S = TypeVar("S", bound=_Span)

_WORD = re.compile(r"[^\W_]+(?:['.-][^\W_]+)*")
_WIDEST = 24  # words in a complement
_WINDOW = 120  # characters looked at before a head
_HAN_WINDOW = 40


class Spans(Generic[S]):
    """Spans that do not overlap, in order of their start; finds those that touch another without looking at all."""

    def __init__(self, spans: Sequence[S]) -> None:
        """`spans` in order."""
        self._spans = spans
        self._starts = [span.start for span in spans]

    def touching(self, start: int, end: int) -> Sequence[S]:
        """The spans that share a character with `start` to `end`."""
        if not self._starts:
            return ()
        first = max(0, bisect_right(self._starts, start) - 1)
        return [s for s in self._spans[first : bisect_left(self._starts, end)] if s.end > start]


class BodyForm:
    """Finds the bodies of one language by their form, in folded text."""

    def __init__(self, forms: BodyForms) -> None:
        """Compiles the language's table."""
        self._forms = forms
        heads = {*forms.heads, *forms.proper_heads, *forms.modified_heads, *forms.defined_heads}
        self._heads = Anchored(expression(rf"(?:{alternatives(heads)})(?:(?<=[{HAN}])|\b)"), heads)
        self._templates = tuple((expression(t.pattern), t.name, literal_in(t.pattern)) for t in forms.templates)
        self._also_plain = {*forms.heads, *forms.proper_heads, *forms.modified_heads}
        self._bracket = expression(r"((?: [^\W_]+(?:['/-][^\W_]+)*){0,18}) ?\([^()]{2,40}\)")
        self._complement = expression(rf" (?:{alternatives(forms.complements)})(?![^\W_])")
        self._links = frozenset((*forms.links, *forms.guarded, *forms.conjunctions, *forms.articles))
        self._guarded = frozenset(forms.guarded)
        left = alternatives(forms.left)
        self._modifiers = expression(rf"(?:(?:[^\W\d_a-zа-я][\w'.-]*|\d{{4}}|\b(?:{left}))[ -])+$")
        stops = "|".join((*forms.han_stops, r"[^\w·-]"))
        self._han_stop = expression(sooner(stops))

    def matches_each(self, texts: Sequence[str]) -> list[list[BodyMatch]]:
        """Bodies of each text from left to right, none overlapping."""
        whole = "".join(texts)  # one look tells that most templates stand in none of them
        templates = [template for template in self._templates if template[2] in whole]
        return [
            self._found(text, list(heads), templates) if heads or templates else []
            for text, heads in zip(texts, self._heads.finditer_each(texts), strict=True)
        ]

    def _found(self, text: str, heads: Sequence[re.Match[str]], templates: Sequence[_Template]) -> list[BodyMatch]:
        found = [
            BodyMatch(*m.span(), *m.span(), name.format(**m.groupdict()))
            for pattern, name, literal in templates
            if literal in text
            for m in pattern.finditer(text)
        ]
        if not heads and not found:
            return found
        found.sort(key=lambda m: (m.start, -m.end))
        ends = accumulate((m.end for m in found[:-1]), max, initial=0)  # of all before each
        found = [m for m, end in zip(found, ends, strict=True) if m.start >= end] if found else found
        taken, done = Spans(found), 0
        for head in heads:
            if head.start() < done or not begins_word(text, head.start(), self._forms.spelling.prefixes):
                continue
            if taken.touching(*head.span()):
                continue
            start = self._left(text, head.start(), done)
            kind = head[0]
            if kind in self._forms.modified_heads and start == head.start():
                continue
            proper = kind in self._forms.proper_heads or kind in self._forms.modified_heads
            end = self._right(text, head.end(), proper)
            if kind in self._forms.defined_heads:
                bracket = self._bracket.match(text, head.end())
                if bracket is not None and self._ends_before(bracket[1].split()):
                    bracket = None
                if bracket is None and kind not in self._also_plain:
                    continue
                end = bracket.end(1) if bracket else end
            for other in taken.touching(start, end):
                if other.end <= head.start():
                    start = other.end
                else:
                    end = min(end, other.start)
            done = end
            found.append(BodyMatch(start, end, *head.span()))
        found.sort(key=lambda m: (m.start, -m.end))
        return found

    def _ends_before(self, words: Sequence[str]) -> bool:
        """Whether a name does not go through these words, so that the bracket behind them defines another.

        "the Group is an organ of the Organization (WMO)", but "the Office at Geneva (UNOG)".
        """
        followed = zip_longest(words, words[1:], fillvalue="")
        return any(word.lower() in self._forms.stops and not after[:1].isupper() for word, after in followed)

    def _left(self, text: str, head: int, done: int) -> int:
        floor = max(done, head - _WINDOW)
        if self._forms.han_stops:
            ends = [stop.end() for stop in self._han_stop.finditer(text, max(floor, head - _HAN_WINDOW), head)]
            return ends[-1] if ends else max(floor, head - _HAN_WINDOW)
        if not self._forms.modifiers:
            return head
        start = _word_start(text, floor)
        match = self._modifiers.search(text, start, head)
        if match is None:
            return head
        begin = match.start()
        words = list(_WORD.finditer(text, begin, head))
        kept = len(words)
        for i in range(len(words) - 1, -1, -1):
            if words[i][0] in self._forms.left_stops:
                break
            if words[i][0] not in self._forms.left:
                kept = i
        return words[kept].start() if kept < len(words) else head

    def _right(self, text: str, head: int, proper: bool) -> int:
        start = self._complement.match(text, head)
        if start is None:
            return head
        forms = self._forms
        place, end, capital = start.end(), head, False
        guard, joined = proper or start[0].strip() in self._guarded, False
        beside = False  # whether the word before is a capitalised one
        for _ in range(_WIDEST):
            word = _WORD.match(text, place + 1) if text[place : place + 1] == " " else None
            if word is None:
                break
            lower = word[0].lower()
            if lower in forms.stops or word[0].isdigit():
                break
            if word[0] in self._links:
                if joined and capital and word[0] in forms.articles:
                    break
                guard = guard or word[0] in self._guarded
                joined, beside = joined or word[0] in forms.conjunctions, False
            else:
                small = word[0][0].islower()
                ends = beside and forms.capital_ends
                if small and (guard or ends or (joined and capital) or lower.endswith(forms.stop_endings)):
                    break
                elided, mark, rest = word[0].partition("'")
                opened = bool(mark) and elided in forms.articles
                if joined and opened and self._heads.match(text, word.end() - len(rest)):
                    break  # "le Bureau des victimes et l'Équipe d'enquête"
                if joined and not small and self._heads.match(text, word.start()):
                    break  # "the Expert on the Sudan and Special Rapporteur on Myanmar": another body begins
                guard, joined, end, capital, beside = False, False, word.end(), not small, not small
            place = word.end()
        return end


def _word_start(text: str, place: int) -> int:
    """The beginning of the first whole word at or after `place`."""
    while 0 < place < len(text) and text[place - 1].isalnum():
        place += 1
    return place


def anaphor_classes(forms: BodyForms) -> Mapping[str, tuple[str, ...]]:
    """For every noun that can stand for a body: what the body's name has in it, in lower case."""
    return {word: tuple(n.lower() for n in a.named) for a in forms.anaphors for word in a.words}
