"""The two seeds: headers, dates, paragraphs, and every offset."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.documents import Reader
from pipeline.model import Document
from pipeline.reading import read_source, source_of

ROOT = Path(__file__).resolve().parent.parent
SEEDS = {"en": "000_8d2c3f6428e617ed.txt", "zh": "002_4d0068a753fda69a.txt"}


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.from_config(ROOT / "configs", ("en", "zh"))


def _seed(reader: Reader, language: str) -> tuple[Document, str]:
    path = ROOT / "seeds" / SEEDS[language]
    document, notes = reader.read(read_source(path, path.name))
    assert document is not None
    assert notes == []
    return document, path.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_seed_has_eleven_paragraphs_and_its_own_date(reader: Reader, language: str) -> None:
    """The letter's date is the one in its title, the distribution date is kept apart."""
    document, _ = _seed(reader, language)
    assert len(document.body) == 11
    assert document.language == language
    assert document.date == dt.date(2004, 4, 23)
    assert document.distribution_date == dt.date(2004, 4, 29)
    assert len(document.signature) == 1


def test_the_symbol_is_read_where_it_stands_and_the_stem_is_used_where_not(reader: Reader) -> None:
    """The Chinese seed has its symbol in the header; the English one has none."""
    assert _seed(reader, "zh")[0].symbol == "S/2004/331"
    assert _seed(reader, "en")[0].symbol == "000_8d2c3f6428e617ed"


def test_words_broken_across_lines_and_pages_are_whole_again(reader: Reader) -> None:
    """Line wraps, blank lines between lines, and a page break with an indented line are undone."""
    document, source = _seed(reader, "zh")
    whole = "\n".join(p.text for p in document.body)
    for words in (
        "（联塔办事处）于2000年6月1日",
        "到2004年6月1日为止",
        "议会选举中受到考验",
        "1 300多名官员",
    ):
        assert words in whole
    fifth = document.body[4]
    assert "联塔办事处为媒体代表" in fifth.text
    start = fifth.text.index("联塔办事处为媒体代表")
    first, last = fifth.source_span(start, start + 5)
    assert source[first:last] == "联塔\n 办事处"


def test_the_language_is_that_of_most_paragraphs(reader: Reader) -> None:
    """A long quotation at the head of a document does not outvote what follows it."""
    quoted = "Le Conseil de sécurité, rappelant toutes ses résolutions antérieures, décide de rester saisi. " * 12
    own = "The members of the Council were informed of the situation in the region and thanked the Secretary-General."
    text = "\n\n".join([quoted, *[own] * 30])
    document, _ = reader.read(source_of(text.encode(), "a.txt"))
    assert document is not None
    assert document.language == "en"
