"""Missions and bodies in a paragraph: by name, by a short form that the document defines, by "the Office".

What a name means can depend on the document: `NameFinder.scope` reads all its paragraphs and keeps what they
define and name; `NameFinder.find` reads one paragraph in that light. All offsets are in characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple

from pipeline.config import language_file, load
from pipeline.expressions import expression
from pipeline.mentions.bodies import BodyForm, BodyForms, BodyMatch, Spans, anaphor_classes
from pipeline.mentions.lexicon import HAN, FormIndex, FormMatch, Lexicon, Plain, Speller, alternatives, begins_word
from pipeline.mentions.literals import literal_in
from pipeline.mentions.spots import sooner
from pipeline.model import NameMention
from pipeline.text import Folded, fold, made


@dataclass(frozen=True, slots=True)
class Named:
    """A body that a text names: its lexicon id where it has one, its name, all it is called in lower case."""

    id: str | None
    name: str
    written: str


@dataclass(frozen=True, slots=True)
class DocumentNames:
    """What a document says about names: short forms it defines, bodies it names, and in which order.

    `year` is the latest it mentions, where a shared name needs it. Under the text of each paragraph, `before`
    has the bodies named before it, the last at the end, and `named` those named in it; where a text stands
    twice, its first place counts.
    """

    defined: Mapping[str, Named]
    ids: frozenset[str]
    year: int | None
    before: Mapping[str, tuple[Named, ...]]
    named: Mapping[str, tuple[Plain, Sequence[NameMention]]]
    pattern: re.Pattern[str] | None


class _Seen(NamedTuple):
    plain: Plain
    forms: Sequence[FormMatch]
    bodies: Sequence[BodyMatch]


_EMPTY = DocumentNames(MappingProxyType({}), frozenset(), None, MappingProxyType({}), MappingProxyType({}), None)
_BRACKET = re.compile(r" ?[(（]([^()（）]{2,90})[)）]")
_ACRONYM = re.compile(r"[^\W\d_]*[^\W\d_a-zа-яà-ÿ][^\W_]*[^\W\d_a-zа-яà-ÿ][\w-]*(?: [A-Z]{2,}| [IV]+)?")
_YEAR = re.compile(r"(?<!\d)(?:19[4-9]|20[0-4])\d(?!\d)")
_NEAR = 2  # years between the last year that a document names and those of a body that it means
_REACH = 92  # characters after a name in which a bracket can define its short form
_REMEMBERED = 12  # bodies named before a paragraph that "the Office" can still mean


class NameFinder:
    """Finds missions, other bodies and the words that stand for them, in one language."""

    def __init__(self, lexicon: Lexicon, forms: BodyForms, language: str) -> None:
        """Compiles what the lexicon and the language's table say."""
        self._lexicon = lexicon
        self._speller = Speller(forms.spelling)
        self._forms = forms = forms.spelled(lambda form: self._speller.plain(form).text)
        self._index = FormIndex(lexicon, language, self._speller)
        self._bodies = BodyForm(forms)
        self._classes = anaphor_classes(forms)
        self._written = {
            body: self._speller.plain(
                " | ".join((*entry.names.get(language, ()), *entry.short.get(language, ())))
            ).text.lower()
            for body, entry in lexicon.root.items()
        }
        self._anaphor = _anaphor_pattern(forms)
        self._anaphor_gate = _anaphor_gate(forms)
        self._unlinked = expression(rf"^(?:[ ,-]|(?:{alternatives((*forms.left, *forms.han_links))})(?![a-z]))+")
        links = (*forms.complements, *forms.links, *forms.guarded, *forms.conjunctions, *forms.articles)
        self._open = expression(rf"(?: (?:{alternatives(links)}))* ?$")
        said = alternatives(forms.definition_words)
        self._said = expression(rf"^(?:{said})?[ :,]*")
        self._determiner = expression(rf"^(?:{alternatives(forms.determiners)})[ ']?")

    @classmethod
    def from_config(cls, folder: Path, language: str) -> NameFinder:
        """The finder for a language of a configuration folder. Raises ConfigError on a malformed file."""
        forms = load(BodyForms, language_file(folder, language, "names"))
        return cls(Lexicon.from_folder(folder), forms, language)

    @property
    def ignored(self) -> str:
        """Characters of a text that are not looked at."""
        return self._forms.spelling.ignored

    def scope(self, paragraph_texts: Sequence[str]) -> DocumentNames:
        """What the document with these paragraphs, in order, defines and names."""
        return self.scope_of(Folded.each(paragraph_texts))

    def scope_of(self, paragraphs: Sequence[Folded]) -> DocumentNames:
        """The same, of texts already folded."""
        texts = {read.text: read.plain for read in paragraphs}
        seen = dict(zip(texts, self._seen(texts.values()), strict=True))
        forms = [m for s in seen.values() for m in s.forms]
        known = replace(
            _EMPTY,
            ids=frozenset(m.ids[0] for m in forms if len(m.ids) == 1 and not m.weak),
            year=_latest_year(seen.values()) if any(len(m.ids) > 1 for m in forms) else None,
        )
        defined: dict[str, Named] = {}
        for one in seen.values():
            if "(" in one.plain.text:
                for mention in _proper(self._named(one, known)):
                    for short in self._defined_after(one.plain.text, mention.end):
                        defined.setdefault(short, _as_named(mention, self._written))
        own = [short for short, meant in defined.items() if not self._knows(short, meant.id)]
        pattern = re.compile(alternatives(own)) if own else None  # a document's own: of no use to another run
        known = replace(known, defined=MappingProxyType(defined), pattern=pattern)
        named: dict[str, tuple[Plain, Sequence[NameMention]]] = {}
        before: dict[str, tuple[Named, ...]] = {}
        last: tuple[Named, ...] = ()
        for text, paragraph in seen.items():
            before[text] = last
            mentions = self._all(paragraph, known)
            named[text] = paragraph.plain, mentions
            for mention in mentions:
                if mention.kind != "anaphor":
                    last = _remember(last, _as_named(mention, self._written))
        return replace(known, before=MappingProxyType(before), named=MappingProxyType(named))

    def find(self, text: str, scope: DocumentNames | None = None) -> list[NameMention]:
        """The bodies of a paragraph in order, none overlapping; without a scope it is a whole document."""
        scope = self.scope([text]) if scope is None else scope
        if text in scope.named:
            plain, named = scope.named[text]
        else:
            seen = self._seen([fold(text)])[0]
            plain, named = seen.plain, self._all(seen, scope)
        last = scope.before.get(text, ())
        found: list[NameMention] = []
        for mention in named:
            if mention.kind == "anaphor":
                mention = self._resolved(mention, last)
            else:
                last = _remember(last, _as_named(mention, self._written))
            found.append(_in_place(mention, plain, text))
        return found

    def _all(self, seen: _Seen, scope: DocumentNames) -> Sequence[NameMention]:
        """Names, and what stands for them, not yet resolved; offsets and texts in the plain text."""
        text = seen.plain.text
        named = self._named(seen, scope) if seen.forms or seen.bodies or scope.pattern is not None else []
        if self._anaphor_gate is not None and self._anaphor_gate.search(text) is None:
            return named
        return sorted((*named, *self._anaphors(text, named)), key=_start)

    def _seen(self, folded: Iterable[str]) -> list[_Seen]:
        plain = [self._speller.plain_of(text) for text in folded]
        texts = [one.text for one in plain]
        each = zip(plain, self._index.matches_each(texts), self._bodies.matches_each(texts), strict=True)
        return [made(_Seen, one) for one in each]

    def _named(self, seen: _Seen, scope: DocumentNames) -> list[NameMention]:
        """Names and defined short forms; bare head nouns as anaphors. Offsets in the plain text."""
        text = seen.plain.text
        found: list[NameMention] = []
        for m in seen.forms:
            body = self._meant(m, scope)
            if m.weak and body is None:
                continue
            written = text[m.start : m.end]
            name = self._lexicon.full_name(body) if body else written
            found.append(NameMention(m.start, m.end, written, body, name, "mission"))
        if scope.pattern is not None:
            shorts = [self._short(m, scope) for m in scope.pattern.finditer(text) if _is_whole(text, *m.span())]
            if shorts:
                spans = {(m.start, m.end) for m in shorts}
                found = [m for m in found if m.id or (m.start, m.end) not in spans]
                known = Spans(found)
                found = sorted((*found, *(m for m in shorts if not known.touching(m.start, m.end))), key=_start)
        if not seen.bodies:
            return found
        return self._with_bodies(text, found, seen.bodies)

    def _knows(self, short: str, body: str | None) -> bool:
        """Whether the lexicon alone reads the short form so."""
        return [(m.end, m.ids) for m in self._index.matches(short)] == [(len(short), (body,))]

    def _short(self, match: re.Match[str], scope: DocumentNames) -> NameMention:
        meant = scope.defined[match[0]]
        kind: Literal["mission", "body"] = "mission" if meant.id else "body"
        return NameMention(*match.span(), match[0], meant.id, meant.name, kind)

    def _meant(self, form: FormMatch, scope: DocumentNames) -> str | None:
        """The one body that the form can mean in this document: by its other names, else by the year."""
        if len(form.ids) == 1 and not form.weak:
            return form.ids[0]
        ids = [i for i in form.ids if i in scope.ids]
        if not ids and not form.weak and scope.year is not None:
            apart = {i: self._lexicon.years_from(i, scope.year) for i in form.ids}
            least = min(apart.values())  # a document may name the year after a body's last
            ids = [i for i, years in apart.items() if years == least <= _NEAR]
        return ids[0] if len(ids) == 1 else None

    def _with_bodies(self, text: str, found: list[NameMention], matches: Iterable[BodyMatch]) -> list[NameMention]:
        known = Spans(found)
        bodies: list[NameMention] = []
        for body in matches:
            start, end = self._own(body, known.touching(body.start, body.end), text)
            if start >= end:
                continue
            written = text[start:end]
            short = next(iter(self._defined_after(text, end)), None)
            near = known.touching(end, end + _REACH) if short else ()
            meant = next((m for m in near if m.text == short), None)
            if (start, end) == (body.head_start, body.head_end) and short is None and not body.name:
                if written in self._classes and not self._forms.determined:
                    bodies.append(NameMention(start, end, written, None, written, "anaphor"))
            elif meant is not None and meant.id:
                bodies.append(NameMention(start, end, written, meant.id, meant.name, "mission"))
            else:
                bodies.append(NameMention(start, end, written, None, body.name or written, "body"))
        return sorted((*found, *bodies), key=_start)

    def _own(self, body: BodyMatch, others: Sequence[NameMention], text: str) -> tuple[int, int]:
        """What of a body is its own: a name of the lexicon is no part of it. Empty where that takes its head."""
        start, end = body.start, body.end
        for other in others:
            if other.end <= body.head_start:
                start = other.end
            elif other.start >= body.head_end:
                end = min(end, other.start)
            else:
                return start, start
        if end < body.end:
            end = start + len(self._open.sub("", text[start:end], count=1))
        return start + len(text[start:end]) - len(self._unlinked.sub("", text[start:end], count=1)), end

    def _defined_after(self, text: str, end: int) -> Iterable[str]:
        """The short forms that a bracket right after a name defines: "(UNTOP)", "(the Office)"."""
        bracket = _BRACKET.match(text, end)
        if bracket is None:
            return
        for part in re.split(r"[;,，；、]", bracket[1]):
            said = self._said.sub("", part.strip()).strip(" \"'")
            bare = self._determiner.sub("", said)
            is_short = _ACRONYM.fullmatch(bare) or bare in self._classes
            if is_short or (re.fullmatch(f"[{HAN}]{{2,14}}", bare) and not bracket[1].startswith("第")):
                yield said if bare in self._classes else bare

    def _anaphors(self, text: str, named: Sequence[NameMention]) -> list[NameMention]:
        found = [
            NameMention(*m.span(m.lastindex or 0), m[m.lastindex or 0], None, m[m.lastindex or 0], "anaphor")
            for m in self._anaphor.finditer(text)
        ]
        known = Spans(named)
        return [m for m in found if not known.touching(m.start, m.end)]

    def _resolved(self, anaphor: NameMention, last: Sequence[Named]) -> NameMention:
        words = self._determiner.sub("", anaphor.text)
        heads = self._classes.get(words, ())
        for named in reversed(last):
            if not heads or any(head in named.written for head in heads):
                return replace(anaphor, id=named.id, name=named.name)
        return anaphor


def _anaphor_pattern(forms: BodyForms) -> re.Pattern[str]:
    """Group 1, where there is one, is the noun without its determiner."""
    words = [w for a in forms.anaphors for w in a.words]
    han = [w for w in words if re.match(f"[{HAN}]", w)]
    spaced = [w for w in words if w not in han]
    owned = "|".join(forms.not_anaphor_before) or r"(?!)"  # "the Office of ...": a name of its own
    after = rf"(?! (?:{owned})\b)(?![ -][^\W\d_a-zа-яà-ÿ\u0600-\u06ff])"
    patterns = [f"(?:{p})" for p in forms.possessives]
    if spaced:
        before = rf"(?:{alternatives(forms.determiners)})[ ']?" if forms.determined else ""
        patterns.append(rf"\b{before}({alternatives(spaced)})\b{after}")
    if han:
        open_left = "|".join(f"(?<={re.escape(w)})" for w in forms.han_before_anaphor) or r"(?!)"
        nouns = alternatives(han)  # looked for first: what stands before them is dear to check
        patterns.append(rf"(?={nouns})(?:(?<![{HAN}])|{open_left})(?:{nouns})")
    return expression(sooner("|".join(patterns)) if patterns else r"(?!)")


def _anaphor_gate(forms: BodyForms) -> re.Pattern[str] | None:
    """Finds something that every anaphor holds; None where nothing is known of one."""
    needles = {word for a in forms.anaphors for word in a.words} | {literal_in(p) for p in forms.possessives}
    return None if "" in needles else expression(alternatives(needles))


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no word goes on before or after the span."""
    return begins_word(text, start) and (end == len(text) or not text[end].isalnum() or begins_word(text, end))


def _start(mention: NameMention) -> int:
    return mention.start


def _latest_year(seen: Iterable[_Seen]) -> int | None:
    return max((int(y) for one in seen for y in _YEAR.findall(one.plain.text)), default=None)


def _proper(mentions: Iterable[NameMention]) -> Iterable[NameMention]:
    return (m for m in mentions if m.kind != "anaphor")


def _as_named(mention: NameMention, written: Mapping[str, str]) -> Named:
    own = mention.text.lower()
    return Named(mention.id, mention.name, f"{own} | {written[mention.id]}" if mention.id else own)


def _remember(last: tuple[Named, ...], named: Named) -> tuple[Named, ...]:
    if last and (last[-1].id, last[-1].name) == (named.id, named.name):
        return last
    return (*(n for n in last if (n.id, n.name) != (named.id, named.name)), named)[-_REMEMBERED:]


def _in_place(mention: NameMention, plain: Plain, text: str) -> NameMention:
    start, end = plain.place(mention.start), plain.place(mention.end - 1) + 1
    written = text[start:end]
    if plain.places is None and written == mention.text:
        return mention
    name = written if mention.id is None and mention.name == mention.text else mention.name
    return replace(mention, start=start, end=end, text=written, name=name)
