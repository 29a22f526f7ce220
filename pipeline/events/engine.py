"""The one rule engine: from a paragraph with its mentions to events, in any language.

For each sentence: find triggers, take the clause around each, check what must and must not stand in it, fill the
slots, read the modality. A mention belongs to the nearest trigger of its event type; several bodies (or numbers)
give several events. What is true of a language stands in its YAML, not here.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from pipeline.events.antecedents import completed
from pipeline.events.found import REACH, Found, last_sign, settled
from pipeline.events.mask import Masked, lower, masked, signs_of, spelled, word_start
from pipeline.events.merge import merged, told_besides
from pipeline.events.modality import modality_of
from pipeline.events.needles import Index
from pipeline.events.rules import CompiledRule, RuleSet, rule_set
from pipeline.events.sharing import choices, joined_years
from pipeline.events.slots import (
    Candidate,
    Scope,
    barred,
    candidates,
    filled,
    interval_slots,
    is_after,
    is_interval,
    of_interval,
    stands,
)
from pipeline.events.strings import Strings
from pipeline.events.triggers import Match, Triggers, goes_on
from pipeline.model import Event, Mentions, Modality, QuantityMention, Slot

_BACK = 3  # sentences before its own in which what an event goes on from may be named

Reading = tuple[list[Match], Masked, bool]
"""The triggers of a sentence; the sentence as it was read; whether only new events count."""


@dataclass(frozen=True, slots=True)
class EventFinder:
    """Reads events in one language."""

    rules: RuleSet
    first: Triggers  # of the rules that tell of an event by themselves
    further: Triggers  # of the rules that only go on with an event of their type
    by_id: dict[str, CompiledRule]
    modalities: Index  # of the cues of modality
    denominators: Index
    signals: Strings  # what tells of triggers, looked for in each sentence
    needles: Strings  # what the cues of all rules ask for, looked for in each sentence that may hold a trigger

    @classmethod
    def from_config(cls, folder: Path, language: str) -> EventFinder:
        """The finder for a language, with the rules in `folder`. Raises ConfigError."""
        return cls.of(rule_set(folder, language))

    @classmethod
    def of(cls, rules: RuleSet, needles: Strings | None = None) -> EventFinder:
        """The finder for these rules; `needles` are those of these and other rules, where they are at hand."""
        by_id = {rule.rule.id: rule for rule in rules.rules}
        first = [rule for rule in rules.rules if not goes_on(rule)]
        further = [rule for rule in rules.rules if goes_on(rule)]
        triggers = Triggers(first, rules.events), Triggers(further, rules.events)
        return cls(
            rules,
            *triggers,
            by_id,
            Index(compiled.needed for compiled in rules.modalities),
            Index(pattern.needed for pattern in rules.denominators),
            needles or Strings(string for each in triggers for string in each.signals()),
            needles or rules.needles(),
        )

    def find(
        self,
        text: str,
        mentions: Mentions,
        sentences: Sequence[tuple[int, int]],
        anchor: dt.date | None,
        folded: str | None = None,
    ) -> list[Event]:
        """The events of a paragraph, in order of their triggers; `anchor` is the document's own date.

        `folded` is the text folded and in lower case (`Folded.lower`), where that is at hand.
        """
        writing = self.rules.writing
        low = lower(text, writing) if folded is None else spelled(folded, writing)
        signs = signs_of(mentions)
        held = [self.signals.within(writing.seen(low[start:end])) | signs for start, end in sentences]
        looks: dict[int, Masked] = {}

        def look(place: int) -> Masked:
            if place not in looks:
                looks[place] = self._masked(low, mentions, *sentences[place])
            return looks[place]

        able: dict[int, list[CompiledRule]] = {}
        matches = self.first.matches(held, look, able=able)
        again = self._again(looks, able)
        if not matches and not again:
            return []
        triggers = chain(matches.values(), (each for readings in again.values() for each, *_ in readings))
        told = {rule.event for each in triggers for *_, rule, _ in each}
        for place, more in self.further.matches(held, look, told).items():
            matches.setdefault(place, []).extend(more)
        events: list[Event] = []
        for place in sorted({*matches, *again}):
            before = {event.type for event in events}
            here: list[Event] = []
            whole = [(matches[place], looks[place], False)] if place in matches else []
            for found, sentence, only_new in (*whole, *again.get(place, ())):
                said = self._in_sentence(text, sentence, found, place + 1, sentences[place], anchor, before)
                said = self._completed(said, text, sentence, look, place)
                here = told_besides(here, said, only_new=only_new) if here else said
            events += here
        return merged(events, self.by_id, self.rules.events) if events else events

    def _masked(self, low: str, mentions: Mentions, start: int, end: int) -> Masked:
        rules = self.rules
        return masked(low, mentions, start, end, rules.classifiers, rules.writing, self.needles, rules.adverbials)

    def _again(
        self, looks: Mapping[int, Masked], able: Mapping[int, Sequence[CompiledRule]]
    ) -> dict[int, list[Reading]]:
        """By the place of a sentence that is interrupted: how it reads without what interrupts it."""
        found: dict[int, list[Reading]] = {}
        asides = self.rules.asides
        if asides is None:
            return found
        for place, rules in able.items():
            for sentence, only_new in zip(asides.without(looks[place]), (False, True), strict=True):
                if sentence is not None and (matches := self.first.in_sentence(sentence, rules)):
                    found.setdefault(place, []).append((matches, sentence, only_new))
        return found

    def _completed(
        self, told: list[Event], text: str, sentence: Masked, look: Callable[[int], Masked], place: int
    ) -> list[Event]:
        """The events of a sentence; those that look for an antecedent take the nearest: its own, or one before."""
        if all(self.by_id[event.rule].antecedent is None for event in told):
            return told
        result = []
        for event in told:
            rule = self.by_id[event.rule]
            if rule.antecedent is not None:
                if rule.rule.same_sentence:
                    event = completed(event, rule, self.rules.events[event.type], sentence, text)
                for earlier in range(place - 1, max(-1, place - 1 - _BACK), -1):
                    if all(name in event.slots for name in rule.rule.inherits):
                        break
                    event = completed(event, rule, self.rules.events[event.type], look(earlier), text)
            result.append(event)
        return result

    def _in_sentence(
        self,
        text: str,
        sentence: Masked,
        matches: list[Match],
        number: int,
        span: tuple[int, int],
        anchor: dt.date | None,
        before: set[str],
    ) -> list[Event]:
        found = settled(self._fired(sentence, matches, number, before), self.rules)
        able = self.modalities.among(sentence.held) if found else []
        return [event for item in found for event in self._events_of(text, sentence, item, span, anchor, able)]

    def _fired(self, sentence: Masked, matches: list[Match], number: int, before: set[str]) -> list[Found]:
        """Triggers that fire, the longest first where two of one event overlap, with all their candidates.

        `before` are the types of the events in earlier sentences: what only tells on claims nothing without one.
        """
        text = sentence.text
        held = sentence.held
        breaks = [0, *(m.start() for m in self.rules.clauses.finditer(text, held=held)), len(text)]
        apart = map(self.rules.denominators.__getitem__, self.denominators.among(held))
        skipped = [last_sign(match) for pattern in apart for match in pattern.finditer(text, held=held)]
        skipped.sort()
        taken: dict[str, int] = {}  # by type of event: where the last trigger that fired ends
        found: list[Found] = []
        for _, _, _, compiled, match in sorted(matches, key=lambda item: item[:3]):
            if match.start() < taken.get(compiled.event, 0):  # they come in the order in which they begin
                continue
            if compiled.rule.follows and not (compiled.event in taken or compiled.event in before):
                continue
            item = self._found(sentence, compiled, match, breaks, skipped, number)
            if item is not None:
                taken[compiled.event] = match.end()
                found.append(item)
        return found

    def _found(
        self,
        sentence: Masked,
        compiled: CompiledRule,
        match: re.Match[str],
        breaks: list[int],
        skipped: list[int],
        number: int,
    ) -> Found | None:
        rule = compiled.rule
        # what stands further off belongs to something else; and a sentence without end must not cost its square
        start, end = max(0, match.start() - REACH), min(len(sentence.text), match.end() + REACH)
        if rule.scope == "clause":
            start = max(start, breaks[bisect_right(breaks, match.start()) - 1])
            end = min(end, breaks[bisect_left(breaks, match.end())])
        scope = Scope(sentence, start, end, match.start(), match.end())
        if compiled.context is not None and not stands(compiled.context, scope):
            return None
        if compiled.unless is not None and stands(compiled.unless, scope):
            return None
        before = compiled.before
        if before is not None and before.search(sentence.text, start, match.start(), sentence.held) is None:
            return None
        event = self.rules.events[compiled.event]
        apart = set(skipped[bisect_left(skipped, start) : bisect_left(skipped, end)])
        fillers: dict[str, list[Candidate]] = {slot: [] for slot in compiled.slots}
        forbidden = dict.fromkeys(compiled.slots, apart)
        # what is needed first: where it is not there, nothing else is looked for
        for slot in dict.fromkeys((*rule.needs, *rule.needs_any, *compiled.slots)):
            kind = event.kinds[slot]
            if slot not in compiled.slots or not scope.may_fill(kind):
                continue
            if slot in compiled.never:
                forbidden[slot] = apart | barred(compiled.never[slot], scope)
            found = candidates(compiled, slot, kind, scope, forbidden[slot])
            if slot in event.interval:
                found = [c for c in found if is_interval(c.mention)]
            fillers[slot] = found
            if not found and slot in rule.needs:
                return None
        if any(not fillers.get(slot) for slot in rule.needs):
            return None
        if rule.needs_any and not any(fillers.get(slot) for slot in rule.needs_any):
            return None
        return Found(compiled, scope, number, fillers, forbidden)

    def _events_of(
        self,
        text: str,
        sentence: Masked,
        item: Found,
        span: tuple[int, int],
        anchor: dt.date | None,
        able: Sequence[int],  # the cues of modality that may stand in the sentence
    ) -> list[Event]:
        compiled, scope = item.compiled, item.scope
        event = self.rules.events[compiled.event]
        said = modality_of(
            sentence, scope.trigger_start, scope.trigger_end, compiled.event, self.rules, able, compiled.rule.firm
        )
        first = word_start(sentence.text, scope.trigger_start, scope.trigger_end)
        trigger = (sentence.original(first), sentence.original_end(scope.trigger_end))
        events = []
        told = choices(item, self.rules)
        for chosen in told:
            slots: dict[str, Slot] = {}
            for name, candidate in chosen.items():
                if name == "date" and not event.slots[name].each and all(o.get(name) == candidate for o in told):
                    candidate = joined_years(item, candidate, self.rules, text)
                slot = filled(name, event.kinds[name], candidate, scope, text)
                if slot is not None and name in compiled.rule.plain and not of_interval(slot):
                    slot = replace(slot, value=str(slot.value).removesuffix("/.."))
                if slot is not None and name in compiled.rule.last:
                    slot = replace(slot, value=str(slot.value).rpartition("/")[2])
                if slot is not None:
                    slots[name] = slot
            slots = interval_slots(event, slots)
            modality: Modality = said or compiled.rule.modality or "actual"
            if modality == "actual" and event.future_is_planned and said is None and anchor is not None:
                date = slots.get("date")
                if date is not None and is_after(str(date.value), anchor):
                    modality = "planned"
            words = text[trigger[0] : trigger[1]]
            events.append(
                Event(compiled.event, modality, compiled.rule.id, *span, item.sentence, *trigger, words, slots)
            )
        return self._summed(sentence, events)

    def _summed(self, sentence: Masked, events: list[Event]) -> list[Event]:
        """ "52 women and 61 men" is one number of people: parts by sex add up."""
        if len(events) < 2:
            return events
        matches = self.rules.parts.finditer(sentence.text, held=sentence.held)
        parts = {p for m in matches for p in range(*m.span()) if p in sentence.mentions}
        positions = {m.start: p for p, m in sentence.mentions.items()}
        counts = [e.slots.get("count") for e in events]
        for slot in counts:
            if slot is None or slot.mention is None or positions.get(slot.mention.start) not in parts:
                return events
        first = counts[0]
        assert first is not None
        assert isinstance(first.mention, QuantityMention)
        total = sum(int(slot.value) for slot in counts if slot is not None)
        return [replace(events[0], slots={**events[0].slots, "count": Slot("count", total, first.mention)})]
