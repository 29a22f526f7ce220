"""Lines to paragraphs: which lines belong together, and what stands between them when they are joined."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from pipeline.layout import Layout
from pipeline.lines import COMMAS, NUMBER, Line, Wrapping, is_full, lines_of, starts_low
from pipeline.text import AlignedText, Segment, clean, is_clean

LONGEST = 100_000  # characters: a longer paragraph is cut, at a sentence's end where there is one

_SPACES = re.compile(r"\s+")
_SURPLUS = re.compile(r"\s{2,}|[\t\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]+")
_FOOTNOTE_MARK = re.compile(r"\d{1,2} (?=[^\W\d_]|(?:19|20)\d\d\D)")
_LEADERS = re.compile(r"\.{6,}|…{3,}|(?:\. ){5,}")
_HYPHENATED = re.compile(r"([^\W\d_]+)-$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN = re.compile(r"[^\W\d_]+-[ \t\r]*\n")
_SENTENCE_END = re.compile(r"[.!?;。！？；؟]\s*")


def paragraphs_of(source: str, lines: Sequence[Line], wrapping: Wrapping, layout: Layout) -> list[AlignedText]:
    """The paragraphs that `lines` of `source` make up, wraps undone, each aligned with the source."""
    words = _Words(source)
    wholes = [joined(source, group, layout, words) for group in groups_of(lines, wrapping, layout)]
    cleaned = is_clean("".join([whole.text for whole in wholes]))  # nearly always: one look at all of them
    pieces = [piece for whole in wholes for piece in _split_at_numbers(whole)]
    return [part for piece in pieces for part in _bounded(tidy(piece, layout, cleaned)) if part.text]


def groups_of(lines: Sequence[Line], wrapping: Wrapping, layout: Layout) -> Iterator[list[Line]]:
    """The lines of each paragraph."""
    if not lines:
        return
    group = [lines[0]]
    number = _own_number(lines[0])
    for before, line in pairwise(lines):
        if _belongs(before, line, wrapping, layout, number):
            group.append(line)
            continue
        yield group
        group = [line]
        number = _own_number(line) or number
    yield group


def _belongs(before: Line, line: Line, wrapping: Wrapping, layout: Layout, number: int) -> bool:
    """Whether `line` goes on with the paragraph that `before` stands in; `number` is the last one counted."""
    if not wrapping.width and (before.closed or not (line.new_page or starts_low(line))):
        return False  # every line is a paragraph, but for what a page break or small letter tells
    if _has_leaders(line.text) or _has_leaders(before.text):
        return False  # a table of contents
    full = wrapping.width > 0 and is_full(before, line, wrapping)
    mid_sentence = not before.closed
    marker = layout.marker.match(line.text)
    if marker:
        own = _own_number(line)
        in_order = own in (1, number + 1) if own else True
        if not (mid_sentence and (full or own) and not in_order):
            return False
    if mid_sentence and starts_low(line):
        return not marker
    if wrapping.width:
        apart = line.blanks > (1 if wrapping.spaced else 0) and not line.new_page
        if wrapping.indent and line.indent >= wrapping.indent and (before.closed or before.text[-1] in COMMAS):
            return False
        if mid_sentence:
            return not apart and (full or line.new_page or _goes_on(before, line, wrapping))
        if _FOOTNOTE_MARK.match(line.text):  # a note's number that slipped to the front of the next line
            return not apart
        return full and not apart and line.indent <= before.indent
    return mid_sentence and line.new_page and before.width > 60 and not line.blanks > 3 and not marker


def _goes_on(before: Line, line: Line, wrapping: Wrapping) -> bool:
    """Whether a line that is not full, and ends no sentence, still is no heading."""
    if before.text[-1] in COMMAS:
        return True
    first = line.text[0]
    return (first.isalpha() and not first.isupper() and before.width >= wrapping.width / 2) or (
        first.isdigit() and before.width >= wrapping.width / 2
    )


def _has_leaders(text: str) -> bool:
    return ("..." in text or "……" in text or ". . ." in text) and _LEADERS.search(text) is not None


def _own_number(line: Line) -> int:
    match = NUMBER.match(line.text) if line.numbered else None
    return int(match[1]) if match else 0


class _Words:
    """The words of a text, found once, when a hyphen at a line's end first asks for them."""

    def __init__(self, source: str) -> None:
        self._source = source

    @cached_property
    def _known(self) -> frozenset[str]:
        whole = _BROKEN.sub(" ", self._source)
        return frozenset(word.lower() for word in _WORD.findall(whole))

    def __contains__(self, word: str) -> bool:
        return word.lower() in self._known


def joined(source: str, group: Sequence[Line], layout: Layout, words: _Words) -> AlignedText:
    """The lines as one text: a space for a line break between words, nothing between Han characters."""
    if len(group) == 1:
        return AlignedText.of(group[0].text, group[0].start)
    texts: list[str] = []
    segments: list[Segment] = []
    length = 0

    def add(text: str, start: int, source_length: int) -> None:
        nonlocal length
        texts.append(text)
        segments.append(Segment(length, len(text), start, source_length))
        length += len(text)

    for before, line in pairwise([*group, None]):
        if before is None:
            continue
        last, first = before.text[-1], line.text[0] if line else ""
        text, space = before.text, False
        if not line or last == "\u00ad" or _in_class(last, layout) or _in_class(first, layout):
            pass
        elif last == "-" and first.isalnum():
            text = text if _keeps_hyphen(before.text, line.text, layout, words) else text[:-1]
        else:
            space = True
        if text:
            add(text, before.start, len(text))
        if line and space:
            # The space stands for the white space there; page furniture between the lines is none of it.
            gap = source[before.end : line.start]
            add(" ", before.end, len(gap) - len(gap.lstrip()) or len(gap))
    return AlignedText("".join(texts), tuple(segments))


def _in_class(character: str, layout: Layout) -> bool:
    return not character.isascii() and layout.is_unspaced(character)


def _keeps_hyphen(before: str, after: str, layout: Layout, words: _Words) -> bool:
    """Whether the hyphen at a line's end belongs to the word: the document tells, else its first part."""
    left, right = _HYPHENATED.search(before[-60:]), _WORD.match(after[:60])
    if left is None or right is None or not after[0].islower():
        return True
    if f"{left[1]}{right[0]}" in words:
        return False
    return f"{left[1]}-{right[0]}" in words or left[1].lower() in layout.hyphen_prefixes or left[1] in words


def _split_at_numbers(text: AlignedText) -> Sequence[AlignedText]:
    """Where the next paragraph's number stands inside a line ("…长处。 13. 此外"), the paragraph is cut."""
    match = NUMBER.match(text.text) if text.text[:1].isdecimal() else None
    return (text,) if match is None else list(_split_after(int(match[1]), text))


def _split_after(number: int, text: AlignedText) -> Iterator[AlignedText]:
    start = 0
    while number:
        number += 1
        if text.text.find(f" {number}", start) < 0:
            break
        found = re.compile(rf"(?<=[.;:。；：]) {number}[.．] |(?<=[.。]\d) {number}[.．] ").search(text.text, start)
        if found is None:
            break
        yield text.slice(start, found.start())
        start = found.start() + 1
    yield text.slice(start, len(text.text)) if start else text


def tidy(text: AlignedText, layout: Layout, cleaned: bool = False) -> AlignedText:
    """`text` without invisible and control characters, with single spaces, none beside Han.

    `cleaned`: the caller knows that it is clean (`pipeline.text.is_clean`).
    """
    if not cleaned:
        text = clean(text if text.text.isprintable() else text.replace(_CONTROLS, ""))
    written = text.text
    printable = cleaned or written.isprintable()  # then it has no white space but " "
    if printable and " " not in written:
        return text
    single = printable and "  " not in written
    if written.isascii() or layout.unspaced.search(written) is None:
        return (text if single else text.replace(_SURPLUS, " ")).strip()
    return (text.replace(layout.around_unspaced, "") if single else text.replace(_SPACES, _space(layout))).strip()


def _space(layout: Layout) -> Callable[[re.Match[str]], str]:
    def space(match: re.Match[str]) -> str:
        run, whole = match[0], match.string
        before, after = whole[match.start() - 1 : match.start()], whole[match.end() : match.end() + 1]
        if (before and _in_class(before, layout)) or (after and _in_class(after, layout)):
            return ""
        return run if len(run) == 1 and run not in "\t\n\r\x0b\x0c\x85\u2028\u2029" else " "

    return space


def _bounded(text: AlignedText) -> Sequence[AlignedText]:
    """The text in pieces of at most LONGEST characters."""
    return (text,) if len(text.text) <= LONGEST else list(_cut(text))


def _cut(text: AlignedText) -> Iterator[AlignedText]:
    start, size = 0, len(text.text)
    while size - start > LONGEST:
        cut = start + LONGEST
        ends = [m.end() for m in _SENTENCE_END.finditer(text.text, cut - 2_000, cut)]
        cut = ends[-1] if ends else max(text.text.rfind(" ", cut - 2_000, cut) + 1, 0) or cut
        yield text.slice(start, cut).strip()
        start = cut
    yield text.slice(start, size).strip()


def prepared(text: str, folder: Path, language: str = "") -> AlignedText:
    """A lone text as one paragraph: the same cleaning, wraps undone, aligned with `text`.

    The joining rule goes by the characters, so `language` need not be known. Raises ConfigError.
    """
    layout = Layout.from_config(folder)
    lines = lines_of(text, layout)
    if not lines:
        return AlignedText("", ())
    return tidy(joined(text, lines, layout, _Words(text)), layout)
