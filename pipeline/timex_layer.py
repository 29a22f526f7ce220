"""timex.yaml: the general register, as it lies over a language's dates.yaml and durations.yaml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import Field

from pipeline.config import Strict
from pipeline.mentions.dates.spec import Grammar, Table, Template, Tense


class Layer(Strict):
    """What one of the two files has more in the general register, and what it does without (ids of templates).

    A template with the id of another takes its place; a word that another value of the table had is taken from it.
    """

    words: dict[str, Table] = Field(default_factory=dict)
    numbers: dict[str, str] = Field(default_factory=dict)
    fields: dict[str, str] = Field(default_factory=dict)
    contexts: dict[str, list[str]] = Field(default_factory=dict)
    light: list[str] = Field(default_factory=list)
    templates: list[Template] = Field(default_factory=list)
    without: list[str] = Field(default_factory=list)
    tense: Tense = Tense()  # each list that is said is in the place of the other's


class TimexSpec(Strict):
    """configs/languages/<lang>/timex.yaml."""

    dates: Layer = Layer()
    durations: Layer = Layer()
    clock_first: list[str] = Field(default_factory=list)  # what stands between a time of day and its day
    clock_last: list[str] = Field(default_factory=list)  # between a day and its time
    ahead: list[str] = Field(default_factory=list)  # verbs that put a bare date after the text's own, whatever was told
    interval_before: list[str] = Field(default_factory=list)  # "from", "between": they belong to an interval's text
    interval_after: list[str] = Field(default_factory=list)


def laid_over(grammar: Grammar, layer: Layer) -> Grammar:
    """A grammar with what the layer has more."""
    return grammar.model_copy(
        update={
            "words": words_of_both(grammar.words, layer.words),
            "numbers": {**grammar.numbers, **layer.numbers},
            "fields": {**grammar.fields, **layer.fields},
            "contexts": contexts_of_both(grammar.contexts, layer.contexts),
            "light": [*grammar.light, *layer.light],
        }
    )


def words_of_both(base: Mapping[str, Table], more: Mapping[str, Table]) -> dict[str, Table]:
    """Both tables; a word that both have means what the second says."""
    result = dict(base)
    for slot, table in more.items():
        said = {word for words in table.values() for word in words}
        kept = {value: [w for w in words if w not in said] for value, words in base.get(slot, {}).items()}
        result[slot] = {value: [*kept.get(value, []), *table.get(value, [])] for value in {**kept, **table}}
    return result


def contexts_of_both(base: Mapping[str, list[str]], more: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The word lists of both."""
    return {name: [*base.get(name, []), *more.get(name, [])] for name in {**base, **more}}


def templates_over(base: Sequence[Template], layer: Layer) -> list[Template]:
    """The layer's templates before the others, without those that it replaces or does without."""
    gone = {*layer.without, *(template.id for template in layer.templates)}
    return [*layer.templates, *(template for template in base if template.id not in gone)]
