"""Numerals: what can be written can be read, in six languages and one more."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from num2words import num2words

from pipeline.mentions.numerals import Numerals
from pipeline.text import Folded

CONFIGS = Path(__file__).resolve().parent.parent / "configs"
NUMERALS = {lang: Numerals.from_config(CONFIGS, lang) for lang in ("en", "zh", "fr", "es", "ru", "ar", "de")}
HAN = "零一二三四五六七八九"


def han(number: int) -> str:
    """An independent writer of Chinese numerals, by sections of four digits."""

    def section(n: int) -> str:
        out, gap = "", False
        for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit = n // place % 10
            if digit:
                out += ("零" if gap and out else "") + HAN[digit] + name
                gap = False
            else:
                gap = gap or bool(out)
        return out

    out = ""
    for place, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = number // place % 10**4
        if part:
            out += ("零" if out and part < 1000 else "") + section(part) + name
    return out.removeprefix("一") if out.startswith("一十") else out or "零"


@pytest.mark.parametrize("language", ["en", "fr", "es", "ru", "de"])
@given(number=st.integers(0, 1_000_000))
@example(number=1_000_000)
@example(number=71)
@example(number=80)
@example(number=200_000)
def test_words_are_read_back(language: str, number: int) -> None:
    """What num2words writes has the value it was written from, and is found whole in a sentence."""
    words = num2words(number, lang=language)
    assert NUMERALS[language].value(words) == number
    found = NUMERALS[language].find(f"({words}).")
    assert [(n.start, n.end, n.value) for n in found] == [(1, 1 + len(words), number)]


@given(number=st.integers(0, 99_999))
def test_arabic_words_are_read_back(number: int) -> None:
    """Arabic words below 100,000 (num2words writes some greater ones wrongly) have their value."""
    words = num2words(number, lang="ar")
    if words != "ألفا":  # the construct state alone is no number
        assert NUMERALS["ar"].value(words) == number


@given(number=st.integers(0, 10**12 - 1))
@example(number=100_000_000)
def test_han_numerals_are_read_back(number: int) -> None:
    """What an independent writer of Chinese numerals writes has its value and is found whole."""
    words = han(number)
    assert NUMERALS["zh"].value(words) == number
    assert [n.value for n in NUMERALS["zh"].find(f"，{words}。")] == [number]


@pytest.mark.parametrize("language", sorted(NUMERALS))
@given(text=st.text(alphabet="0123456789 .,一二十百万米thousandwety-من و", max_size=40))
@example(text="一一一万")
@example(text="一百米")
def test_what_is_found_has_the_value_it_is_read_as(language: str, text: str) -> None:
    """Every number found is one whole number by itself, in order and without overlap."""
    done = 0
    for number in NUMERALS[language].find(text):
        assert done <= number.start < number.end
        done = number.end
        assert NUMERALS[language].value(text[number.start : number.end]) == number.value


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("ar", "12,345,6", 12345.6),
        ("es", "1.234.5", 1234.5),
        ("en", "1,300", 1300),
        ("en", "3 240", 3240),
        ("en", "3\u00a0240", 3240),
        ("en", "3\u202f240", 3240),
        ("en", "1.9 million", 1_900_000),
        ("en", "a hundred and eighty", 180),
        ("en", "Two dozen", 24),
        ("en", "half a dozen", 6),
        ("zh", "3.5万", 35_000),
        ("zh", "8 120万", 81_200_000),
        ("zh", "1亿", 100_000_000),
        ("zh", "二〇〇四", 2004),
        ("zh", "二OO四", 2004),
        ("zh", "两千三百", 2300),
        ("zh", "２００", 200),
        ("fr", "soixante et onze", 71),
        ("fr", "une vingtaine", 20),
        ("fr", "1,9 million", 1_900_000),
        ("fr", "mille deux cent", 1200),
        ("es", "1.300", 1300),
        ("es", "veintiún", 21),
        ("es", "quinientas", 500),
        ("es", "un centenar", 100),
        ("es", "3 mil millones", 3_000_000_000),
        ("ru", "двухсот пятидесяти", 250),
        ("ru", "трёх", 3),
        ("ru", "двое", 2),
        ("ru", "35 тыс.", 35_000),
        ("ru", "тысяча", 1000),
        ("de", "1.300", 1300),
        ("de", "1 300", 1300),
        ("de", "einundzwanzig", 21),
        ("de", "hundertundeins", 101),
        ("de", "Zweitausendvier", 2004),
        ("de", "1,9 Millionen", 1_900_000),
        ("de", "zwei Millionen dreihunderttausend", 2_300_000),
        ("de", "zwei Dutzend", 24),
        ("ar", "مائتان", 200),
        ("ar", "مئتين", 200),
        ("ar", "ثلاثة وعشرون", 23),
        ("ar", "اثنتي عشرة", 12),
        ("ar", "867 1", 1867),
        ("ar", "١٬٣٠٠", 1300),
        ("ar", "الف", 1000),
    ],
)
def test_value(language: str, text: str, value: float) -> None:
    """Each way to write a number has its value."""
    assert NUMERALS[language].value(text) == value


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "fifty-ninth"),
        ("en", "one hundred and fiftieth"),
        ("en", "two-thirds"),
        ("en", "tenants"),
        ("en", "several hundred"),
        ("fr", "vingt et unième"),
        ("es", "treinta y primero"),
        ("ru", "двадцать первый"),
        ("de", "einundzwanzigste"),
        ("de", "zwei Drittel"),
        ("de", "achten"),
        ("de", "Einigkeit"),
        ("ar", "ستُعقد"),
    ],
)
def test_no_number(language: str, text: str) -> None:
    """Ordinals, fractions and words that only begin like numbers are not found."""
    assert NUMERALS[language].find(text) == []


@pytest.mark.parametrize("text", ["", "five and ten", "八九", "officers", "1" * 300])
def test_value_of_what_is_no_number(text: str) -> None:
    """What is not one number has no value."""
    assert all(numerals.value(text) is None for numerals in NUMERALS.values())


@pytest.mark.parametrize("language", sorted(NUMERALS))
def test_pattern_has_no_groups(language: str) -> None:
    """The pattern can stand inside the patterns of others."""
    assert re.compile(NUMERALS[language].pattern).groups == 0


def test_arabic_particle_is_no_part_of_the_number() -> None:
    """The particle written together with a numeral lies outside the span."""
    text = "وثلاثة وعشرون و867 1"
    assert [(text[n.start : n.end], n.value) for n in NUMERALS["ar"].find(text)] == [
        ("ثلاثة وعشرون", 23),
        ("867 1", 1867),
    ]


@pytest.mark.parametrize("language", NUMERALS)
@given(data=st.data())
def test_numbers_begin_where_they_are_looked_for(language: str, data: st.DataObject) -> None:
    """The strings that are looked for overlook no place at which a number can begin."""
    numerals = NUMERALS[language]
    fronts = [f"{article} " for article in numerals.table.article] + list(numerals.table.prefixes)
    words = [*numerals.words, *numerals.table.bare, *fronts, " ", "-", "1", "20", "٣", "x", "no"]
    text = "".join(data.draw(st.lists(st.sampled_from([*words, *map(str.title, words)]), max_size=8)))
    read = Folded.of(text)
    assert {match.start() for match in numerals._gate.finditer(read.plain)} <= set(numerals.places([read])[0])
