"""The lines of a file, blank ones counted and not kept, and how the file wraps its text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.layout import MAX_LINE, Layout
from pipeline.text import made

# What str.splitlines takes for a line end, but for the separators x1c-x1e, which are control characters here.
_RUN = re.compile("[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\uabff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]+"
)
NUMBER = re.compile(r"(\d{1,3})[.．](?=\s|[^\d\s])")
_FIRST_WORD = re.compile(r"[^\s-]{1,40}-?")

_FULL = 0.85  # of the wrap width: a line this long was wrapped, a shorter one ended by itself
COMMAS = ",，،、"  # the clauses of a resolution end so, one a line
_NARROWEST, _WIDEST = 36, 150  # columns between which a page's lines lie


class Line(NamedTuple):  # a document has thousands: a tuple is made in a third of the time of a frozen dataclass
    """A line that is not blank: characters `start` to `end` of the source, without white space around it."""

    start: int
    end: int
    text: str
    indent: int  # columns of white space before it
    width: int  # columns it takes, indent included; a Han character takes two
    blanks: int  # blank lines before it
    new_page: bool  # a form feed, or page furniture, stands before it
    closed: bool  # it ends with a mark that ends a sentence or a clause
    numbered: bool = False  # it begins with a paragraph's number


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How a text is set: `width` is that of a full line, 0 where every line is a paragraph of its own."""

    width: int
    spaced: bool  # blank lines stand between the lines of one paragraph
    indent: int = 0  # columns of white space that a paragraph's first line has at least; 0 if it has none
    marked: bool = False  # something tells where a paragraph begins: indent, numbers or blank lines


def lines_of(text: str, layout: Layout) -> list[Line]:
    """The lines of `text` that are not blank. Linear, also for a million blank lines or one huge line."""
    lines: list[Line] = []
    end = 0
    blanks, page = 0, False
    for match in _RUN.finditer(text):
        gap = text[end : match.start()]
        end = match.end()
        blanks += gap.count("\n") or gap.count("\r") or len(gap)
        page = page or "\x0c" in gap
        run = match[0]
        body = run.strip().strip("\ufeff\u200b")
        if not body:
            continue
        left = run.index(body)
        start = match.start() + left
        indent = sum(2 if c == "\u3000" else 4 if c == "\t" else 1 for c in run[:left][-80:]) if left else 0
        width = indent + len(body) + (0 if body.isascii() else len("".join(_WIDE.findall(body))))
        before = max(0, blanks - 1) if lines else blanks
        last = body[-1]
        closed = last in layout.closing or (not last.isalpha() and layout.closed.search(body[-40:]) is not None)
        numbered = body[0].isdecimal() and NUMBER.match(body) is not None
        lines.append(made(Line, (start, start + len(body), body, indent, width, before, page, closed, numbered)))
        blanks, page = 0, False
    return lines


def without_furniture(lines: Sequence[Line], layout: Layout) -> tuple[list[Line], list[Line]]:
    """The lines of the text, and those that belong to the page: numbers, rules, running heads."""
    kept: list[Line] = []
    furniture: list[Line] = []
    may_be_furniture = layout.may_be_furniture.passes
    is_furniture = cache(lambda text: layout.furniture.fullmatch(layout.norm(text)) is not None)
    after = False
    for line in lines:
        if line.width <= MAX_LINE // 4 and may_be_furniture(line.text) and is_furniture(line.text):
            furniture.append(line)
            after = True
            continue
        kept.append(line._replace(new_page=True) if after else line)
        after = False
    return kept, furniture


def wrapping_of(lines: Sequence[Line]) -> Wrapping:
    """How these lines are set, from their widths and from how they end.

    Wrapped text has many lines of nearly one width that end in the middle of a sentence; in text of one line
    a paragraph almost every line ends one.
    """
    widths = sorted(line.width for line in lines if line.width >= _NARROWEST)
    if len(widths) < 2:
        return Wrapping(0, False)
    width = widths[min(len(widths) - 1, len(widths) * 85 // 100)]
    if width > _WIDEST:  # some pages' lines run into one another; most lines tell
        within = [w for w in widths if w <= _WIDEST]
        if len(within) * 10 < len(widths) * 7:
            return Wrapping(0, False)
        width = within[len(within) * 85 // 100]
    full = [i for i, line in enumerate(lines[:-1]) if width * _FULL <= line.width <= width * 1.15]
    open_ended = [i for i in full if not lines[i].closed and lines[i].text[-1] not in COMMAS]
    if len(open_ended) * 2 < len(full) or len(open_ended) * 4 < len(widths):
        return Wrapping(0, False)
    apart = sum(1 for i in open_ended if lines[i + 1].blanks)
    spaced = apart * 2 > len(open_ended)
    indent = _first_line_indent(lines)
    numbered = sum(1 for line in lines if line.numbered)
    distant = sum(1 for line in lines[1:] if line.blanks > (1 if spaced else 0))
    marked = bool(indent) or numbered * 12 > len(lines) or distant * 25 > len(lines)
    return Wrapping(width, spaced, indent, marked)


def _first_line_indent(lines: Sequence[Line]) -> int:
    """The least indent of lines that begin paragraphs, if the text marks paragraphs so; else 0."""
    counts = Counter(line.indent for line in lines)
    base = min(indent for indent, count in counts.items() if count * 10 >= len(lines) or count == max(counts.values()))
    after = [before for before, line in pairwise(lines) if line.indent > base]
    ended = sum(1 for line in after if line.closed or line.text[-1] in COMMAS)
    if not after or len(after) * 10 > len(lines) * 9 or ended * 10 < len(after) * 7:
        return 0
    return base + 1


def is_full(line: Line, following: Line, wrapping: Wrapping) -> bool:
    """Whether `line` is as long as the page lets it be: the first word of `following` had no room in it.

    Nearly as long as the others will do, but for a line that ends a sentence in a text where nothing else
    marks paragraphs: there it must leave no room, else the sentence was the paragraph's last.
    """
    if (wrapping.marked or not line.closed) and not following.new_page and line.width >= wrapping.width * _FULL:
        return True
    word = _FIRST_WORD.match(following.text)
    first = word[0] if word else ""
    if not first[:1].isascii() and _WIDE.match(first):
        return line.width > wrapping.width - 6  # a mark that may not begin a line takes a character down with it
    return line.width + 1 + len(first) > wrapping.width


def starts_low(line: Line) -> bool:
    """Whether the line begins with a small letter, as no sentence does."""
    return line.text[:1].islower()
