"""What a file is compared by when versions look for each other: what its head says, and the keys of all it says."""

from __future__ import annotations

import datetime as dt
import marshal
from dataclasses import dataclass

from pipeline.alignments.likelihood import CONCEPT
from pipeline.alignments.signatures import DocumentSignature, ParagraphSignature

Paragraphs = tuple[ParagraphSignature, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file: a signature without the paragraphs, and what follows of these.

    `lengths` are of the paragraphs, in characters that their English version would have. A key that is firm in one
    paragraph is firm in the file.
    """

    head: DocumentSignature
    lengths: tuple[float, ...]
    firm: frozenset[str]
    soft: frozenset[str]
    concepts: frozenset[str]  # those of `soft` whose absence says something too


def days_of(head: DocumentSignature) -> list[tuple[str, dt.date]]:
    """The days that a file's head names, each with what it is the day of."""
    days = [("date", head.date)] if head.date else []
    return [*days, ("distribution", head.distribution_date)] if head.distribution_date else days


def keys_of(signature: DocumentSignature) -> list[str]:
    """All that a file may share with another one, in order; the head's days are among it."""
    keys = {key for paragraph in signature.paragraphs for key in (*paragraph.firm, *paragraph.soft)}
    return sorted([*keys, *(f"{name}:{day}" for name, day in days_of(signature))])


# The bytes are for the process that made them: JSON of a hundred keys would take ten times as long to read.
def sheet_to_bytes(signature: DocumentSignature) -> bytes:
    """The sheet of a signature, for `sheet_from_bytes`."""
    s = signature
    days = [day.toordinal() if day else None for day in (s.date, s.distribution_date)]
    firm = {key for paragraph in s.paragraphs for key in paragraph.firm}
    soft = {key for paragraph in s.paragraphs for key in paragraph.soft} - firm
    concepts = [key for key in soft if key.startswith(CONCEPT)]
    lengths = tuple(paragraph.length for paragraph in s.paragraphs)
    return marshal.dumps((s.file, s.language, s.symbol, s.named, *days, lengths, list(firm), list(soft), concepts))


def sheet_from_bytes(data: bytes) -> Sheet:
    """The sheet that `sheet_to_bytes` wrote."""
    file, language, symbol, named, date, issued, lengths, firm, soft, concepts = marshal.loads(data)
    head = DocumentSignature(file, language, symbol, named, _day(date), _day(issued), ())
    return Sheet(head, lengths, frozenset(firm), frozenset(soft), frozenset(concepts))


def paragraphs_to_bytes(signature: DocumentSignature) -> bytes:
    """The paragraphs of a signature, for `paragraphs_from_bytes`."""
    return marshal.dumps(tuple((p.length, p.firm, p.soft) for p in signature.paragraphs))


def paragraphs_from_bytes(data: bytes) -> Paragraphs:
    """The paragraphs that `paragraphs_to_bytes` wrote."""
    return tuple(ParagraphSignature(*paragraph) for paragraph in marshal.loads(data))


def _day(ordinal: int | None) -> dt.date | None:
    return dt.date.fromordinal(ordinal) if ordinal else None
