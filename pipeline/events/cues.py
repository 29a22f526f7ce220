"""The small language in which cues are written, and its translation to regular expressions.

    until                words, as they stand (lower case; any white space between them)
    {until|up to}        one of several
    (further|new)        may be there or not
    <extend>             any form of the word, from the language's `forms`
    @until               any phrase of the language's group `until`
    [DATE]               a mention: DATE DURATION COUNT NAME ANAPHOR REF SET AMOUNT; TRIGGER is the rule's own trigger
    [BODY]               NAME or ANAPHOR
    [WHEN]               a DATE that stands without a preposition ("last week"), in languages that tell such dates
    \\(                   the bracket itself
    [TEXT]               words up to the next punctuation (only in a slot of type text)
    ^                    the start of the sentence, after its number or letter ("(b)", "12.") if it has one
    ...                  a gap inside the clause (not over ; and its kin)
    ~                    a gap inside the phrase: over mentions and words, not over a comma, colon or semicolon
    ..                   a gap of a few words, not over a comma or another mention
    !word                the word, form or group with nothing attached to its front: Arabic "!لجنة" is no "اللجنة"
    word+[COUNT]         the word written onto the mention, form or group: "ل+[COUNT]" is لأربعين
    _                    up to seven words inside a noun phrase: none of the language's `stops`, no mention
    &                    up to three adjuncts, with commas or not: phrases that begin with one of the language's
                         `adjuncts` ("in Tripoli, for three months, "); may be absent

Spaces in a cue are optional white space in languages that write without spaces, and obligatory white space in
the others, where a cue also begins and ends at a word boundary. An empty list of cues matches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.events.adverbials import with_adverbials
from pipeline.events.alternations import grouped, tree
from pipeline.events.mask import PLAIN, SIGNS, Writing

NOTHING = r"(?!)"
START = r"\A(?:[^\w\s]?\w{1,4}[.)]\s*|\d{1,4}\s*-\s+)?"  # "(b) ", "12. ", "12 - "
# as escapes: a pattern that excludes the signs must not look like one that asks for them
_SIGN = r"\ue000-\ue00f"
_TOKEN = re.compile(r"\s+|\\[{}()|]|\.\.\.|\.\.|[~!+&{}|()]|<[^<>]+>|@[\w]+|\[[A-Z]+\]|[^\s~!+&{}|()<>@\[\]\\]+")


_PLAIN = re.compile(r"\w+")  # a word that is nothing but letters
_WIDE = re.compile(r"\(\?:\[\^;；\]\{0,(\d+)\}\?\)")  # the source of a gap "..."
_ADJUNCTS = r"(?:(?:(?<=\s)|\s*,?\s+)(?:"  # how the source of "&" begins
_MARK = re.compile(r"(?:\(\?:)?\\?[,;'’:)]")  # how the source of a mark begins, alone or first of a group


class CueError(ValueError):
    """A cue that cannot be read; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """What cues may refer to in one language. Each is itself only, so that what is read with it is read once."""

    forms: dict[str, tuple[str, ...]]
    phrases: dict[str, tuple[str, ...]]
    spaced: bool  # words stand apart (a cue matches whole words)
    proclitics: tuple[str, ...] = ()  # letters that may be written onto the front of a word (Arabic و ب ل)
    gap: int = 90  # characters of "..."
    short_gap: int = 28  # characters of ".."
    stops: tuple[str, ...] = ()  # words that "_" does not reach over
    adjuncts: tuple[str, ...] = ()  # words that an adjunct begins with, and cues that are one ("&")
    adjunct_stops: tuple[str, ...] = ()  # words that no adjunct holds
    writing: Writing = PLAIN  # letters that count as others, characters that are not looked at
    elided: bool = False  # a word that ends in an apostrophe stands close to the next (French l'office, d'un)
    prepositions: tuple[str, ...] = ()  # a cue that asks for one before [DATE] takes a [WHEN] without it

    @property
    def space(self) -> str:
        """What stands between two words of a cue."""
        if not self.spaced:
            return r"\s*"
        # a trigger may end in an apostrophe, too (its sign as an escape, see _SIGN)
        return r"(?:\s+|(?<=['\ue00f]))" if self.elided else r"\s+"


@lru_cache(maxsize=8192)
def pattern_source(cue: str, vocabulary: Vocabulary) -> str:
    """The regular expression (source) of one cue. Raises CueError."""
    source, rest = _sequence(tokens_of(cue, vocabulary), vocabulary, cue, depth=0)
    if rest:
        raise CueError(f"{rest[0]!r} closes nothing in the cue {cue!r}")
    return source


def tokens_of(cue: str, voc: Vocabulary) -> list[str]:
    """The tokens of a cue, with what it says besides of dates without a preposition. Raises CueError."""
    tokens = _TOKEN.findall(cue.strip())
    if "".join(tokens) != cue.strip():
        raise CueError(f"cannot read the cue {cue!r}")
    if not tokens:
        raise CueError("an empty cue")
    return with_adverbials(tokens, voc.prepositions) if voc.prepositions else tokens


def _sequence(tokens: list[str], voc: Vocabulary, cue: str, depth: int) -> tuple[str, list[str]]:
    """The source of a run of tokens up to what closes it, and the tokens that are left."""
    # Each item: its source, and whether it may be absent (then it carries its own following space).
    items: list[tuple[str, bool]] = []
    while tokens and tokens[0] not in ("}", ")", "|"):
        token, tokens = tokens[0], tokens[1:]
        if token.isspace():
            continue
        if token == "!":
            if not tokens or not (tokens[0][0] in "<@[" or tokens[0][0].isalnum()):
                raise CueError(f"'!' stands before no word in the cue {cue!r}")
            items.append((_atom(tokens[0], _bare(voc), cue), False))
            tokens = tokens[1:]
            continue
        if token == "+":
            if not items or not tokens or tokens[0][0] not in "[@<":
                raise CueError(f"'+' does not stand between a word and a mention or a group in the cue {cue!r}")
            source, optional = items.pop()
            source = source.removesuffix(r"(?!\w)")
            bare = _atom(tokens[0], _bare(voc), cue).replace(r"(?<!\w)", "")
            items.append((f"(?:{source}){'?' if optional else ''}{bare}", False))
            tokens = tokens[1:]
            continue
        if token in ("{", "("):
            closing, options = ("}" if token == "{" else ")"), []
            while True:
                option, tokens = _sequence(tokens, voc, cue, depth + 1)
                options.append(option)
                if not tokens:
                    raise CueError(f"{token} is not closed in the cue {cue!r}")
                stop, tokens = tokens[0], tokens[1:]
                if stop == closing:
                    break
                if stop != "|":
                    raise CueError(f"{stop!r} stands inside {token} {closing} in the cue {cue!r}")
            items.append((grouped(options), token == "("))
        elif token == "..." and items and (run := _WIDE.fullmatch(items[-1][0])) is not None:
            # "... ..." is one gap of twice the width: two would try every way to share the words among them
            items[-1] = (_wide(int(run[1]) + voc.gap), False)
        else:
            items.append((_atom(token, voc, cue), False))
    if not items:
        raise CueError(f"an empty alternative in the cue {cue!r}")
    return _joined(items, voc), tokens


def _joined(items: list[tuple[str, bool]], voc: Vocabulary) -> str:
    """Items with the white space between them; an item that may be absent takes its space with it."""
    space, adjuncts = voc.space, False
    out, last_gap = "", True
    for index, (source, optional) in enumerate(items):
        # adjuncts that are absent leave the space that a gap before them took
        space, adjuncts = rf"(?:(?<=\s)|{voc.space})" if adjuncts else voc.space, False
        gap = source.startswith("(?:[^") and source.endswith("?)")
        follows = any(not o for _, o in items[index + 1 :])
        if source == START:
            out += source
            continue
        if source.startswith(_ADJUNCTS):  # has the space before it
            out, last_gap, adjuncts = out + source, False, True
            continue
        if out and _MARK.match(source):
            # a comma, an apostrophe: written close to the word before
            before = "" if gap else r"\s*"
            out += f"(?:{before}{source})?" if optional else before + source
            if last_gap:
                out += r"\s*"
            continue
        if optional:
            if follows or not out:
                # "(the) mandate": the word with its space may be missing
                marked = index + 1 < len(items) and _MARK.match(items[index + 1][0])
                if marked and out and not last_gap:  # "mandate (of it), which": a comma needs no space before it
                    out += f"(?:{space}{source})?"
                    continue
                out += "" if last_gap or not out else space
                after = "" if source.endswith("{0,7}?") else f"(?:{space}|(?=[,;'’:)]))" if marked else space
                out += f"(?:{source}{after})?"
                last_gap = True
            else:
                out += f"(?:{space}{source})?"
            continue
        if gap:
            out += source
            last_gap = True
            continue
        if source.endswith("{0,7}?"):
            if index + 1 < len(items) and not items[index + 1][1] and _MARK.match(items[index + 1][0]):
                # "[COUNT] _ ,": the mark stands close to the last word, or to what stands before them
                out += _inside(voc, before_mark=True) if out and not last_gap else source
                last_gap = False
                continue
            out += ("" if last_gap else space) + source
            last_gap = True
            continue
        out += ("" if last_gap else space) + source
        last_gap = source == r"\("  # what follows a bracket stands close to it
        out += r"\s*" if last_gap else ""
    return out


def _wide(width: int) -> str:
    """The source of the gap "..." of at most `width` characters."""
    return f"(?:[^;；]{{0,{width}}}?)"


def _atom(token: str, voc: Vocabulary, cue: str) -> str:
    if token == "^":
        return START
    if token == "...":
        return _wide(voc.gap)
    if token == "~":
        return f"(?:[^;；,，:：]{{0,{voc.gap}}}?)"
    if token == "..":
        return f"(?:[^;；,，、:：{_SIGN}]{{0,{voc.short_gap}}}?)"
    if token == "_":
        return _inside(voc)
    if token == "&":
        return _adjuncts(voc, cue)
    if token.startswith("<"):
        return _forms(token, voc)
    if token.startswith("@"):
        return _phrases(token[1:], voc)
    if token.startswith("["):
        sign = _sign(token[1:-1], cue, voc)
        # "لـ[NAME]": what is written onto the front of words is written onto names and numbers too
        attached = voc.proclitics and token not in ("[TEXT]", "[TRIGGER]")
        return f"{_front(voc)}{sign}" if attached else sign
    return _word(token.removeprefix("\\"), voc)


@lru_cache(maxsize=64)
def _bare(voc: Vocabulary) -> Vocabulary:
    """The vocabulary without what may be written onto the front of a word."""
    return replace(voc, proclitics=())


@lru_cache(maxsize=64)
def _inside(voc: Vocabulary, before_mark: bool = False) -> str:
    """The source of "_", with the space before its words where a mark stands right after them."""
    words = "|".join(map(re.escape, map(voc.writing.spelled, voc.stops)))
    stops = f"(?!(?:{words})(?![\\w-]))" if words else ""
    if before_mark:
        return rf"(?:{voc.space}{stops}[\w'/-]+){{0,7}}?"
    word = r"[\w/-]+(?:'|,?\s+)" if voc.elided else r"[\w'/-]+,?\s+"
    return f"(?:{stops}{word}){{0,7}}?"


@lru_cache(maxsize=2048)
def _forms(token: str, voc: Vocabulary) -> str:
    forms = voc.forms.get(token[1:-1])
    if not forms:
        raise CueError(f"no forms of {token} are given (languages/…/grammar.yaml, forms)")
    return _words(forms, voc)


@lru_cache(maxsize=8192)  # the cues of a language say the same words again and again
def _word(word: str, voc: Vocabulary) -> str:
    return _words((word,), voc)


def _adjuncts(voc: Vocabulary, cue: str) -> str:
    if not voc.adjuncts:
        raise CueError(f"no adjuncts are given (languages/…/grammar.yaml) for '&' in the cue {cue!r}")
    whole = [entry for entry in voc.adjuncts if entry[0] in "[{<@"]
    heads = _words([entry for entry in voc.adjuncts if entry not in whole], voc)
    stops = f"(?!{_words(voc.adjunct_stops, voc)})" if voc.adjunct_stops else ""
    word = rf"{stops}[\w/'-]+[{_SIGN}]?|[{_SIGN}]"
    alone = "".join(f"|{pattern_source(entry, voc)}" for entry in whole)
    return rf"{_ADJUNCTS}{heads}(?:\s+(?:{word})){{1,8}}?{alone})){{0,3}}?(?:\s*,)?"


@lru_cache(maxsize=512)
def _phrases(name: str, voc: Vocabulary) -> str:
    group = voc.phrases.get(name)
    if not group:
        raise CueError(f"no group @{name} is given (languages/…/grammar.yaml, phrases)")
    return grouped([pattern_source(phrase, voc) for phrase in group])


def _sign(name: str, cue: str, voc: Vocabulary) -> str:
    if name == "WHEN" and not voc.prepositions:
        raise CueError(f"no dates for [WHEN] in the cue {cue!r} are told (languages/…/grammar.yaml, adverbial)")
    if name == "TEXT":
        return f"(?P<text>[^,;:.，；：。、()（）{_SIGN}]{{2,90}})"
    if name not in SIGNS and name != "BODY":
        raise CueError(f"[{name}] in the cue {cue!r} is no kind of mention ({', '.join(SIGNS)}, BODY, TEXT)")
    signs = signs_of(name, voc)
    return signs if len(signs) == 1 else f"[{signs}]"


def signs_of(name: str, voc: Vocabulary) -> str:
    """The signs that [NAME OF A KIND] in a cue stands for."""
    if name == "BODY":
        return SIGNS["NAME"] + SIGNS["ANAPHOR"]
    if name == "DATE" and voc.prepositions:
        return SIGNS["DATE"] + SIGNS["WHEN"]
    return SIGNS[name]


def _words(words: Iterable[str], voc: Vocabulary) -> str:
    words = [voc.writing.spelled(word) for word in words]
    if not voc.spaced:
        return grouped([_escaped(word) for word in words])
    front = _front(voc)
    unique = list(dict.fromkeys(word.lower() for word in words))
    plain = [word for word in unique if _PLAIN.fullmatch(word)]
    marked = [f"{front}{tree(tuple(plain))}(?!\\w)"] if plain else []
    marked += [
        (front if re.match(r"\w", word) else "") + _escaped(word) + (r"(?!\w)" if re.search(r"\w\Z", word) else "")
        for word in unique
        if not _PLAIN.fullmatch(word)
    ]
    return grouped(marked)


def _front(voc: Vocabulary) -> str:
    """The beginning of a word, with what may be written onto it."""
    fronts = "|".join(map(re.escape, map(voc.writing.spelled, voc.proclitics)))
    return f"(?<!\\w)(?:{fronts})?" if fronts else r"(?<!\w)"


def _escaped(word: str) -> str:
    return re.escape(word.lower()).replace(r"\ ", r"\s+")
