"""Wraps undone: paragraphs come back whole from every way of setting them, and every character knows its place."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.documents import Reader
from pipeline.layout import Layout
from pipeline.lines import lines_of
from pipeline.manifest import ManifestRow
from pipeline.model import Document
from pipeline.paragraphs import LONGEST, prepared
from pipeline.reading import Source, read_source, source_of
from pipeline.text import AlignedText, fold, segments_are_ordered

ROOT = Path(__file__).resolve().parent.parent
CONFIGS = ROOT / "configs"
READER = Reader.from_config(CONFIGS, ("en", "zh"))
ENGLISH = ROOT / "seeds" / "000_8d2c3f6428e617ed.txt"


def _read(text: str, language: str = "en") -> Document:
    document, _ = READER.read(Source("x.txt", "", text, "utf-8"), ManifestRow("x.txt", language=language))
    assert document is not None
    return document


def _seed_paragraphs() -> list[str]:
    document, _ = READER.read(read_source(ENGLISH, "x.txt"))
    assert document is not None
    return [p.text for p in document.body]


def _blank(lines: list[str]) -> str:
    return "\n".join(lines) + "\n\n"


def _indented(lines: list[str]) -> str:
    return "\n".join(["    " + lines[0], *lines[1:]]) + "\n"


def _double_spaced(lines: list[str]) -> str:
    return "\n\n".join([" " + lines[0], *lines[1:]]) + " \n\n"


def _with_pages(lines: list[str]) -> str:
    half = len(lines) // 2
    page = ["", "04-33013 (E)", "2", "", "\x0cS/2004/331", ""]
    return "\n".join([*lines[:half], *(page if half else []), *lines[half:]]) + "\n\n"


@pytest.mark.parametrize("style", [_blank, _indented, _double_spaced, _with_pages])
@pytest.mark.parametrize("width", [60, 72, 88, 100])
def test_wrapped_text_comes_back(style: Callable[[list[str]], str], width: int) -> None:
    """Paragraphs told by blank lines, by indent, double-spaced, and with a page break in each."""
    paragraphs = _seed_paragraphs()
    text = "".join(style(textwrap.wrap(p, width, break_long_words=False)) for p in paragraphs)
    assert [p.text for p in _read(text).body] == paragraphs


def test_one_line_a_paragraph_needs_no_blank_lines() -> None:
    """As in the resolutions: a clause a line."""
    lines = ["The Security Council,", "Recalling its resolution 1 (1946),", "1. Decides to extend it;", "2. Ends."]
    assert [p.text for p in _read("\n".join(lines)).body] == lines


def test_a_line_break_inside_a_sentence_is_a_space() -> None:
    """Also where the rest of the text is one line a paragraph."""
    text = "It constitutes significant \nnon-performance of commitments.\n\nIt is another matter altogether."
    assert [p.text for p in _read(text).body] == [
        "It constitutes significant non-performance of commitments.",
        "It is another matter altogether.",
    ]


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("the peace-\nkeeping operation", "the peace-keeping operation"),
        ("decides to ren-\new the mandate", "decides to renew the mandate"),
        ("the soft\u00ad\nware of it", "the software of it"),
        ("from 1990-\n1995 on", "from 1990-1995 on"),
        ("Guinea-\nBissau and", "Guinea-Bissau and"),
        ("some 1\n300 people", "some 1 300 people"),
        ("2004 年 6\n月 1 日", "2004年6月1日"),
        ("联\n塔办事处", "联塔办事处"),
        ("约 1 300 多名", "约1 300多名"),
        ("由 Juan de\nBermúdez 发现", "由Juan de Bermúdez发现"),
        ("an\u0301o\u200b 2004", "\u00e1no 2004".replace("\u00e1n", "a\u0144")),
        ("a\tb  c\u00a0d", "a b c\u00a0d"),
        ("nul\0l and\x07 bell", "null and bell"),
    ],
)
def test_a_lone_text_is_prepared_as_a_paragraph_would_be(broken: str, whole: str) -> None:
    """Spaces, hyphens, invisible and control characters."""
    assert prepared(broken, CONFIGS).text == whole


def test_numbers_inside_a_line_begin_paragraphs_in_their_order() -> None:
    """Where a page's lines ran into each other; a number out of order is no paragraph's."""
    text = "12. 委员会说明每种方法的长处。 13. 此外，2005 年总督作了演说。见第 5. 条。 14. 新总理就任。"
    assert [p.text[:3] for p in _read(text, "zh").body] == ["12.", "13.", "14."]


def test_a_paragraph_without_end_is_cut_at_sentences() -> None:
    """No finder gets more than LONGEST characters, and a note says so."""
    text = "The mandate is extended. " * 12_000
    document, notes = READER.read(source_of(text.encode(), "x.txt"))
    assert document is not None
    assert max(len(p.text) for p in document.body) <= LONGEST
    assert all(p.text.endswith(".") for p in document.body)
    assert notes[-1].severity == "warning"


MARKS = st.sampled_from(
    [
        *(
            "\n",
            "\r\n",
            "\r",
            "\n\n",
            " ",
            "  ",
            "\u3000",
            "\x0c",
            "\t",
            "1",
            "300",
            "1. ",
            "(a) ",
            "-",
            "年",
            "联合国",
        ),
        *(
            "，",
            "。",
            ". ",
            ", ",
            "Council",
            "mandate",
            "é",
            "e\u0301",
            "\u200b",
            "\u00ad",
            "\ufb01",
            "\ufefb",
            "\u0640",
        ),
        *("\0", "(Signed) X\n", "S/2004/331\n", "29 April 2004\n", "Page 2\n", "....... 3\n"),
        "Letter dated 3 May 2004 from A to B\n",
    ]
)


DROPPED = "\0\u200b\u00ad\u0640"  # characters that a text is read without


@settings(deadline=None)  # not by the clock: the first text loads the rules
@given(st.lists(MARKS, max_size=40).map("".join))
def test_nothing_is_lost_and_every_character_knows_its_place(text: str) -> None:
    """Body, header, signature and furniture hold every visible character, each at its own place in the file."""
    if not text.strip() or not any(c.isprintable() and not c.isspace() for c in text):
        return
    document = _read(text)
    seen = bytearray(len(text))
    for aligned in (*document.body, *document.header, *document.signature, *document.furniture):
        _check_alignment(aligned, text)
        for segment in aligned.segments:
            seen[segment.source_start : segment.source_start + segment.source_length] = b"\1" * segment.source_length
    lost = {text[i] for i in range(len(text)) if not seen[i] and not text[i].isspace()}
    assert lost <= {*DROPPED, "-"}


def _check_alignment(aligned: AlignedText, source: str) -> None:
    assert segments_are_ordered(aligned)
    for i, character in enumerate(aligned.text):
        start, end = aligned.source_span(i, i + 1)
        stored = source[start:end]
        # a space may stand for white space with what is invisible in it
        visible = stored.translate(dict.fromkeys(map(ord, DROPPED)))
        assert fold(stored) == fold(character) or (not visible or visible.isspace()) == character.isspace()
        assert stored


@pytest.mark.parametrize("line", ["1.\n", "(a) b;\n", "29 April 2004\n", "Security Council\n", "\n \n", "a. "])
def test_the_work_on_a_text_grows_with_its_size(line: str) -> None:
    """Counted in lines kept: a hundred times the text gives at most a hundred times the lines."""
    layout = Layout.from_config(CONFIGS)
    small, large = (lines_of(line * n + "x", layout) for n in (10, 1_000))
    assert len(large) <= 100 * len(small)
    _read("The text. " + line * 2_000)
