"""A source becomes a document: header, body paragraphs, signature and page furniture, each kept apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from pipeline.header_dates import HeaderDates
from pipeline.headers import Header, canonical_symbol, header_of
from pipeline.languages import UNDETERMINED, Languages
from pipeline.layout import Layout
from pipeline.lines import Line, lines_of, without_furniture, wrapping_of
from pipeline.manifest import ManifestRow
from pipeline.mentions.dates.finder import DateFinder
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
    dates: HeaderDates

    @classmethod
    def from_config(
        cls, folder: Path, supported: Sequence[str], finder_of: Callable[[str], DateFinder] | None = None
    ) -> Reader:
        """What the configuration under `folder` says, for documents in the `supported` languages.

        `finder_of` gives date finders by language, where the caller has them already. Raises ConfigError.
        """
        languages = Languages.from_config(folder, supported)
        finders = finder_of or (lambda language: DateFinder.from_config(folder, language))
        return cls(Layout.from_config(folder), languages, HeaderDates(languages, finders))

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
        header = header_of(lines, wrapping, self.layout, self.dates)
        running, furniture = _apart(furniture, lines[header.length].start if header.length else 0)
        body_lines, signature = _without_signature(lines[header.length :], self.layout)
        if not body_lines:
            header, body_lines, signature = Header(0), lines, []
        wrapping = wrapping_of(body_lines)
        body = paragraphs_of(source.text, body_lines, wrapping, self.layout)
        header = self._with_symbol(header, running, source)
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
            symbol=canonical_symbol(row.document) if row is not None and row.document else header.symbol,
            language=language,
            date=date,
            distribution_date=header.distribution_date,
            title=header.title,
            body=tuple(body),
            length=len(source.text),
            header=_each(sorted([*lines[: header.length], *running], key=lambda line: line.start)),
            signature=_each(signature),
            furniture=_each(furniture),
            kind=header.kind,
            has_symbol=bool(row and row.document) or header.symbol != PurePosixPath(source.file).stem,
        )
        return document, notes

    def _with_symbol(self, header: Header, running: Sequence[Line], source: Source) -> Header:
        """The header with a symbol: its own, the running head's, the file name's, else the stem."""
        if header.symbol:
            return header
        for line in running:
            found = self.layout.symbol.search(self.layout.norm(line.text))
            if found:
                return replace(header, symbol=canonical_symbol(found[0]))
        stem = PurePosixPath(source.file).stem
        name = re.sub(r"[._-][A-Za-z]{2}$", "", stem)
        if self.layout.symbol_in_name.fullmatch(name):
            return replace(header, symbol=canonical_symbol(re.sub("[_-]", "/", name)))
        return replace(header, symbol=stem)

    def _language(
        self, source: Source, header: Header, body: Sequence[AlignedText], row: ManifestRow | None
    ) -> tuple[str, Rejection | None]:
        if row is not None and row.language:
            guess, certain = row.language, True
        else:
            for sample in (_some(body, 1_200, 200), _some(body, 4_000)):  # the first tells it of nearly all
                guess, certain = self.languages.identified("\n".join(sample))
                if certain:
                    break
            else:
                guess = header.language or (guess if guess in self.languages.supported else UNDETERMINED)
        if guess in self.languages.supported:
            return guess, None
        return "", self.languages.refusal(source.file, guess)


def _some(body: Sequence[AlignedText], limit: int, each: int | None = None) -> list[str]:
    """The beginnings of the body's paragraphs, `limit` characters in all, and `each` of one at most."""
    texts: list[str] = []
    for paragraph in body:
        if limit <= 0:
            break
        texts.append(paragraph.text[: limit if each is None else min(limit, each)])
        limit -= len(texts[-1])
    return texts


def _apart(lines: Sequence[Line], position: int) -> tuple[list[Line], list[Line]]:
    """The lines that stand before a position of the source, and the others."""
    return [line for line in lines if line.start < position], [line for line in lines if line.start >= position]


def _each(lines: Sequence[Line]) -> tuple[AlignedText, ...]:
    return tuple(AlignedText.of(line.text, line.start) for line in lines)


def _without_signature(lines: Sequence[Line], layout: Layout) -> tuple[list[Line], list[Line]]:
    """The lines of the body, and those of signatures: the name, and the office below it."""
    body: list[Line] = []
    signature: list[Line] = []
    signed = 0  # lines of office that may still follow
    for line in lines:
        may_be = line.width <= 2 * _SIGNATORY and (signed or layout.may_be_signature.passes(line.text))
        norm = layout.norm(line.text) if may_be else ""
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
