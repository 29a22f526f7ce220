"""The domain: documents, paragraphs, mentions and events, as immutable values.

Offsets are in characters. Inside a paragraph they count characters of `Paragraph.text`; the paragraph's
`AlignedText` leads from there to the file as stored.

Sources of the conventions: dates are EDTF levels 0 and 1 (ISO 8601-2:2019, Annex A) with open intervals
("2013/..", "../2016"); durations are ISO 8601-1 clause 5.5.2; TIMEX values are TimeML TIMEX3.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from pipeline.text import AlignedText

_PIECE = re.compile("([0-9.]+|X)(DE|CE|ML|WE|[YQHMWD])")  # of a TIMEX3 duration, before its hours
_UNITS = ("Y", "M", "W", "D")
_UNITS_OF = {"DE": ("Y", 10), "CE": ("Y", 100), "ML": ("Y", 1000), "Q": ("M", 3), "H": ("M", 6)}

Basis = Literal["explicit", "relative", "context"]
"""How a date is known: said in full, counted from the letter's date, or completed from its context."""

Modality = Literal["actual", "planned", "proposed", "hypothetical", "negated"]

Qualifier = Literal["exact", "approximately", "more_than", "at_least", "up_to", "less_than"]

Bound = Literal["since", "by", "until", "before", "after", "from"]

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]


@dataclass(frozen=True, slots=True)
class Rejection:
    """Something that could not be read: a file, a line or a mention. Never dropped in silence."""

    file: str
    place: str  # "line 12", "characters 40-61", or "" for the whole file
    reason: str  # what is wrong
    cure: str  # what the reader can do about it
    severity: Literal["error", "warning"] = "error"  # a warning was read all the same, and says how


class Paragraph(NamedTuple):  # this and `Mentions` are tuples for a paragraph's sake: see `AlignedText`
    """One paragraph of the body; `number` counts from 1."""

    number: int
    aligned: AlignedText

    @property
    def text(self) -> str:
        """The paragraph as a reader sees it: line wraps undone, invisible characters gone."""
        return self.aligned.text


@dataclass(frozen=True, slots=True)
class Document:
    """One language version of one document."""

    file: str  # as given, relative to the input folder, with forward slashes
    sha256: str
    encoding: str  # the Python codec that reads the file
    symbol: str  # "S/2004/331", else the file's stem
    language: str  # ISO 639-1
    date: dt.date | None  # the letter's own date
    distribution_date: dt.date | None
    title: str
    body: tuple[AlignedText, ...]  # paragraphs in order, line wraps undone
    length: int = 0  # characters in the file
    header: tuple[AlignedText, ...] = ()  # what is not body is kept apart, line by line: letterhead and title,
    signature: tuple[AlignedText, ...] = ()  # names and offices of those who signed,
    furniture: tuple[AlignedText, ...] = ()  # page numbers, running heads, job numbers
    kind: Literal["letter", "resolution", "report"] | None = None  # what its head says it is
    has_symbol: bool = True  # False: `symbol` is only the file's stem


@dataclass(frozen=True, slots=True)
class DateMention:
    """A calendar expression. `edtf` is None where it cannot be resolved (no anchor) or is a set."""

    start: int
    end: int
    text: str
    edtf: str | None
    basis: Basis
    timex_type: TimexType = "DATE"
    timex_value: str = ""
    modifier: str | None = None  # early, mid, late, start, end: as in "early 2005"
    bound: Bound | None = None  # the word before (or after) it: "since 2013", "by 2016", "until 1 June"
    anchor: dt.date | None = None  # what a relative date was counted from
    earliest: dt.date | None = None
    latest: dt.date | None = None


@dataclass(frozen=True, slots=True)
class DurationMention:
    """A length of time as said: "12 months" is P12M, never P1Y.

    `iso` is a TIMEX3 value, which has letters of its own for decades, quarters, nights and so on (P5DE, P2Q, P3TNI).
    """

    start: int
    end: int
    text: str
    iso: str

    @property
    def calendar(self) -> str | None:
        """The length in ISO 8601's units: five decades are P50Y, four quarters P12M; None for nights and weekends."""
        days, _, hours = self.iso.partition("T")
        pieces = _PIECE.findall(days)
        if hours.startswith("NI") or any(unit == "WE" for _, unit in pieces):
            return None
        if all(unit in _UNITS for _, unit in pieces):
            return self.iso
        amounts: dict[str, Decimal | None] = {}  # None: said without a number ("some decades")
        for number, unit in pieces:
            name, size = _UNITS_OF.get(unit, (unit, 1))
            before = amounts.get(name, Decimal(0))
            amounts[name] = None if number == "X" or before is None else before + Decimal(number) * size
        said = "".join(f"{'X' if amounts[u] is None else f'{amounts[u]:f}'}{u}" for u in _UNITS if u in amounts)
        return f"P{said}{'T' if hours else ''}{hours}"


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """A number with what it counts: "Over 1,300 officials" is 1300, more_than, unit "officials"."""

    start: int  # of the whole, the hedge included
    end: int  # of the number (or the classifier after it); the unit may lie beyond
    text: str
    value: int | float
    minimum: int | float | None
    maximum: int | float | None
    qualifier: Qualifier
    kind: Literal["cardinal", "percent", "money", "measure"] = "cardinal"
    unit: str = ""
    unit_start: int = -1
    unit_end: int = -1
    number_start: int = -1
    number_end: int = -1


@dataclass(frozen=True, slots=True)
class NameMention:
    """A mission or body. `id` is its lexicon id where it has one; an anaphor is "the Office", "its mandate"."""

    start: int
    end: int
    text: str
    id: str | None
    name: str  # full English name where known, else as written
    kind: Literal["mission", "body", "anaphor"]


@dataclass(frozen=True, slots=True)
class ReferenceMention:
    """A resolution, symbol, paragraph or article that is referred to, with the date that belongs to it."""

    start: int
    end: int
    text: str
    symbol: str
    date: DateMention | None = None  # offsets of this date lie inside the reference


Mention = DateMention | DurationMention | QuantityMention | NameMention | ReferenceMention


class Mentions(NamedTuple):
    """Everything found in one paragraph, each kind in order of its start."""

    dates: tuple[DateMention, ...] = ()
    durations: tuple[DurationMention, ...] = ()
    quantities: tuple[QuantityMention, ...] = ()
    names: tuple[NameMention, ...] = ()
    references: tuple[ReferenceMention, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """A filled slot: its normalised value and the mention it was read from."""

    name: str
    value: str | int | float
    mention: Mention | None


@dataclass(frozen=True, slots=True)
class Event:
    """An event read off one paragraph. `start` to `end` is the sentence that holds the evidence."""

    type: str
    modality: Modality
    rule: str
    start: int
    end: int
    sentence: int  # counted from 1 within the paragraph
    trigger_start: int
    trigger_end: int
    trigger: str
    slots: dict[str, Slot] = field(default_factory=dict)
