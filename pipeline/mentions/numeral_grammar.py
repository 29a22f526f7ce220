"""What a numeral looks like: one regular expression source for each system of writing numbers.

Two systems cover the six languages. In `words`, number words are separate words in falling order ("two
hundred and thirty-four"; Arabic says the units before the tens). In `han`, each character is a digit or a
multiplier and 万 and 亿 count sections of four digits. Both share digits and "digits times a scale word".

Sources: digit groups of three by comma (English, Chinese), by point (Spanish) or by space (all; UN Editorial
Manual, "Numbers"; ISO 80000-1 clause 7.3.1); the Arabic texts' reversed groups are an artefact of extraction
from PDF, where "1 867" comes out as "867 1".
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from pydantic import Field, field_validator

from pipeline.config import Strict

Table = Mapping[int, tuple[Annotated[str, Field(min_length=1)], ...]]
"""Value first, then every way to write it."""

NOTHING = r"(?!)"
_OPENING = 4  # letters of a word that are looked for
_SPELLINGS = 8  # of what is looked for: rather its first letters than more ways to write it
_LETTER = r"[^\W\d_]|[\u064b-\u0652]"  # Arabic vowel signs go on with a word, too


class Joiners(Strict):
    """What may stand between the parts of a numeral in words."""

    tens: tuple[str, ...] = (" ",)  # between tens and units
    hundred: tuple[str, ...] = (" ",)  # after hundreds
    scale: tuple[str, ...] = (" ",)  # after thousands, millions
    list: tuple[str, ...] = ()  # after thousands, before hundreds: "one thousand, two hundred"
    multiply: tuple[str, ...] = (" ",)  # before a multiplier: "two hundred", "1.9 million"


class NumeralTable(Strict):
    """configs/languages/<lang>/numerals.yaml."""

    system: Literal["words", "han"]
    groups_of_three: tuple[str, ...]  # what may stand between groups of three digits
    decimal: tuple[str, ...]  # what may stand before decimals
    reversed_groups: tuple[str, ...] = ()  # between groups that may run backwards: "867 1" is 1,867
    order: Literal["tens_first", "units_first"] = "tens_first"
    teens_after_tens: bool = False  # soixante-dix
    equivalents: tuple[str, ...] = ()  # letters that writers confuse
    units: Table = Field(default_factory=dict)
    teens: Table = Field(default_factory=dict)
    tens: Table = Field(default_factory=dict)
    hundreds: Table = Field(default_factory=dict)  # words that are hundreds by themselves: quinientos
    hundred: Table = Field(default_factory=dict)  # multipliers below the scales
    scales: Table = Field(default_factory=dict)  # multipliers of everything before them
    fixed: Table = Field(default_factory=dict)  # numbers that join nothing smaller before them: ألفان, "half a dozen"
    collectives: Table = Field(
        default_factory=dict
    )  # multipliers that need a number or article before them: dozen, centaine
    bare: tuple[str, ...] = ()  # multipliers that may stand alone: mille, тысяча
    zeros: tuple[str, ...] = ()  # the zeros of the han system, which say nothing but their place
    zero_like: tuple[str, ...] = ()  # letters that are typed for them between digits
    article: tuple[str, ...] = ()  # "a hundred"
    joiners: Joiners = Joiners()
    ordinals: tuple[str, ...] = ()  # a number followed by one of these is part of an ordinal or fraction
    not_before: tuple[str, ...] = ()  # a multiplier followed by one of these is none
    prefixes: tuple[str, ...] = ()  # particles written together with a number word: و, ب, ل
    glued: bool = False  # a number is one word, its parts written together: einundzwanzig

    @field_validator("units", "teens", "tens", "hundreds", "hundred", "scales", "fixed", "collectives", mode="after")
    @classmethod
    def _unique(cls, table: Table) -> Table:
        words = [word for forms in table.values() for word in forms]
        if len(words) != len(set(words)):
            raise ValueError("a word stands for two values")
        return table


def words_of(*tables: Table) -> tuple[str, ...]:
    """Every way to write the values of `tables`, longest first."""
    return tuple(sorted((w for t in tables for forms in t.values() for w in forms), key=lambda w: (-len(w), w)))


def values_of(*tables: Table) -> dict[str, int]:
    """What each word of `tables` means."""
    return {word: value for table in tables for value, forms in table.items() for word in forms}


def alternation(words: Iterable[str], equivalents: Iterable[str] = ()) -> str:
    """A group that matches any of `words`, longest first; an empty one matches nothing."""
    ordered = sorted(set(words), key=lambda w: (-len(w), w))
    if not ordered:
        return NOTHING
    source = "|".join(re.escape(word).replace(r"\ ", " ").replace(r"\-", "-") for word in ordered)
    same = {letter: f"[{letters}]" for letters in equivalents for letter in letters}
    source = "".join(same.get(letter, letter) for letter in source)
    return f"(?:{source})"


def number_source(table: NumeralTable) -> str:
    """The pattern of a number in folded text, longest match first, without capturing groups."""
    return _han_source(table) if table.system == "han" else _word_source(table)


def digits_source(table: NumeralTable) -> str:
    """The pattern of a number in digits, its groups and its decimals."""
    grouped = [rf"\d{{1,3}}(?:{re.escape(g)}\d{{3}})+(?!\d)" for g in table.groups_of_three]
    for g in table.reversed_groups:
        grouped.append(rf"\d{{3}}(?:{re.escape(g)}\d{{3}})*{re.escape(g)}\d{{1,2}}(?!\d)")
    decimals = rf"(?:{alternation(table.decimal)}\d+)?"
    return rf"(?<!\d)(?<!\d[.,])(?:(?:{'|'.join(grouped)}){decimals}|\d+{decimals})"


def _word_source(t: NumeralTable) -> str:
    part_end, end = ("", f"(?!{_LETTER})") if t.glued else (f"(?!{_LETTER})", "")

    def word(*tables: Table) -> str:
        return alternation(words_of(*tables), t.equivalents) + part_end

    units, teens, tens = word(t.units), word(t.teens), word(t.tens)
    join = {name: alternation(getattr(t.joiners, name)) for name in Joiners.model_fields}
    low = word(t.units, t.teens) if t.teens_after_tens else units
    if t.order == "tens_first":
        below_100 = f"(?:{tens}(?:{join['tens']}{low})?|{teens}|{units})"
    else:
        below_100 = f"(?:{teens}|{units}{join['tens']}{tens}|{tens}|{units})"
    article = f"{alternation(t.article)} " if t.article else NOTHING
    bare = alternation(t.bare, t.equivalents) + part_end
    once = f"(?:{bare}|(?:{article}|{below_100}{join['multiply']}){word(t.hundred)}|{word(t.hundreds)})"
    from_100 = f"{once}(?:{join['hundred']}{below_100})?"
    below_1000 = f"(?:{from_100}|{below_100})"
    scale = f"{word(t.scales)}(?:{join['multiply']}{word(t.scales)})?"
    fixed = f"(?:{word(t.fixed)}(?:{join['multiply']}{word(t.scales)})?)"
    counted = f"(?:{article}|{below_1000}{join['multiply']}){scale}"
    scaled = f"(?:{fixed}|{counted}|(?:{bare}{join['multiply']})?{scale})"
    lead = f"(?:{fixed}|{counted}|{bare}(?:{join['multiply']}{scale})?)"
    weak = join["scale"]
    chain = f"{lead}(?:(?:{weak}|{join['list']}){scaled}){{0,4}}(?:{weak}{below_1000}|{join['list']}{from_100})?"
    some = f"(?:{article}|{below_1000}{join['multiply']}){word(t.collectives)}"
    digits = f"{digits_source(t)}(?:{join['multiply']}{scale}{end})?"
    between = alternation((*t.joiners.tens, *t.joiners.hundred, *t.joiners.scale))
    ordinal = f"{alternation(t.ordinals)}(?!{_LETTER})"
    # "24 first responders" are 24; "2 thirds" are not 2
    apart = rf"(?:(?<=\d\d)(?!-?{ordinal})|(?!{between}{ordinal}))" if t.ordinals else ""
    return f"(?:(?>{digits}|(?:{some}|{chain}|{below_1000}){end}){apart})"


def _han_source(t: NumeralTable) -> str:
    unit, zero = alternation(words_of(t.units)), alternation(t.zeros)
    ten, hundreds = alternation(words_of(t.tens)), words_of(t.hundred)
    small = [alternation(t.hundred[value]) for value in sorted(t.hundred, reverse=True)]  # 千, 百
    big = [alternation(t.scales[value]) for value in sorted(t.scales, reverse=True)]  # 亿, 万
    multiplier = alternation((*words_of(t.tens), *hundreds, *words_of(t.scales)))
    stop = f"(?!{alternation(t.not_before)})"
    section = "".join(f"(?:{zero}?{unit}{m}{stop})?" for m in small)
    section = f"(?={zero}?{unit}|{ten}){section}(?:{zero}?{unit}?{ten})?"
    counted = f"(?:{section}(?:{zero}?{unit})?)"
    section = f"(?:{section}(?:{zero}?{unit}(?!{multiplier}|{unit}))?)"
    rest = "".join(f"(?:{zero}?{counted}{m}{stop})?" for m in big)
    # the parts that follow are all optional: what they begin with must be one of them, or nothing would be a number
    part = f"(?:{ten}|(?:{alternation(hundreds)}|{alternation(words_of(t.scales))}){stop}|(?!{multiplier}|{unit}))"
    head = f"(?={zero}?{unit}{part}|{ten})"
    spoken = f"{head}{rest}(?:{zero}?{section})?"
    place = alternation((*words_of(t.units), *t.zeros, *t.zero_like))
    positional = f"(?:(?:{unit}|{zero}){place}{{2,}}|{unit}{zero}|{zero})(?!{place}|{multiplier})"
    bare = f"(?:{alternation(hundreds)}?{alternation(words_of(t.scales))}{{1,2}}|{alternation(hundreds)}){stop}"
    times = alternation((*hundreds, *words_of(t.scales)))
    # fewer digits than there are have a digit or a mark behind them, and no multiplier: `re` need not go back
    digits = f"(?>{digits_source(t)})"
    multiplied = f"{ten}?{times}{times}?{stop}"
    mixed = rf"(?=\d){digits}(?:{multiplied}(?:{digits}{multiplied}){{0,2}})?"
    # nearly every number in words is one character, with no other beside it
    lone = f"(?:{unit}|{ten})(?!{place}|{multiplier})"
    return f"(?>{lone}|{mixed}|{positional}|{spoken}|{bare})"


def pair_source(t: NumeralTable) -> str:
    """The pattern of two neighbouring digits that mean "one or the other" (八九十: eighty or ninety).

    Groups: `teen` (十七八), `low`, `high`, `times`. Only the han system has such pairs.
    """
    unit, ten = alternation(words_of(t.units)), alternation(words_of(t.tens))
    times = alternation((*words_of(t.tens), *words_of(t.hundred), *words_of(t.scales)))
    zero = alternation(t.zeros)
    stop = f"(?!{unit}|{zero}|{times})"
    return f"(?=(?:{ten}|{unit}){unit})(?P<teen>{ten})?(?P<low>{unit})(?P<high>{unit})(?P<times>{times})?{stop}"


def gate_source(t: NumeralTable) -> str:
    """The pattern of a first character with which a number can begin, where one can; case is as it says."""
    if t.system == "han":
        characters = "".join(sorted((*words_of(t.units, t.tens, t.hundred, t.scales), *t.zeros)))
        return rf"[\d{characters}](?<!\d.)(?<!{alternation(words_of(t.units))}.)"
    whole, begun = _openings(t)
    same = {letter: letters for letters in t.equivalents for letter in letters}
    rests: dict[str, tuple[list[str], list[str]]] = {}  # by first letter
    for kind, words in enumerate(([], [*whole, *begun]) if t.glued else (whole, begun)):
        for word in words:
            rests.setdefault(same.get(word[0], word[0]), ([], []))[kind].append(word[1:])
    ways = []
    for first, (ended, open_ended) in sorted(rests.items()):
        sources = [alternation(ended, t.equivalents) + f"(?!{_LETTER})"] if ended else []
        sources += [alternation({rest[:3] for rest in open_ended}, t.equivalents)] if open_ended else []
        ways.append(f"[{re.escape(first)}](?={'|'.join(sources)})")
    return rf"(?<!\w)(?:\d|(?i:{'|'.join(ways) or NOTHING}))"


def beginnings(t: NumeralTable) -> frozenset[str]:
    """Strings in lower case, with one of which each number begins where its digits are 0 to 9."""
    if t.system == "han":
        return frozenset((*words_of(t.units, t.tens, t.hundred, t.scales), *t.zeros, *string.digits))
    same = {letter: letters for letters in t.equivalents for letter in letters}
    found = set(string.digits)
    for word in (word for words in _openings(t) for word in words):
        spelled = [""]
        for letter in word.lower()[:_OPENING]:
            longer = [begun + other for begun in spelled for other in same.get(letter, letter)]
            if len(longer) > _SPELLINGS:
                break
            spelled = longer
        found.update(spelled)
    return frozenset(found)


def _openings(t: NumeralTable) -> tuple[list[str], list[str]]:
    """Words with which a number can begin, and beginnings of words."""
    whole = [*words_of(t.units, t.teens, t.tens, t.hundreds, t.fixed), *t.bare]
    begun = [f"{article} {word[:3]}" for article in t.article for word in words_of(t.hundred, t.scales, t.collectives)]
    begun += [f"{prefix}{word[:4]}" for prefix in t.prefixes for word in (*whole, *string.digits)]
    return whole, begun
