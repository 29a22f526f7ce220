"""Time grows as the text does: no pattern and no loop blows up on text that repeats itself, in any language."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial

import pytest

from pipeline.model import Document
from pipeline.text import AlignedText
from tests import promises
from tests.hostile import REPEATED
from tests.sizes import assert_linear

SHORT = 800  # characters
ALL = bool(os.environ.get("UNFACTS_FULL"))  # every hostile repetition in every language: minutes, not seconds
UNITS = {
    "en": [
        "last year ",
        "two hundred and ",
        "extend the mandate of ",
        "S/",
        "2004-",
        "the United Nations Mission in (",
    ],
    "fr": ["l'année dernière ", "mille cent ", "proroger le mandat de ", "résolution 1 (2004) et ", "1 000 "],
    "es": ["el año pasado ", "mil cien ", "prorrogar el mandato de ", "A/RES/", "de mayo de "],
    "ru": ["в прошлом году ", "сто тысяч ", "продлить мандат ", "1 (1) ", "мая "],
    "ar": ["العام الماضي ", "مائة و", "تمديد ولاية ", "S/S.", "2004 "],
    "zh": ["去年", "一百万", "延长任务期限", "二〇〇四年", "2004-", "第1(2004)号决议和", "（"],
}
CASES = [(language, unit) for language in promises.LANGUAGES for unit in (REPEATED if ALL else UNITS[language])]
FILES = [
    b"a-\n",
    b"1. \n",
    b"\n \n",
    b"\x0c\n1\n",
    b"United Nations\n",
    b"Distr.: General\n",
    b"A b.\n",
    b"( ",
    b"\xe5\x8e\xbb",
    b"\r",
]


def _reading(language: str, unit: str, length: int) -> Callable[[], object]:
    """What reads a paragraph of this length that repeats a unit."""
    text = AlignedText.of(unit * (length // len(unit)))
    document = Document("a", "", "utf-8", "a", language, promises.ANCHOR, None, "", (text,), len(text.text))
    return partial(promises.analyst(language).read, document)


@pytest.mark.parametrize(("language", "unit"), CASES)
def test_a_paragraph_takes_time_as_its_length(language: str, unit: str) -> None:
    """Sentences, all mentions and events of one paragraph."""
    assert_linear(partial(_reading, language, unit), SHORT)


LONG = 6_000  # characters: what hangs on all triggers of a sentence shows only where they are many


@pytest.mark.parametrize(
    ("language", "unit"),
    [("zh", "延长任务期限"), ("en", "extend the mandate of UNMIL until 1 May 2004, "), ("en", "trained 5 officers, ")],
)
def test_a_sentence_without_end_takes_time_as_its_length(language: str, unit: str) -> None:
    """Hundreds of triggers in one sentence, then thousands."""
    assert_linear(partial(_reading, language, unit), LONG)


@pytest.mark.parametrize("unit", FILES, ids=repr)
def test_a_file_takes_time_as_its_size(unit: bytes) -> None:
    """Decoding, lines, header, furniture, paragraphs, the language."""
    text = b"The Security Council decided to extend the mandate of the Mission until 15 September 2005.\n"

    def read(length: int) -> Callable[[], object]:
        data = text + unit * (length // len(unit)) + b"\n" + text
        return lambda: promises.reading(data)

    assert_linear(read, 12 * SHORT)


@pytest.mark.parametrize("codec", ["cp1252", "koi8_r", "gb18030", "utf-16-le"])
def test_telling_an_encoding_takes_time_as_the_size(codec: str) -> None:
    """What is judged is a sample."""
    from pipeline.encodings import decoded

    text = "Le Conseil a décidé. " if codec == "cp1252" else "安理会决定。" if codec == "gb18030" else "Совет решил. "
    assert_linear(lambda size: partial(decoded, text.encode(codec) * size), 2_000)
