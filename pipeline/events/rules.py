"""Rules as data: the models of events/<event>.yaml, rules/<lang>/<event>.yaml and modality.yaml, and their loading.

A rule names a trigger, what must and must not stand in its clause, and for each slot the patterns that fill it,
best first. Unknown keys, empty lists, duplicate ids, undeclared slots and ids that disagree with their path are
errors that name the file and the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from pipeline.config import Strict, Yaml, read_yaml, validated
from pipeline.events.cues import CueError, Vocabulary, pattern_source
from pipeline.events.mask import SIGNS, Writing
from pipeline.events.needles import Way
from pipeline.events.patterns import Pattern
from pipeline.events.strings import Strings
from pipeline.events.types import EventType, event_types
from pipeline.model import Modality

Cues = Annotated[list[str], Field(min_length=1)]


class Example(Strict):
    """A sentence and the events it gives, with the slots that matter; `gives: []` for none."""

    text: str
    date: str | None = None  # the document's date
    gives: list[dict[str, str]]


class Rule(Strict):
    """One rule: see docs/rules.md."""

    id: str
    trigger: Cues
    context: Cues | None = None  # one of these must stand in the clause
    unless: Cues | None = None  # none of these may
    before: Cues | None = None  # one of these must stand in the clause before the trigger
    not_in: Cues | None = None  # a trigger that ends inside one of these does not fire
    modality: Modality | None = None  # what this trigger says by itself
    firm: bool = False  # only a strong cue outranks what the trigger says by itself ("trained", 培训了)
    needs: list[str] = []  # slots that must be filled
    needs_any: list[str] = []  # at least one of these
    anaphoric: bool = False  # tells more of the same event named before in the paragraph
    inherits: list[str] = []  # slots taken from the event of this type named before; without one, no event
    antecedent: Cues | None = None  # in the sentence before: the mention that it holds gives the inherited slots
    same_sentence: bool = False  # the antecedent may also stand ahead of the trigger in its own sentence
    follows: bool = False  # only after another event of its type ("a second, in Mosul"); an anaphoric one adds no event
    distinct: bool = False  # never a repetition of what another rule reads ("along with four centres")
    last: list[str] = []  # dates of which the end counts: "postponed from May to June" is June
    plain: list[str] = []  # dates that stand for themselves: "since its foundation in 1948" is 1948, not 1948/..
    several: bool = False  # each of its triggers tells of another event, whatever the slots
    scope: Literal["clause", "sentence"] = "clause"
    slots: dict[str, Cues] = {}
    never: dict[str, Cues] = {}  # for a slot: the mentions that these patterns hold do not fill it
    examples: Annotated[list[Example], Field(min_length=1)]


class RuleFile(Strict):
    """configs/rules/<lang>/<event>.yaml: the rules, and slot patterns that all share (tried after their own)."""

    slots: dict[str, Cues] = {}
    never: dict[str, Cues] = {}
    unless: list[str] = []
    not_in: list[str] = []
    rules: Annotated[list[Rule], Field(min_length=1)]


class ModalityCue(Strict):
    """Cues of one modality: before or after the trigger, within so many characters, or the trigger's own form."""

    modality: Modality
    own: list[str] = []  # forms of the trigger itself (future tenses)
    before: list[str] = []
    after: list[str] = []
    within: int = 60
    strong: bool = False  # outranks nearer cues that are not strong ("if", "not")
    events: list[str] = []  # only for these events; empty: all
    terminators: list[str] = []  # what this cue does not reach across, besides the file's
    not_in: list[str] = []  # this cue inside one of these says nothing, nor inside one of the file's
    examples: Annotated[list[Example], Field(min_length=1)]


class ModalityFile(Strict):
    """configs/rules/<lang>/modality.yaml."""

    terminators: list[str] = []  # what a cue's scope does not reach across
    not_in: list[str] = []  # a cue inside one of these says nothing
    cues: list[ModalityCue]


class Grammar(Strict):
    """configs/languages/<lang>/grammar.yaml: what cues in this language may refer to."""

    spaced: Literal["yes", "no"]
    elided: Literal["yes", "no"] = "no"  # words that end in an apostrophe stand close to the next
    proclitics: list[str] = []
    letters: dict[str, str] = {}  # a letter that counts as another (أ as ا), in text and cues
    ignored: str = ""  # characters of the text that cues do not see (vowel marks)
    bracketed: dict[str, str] = {}  # a mark that counts as another inside round brackets
    gap: int = 90
    short_gap: int = 28
    stops: list[str] = []  # words that end a noun phrase: what "_" does not reach over
    adjuncts: Cues = []  # words that begin an adjunct, for "&"
    adjunct_stops: list[str] = []  # words that no adjunct holds
    forms: dict[str, Cues] = {}
    phrases: dict[str, Cues] = {}
    clauses: list[str] = []  # a clause begins where one of these stands
    coordination: dict[Literal["name", "count", "date", "duration"], Cues] = {}  # what joins fillers of one slot
    pairwise: list[str] = []  # tells that joined fillers of two slots belong together in their order
    ordinals: list[str] = []  # "the first", "the second": what follows one is told of that one of joined fillers
    parts: list[str] = []  # counts that add up: "[COUNT] women"
    classifiers: list[str] = []  # measure words that end a count and stay outside its sign
    denominators: list[str] = []  # the second count is no filler: "11 of the 34"

    def vocabulary(self) -> Vocabulary:
        """The grammar as the cue language wants it."""
        return Vocabulary(
            forms={lemma: tuple(forms) for lemma, forms in self.forms.items()},
            phrases={name: tuple(cues) for name, cues in self.phrases.items()},
            spaced=self.spaced == "yes",
            elided=self.elided == "yes",
            proclitics=tuple(self.proclitics),
            writing=Writing(tuple(self.letters.items()), self.ignored, tuple(self.bracketed.items())),
            gap=self.gap,
            short_gap=self.short_gap,
            stops=tuple(self.stops),
            adjuncts=tuple(self.adjuncts),
            adjunct_stops=tuple(self.adjunct_stops),
        )


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
    clauses: Pattern
    coordination: dict[str, Pattern]
    pairwise: Pattern
    ordinals: tuple[Pattern, ...]
    parts: Pattern
    denominators: tuple[Pattern, ...]  # each for itself: two of them may begin at the same number
    classifiers: re.Pattern[str] | None
    writing: Writing

    def needles(self) -> Strings:
        """What a sentence is looked through for, so that only patterns that may match in it are tried."""
        patterns = [self.terminators, self.clauses, self.pairwise, self.parts, *self.denominators]
        for rule in self.rules:
            patterns += rule.patterns()
        for modality in self.modalities:
            patterns += modality.patterns()
        ways = {way for pattern in set(patterns) for way in pattern.ways}  # rules share most of them
        return Strings({*SIGNS.values()}.union(*(needles for way in ways for needles in way)))


def rule_set(folder: Path, language: str) -> RuleSet:
    """The rules of one language, validated and compiled. Raises ConfigError at the first fault."""
    grammar_source = read_yaml(folder / "languages" / language / "grammar.yaml")
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
    terminators, modalities = compiled_modality(validated(ModalityFile, modality_source), voc, modality_source)

    def grammar_pattern(key: str, cues: list[str]) -> Pattern:
        return _pattern(cues, voc, grammar_source, (key,))

    return RuleSet(
        language=language,
        events=events,
        rules=tuple(rules),
        modalities=modalities,
        terminators=terminators,
        clauses=grammar_pattern("clauses", grammar.clauses),
        coordination={
            kind: grammar_pattern("coordination", cues) for kind, cues in grammar.coordination.items()
        },
        pairwise=grammar_pattern("pairwise", grammar.pairwise),
        ordinals=tuple(grammar_pattern("ordinals", [cue]) for cue in grammar.ordinals),
        parts=grammar_pattern("parts", grammar.parts),
        denominators=tuple(grammar_pattern("denominators", [cue]) for cue in grammar.denominators),
        classifiers=grammar_pattern("classifiers", grammar.classifiers).regex if grammar.classifiers else None,
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
) -> tuple[Pattern, tuple[CompiledModality, ...]]:
    """The terminators and the cues of modality.yaml, compiled. Raises ConfigError."""
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
    return _pattern(file.terminators, voc, source, ("terminators",)), cues


def _check(
    rule: Rule, index: int, source: Yaml, prefix: str, event: EventType, seen: set[str]
) -> None:
    loc: tuple[str | int, ...] = ("rules", index, "id")
    if not rule.id.startswith(prefix):
        raise source.error(loc, f"the id {rule.id!r} disagrees with its path", f"begin it with {prefix!r}")
    if rule.id in seen:
        raise source.error(loc, f"the id {rule.id!r} stands twice", "give each rule an id of its own")
    seen.add(rule.id)
    known = set(event.slots) | set(event.interval)
    for slot in (*rule.slots, *rule.never, *rule.plain, *rule.last, *rule.inherits, *rule.needs, *rule.needs_any):
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


def _compiled(
    rule: Rule, file: RuleFile, event: str, index: int, voc: Vocabulary, source: Yaml
) -> CompiledRule:
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
