"""One event told twice in a paragraph is one event, with the slots of both; and what an event gives besides."""

from __future__ import annotations

from dataclasses import replace

from pipeline.events.rules import RuleSet
from pipeline.model import Event, Slot

FREE = frozenset({"organizer", "topic", "place"})  # slots that tell no two events apart


def merged(events: list[Event], rules: RuleSet) -> list[Event]:
    """The paragraph's events without repetitions, those that follow from others added, in order of the text."""
    kept: list[Event] = []
    anaphoric = {r.rule.id for r in rules.rules if r.rule.anaphoric}
    follows = {r.rule.id for r in rules.rules if r.rule.follows}
    distinct = {r.rule.id for r in rules.rules if r.rule.distinct}
    several = {r.rule.id for r in rules.rules if r.rule.several}
    inherits = {r.rule.id: r.rule.inherits for r in rules.rules if r.rule.inherits}
    near = {r.rule.id for r in rules.rules if r.rule.same_sentence}
    for event in events:
        if event.rule in inherits:
            before = next((e for e in reversed(kept) if e.type == event.type), None)
            handed = {n: before.slots[n] for n in inherits[event.rule] if n in before.slots} if before else {}
            if not handed and not _is_completed(event, inherits[event.rule], event.rule in near):
                continue
            event = replace(event, slots={**handed, **event.slots})
        if event.rule in follows and not any(e.type == event.type for e in kept):
            continue
        for index in range(len(kept) - 1, -1, -1):
            other = kept[index]
            if other.type != event.type:
                continue
            if event.rule in anaphoric and _agree(other, event) and _follows(event, other):
                # the quote is where the number stands, the trigger too: that is what people check
                kept[index] = replace(event, rule=other.rule, slots={**other.slots, **event.slots})
                kept[index] = replace(kept[index], modality=other.modality)
                break
            if distinct & {event.rule, other.rule} and event.rule != other.rule:
                continue
            if event.rule in several and event.start == other.start and event.trigger_start != other.trigger_start:
                continue
            if _says_no_more(event, other) or _is_same(event, other, rules.events[event.type].same):
                break
            if _says_no_more(other, event):
                kept[index] = event
                break
        else:
            if not (event.rule in follows and event.rule in anaphoric):
                kept.append(event)
    result: list[Event] = []
    for event in kept:
        result.append(event)
        for also, needed in rules.events[event.type].also.items():
            if all(slot in event.slots for slot in needed):
                declared = rules.events[also].slots
                slots = {name: slot for name, slot in event.slots.items() if name in declared}
                derived = replace(event, type=also, slots=slots)
                if not any(_same_count(derived, other) for other in (*kept, *result)):
                    result.append(derived)
    return sorted(result, key=lambda e: (e.start, e.trigger_start, e.type, _position(e)))


def _is_completed(event: Event, slots: list[str], near: bool) -> bool:
    """Whether the slots were taken from the sentence before, or (near) from ahead of the trigger (`completed`)."""
    end = event.trigger_start if near else event.start
    mentions = [event.slots[name].mention for name in slots if name in event.slots]
    return len(mentions) == len(slots) and all(m is not None and m.start < end for m in mentions)


def _follows(event: Event, other: Event) -> bool:
    """Whether an anaphoric event may be the other one: of its modality, or plainly told on in the same sentence."""
    return event.modality == other.modality or (event.modality == "actual" and event.start == other.start)


def _agree(a: Event, b: Event) -> bool:
    """Whether no slot of the two is at odds, those in free words aside."""
    return all(a.slots[name].value == b.slots[name].value for name in (a.slots.keys() & b.slots.keys()) - FREE)


def _says_no_more(event: Event, other: Event) -> bool:
    """Whether all that `event` says is said by `other` too."""
    if event.modality != other.modality:
        return False
    said = {name: slot.value for name, slot in event.slots.items() if name not in FREE}
    known = {name: slot.value for name, slot in other.slots.items()}
    if not said:
        # a bare mention repeats only what stands in the same sentence
        return event.start == other.start
    return all(known.get(name) == value for name, value in said.items())


def _is_same(event: Event, other: Event, slots: list[str]) -> bool:
    """Whether an event is one told before by the slots that name it: an election by its date.

    What is only hoped of it ("to help make the 2005 elections credible") makes it no other election.
    """
    if not slots or event.modality != "hypothetical" or other.modality == "negated":
        return False
    return all(s in event.slots and s in other.slots and event.slots[s].value == other.slots[s].value for s in slots)


def _same_count(event: Event, other: Event) -> bool:
    return (
        event is not other
        and event.type == other.type
        and "count" in event.slots
        and "count" in other.slots
        and _mention_start(event.slots["count"]) == _mention_start(other.slots["count"])
    )


def _mention_start(slot: Slot) -> int:
    return slot.mention.start if slot.mention is not None else -1


def _position(event: Event) -> int:
    starts = [slot.mention.start for slot in event.slots.values() if slot.mention is not None]
    return min(starts, default=event.trigger_start)
