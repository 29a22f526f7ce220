"""A language's rules, cues of modality and grammar as their files have them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from pipeline.config import Strict
from pipeline.events.adverbials import Adverbials
from pipeline.events.asides import Asides
from pipeline.events.cues import Vocabulary
from pipeline.events.mask import Writing
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
    supersedes: list[str] = []  # puts right what was told before of an event to come: "It was put off until June"
    inherits: list[str] = []  # slots taken from the event of this type named before; without one, no event
    antecedent: Cues | None = None  # in a sentence before: the mention that it holds gives the inherited slots
    or_none: bool = False  # an event even where nothing is there to inherit
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
    shelters: list[str] = []  # a relative clause, up to its trigger: what stands before it says nothing of that
    not_in: list[str] = []  # a cue inside one of these says nothing
    cues: list[ModalityCue]


class Adverbial(Strict):
    """Dates that stand without a preposition: "the Council met last week"."""

    begins: Cues  # their first words
    ends: list[str] = []  # or their last ones
    after: list[str] = []  # words that none stands after ("since last week")
    before: list[str] = []  # what none stands before ("last week's meeting")
    prepositions: Cues  # a cue that asks for one of these before [DATE] takes such a date without it
    frames: list[str] = []  # what says no more of an interval than one of these does: "in the period from"

    def told_by(self, writing: Writing) -> Adverbials:
        """What tells such a date in a text."""
        lists = (self.begins, self.ends, self.after, self.before, self.frames)
        return Adverbials.of(*([writing.equal(word) for word in each] for each in lists))


class Interruption(Strict):
    """What is thrown into a sentence between two commas."""

    begins: Cues  # its first words; it holds no date and no number
    clauses: list[str] = []  # those of relative clauses and their like, which may hold them
    islands: list[str] = []  # pronouns: what such a clause tells is so, whatever is asked or denied around it

    def told_by(self, writing: Writing, spaced: bool) -> Asides:
        """What tells it in a text."""
        lists = ([writing.equal(word) for word in each] for each in (self.begins, self.clauses, self.islands))
        return Asides.of(*lists, spaced=spaced)


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
    conjunctions: list[str] = []  # right before a trigger, one keeps what stands before it for the trigger before
    coordination: dict[Literal["name", "count", "date", "duration"], Cues] = {}  # what joins fillers of one slot
    pairwise: list[str] = []  # tells that joined fillers of two slots belong together in their order
    ordinals: list[str] = []  # "the first", "the second": what follows one is told of that one of joined fillers
    parts: list[str] = []  # counts that add up: "[COUNT] women"
    adverbial: Adverbial | None = None  # dates that stand without a preposition
    asides: Interruption | None = None  # what is thrown in between two commas
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
            prepositions=tuple(self.adverbial.prepositions) if self.adverbial else (),
        )
