"""Dates: every template's examples, the corpora of surfaces by value, and properties that always hold."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import edtf
from pipeline.config import load, read_yaml
from pipeline.mentions.dates import DateFinder
from pipeline.mentions.dates import finder as finders
from pipeline.mentions.dates.matching import Hit
from pipeline.mentions.dates.patterns import PatternError, alternation
from pipeline.mentions.dates.spec import DateSpec, Example
from pipeline.mentions.dates.spellings import day_of

CONFIGS = Path(__file__).parent.parent / "configs"
CORPORA = Path(__file__).parent / "corpora"
LANGUAGES = sorted(path.parent.name for path in CONFIGS.glob("languages/*/dates.yaml"))


@lru_cache(maxsize=8)
def finder(language: str) -> DateFinder:
    return DateFinder.from_config(CONFIGS, language)


@lru_cache(maxsize=8)
def spec(language: str) -> DateSpec:
    return load(DateSpec, CONFIGS / "languages" / language / "dates.yaml")


EXAMPLES = [
    pytest.param(language, example, id=f"{language}-{template.id}-{number}")
    for language in LANGUAGES
    for template in spec(language).templates
    for number, example in enumerate(template.examples)
]


@pytest.mark.parametrize(("language", "example"), EXAMPLES)
def test_example(language: str, example: Example) -> None:
    """Every example of every template gives all of its mentions and nothing else."""
    anchor = dt.date.fromisoformat(example.date) if example.date else None
    found = finder(language).find(example.text, anchor)
    assert {m.text: m.edtf or m.timex_value for m in found} == example.gives


def corpus() -> list[tuple[str, str, dt.date, str]]:
    rows = []
    for path in sorted(CORPORA.glob("*/dates.yaml")):
        data = read_yaml(path).data
        anchor = dt.date.fromisoformat(data["clock"])
        rows += [(path.parent.name, value, anchor, s) for value, surfaces in data["values"].items() for s in surfaces]
    return rows


@pytest.mark.parametrize(("language", "value", "anchor", "surface"), corpus())
def test_surface(language: str, value: str, anchor: dt.date, surface: str) -> None:
    """A surface is one mention as a whole, with the value that its corpus files it under."""
    found = finder(language).find(surface, anchor)
    assert [(m.text, m.edtf or m.timex_value) for m in found] == [(surface, value)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_template_is_needed(language: str) -> None:
    """Template ids are unique, and no template is without its examples."""
    templates = spec(language).templates
    ids = [template.id for template in templates]
    assert len(ids) == len(set(ids))
    assert all(template.examples for template in templates)


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_mentions_are_ordered_and_within_bounds(language: str, data: st.DataObject) -> None:
    """On any text made of the language's own words, mentions lie in order, hold their text and valid EDTF."""
    words = [w for table in spec(language).grammar.words.values() for ws in table.values() for w in ws]
    others = [" ", ", ", "-", "/", "(", "2004", "12", "31 ", "年", "月"]
    pieces = st.one_of(st.sampled_from(words), st.sampled_from(others))
    text = "".join(data.draw(st.lists(pieces, max_size=14)))
    end = 0
    for m in finder(language).find(text, dt.date(2004, 4, 23)):
        assert end <= m.start < m.end
        assert text[m.start : m.end] == m.text
        end = m.end
        if m.edtf is not None:
            assert edtf.bounds(m.edtf) == (m.earliest, m.latest)


def test_last_may_depends_on_the_letter() -> None:
    """In a letter of 8 May, "last May" is the year before; in one of June it is this year's."""
    text = "I decided last May to extend it."
    for anchor, value in (("2004-04-23", "2003-05"), ("2004-05-08", "2003-05"), ("2004-06-08", "2004-05")):
        assert finder("en").find(text, dt.date.fromisoformat(anchor))[0].edtf == value


def test_nothing_is_invented_without_an_anchor() -> None:
    """A relative date without a letter date is found, and has no value."""
    [mention] = finder("en").find("I decided last May to extend it.", None)
    assert (mention.text, mention.edtf, mention.earliest, mention.basis) == ("last May", None, None, "relative")


def test_bounds_stand_beside_the_date() -> None:
    """Words before or after a date say which end it is."""
    text = "Since 2013, by 30 June 2016, until 1 June 2017 and before 2020."
    assert [m.bound for m in finder("en").find(text, None)] == ["since", "by", "until", "before"]
    assert [m.bound for m in finder("zh").find("自2013年以来，到2017年6月1日为止，2020年之前。", None)] == [
        "since",
        "until",
        "before",
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Since 2010 they have tried 290 men; on 4 July a centre was opened."),
        ("fr", "Depuis 2010, 290 hommes ont été jugés; le 4 juillet, un centre a été ouvert."),
        ("es", "Desde 2010 se ha juzgado a 290 hombres; el 4 de julio se abrió un centro."),
        ("ru", "С 2010 года было вынесено 290 приговоров; 4 июля был открыт центр."),
        ("ar", "منذ عام 2010 حوكم 290 رجلا؛ وفي 4 تموز/يوليه افتتح مركز."),
        ("zh", "自2010年以来已审判290人；7月4日设立了中心。"),
    ],
)
def test_what_has_lasted_since_a_year_gives_no_year_to_later_days(language: str, text: str) -> None:
    """A narrative of 2010 would go on with a day of 2010; what began then leads to the letter's own time."""
    assert [m.edtf for m in finder(language).find(text, dt.date(2013, 8, 20))] == ["2010", "2013-07-04"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was extended until 30 June 2016. On 4 July a centre was opened.", ["2016-06-30", "2013-07-04"]),
        (
            "On 3 May 2010 it was extended until 17 June 2016. The day before, it met.",
            ["2010-05-03", "2016-06-17", "2010-05-02"],
        ),
        ("From 3 May 2010 to 17 June 2016 it met; the day before, not.", ["2010-05-03/2016-06-17", "2016-06-16"]),
        ("They voted in March and in April of this year.", ["2013-03", "2013-04"]),
        ("It grew between December and January.", ["2013-12/2014-01"]),
        ("It rained on 28 December and 3 January.", ["2013-12-28", "2014-01-03"]),
    ],
)
def test_what_a_date_hangs_on(text: str, expected: list[str]) -> None:
    """Not the end of a period to come; the year of those it is listed with."""
    assert [m.edtf for m in finder("en").find(text, dt.date(2013, 8, 20))] == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "In 2015, it met in March and in September. It met in May.", ["2015", "2015-03", "2015-09", "2016-05"]),
        ("en", "The 2016 budget was adopted in December.", ["2016", "2015-12"]),
        ("en", "In 2015, the report of March 2014 and that of May were read.", ["2015", "2014-03", "2016-05"]),
        ("fr", "L'année dernière, il s'est réuni en mars et, tard, en septembre.", ["2015", "2015-03", "2015-09"]),
        ("ru", "В прошлом году прошли две сессии: в марте и в сентябре.", ["2015", "2015-03", "2015-09"]),
        ("ar", "في العام الماضي عقدت دورتان في آذار/مارس وأيلول/سبتمبر.", ["2015", "2015-03", "2015-09"]),
        ("zh", "2015年，委员会在3月开会，又于9月再次开会。", ["2015", "2015-03", "2015-09"]),
    ],
)
def test_the_year_with_which_a_sentence_sets_out(language: str, text: str, expected: list[str]) -> None:
    """Months later in the sentence are of that year, in a letter of the year after as well."""
    assert [m.edtf for m in finder(language).find(text, dt.date(2016, 6, 30))] == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The training day planned for 3 April in the town did not take place.", "2010-04-03"),
        ("fr", "La journée de formation prévue le 3 avril n’a pas eu lieu.", "2010-04-03"),
        ("es", "La jornada de capacitación prevista para el 3 de abril no se celebró.", "2010-04-03"),
        ("ru", "Учебный день, запланированный на 3 апреля, был отменен.", "2010-04-03"),
        ("es", "La consulta, prevista para el 10 de marzo, fue aplazada hasta agosto.", "2011-03-10"),
        ("en", "The course planned for 3 April will take place in the town.", "2011-04-03"),
        ("en", "The Government has announced that in October elections will be held.", "2010-10"),
        ("es", "El Gobierno ha anunciado que en octubre tendrán lugar elecciones.", "2010-10"),
        ("fr", "Le Gouvernement a annoncé qu’en octobre des élections seront organisées.", "2010-10"),
        ("ru", "Правительство было уведомлено, что в октябре будут проведены выборы.", "2010-10"),
        ("en", "The report said that the mission had arrived in October.", "2009-10"),
        ("en", "The mission has said that in October.", "2009-10"),
        ("en", "As no candidate had won a majority, on 28 December a second round would be held.", "2010-12-28"),
        ("es", "Como ninguno había obtenido la mayoría, el 28 de diciembre se celebraría otra vuelta.", "2010-12-28"),
        ("zh", "没有一名候选人获得了多数票，于12月28日将举行第二轮投票。", "2010-12-28"),
        ("en", "The court was opened in Dili, on 28 December, and will be closed.", "2009-12-28"),
        ("ru", "Комиссия, созданная в декабре, до сих пор не получит бюджета.", "2009-12"),
        ("ru", "Курсы, начавшиеся 20 декабря, будут продолжены.", "2009-12-20"),
        ("zh", "12月成立的委员会将得到预算。", "2009-12"),
        ("en", "It was impossible to hold on 28 July the elections.", "2010-07-28"),
        ("en", "The elections will be held on 5 July.", "2010-07-05"),
        ("en", "It was held on 1 August.", "2009-08-01"),
    ],
)
def test_whose_verb_tells_the_year(language: str, text: str, expected: str) -> None:
    """A verb before "that" tells of another clause; what did not take place on its day lies behind.

    What stands right after a comma goes with the verb behind it; a day near the letter's is of the same year.
    """
    assert [m.edtf for m in finder(language).find(text, dt.date(2010, 7, 15))][:1] == [expected]


@pytest.mark.parametrize(
    ("letter", "text", "days"),
    [
        (dt.date.min, "It will meet on 30 June.", ["0001-06-30"]),
        (dt.date.min, "On 30 June.", ["0001-06-30"]),
        (dt.date.min, "It met on 30 June.", []),
        (dt.date.max, "It met on 30 June.", ["9999-06-30"]),
        (dt.date.max, "On 30 December.", ["9999-12-30"]),
        (dt.date.max, "It will meet on 30 June.", []),
    ],
)
def test_the_calendar_ends(letter: dt.date, text: str, days: list[str]) -> None:
    """A letter of the calendar's first or last year names days of its own year; there is none before or after."""
    assert [mention.edtf for mention in finder("en").find(text, letter)] == days


def test_a_line_of_months_is_linear(monkeypatch: pytest.MonkeyPatch) -> None:
    """For the year with which a sentence sets out no more than some dates back are looked at."""
    asked, is_bare = 0, finders._is_bare

    def counted(hit: Hit) -> bool:
        nonlocal asked
        asked += 1
        return is_bare(hit)

    monkeypatch.setattr(finders, "_is_bare", counted)
    finder("en").find("it met in March then " * 500, dt.date(2016, 6, 30))
    assert 500 <= asked < 500 * 30


def test_months_go_on_into_the_next_year() -> None:
    """In a narrative January comes after the December before it."""
    text = "The siege began on 20 December 1808. The assaults went on through January."
    assert [m.edtf for m in finder("en").find(text, dt.date(2009, 5, 5))] == ["1808-12-20", "1809-01"]


def test_month_ends() -> None:
    """The end of a month stays the month, marked as its end; the last day of it is the day."""
    end, last = finder("en").find("By the end of June 2002, not the last day of February 1997.", None)
    assert (end.edtf, end.modifier, end.latest) == ("2002-06", "end", dt.date(2002, 6, 30))
    assert last.edtf == "1997-02-28"


def test_spaces_and_line_breaks_inside_chinese_dates() -> None:
    """Text as it comes out of a PDF has the same dates, and no mention ends in a space."""
    text = "于 2000 年 6 月 1 日 成立，去年 5 月 我到 2004 年 6\n月 1 日为止。"
    found = finder("zh").find(text, dt.date(2004, 4, 23))
    assert [(m.text, m.edtf) for m in found] == [
        ("2000 年 6 月 1 日", "2000-06-01"),
        ("去年 5 月", "2003-05"),
        ("2004 年 6\n月 1 日", "2004-06-01"),
    ]


def test_what_is_no_date() -> None:
    """Numbers and symbols of documents, 现 in 出现 and 七个月 are no dates."""
    for text in (
        "See S/2004/331, resolutions 1540 (2004) and 2021 (2011), paragraph 2004 and 2,004 persons.",
        "They may march on; a second Fall is a sun, too.",
        "As of page 1999, about 2000 refugees.",
    ):
        assert [m.text for m in finder("en").find(text, dt.date(2004, 4, 23))] == []
    for text in ("第1540(2004)号决议，出现在边境，历时七个月，2004号文件，持续25年。",):
        assert [m.text for m in finder("zh").find(text, dt.date(2004, 4, 23))] == []


def test_hostile_line_is_linear() -> None:
    """A long line of half-dates ends in time proportional to its length."""
    for text in ("1 June " * 3_000, "the last " * 5_000, "1" * 50_000, "12-" * 10_000, "一二三四" * 4_000):
        finder("en").find(text, None)
        finder("zh").find(text, None)


@pytest.mark.parametrize(
    ("value", "earliest", "latest"),
    [
        ("2004", "2004-01-01", "2004-12-31"),
        ("2004-02", "2004-02-01", "2004-02-29"),
        ("2004-06-01", "2004-06-01", "2004-06-01"),
        ("2003/2005", "2003-01-01", "2005-12-31"),
        ("2004-24", "2004-12-01", "2005-02-28"),
        ("199X", "1990-01-01", "1999-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
    ],
)
def test_edtf_bounds(value: str, earliest: str, latest: str) -> None:
    """The bounds of a partial date are the first and last day that it can mean."""
    assert edtf.bounds(value) == (dt.date.fromisoformat(earliest), dt.date.fromisoformat(latest))


def test_edtf_open_and_wrong() -> None:
    """Open intervals have one bound; what is not EDTF is refused."""
    assert edtf.bounds("2013/..") == (dt.date(2013, 1, 1), None)
    assert edtf.bounds("../2016") == (None, dt.date(2016, 12, 31))
    for wrong in ("2004-13", "2004-02-30", "04", "2005/2004", "", "2004-6"):
        assert not edtf.is_valid(wrong)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), st.sampled_from(["day", "week", "month", "quarter", "year"]))
def test_a_day_lies_within_its_unit(day: dt.date, unit: str) -> None:
    """The unit that a day lies in holds the day."""
    earliest, latest = edtf.bounds(edtf.at(day, unit))
    assert earliest is not None
    assert latest is not None
    assert earliest <= day <= latest


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), st.integers(-50, 50))
def test_shifting_months_back_and_forth(day: dt.date, count: int) -> None:
    """Months shifted there and back give the day, or the end of a shorter month."""
    back = edtf.shifted(edtf.shifted(day, count, "month"), -count, "month")
    assert (back.year, back.month) == (day.year, day.month)
    assert back.day <= day.day


@pytest.mark.parametrize(
    ("language", "form"), [("en", "{0} {1} {2}"), ("fr", "{0} {1} {2}"), ("es", "{0} de {1} de {2}")]
)
def test_dateparser_agrees_on_plain_days(language: str, form: str) -> None:
    """On plain days in full, dateparser reads the same day as our tables wherever it reads any."""
    months = spec(language).grammar.words["month"]
    agreed = 0
    for number, surfaces in months.items():
        text = form.format(int(number) + 10, surfaces[0], 1990 + int(number))
        [mention] = finder(language).find(text, None)
        other = day_of(text, language)
        assert other is None or mention.edtf == other.isoformat()
        agreed += other is not None
    assert agreed >= 10


def test_unknown_spelling_is_left_to_dateparser() -> None:
    """A month word that no table has is read by dateparser, if at all; people are not days."""
    finder_without = DateFinder(
        spec("ru").model_copy(update={"templates": spec("ru").templates[1:2]}), finder("ru").numerals, "ru"
    )
    assert [m.edtf for m in finder_without.find("Получено 2 сентября 2004.", None)] == ["2004-09-02"]
    assert finder("en").find("See 12 members 2004a.", None) == []


def test_empty_alternation_matches_nothing() -> None:
    """An alternation of no words is no match, rather than every match."""
    assert alternation([]) == "(?!)"


def test_faulty_pattern_is_named() -> None:
    """A pattern with an unknown slot or an open bracket says which template is at fault."""
    data = spec("en")
    for pattern in ("{nothing} {year}", "{day}[ {month}", "[{day}]"):
        bad = data.templates[0].model_copy(update={"pattern": pattern})
        with pytest.raises(PatternError, match=data.templates[0].id):
            DateFinder(data.model_copy(update={"templates": [bad]}), finder("en").numerals)
