"""What an event takes from what is said before it: "The mandate of A ends in May. I propose that it be extended"."""

from __future__ import annotations

from dataclasses import replace

from pipeline.events.mask import Masked
from pipeline.events.rules import CompiledRule
from pipeline.events.slots import FILLERS, Candidate, Scope, filled
from pipeline.events.types import EventType
from pipeline.model import Event, Slot


def completed(event: Event, rule: CompiledRule, kind: EventType, before: Masked, text: str) -> Event:
    """The event with the slots that its rule inherits, as far as a masked sentence names them ahead of its trigger.

    `before` is the event's own sentence, or one before it; `text` is the paragraph. The last mention that a cue
    of the rule's `antecedent` holds is taken.
    """
    wanted = [name for name in rule.rule.inherits if name not in event.slots]
    if rule.antecedent is None or not wanted:
        return event
    end = len(before.text)
    scope = Scope(before, 0, end, end, end)
    slots: dict[str, Slot] = {}
    for match in rule.antecedent.finditer(before.text):
        for place in range(*match.span()):
            mention = before.mentions.get(place)
            if mention is None or mention.end > event.trigger_start:
                continue
            for name in wanted:
                declared = kind.slots[name]
                if before.text[place] in FILLERS.get(declared.type, ""):
                    slot = filled(name, declared, Candidate(place, 0, 0, True, mention), scope, text)
                    slots |= {name: slot} if slot is not None and slot.value else {}
    return replace(event, slots={**slots, **event.slots}) if slots else event
