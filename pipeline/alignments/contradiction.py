"""The same letter with other figures is another letter: whether two files that seem to be versions contradict."""

from __future__ import annotations

from collections.abc import Set

from pipeline.alignments.paragraphs import aligned
from pipeline.alignments.sheets import Paragraphs, Sheet

_FIGURES = ("#", "d", "y")  # keys that are numbers, days and years
_CONTRADICTED = 0.45  # of paragraphs with figures, and of the figures: where more disagree, it is another document
_LONE = 0.3  # the same for the figures, where several paragraphs disagree
_UNLIKE = 0.25  # of all figures of two files of which most paragraphs have no partner
_SAME_WORDS = 0.25  # of the words and names of two paragraphs: those with less in common say nothing of one another


def is_contradicted(one: Sheet, other: Sheet, left: Paragraphs, right: Paragraphs) -> bool:
    """Whether paragraphs that say the same name other figures: the same letter with other numbers is another letter.

    A figure that one file lacks is no contradiction, nor is a paragraph that it has lost.
    """
    whole = _figures(one.firm | one.soft, other.firm | other.soft)
    apart, common = min(len(lost) for lost, _ in whole), max(len(found) for _, found in whole)
    if not apart:
        return False
    against = agreeing = figures = shared = same = 0
    for bead in aligned(left, right):
        if not bead.left or not bead.right:
            continue
        mine = {key for i in bead.left for key in (*left[i].firm, *left[i].soft)}
        theirs = {key for j in bead.right for key in (*right[j].firm, *right[j].soft)}
        words, other_words = ({key for key in keys if key[0] not in _FIGURES} for keys in (mine, theirs))
        if len(words & other_words) < max(1.0, _SAME_WORDS * min(len(words), len(other_words))):
            continue
        same += min(len(bead.left), len(bead.right))
        (lost, found), (other_lost, other_found) = _figures(mine, theirs)
        against += bool(lost and other_lost)
        agreeing += bool(found and not (lost and other_lost))
        figures += min(len(lost), len(other_lost))
        shared += max(len(found), len(other_found))
    if 2 * same < min(len(left), len(right)) and apart > _UNLIKE * (apart + common):
        return True
    share = _LONE if against > 1 else _CONTRADICTED
    return against > _CONTRADICTED * (against + agreeing) and figures > share * (figures + shared)


def _figures(mine: Set[str], theirs: Set[str]) -> list[tuple[list[str], list[str]]]:
    """For each side the years, days and numbers of three digits or more that the other lacks, and those that it has."""
    result = []
    for here, there in ((mine, theirs), (theirs, mine)):
        seen = {key[:end] for key in there if key[0] in _FIGURES for end in (len(key), 9)}
        found: tuple[list[str], list[str]] = [], []
        for key in sorted(here):
            if key[0] in _FIGURES and len(key) > 3:
                found[key in seen or (key[0] == "d" and key[:9] in seen)].append(key)  # 9: "d:2004-06"
        result.append(found)
    return result
