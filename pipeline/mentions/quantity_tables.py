"""What a language says around its numbers: configs/languages/<lang>/quantities.yaml, validated.

Everything here is words, not patterns: a phrase is matched as it is written, without regard to case.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from pipeline.config import Strict
from pipeline.model import Qualifier

Words = tuple[str, ...]


class HedgeExample(Strict):
    """A text and the value that must come out of it; `qualifier` where the hedge must not be read."""

    text: str
    value: str
    qualifier: Qualifier | None = None


class Hedge(Strict):
    """Words that turn a number into a bound or an estimate.

    `side` tells where they stand: before the number, after it (or after what is counted), or inside, between
    the number and its classifier (1 300多名).
    """

    words: Words = Field(min_length=1)
    side: Literal["before", "after", "inside"]
    qualifier: Qualifier
    unless_after: Words = ()  # 约 is no hedge after 公: 公约
    examples: tuple[HedgeExample, ...] = Field(min_length=1)


class Range(Strict):
    """ "between 80 and 90", "80 to 90": what opens it (may be empty) and what joins the two numbers."""

    opens: Words = ()
    joins: Words = Field(min_length=1)
    unless_after: Words = ()  # "from 80 to 90" tells a change, not a range


class Around(Strict):
    """What stands directly before or after a number."""

    before: Words = ()
    after: Words = ()


class Units(Strict):
    """Where the words for what is counted end."""

    max_words: int = 10
    stops: Words = ()  # words that end it
    verbs: Words = ()  # more such words, for the reader's sake apart
    verb_endings: Words = ()  # a word with such an ending is a verb after a noun_ending
    noun_endings: Words = ()
    later_beginnings: Words = ()  # a word that begins so ends it, unless it is the first
    links: Words = ()  # prepositions inside it: "officials from the central Government"
    leading: Words = ()  # links that may follow the number: "une centaine de pêcheurs"
    articles: Words = ()  # passed over after a link
    coordinations: Words = ()  # go on after a link: "chefs d'État et de gouvernement"
    partitives: Words = ()  # "11 of the 34 provinces": skipped, and a number after them too
    keeps: Words = ()  # words that hold a stop without being one (自由 holds 由)
    action_classifiers: Words = ()  # what they count may begin with a verb: 55次部署
    attributives: Words = ()  # a unit that begins with one runs on over `attributive_end`
    attributive_end: Words = ()

    @field_validator("max_words", mode="before")
    @classmethod
    def _number(cls, value: object) -> object:
        return int(value) if isinstance(value, str) and value.isdigit() else value


class QuantityTable(Strict):
    """configs/languages/<lang>/quantities.yaml."""

    spaced: Literal["yes", "no"]  # whether words are written apart
    hedges: tuple[Hedge, ...]
    prefixes: Words = ()  # may be written onto the front of a hedge, and are no part of it: Arabic و, ل
    duals: Words = ()  # two of something in one word: Arabic مكتبان
    fillers: Words = ()  # may stand between a hedge and its number: "at least another 50"
    ranges: tuple[Range, ...] = ()
    percent: Around = Around()
    money: Around = Around()
    measures: Words = ()
    people: Words = ()  # nouns before which 1900 to 2099 is a number and no year: "trained 2000 officers"
    classifiers: Words = ()  # belong to the number; what is counted follows
    counted: Words = ()  # classifiers that are themselves what is counted: 24人
    classifier_needed: Literal["yes", "no"] = "no"  # for numbers in words: 三 alone counts nothing
    labels: Words = ()  # the number after them is a name: "paragraph 24", 第38条
    label_joins: Words = ()  # "articles 38 and 42"
    label_ends: Words = ()  # the number before them is a name: 1540号
    not_after: Words = ()  # no quantity directly after these
    not_before: Words = ()  # nor directly before these
    phrases: Words = ()  # names that hold a number: "Group of 77"
    ones: Words = ()  # articles, pronouns or plurals, too (one, тысячи): no quantity without a hedge ...
    ones_count_before: Literal["yes", "no"] = "no"  # ... or, with "yes", without a noun after it
    ones_not_after: Words = ()
    ones_not_before: Words = ()
    approximate: Words = ()  # words of a number that make it an estimate: "une centaine"
    list_joins: Words = ()  # "24, 31 and 17 officers": what is counted is said once
    units: Units = Units()
