"""References with the numbers and dates that belong to them."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from pipeline.mentions.references import Form, ReferenceFinder, ReferenceForms
from pipeline.model import DateMention
from tests.sizes import assert_linear

CONFIGS = Path(__file__).parent.parent / "configs"
LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")
FINDERS = {language: ReferenceFinder.from_config(CONFIGS, language) for language in LANGUAGES}


def _found(language: str, marked: str) -> list[tuple[str, str, str | None]]:
    """References of a text in which {braces} mark the dates."""
    dates, text = [], ""
    for piece in re.split(r"(\{.*?\})", marked):
        if piece.startswith("{"):
            dates.append(DateMention(len(text), len(text) + len(piece) - 2, piece[1:-1], None, "explicit"))
            piece = piece[1:-1]
        text += piece
    found = FINDERS[language].find(text, dates)
    assert all(text[m.start : m.end] == m.text for m in found)
    return [(m.text, m.symbol, m.date.text if m.date else None) for m in found]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        (
            "en",
            "by resolution 2100 (2013) of {25 April 2013} and",
            [("resolution 2100 (2013) of 25 April 2013", "S/RES/2100 (2013)", "25 April 2013")],
        ),
        (
            "en",
            "resolutions 1970 (2011) and 1973 (2011) of {17 March 2011}.",
            [
                ("resolutions 1970 (2011)", "S/RES/1970 (2011)", None),
                ("1973 (2011) of 17 March 2011", "S/RES/1973 (2011)", "17 March 2011"),
            ],
        ),
        (
            "en",
            "resolution 2188 (2014), adopted by the Security Council on {9 December 2014}, by which",
            [
                (
                    "resolution 2188 (2014), adopted by the Security Council on 9 December 2014",
                    "S/RES/2188 (2014)",
                    "9 December 2014",
                )
            ],
        ),
        ("en", "General Assembly resolution 60/1", [("resolution 60/1", "A/RES/60/1", None)]),
        ("en", "in S/{2004}/331 and A/60/L.1", [("S/2004/331", "S/2004/331", None), ("A/60/L.1", "A/60/L.1", None)]),
        (
            "en",
            "his report of {8 September 1995} (S/1995/779)",
            [("report of 8 September 1995 (S/1995/779)", "S/1995/779", "8 September 1995")],
        ),
        (
            "en",
            "report of the Secretary-General of {18 November 1999}",
            [("report of the Secretary-General of 18 November 1999", "", "18 November 1999")],
        ),
        ("en", "the letter dated {4 August 2020}", [("letter dated 4 August 2020", "", "4 August 2020")]),
        (
            "en",
            "In a letter addressed to me on {4 August 2020}, the",
            [("letter addressed to me on 4 August 2020", "", "4 August 2020")],
        ),
        ("en", "the {1997} General Agreement", [("1997 General Agreement", "", "1997")]),
        ("en", "the Bonn Agreement of {December 2001}", [("Agreement of December 2001", "", "December 2001")]),
        (
            "en",
            "paragraph 24 (b), articles 38 and 42, chapter VII and annex I",
            [(t, "", None) for t in ("paragraph 24 (b)", "articles 38 and 42", "chapter VII", "annex I")],
        ),
        ("en", "The report on the elections of {5 May 2003} and {2005} parliamentary elections", []),
        (
            "zh",
            "安全理事会{2013年4月25日}第2100(2013)号决议",
            [("2013年4月25日第2100(2013)号决议", "S/RES/2100 (2013)", "2013年4月25日")],
        ),
        (
            "zh",
            "{2014年10月24日}安全理事会通过的第2182（2014）号决议",
            [("2014年10月24日安全理事会通过的第2182（2014）号决议", "S/RES/2182 (2014)", "2014年10月24日")],
        ),
        (
            "zh",
            "大会{2015年12月17日}第70/132号以及{2015年12月22日}第70/213号决议",
            [
                ("2015年12月17日第70/132", "A/RES/70/132", "2015年12月17日"),
                ("2015年12月22日第70/213号决议", "A/RES/70/213", "2015年12月22日"),
            ],
        ),
        ("zh", "秘书长{1999年11月18日}的报告", [("1999年11月18日的报告", "", "1999年11月18日")]),
        ("zh", "在{2020年8月4日}给我的信中", [("2020年8月4日给我的信", "", "2020年8月4日")]),
        ("zh", "第24段、第38条和附件一", [("第24段", "", None), ("第38条", "", None), ("附件一", "", None)]),
        (
            "fr",
            "la résolution 2100 (2013) du Conseil de sécurité en date du {25 avril 2013}",
            [
                (
                    "résolution 2100 (2013) du Conseil de sécurité en date du 25 avril 2013",
                    "S/RES/2100 (2013)",
                    "25 avril 2013",
                )
            ],
        ),
        ("fr", "mon rapport du {18 novembre 1999}", [("rapport du 18 novembre 1999", "", "18 novembre 1999")]),
        (
            "es",
            "la resolución 2164 (2014), de {25 de junio de 2014}",
            [("resolución 2164 (2014), de 25 de junio de 2014", "S/RES/2164 (2014)", "25 de junio de 2014")],
        ),
        (
            "es",
            "la resolución 2100 (2013) del Consejo de Seguridad el {25 de abril de 2013}",
            [("resolución 2100 (2013) del Consejo de Seguridad", "S/RES/2100 (2013)", None)],
        ),
        (
            "ru",
            "резолюцией 2164 (2014) от {25 июня 2014 года}",
            [("резолюцией 2164 (2014) от 25 июня 2014 года", "S/RES/2164 (2014)", "25 июня 2014 года")],
        ),
        (
            "ar",
            "بالقرار 2164 (2014) المؤرخ {25 حزيران/يونيه 2014}",
            [("القرار 2164 (2014) المؤرخ 25 حزيران/يونيه 2014", "S/RES/2164 (2014)", "25 حزيران/يونيه 2014")],
        ),
    ],
)
def test_references(language: str, text: str, found: list[tuple[str, str, str | None]]) -> None:
    """A reference spans its numbers and its date, and only what belongs to it."""
    assert _found(language, text) == found


@pytest.mark.parametrize("language", LANGUAGES)
def test_date_of_something_else_stays_free(language: str) -> None:
    """A date that no reference claims is in none."""
    assert not _found(language, "{2005}")


@given(st.text(alphabet="resolution 0123456789(),of段第号决议A/S.\ue000\n", max_size=60))
def test_spans_are_in_order(text: str) -> None:
    """Spans are in order, do not overlap and hold the text they report, in any text."""
    for finder in FINDERS.values():
        end = 0
        for m in finder.find(text):
            assert end <= m.start < m.end
            assert text[m.start : m.end] == m.text
            end = m.end


def test_long_lists_are_linear() -> None:
    """A hostile line of a hundred thousand numbers is read in reasonable time."""
    assert FINDERS["en"].find("resolutions " + "1970 (2011), " * 8000)
    assert not FINDERS["en"].find("report of the the " + "the " * 25000)


def test_dates_side_by_side_are_linear() -> None:
    """Eight times the dates without anything between them cost about eight times the work, not sixty-four."""

    def read(count: int) -> Callable[[], object]:
        dates = [DateMention(4 * n, 4 * n + 4, "过去一年", None, "relative") for n in range(count)]
        return lambda: [FINDERS[language].find("过去一年" * count, dates) for language in ("zh", "en")]

    assert_linear(read, 400)


def test_unknown_part_is_an_error() -> None:
    """A pattern that names a part that is not there does not load."""
    with pytest.raises(ValidationError, match="<nothing> is not among the parts"):
        ReferenceForms(patterns=(Form(starts=("x",), then="<nothing>"),))
