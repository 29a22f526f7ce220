"""The small language of cues: what each sign matches, and what is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.events.beginnings import found_sooner, heads_of
from pipeline.events.cues import CueError, Vocabulary, pattern_source
from pipeline.events.mask import SIGNS
from pipeline.events.needles import Index, needles_of, parts_of
from pipeline.events.patterns import Pattern
from pipeline.events.rules import rule_set
from pipeline.events.strings import Anchored, Strings
from pipeline.examples import Bench

ENGLISH = Vocabulary({"extend": ("extend", "extended")}, {"until": ("until", "up to")}, spaced=True)
CHINESE = Vocabulary({}, {}, spaced=False)
DATE = SIGNS["DATE"]
CONFIGS = Path(__file__).parent.parent / "configs"


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        ("until [DATE]", f"until {DATE}"),
        ("until [DATE]", f"until\n{DATE}"),
        ("{until|up to} [DATE]", f"up to {DATE}"),
        ("until (the) [DATE]", f"until the {DATE}"),
        ("until (the) [DATE]", f"until {DATE}"),
        ("<extend> the mandate", "extended the mandate"),
        ("@until [DATE]", f"up to {DATE}"),
        ("mandate ... [DATE]", f"mandate of the force, as it is, until {DATE}"),
    ],
)
def test_a_cue_matches(cue: str, text: str) -> None:
    """What docs/rules.md says that a cue matches, it matches."""
    assert Pattern.of([cue], ENGLISH).fullmatch(text)


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        ("until", "untilled"),
        ("mandate ... [DATE]", f"mandate; it met until {DATE}"),
        ("mandate .. [DATE]", f"mandate, until {DATE}"),
        ("<extend>", "extending"),
    ],
)
def test_a_cue_does_not_match(cue: str, text: str) -> None:
    """Whole words only; no gap over a clause's end."""
    assert Pattern.of([cue], ENGLISH).search(text) is None


def test_a_language_without_spaces_needs_none() -> None:
    """The spaces of a Chinese cue may be missing in the text."""
    assert Pattern.of(["到 [DATE] (为止)"], CHINESE).fullmatch(f"到{DATE}为止")


def test_no_cues_match_nothing() -> None:
    """An empty alternation matches nothing, not everything."""
    assert Pattern.of([], ENGLISH).search("anything") is None


@pytest.mark.parametrize(
    ("cue", "needles"),
    [
        ("until [DATE]", {"until"}),
        ("(the) {mandate|term} of", {"mandate", "term"}),
        ("{of|..} [NAME]", {SIGNS["NAME"]}),
        ("<extend>", {"extend"}),
        ("@until [DATE]", {SIGNS["DATE"]}),  # "up" stands within other words everywhere
        ("...", None),
        ("{...|until}", None),
    ],
)
def test_needles(cue: str, needles: set[str] | None) -> None:
    """What every match must hold: the rarest part, and none where a part may be anything."""
    assert needles_of(cue, ENGLISH) == needles


def test_what_stands_within_other_words_everywhere_is_not_looked_for() -> None:
    """Unless nothing else can be; in a language without spaces a short word is as good as another."""
    assert parts_of("until [DATE] in a {mandate|or}", ENGLISH) == (frozenset({"until"}), frozenset({DATE}))
    assert parts_of("in [DATE]", ENGLISH) == (frozenset({DATE}),)
    assert parts_of("to be", ENGLISH) == (frozenset({"to"}),)
    assert parts_of("在 [DATE]", CHINESE) == (frozenset({"在"}), frozenset({DATE}))


@pytest.mark.parametrize("words", [[], ["until"], ["until", "mandate"], ["term"], ["until", "election", DATE]])
def test_an_index_tells_what_may_stand_in_a_text(words: list[str]) -> None:
    """The places of those of which one way may match, as the patterns say one by one."""
    cues = [["until [DATE]", "until ... mandate"], ["election"], ["{mandate|term}"], ["...", "election"], []]
    patterns = [Pattern.of(each, ENGLISH) for each in cues]
    index = Index(pattern.needed for pattern in patterns)
    held = frozenset(words)
    assert index.among(held) == [i for i, pattern in enumerate(patterns) if pattern.may_match(held)]


@pytest.mark.parametrize("language", ["en", "zh", "fr", "es", "ru", "ar"])
def test_needles_hide_no_match(language: str) -> None:
    """Where a pattern of the rules matches in a rule's example, one of its needles stands there."""
    bench, rules = Bench(CONFIGS, language), rule_set(CONFIGS, language)
    texts = [masked for rule in rules.rules for e in rule.rule.examples for masked in bench.masked(e, rules)]
    patterns = [p for rule in rules.rules for p in (rule.trigger, rule.context, rule.unless, rule.before) if p]
    index = Index(pattern.needed for pattern in patterns)
    assert texts
    needles = rules.needles()
    for text in texts:
        held = needles.within(text)
        assert index.among(held) == [i for i, pattern in enumerate(patterns) if pattern.may_match(held)]
        for pattern in patterns:
            assert pattern.may_match(held) or pattern.regex.search(text) is None, (pattern.source, text)


def test_cues_that_name_the_trigger_are_not_looked_for_where_it_stands_as_words() -> None:
    """The plain pattern has the cues that can match without the trigger's sign, also one that names it in one way."""
    pattern = Pattern.of(["[TRIGGER] of", "mandate", "{[TRIGGER] until|term}"], ENGLISH)
    assert pattern.plain.search("the mandate")
    assert pattern.plain.search("the term")
    assert pattern.plain.search(f"{SIGNS['TRIGGER']} of") is None
    assert Pattern.of(["[TRIGGER] of"], ENGLISH).plain.search("anything of") is None
    only = Pattern.of(["mandate"], ENGLISH)
    assert only.plain is only


@pytest.mark.parametrize(
    ("source", "sooner"),
    [
        (r"(?<!\w)respectively(?!\w)", r"r(?<!\w.)espectively(?!\w)"),
        (r"(?<!\w)(?:and|with)(?!\w)", r"(?:a(?<!\w.)nd|w(?<!\w.)ith)(?!\w)"),
        (r"(?:,\s+)?(?<!\w)and", r"(?!\B\w)(?:,\s+)?(?<!\w)and"),
        (f"(?:[{SIGNS['NAME']}]x|(?<!\\w)a+)", f"(?!\\B\\w)(?:[{SIGNS['NAME']}]x|(?<!\\w)a+)"),
        (r"(?:a|(?<!\w)b)", r"(?:a|(?<!\w)b)"),  # "a" may begin inside a word
        (r"(?:,|;)", r"(?:,|;)"),  # `re` searches for these by itself
    ],
)
def test_a_pattern_is_found_by_its_letters_or_not_inside_words(source: str, sooner: str) -> None:
    """What stands before a letter is asked behind it; where there is no letter, the inside of words is passed over."""
    assert found_sooner(source) == sooner


@pytest.mark.parametrize(
    ("source", "heads"),
    [
        (r"(?<!\w)(?:extend(?:ed)?|re\-open)(?!\w)", {"extend", "re-open"}),
        (r"(?:,\s+)?(?<!\w)r(?:ecalls|equests)", {",", "recalls", "requests"}),
        (f"[{SIGNS['NAME']}]x", set()),  # what stands in brackets is not read
        (r"(?:ab)+c", set()),
        (r"abc?d", {"ab"}),
        (r"ab(?<!\w)c", {"ab"}),
        (r"(?<!\w)(?:a(?!\w)\s+b|cd)", set()),  # "a" stands within words everywhere
        (r"(?:将|不)", {"将", "不"}),
        (r"(?:a|)b", set()),
        (r"\Aab", set()),
    ],
)
def test_what_a_pattern_begins_with(source: str, heads: set[str]) -> None:
    """The words at its beginning, where each of its ways has one."""
    assert heads_of(source) == heads


@given(
    st.lists(st.sampled_from(["until", "extend", "extended", "up to", "and", ", ", " ", "x", DATE]), max_size=12),
    st.integers(0, 20),
    st.integers(0, 60),
)
def test_patterns_tried_where_their_words_stand_match_the_same(words: list[str], start: int, end: int) -> None:
    """Between any two places of any text."""
    text = "".join(words)
    for cues in (["<extend>", "extend until"], ["(and) <extend>", ", until"], ["@until [DATE]", "{and|until}"]):
        pattern = Pattern.of(cues, ENGLISH)
        assert heads_of(pattern.source)
        spans = [match.span() for match in pattern.regex.finditer(text, start, end)]
        assert [match.span() for match in pattern.finditer(text, start, end)] == spans


@pytest.mark.parametrize("language", ["en", "zh", "fr", "es", "ru", "ar"])
def test_what_is_found_sooner_is_the_same(language: str) -> None:
    """In masked sentences, and in these with every third character away: the spans of the pattern as it was written."""
    bench, rules = Bench(CONFIGS, language), rule_set(CONFIGS, language)
    texts = [masked for rule in rules.rules[::9] for e in rule.rule.examples[:1] for masked in bench.masked(e, rules)]
    texts += ["".join(c for i, c in enumerate(text) if i % 3) for text in texts[::3]]
    patterns = {pattern.source for rule in rules.rules[::5] for pattern in rule.patterns()} | {rules.clauses.source}
    changed = {source: found_sooner(source) for source in sorted(patterns)}
    assert language in ("zh", "ar") or sum(a != b for a, b in changed.items()) > 10
    for source, sooner in changed.items():
        heads = heads_of(source)
        if source != sooner or heads:
            plain, other = re.compile(source), re.compile(sooner)
            anchored = Anchored(other, heads) if heads else other
            for text in texts:
                spans = [match.span() for match in plain.finditer(text)]
                assert [match.span() for match in other.finditer(text)] == spans, (source, text)
                assert [match.span() for match in anchored.finditer(text)] == spans, (source, text)


def test_strings_are_found_inside_of_one_another() -> None:
    """Each string that a text holds, also where another one covers it; half a character hides none and is no error."""
    strings = Strings(["train", "rain", "training", "course", ""])
    assert strings.within("a training") == {"train", "rain", "training"}
    assert strings.within("\ud800 rain") == {"rain"}
    assert Strings([]).within("anything") == frozenset()


@pytest.mark.parametrize("cue", ["", "{a|b", "(a", "a)", "{a|}", "<unknown>", "@unknown", "[DAY]"])
def test_a_malformed_cue_is_refused(cue: str) -> None:
    """A cue that cannot be read says so."""
    with pytest.raises(CueError):
        pattern_source(cue, ENGLISH)


def test_an_anchored_expression_matches_as_it_does_alone() -> None:
    """Also where strings begin inside one another, and where half a character stands."""
    alone = re.compile(r"(?:an|annual|nu)(?!a)|\d+")
    anchored = Anchored(alone, ["an", "annual", "nu", *"0123456789"])
    for text in ("annual an nual nua", "12 annuals, 3", "\ud800 an", "", "xannu1234"):
        assert [m.span() for m in anchored.finditer(text)] == [m.span() for m in alone.finditer(text)]
    assert list(Anchored(re.compile("(?!)"), []).finditer("anything")) == []


@pytest.mark.parametrize("text", ["40 men, who", "40, who", "40 young men and women, who"])
def test_words_of_a_noun_phrase_before_a_mark(text: str) -> None:
    """A mark stands close to the last word of "_", or to what stands before where there is none."""
    voc = Vocabulary({}, {}, spaced=True, stops=("of",))
    pattern = Pattern.of(["40 _ , who"], voc)
    assert pattern.search(text)
    assert pattern.search("40 of them, who") is None
