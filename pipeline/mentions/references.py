"""References to documents, their parts and agreements, each with the date that belongs to it.

"resolution 2100 (2013) of 25 April 2013", "his report of 8 September 1995 (S/1995/779)", "paragraph 24", "the
1997 General Agreement": numbers in such a span are no quantities, and its date is no event's date. The forms
are data, `configs/languages/<lang>/references.yaml`; the dates are those that the date finder has found,
which patterns meet as `<date>`. All offsets are in characters.

Source: the make-up of symbols is that of "United Nations document series symbols" (ST/LIB/SER.B/5).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pydantic import model_validator

from pipeline.config import Strict, language_file, load
from pipeline.events.strings import Anchored
from pipeline.expressions import expression
from pipeline.mentions.lexicon import alternatives, begins_word
from pipeline.model import DateMention, ReferenceMention
from pipeline.text import Folded

_BODIES = "A|S|E|T|ST|SG|CCPR|CAT|CEDAW|CERD|CMW|CRC|CRPD|CED|HRI|DP|TD|UNEP|FCCC|CBD|ICCD|NPT|PBC|CD|ISBA|SPLOS"
SYMBOL = (
    rf"\b(?:{_BODIES})/(?:[A-Z][A-Za-z]{{0,30}}[./-]){{0,9}}\d[\w./-]{{0,90}}\w(?: ?\(\d{{4}}\))?"
    rf"|\b(?:{_BODIES})/(?:[A-Z][A-Za-z]{{0,30}}[./-]){{0,9}}\d"
)
"""A document's symbol: S/2004/331, A/60/L.1, S/RES/1330 (2000), S/PRST/2013/6, E/CN.4/2004/1."""

# Private-use characters, which no text keeps, stand for those of a date: one for its last, so that dates that follow
# each other are read in one way only, and another for those before.
_DATE, _END = "\ue000", "\ue001"
_LONGEST = 2_000  # characters of a list of references; what is longer is no prose
_PLACEHOLDER = re.compile(r"<([a-z_]+)>")
_BRACKETED_YEAR = re.compile(r" ?\(\d{4}\)")
_NUMBER_BEFORE = re.compile(r"\d ?\($")
_NUMBER = re.compile(
    r"(?=[A-Z\d])"  # with what they all begin
    rf"(?:(?P<symbol>{SYMBOL})|(?P<council>\d{{1,4}}) ?\((?P<year>\d{{4}})\)|(?P<session>(?:ES-|S-)?\d{{1,4}}/\d+))"
)


class Form(Strict):
    """One kind of reference: words it starts with (or capitalised), and the pattern that follows."""

    starts: tuple[str, ...]
    then: str


class ReferenceForms(Strict):
    """How documents are referred to in one language: regular expressions on folded text.

    parts: pieces that `<name>` stands for, in patterns and in later parts; `<date>` is a date that the date
    finder found, `<symbol>` a document's symbol. patterns: each kind of reference, tried in this order.
    assembly: words within 40 characters before a number such as 60/1 that make it the General Assembly's;
    prefixes: what is written together with the word it stands before.
    """

    parts: Mapping[str, str] = {}
    patterns: tuple[Form, ...]
    assembly: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _check_patterns(self) -> ReferenceForms:
        try:
            expression(self.pattern())
        except KeyError as error:
            raise ValueError(f"<{error.args[0]}> is not among the parts before it") from None
        except re.error as error:
            raise ValueError(f"not a regular expression: {error}") from None
        return self

    def pattern(self) -> str:
        """All patterns as one alternation, their parts filled in."""
        known = {"date": f"(?:{_DATE}*+{_END})", "symbol": f"(?:{SYMBOL})"}
        for name, part in self.parts.items():
            known[name] = f"(?:{_PLACEHOLDER.sub(lambda m: known[m[1]], part)})"
        return "|".join(
            f"{_starts(form.starts, known)}{_PLACEHOLDER.sub(lambda m: known[m[1]], form.then)}"
            for form in self.patterns
        )

    def gate(self) -> Anchored:
        """What a reference can start with at all."""
        starts = {s for form in self.patterns for s in form.starts}
        words = {w for s in starts for w in (s, s[:1].upper() + s[1:]) if "<" not in s}
        if "<symbol>" in starts:
            words |= {f"{body}/" for body in _BODIES.split("|")}
        date = f"|{_DATE}*+{_END}" if "<date>" in starts else ""
        return Anchored(expression(alternatives(words) + date), (*words, *((_DATE, _END) if date else ())))


def _starts(starts: Sequence[str], known: Mapping[str, str]) -> str:
    words = {w for s in starts if "<" not in s for w in (s, s[:1].upper() + s[1:])}
    pieces = [_PLACEHOLDER.sub(lambda m: known[m[1]], s) for s in starts if "<" in s]
    return f"(?:{'|'.join([*pieces, alternatives(words)] if words else pieces)})"


class ReferenceFinder:
    """Finds the references of one language."""

    def __init__(self, forms: ReferenceForms) -> None:
        """Compiles the language's table."""
        self._gate = forms.gate()
        self._pattern = expression(forms.pattern())
        self._assembly, self._prefixes = forms.assembly, forms.prefixes

    @classmethod
    def from_config(cls, folder: Path, language: str) -> ReferenceFinder:
        """The finder for a language of a configuration folder. Raises ConfigError on a malformed file."""
        return cls(load(ReferenceForms, language_file(folder, language, "references")))

    def find(self, text: str, dates: Sequence[DateMention] = ()) -> list[ReferenceMention]:
        """The references of a paragraph in order, none overlapping; `dates` are those of the paragraph.

        A list ("resolutions 1970 (2011) and 1973 (2011)") gives one reference for each number.
        """
        return self.find_each([Folded.of(text)], [dates])[0]

    def find_each(
        self, texts: Sequence[Folded], dates: Sequence[Sequence[DateMention]]
    ) -> list[list[ReferenceMention]]:
        """The references of each paragraph, which has these dates."""
        plain = [read.plain.replace(_DATE, " ").replace(_END, " ") for read in texts]
        own = [_no_numbers(text, days) if days else () for text, days in zip(plain, dates, strict=True)]
        masked = [_masked(text, days) for text, days in zip(plain, own, strict=True)]
        return [
            self._found(read.text, text, days, gates) if gates else []
            for read, text, days, gates in zip(texts, masked, own, self._gate.finditer_each(masked), strict=True)
        ]

    def _found(
        self, text: str, plain: str, dates: Sequence[DateMention], gates: Iterable[re.Match[str]]
    ) -> list[ReferenceMention]:
        starts = [d.start for d in dates]
        found: list[ReferenceMention] = []
        done = 0
        for gate in gates:
            if gate.start() < done or not begins_word(plain, gate.start(), self._prefixes):
                continue
            match = self._pattern.match(plain, gate.start(), gate.start() + _LONGEST)
            if match is None:
                continue
            done = match.end()
            first, last = bisect_left(starts, match.start()), bisect_left(starts, match.end())
            inside = [d for d in dates[first:last] if d.end <= match.end()]
            found += self._references(text, plain, match.span(), inside)
        return found

    def _references(
        self, text: str, plain: str, span: tuple[int, int], dates: Sequence[DateMention]
    ) -> list[ReferenceMention]:
        start, end = span
        matches = list(_NUMBER.finditer(plain, start, end))
        numbers = [m for m in matches if m["symbol"] is None]
        if not numbers:
            symbol = next((m[0] for m in matches), "")
            return [ReferenceMention(start, end, text[start:end], symbol, dates[0] if dates else None)]
        dates_first = plain[start] in (_DATE, _END)
        own: dict[int, DateMention] = {}
        for date in dates:
            places = [i for i, n in enumerate(numbers) if (n.start() >= date.end) == dates_first]
            if places:
                own.setdefault(places[0] if dates_first else places[-1], date)
        found = []
        for i, number in enumerate(numbers):
            edges = [*number.span(), *((own[i].start, own[i].end) if i in own else ())]
            a = start if i == 0 else min(edges)
            b = end if i == len(numbers) - 1 else max(edges)
            symbol = self._symbol(plain, number, start)
            found.append(ReferenceMention(a, b, text[a:b], symbol, own.get(i)))
        return found

    def _symbol(self, plain: str, number: re.Match[str], start: int) -> str:
        if number["council"]:
            return f"S/RES/{number['council']} ({number['year']})"
        before = plain[max(0, start - 40) : number.start()]
        return ("A/RES/" if any(word in before for word in self._assembly) else "") + number["session"]


def _no_numbers(text: str, dates: Sequence[DateMention]) -> Sequence[DateMention]:
    """The dates that are not pieces of numbers, in order."""
    return sorted((date for date in dates if not _is_number(text, date)), key=lambda date: date.start)


def _masked(text: str, dates: Sequence[DateMention]) -> str:
    if not dates:
        return text
    pieces, done = [], 0
    for date in dates:
        if date.start >= done:
            pieces += [text[done : date.start], _DATE * (date.end - date.start - 1) + _END]
            done = date.end
    return "".join((*pieces, text[done:]))


def _is_number(text: str, date: DateMention) -> bool:
    """Whether a year alone is a piece of a symbol or number: S/2004/331, 2100 (2013), 1970 (2011)."""
    if date.end - date.start > 5:
        return False
    before, after = text[max(0, date.start - 1) : date.start], text[date.end : date.end + 7]
    return (
        before == "/"
        or after[:1] == "/"
        or _BRACKETED_YEAR.match(after) is not None
        or (before == "(" and _NUMBER_BEFORE.search(text[max(0, date.start - 3) : date.start]) is not None)
    )
