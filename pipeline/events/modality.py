"""Modality apart from the event, after ConText (Harkema et al. 2009): a cue has a direction, a scope and terminators.

The nearest cue whose scope holds the trigger decides; a strong one ("if", "not") outranks nearer ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from pipeline.events.mask import SIGNS, Masked, word_start
from pipeline.events.rules import CompiledModality, RuleSet
from pipeline.model import Modality

_NEAR = 120  # characters, as far as a relative clause's beginning is looked for
REACH = 400  # characters before and after the trigger that are looked at; no cue reaches further


def modality_of(
    sentence: Masked, start: int, end: int, event: str, rules: RuleSet, able: Sequence[int], strong_only: bool = False
) -> Modality | None:
    """What the cues of a masked sentence say of the trigger at `start` to `end`; None where none speaks.

    `able` are the places of those of the language's cues that may stand in the sentence.
    """
    text, held = sentence.text, sentence.held
    start = word_start(text, start, end)  # the comma that a trigger begins with ends what stands before it
    low = max(0, start - REACH)
    text, start, end = text[low : end + REACH], start - low, end - low
    claims = [
        (order, compiled, span)
        for order, compiled in zip(able, map(rules.modalities.__getitem__, able), strict=True)
        if not (compiled.cue.events and event not in compiled.cue.events) and (compiled.cue.strong or not strong_only)
        for span in _spans(compiled, text, start, end, held)
    ]
    if not claims:
        return None
    # what is told in a relative clause is told whatever is asked, hoped or denied around it
    inside = rules.asides.clause_around(text, start, end) if rules.asides is not None else None
    if inside is not None:
        low, high = inside
        claims = [claim for claim in claims if low <= claim[2][2][0] and claim[2][2][1] <= high]
    best: tuple[bool, int, int] | None = None
    said: Modality | None = None
    walls = [m.span() for m in rules.terminators.finditer(text, held=held)]
    shelter = _shelter(rules, text, start, end, held)
    clause_end = next((m.start() for m in rules.clauses.finditer(text, held=held) if m.start() >= end), len(text))
    for order, compiled, (near, far, (cue_start, cue_end)) in claims:
        cue = compiled.cue
        distance = far - near
        if not 0 <= distance <= cue.within:
            continue
        if any(m.start() <= cue_start and cue_end <= m.end() for m in compiled.not_in.finditer(text, held=held)):
            continue
        if cue_start < shelter:
            continue
        if any(near <= a and b <= far for a, b in walls) or far > max(start, clause_end):
            continue
        if compiled.terminators.search(text, near, far, held) is not None:
            continue
        rank = (cue.strong, -distance, -order)
        if best is None or rank > best:
            best, said = rank, cue.modality
    return said


def _shelter(rules: RuleSet, text: str, start: int, end: int, held: Set[str]) -> int:
    """Where the relative clause begins in which the trigger stands, 0 if in none: "whose mandate was extended"."""
    low = max(0, start - _NEAR)
    marked = f"{text[low:start]}{SIGNS['TRIGGER']}{text[end : end + _NEAR]}"
    begins = [low + m.start() for m in rules.shelters.overlapping(marked, held) if SIGNS["TRIGGER"] in m[0]]
    # and where a cue says the trigger's own form
    begins += [low + m.start() for m in rules.shelters.plain.overlapping(text[low:end], held) if low + m.end() == end]
    return max(begins, default=0)


def _spans(
    compiled: CompiledModality, text: str, start: int, end: int, held: Set[str]
) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """Where a cue stands to a trigger: the stretch between them, and the cue's own."""
    cue = compiled.cue
    if cue.own and compiled.own.search(text, start, end, held) is not None:
        yield end, end, (start, end)
    if cue.before:
        reach_start = max(0, start - cue.within - 40)
        if compiled.before.marked:
            # a governor with all that stands between it and the trigger: as far away as it begins
            marked = text[reach_start:start] + SIGNS["TRIGGER"]
            for match in compiled.before.overlapping(marked, held):
                begin = reach_start + match.start()
                yield min(begin + 1, start), start, (begin, start)
        else:
            for match in compiled.before.finditer(text, reach_start, start, held):
                yield match.end(), start, match.span()
    if cue.after:
        for match in compiled.after.finditer(text, end, min(len(text), end + cue.within + 40), held):
            yield end, match.start(), match.span()
