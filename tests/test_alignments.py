"""Versions find each other, and so do their paragraphs, by numbers, dates, names and length."""

from __future__ import annotations

import datetime as dt
import random
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.alignments.concepts import Concepts
from pipeline.alignments.likelihood import KeyWeights, comparison, length_score
from pipeline.alignments.linking import families
from pipeline.alignments.paragraphs import aligned
from pipeline.alignments.signatures import DocumentSignature, ParagraphSignature, Signer, duration_key, frequencies
from pipeline.alignments.versions import Place, groups_of
from pipeline.model import DateMention, Mentions, QuantityMention

CONFIGS = Path(__file__).resolve().parent.parent / "configs"
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")


@cache
def signer(language: str) -> Signer:
    return Signer.from_config(CONFIGS, language)


def paragraph(length: float, *firm: str, soft: tuple[str, ...] = ()) -> ParagraphSignature:
    return ParagraphSignature(length, tuple(sorted(firm)), tuple(sorted(soft)))


def letter(file: str, language: str, *firm: str, **more: object) -> DocumentSignature:
    """A letter of three paragraphs; `firm` are its numbers."""
    day = more.get("day", dt.date(2004, 4, 23))
    assert day is None or isinstance(day, dt.date)
    symbol = str(more.get("symbol", ""))
    body = (paragraph(300, *firm[:2]), paragraph(200, *firm[2:4]), paragraph(100, *firm[4:]))
    return DocumentSignature(file, language, symbol or file, bool(symbol), day, None, body)


NUMBERS = ("#1300", "#345", "#90", "d:2004-06-01", "#72")
OTHERS = ("#1301", "#346", "#91", "d:2005-06-01", "#73")


def test_versions_without_a_symbol_are_linked_and_take_the_symbol_of_the_one_that_has_it() -> None:
    """The English file has no symbol, the Chinese has: both stand under it."""
    found = families([letter("a", "en", *NUMBERS), letter("b", "zh", *NUMBERS, symbol="S/2004/331")])
    assert [(f.document, f.files, f.linked) for f in found] == [("S/2004/331", ("a", "b"), ("a",))]


def test_versions_of_one_symbol_are_linked_whatever_they_say() -> None:
    """What documents.csv or the heads say is not doubted."""
    found = families(
        [letter("a", "en", *NUMBERS, symbol="S/1"), letter("b", "zh", *OTHERS, symbol="S/1", day=dt.date(1999, 1, 1))]
    )
    assert [(f.document, f.files, f.linked) for f in found] == [("S/1", ("a", "b"), ())]


@pytest.mark.parametrize(
    "other",
    [
        letter("b", "zh", *NUMBERS, day=dt.date(2004, 4, 24)),
        letter("b", "zh", *OTHERS),
        letter("b", "en", *NUMBERS),
        letter("b", "zh", *NUMBERS, symbol="S/2"),
    ],
    ids=["another day", "other numbers", "the same language", "another symbol"],
)
def test_what_is_no_version_is_not_linked(other: DocumentSignature) -> None:
    """Look-alikes of another day, with other numbers, in the same language or of another symbol stay apart."""
    found = families([letter("a", "en", *NUMBERS, symbol="S/1" if other.named else ""), other])
    assert [f.files for f in found] == [("a",), ("b",)]


def test_of_two_letters_of_one_day_each_finds_its_own_version() -> None:
    """The same template and day: the numbers decide."""
    found = families(
        [
            letter(file, language, *numbers)
            for file, language, numbers in (
                ("a", "en", NUMBERS),
                ("b", "en", OTHERS),
                ("c", "zh", OTHERS),
                ("d", "zh", NUMBERS),
            )
        ]
    )
    assert [f.files for f in found] == [("a", "d"), ("b", "c")]


def told(file: str, language: str, *figures: str, lost: tuple[int, ...] = (), **more: dt.date) -> DocumentSignature:
    """A letter of as many paragraphs as figures, each with words of its own; without those that are lost."""
    words = [tuple(f"w:{a}{n}{b}" for a in "abc" for b in "xyz") for n in range(len(figures))]
    body = [
        paragraph(200 + 31 * n, figure, soft=words[n]) for n, figure in enumerate(figures) if n not in lost
    ]  # fmt: skip
    return DocumentSignature(file, language, file, False, more.get("date"), more.get("distributed"), tuple(body))


def test_the_same_letter_with_other_numbers_is_another_letter() -> None:
    """Where paragraphs that share their words name other figures; a few slips in one paragraph do not matter."""
    numbers = tuple(f"#{n}55" for n in range(1, 9))
    other = (*numbers[:3], *(f"#{n}77" for n in range(4, 9)))
    slip = (*numbers[:7], "#877")
    alike = [told("a", "en", *numbers), told("b", "zh", *slip)]
    assert [f.files for f in families(alike)] == [("a", "b")]
    assert [f.files for f in families([alike[0], told("c", "zh", *other)])] == [("a",), ("c",)]


def test_versions_that_have_each_lost_paragraphs_are_linked() -> None:
    """What one has lost, with its figures, contradicts nothing."""
    numbers = tuple(f"#{n}55" for n in range(1, 10))
    found = families([told("a", "en", *numbers, lost=(0, 1, 2)), told("b", "zh", *numbers, lost=(7, 8))])
    assert [f.files for f in found] == [("a", "b")]


def test_nothing_is_distributed_before_it_is_written_nor_years_apart() -> None:
    """A letter of March is no version of one distributed in February, nor of one distributed in another year."""
    numbers = tuple(f"#{n}55" for n in range(1, 9))
    one = told("a", "en", *numbers, distributed=dt.date(2004, 2, 3))
    for other, linked in (
        (told("b", "zh", *numbers, date=dt.date(2004, 3, 1)), False),
        (told("b", "zh", *numbers, date=dt.date(2004, 2, 1)), True),
        (told("b", "zh", *numbers, distributed=dt.date(2004, 2, 9)), True),
        (told("b", "zh", *numbers, distributed=dt.date(2006, 2, 9)), False),
    ):
        assert len(families([one, other])) == (1 if linked else 2)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("1,300 and 1234,567 and 12.345.678", {"#1300", "#1234", "#567", "#12345678"}),
        ("1,3000 or 12 345", {"#1", "#3000", "#12345"}),
    ],
)
def test_digits_in_groups_of_three_are_one_number(text: str, keys: set[str]) -> None:
    """With comma, point or space between; a group of four ends it."""
    found = signer("en").paragraph(text, Mentions())
    assert {key for key in (*found.firm, *found.soft) if key.startswith("#")} == keys


def test_letters_of_one_language_stay_alone() -> None:
    """However alike: nothing is compared."""
    symbols = {"a": "", "b": "", "c": "S/1"}
    found = families([letter(name, "en", *NUMBERS, symbol=symbol) for name, symbol in symbols.items()])
    assert [(f.document, f.files) for f in found] == [("a", ("a",)), ("b", ("b",)), ("S/1", ("c",))]


def test_two_partners_that_are_equally_good_leave_a_file_alone() -> None:
    """A wrong link is worse than a missing one."""
    found = families([letter("a", "en", *NUMBERS), letter("b", "zh", *NUMBERS), letter("c", "zh", *NUMBERS)])
    assert [f.files for f in found] == [("a",), ("b",), ("c",)]


def test_linking_does_not_depend_on_the_order_of_the_files() -> None:
    """The same families come of any order."""
    files = [letter(f"{n}{x}", x, f"#{n}77", f"#{n}88", f"#{n}99") for n in range(4) for x in ("en", "zh", "fr")]
    expected = {frozenset(f.files) for f in families(files)}
    assert len(expected) == 4
    for seed in range(5):
        mixed = random.Random(seed).sample(files, len(files))
        assert {frozenset(f.files) for f in families(mixed)} == expected


def pairs(left: list[ParagraphSignature], right: list[ParagraphSignature]) -> set[tuple[int, int]]:
    return {(i, j) for bead in aligned(left, right) for i in bead.left for j in bead.right}


TEXT = [paragraph(100 + 37 * n, f"#{n}00", f"#{n}11") for n in range(1, 9)]


def test_the_same_paragraphs_are_aligned_one_to_one() -> None:
    """Nothing was changed."""
    assert pairs(TEXT, TEXT) == {(n, n) for n in range(8)}


def test_a_lost_a_split_a_merged_a_swapped_and_a_moved_paragraph_are_found() -> None:
    """Each of the changes by itself."""
    assert pairs(TEXT, TEXT[:3] + TEXT[4:]) == {(n, n - (n > 3)) for n in range(8) if n != 3}
    half = [paragraph(TEXT[3].length / 2, key) for key in TEXT[3].firm]
    assert pairs(TEXT, TEXT[:3] + half + TEXT[4:]) == {(n, n + (n > 3)) for n in range(8)} | {(3, 4)}
    both = paragraph(TEXT[3].length + TEXT[4].length, *TEXT[3].firm, *TEXT[4].firm)
    assert pairs(TEXT, [*TEXT[:3], both, *TEXT[5:]]) == {(n, n - (n > 3)) for n in range(8)}
    swapped = [*TEXT[:3], TEXT[4], TEXT[3], *TEXT[5:]]
    assert pairs(TEXT, swapped) == {(n, {3: 4, 4: 3}.get(n, n)) for n in range(8)}
    assert pairs(TEXT, TEXT[1:] + TEXT[:1]) == {(n, (n - 1) % 8) for n in range(8)}


def test_a_long_document_is_aligned_in_its_band() -> None:
    """Thousands of paragraphs, some of them lost in the middle."""
    text = [paragraph(100 + 7 * (n % 40), f"#{n}00", soft=("c:report",)) for n in range(1, 601)]
    short = text[:200] + text[280:]
    assert pairs(text, short) == {(n, n - 80 * (n >= 280)) for n in range(600) if not 200 <= n < 280}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(1, 3000), max_size=14), st.lists(st.floats(1, 3000), max_size=14))
def test_every_paragraph_stands_in_one_bead(left: list[float], right: list[float]) -> None:
    """None is lost, none stands twice."""
    beads = aligned([paragraph(x) for x in left], [paragraph(x) for x in right])
    assert sorted(i for b in beads for i in b.left) == list(range(len(left)))
    assert sorted(j for b in beads for j in b.right) == list(range(len(right)))


def test_likeness_of_lengths_is_symmetric_and_falls_with_the_difference() -> None:
    """Twice as long is worse than a tenth longer; a version of no length is unlikely."""
    assert length_score(200, 220) == pytest.approx(length_score(220, 200))
    scores = [length_score(300, 300 * times) for times in (1, 1.1, 1.3, 1.6, 2, 4)]
    assert all(a > b for a, b in pairwise(scores[:5]))
    assert length_score(0, 10) < 0 > length_score(300, 3)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_names_the_same_concepts(language: str) -> None:
    """The ids are those of the English file: a concept that one language lacks would be a loss there."""
    found = set(Concepts.from_config(CONFIGS, language).ids.values())
    english = set(Concepts.from_config(CONFIGS, "en").ids.values())
    assert {name for names in found for name in names} == {name for names in english for name in names}


def test_countries_are_the_same_key_in_every_language() -> None:
    """Inflected, with the article, and between other characters."""
    texts = {
        "en": "in Tajikistan", "fr": "au Tadjikistan", "es": "de Tayikistán",
        "ru": "в Таджикистане", "ar": "في طاجيكستان", "zh": "在塔吉克斯坦的活动",
    }  # fmt: skip
    assert all("c:TJ" in signer(x).paragraph(text, Mentions()).soft for x, text in texts.items())


def test_a_short_stem_does_not_begin_a_long_word() -> None:
    """Men are not meant by "mention", nor Mali by "malicious"."""
    assert not {"c:men", "c:ML"} & set(signer("en").paragraph("no mention of malicious acts", Mentions()).soft)


def test_digits_of_dates_and_quantities_are_no_keys_of_their_own() -> None:
    """One language counts its months, another names them."""
    text = "2004年6月1日有3.1亿美元，决议1500"
    mentions = Mentions(
        dates=(DateMention(0, 9, text[:9], "2004-06-01", "explicit"),),
        quantities=(QuantityMention(10, 16, text[10:16], 310_000_000, 310_000_000, 310_000_000, "exact"),),
    )
    found = signer("zh").paragraph(text, mentions)
    assert set(found.firm) == {"d:2004-06-01", "#310000000", "#1500"}
    assert not {"#1", "#6", "#3"} & set(found.soft)


def test_durations_of_one_length_are_one_key() -> None:
    """A year is twelve months, two weeks are fourteen days; what is mixed stays as it is."""
    assert duration_key("P1Y") == duration_key("P12M") == "12M"
    assert duration_key("P2W") == duration_key("P14D") == "14D"
    assert duration_key("P1Y6M") == "P1Y6M"


def test_a_paragraph_that_the_first_version_lost_is_found_in_the_others() -> None:
    """French and Chinese have it, English has not."""
    files = [
        DocumentSignature(name, name, name, False, None, None, tuple(body))
        for name, body in (("en", TEXT[:3] + TEXT[4:]), ("fr", TEXT), ("zh", TEXT))
    ]
    groups = {frozenset(group) for group in groups_of(files)}
    assert frozenset({Place("fr", 4), Place("zh", 4)}) in groups
    assert frozenset({Place("en", 4), Place("fr", 5), Place("zh", 5)}) in groups
    assert len(groups) == 8


def test_the_seeds_are_one_letter_of_eleven_paragraphs() -> None:
    """The English seed has no symbol; it is found to be S/2004/331, paragraph by paragraph."""
    from pipeline.analysis import Analyst
    from pipeline.documents import Reader
    from pipeline.reading import read_source

    reader = Reader.from_config(CONFIGS, ("en", "zh"))
    signatures = []
    for path in sorted((CONFIGS.parent / "seeds").glob("*.txt")):
        document, _ = reader.read(read_source(path, path.name))
        assert document is not None
        read = Analyst.from_config(CONFIGS, document.language).read(document)
        texts = [(each.paragraph.text, each.mentions) for each in read]
        signatures.append(signer(document.language).document(document, texts))
    assert [(f.document, f.linked) for f in families(signatures)] == [("S/2004/331", ("000_8d2c3f6428e617ed.txt",))]
    files = [signature.file for signature in signatures]
    assert groups_of(signatures) == tuple(tuple(Place(f, n) for f in files) for n in range(1, 12))


def test_pairs_that_are_looked_at_grow_with_the_paragraphs() -> None:
    """In a document of thousands of paragraphs a word of more than some dozens of them places nothing."""
    rng = random.Random(2)
    common = [ParagraphSignature(90.0, (), (f"w:{rng.randrange(30)}", f"w:one {n}")) for n in range(4_000)]
    assert len(comparison(common, common, KeyWeights(8_000, frequencies(common))).shared) == 4_000
