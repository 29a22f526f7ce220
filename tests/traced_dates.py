"""Which patterns and context words of timex.yaml no example needs.

A pattern is needed where it reads a mention of some example; a word of a context where it alone lets a match stand, or
alone forbids one. As a command, for who writes templates: python -m tests.traced_dates LANGUAGE
"""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from pipeline.config import load
from pipeline.mentions.dates.besides import beside
from pipeline.mentions.dates.matching import Hit, Matcher
from pipeline.mentions.dates.patterns import compiled
from pipeline.mentions.dates.spec import DateSpec, Edges, Template
from pipeline.mentions.dates.starts import Rule
from pipeline.standalone import TimexFinder
from pipeline.timex_layer import Layer, TimexSpec

CONFIGS = Path(__file__).parent.parent / "configs"
_REACH = 40
_SIDES = (("before", True), ("not_before", True), ("after", False), ("not_after", False))


@dataclass
class Trace:
    """What was tried while examples were read."""

    hits: dict[int, list[tuple[int, Rule]]] = field(default_factory=dict)
    readers: list[Rule] = field(default_factory=list)
    places: set[tuple[str, bool, str]] = field(default_factory=set)  # context, on the left, the text there

    def close(self) -> None:
        """After a text: of the patterns that match at one place the first longest one has read it."""
        for found in self.hits.values():
            longest = max(end for end, _ in found)
            self.readers.append(next(rule for end, rule in found if end == longest))
        self.hits.clear()


@contextmanager
def traced() -> Iterator[Trace]:
    """Every match of a template is noted, and what stands beside it."""
    trace = Trace()
    tried = Matcher._hit

    def noted(self: Matcher, rule: Rule, found: re.Match[str], text: str, original: str) -> Hit | None:
        hit = tried(self, rule, found, text, original)
        if hit:
            trace.hits.setdefault(hit.start, []).append((hit.end, rule))
        end = found.start() + len(found[0].rstrip())
        for name, left in _SIDES:
            if (hit is None) is name.startswith("not"):
                beside_it = text[max(0, found.start() - _REACH) : found.start()] if left else text[end : end + _REACH]
                trace.places.update((context, left, beside_it) for context in _contexts(rule.template, name))
        return hit

    with patch.object(Matcher, "_hit", noted):
        yield trace


def _contexts(template: Template, name: str) -> list[str]:
    """The word lists that a template names for one side."""
    context = getattr(template, name)
    return [context] if isinstance(context, str) else context or []


def needless(language: str) -> list[str]:
    """The patterns and context words of a language's timex.yaml that no example needs."""
    folder = CONFIGS / "languages" / language
    spec, edges = load(TimexSpec, folder / "timex.yaml"), load(DateSpec, folder / "dates.yaml").grammar.edges
    finder = TimexFinder.from_config(CONFIGS, language)
    layers = (spec.dates, finder.dates._matcher), (spec.durations, finder.durations._matcher)
    with traced() as trace:
        for template in (t for layer, _ in layers for t in layer.templates):
            for example in template.examples:
                finder.find(example.text, dt.date.fromisoformat(example.date) if example.date else None)
                trace.close()
    return [
        name
        for layer, matcher in layers
        for name in (*_unread(layer, matcher, trace), *_unseen(layer, matcher, edges, trace))
    ]


def _unread(layer: Layer, matcher: Matcher, trace: Trace) -> Iterator[str]:
    read = {(rule.template.id, rule.source) for rule in trace.readers}
    for template in layer.templates:
        for pattern in template.patterns:
            source = f"(?:{compiled(pattern, matcher._lexicon.slots).source})"
            if not any(name == template.id and whole.startswith(source) for name, whole in read):
                yield f"{template.id}: {pattern}"


def _unseen(layer: Layer, matcher: Matcher, edges: Edges, trace: Trace) -> Iterator[str]:
    templates = {id(r.template): r.template for _, r in matcher._automaton._templates}.values()
    for name, words in layer.contexts.items():
        sides = {left for template in templates for left in _sides(template, name)}
        needed: set[str] = set()
        for left in sides:
            alone = {word: beside([word], edges, left=left) for word in words}
            for context, on_left, text in trace.places:
                if context == name and on_left is left:
                    able = [w for w, b in alone.items() if b.holds(text)]
                    needed.update(able if len(able) == 1 else [])
        yield from (f"contexts.{name}: {word}" for word in words if word not in needed)


def _sides(template: Template, name: str) -> set[bool]:
    return {left for key, left in _SIDES if name in _contexts(template, key)}


if __name__ == "__main__":
    print("\n".join(needless(sys.argv[1])) or "every pattern and word is needed")
