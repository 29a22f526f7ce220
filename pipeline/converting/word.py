"""The text of a Word document (DOCX), by python-docx (the extra `docx`)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pipeline.converting.errors import NotConverted

PARAGRAPH_END = "\n\n"
"""What stands between two paragraphs: a line break within one is a single line feed."""

_NOTES = ("/word/footnotes.xml", "/word/endnotes.xml")
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Text that was moved away stands where it went to; deleted text is no w:t at all (ECMA-376 Part 1, 17.13.5).
_PARTS = (
    ".//w:r[not(ancestor::w:moveFrom)]/*[self::w:t or self::w:tab or self::w:br or self::w:cr or self::w:noBreakHyphen]"
)


def word_text(data: bytes) -> str:
    """The paragraphs and the cells of tables in order, the notes after them. Raises NotConverted.

    Tracked changes are taken as accepted. Heads, feet, text boxes and comments are left out.
    """
    try:
        import docx
        from docx.opc.exceptions import PackageNotFoundError
    except ImportError:
        raise NotConverted(
            "this is a Word document, and the extra `docx` is not installed", "pip install 'unfacts[docx]'"
        ) from None
    try:
        document = docx.Document(BytesIO(data))
        texts = [*_blocks(document), *_notes(document)]
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise NotConverted(
            f"this is no Word document, or a damaged one: {error}", "open it in Word and store it as .docx or as text"
        ) from None
    if not any(text.strip() for text in texts):
        raise NotConverted("there is no text in the Word document", "get the file again, or leave it out")
    return PARAGRAPH_END.join(text.strip("\n") for text in texts if text.strip()) + "\n"


def _blocks(holder: Any) -> Iterator[str]:
    """The paragraphs of a document or a cell; a row of a table is one, its cells parted by tabs."""
    from docx.table import Table

    for block in holder.iter_inner_content():
        if not isinstance(block, Table):
            yield _text(block._p)
            continue
        for row in block.rows:
            seen: list[Any] = []  # a cell that spans several columns is told once for each
            for cell in row.cells:
                if not any(cell._tc is other._tc for other in seen):
                    seen.append(cell)
            yield "\t".join(" ".join(_blocks(cell)).strip() for cell in seen)


def _notes(document: Any) -> Iterator[str]:
    from docx.oxml import parse_xml

    for part in document.part.package.iter_parts():
        if str(part.partname) in _NOTES:
            for note in _found(parse_xml(part.blob), "/*/*[not(@w:type)]"):
                yield " ".join(_text(paragraph) for paragraph in _found(note, "./w:p")).strip()


def _text(paragraph: Any) -> str:
    """The text of a w:p element, links and inserted text with it."""
    parts = []
    for element in _found(paragraph, _PARTS):
        kind = element.tag.rpartition("}")[2]
        parts.append(element.text or "" if kind == "t" else _SIGNS[kind])
    return "".join(parts)


def _found(element: Any, path: str) -> Any:
    """The elements at an XPath; python-docx knows the prefixes for some elements only."""
    from docx.oxml.ns import nsmap
    from lxml.etree import XPath

    return XPath(path, namespaces=nsmap)(element)
