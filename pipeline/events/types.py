"""Event types as data: configs/events/<event>.yaml declares an event's slots, once for all languages."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Literal

from pipeline.config import Strict, load


class Slot(Strict):
    """A slot of an event: what kind of mention fills it."""

    type: Literal["name", "date", "duration", "count", "text"]
    part: Literal["whole", "start", "end"] = "whole"  # of an interval: its first or last day
    each: bool = False  # several fillers give several events ("the mandates of A and B")
    shared: bool = False  # one filler may serve two triggers of a sentence
    point: bool = False  # a time: "set up as from 1 July" is that day (but "12 set up since 2013" are of the span)


class EventType(Strict):
    """configs/events/<event>.yaml: an event's slots, once for all languages."""

    description: str
    slots: dict[str, Slot]
    interval: dict[Literal["period"], list[str]] = {}  # slots that an interval fills: start, end
    also: dict[str, list[str]] = {}  # another event that this one gives when these slots are filled
    same: list[str] = []  # events with these slots equal are one, whatever is wished of them afterwards
    awaited: str = ""  # the slot that names it: what is proposed (or planned) of one, in two places, is one event
    future_is_planned: bool = False  # dated after the document, and no other cue: planned

    @cached_property
    def kinds(self) -> dict[str, Slot]:
        """What fills each slot, and what fills an interval that gives two of them: that as a whole."""
        kinds = dict(self.slots)
        for name, (first, *_) in self.interval.items():
            kinds[name] = self.slots[first].model_copy(update={"part": "whole"})
        return kinds


def event_types(folder: Path) -> dict[str, EventType]:
    """The events that configs/events declares, by name."""
    return {path.stem: load(EventType, path) for path in sorted((folder / "events").glob("*.yaml"))}
