"""The lexicon of bodies, and where its forms stand in a text.

`configs/lexicon/missions.yaml` lists bodies by id with their names in each language. A form is compared word
by word (a Han character is a word of its own), so hyphens, spaces and apostrophes do not matter; full names
also tolerate case, articles, inflected endings and the spellings that the language's table lists, while
acronyms and short forms must stand exactly as they are written. All offsets are in characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pydantic import Field, RootModel, model_validator

from pipeline.config import Strict, load
from pipeline.events.strings import Anchored
from pipeline.expressions import expression
from pipeline.text import fold

HAN = "\u3400-\u9fff"
_TOKEN = re.compile(rf"[{HAN}]|[()]|[^\W_{HAN}]+")
# case plays no part in them, and with it `re` would look at every Han character to compile them
_START, _END = rf"(?<!(?-i:[^\W{HAN}]))", rf"(?!(?-i:[^\W{HAN}]))"
_NEXT = re.compile(rf"[ \-'\",、·/]{{0,3}}([{HAN}]|[()]|[^\W_{HAN}]+)")


class Entry(Strict):
    """One body: names, short forms and weak forms by language (ISO 639-1); its id is its key."""

    type: str
    years: str = Field(pattern=r"^(\d{4}|\.\.)/(\d{4}|\.\.)$")  # EDTF interval
    places: tuple[str, ...] = ()  # ISO 3166-1 alpha-3
    follows: tuple[str, ...] = ()  # ids of the bodies whose work it took over
    note: str = ""
    names: Mapping[str, tuple[str, ...]] = {}
    short: Mapping[str, tuple[str, ...]] = {}
    weak: Mapping[str, tuple[str, ...]] = {}


class Lexicon(RootModel[dict[str, Entry]]):
    """All bodies by id. `follows` may only name ids of the file."""

    @model_validator(mode="after")
    def _check_ids(self) -> Lexicon:
        for body, entry in self.root.items():
            for other in entry.follows:
                if other not in self.root:
                    raise ValueError(f"{body} follows {other!r}, which is not in the lexicon")
        return self

    @classmethod
    def from_folder(cls, folder: Path) -> Lexicon:
        """The lexicon of a configuration folder. Raises ConfigError where it is malformed."""
        return load(cls, folder / "lexicon" / "missions.yaml")

    def years_from(self, body: str, year: int) -> int:
        """How many years before or after that year the body was at work; 0 if it was in it."""
        start, end = self.root[body].years.split("/")
        return max(0 if start == ".." else int(start) - year, 0 if end == ".." else year - int(end), 0)

    def full_name(self, body: str) -> str:
        """The body's official name in English, or its id where none is known."""
        names = self.root[body].names.get("en", ())
        return names[0] if names else body


class Spelling(Strict):
    """What one language lets vary in a name; every list may be empty.

    letters: a letter for another (ё: е), both counted equal; ignored: characters that are not there (vowel
    marks); skipped: words that are not compared (articles); endings: of inflected words; prefixes: written
    together with the word they stand before; variants: words, and what may stand for them; not_after: what
    makes a short form another body's when it stands directly before it.
    """

    letters: Mapping[str, str] = {}
    ignored: str = ""
    skipped: frozenset[str] = frozenset()
    endings: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    variants: Mapping[str, tuple[str, ...]] = {}
    not_after: tuple[str, ...] = ()


class FormMatch(NamedTuple):
    """A form of the lexicon in a text: the ids it can mean; a weak one needs the document's support."""

    start: int
    end: int
    ids: tuple[str, ...]
    weak: bool


@dataclass(slots=True)
class _Node:
    next: dict[str, _Node] = field(default_factory=dict)
    ids: tuple[str, ...] = ()
    weak: bool = False


class Plain(NamedTuple):
    """A text made plain for matching, and where its characters stand in the text given."""

    text: str
    places: Sequence[int] | None  # None: one to one

    def place(self, index: int) -> int:
        """The offset in the text given of the character at `index`."""
        return index if self.places is None else self.places[index]


class Speller:
    """Text and words of one language brought to the form in which they are compared."""

    def __init__(self, spelling: Spelling) -> None:
        """Prepares the language's table."""
        self.spelling = spelling
        self._letters = str.maketrans(dict(spelling.letters))
        self._ignored = frozenset(spelling.ignored)
        self._variants = tuple(
            (
                expression(rf"{_START}(?:{alternatives(group)}){_END}", re.IGNORECASE),
                group,
            )
            for group in (
                tuple(self.plain(form).text for form in (usual, *others)) for usual, others in spelling.variants.items()
            )
        )
        self._endings = tuple(sorted(spelling.endings, key=len, reverse=True))

    def plain(self, text: str) -> Plain:
        """`text` folded, its letters made equal, ignored characters left out."""
        return self.plain_of(fold(text))

    def plain_of(self, folded: str) -> Plain:
        """The same of a text already folded."""
        folded = folded.translate(self._letters) if self._letters else folded
        if not self._ignored or self._ignored.isdisjoint(folded):
            return Plain(folded, None)
        places = [i for i, c in enumerate(folded) if c not in self._ignored]
        kept = "".join(folded[i] for i in places)
        places.append(len(folded))
        return Plain(kept, places)

    def stem(self, word: str) -> str:
        """`word` in lower case without its ending; at least three letters remain."""
        word = word.lower()
        if self._endings and word.endswith(self._endings):
            for ending in self._endings:
                if len(word) >= len(ending) + 3 and word.endswith(ending):
                    return word[: -len(ending)]
        return word

    def words(self, form: str) -> list[str]:
        """The words of a form, as they stand."""
        return _TOKEN.findall(self.plain(form).text)

    def stems(self, words: Iterable[str]) -> tuple[str, ...]:
        """The words that are compared, as stems."""
        return tuple(self.stem(w) for w in words if w.lower() not in self.spelling.skipped)

    def spellings(self, name: str) -> list[str]:
        """`name` in every combination of the spellings that the language's table lists, itself first."""
        found = [self.plain(name).text]
        for pattern, group in self._variants:
            more = (pattern.sub(by, form) for form in found if pattern.search(form) for by in group)
            found = list(dict.fromkeys((*found, *more)))
        return found


class FormIndex:
    """Finds the longest forms of a lexicon in a text of one language."""

    def __init__(self, lexicon: Lexicon, language: str, speller: Speller, everywhere: str = "en") -> None:
        """Forms of `language`, and the short forms of the language `everywhere`, which all texts may use."""
        self._speller = speller
        self._names, self._short = _Node(), _Node()
        starts: set[str] = set()
        for body, entry in lexicon.root.items():
            for name in entry.names.get(language, ()):
                for spelled in speller.spellings(name):
                    stems = speller.stems(speller.words(spelled))
                    _add(self._names, stems, body, weak=False)
                    start = _start(stems)
                    starts |= {start.upper(), start[:1].upper() + start[1:], spelled[:1] + start[1:]}
            shorts = [(s, False) for s in entry.short.get(language, ())]
            shorts += [(s, False) for s in entry.short.get(everywhere, ()) if language != everywhere]
            shorts += [(s, True) for s in entry.weak.get(language, ())]
            for short, weak in shorts:
                words = tuple(speller.words(short))
                _add(self._short, words, body, weak)
                starts.add(_start(words))
        self._gate = Anchored(expression(alternatives(starts)), starts)
        self._not_after = speller.spelling.not_after

    def matches(self, text: str) -> list[FormMatch]:
        """Longest forms from left to right, none overlapping, in a text made plain."""
        return self._found(text, self._gate.finditer(text))

    def matches_each(self, texts: Sequence[str]) -> list[list[FormMatch]]:
        """The same of each text."""
        each = self._gate.finditer_each(texts)
        return [self._found(text, gates) if gates else [] for text, gates in zip(texts, each, strict=True)]

    def _found(self, text: str, gates: Iterable[re.Match[str]]) -> list[FormMatch]:
        found, done = [], 0
        for gate in gates:
            start = gate.start()
            if start < done or not begins_word(text, start, self._speller.spelling.prefixes):
                continue
            end, node = self._longest(text, start)
            if node is None or (self._not_after and text.endswith(self._not_after, 0, start)):
                continue
            done = end
            found.append(FormMatch(start, end, node.ids, node.weak))
        return found

    def _longest(self, text: str, start: int) -> tuple[int, _Node | None]:
        """Where the longest form from `start` on ends, and what it is; of a name and a short form alike the name."""
        best_end, best = start, None
        names: _Node | None = self._names
        short: _Node | None = self._short
        skipped, place = self._speller.spelling.skipped, start
        while names or short:
            word = text[place : place + 1]
            if "\u3400" <= word <= "\u9fff":  # a Han character
                place += 1
            elif (token := _NEXT.match(text, place)) is not None:
                word, place = token[1], token.end()
            else:
                break
            if names and not (skipped and word.lower() in skipped):
                names = names.next.get(self._speller.stem(word))
                if names and names.ids:
                    best_end, best = place, names
            if short:
                short = short.next.get(word)
                if short and short.ids and place > best_end:
                    best_end, best = place, short
        return best_end, best


def _start(words: Sequence[str]) -> str:
    """What a form starts with: its first word, or its first two Han characters."""
    return "".join(words[:2]) if all(is_han(w[0]) for w in words[:2]) else words[0]


def _add(root: _Node, words: Sequence[str], body: str, weak: bool) -> None:
    node = root
    for word in words:
        node = node.next.setdefault(word, _Node())
    node.weak = weak and (node.weak or not node.ids)
    if body not in node.ids:
        node.ids = (*node.ids, body)


def is_han(char: str) -> bool:
    """Whether a character, or none, is a Han character."""
    return "\u3400" <= char <= "\u9fff"


def begins_word(text: str, start: int, prefixes: Sequence[str] = ()) -> bool:
    """Whether a word can begin at `start`: Han always, others after no letter but one of `prefixes`."""
    if start == 0 or not text[start - 1].isalnum():
        return True
    if is_han(text[start : start + 1]) or is_han(text[start - 1]):
        return True
    return any(
        text.endswith(prefix, 0, start) and not text[max(0, start - len(prefix) - 1) : start - len(prefix)].isalnum()
        for prefix in prefixes
    )


def alternatives(words: Iterable[str]) -> str:
    """A pattern for any of `words`, the longest first, sharing beginnings; none at all matches nothing."""
    ordered = sorted(set(words))
    if not ordered:
        return r"(?!)"
    tree: dict[str, dict[str, object]] = {}
    for word in ordered:
        level: dict[str, object] = tree  # type: ignore[assignment]
        for char in word:
            level = level.setdefault(char, {})  # type: ignore[assignment]
        level[""] = {}
    return _branches(tree)


def _branches(tree: Mapping[str, object]) -> str:
    ends = "" in tree
    parts = [
        re.escape(char) + _branches(below)  # type: ignore[arg-type]
        for char, below in tree.items()
        if char
    ]
    if not parts:
        return ""
    body = parts[0] if len(parts) == 1 and not ends else f"(?:{'|'.join(parts)})"
    return f"{body}?" if ends else body
