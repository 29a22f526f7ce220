"""The small language of cues: what each sign matches, and what is refused."""

from __future__ import annotations

import pytest

from pipeline.events.cues import CueError, Vocabulary, compiled, pattern_source
from pipeline.events.mask import SIGNS

ENGLISH = Vocabulary({"extend": ("extend", "extended")}, {"until": ("until", "up to")}, spaced=True)
CHINESE = Vocabulary({}, {}, spaced=False)
DATE = SIGNS["DATE"]


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
    assert compiled([cue], ENGLISH).fullmatch(text)


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
    assert compiled([cue], ENGLISH).search(text) is None


def test_a_language_without_spaces_needs_none() -> None:
    """The spaces of a Chinese cue may be missing in the text."""
    assert compiled(["到 [DATE] (为止)"], CHINESE).fullmatch(f"到{DATE}为止")


def test_no_cues_match_nothing() -> None:
    """An empty alternation matches nothing, not everything."""
    assert compiled([], ENGLISH).search("anything") is None


@pytest.mark.parametrize("cue", ["", "{a|b", "(a", "a)", "{a|}", "<unknown>", "@unknown", "[DAY]"])
def test_a_malformed_cue_is_refused(cue: str) -> None:
    """A cue that cannot be read says so."""
    with pytest.raises(CueError):
        pattern_source(cue, ENGLISH)
