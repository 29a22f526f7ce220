"""Do the versions agree? What is told as a difference, and what is not."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.agreement.clusters import clusters_of
from pipeline.agreement.differences import Difference, differences
from pipeline.agreement.items import Side, side_of
from pipeline.agreement.tables import _told_once, agreed
from pipeline.alignments.versions import Place, Versions
from pipeline.extract import extracted
from pipeline.facts import ReadParagraph, tables_of
from pipeline.mentions.finder import MentionFinder
from pipeline.model import Document, Paragraph
from pipeline.paragraphs import prepared
from pipeline.schema import frame
from pipeline.sentences import Sentences

CONFIGS = Path(__file__).resolve().parent.parent / "configs"
LANGUAGES = ("en", "zh")


@cache
def finder(language: str) -> MentionFinder:
    return MentionFinder.from_config(CONFIGS, language)


def side(language: str, text: str, day: dt.date | None = None) -> Side:
    """The text as one side of a comparison."""
    aligned = prepared(text, CONFIGS, language)
    found = finder(language).find(aligned.text, day, finder(language).scope([aligned.text]))
    document = Document(language, "0", "utf-8", "d", language, None, None, "", (aligned,))
    tables = tables_of(document, [ReadParagraph(Paragraph(1, aligned), (), found, ())])
    return side_of(language, language, {1: aligned.text}, tables["dates"], tables["quantities"])


def told(english: str, chinese: str, day: dt.date | None = None) -> list[tuple[str, str, str | None, str | None]]:
    """The differences: how serious, of what kind, and the words of both."""

    def words(d: Difference) -> tuple[str | None, str | None]:
        return (d.left.text if d.left else None, d.right.text if d.right else None)

    return [(d.severity, d.aspect, *words(d)) for d in differences(side("en", english, day), side("zh", chinese, day))]


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("extended for one year until 1 June 2004", "延长12个月，至2004年6月1日"),
        ("Over 1,300 officials took part", "1 300多名官员参加"),
        ("$310 million was pledged", "认捐3.1亿美元"),
        ("Both Governments held two seminars for a dozen judges", "两国政府为法官举办了研讨会"),
        ("on 8 and 9 February 2001", "2001年2月8日和9日"),
        ("12. The Council met 25 times", "理事会开会25次"),
        ("a two-day seminar for nineteen judges", "为十九名法官举办的为期两天的研讨会"),
        ("the strength will fall to 3,900", "兵力将减至3 900人"),
        ("three quarters of the 40 posts", "40个员额的四分之三"),
        ("At 1310 a shot was fired", "13时10分有人开枪"),
        ("women aged 1564", "15至64岁的妇女"),
        ("from 11:00 to 13:00", "上午11时至下午1时"),
        ("Agenda 21", "议程XXI"),
        ("more than they had over the six years", "超过在六年里"),
    ],
)
def test_what_translators_change_is_no_difference(english: str, chinese: str) -> None:
    """Units, words for numbers, labels and prepositions."""
    assert told(english, chinese) == []


@pytest.mark.parametrize(
    ("english", "chinese", "expected"),
    [
        ("training of 144 deminers", "培训114名排雷人员", [("high", "number", "144", "114名")]),
        ("until 15 January 2007", "至2007年2月15日", [("high", "date", "15 January 2007", "2007年2月15日")]),
        ("held in May 2013", "于2013年举行", [("high", "date", "May 2013", "2013年")]),
        ("established in 2012 by law", "依法设立", [("high", "date", "2012", None)]),
        ("for a period of four months", "延长五个月", [("high", "duration", "four months", "五个月")]),
        ("Some 600 elders attended", "600名长老出席", [("medium", "qualifier", "Some 600", "600名")]),
        ("It trained 250 judges", "它培训了法官", [("high", "number", "250", None)]),
        ("It trained judges", "它培训了250名法官", [("high", "number", None, "250名")]),
    ],
)
def test_another_number_date_or_hedge_is_told(
    english: str, chinese: str, expected: list[tuple[str, str, str | None, str | None]]
) -> None:
    """Numbers and dates are serious, hedges less so."""
    assert told(english, chinese) == expected


def test_a_year_that_no_text_states_is_not_compared() -> None:
    """ "In September" is of the year that each reading found likely; a day that is stated otherwise is told."""
    day = dt.date(2000, 8, 1)
    assert told("Thirty guards trained in September", "9月培训了30名警卫", day) == []
    assert told("Thirty guards were trained on 3 and 4 September", "将于9月3日至4日培训30名警卫", day) == []
    assert told("trained on 3 September", "于9月5日培训", day) == [("high", "date", "3 September", "9月5日")]


def fact(name: str, language: str, **slots: Any) -> dict[str, Any]:
    return {
        "fact_id": name, "cluster_id": f"c{name}", "event_type": "training", "language": language,
        "modality": "actual", "document": language, "source_file": language, "paragraph": 1, "quote": f"{name}.",
        "quote_start": 0, "source_start": 0, "differs_in": None, "agreement": "single_language", **slots,
    }  # fmt: skip


def test_facts_are_matched_by_what_they_say_before_their_order() -> None:
    """The second of one version may be the first of the other."""
    found = clusters_of(
        [[fact("a", "en", count=22), fact("b", "en", count=18)], [fact("c", "zh", count=18), fact("d", "zh", count=22)]]
    )
    assert sorted(sorted(row["fact_id"] for row in cluster) for cluster in found) == [["a", "d"], ["b", "c"]]


def test_facts_of_other_types_or_bodies_are_not_the_same() -> None:
    """A training is no election; UNMIL is not UNMEE."""
    other = fact("b", "zh") | {"event_type": "election"}
    assert len(clusters_of([[fact("a", "en")], [other]])) == 2
    extensions = [fact(n, n, mission=m, period_end=e) for n, m, e in (("a", "UNMIL", "2004"), ("b", "UNMEE", "2005"))]
    assert len(clusters_of([[extensions[0]], [extensions[1]]])) == 2


def rows(*facts: dict[str, Any], paragraphs: tuple[tuple[str, int], ...]) -> dict[str, list[dict[str, Any]]]:
    texts = [
        {"document": f, "source_file": f, "language": f, "paragraph": n, "text": "a. b. c."} for f, n in paragraphs
    ]
    return {"facts": list(facts), "paragraphs": texts, "dates": [], "quantities": [], "documents": []}


SENTENCES = {language: Sentences.from_config(CONFIGS, language).spans for language in LANGUAGES}


def test_the_same_fact_shares_its_cluster_and_keeps_its_id() -> None:
    """The cluster is called after the first version's fact; the document takes the family's symbol."""
    versions = Versions("S/1", ("en", "zh"), ("en", "zh"), ("en",), ((Place("en", 1), Place("zh", 1)),))
    given = rows(fact("a", "en"), fact("b", "zh"), paragraphs=(("en", 1), ("zh", 1)))
    facts = agreed(given, [versions], SENTENCES)["facts"]
    assert [(f["fact_id"], f["cluster_id"], f["agreement"], f["document"]) for f in facts] == [
        ("a", "ca", "agrees", "S/1"),
        ("b", "ca", "agrees", "S/1"),
    ]
    assert given["facts"][1]["cluster_id"] == "cb"  # what was given is left as it was


def test_another_modality_is_told_where_the_facts_share_a_number() -> None:
    """Without one nobody knows that they are the same event."""
    versions = Versions("S/1", ("en", "zh"), ("en", "zh"), ("en",), ((Place("en", 1), Place("zh", 1)),))
    for count, expected in ((25, [("medium", "modality", "actual", "proposed")]), (None, [])):
        given = rows(
            fact("a", "en", count=count),
            fact("b", "zh", count=count) | {"modality": "proposed"},
            paragraphs=(("en", 1), ("zh", 1)),
        )
        found = agreed(given, [versions], SENTENCES)["discrepancies"]
        assert [(d["severity"], d["differs_in"], d["value"], d["other_value"]) for d in found] == expected


@pytest.mark.parametrize(
    ("modalities", "told"),
    [
        (("proposed", "proposed", "actual"), True),  # lost in one
        (("proposed", "actual", "actual"), False),  # one alone is read otherwise
        (("proposed", "planned", "actual"), False),  # all are read otherwise
        (("proposed", "proposed", "actual", "actual"), False),
        (("planned", "actual"), False),
        (("negated", "actual"), True),
    ],
)
def test_a_modality_is_told_where_one_version_alone_has_lost_it(modalities: tuple[str, ...], told: bool) -> None:
    """Where versions are read in several ways, it is the readings that differ."""
    files = ("en", "zh", "fr", "ru")[: len(modalities)]
    facts = [fact(x, x, count=25) | {"modality": m} for x, m in zip(files, modalities, strict=True)]
    versions = Versions("S/1", files, files, (), (tuple(Place(x, 1) for x in files),))
    found = agreed(rows(*facts, paragraphs=tuple((x, 1) for x in files)), [versions], SENTENCES)["discrepancies"]
    assert [d["differs_in"] for d in found] == ["modality"] * told


def test_what_two_versions_of_four_hedge_alike_is_idiom() -> None:
    """One that alone hedges a number is told."""
    for french, expected in (("des 600", 1), ("environ 600", 0)):
        texts = {"en": "600 elders", "ru": "600 старейшин", "es": "unos 600 ancianos", "fr": f"{french} anciens"}
        sides = [side(language, text) for language, text in texts.items()]
        assert len(_told_once(sides)) == expected


def test_a_date_that_is_open_in_all_versions_but_one_is_told() -> None:
    """ "Since 1991" in three versions, "in 1991" in the fourth; of two against two nobody knows who is right."""
    files = ("en", "zh", "fr", "ru")
    open_ = [fact(x, x, date="1991/..", count=36) for x in files[:3]]
    versions = Versions("S/1", files, files, (), (tuple(Place(x, 1) for x in files),))
    for date, expected in (("1991", [("en", "ru", "1991/..", "1991")]), ("1991/..", []), ("2004", [])):
        places = tuple((x, 1) for x in files)
        tables = rows(*open_, fact("ru", "ru", date=date, count=36), paragraphs=places)
        found = agreed(tables, [versions], SENTENCES)["discrepancies"]
        assert [(r["language"], r["other_language"], r["value"], r["other_value"]) for r in found] == expected


def test_a_fact_in_a_paragraph_that_the_other_version_lost_is_told_last() -> None:
    """It is only here; but not where the other version has a paragraph left over that may be it."""
    groups = ((Place("en", 1), Place("zh", 1)), (Place("en", 2),))
    given = rows(fact("a", "en") | {"paragraph": 2}, paragraphs=(("en", 1), ("en", 2), ("zh", 1), ("zh", 2)))
    found = agreed(given, [Versions("S/1", ("en", "zh"), ("en", "zh"), ("en",), groups)], SENTENCES)
    assert [(d["severity"], d["differs_in"], d["other_language"]) for d in found["discrepancies"]] == [
        ("low", "event_type", "zh")
    ]
    assert found["facts"][0]["agreement"] == "only_here"
    more = (*groups, (Place("zh", 2),))
    found = agreed(given, [Versions("S/1", ("en", "zh"), ("en", "zh"), ("en",), more)], SENTENCES)
    assert found["discrepancies"] == []


def test_a_changed_number_is_told_with_both_quotes_and_its_facts(tmp_path: Path) -> None:
    """The seeds, with 90 participants made 80 in the Chinese: from the files to the tables."""
    seeds = CONFIGS.parent / "seeds"
    for path in seeds.glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(text.replace("培训了 90 名", "培训了 80 名"), encoding="utf-8")
    tables = extracted([tmp_path], CONFIGS, LANGUAGES)
    assert {row["document"] for row in tables["facts"]} == {"S/2004/331"}
    (row,) = tables["discrepancies"]
    assert (row["severity"], row["differs_in"], row["value"], row["other_value"]) == ("high", "count", "90", "80")
    assert "90 participants" in row["quote"]
    assert "80名人员" in row["other_quote"]
    differing = [f for f in tables["facts"] if f["agreement"] == "differs"]
    assert sorted(f["fact_id"] for f in differing) == row["fact_ids"]
    assert {f["count"] for f in differing} == {80, 90}
    ids = {f["fact_id"] for f in tables["facts"]}
    alone = extracted([tmp_path / "000_8d2c3f6428e617ed.txt"], CONFIGS, LANGUAGES)
    assert {f["fact_id"] for f in alone["facts"]} < ids  # another version beside it changes no id


def test_of_many_versions_the_one_that_differs_is_told_once() -> None:
    """Whether the first or another: it is held against one that most agree with."""
    for odd in ("en", "zh", "fr"):
        files = ("en", "fr", "zh")
        given = rows(paragraphs=tuple((f, 1) for f in files))
        given["quantities"] = [
            {
                "document": f, "source_file": f, "language": f, "paragraph": 1, "start": 0, "end": 2,
                "text": "80" if f == odd else "90", "value": 80 if f == odd else 90, "min": None, "max": None,
                "qualifier": "exact", "kind": "cardinal", "unit": "", "used_by": None,
            }
            for f in files
        ]  # fmt: skip
        versions = Versions("S/1", files, files, (), (tuple(Place(f, 1) for f in files),))
        (row,) = agreed(given, [versions], SENTENCES)["discrepancies"]
        assert {row["language"]: row["value"], row["other_language"]: row["other_value"]}[odd] == "80"
        assert (row["differs_in"], row["fact_ids"]) == ("number", [])


def test_the_most_serious_differences_stand_first() -> None:
    """Numbers and dates, then hedges and modality, then what a version lacks."""
    some: list[dict[str, Any]] = [
        {"document": d, "severity": s, "differs_in": "count", "language": "en", "other_language": "zh", "paragraph": 1}
        for d, s in (("A", "low"), ("B", "high"), ("C", "medium"))
    ]
    assert list(frame("discrepancies", some)["severity"]) == ["high", "medium", "low"]


def test_the_seeds_agree() -> None:
    """No number, date, hedge or modality differs in them."""
    tables = extracted([CONFIGS.parent / "seeds"], CONFIGS, LANGUAGES)
    assert tables["discrepancies"] == []
    assert {row["agreement"] for row in tables["facts"]} <= {"agrees", "only_here"}
    assert {row["language"]: row["linked_by"] for row in tables["documents"]} == {"en": "content", "zh": "symbol"}
