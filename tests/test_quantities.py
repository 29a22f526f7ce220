"""Quantities: numbers with their hedges and what they count, in six languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.mentions.quantities import QuantityFinder

CONFIGS = Path(__file__).resolve().parent.parent / "configs"
FINDERS = {lang: QuantityFinder.from_config(CONFIGS, lang) for lang in ("en", "zh", "fr", "es", "ru", "ar", "de")}
HEDGE_EXAMPLES = [
    (language, hedge.qualifier if e.qualifier is None else e.qualifier, e.text, e.value)
    for language, finder in FINDERS.items()
    for hedge in finder.hedges
    for e in hedge.examples
]


@pytest.mark.parametrize(("language", "qualifier", "text", "value"), HEDGE_EXAMPLES)
def test_hedge_examples(language: str, qualifier: str, text: str, value: str) -> None:
    """Each example in the configuration gives its value and qualifier, and nothing else."""
    found = FINDERS[language].find(text)
    assert [(str(m.value), m.qualifier) for m in found] == [(value, qualifier)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (  # what stands between two numbers hedges the next
            "en",
            "87 States and more than 1,100 guests",
            [("87", 87, "exact", "States"), ("more than 1,100", 1100, "more_than", "guests")],
        ),
        (
            "ru",
            "87 государств и более 1100 гостей",
            [("87", 87, "exact", "государств"), ("более 1100", 1100, "more_than", "гостей")],
        ),
        (
            "en",
            "Over 1,300 officials from the central Government and local administrations, leaders",
            [("Over 1,300", 1300, "more_than", "officials from the central Government")],
        ),
        ("en", "24, 31 and 17 officers", [("24", 24, "exact", "officers"), ("31", 31, "exact", "officers")]),
        (
            "en",
            "only 11 of the 34 registered parties took part",
            [("11", 11, "exact", "registered parties"), ("34", 34, "exact", "registered parties")],
        ),
        ("en", "a further 60 court clerks could be trained", [("60", 60, "exact", "court clerks")]),
        ("en", "a total of 2,150 domestic observers", [("2,150", 2150, "exact", "domestic observers")]),
        ("en", "between 80 and 90 participants", [("between 80 and 90", 80, "approximately", "participants")]),
        ("en", "one woman and two men", [("one", 1, "exact", "woman"), ("two", 2, "exact", "men")]),
        ("en", "a 10-member panel", [("10", 10, "exact", "member panel")]),
        ("en", "38 political parties attended", [("38", 38, "exact", "political parties")]),
        ("en", "women (36)", [("36", 36, "exact", "")]),
        ("zh", "共有2 150名国内观察员接受了培训", [("2 150名", 2150, "exact", "国内观察员")]),
        ("zh", "1 300多名官员、政党领导人参加了", [("1 300多名", 1300, "more_than", "官员")]),
        ("zh", "分别有24人、31人和17人结业", [("24人", 24, "exact", "人"), ("31人", 31, "exact", "人")]),
        ("zh", "八九十名学员", [("八九十名", 80, "approximately", "学员")]),
        ("zh", "建立了四个预防冲突和人权教育中心外", [("四个", 4, "exact", "预防冲突和人权教育中心")]),
        ("zh", "至少一名法官", [("至少一名", 1, "at_least", "法官")]),
        ("zh", "30多万人", [("30多万人", 300_000, "more_than", "人")]),
        ("zh", "中亚五国", [("五国", 5, "exact", "国")]),
        ("de", "bis zu 1.240 Soldaten und 40 Polizisten", [("bis zu 1.240", 1240, "up_to", "Soldaten")]),
        ("de", "einundzwanzig Frauen wurden ausgebildet", [("einundzwanzig", 21, "exact", "Frauen")]),
        ("fr", "près d'une centaine de pêcheurs ont", [("près d'une centaine", 100, "approximately", "pêcheurs")]),
        ("fr", "une quarantaine d'experts", [("une quarantaine", 40, "approximately", "experts")]),
        ("es", "unas 31.000 personas", [("unas 31.000", 31_000, "approximately", "personas")]),
        ("ru", "около тысячи человек", [("около тысячи", 1000, "approximately", "человек")]),
        ("ar", "تلقى نحو 000 35 متطوع", [("نحو 000 35", 35_000, "approximately", "متطوع")]),
        ("zh", "进行了55次部署", [("55次", 55, "exact", "部署")]),
        ("zh", "有5 300名在乌克兰境内流离失所的儿童", [("5 300名", 5300, "exact", "在乌克兰境内流离失所的儿童")]),
        ("ar", "شارك 180 مندوبا و 12 امرأة", [("180", 180, "exact", "مندوبا"), ("12", 12, "exact", "امرأة")]),
        ("en", "24 first responders completed it.", [("24", 24, "exact", "first responders")]),
        ("en", "some 30 first-time voters came.", [("some 30", 30, "approximately", "first-time voters")]),
    ],
)
def test_quantity(language: str, text: str, expected: list[tuple[str, int, str, str]]) -> None:
    """A quantity has its words, value, qualifier and unit."""
    found = [(m.text, m.value, m.qualifier, m.unit) for m in FINDERS[language].find(text)]
    assert found[: len(expected)] == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "12. Decides to remain seized of the matter"),
        ("en", "articles 38, 40 (a) and 42 and paragraph 24"),
        ("en", "resolutions 1540 (2004), 350 (1974) and 2192 (2014)"),
        ("en", "see S/2004/331 and A/57/270-S/2002/1"),
        ("en", "one of the parties, one another, on the one hand"),
        ("en", "dozens of people and several hundred refugees"),
        ("en", "the fifty-ninth session, the 19th, COVID-19, two-thirds"),
        ("en", "the Group of 77 in 2004 (2005), until 2006, 1991-1992"),
        ("en", "(1) expert advice; (2) support"),
        ("en", "draft article 7 [6], on principles; as the report said.[12]"),
        ("zh", "安理会认为这是适当的[3]。"),
        ("en", "It decided (1) to stay and (2) to wait"),
        ("en", "98-11657 (E)"),
        ("en", " 2 "),
        ("zh", "附件J(70)号决定；1.审查；70多年；数万亿美元"),
        ("zh", "第1540(2004)号决议和第38和42条"),
        ("zh", "设立了一个办事处，举办一次会议，一项决议"),
        ("zh", "数十人、几百名、十几个、第二批、三分之一、成千上万"),
        ("zh", "双方一致认为，充分统一十分重要"),
        ("fr", "un bureau, une commission; paragraphes 7 à 12; pour cent"),
        ("es", "un taller; párrafos 7 a 12; uno de los"),
        ("ru", "пункты 7 и 12; один из; тысячи людей; 10-й"),
        ("ar", "الفقرتين 9 و 11 من القرار 1807 (2008)"),
        ("ar", "الدورة الثانية عشرة، آلاف اللاجئين، ستُعقد"),
    ],
)
def test_no_quantity(language: str, text: str) -> None:
    """Labels, symbols, years, ordinals, fractions, articles and indefinite numbers are no quantities."""
    assert [m.text for m in FINDERS[language].find(text)] == []


@pytest.mark.parametrize(
    ("language", "text", "kind", "value", "unit"),
    [
        ("en", "$1.4 million", "money", 1_400_000, "$"),
        ("en", "8,120 euros", "money", 8120, "euros"),
        ("en", "21 per cent", "percent", 21, ""),
        ("en", "3.5%", "percent", 3.5, ""),
        ("en", "12 km", "measure", 12, "km"),
        ("zh", "8 120万美元", "money", 81_200_000, "美元"),
        ("zh", "百分之二十一", "percent", 21, ""),
        ("zh", "120公里", "measure", 120, "公里"),
        ("fr", "81,2 millions de dollars", "money", 81_200_000, "dollars"),
        ("es", "24 por ciento", "percent", 24, ""),
        ("ru", "2,5 млн долл. США", "money", 2_500_000, "долл. США"),
        ("ar", "21 في المائة", "percent", 21, ""),
    ],
)
def test_kind(language: str, text: str, kind: str, value: float, unit: str) -> None:
    """Percentages, money and measures are told from counts; the whole is one mention."""
    (found,) = FINDERS[language].find(text)
    assert (found.kind, found.value, found.unit, found.text) == (kind, value, unit, text)


@pytest.mark.parametrize(
    ("text", "minimum", "maximum"),
    [
        ("34 men", 34, 34),
        ("over 1,300 men", 1301, None),
        ("at least 450 men", 450, None),
        ("up to 35 men", None, 35),
        ("fewer than 200 men", None, 199),
        ("some 200 men", None, None),
        ("80 to 90 men", 80, 90),
        ("more than 74 per cent", 74, None),
    ],
)
def test_bounds(text: str, minimum: int | None, maximum: int | None) -> None:
    """The least and greatest value are those that the words allow."""
    (found,) = FINDERS["en"].find(text)
    assert (found.minimum, found.maximum) == (minimum, maximum)


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "The course trained 2000 officers.", 2000),
        ("fr", "Elle a formé 2000 policiers.", 2000),
        ("es", "La Misión capacitó a 1950 agentes.", 1950),
        ("ru", "Обучено 2000 человек.", 2000),
        ("ar", "تم تدريب 1950 شرطيا.", 1950),
        ("en", "The course of 2000 was long.", None),
        ("ru", "численность составляла 4136 человек из 43 стран", 4136),
    ],
)
def test_years_and_people(language: str, text: str, value: int | None) -> None:
    """1900 to 2099 is a year but before people; "человек из" before a number is no hedge."""
    found = [(m.value, m.qualifier) for m in FINDERS[language].find(text)]
    assert found[:1] == ([(value, "exact")] if value else [])
    assert all(qualifier == "exact" for _, qualifier in found)


def test_taken_spans_are_left_alone() -> None:
    """A number inside a date is no quantity, and a hedge does not reach across it."""
    text = "over 14 March 35 men"
    assert [m.text for m in FINDERS["en"].find(text, [(5, 13)])] == ["35"]


@pytest.mark.parametrize("language", sorted(FINDERS))
@given(text=st.text(alphabet="0123 ,.()/-一二十百多名个约人some over two men من و مائة d'une за до", max_size=60))
def test_offsets_hold(language: str, text: str) -> None:
    """Spans lie in the text, in order; the words and unit are those of their offsets."""
    done = 0
    for m in FINDERS[language].find(text):
        assert done <= m.start <= m.number_start < m.number_end <= m.end <= len(text)
        assert m.text == text[m.start : m.end]
        assert m.unit == (text[m.unit_start : m.unit_end] if m.unit else "")
        done = m.end


@pytest.mark.parametrize(
    ("language", "piece"),
    [("en", "1"), ("en", "1,000,"), ("en", "twenty-"), ("en", "one hundred and "), ("en", "of the "), ("zh", "一")],
)
def test_hostile_text_takes_linear_time(language: str, piece: str) -> None:
    """Long runs of what numbers are made of are read in reasonable time (the suite would hang)."""
    FINDERS[language].find(piece * 20_000)
