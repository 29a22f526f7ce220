"""Which rules there are, how often each fires on a folder of documents, and which never do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.events.rules import RuleSet, rule_set
from pipeline.facts import Row


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule: where it belongs, what fires it, how many examples it has; how often it fired (None: not asked)."""

    id: str
    language: str
    event: str
    triggers: tuple[str, ...]
    examples: int
    fired: int | None


def rule_lines(folder: Path, languages: Sequence[str], facts: Iterable[Row] | None = None) -> list[RuleLine]:
    """The rules of the languages in the order in which they are written; with facts, how often each fired."""
    fired = None if facts is None else Counter(str(row["rule"]) for row in facts)
    lines: list[RuleLine] = []
    for language in languages:
        rules: RuleSet = rule_set(folder, language)
        for compiled in rules.rules:
            rule = compiled.rule
            count = None if fired is None else fired[rule.id]
            lines.append(RuleLine(rule.id, language, compiled.event, tuple(rule.trigger), len(rule.examples), count))
    return lines


def as_text(lines: Sequence[RuleLine]) -> str:
    """The rules as lines of text; where it was asked how often each fired, those that never did at the end."""
    wide = max((len(line.id) for line in lines), default=10)
    out = []
    for line in lines:
        fired = "" if line.fired is None else f"{line.fired:7}  "
        out.append(f"{fired}{line.id:{wide}}  {line.examples:3} examples  {', '.join(line.triggers)}"[:160])
    never = [line.id for line in lines if line.fired == 0]
    out.append(f"{len(lines)} rules" + (f", {len(never)} never fired: {', '.join(never)}" if never else ""))
    return "\n".join(out)
