"""Tables of inflected forms out of lemmas, with a dictionary of the language's morphology.

    python -m pipeline.training.forms configs/languages/ru [--check]

Beside the tables of a language stands a `lemmas.yaml`, which says for a place in one of its files which
lemmas its forms are made from, and which of their forms belong there. This program writes the forms into
those places and leaves every other character of the files as it is. The tables are read without it: nothing
needs the dictionary (pymorphy3 with the OpenCorpora dictionary, the extra `forms`) when documents are read.
docs/forms.md tells how lemmas are written.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from pipeline.config import ConfigError, Strict, load

_ITEM = re.compile(r"( *)- ")
_KEY = re.compile(r"""(?P<indent> *(?:- )?)(?P<key>"[^"]*"|'[^']*'|[^\s:#"'-][^:#]*|-?\d+): *(?P<value>\S?)""")
_PIECE = re.compile(r"\([^)]*\)|[^\s()-]+|[\s-]")
_PLAIN = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)*")
_CASES = {"gen2": "gent", "loc2": "loct", "acc2": "accs"}  # the second cases of nouns; attributes have none
_NUMBERS_AND_CASES = frozenset({"sing", "plur", "nomn", "gent", "datv", "accs", "ablt", "loct"})


class Table(Strict):
    """What one table is made from: kinds of forms with the lemmas that give them, and forms given as they are.

    Forms that `unlike` makes are left out: those that might be another case.
    """

    make: dict[str, list[str]] = Field(default_factory=dict)
    unlike: dict[str, list[str]] = Field(default_factory=dict)
    literal: list[str] = Field(default_factory=list)
    without: list[str] = Field(default_factory=list)


class File(Strict):
    """The tables of one file by their place, and how a letter that may be written in two ways (ё, е) is."""

    spelling: Literal["plain", "both"] = "plain"
    tables: dict[str, Table]


class Lemmas(Strict):
    """lemmas.yaml. `kinds` names sets of forms by their grammemes, `words` lists of lemmas, `never` grammemes
    whose forms belong nowhere (poetic, obsolete), `plain` letters that are mostly written as others."""

    kinds: dict[str, list[str]]
    never: list[str] = Field(default_factory=list)
    plain: dict[str, str] = Field(default_factory=dict)
    words: dict[str, list[str]] = Field(default_factory=dict)
    files: dict[str, File]


class Inflector:
    """Forms of lemmas. `analyzer` is pymorphy3's; `never` holds grammemes whose forms are left out everywhere."""

    def __init__(self, analyzer: Any, never: Iterable[str] = ()) -> None:
        self._analyzer = analyzer
        self._never = frozenset(never)

    @classmethod
    def loaded(cls, never: Iterable[str] = ()) -> Inflector:
        """With pymorphy3's dictionary. Raises ImportError without the extra `forms`."""
        return cls(import_module("pymorphy3").MorphAnalyzer(), never)

    def forms(self, lemma: str, kind: Sequence[str]) -> set[str]:
        """The forms of `lemma` that have all grammemes of one of `kind` ("VERB past"; "-anim" is without one).

        Of several words each agrees with the others: "круглый стол" gives "круглых столов". What stands in
        round brackets does not change: "срок (действия)". Raises LookupError where no form is found.
        """
        pieces = [(lemma, True)] if self._known(lemma) else _pieces(lemma)
        found: set[str] = set()
        for wanted in kind:
            found |= self._agreeing(pieces, wanted.split())
        if not found:
            raise LookupError(f"{lemma!r} has no form of {list(kind)}")
        return found

    def _known(self, word: str) -> bool:
        return any(parse.is_known and parse.normal_form == word for parse in self._analyzer.parse(word))

    def _agreeing(self, pieces: Sequence[tuple[str, bool]], wanted: Sequence[str]) -> set[str]:
        """The forms of a phrase: its last word that changes says the case and number of those before it."""
        *before, head = [word for word, changes in pieces if changes]
        attributes = [self._paradigm(word, [g for g in wanted if g in _NUMBERS_AND_CASES]) for word in before]
        found: set[str] = set()
        for form in self._paradigm(head, wanted):
            agreeing = [[other.word for other in forms if _agree(other.tag, form.tag)] for forms in attributes]
            found |= {_put(pieces, [*words, form.word]) for words in product(*agreeing)}
        return found

    def _paradigm(self, word: str, wanted: Sequence[str]) -> list[Any]:
        """The forms of a word that have the grammemes: as the dictionary has them, else guessed by its ending."""
        word = word.lower()
        parses = [parse for parse in self._analyzer.parse(word) if parse.normal_form == word]
        having, lacking = {g for g in wanted if g[0] != "-"}, {g[1:] for g in wanted if g[0] == "-"} | self._never
        return [
            form
            for parse in [parse for parse in parses if parse.is_known] or parses[:1]
            for form in parse.lexeme
            if having <= form.tag.grammemes and not lacking & form.tag.grammemes
        ]


def _agree(one: Any, other: Any) -> bool:
    if one.case != _CASES.get(other.case, other.case) or one.number != other.number:
        return False
    if one.number == "sing" and one.gender and other.gender and one.gender != other.gender:
        return False
    return not (one.case == "accs" and one.animacy and other.animacy and one.animacy != other.animacy)


def _pieces(lemma: str) -> list[tuple[str, bool]]:
    """The words and separators of a lemma, and whether each changes."""
    return [(p.strip("()"), not (p.startswith("(") or p in " -")) for p in _PIECE.findall(lemma)]


def _put(pieces: Sequence[tuple[str, bool]], forms: Sequence[str]) -> str:
    left = iter(forms)
    return "".join(_as_capital(word, next(left)) if changes else word for word, changes in pieces)


def _as_capital(lemma: str, form: str) -> str:
    return form[0].upper() + form[1:] if lemma[0].isupper() else form


def table_forms(table: Table, spelling: str, lemmas: Lemmas, inflector: Inflector) -> list[str]:
    """The forms of a table: those made, in order, then those given. A lemma "*name" is each of `words`."""
    made = _made(table.make, lemmas, inflector) - _made(table.unlike, lemmas, inflector)
    letters = {ord(letter): other for letter, other in lemmas.plain.items()}
    plain = {form.translate(letters) for form in made}
    made = made | plain if spelling == "both" else plain
    return [*sorted(made - set(table.without) - set(table.literal)), *table.literal]


def _made(kinds: Mapping[str, Sequence[str]], lemmas: Lemmas, inflector: Inflector) -> set[str]:
    return {
        form
        for kind, wanted in kinds.items()
        for lemma in _spelt_out(wanted, lemmas.words)
        for form in inflector.forms(lemma, lemmas.kinds[kind])
    }


def _spelt_out(wanted: Sequence[str], words: Mapping[str, Sequence[str]]) -> list[str]:
    return [lemma for name in wanted for lemma in (words[name[1:]] if name.startswith("*") else [name])]


def written(text: str, place: str, forms: Sequence[str]) -> str:
    """`text`, a YAML file, with the list at `place` replaced by `forms`: "words.month.1", "anaphors.0.words".

    The list must stand on one line with its key. Raises LookupError where there is none.
    """
    path, lines = place.split("."), text.split("\n")
    inside: list[tuple[int, str]] = []
    items: dict[int, int] = {}  # how many items the lists that are open at an indent have had
    for at, line in enumerate(lines):
        if item := _ITEM.match(line):
            indent = len(item[1])
            items = {i: n for i, n in items.items() if i <= indent}
            items[indent] = items.get(indent, -1) + 1
            inside = [(i, k) for i, k in inside if i < indent] + [(indent, str(items[indent]))]
        found = _KEY.match(line)
        if found is None:
            continue
        indent, key = len(found["indent"]), found["key"].strip("\"'")
        items = {i: n for i, n in items.items() if i < indent}
        inside = [(i, k) for i, k in inside if i < indent] + [(indent, key)]
        if [k for _, k in inside] == path and found["value"] == "[":
            lines[at] = f"{line[: found.start('value')]}[{', '.join(map(_quoted, forms))}]"
            return "\n".join(lines)
    raise LookupError(f"no list at {place}")


def _quoted(form: str) -> str:
    return form if _PLAIN.fullmatch(form) else f'"{form}"'


def rewritten(folder: Path, inflector: Callable[[Iterable[str]], Inflector] = Inflector.loaded) -> dict[Path, str]:
    """Each file of `folder` that lemmas.yaml speaks of, as it should be. Raises ConfigError and LookupError."""
    lemmas = load(Lemmas, folder / "lemmas.yaml")
    made, files = inflector(lemmas.never), {}
    for name, file in lemmas.files.items():
        text = (folder / name).read_text(encoding="utf-8")
        for place, table in file.tables.items():
            text = written(text, place, table_forms(table, file.spelling, lemmas, made))
        files[folder / name] = text
    return files


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the tables, or with --check only name the files that differ and return 1 if any does."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="a language's folder with a lemmas.yaml")
    parser.add_argument("--check", action="store_true", help="write nothing")
    given = parser.parse_args(arguments)
    try:
        files = rewritten(given.folder)
    except (ConfigError, LookupError, ImportError) as error:
        raise SystemExit(f"{given.folder}: {error}") from None
    changed = {path: text for path, text in files.items() if text != path.read_text(encoding="utf-8")}
    for path, text in changed.items():
        print(f"{path} differs" if given.check else f"{path} written")
        if not given.check:
            path.write_text(text, encoding="utf-8", newline="\n")
    return int(given.check and bool(changed))


if __name__ == "__main__":
    raise SystemExit(main())
