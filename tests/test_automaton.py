"""Which templates a text can hold: never fewer than those whose regex matches."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.mentions.dates.automaton import Automaton
from pipeline.mentions.dates.patterns import Slots, compiled
from pipeline.mentions.spots import free, part, sooner

SLOTS = Slots(
    sources={
        "month": "(?:ma(?:rch|y)|june)",
        "day": r"(?:(?<![\d.])(?:3[01]|[12]\d|0?[1-9])(?!\d))",
        "n": r"(?:\d+(?:[.,]\d+){0,3}|(?:two|ten)(?:-(?:two|ten)){0,2})",
    },
    starts={"month": frozenset({"march", "may", "june"}), "day": frozenset({"\ue000"}), "n": frozenset({"\ue000"})},
    gap=" {1,2}",
    light=frozenset(),
)
PATTERNS = (
    "{day} {month}",
    "{month} {day}",
    "{day}[ of] {month}",
    "{n} (days|months)",
    "{day}-{day2} {month}",
    "{month}",
    "may[ {day}] (to|-) {month2}[, {day2}]",
)


def automaton(joint: str = "") -> tuple[Automaton[str], dict[str, re.Pattern[str]]]:
    slots = Slots(SLOTS.sources, SLOTS.starts, SLOTS.gap, SLOTS.light, joint=joint)
    found = {pattern: compiled(pattern, slots) for pattern in PATTERNS}
    return (
        Automaton([(one.nodes, pattern) for pattern, one in found.items()], slots),
        {pattern: re.compile(one.source) for pattern, one in found.items()},
    )


@pytest.mark.parametrize(
    ("text", "able"),
    [
        ("3 may 2004", ["{day} {month}", "{day}[ of] {month}"]),
        ("33 may", []),
        ("3 of may", ["{day}[ of] {month}"]),
        ("3--5  may", ["{day}-{day2} {month}"]),
        ("1,500 days", ["{n} (days|months)"]),
        ("ten-two days", ["{n} (days|months)"]),
        ("ten-day", []),
        ("may 3", ["{month} {day}", "{month}"]),
        ("may - june", ["{month}", "may[ {day}] (to|-) {month2}[, {day2}]"]),
        ("", []),
    ],
)
def test_only_templates_that_a_text_can_hold_are_tried(text: str, able: list[str]) -> None:
    assert list(automaton()[0].able(text, 0, 120)) == able


WORDS = st.sampled_from(
    ["1", "3", "31", "4", " ", "  ", "-", ",", "of", "may", "march", "june", "to", "ten", "days", "\n"]
)


@given(words=st.lists(WORDS, max_size=9), joint=st.sampled_from(["", " ?\n?"]))
def test_every_template_that_matches_is_tried(words: list[str], joint: str) -> None:
    text = "".join(words)
    asked, expressions = automaton(joint)
    for start in range(len(text)):
        matching = [pattern for pattern, expression in expressions.items() if expression.match(text, start)]
        able = asked.able(text, start, len(text))
        assert set(matching) <= set(able)
        assert [pattern for pattern in PATTERNS if pattern in able] == list(able)


def takes(source: str, text: str) -> bool:
    """Whether the spots of `source` lead through `text` to the end."""
    first, last = part(source)

    now = free([first])
    for char in text:
        now = free(after for spot in now for after in spot.after(char))
    return last in now


atoms = st.sampled_from(["a", "b", r"\.", r"\d", "[ab]", "[^a]", "[]x-]", ".", "(?<!a)", "(?=b)", "(?!x)", r"\b", "^"])
sources = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["", "?", "*", "+", "{2}", "{0,2}", "{1,3}", "{,2}", "+?"])).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        ),
        st.lists(inner, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda ways: f"(?:{'|'.join(ways)})"),
    ),
    max_leaves=8,
)


@given(source=sources, text=st.text("ab.x1]-", max_size=6))
def test_an_expression_leads_through_what_it_matches(source: str, text: str) -> None:
    for start in range(len(text) + 1):
        for end in range(start, len(text) + 1):
            if re.compile(source).fullmatch(text, start, end):
                assert takes(source, text[start:end])


@given(source=sources, text=st.text("ab.x1]-", max_size=12))
def test_an_expression_found_sooner_has_the_same_matches(source: str, text: str) -> None:
    found = [match.span() for match in re.finditer(source, text)]
    assert [match.span() for match in re.finditer(sooner(source), text)] == found


def test_other_brackets_are_left_as_they_are() -> None:
    assert sooner("(?P<year>a)") == "(?P<year>a)"
    assert sooner("a|(b)|[cd]e|(?<!x)f") == "(?=[abf]|[cd])(?:a|(b)|[cd]e|(?<!x)f)"


@pytest.mark.parametrize("source", ["(?P<year>a)", "(?i:a)", "(?(1)a|b)", "a|(?#b)"])
def test_other_brackets_are_refused(source: str) -> None:
    with pytest.raises(re.error, match="brackets of another kind"):
        part(source)


def test_what_is_remembered_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.mentions.dates.automaton._MOST", 7)
    asked, _ = automaton()
    for text in ("3 may", "31 june", "ten days", "may - june") * 3:
        assert list(asked.able(text, 0, 120)) == list(automaton()[0].able(text, 0, 120))
    assert len(asked._states) < 60
