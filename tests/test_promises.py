"""Whatever comes in: nothing is raised, offsets hold, two runs agree. What the fuzzer found is kept here."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import promises

MANY = settings(
    max_examples=int(os.environ.get("UNFACTS_EXAMPLES", "25")),  # 100,000 and more for a night's run
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
CODECS = ("utf-8", "utf-16", "utf-16-le", "gb18030", "big5", "cp1252", "cp1256", "koi8_r", "cp1251", "utf-32")
LANGUAGE = st.sampled_from(promises.LANGUAGES)
TEXT = st.text(max_size=200) | st.text(st.sampled_from("0123456789年月日/-.,() \n去二〇十万"), max_size=120)


@st.composite
def spoken(draw: st.DrawFn) -> tuple[str, str]:
    """A text in a language's own words, numbers and oddities, and the language."""
    language = draw(LANGUAGE)
    words = st.sampled_from(promises.vocabulary(language)) | TEXT.map(lambda text: text[:12])
    gap = "" if language == "zh" else " "
    return gap.join(draw(st.lists(words, max_size=25))) + draw(TEXT), language


@st.composite
def stored(draw: st.DrawFn) -> bytes:
    """A file: text in one of the encodings, maybe cut off, maybe with bytes that do not belong there."""
    text, _ = draw(spoken())
    data = (
        text.encode(draw(st.sampled_from(CODECS)), "ignore") if draw(st.booleans()) else draw(st.binary(max_size=400))
    )
    at = draw(st.integers(0, len(data)))
    return data[:at] + draw(st.binary(max_size=3)) + data[at:] if draw(st.booleans()) else data[:at]


@MANY
@given(stored())
def test_any_bytes(data: bytes) -> None:
    """A file is refused with a reason and a cure, or read with every paragraph inside it."""
    promises.reading(data)


@MANY
@given(spoken())
def test_any_dates(case: tuple[str, str]) -> None:
    """Dates and durations of any words."""
    promises.dates(*case)


@MANY
@given(spoken())
def test_any_numbers(case: tuple[str, str]) -> None:
    """Numbers and quantities of any words."""
    promises.numbers(*case)


@MANY
@given(spoken())
def test_any_events(case: tuple[str, str]) -> None:
    """Sentences, mentions, events and rows of any words."""
    promises.rules(*case)


# Found by atheris.
@pytest.mark.parametrize("data", [b"\xff" * 11 + b"\xdc\xdc\x00", b"\xff\xfe\x00\xd8\x41", b"\x00\xd8a\x00"])
def test_bytes_that_broke_a_promise(data: bytes) -> None:
    """An unpaired surrogate near the end of UTF-16: the text is what the codec that is named reads."""
    promises.reading(data)


@pytest.mark.parametrize(
    ("text", "language"),
    [("half a century ago", "en"), ("!half a century ago 2004", "en"), ("为期05008100.27日", "zh")],
)
def test_dates_that_broke_a_promise(text: str, language: str) -> None:
    """A template that gives no unit; an amount that Python would write with an exponent."""
    promises.dates(text, language)


@pytest.mark.parametrize(
    "text", ["柒" * 31 + "人", "九十九亿多亿亿亿亿亿亿人", "花费99,999,999,999,999,999,999美元", "三十万多亿亿亿人"]
)
def test_rows_that_broke_a_promise(text: str) -> None:
    """A number that no table holds."""
    promises.rules(text, "zh")


@pytest.mark.parametrize(
    ("text", "language"), [("0,000,0", "ar"), ("1.234.5", "es"), ("1.234.5", "fr"), ("9.999.0", "ru")]
)
def test_numbers_that_broke_a_promise(text: str, language: str) -> None:
    """One mark between groups of digits and before decimals."""
    promises.numbers(text, language)


@pytest.mark.parametrize(("text", "language"), [("وقدمت اللجنة 1540 تقريرها", "ar")])
def test_names_that_broke_a_promise(text: str, language: str) -> None:
    """One body read by two templates."""
    promises.rules(text, language)
