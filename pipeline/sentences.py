"""Sentences of a paragraph: where each begins and ends, by the marks and abbreviations of its language.

All knowledge of a language is in configs/languages/<lang>/sentences.yaml. A semicolon or a colon never ends a
sentence: one operative paragraph with its subparagraphs is one. Linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from unicodedata import category

from pydantic import Field

from pipeline.config import Strict, language_file, load
from pipeline.expressions import expression

Span = tuple[int, int]

_LOOK_BACK = 40  # characters; no abbreviation is longer
_LOOK_AHEAD = 40


class Abbreviations(Strict):
    """Words before a full stop (written without it, in lower case) that leave the sentence open."""

    always: tuple[str, ...] = ()  # whatever follows: "Mr. Annan"
    before_numbers: tuple[str, ...] = ()  # before a number or symbol only: "para. 5", but "He said no. The"
    unless_starter: tuple[str, ...] = ()  # unless a word follows that begins sentences: "U.S. troops. ... U.S. The"


class SentencesConfig(Strict):
    """What ends a sentence: configs/languages/<lang>/sentences.yaml."""

    ends: tuple[str, ...] = Field(min_length=1)  # marks that end a sentence
    stops: tuple[str, ...] = ()  # marks that end one unless they belong to an abbreviation
    spaced: bool  # whether white space must follow
    openers: tuple[str, ...] = ()  # quotation marks and brackets that open
    closers: tuple[str, ...] = ()  # those that close, and belong to the sentence that they follow
    either: tuple[str, ...] = ()  # those that do either; without white space, by turns
    continues: tuple[str, ...] = ()  # a sentence cannot begin with these
    abbreviations: Abbreviations = Abbreviations()
    starters: tuple[str, ...] = ()  # words that begin sentences and hardly ever names, in lower case


# "1. Decides", "(a)", "IV. Observations", "2.1. Scope": the number belongs to the sentence that it stands
# before.
_ENUMERATOR = re.compile(r"\W*(?:\d{1,3}|[^\W\d_]|[ivxlcIVXLC]{1,7})(?:\.(?:\d{1,3}|[^\W\d_])){0,3}\W?")
_INITIAL = re.compile(r"[^\W\d_]\.")
_NUMBER = re.compile(r"\d|[IVXLC]+\b|[A-Z]{1,4}/")
# "S.E", "U.N", "a.m": letters with points between them
_PART = re.compile(r"['\u2019/(\[]")  # l'art, S/2004/331/Add: the abbreviation is the last part
_DOTTED = re.compile(r"[^\W\d_](?:\.-?[^\W\d_])+")
# A footnote's mark: "meeting.[5] The", "meeting.¹ The", "(…).() The" where the number has been lost.
_FOOTNOTE = r"(?:\[\d{1,3}\]|[\u00b9\u00b2\u00b3\u2070-\u2079]{1,3}|\(\d{0,3}\))?"


class Sentences:
    """The sentence splitter of one language."""

    def __init__(self, config: SentencesConfig) -> None:
        """Compile the marks and words of `config`."""
        marks = _one_of([*config.ends, *config.stops])
        closers, stops, either = _one_of(config.closers), _one_of(config.stops), _one_of(config.either)
        # Possessive, and never begun inside a run of marks: hostile runs of dots stay linear.
        tail = rf"(?:[ \u00a0\u202f]?+{closers}{'|' + either if config.spaced else ''})*+{_FOOTNOTE}"
        pattern = rf"(?<!{marks})(?P<marks>{marks}++){tail}"
        if config.spaced:
            pattern += rf"(?=\s|\Z)|(?<=[^\W\d_]){stops}(?=[^\W\d_])"
        self._mark = expression(pattern)
        # looked for first: what a mark begins with is found at once, what must stand before it is dear to look at
        firsts = {mark[0] for mark in (*config.ends, *config.stops)}
        self._gate = expression(_one_of(firsts))
        openers = _one_of([*config.openers, *config.either])
        self._next = expression(rf"\s*+(?P<lead>(?:{openers}\s?+)*+)(?P<word>\w{{0,{_LOOK_AHEAD}}})")
        self._either = frozenset() if config.spaced else frozenset(config.either)
        self._stops = frozenset(config.stops)
        self._continues = frozenset(config.continues)
        self._always = frozenset(config.abbreviations.always)
        self._numbers = frozenset(config.abbreviations.before_numbers)
        self._seldom = frozenset(config.abbreviations.unless_starter)
        self._starters = frozenset(config.starters)

    @classmethod
    def from_config(cls, folder: Path, language: str) -> Sentences:
        """The splitter of `language`; raises ConfigError for a fault in its file."""
        return cls(load(SentencesConfig, language_file(folder, language, "sentences")))

    def spans(self, text: str) -> list[Span]:
        """Start and end of each sentence, in characters; every character that is no white space is in one."""
        result: list[Span] = []
        start = 0
        for end in (*self._ends(text), len(text)):
            piece = text[start:end]
            if piece and not piece.isspace():
                begin = start + len(piece) - len(piece.lstrip())
                result.append((begin, start + len(piece.rstrip())))
            start = end
        return result

    def _ends(self, text: str) -> list[int]:
        """Where sentences end, ascending; not the end of the text."""
        ends: list[int] = []
        start = counted = marks = done = 0
        for gate in self._gate.finditer(text):
            if gate.start() < done or (match := self._mark.match(text, gate.start())) is None:
                continue
            end = done = match.end()
            if end == len(text):
                break
            if self._either and text[end : end + 1] in self._either:
                # Without white space only counting tells whether a straight quotation mark closes.
                marks += sum(text.count(mark, counted, end) for mark in self._either)
                counted = end
                end += marks % 2
            if self._is_end(text, start, match, end):
                ends.append(end)
                start = end
        return ends

    def _is_end(self, text: str, start: int, match: re.Match[str], end: int) -> bool:
        """Whether the sentence that began at `start` ends with the mark of `match`, at `end`."""
        following = self._next.match(text, end)
        if following is None or following.end() == end == len(text):
            return True
        word, lead = following["word"], following["lead"]
        first = (lead or text[following.start("word") : following.start("word") + 1])[:1]
        if first in self._continues:
            return False
        if word[:1].islower() and not (lead and category(lead[0]) == "Ps"):  # "(b) to take" may begin one
            return False
        marks = match["marks"]
        if marks is None:  # no white space: "of the year.The next", but not "un.org"
            return text[match.start() - 1].islower() and word[:1].isupper() and word[1:2].islower()
        if len(marks) > 1 or marks not in self._stops:
            return True
        return self._closes(text, start, match.start(), following)

    def _closes(self, text: str, start: int, stop: int, following: re.Match[str]) -> bool:
        """Whether the full stop at `stop` is more than the point of an abbreviation or an initial."""
        if stop - start <= _LOOK_BACK and _ENUMERATOR.fullmatch(text, start, stop):
            return False
        words = text[max(start, stop - _LOOK_BACK) : stop].split()
        if not words or text[stop - 1].isspace():
            return True
        listed = len(words) > 1 and words[-2][-1] in self._continues - self._stops
        if listed and _ENUMERATOR.fullmatch(words[-1]):  # "...; 2. Requests"
            return False
        whole = words[-1].lstrip("([{\"'\u00ab\u201c\u201e\u2018\u00bf\u00a1")
        part = _PART.split(whole)[-1]
        names = {whole.lower(), part.lower()}
        if names & self._always:
            return False
        if names & self._numbers and _NUMBER.match(text, following.start("word")):
            return False
        initial = len(part) == 1 and part.isupper()
        if initial or names & self._seldom or _DOTTED.fullmatch(part):
            begins = following["word"].lower() in self._starters
            return begins and not _INITIAL.match(text, following.start("word"))
        return True


def _one_of(marks: Iterable[str]) -> str:
    """A pattern for any of the marks; an empty list matches nothing."""
    listed = sorted(set(marks), key=lambda mark: (-len(mark), mark))
    return "(?:" + "|".join(re.escape(mark) for mark in listed) + ")" if listed else "(?!)"
