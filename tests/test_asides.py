"""What interrupts a sentence, and what is read of it all the same."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.analysis import Analyst
from pipeline.config import read_yaml, validated
from pipeline.events.asides import Asides
from pipeline.events.mask import SIGNS, Masked
from pipeline.events.merge import told_besides
from pipeline.events.rule_files import Grammar
from pipeline.model import Document, Event, Slot
from pipeline.text import AlignedText

CONFIGS = Path(__file__).parent.parent / "configs"
LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")
DATE, NAME = SIGNS["DATE"], SIGNS["NAME"]
ASIDES = Asides.of(["as", "in view of"], ["which", "qu'"], ["which", "qu'"], spaced=True)

HELD = [
    ("en", "The presidential elections were held{} on 5 May 2011 in calm.",
     [", as the Council had asked,", " (see annex)", ", at the request of the Government of Chad,"]),
    ("fr", "Les élections présidentielles ont eu lieu{} le 5 mai 2011 dans le calme.",
     [", comme le Conseil l'avait demandé,", " (voir annexe)", ", malgré les retards signalés,"]),
    ("es", "Las elecciones presidenciales se celebraron{} el 5 de mayo de 2011 en calma.",
     [", como había pedido el Consejo,", " (véase el anexo)", ", a pesar de los retrasos,"]),
    ("ru", "Президентские выборы состоялись{} 5 мая 2011 года.",
     [", как того просил Совет,", " (см. приложение)", ", несмотря на задержки,"]),
    ("ar", "وجرت الانتخابات الرئاسية{} في 5 أيار/مايو 2011.",
     ["، كما ذُكر أعلاه،", " (انظر المرفق)", "، بناء على طلب الحكومة،"]),
    ("zh", "总统选举{}于2011年5月5日举行。", ["，如安理会所要求，", "(见附件)", "，尽管出现延误，"]),
]  # fmt: skip


@lru_cache
def analyst(language: str) -> Analyst:
    return Analyst.from_config(CONFIGS, language)


def events(text: str, language: str) -> list[tuple[str, str, dict[str, object]]]:
    document = Document("d", "", "utf-8", "d", language, dt.date(2012, 1, 1), None, "", (AlignedText.of(text),), 1)
    return [
        (event.type, event.modality, {name: slot.value for name, slot in event.slots.items()})
        for read in analyst(language).read(document)
        for event in read.events
    ]


@pytest.mark.parametrize(("language", "text", "aside"), [(a, b, c) for a, b, cs in HELD for c in cs])
def test_an_interrupted_sentence_tells_what_it_tells_without(language: str, text: str, aside: str) -> None:
    plain = events(text.format(""), language)
    assert [(kind, said) for kind, said, _ in plain] == [("election", "actual")]
    assert plain[0][2]["date"] == "2011-05-05"
    assert events(text.format(aside), language) == plain


def masked(text: str) -> Masked:
    """A sentence whose every character stands for itself, 100 characters into its paragraph."""
    return Masked(text, (0,), (100,), {}, frozenset())


def left(text: str) -> tuple[str | None, str | None]:
    plain, bare = ASIDES.without(masked(text))
    return plain and plain.text, bare and bare.text


@pytest.mark.parametrize(
    ("text", "plain", "bare"),
    [
        ("it was held , as he said, in may", "it was held in may", None),
        ("it was held in may", None, None),
        ("it was held, asked he, in may", None, None),  # another word
        (f"it was held, as on {DATE}, in may", None, None),  # a date of its own
        (f"it was held, as {NAME} said, in may", "it was held in may", None),
        ("unit a, which is new, met, as he said, in may", "unit a, which is new, met in may", "unit a met in may"),
        (f"the unit, which met on {DATE}, is new", None, "the unit is new"),
        ("l'unité, qu'il dirige, est là", None, "l'unité est là"),
        ("it was held, in view of which he left, in may", None, None),  # a clause that begins like another thing
        ("to (a) train, (iv) meet (see annex)", "to (a) train, (iv) meet", None),  # the letters of points stay
        (f"the unit (until {DATE}) met (as new)", f"the unit (until {DATE}) met", None),
        ("(as said)", None, None),  # nothing would be left
        ("it was held, as he said, in view of it, in may", "it was held in may", None),  # two in a row
        ("the unit, which is new, which is small, met", None, "the unit which is small, met"),  # one in the other?
    ],
)
def test_what_is_thrown_in(text: str, plain: str | None, bare: str | None) -> None:
    assert left(text) == (plain, bare)


def test_what_is_thrown_in_where_no_space_stands_between_words() -> None:
    """Three letters are words there; the labels of points are of another script."""
    asides = Asides.of(["如"], [], [], spaced=False)
    [plain, _] = asides.without(masked("选举(见附件)举行,(a)如期,(2)成功"))
    assert plain is not None
    assert plain.text == "选举举行,(a)如期,(2)成功"


@given(st.lists(st.sampled_from(["a", "bc", " ", ", as x,", " (see y)", f"{DATE}", ", which z,"]), max_size=30))
def test_what_is_left_leads_back_to_its_place(pieces: list[str]) -> None:
    """Each character that is left is that of the paragraph at its place, and each mention is there."""
    text = "".join(pieces)
    mentions = {place: object() for place, character in enumerate(text) if character == DATE}
    sentence = Masked(text, (0,), (100,), mentions, frozenset())  # type: ignore[arg-type]
    for shorter in ASIDES.without(sentence):
        if shorter is not None:
            assert [text[shorter.original(place) - 100] for place in range(len(shorter.text))] == list(shorter.text)
            signs = [place for place, character in enumerate(shorter.text) if character == DATE]
            assert list(shorter.mentions) == signs
            for place, mention in shorter.mentions.items():
                assert mention is mentions[shorter.original(place) - 100]


def told(start: int, modality: str = "actual", **slots: str) -> Event:
    values = {name: Slot(name, value, None) for name, value in slots.items()}
    return Event("training", modality, "r", 0, 100, 1, start, start + 5, "train", values)  # type: ignore[arg-type]


def test_a_second_reading_adds_events_slots_and_doubts() -> None:
    first = [told(10, date="2011"), told(40, "planned", count="3")]
    again = [told(10, "proposed", date="2011", count="9"), told(20, date="2012"), told(40, count="3", date="2013")]
    said = told_besides(first, again, only_new=False)
    assert [(event.trigger_start, event.modality, {n: s.value for n, s in event.slots.items()}) for event in said] == [
        (10, "proposed", {"date": "2011", "count": "9"}),
        (20, "actual", {"date": "2012"}),
        (40, "planned", {"count": "3", "date": "2013"}),
    ]
    assert told_besides(first, again, only_new=True) == [first[0], again[1], first[1]]


def test_a_second_reading_contradicts_nothing() -> None:
    first = [told(10, date="2011"), told(10, date="2012")]
    assert told_besides(first, [told(12, date="2011", count="9")], only_new=False) == first
    assert told_besides(first[:1], [told(10, date="2013", count="9")], only_new=False) == first[:1]
    assert told_besides(first[:1], [told(10, date="2011"), told(10, date="2013")], only_new=False) == [
        first[0],
        told(10, date="2013"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_tells_what_is_thrown_in(language: str) -> None:
    """The words are in lower case and none stands twice, nor in both lists."""
    grammar = validated(Grammar, read_yaml(CONFIGS / "languages" / language / "grammar.yaml"))
    assert grammar.asides is not None
    words = [*grammar.asides.begins, *grammar.asides.clauses]
    assert words == [word.lower() for word in words]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("the unit, which met in may, was new", ", which met in may"),
        ("the unit, which met in may", ", which met in may"),
        ("the unit which met in may, was new", None),  # no comma before it
        ("the unit, which is new, met in may", None),  # not inside
        ("l'unité, qu'il met là; et", ", qu'il met là"),
    ],
)
def test_the_relative_clause_around_a_trigger(text: str, clause: str | None) -> None:
    start = text.index("met")
    around = ASIDES.clause_around(text, start, start + 3)
    assert (text[slice(*around)] if around else None) == clause


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        # denied is the renewal, not what the relative clause tells; and its date is its own
        ("en", "The mandate of UNAMI, which the Council had extended until 31 December 2010, was not renewed.",
         [("actual", "2010-12-31"), ("negated", None)]),
        ("fr", "Le mandat de la MANUI, que le Conseil avait prorogé jusqu'au 31 décembre 2010, n'a pas été renouvelé.",
         [("actual", "2010-12-31"), ("negated", None)]),
        ("es", "El mandato de la UNAMI, que el Consejo prorrogó hasta el 31 de diciembre de 2010, no se renovó.",
         [("actual", "2010-12-31"), ("negated", None)]),
    ],
)  # fmt: skip
def test_a_relative_clause_is_an_island(language: str, text: str, wanted: list[tuple[str, str | None]]) -> None:
    told = [(said, slots.get("end")) for kind, said, slots in events(text, language) if kind == "mandate_extension"]
    assert sorted(told, key=str) == wanted


@pytest.mark.parametrize(
    ("language", "text", "date"),
    [
        ("en", "The Secretary-General proposes to establish a Conduct Unit in Dili as from 1 July 2012.", "2012-07-01"),
        ("en", "The Office will be established from 1 July 2012.", "2012-07-01"),
        ("fr", "Le Bureau sera créé à compter du 1er juillet 2012.", "2012-07-01"),
        ("fr", "Le Groupe sera créé avec effet au 1er juillet 2012.", "2012-07-01"),
        ("es", "La Oficina se establecerá con efecto a partir del 1 de julio de 2012.", "2012-07-01"),
        ("ru", "Группа будет создана с 1 июля 2012 года.", "2012-07-01"),
        ("en", "Since 2010 the Government has established 12 centres.", "2010/.."),
        ("es", "Desde 2010 el Gobierno ha creado 12 centros.", "2010/.."),
    ],
)
def test_what_takes_effect_on_a_day_is_of_that_day(language: str, text: str, date: str) -> None:
    assert [slots.get("date") for kind, _, slots in events(text, language) if kind == "establishment"] == [date]
