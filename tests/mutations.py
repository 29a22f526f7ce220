"""Which cues no example needs: each cue is deleted in turn, and some example of its file must then break.

As a command, for who writes rules: python -m tests.mutations LANGUAGE [EVENT]
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pipeline.config import read_yaml, validated
from pipeline.events.cues import Vocabulary
from pipeline.events.engine import EventFinder
from pipeline.events.rule_files import Example, Grammar, ModalityFile, RuleFile
from pipeline.events.rules import (
    RuleSet,
    compiled_modality,
    compiled_rules,
    rule_set,
)
from pipeline.events.strings import Strings
from pipeline.examples import Bench, disagreement

CONFIGS = Path(__file__).parent.parent / "configs"
LISTS = ("trigger", "context", "unless", "before", "not_in", "antecedent")


def without(cues: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Each cue, and the list without it."""
    for index, cue in enumerate(cues):
        yield cue, [*cues[:index], *cues[index + 1 :]]


def mutants(file: RuleFile) -> Iterator[tuple[str, str, RuleFile]]:
    """Place, cue and the file without it, for every cue of the file."""
    for slot, cues in file.slots.items():
        for cue, rest in without(cues):
            yield f"slots.{slot}", cue, file.model_copy(update={"slots": {**file.slots, slot: rest}})
    for slot, cues in file.never.items():
        for cue, rest in without(cues):
            yield f"never.{slot}", cue, file.model_copy(update={"never": {**file.never, slot: rest}})
    for cue, rest in without(file.unless):
        yield "unless", cue, file.model_copy(update={"unless": rest})
    for cue, rest in without(file.not_in):
        yield "not_in", cue, file.model_copy(update={"not_in": rest})
    for number, rule in enumerate(file.rules):
        changed: list[tuple[str, str, dict[str, object]]] = []
        for name in LISTS:
            changed += [(name, cue, {name: rest}) for cue, rest in without(getattr(rule, name) or [])]
        for slot, cues in rule.slots.items():
            changed += [(slot, cue, {"slots": {**rule.slots, slot: rest}}) for cue, rest in without(cues)]
        for slot, patterns in rule.never.items():
            changed += [
                (f"never.{slot}", cue, {"never": {**rule.never, slot: rest}}) for cue, rest in without(patterns)
            ]
        for name, cue, update in changed:
            rules = [*file.rules]
            rules[number] = rule.model_copy(update=update)
            yield f"{rule.id}.{name}", cue, file.model_copy(update={"rules": rules})


def modality_mutants(file: ModalityFile) -> Iterator[tuple[str, str, ModalityFile]]:
    """As `mutants`, of modality.yaml."""
    for cue, rest in without(file.terminators):
        yield "terminators", cue, file.model_copy(update={"terminators": rest})
    for cue, rest in without(file.shelters):
        yield "shelters", cue, file.model_copy(update={"shelters": rest})
    for cue, rest in without(file.not_in):
        yield "not_in", cue, file.model_copy(update={"not_in": rest})
    for number, entry in enumerate(file.cues):
        for side in ("own", "before", "after", "not_in"):
            for cue, rest in without(getattr(entry, side)):
                cues = [*file.cues]
                cues[number] = entry.model_copy(update={side: rest})
                yield f"{entry.modality}.{side}", cue, file.model_copy(update={"cues": cues})


def broken(bench: Bench, rules: RuleSet, needles: Strings, event: str | None, examples: list[Example]) -> bool:
    """Whether some example no longer gives what it says."""
    finder = EventFinder.of(rules, needles)
    return any(disagreement(e.gives, bench.events(e, finder), event) for e in examples)


def needless(language: str, only: str | None = None) -> list[str]:
    """The cues of a language that no example of their own file needs."""
    bench = Bench(CONFIGS, language)
    whole = rule_set(CONFIGS, language)
    needles = whole.needles()
    voc: Vocabulary = validated(Grammar, read_yaml(CONFIGS / "languages" / language / "grammar.yaml")).vocabulary()
    found: list[str] = []
    for path in sorted((CONFIGS / "rules" / language).glob("*.yaml")):
        if only and path.stem != only:
            continue
        source = read_yaml(path)
        if path.stem == "modality":
            modality = validated(ModalityFile, source)
            examples = [e for entry in modality.cues for e in entry.examples]
            for place, cue, changed in modality_mutants(modality):
                terminators, shelters, cues = compiled_modality(changed, voc, source)
                mutant = replace(whole, terminators=terminators, shelters=shelters, modalities=cues)
                if not broken(bench, mutant, needles, None, examples):
                    found.append(f"{language}/modality {place}: {cue}")
            continue
        file = validated(RuleFile, source)
        examples = [e for rule in file.rules for e in rule.examples]
        event = path.stem
        for place, cue, mutated in mutants(file):
            rules = compiled_rules(mutated, event, whole.events[event], language, voc, source)
            others = tuple(r for r in whole.rules if r.event != event)
            if not broken(bench, replace(whole, rules=(*others, *rules)), needles, event, examples):
                found.append(f"{language}/{event} {place}: {cue}")
    return found


if __name__ == "__main__":
    print("\n".join(needless(*sys.argv[1:])) or "every cue is needed")
