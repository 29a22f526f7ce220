"""Text that knows its way home: every character remembers where it stands in the file as stored.

A paragraph is read from a file through line wraps, page breaks, bidirectional marks and decomposed
accents. `AlignedText` holds what is left for people and rules to read, and a map back, so that a span
of it can be shown as characters of the file. All offsets are in characters (Unicode code points), as in
`open(path, encoding=..., newline="").read()[start:end]`; never bytes.

`fold` is the other half: a one-to-one translation for matching only (same length, same offsets).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise, repeat
from operator import attrgetter
from typing import Any, NamedTuple

made: Any = tuple.__new__
"""`made(Kind, values)` is `Kind(*values)` of a NamedTuple, whose own constructor is a Python function around this: for
tuples of which a paragraph makes several, at half the price."""


class Segment(NamedTuple):
    """A run of `length` characters at `start` that came from `source_length` characters at `source_start`.

    With equal lengths the characters correspond one to one; otherwise the whole run stands for the whole
    source run (a composed accent, a ligature taken apart).
    """

    start: int
    length: int
    source_start: int
    source_length: int


class AlignedText(NamedTuple):
    """A text and the map from its characters to the characters of the source it was made from.

    A tuple, as `Segment` is: each paragraph makes some of them, and a frozen dataclass takes four times as long.
    """

    text: str
    segments: tuple[Segment, ...]

    @classmethod
    def of(cls, text: str, source_start: int = 0) -> AlignedText:
        """`text` as it stands at `source_start` of its source."""
        length = len(text)
        one: AlignedText = made(cls, (text, (made(Segment, (0, length, source_start, length)),) if length else ()))
        return one

    @classmethod
    def join(cls, pieces: Iterable[AlignedText]) -> AlignedText:
        """The pieces one after the other; nothing is put between them."""
        texts: list[str] = []
        segments: list[Segment] = []
        length = 0
        for piece in pieces:
            texts.append(piece.text)
            for s in piece.segments:
                last = segments[-1] if segments else None
                if (
                    last is not None
                    and last.length == last.source_length
                    and s.length == s.source_length
                    and last.source_start + last.source_length == s.source_start
                ):
                    segments[-1] = Segment(
                        last.start, last.length + s.length, last.source_start, last.source_length + s.length
                    )
                else:
                    segments.append(Segment(length + s.start, s.length, s.source_start, s.source_length))
            length += len(piece.text)
        return cls("".join(texts), tuple(segments))

    def slice(self, start: int, end: int) -> AlignedText:
        """Characters `start` to `end`; a run that stands for its source as a whole is kept whole in the map."""
        segments = []
        first = max(0, bisect_right(self.segments, start, key=_start_of) - 1)
        for s in self.segments[first : bisect_left(self.segments, end, key=_start_of)]:
            a, b = max(start, s.start), min(end, s.start + s.length)
            if a >= b:
                continue
            if s.length == s.source_length:
                segments.append(Segment(a - start, b - a, s.source_start + a - s.start, b - a))
            else:
                segments.append(Segment(a - start, b - a, s.source_start, s.source_length))
        return AlignedText(self.text[start:end], tuple(segments))

    def replace(self, pattern: re.Pattern[str], by: str | Callable[[re.Match[str]], str]) -> AlignedText:
        """Every match replaced; the new characters stand for the whole match, unchanged ones stay aligned.

        A literal replacement is taken as it is (no group references).
        """
        texts: list[str] = []
        segments: list[Segment] = []
        done = length = index = 0  # `index`: of the segment that holds `done`
        for match in pattern.finditer(self.text):
            new = by if isinstance(by, str) else by(match)
            if new == match[0]:
                continue
            index, length = self._copied(done, match.start(), index, length, segments)
            texts.append(self.text[done : match.start()])
            if new:
                start, end = self.source_span(match.start(), match.end())
                texts.append(new)
                segments.append(Segment(length, len(new), start, end - start))
                length += len(new)
            done = match.end()
        if not done:
            return self
        self._copied(done, len(self.text), index, length, segments)
        texts.append(self.text[done:])
        return AlignedText("".join(texts), tuple(segments))

    def _copied(self, start: int, end: int, index: int, length: int, into: list[Segment]) -> tuple[int, int]:
        """Adds the map of `start` to `end`, to stand at `length`; returns the next segment and the new length."""
        while index < len(self.segments) and start < end:
            s = self.segments[index]
            a, b = max(start, s.start), min(end, s.start + s.length)
            if a < b:
                if s.length == s.source_length:
                    into.append(Segment(length, b - a, s.source_start + a - s.start, b - a))
                else:
                    into.append(Segment(length, b - a, s.source_start, s.source_length))
                length += b - a
            if b < s.start + s.length:
                break
            index += 1
        return index, length

    def strip(self) -> AlignedText:
        """Without white space at either end."""
        start = len(self.text) - len(self.text.lstrip())
        if not start and (not self.text or not self.text[-1].isspace()):
            return self
        return self.slice(start, len(self.text.rstrip())) if self.text.strip() else AlignedText("", ())

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The source characters that characters `start` to `end` came from.

        An empty span lies at the source position of `start`. Raises IndexError outside the text.
        """
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(f"span {start}:{end} lies outside a text of {len(self.text)} characters")
        if not self.segments:
            return 0, 0
        first = self.segments[0]
        if first.length == first.source_length == len(self.text):  # nearly every paragraph stands in one piece
            return first.source_start + start, first.source_start + end
        if start == end:
            if start == len(self.text):
                return (self._source_end(start - 1),) * 2
            return (self._source_start(start),) * 2
        return self._source_start(start), self._source_end(end - 1)

    def _segment(self, index: int) -> Segment:
        if len(self.segments) == 1:
            return self.segments[0]
        return self.segments[bisect_right(self.segments, index, key=_start_of) - 1]

    def _source_start(self, index: int) -> int:
        s = self._segment(index)
        return s.source_start + (index - s.start if s.length == s.source_length else 0)

    def _source_end(self, index: int) -> int:
        s = self._segment(index)
        return s.source_start + (index - s.start + 1 if s.length == s.source_length else s.source_length)


_start_of = attrgetter("start")


# Bidirectional marks and isolates, zero-width characters, the soft hyphen, the byte order mark and the Arabic
# tatweel carry no word; a rule must not have to know of them.
_INVISIBLE = re.compile("[\u00ad\u0640\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")
# Compatibility forms that a reader takes for the plain letters: Arabic presentation forms, Latin ligatures.
_PRESENTATION = re.compile("[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc]")
# a hamza may stand behind vowel marks; what carries marks is none itself: each run is looked at once
_MARKS = "\u0300-\u036f\u064b-\u0655"
_COMBINING = re.compile(
    f"[^\u0000-\u02ff{_MARKS}][{_MARKS}]*[\u0300-\u036f\u0653-\u0655]|[^\u0300-\u036f][\u0300-\u036f]+"
)
# What is to clean in a text of printable characters: one look for all of it, since nearly every text has none. Of
# what is invisible, the tatweel alone is printable; a mark that composes stands at the end of what it composes with.
_UNCLEAN = re.compile("[\u0640\u0300-\u036f\u0653-\u0655\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc]")


def is_clean(text: str) -> bool:
    """Whether a text has only printable characters, of which `clean` leaves each as it is."""
    return text.isprintable() and (text.isascii() or _UNCLEAN.search(text) is None)


def clean(text: AlignedText) -> AlignedText:
    """Invisible characters dropped, presentation forms spelled out, accents composed (NFC); map kept."""
    if text.text.isascii() or is_clean(text.text):
        return text
    text = text.replace(_INVISIBLE, "")
    text = text.replace(_PRESENTATION, lambda m: unicodedata.normalize("NFKC", m[0]))
    return text.replace(_COMBINING, lambda m: unicodedata.normalize("NFC", m[0]))


def _fold_table() -> dict[int, int]:
    table = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # full-width ASCII
    table |= {ord(c): ord(" ") for c in "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"}
    table |= {ord(c): ord(" ") for c in "\u200a\u202f\u205f\u3000\t"}
    table |= {ord(c): ord("'") for c in "\u2018\u2019\u02bc\u02b9\u2032\u0060\u00b4\u201b"}
    table |= {ord(c): ord('"') for c in "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033"}
    table |= {ord(c): ord("-") for c in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63"}
    table |= {0x0660 + n: ord("0") + n for n in range(10)}  # Arabic-Indic digits
    table |= {0x06F0 + n: ord("0") + n for n in range(10)}  # their eastern forms
    table |= {ord("\u066b"): ord("."), ord("\u066c"): ord(","), ord("\u2044"): ord("/")}
    return table


_BETWEEN = "\0"  # between texts that are folded together
_FOLD = {chr(code): chr(folded) for code, folded in _fold_table().items()}
_FOLDED = re.compile("[" + re.escape("".join(_FOLD)) + "]")
_FOLDED_ASCII = tuple(filter(str.isascii, _FOLD))


def _folds_to_itself(text: str) -> bool:
    """Whether a glance tells that nothing is to fold: how a character folds never hangs on those beside it."""
    if not text.isascii():
        return False
    for char in _FOLDED_ASCII:  # noqa: SIM110  all() makes a generator, which costs more than the look
        if char in text:
            return False
    return True


def fold(text: str) -> str:
    """`text` for matching: one character for one, so offsets stay.

    Full-width forms, spaces of every width, apostrophes, quotation marks, dashes and Arabic-Indic digits
    become their ASCII cousins. Ideographic commas and full stops stay what they are. Case is kept ("May").
    """
    return text if _folds_to_itself(text) else _folded(text)


@lru_cache(maxsize=64)  # every finder asks for the same paragraph
def _folded(text: str) -> str:
    return _replaced(text)


def folded_to(char: str) -> str:
    """The characters that fold to one, itself among them."""
    return char + "".join(other for other, folded in _FOLD.items() if folded == char)


def _replaced(text: str) -> str:
    # str.translate looks every character up, and most are none of these; a text has few different ones of them
    for char in set(_FOLDED.findall(text)):
        text = text.replace(char, _FOLD[char])
    return text


def lowered(text: str) -> str:
    """`text` in lower case, character for character ("İ", whose lower case is two characters, stays)."""
    return text.lower() if text.isascii() else _lowered(text)


@lru_cache(maxsize=64)
def _lowered(text: str) -> str:
    low = text.lower()
    return low if len(low) == len(text) else "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


# Digits of other scripts: only beyond the letters of most texts, and none among Han characters.
_FAR = re.compile("[\u0660-\u2fff\ua000-\U0010ffff]")
_OTHER_DIGIT = re.compile(r"[^\D0-9]")


def has_other_digits(folded: str) -> bool:
    """Whether a folded text has other digits than 0 to 9."""
    return not folded.isascii() and _FAR.search(folded) is not None and _OTHER_DIGIT.search(folded) is not None


class Folded(NamedTuple):
    """A text in the forms that finders look at, all of one length; made once for all of them."""

    text: str  # as it is read
    plain: str  # folded
    lower: str  # folded, in lower case
    other_digits: bool  # whether it has digits of other scripts, which folding leaves as they are

    @classmethod
    def of(cls, text: str) -> Folded:
        """The forms of `text`."""
        plain = fold(text)
        return cls(text, plain, lowered(plain), has_other_digits(plain))

    @classmethod
    def each(cls, texts: Sequence[str]) -> list[Folded]:
        """The forms of many texts, made of all together: for one short text after the other it takes twice as long."""
        joined = _BETWEEN.join(texts)
        plain = joined if _folds_to_itself(joined) else _replaced(joined)
        low = plain.lower()
        if joined.count(_BETWEEN) >= len(texts) or len(low) != len(plain):
            return [cls.of(text) for text in texts]
        folded = plain.split(_BETWEEN)
        other = map(has_other_digits, folded) if has_other_digits(plain) else repeat(False)
        return [made(cls, forms) for forms in zip(texts, folded, low.split(_BETWEEN), other, strict=False)]


def segments_are_ordered(text: AlignedText) -> bool:
    """Whether the map is well-formed: no gap or overlap in the text, the source never runs backwards."""
    contiguous = all(a.start + a.length == b.start for a, b in pairwise(text.segments))
    forward = all(a.source_start <= b.source_start for a, b in pairwise(text.segments))
    covered = sum(s.length for s in text.segments) == len(text.text)
    return contiguous and forward and covered
