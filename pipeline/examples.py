"""A rule's examples, run: what the rules give for a sentence, in the words that examples are written in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.events.engine import EventFinder
from pipeline.events.mask import lower, masked
from pipeline.events.rule_files import Example
from pipeline.events.rules import RuleSet
from pipeline.events.strings import Strings
from pipeline.mentions.finder import MentionFinder
from pipeline.model import Event, Mentions, QuantityMention
from pipeline.paragraphs import prepared
from pipeline.sentences import Sentences

Given = dict[str, str]


class Bench:
    """Runs examples of one language; mentions and sentences are found once for each text."""

    def __init__(self, folder: Path, language: str) -> None:
        self.mentions = MentionFinder.from_config(folder, language)
        self.sentences = Sentences.from_config(folder, language)
        self.folder, self.language = folder, language
        self._read: dict[tuple[str, str | None], tuple[str, Mentions, list[tuple[int, int]]]] = {}

    def events(self, example: Example, finder: EventFinder) -> list[Event]:
        """The events that the rules read in an example."""
        text, mentions, sentences, anchor = self._reading(example)
        return finder.find(text, mentions, sentences, anchor)

    def masked(self, example: Example, rules: RuleSet) -> list[str]:
        """The sentences of an example as cues are matched on them."""
        text, mentions, sentences, _ = self._reading(example)
        low = lower(text, rules.writing)
        how = rules.classifiers, rules.writing, Strings(()), rules.adverbials
        return [masked(low, mentions, a, b, *how).text for a, b in sentences]

    def _reading(self, example: Example) -> tuple[str, Mentions, list[tuple[int, int]], dt.date | None]:
        anchor = dt.date.fromisoformat(example.date) if example.date else None
        key = (example.text, example.date)
        if key not in self._read:
            text = prepared(example.text, self.folder, self.language).text
            found = self.mentions.find(text, anchor, self.mentions.scope([text]))
            self._read[key] = text, found, list(self.sentences.spans(text))
        return *self._read[key], anchor


def as_given(event: Event) -> Given:
    """An event as an example would say it: type, modality and slots, all as text."""
    given = {"type": event.type, "modality": event.modality}
    for name, slot in event.slots.items():
        if slot.value == "":
            continue  # an anaphor that nothing resolves
        given[name] = str(slot.value)
        if name == "count" and isinstance(slot.mention, QuantityMention):
            given["qualifier"] = slot.mention.qualifier
    return given


def disagreement(gives: Sequence[Mapping[str, str]], events: Sequence[Event], event: str | None) -> str:
    """What is wrong between what an example wants and what was read; "" where they agree.

    Only events of the example's own type count, unless it names another (`type: participant_count`). A slot that an
    example does not name may have any value; `slot: none` wants it absent.
    """
    wanted = [{"type": event, **given} if event and "type" not in given else dict(given) for given in gives]
    types = {given["type"] for given in wanted if "type" in given} | ({event} if event else set())
    got = [as_given(e) for e in events if not types or e.type in types]
    left = list(got)
    for given in wanted:
        match = next((g for g in left if all(g.get(k, "none") == v for k, v in given.items())), None)
        if match is None:
            return f"wanted {given}, got {got}"
        left.remove(match)
    return f"not wanted: {left}" if left else ""
