"""What configs/languages/<lang>/dates.yaml and durations.yaml hold; every scalar is a string."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from pipeline.config import Strict
from pipeline.model import Bound

Word = Annotated[str, Field(min_length=1)]
Table = dict[str, list[Word]]
"""Value first, then all its surfaces: {"6": ["june", "jun."]}. Lower case."""


class Edges(Strict):
    """Regex sources of what may not stand right before and right after a mention."""

    left: str
    right: str


class Example(Strict):
    """A text and all mentions of it: {surface: EDTF, or TIMEX value where there is no EDTF}."""

    text: str
    date: str | None = None
    gives: dict[str, str] = Field(default_factory=dict)


class Template(Strict):
    """One way to write a date, and what it says beyond its slots.

    `before` and `not_before`, `after` and `not_after` name a word list of `contexts`, or several.
    """

    id: str
    pattern: str | list[str]
    gives: dict[str, str] = Field(default_factory=dict)
    before: str | list[str] | None = None
    not_before: str | list[str] | None = None
    after: str | list[str] | None = None
    not_after: str | list[str] | None = None
    capital: str | None = None  # a slot whose word must begin with a capital ("May", not "may")
    examples: list[Example] = Field(min_length=1)

    @property
    def patterns(self) -> list[str]:
        """The pattern or patterns as a list."""
        return [self.pattern] if isinstance(self.pattern, str) else self.pattern


class Join(Strict):
    """Words between two dates that make an interval of them.

    `before`: a word that must stand before both; `unless`: one that must not ("a letter of 3 May to 5 June");
    `after`: one that must stand after both ("began on 3 May and on 5 June ended").
    """

    between: list[str] = Field(min_length=1)
    before: list[str] = Field(default_factory=list)
    unless: list[str] = Field(default_factory=list)
    after: list[str] = Field(default_factory=list)


class BoundWords(Strict):
    """Words beside a date that make it a bound: "since" before it, 以来 after it."""

    bound: Bound
    before: list[str] = Field(default_factory=list)
    after: list[str] = Field(default_factory=list)


class Tense(Strict):
    """Words near a date without a year that tell which way it lies from the letter's date."""

    past: list[str] = Field(default_factory=list)
    future: list[str] = Field(default_factory=list)
    clause: list[str] = Field(default_factory=list)  # "that": a verb before it tells only where none behind it does
    due: list[str] = Field(default_factory=list)  # "scheduled for": a past verb right after the date outranks it


class Grammar(Strict):
    """What date and duration templates are made of."""

    gap: str
    gap_texts: list[str]
    joint: str = ""  # regex source of what may stand between any two parts of a pattern
    edges: Edges
    light: list[str] = Field(default_factory=list)
    words: dict[str, Table]
    numbers: dict[str, str] = Field(default_factory=dict)  # slot -> regex source of digits
    digits: dict[str, str] = Field(default_factory=dict)  # digit words that stand one for one: 〇 -> 0
    fields: dict[str, str] = Field(default_factory=dict)  # slot -> the field that it fills, where not its own
    contexts: dict[str, list[str]] = Field(default_factory=dict)


class DateSpec(Strict):
    """configs/languages/<lang>/dates.yaml."""

    grammar: Grammar
    templates: list[Template] = Field(min_length=1)
    joins: list[Join] = Field(default_factory=list)
    bounds: list[BoundWords] = Field(default_factory=list)
    tense: Tense = Tense()
    lists: list[str] = Field(default_factory=list)  # what stands between dates that share a year
    symbol: str = "(?!)"  # regex source of a document symbol right after a day; its group is the year
    citation: str = "(?!)"  # regex source of what stands before a date that belongs to a cited act


class DurationSpec(Strict):
    """configs/languages/<lang>/durations.yaml; the words are those of dates.yaml, with more beside them."""

    words: dict[str, Table] = Field(default_factory=dict)
    fields: dict[str, str] = Field(default_factory=dict)
    contexts: dict[str, list[str]] = Field(default_factory=dict)
    templates: list[Template] = Field(min_length=1)
