"""One event told twice in a paragraph is one event, with the slots of both; and what an event gives besides."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter, itemgetter

from pipeline.events.rules import CompiledRule
from pipeline.events.types import EventType
from pipeline.model import Event, Slot

FREE = frozenset({"organizer", "topic", "place"})  # slots that tell no two events apart
_start_of, _end_of = itemgetter(0), itemgetter(1)


def merged(events: list[Event], rules: Mapping[str, CompiledRule], types: Mapping[str, EventType]) -> list[Event]:
    """The paragraph's events without repetitions, those that follow from others added, in order of the text.

    `rules` are the language's by their ids, `types` those of the events by their names.
    """
    kept: list[Event] = []
    for event in events:
        rule = rules[event.rule].rule
        if rule.inherits:
            before = next((e for e in reversed(kept) if e.type == event.type), None)
            handed = {n: before.slots[n] for n in rule.inherits if n in before.slots} if before else {}
            if not (handed or rule.or_none or _is_completed(event, rule.inherits, rule.same_sentence)):
                continue
            event = replace(event, slots={**handed, **event.slots})
        if rule.follows and not any(e.type == event.type for e in kept):
            continue
        for index in range(len(kept) - 1, -1, -1):
            other = kept[index]
            if other.type != event.type:
                continue
            if rule.anaphoric and _agree(other, event) and _follows(event, other):
                # the quote is where the number stands, the trigger too: that is what people check
                slots = {**other.slots, **event.slots}
                kept[index] = replace(event, rule=other.rule, slots=slots, modality=other.modality)
                break
            if rule.supersedes and _is_superseded(other, event, rule.supersedes):
                kept[index] = replace(event, slots={**other.slots, **event.slots})
                break
            if event.rule != other.rule and (rule.distinct or rules[other.rule].rule.distinct):
                continue
            if rule.several and event.start == other.start and event.trigger_start != other.trigger_start:
                continue
            if _is_awaited(event, other, types[event.type].awaited):
                further = {name: slot for name, slot in event.slots.items() if name not in other.slots}
                kept[index] = replace(other, slots={**other.slots, **further})
                break
            if _says_no_more(event, other) or _is_same(event, other, types[event.type].same):
                break
            if _says_no_more(other, event):
                kept[index] = event
                break
        else:
            if not (rule.follows and rule.anaphoric):
                kept.append(event)
    result: list[Event] = []
    for event in kept:
        result.append(event)
        for also, needed in types[event.type].also.items():
            if all(slot in event.slots for slot in needed):
                declared = types[also].slots
                slots = {name: slot for name, slot in event.slots.items() if name in declared}
                derived = replace(event, type=also, slots=slots)
                if not any(_same_count(derived, other) for other in (*kept, *result)):
                    result.append(derived)
    return sorted(result, key=lambda e: (e.start, e.trigger_start, e.type, _position(e)))


def told_besides(events: Sequence[Event], again: Sequence[Event], *, only_new: bool) -> list[Event]:
    """The events of a sentence, and what a reading without what interrupts it says more.

    That is other events, and, unless `only_new`, further slots of the same ones, and of what seemed to have happened
    that it is only planned, asked for, possible or denied.
    """
    result, new = list(events), list[Event]()
    told: dict[str, list[tuple[int, int, int]]] = {}  # by type: where the triggers begin and end, which do not overlap
    for index, event in enumerate(events):
        told.setdefault(event.type, []).append((event.trigger_start, event.trigger_end, index))
    for places in told.values():
        places.sort()
    for group in _by_trigger(again):
        first = group[0]
        places = told.get(first.type, [])
        low = bisect_right(places, first.trigger_start, key=_end_of)
        high = bisect_left(places, first.trigger_end, key=_start_of)
        same = [index for *_, index in places[low:high]]
        if not same:
            new += group
        elif not only_new and all(any(_is_told_in(result[index], other) for other in group) for index in same):
            for index in same:
                event = result[index]
                other = next((other for other in group if _is_told_in(event, other)), None)
                if other is None:  # it is told of one that had less to say
                    continue
                group.remove(other)
                modality = other.modality if event.modality == "actual" else event.modality
                result[index] = replace(event, modality=modality, slots={**other.slots, **event.slots})
            new += group
    return sorted([*result, *new], key=attrgetter("trigger_start")) if new else result


def _by_trigger(events: Sequence[Event]) -> list[list[Event]]:
    groups: dict[tuple[str, int, int], list[Event]] = {}
    for event in events:
        groups.setdefault((event.type, event.trigger_start, event.trigger_end), []).append(event)
    return list(groups.values())


def _is_told_in(event: Event, other: Event) -> bool:
    """Whether `other` has all slots that `event` has."""
    told = {name: slot.value for name, slot in other.slots.items()}
    return all(name in FREE or told.get(name) == slot.value for name, slot in event.slots.items())


def _is_completed(event: Event, slots: list[str], near: bool) -> bool:
    """Whether the slots were taken from the sentence before, or (near) from ahead of the trigger (`completed`)."""
    end = event.trigger_start if near else event.start
    mentions = [event.slots[name].mention for name in slots if name in event.slots]
    return len(mentions) == len(slots) and all(m is not None and m.start < end for m in mentions)


def _follows(event: Event, other: Event) -> bool:
    """Whether an anaphoric event may be the other one: of its modality, or plainly told on in the same sentence."""
    return event.modality == other.modality or (event.modality == "actual" and event.start == other.start)


def _is_superseded(other: Event, event: Event, slots: Collection[str]) -> bool:
    """Whether an event that was still to come is told of again with other `slots`."""
    return other.modality not in ("actual", "negated") and _agree(other, event, slots)


def _agree(a: Event, b: Event, but: Collection[str] = ()) -> bool:
    """Whether no slot of the two is at odds, those in free words and `but` aside."""
    both = (a.slots.keys() & b.slots.keys()) - FREE - frozenset(but)
    return all(a.slots[name].value == b.slots[name].value for name in both)


def _is_awaited(event: Event, other: Event, name: str) -> bool:
    """Whether an event that is still to come is one told before: of the same body, and nothing of the two is at odds.

    "They ask that the mandate of UNIFIL be extended for six months; I recommend that it be extended until 31 January."
    """
    if name not in other.slots or event.modality != other.modality or event.modality not in ("planned", "proposed"):
        return False
    unnamed = name not in event.slots or event.slots[name].value == ""
    return _agree(event, other, (name,) if unnamed else ())


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
