"""The rules of a language, read from its files (pipeline.events.rule_files), checked, and ready to match.

A rule names a trigger, what must and must not stand in its clause, and for each slot the patterns that fill it,
best first. Unknown keys, empty lists, duplicate ids, undeclared slots and ids that disagree with their path are
errors that name the file and the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from pipeline.config import Yaml, language_file, read_yaml, validated
from pipeline.events.adverbials import Adverbials
from pipeline.events.asides import Asides
from pipeline.events.cues import CueError, Vocabulary, pattern_source
from pipeline.events.mask import SIGNS, Writing
from pipeline.events.needles import Way
from pipeline.events.patterns import Pattern
from pipeline.events.rule_files import Grammar, ModalityCue, ModalityFile, Rule, RuleFile
from pipeline.events.strings import Strings
from pipeline.events.types import EventType, event_types

Cues = Annotated[list[str], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule ready to match."""

    rule: Rule
    event: str
    order: int
    trigger: Pattern
    context: Pattern | None
    unless: Pattern | None
    before: Pattern | None
    not_in: Pattern | None
    slots: dict[str, tuple[Pattern, ...]]
    never: dict[str, Pattern]
    antecedent: Pattern | None = None

    def patterns(self) -> Iterator[Pattern]:
        """All its patterns."""
        single = (self.trigger, self.context, self.unless, self.before, self.not_in, self.antecedent)
        yield from (pattern for pattern in single if pattern is not None)
        for fillers in self.slots.values():
            yield from fillers
        yield from self.never.values()


@dataclass(frozen=True, slots=True)
class CompiledModality:
    """Modality cues ready to match."""

    cue: ModalityCue
    own: Pattern
    before: Pattern
    after: Pattern
    terminators: Pattern
    not_in: Pattern

    def patterns(self) -> Iterator[Pattern]:
        """All its patterns."""
        return iter((self.own, self.before, self.after, self.terminators, self.not_in))

    @property
    def needed(self) -> tuple[Way, ...]:
        """What a sentence holds where its cue stands (`Pattern.needed`)."""
        return (*self.own.needed, *self.before.needed, *self.after.needed)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All that the engine needs to read events in one language."""

    language: str
    events: dict[str, EventType]
    rules: tuple[CompiledRule, ...]
    modalities: tuple[CompiledModality, ...]
    terminators: Pattern
    shelters: Pattern
    clauses: Pattern
    conjunctions: Pattern
    coordination: dict[str, Pattern]
    pairwise: Pattern
    ordinals: tuple[Pattern, ...]
    parts: Pattern
    denominators: tuple[Pattern, ...]  # each for itself: two of them may begin at the same number
    classifiers: re.Pattern[str] | None
    adverbials: Adverbials | None
    asides: Asides | None
    writing: Writing

    def needles(self) -> Strings:
        """What a sentence is looked through for, so that only patterns that may match in it are tried."""
        patterns = [self.terminators, self.shelters, self.clauses, self.pairwise, self.parts, *self.denominators]
        for rule in self.rules:
            patterns += rule.patterns()
        for modality in self.modalities:
            patterns += modality.patterns()
        ways = {way for pattern in set(patterns) for way in pattern.ways}  # rules share most of them
        return Strings({*SIGNS.values()}.union(*(needles for way in ways for needles in way)))


def files_of_rules(folder: Path, language: str) -> Iterator[Path]:
    """All files that the rules of a language are read from."""
    yield language_file(folder, language, "grammar")
    yield from folder.glob("events/*.yaml")
    yield from folder.glob(f"rules/{language}/*.yaml")


def rule_set(folder: Path, language: str) -> RuleSet:
    """The rules of one language, validated and compiled. Raises ConfigError at the first fault."""
    grammar_source = read_yaml(language_file(folder, language, "grammar"))
    grammar = validated(Grammar, grammar_source)
    voc = grammar.vocabulary()
    for group, phrases in grammar.phrases.items():  # a fault is told where it is, not where it is used
        _check_cues(phrases, voc, grammar_source, ("phrases", group))
    events = event_types(folder)
    rules: list[CompiledRule] = []
    for name in events:
        path = folder / "rules" / language / f"{name}.yaml"
        if not path.is_file():
            continue  # an event that this language does not read yet
        source = read_yaml(path)
        rules += compiled_rules(validated(RuleFile, source), name, events[name], language, voc, source)
    modality_source = read_yaml(folder / "rules" / language / "modality.yaml")
    terminators, shelters, modalities = compiled_modality(
        validated(ModalityFile, modality_source), voc, modality_source
    )

    def grammar_pattern(key: str, cues: list[str]) -> Pattern:
        return _pattern(cues, voc, grammar_source, (key,))

    return RuleSet(
        language=language,
        events=events,
        rules=tuple(rules),
        modalities=modalities,
        terminators=terminators,
        shelters=shelters,
        clauses=grammar_pattern("clauses", grammar.clauses),
        conjunctions=grammar_pattern("conjunctions", grammar.conjunctions),
        coordination={kind: grammar_pattern("coordination", cues) for kind, cues in grammar.coordination.items()},
        pairwise=grammar_pattern("pairwise", grammar.pairwise),
        ordinals=tuple(grammar_pattern("ordinals", [cue]) for cue in grammar.ordinals),
        parts=grammar_pattern("parts", grammar.parts),
        denominators=tuple(grammar_pattern("denominators", [cue]) for cue in grammar.denominators),
        classifiers=grammar_pattern("classifiers", grammar.classifiers).regex if grammar.classifiers else None,
        adverbials=grammar.adverbial.told_by(voc.writing) if grammar.adverbial else None,
        asides=grammar.asides.told_by(voc.writing, voc.spaced) if grammar.asides else None,
        writing=voc.writing,
    )


def compiled_rules(
    file: RuleFile, name: str, event: EventType, language: str, voc: Vocabulary, source: Yaml
) -> list[CompiledRule]:
    """The rules of one file, checked against their event and compiled. Raises ConfigError."""
    seen: set[str] = set()
    rules = []
    for index, rule in enumerate(file.rules):
        _check(rule, index, source, f"{language}.{name}.", event, seen)
        rules.append(_compiled(rule, file, name, index, voc, source))
    return rules


def compiled_modality(
    file: ModalityFile, voc: Vocabulary, source: Yaml
) -> tuple[Pattern, Pattern, tuple[CompiledModality, ...]]:
    """The terminators, the shelters and the cues of modality.yaml, compiled. Raises ConfigError."""
    _pattern(file.not_in, voc, source, ("not_in",))  # a fault in it is the file's
    cues = tuple(
        CompiledModality(
            cue,
            _pattern(cue.own, voc, source, ("cues", i, "own")),
            _pattern(cue.before, voc, source, ("cues", i, "before")),
            _pattern(cue.after, voc, source, ("cues", i, "after")),
            _pattern(cue.terminators, voc, source, ("cues", i, "terminators")),
            _pattern([*file.not_in, *cue.not_in], voc, source, ("cues", i, "not_in")),
        )
        for i, cue in enumerate(file.cues)
    )
    terminators = _pattern(file.terminators, voc, source, ("terminators",))
    return terminators, _pattern(file.shelters, voc, source, ("shelters",)), cues


def _check(rule: Rule, index: int, source: Yaml, prefix: str, event: EventType, seen: set[str]) -> None:
    loc: tuple[str | int, ...] = ("rules", index, "id")
    if not rule.id.startswith(prefix):
        raise source.error(loc, f"the id {rule.id!r} disagrees with its path", f"begin it with {prefix!r}")
    if rule.id in seen:
        raise source.error(loc, f"the id {rule.id!r} stands twice", "give each rule an id of its own")
    seen.add(rule.id)
    known = set(event.slots) | set(event.interval)
    lists = (rule.plain, rule.last, rule.supersedes, rule.inherits, rule.needs, rule.needs_any)
    for slot in (*rule.slots, *rule.never, *chain.from_iterable(lists)):
        if slot not in known:
            raise source.error(
                ("rules", index, "slots", slot),
                f"the rule {rule.id} fills {slot!r}, a slot that its event does not declare",
                f"declared are {', '.join(sorted(known))}",
            )
    for number, example in enumerate(rule.examples):
        for given in example.gives:
            for slot in given:
                if slot not in known and slot not in ("modality", "type", "qualifier"):
                    raise source.error(("rules", index, "examples", number), f"the example gives {slot!r}, no slot")


def _compiled(rule: Rule, file: RuleFile, event: str, index: int, voc: Vocabulary, source: Yaml) -> CompiledRule:
    def pattern(key: str, cues: list[str] | None) -> Pattern | None:
        return _pattern(cues, voc, source, ("rules", index, key)) if cues else None

    slots = {
        slot: tuple(
            _pattern([cue], voc, source, ("rules", index, "slots", slot))
            for cue in (*rule.slots.get(slot, ()), *file.slots.get(slot, ()))
        )
        for slot in dict.fromkeys((*rule.slots, *file.slots))
    }
    never = {
        slot: _pattern(
            [*rule.never.get(slot, ()), *file.never.get(slot, ())], voc, source, ("rules", index, "never", slot)
        )
        for slot in dict.fromkeys((*rule.never, *file.never))
    }
    trigger = _pattern(rule.trigger, voc, source, ("rules", index, "trigger"))
    unless = [*(rule.unless or ()), *file.unless]
    return CompiledRule(
        rule, event, index, trigger,
        pattern("context", rule.context), pattern("unless", unless), pattern("before", rule.before),
        pattern("not_in", [*(rule.not_in or ()), *file.not_in]), slots, never,
        pattern("antecedent", rule.antecedent),
    )  # fmt: skip


def _pattern(cues: list[str], voc: Vocabulary, source: Yaml, loc: tuple[Any, ...]) -> Pattern:
    try:
        return Pattern.of(cues, voc)
    except CueError:
        _check_cues(cues, voc, source, loc)  # tells which of them it is
        raise


def _check_cues(cues: list[str], voc: Vocabulary, source: Yaml, loc: tuple[Any, ...]) -> None:
    for number, cue in enumerate(cues):
        try:
            pattern_source(cue, voc)
        except CueError as error:
            raise source.error((*loc, number), str(error), "see docs/rules.md for how cues are written") from None
