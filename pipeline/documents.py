"""A source becomes a document: header, body paragraphs, signature and page furniture, each kept apart."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.headers import Header, canonical_symbol, header_of
from pipeline.languages import Languages
from pipeline.layout import Layout
from pipeline.lines import Line, Wrapping, lines_of, without_furniture, wrapping_of
from pipeline.manifest import ManifestRow
from pipeline.model import Document, Rejection
from pipeline.paragraphs import LONGEST, paragraphs_of
from pipeline.reading import Source
from pipeline.text import AlignedText

_SIGNATORY = 90  # columns at most of a line that says what office the signatory holds


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads documents: layouts, languages and dates, made once for a run."""

    layout: Layout
    languages: Languages

    @classmethod
    def from_config(cls, folder: Path, supported: Sequence[str]) -> Reader:
        """What the configuration under `folder` says, for documents in the `supported` languages."""
        return cls(Layout.from_config(folder), Languages.from_config(folder, supported))

    def read(self, source: Source, row: ManifestRow | None = None) -> tuple[Document | None, list[Rejection]]:
        """The document in `source`, and what is to be said about it; None where it cannot be used.

        `row` overrides what the header says. The notes of `source` are passed on.
        """
        notes = list(source.notes)
        every = lines_of(source.text, self.layout)
        lines, furniture = without_furniture(every, self.layout)
        if not lines:
            lines, furniture = list(every), []
        wrapping = wrapping_of(lines)
        header = header_of(lines, wrapping, self.layout, _dates)
        body_lines, signature = _without_signature(lines[header.length :], self.layout)
        if not body_lines:
            header, body_lines, signature = Header(0), lines, []
        wrapping = wrapping_of(body_lines)
        body = paragraphs_of(source.text, body_lines, wrapping, self.layout)
        language, fault = self._language(source, header, body, row)
        if fault is not None:
            return None, [*notes, fault]
        if any(len(p.text) > LONGEST - 2_000 for p in body):
            reason = f"a paragraph of more than {LONGEST:,} characters was cut into several"
            notes.append(Rejection(source.file, "", reason, "break it into paragraphs", "warning"))
        date = row.date if row is not None and row.date else header.date
        document = Document(
            file=source.file,
            sha256=source.sha256,
            encoding=source.encoding,
            symbol=_symbol(source, header, row),
            language=language,
            date=date,
            distribution_date=header.distribution_date,
            title=header.title,
            body=tuple(body),
            length=len(source.text),
            header=_each(lines[: header.length]),
            signature=_each(signature),
            furniture=_each(furniture),
        )
        return document, notes

    def _language(
        self, source: Source, header: Header, body: Sequence[AlignedText], row: ManifestRow | None
    ) -> tuple[str, Rejection | None]:
        if row is not None and row.language:
            guess, certain = row.language, True
        else:
            guess, certain = self.languages.identified("\n".join(_some(body)))
            if not certain and header.language:
                guess = header.language
        if guess in self.languages.supported:
            return guess, None
        return "", self.languages.refusal(source.file, guess)


def read_document(
    source: Source, reader: Reader, row: ManifestRow | None = None
) -> tuple[Document | None, list[Rejection]]:
    """The document in `source`; see `Reader.read`."""
    return reader.read(source, row)


def _some(body: Sequence[AlignedText], limit: int = 4_000) -> list[str]:
    """The beginnings of the body's paragraphs, `limit` characters in all."""
    texts: list[str] = []
    for paragraph in body:
        if limit <= 0:
            break
        texts.append(paragraph.text[:limit])
        limit -= len(texts[-1])
    return texts


def _symbol(source: Source, header: Header, row: ManifestRow | None) -> str:
    if row is not None and row.document:
        return canonical_symbol(row.document)
    return header.symbol or PurePosixPath(source.file).stem


def _each(lines: Sequence[Line]) -> tuple[AlignedText, ...]:
    return tuple(AlignedText.of(line.text, line.start) for line in lines)


def _without_signature(lines: Sequence[Line], layout: Layout) -> tuple[list[Line], list[Line]]:
    """The lines of the body, and those of signatures: the name, and the office below it."""
    body: list[Line] = []
    signature: list[Line] = []
    signed = 0  # lines of office that may still follow
    for line in lines:
        norm = layout.norm(line.text) if line.width <= 2 * _SIGNATORY else ""
        if norm and layout.signatures.fullmatch(norm):
            signature.append(line)
            signed = 3
        elif (
            signed and norm and line.width <= _SIGNATORY and not line.closed
            and not layout.annexes.match(norm) and not layout.marker.match(line.text) and not line.new_page
        ):  # fmt: skip
            signature.append(line)
            signed -= 1
        else:
            body.append(line)
            signed = 0
    return body, signature


_MONTHS = "January February March April May June July August September October November December".split()
_DATE = re.compile(
    rf"(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})|(\d{{4}})年(\d{{1,2}})月(\d{{1,2}})日", re.IGNORECASE
)


def _dates(text: str) -> list[tuple[int, int, dt.date]]:
    spans = []
    for m in _DATE.finditer(text):
        try:
            day = (
                dt.date(int(m[3]), [x.lower() for x in _MONTHS].index(m[2].lower()) + 1, int(m[1]))
                if m[1]
                else dt.date(int(m[4]), int(m[5]), int(m[6]))
            )
        except ValueError:
            continue
        spans.append((m.start(), m.end(), day))
    return spans
