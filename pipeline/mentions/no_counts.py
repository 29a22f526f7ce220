"""Numbers that count nothing: labels, symbols, ordinals, bare years, list markers, articles and pronouns."""

from __future__ import annotations

import re

from pipeline.mentions.numerals import Numerals
from pipeline.mentions.phrases import Phrases
from pipeline.mentions.quantity_tables import QuantityTable

_YEARS = range(1900, 2100)
_LONGEST = 8  # digits without groups: longer runs are telephone and file numbers
_LIST_MARKER = 30  # "(1) To renew ...": no list of a paragraph is longer
_MARKER = re.compile(r"\s*(?:\(?\d{1,4}(?:\.\d+)*[.)](?=\s|[^\x00-\x7f])|\d{1,3}(?=\t)|\d{1,4} ?- (?=[^\W\d]))")
_RUNS_ON = re.compile(r"/\w|\.\d|\.[^\x00-\x7f]|-\d|[A-Za-z_]")
_OF_YEAR = re.compile(r" ?\((?:(?:19|20)\d\d|[ivxlc]+|\w{1,2}-\d+)\)")  # resolution "1540 (2004)", "1147 (XLI)"
_NOTE = re.compile(r"\[\d{1,3}\]")  # "draft article 7 [6]", "the report.[12]": the mark of a note, or another number
_PAGE = 20  # characters of white space around the number of a page
_ITEM_REACH = 1500  # characters in which the item before or after is looked for
_OTHER_GROUPS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_LABELS = 60  # of one list
_LABEL = re.compile(r"\d+(?:\.\d+)*|[ivxlc]+\b", re.IGNORECASE)
_LABEL_TAIL = re.compile(r"(?: ?\(\w{1,5}\))*(?:bis|ter)?", re.IGNORECASE)
_LETTER_LABEL = re.compile(r"\(\w{1,4}\)")
_MARKS_ITEM = re.compile(r"\)\s*[^\W\d_]")


class NoCounts:
    """Decides whether a number is no quantity, by what stands around it. Texts are folded, in lower case."""

    def __init__(self, table: QuantityTable, numerals: Numerals) -> None:
        """A judge for `table`, in the language of `numerals`."""
        self._table, self._numerals = table, numerals
        self._spaced = spaced = table.spaced == "yes"
        self._phrases = Phrases(table.phrases, spaced)
        self._labels = Phrases(table.labels, spaced)
        self._label_ends = Phrases(table.label_ends, spaced)
        self._not_after = Phrases(table.not_after, spaced)
        self._not_before = Phrases(table.not_before, spaced)
        self._measures = Phrases(table.measures, spaced)
        self._people = Phrases(table.people, spaced)
        self._ones = frozenset(table.ones)
        self._ones_not_after = Phrases(table.ones_not_after, spaced)
        self._ones_not_before = Phrases(table.ones_not_before, spaced)
        self._label_joins = tuple(sorted({w.lower() for w in table.label_joins}, key=lambda w: (-len(w), w)))

    def names(self, text: str) -> list[tuple[int, int]]:
        """Names that hold a number ("Group of 77"), and the numbers of paragraphs at the start of lines."""
        found = self._phrases.within(text)
        line = 0
        while line >= 0:
            if match := _MARKER.match(text, line):
                found.append(match.span())
            line = text.find("\n", line) + 1 or -1
        return found

    def label_end(self, text: str, start: int) -> int | None:
        """Where a list of labels ends whose first number is at `start`: "articles 38, 40 and 42"."""
        if self._labels.ending(text, start) is None:
            return None
        end = self._item_end(text, start)
        if end is None:
            return start
        for _ in range(_LABELS):
            further = self._next_item_end(text, end)
            if further is None:
                break
            end = further
        return end

    def _item_end(self, text: str, start: int) -> int | None:
        """Where a label ends that begins at `start`: "38", "iv", "thirty (a)", "(b)"."""
        number = _LABEL.match(text, start) or self._numerals.match(text, start)
        if number is not None:
            tail = _LABEL_TAIL.match(text, number.end())
            return tail.end() if tail else number.end()
        letter = _LETTER_LABEL.match(text, start)
        return letter.end() if letter else None

    def _next_item_end(self, text: str, end: int) -> int | None:
        """Where the label ends that is joined to one that ends at `end`."""
        for before in self._after_gap(text, end):
            for join in self._label_joins:
                if text.startswith(join, before):
                    for start in self._after_gap(text, before + len(join)):
                        if (further := self._item_end(text, start)) is not None:
                            return further
        return None

    def _after_gap(self, text: str, position: int) -> tuple[int, ...]:
        """Behind the space at `position`, and there."""
        return (position + 1, position) if self._spaced and text.startswith(" ", position) else (position,)

    def is_part_of_a_name(self, text: str, start: int, end: int) -> bool:
        """Whether the characters around the number make it part of a symbol, ordinal, label or date."""
        if start and (
            text[start - 1] in "/_.#+" or (text[start - 1] == "-" and start > 1 and text[start - 2].isalnum())
        ):
            return True
        if start and text[start - 1] == "[" and _NOTE.match(text, start - 1):
            return True
        if text[start] == "0" and text[start + 1 : end].isdigit():
            return True
        if text[end : end + 1].isascii() and (  # what both expressions begin with
            _OF_YEAR.match(text, end) or (_RUNS_ON.match(text, end) and not self._measures.starting(text, end))
        ):
            return True
        return bool(
            self._not_after.ending(text, start)
            or self._not_before.starting(text, end)
            or self.is_label_before(text, end)
        )

    def is_year(self, text: str, start: int, end: int) -> bool:
        """Whether the number is written as years are: "2004", never "2,004", nor "2000 officers"."""
        if end - start != 4 or not text[start:end].isdigit() or int(text[start:end]) not in _YEARS:
            return False
        return self._people.starting(text, end) is None

    def grouped(self, text: str, start: int, end: int) -> int | None:
        """The number that stands before people, where the mark between its groups is the language's decimal one.

        People come whole: "1,300 maestros" are not 1.3 of them.
        """
        written = text[start:end]
        if _OTHER_GROUPS.fullmatch(written) is None or self._people.starting(text, end) is None:
            return None
        return int(re.sub("[.,]", "", written))

    def is_label_before(self, text: str, end: int) -> bool:
        """Whether a word follows that makes the number a name: 1540号, 70多年."""
        return self._label_ends.starting(text, end) is not None

    def is_no_count(self, text: str, start: int, end: int, classified: bool, has_unit: bool) -> bool:
        """Whether a cardinal number without a hedge counts nothing."""
        written = text[start:end]
        plain = written.isdigit()
        bracketed = text[start - 1 : start] == "(" and text[end : end + 1] == ")"
        if bracketed and self.is_label_before(text, end + 1):
            return True
        if bracketed and plain and int(written) < _LIST_MARKER and self._marks_item(text, start, end):
            return True
        named = classified or (has_unit and self._table.classifier_needed == "no")
        if not named and self.is_year(text, start, end):
            return True
        if start < _PAGE and len(text) - end < _PAGE and text.strip() == written:  # a page's number
            return True
        if written in self._ones:
            return (
                self.is_mere_one(written)
                or not has_unit
                or self._ones_not_after.ending(text, start) is not None
                or self._ones_not_before.starting(text, end) is not None
            )
        if self._table.classifier_needed == "no" or classified:
            return False
        return not written[0].isdigit() or (written[-1].isdigit() and not has_unit and not bracketed)

    def is_mere_one(self, written: str) -> bool:
        """Whether it is a word for one that counts only with a hedge, sign or measure."""
        return written in self._ones and self._table.ones_count_before == "no"

    def _marks_item(self, text: str, start: int, end: int) -> bool:
        """Whether a number in brackets numbers an item: first of the text, after a mark, or one of several in turn."""
        if start < 2:
            return True
        if _MARKS_ITEM.match(text, end) is None:
            return False
        number = int(text[start:end])
        if text[: start - 1].rstrip()[-1:].isalnum():  # "Goma (12) and": a count, unless "(11)" or "(13)" is there too
            near = text[max(0, start - _ITEM_REACH) : end + _ITEM_REACH]
            return f"({number - 1})" in near or f"({number + 1})" in near
        return True

    def is_too_long(self, text: str, start: int, end: int) -> bool:
        """Whether a run of digits is too long for a number that someone wants read."""
        return end - start > _LONGEST and text[start:end].isdigit()
