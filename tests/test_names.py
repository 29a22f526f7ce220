"""Missions by the lexicon, other bodies by their form, and the words that stand for them."""

import re
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.config import ConfigError
from pipeline.mentions.lexicon import Lexicon, alternatives
from pipeline.mentions.literals import literal_in
from pipeline.mentions.names import NameFinder
from tests.sizes import assert_linear

CONFIGS = Path(__file__).parent.parent / "configs"
LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")
FINDERS = {language: NameFinder.from_config(CONFIGS, language) for language in LANGUAGES}


def _ids(language: str, text: str) -> list[tuple[str, str | None]]:
    return [(m.text, m.id) for m in FINDERS[language].find(text)]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "the mandate of UNMISS until", [("UNMISS", "UNMISS")]),
        ("en", "Unmiss and XUNMISS", []),
        ("en", "UNITED NATIONS INTERIM FORCE IN LEBANON", [("UNITED NATIONS INTERIM FORCE IN LEBANON", "UNIFIL")]),
        ("en", "the UN Tajikistan Office of Peacebuilding", [("UN Tajikistan Office of Peacebuilding", "UNTOP")]),
        ("en", "the United Nations Mission in Sudan", [("United Nations Mission in Sudan", "UNMIS")]),
        ("en", "UNAVEM III replaced UNAVEM II", [("UNAVEM III", "UNAVEM III"), ("UNAVEM II", "UNAVEM II")]),
        ("en", "the troops of UNOSOM", [("UNOSOM", None)]),
        ("en", "the United Nations Office in Burundi", [("United Nations Office in Burundi", None)]),
        ("en", "the United Nations Office in Burundi, in 1994", [("United Nations Office in Burundi", "UNOB")]),
        ("en", "the United Nations Office in Burundi, until 2015", [("United Nations Office in Burundi", "BNUB")]),
        ("fr", "le mandat de l’ONUCI", [("ONUCI", "UNOCI")]),
        (
            "fr",
            "la Mission de l’ONU au Soudan du Sud",
            [("Mission de l’ONU au Soudan du Sud", "UNMISS")],
        ),
        ("es", "el mandato de la FPNUL", [("FPNUL", "UNIFIL")]),
        (
            "ru",
            "о Временных силах Организации Объединенных Наций в Ливане",
            [("Временных силах Организации Объединенных Наций в Ливане", "UNIFIL")],
        ),
        ("ru", "мандата Миссии ООН в Либерии", [("Миссии ООН в Либерии", "UNMIL")]),
        ("ar", "يأذن لبعثة الأُمم المتحدة في ليبريا", [("بعثة الأُمم المتحدة في ليبريا", "UNMIL")]),
        ("zh", "将联黎部队的任务期限延长", [("联黎部队", "UNIFIL")]),
        ("zh", "联合国驻塞浦路斯维持和平部队", [("联合国驻塞浦路斯维持和平部队", "UNFICYP")]),
        ("zh", "UNMIK的任期", [("UNMIK", "UNMIK")]),
    ],
)
def test_lexicon_names(language: str, text: str, found: list[tuple[str, str | None]]) -> None:
    """Names are found through spelling, case, inflection and clitics; acronyms as they are written."""
    assert _ids(language, text) == found


def test_every_form_of_the_lexicon_is_found() -> None:
    """Every name and short form of every body finds that body, or nothing certain where bodies share it."""
    lost = []
    for body, entry in Lexicon.from_folder(CONFIGS).root.items():
        for language in LANGUAGES:
            for form in (*entry.names.get(language, ()), *entry.short.get(language, ())):
                found = FINDERS[language].find(form)
                if [m.text for m in found] != [form] or found[0].id not in (body, None):
                    lost.append((language, form, [(m.text, m.id) for m in found]))
    assert not lost


@pytest.mark.parametrize(
    ("language", "text", "body"),
    [
        ("en", "the mandate of the Panel of Experts on Liberia for a period", "Panel of Experts on Liberia"),
        ("en", "of the Somalia and Eritrea Monitoring Group for 13", "Somalia and Eritrea Monitoring Group"),
        ("en", "the Working Group on the use of mercenaries and invites", "Working Group on the use of mercenaries"),
        ("en", "presence of the CIS peacekeeping force is taken", "CIS peacekeeping force"),
        ("fr", "le mandat du Groupe d’experts sur le Libéria.", "Groupe d’experts sur le Libéria"),
        ("es", "mandato del Grupo de Expertos sobre el Sudán por", "Grupo de Expertos sobre el Sudán"),
        ("ru", "мандат Группы экспертов по Либерии на 10-месячный", "Группы экспертов по Либерии"),
        ("ar", "تمديد ولاية فريق الخبراء المعني بليبريا لمدة 10 أشهر", "فريق الخبراء المعني بليبريا"),
        ("zh", "决定把中非共和国问题专家小组的任务期延长13个月", "中非共和国问题专家小组"),
    ],
)
def test_bodies_by_form(language: str, text: str, body: str) -> None:
    """A head noun brings its complement and its modifiers, and stops where the sentence goes on."""
    assert [m.text for m in FINDERS[language].find(text) if m.kind != "anaphor"] == [body]


@pytest.mark.parametrize("day", ["1998年7月14日", "1998年7月14号", "1998 年 7 月 14 日", "一九九八年七月十四日"])
def test_a_day_is_no_part_of_a_body(day: str) -> None:
    """Where no space tells: what has no name of its own gets none of a date."""
    assert _ids("zh", f"{day}筹备委员会第二届会议") == []


def test_an_elided_article_opens_the_next_body() -> None:
    """ "et l'Équipe" is two words for a reader: the second name begins after the apostrophe."""
    text = "le mandat du Bureau de la défense des droits des victimes et l’Équipe d’enquête pour le Darfour."
    names = [m.text for m in FINDERS["fr"].find(text) if m.kind != "anaphor"]
    assert names == ["Bureau de la défense des droits des victimes", "Équipe d’enquête pour le Darfour"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "the Committee established pursuant to resolution 1540 (2004)"),
        ("en", "the 1540 Committee"),
        ("fr", "le Comité créé par la résolution 1540 (2004)"),
        ("es", "el Comité establecido en virtud de la resolución 1540 (2004)"),
        ("ru", "Комитета 1540"),
        ("zh", "第1540(2004)号决议所设委员会"),
    ],
)
def test_committees_by_resolution(language: str, text: str) -> None:
    """A committee that is called after its resolution has one English name in all languages."""
    assert [m.name for m in FINDERS[language].find(text)] == ["1540 Committee"]


def test_anaphor_means_the_last_body_of_its_kind() -> None:
    """ "The Office" passes over a mission named after the office."""
    text = "UNTOP followed the United Nations Mission of Observers in Tajikistan. The Office and its mandate remain."
    assert [(m.text, m.id, m.kind) for m in FINDERS["en"].find(text)][2:] == [
        ("Office", "UNTOP", "anaphor"),
        ("its", "UNMOT", "anaphor"),
    ]


def test_anaphor_reaches_back_through_the_document_but_not_forward() -> None:
    """A paragraph sees the bodies of the paragraphs before it only."""
    paragraphs = ["The Mission arrived.", "UNMIL patrols.", "The Mission left.", "UNAMSIL stayed."]
    scope = FINDERS["en"].scope(paragraphs)
    found = [[m.id for m in FINDERS["en"].find(p, scope)] for p in paragraphs]
    assert found == [[None], ["UNMIL"], ["UNMIL"], ["UNAMSIL"]]


@pytest.mark.parametrize("text", ["the Office of the Prosecutor", "the Force Commander", "the office", "Office hours"])
def test_no_anaphor(text: str) -> None:
    """A head noun with a complement, a compound and a common noun stand for no body."""
    assert not [m for m in FINDERS["en"].find(text) if m.kind == "anaphor"]


def test_chinese_anaphor_needs_a_boundary() -> None:
    """办事处 stands for a body after a verb, and is part of another name after a noun."""
    scope = FINDERS["zh"].scope(["联塔办事处成立。", "鉴于办事处的作用", "国家办事处"])
    assert [m.id for m in FINDERS["zh"].find("鉴于办事处的作用", scope)] == ["UNTOP"]
    assert not [m for m in FINDERS["zh"].find("国家办事处", scope) if m.id]


@pytest.mark.parametrize(
    ("language", "paragraphs", "text", "meant"),
    [
        ("en", ["the African Union Mission in Somalia (AMISOX)"], "AMISOX went on", "African Union Mission in Somalia"),
        (
            "en",
            ["The United Nations Mission in Liberia (hereinafter UNLIB)."],
            "UNLIB",
            "United Nations Mission in Liberia",
        ),
        ("zh", ["联合国利比里亚特派团（以下简称联利团）"], "将联利团的任期", "United Nations Mission in Liberia"),
    ],
)
def test_short_forms_that_the_document_defines(language: str, paragraphs: list[str], text: str, meant: str) -> None:
    """A bracket after a name gives it a short form, whether the lexicon knows the body or not."""
    finder = FINDERS[language]
    found = finder.find(text, finder.scope([*paragraphs, text]))
    assert [m.name for m in found] == [meant]


@pytest.mark.parametrize(
    ("language", "text", "first"),
    [
        ("en", "the United Nations Office at Geneva (UNOG)", "United Nations Office at Geneva"),
        ("en", "the Group of States against Corruption (GRECO)", "Group of States against Corruption"),
        ("en", "the Force should fully implement its mandate as defined in resolutions 425 (1978)", "Force"),
        ("es", "El Grupo es un órgano establecido por la Organización Meteorológica Mundial (OMM)", "Grupo"),
        ("fr", "La Commission a été informée que la candidature de la République (Corée)", "Commission"),
    ],
)
def test_a_bracket_defines_the_name_that_goes_up_to_it(language: str, text: str, first: str) -> None:
    """A name goes through no verb; the bracket behind one belongs to another name."""
    assert FINDERS[language].find(text)[0].text == first


def test_unknown_long_name_takes_the_id_of_its_known_short_form() -> None:
    """A name the lexicon does not have is known by the acronym in its bracket."""
    found = FINDERS["en"].find("the United Nations Peace Mission in Liberia (UNMIL)")
    assert [m.id for m in found] == ["UNMIL", "UNMIL"]


def test_shared_form_is_settled_by_the_document() -> None:
    """A form of two bodies means the one that the document names otherwise too, else none."""
    finder = FINDERS["en"]
    shared = "United Nations Office in Burundi"
    assert [m.id for m in finder.find(shared)] == [None]
    assert [m.id for m in finder.find(shared, finder.scope([shared, "BNUB left."]))] == ["BNUB"]
    assert [m.id for m in finder.find(shared, finder.scope([shared, "BNUB replaced UNOB."]))] == [None]
    assert [m.id for m in finder.find(shared, finder.scope([shared, "in 1993 and 1999"]))] == ["UNOB"]


def test_weak_form_needs_the_document() -> None:
    """预防性外交中心 is an ordinary word unless the document names UNRCCA."""
    finder = FINDERS["zh"]
    text = "预防性外交中心的任期"
    assert "UNRCCA" not in [m.id for m in finder.find(text)]
    scope = finder.scope(["中亚预防性外交中心", text])
    assert "UNRCCA" in [m.id for m in finder.find(text, scope)]


PIECES = [
    "UNMIL",
    "the Office",
    " ",
    "United Nations",
    "联合国",
    "联塔办事处",
    "Panel of Experts on ",
    "(",
    ")",
    "办事处",
]


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=12), st.sampled_from(LANGUAGES))
def test_mentions_stand_where_they_say(pieces: list[str], language: str) -> None:
    """Spans are in order, do not overlap, and hold the text they report, in any text."""
    text = "".join(pieces)
    end = 0
    for m in FINDERS[language].find(text):
        assert end <= m.start < m.end
        assert text[m.start : m.end] == m.text
        end = m.end


@given(st.sets(st.text("abc|.", min_size=1, max_size=4), max_size=8), st.text("abc|.", max_size=8))
def test_alternatives_match_the_longest_word(words: set[str], text: str) -> None:
    """A trie pattern matches exactly the longest of its words that the text starts with; of none, nothing."""
    match = re.match(alternatives(words), text)
    starts = [w for w in words if text.startswith(w)]
    assert (match[0] if match else None) == (max(starts, key=len) if starts else None)


@pytest.mark.parametrize("piece", ["UNMIL ", "the Office ", "Mission Ab (AB) ", "专家小组", "联合国", "(", "and "])
def test_hostile_lines_are_linear(piece: str) -> None:
    """A line eight times as long takes about eight times as long, not sixty-four."""
    assert_linear(lambda size: partial(FINDERS["en"].find, piece * (size // len(piece))), 5_000)


def test_lexicon_faults_name_the_place(tmp_path: Path) -> None:
    """A body that follows an unknown body is an error that says so."""
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "missions.yaml").write_text("A:\n  type: x\n  years: 2000/..\n  follows: [B]\n")
    with pytest.raises(ConfigError, match="A follows 'B'"):
        Lexicon.from_folder(tmp_path)


@pytest.mark.parametrize(
    ("pattern", "literal"),
    [
        (r"\b(?:Sanctions )?Committee (?P<number>\d{3,4})\b", "Committee "),
        (r"(?<!\d)(?P<number>\d{3,4})(?: ?\(\d{4}\))?委员会", "委员会"),
        (r"abc?de+f", "ab"),
        (r"a\(bcd\)e", "bcd"),
        (r"[)]ab[^\]()]c", "ab"),
        (r"\u0621b", "b"),
        (r"a{2}b{,3}c", "c"),
        (r"abc|d", ""),
        (r"(?i)abc", ""),
        (r"(abc)", ""),
    ],
)
def test_literal_that_every_match_holds(pattern: str, literal: str) -> None:
    """What is looked for before an expression is tried must be in all that it matches."""
    assert literal_in(pattern) == literal


@given(st.from_regex(r"[ab(|)?+*{}2,\\\[\]^.]{1,12}", fullmatch=True), st.data())
def test_literal_is_in_every_match(pattern: str, data: st.DataObject) -> None:
    """The same for any expression."""
    try:
        compiled = re.compile(pattern)
    except (re.error, FutureWarning):
        return
    assert literal_in(pattern) in data.draw(st.from_regex(compiled, fullmatch=True))
