"""The look of UN documents as data: configs/layout.yaml and configs/languages/<lang>/layout.yaml, compiled.

A document is matched against the layouts of all languages at once: a Chinese document has an English header.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pipeline.config import Strict, Yaml, read_yaml, validated
from pipeline.expressions import expression
from pipeline.screens import Screen
from pipeline.text import fold

Kind = Literal["letter", "resolution", "report"]

DATE = "\ue000"  # stands for a date while a line is matched (a private-use character: no text holds it)
MAX_LINE = 400  # a line longer than this is body; it also bounds what the patterns below look at


class Title(Strict):
    """A line that names the document; `{date}` in it is the document's own date."""

    kind: Kind
    pattern: str


class LanguageLayout(Strict):
    """configs/languages/<lang>/layout.yaml."""

    languages: dict[str, str]
    header: list[str]
    titles: list[Title]
    furniture: list[str]
    body_starts: list[str]
    dated_openings: list[str]
    signatures: list[str]
    annexes: list[str]
    resolution_symbol: str


class CommonLayout(Strict):
    """configs/layout.yaml."""

    symbol: str
    symbol_in_name: str
    header: list[str]
    furniture: list[str]
    markers: list[str]
    unspaced: list[str]
    closing: str
    trailing: str
    hyphen_prefixes: list[str]


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything about lines that reading a document needs; each pattern is for a whole line, see `norm`."""

    header: re.Pattern[str]
    titles: tuple[tuple[Kind, re.Pattern[str]], ...]
    any_title: re.Pattern[str]
    body_starts: re.Pattern[str]
    dated_openings: re.Pattern[str]
    signatures: re.Pattern[str]
    annexes: re.Pattern[str]
    furniture: re.Pattern[str]
    may_be_signature: Screen
    may_be_furniture: Screen
    marker: re.Pattern[str]
    symbol: re.Pattern[str]
    symbol_in_name: re.Pattern[str]
    resolution: tuple[re.Pattern[str], ...]
    languages: dict[str, str]  # folded name of a language in any language -> its code
    unspaced: re.Pattern[str]  # one character of a script that puts no spaces between words
    around_unspaced: re.Pattern[str]  # a space that carries nothing, beside such a character
    closing: str  # marks that end a sentence or a clause
    closed: re.Pattern[str]  # found in a line that ends so, whatever stands behind the mark
    hyphen_prefixes: frozenset[str]

    @classmethod
    def from_config(cls, folder: Path) -> Layout:
        """All the layouts under `folder`, the configuration's. Raises ConfigError."""
        return _layout(folder)

    def norm(self, line: str) -> str:
        """`line` as the patterns want it: folded, single spaces, none beside Han characters."""
        spaced = " ".join(fold(line).replace("**", "").split())
        return spaced if spaced.isascii() else self.around_unspaced.sub("", spaced)

    def is_unspaced(self, character: str) -> bool:
        """Whether no space stands beside this character: Han and its marks."""
        return self.unspaced.match(character) is not None


@lru_cache(maxsize=8)
def _layout(folder: Path) -> Layout:
    source = read_yaml(folder / "layout.yaml")
    common = validated(CommonLayout, source)
    files = sorted((folder / "languages").glob("*/layout.yaml"))
    sources = [read_yaml(path) for path in files]
    layouts = [validated(LanguageLayout, s) for s in sources]
    names = {fold(n): code for lay in layouts for n, code in lay.languages.items()}
    fill = {
        "{date}": DATE,
        "{symbol}": f"(?:{common.symbol})",
        "{language}": "(?:" + "|".join(re.escape(n) for n in sorted(names, key=lambda n: (-len(n), n))) + ")",
    }
    unspaced = "".join(_character_range(source, i, r) for i, r in enumerate(common.unspaced))

    def lines(key: str, own: Iterable[str] = ()) -> re.Pattern[str]:
        parts = [_filled(source, (key, i), p, fill) for i, p in enumerate(own)]
        for s, lay in zip(sources, layouts, strict=True):
            parts += [_filled(s, (key, i), p, fill) for i, p in enumerate(getattr(lay, key, ()))]
        return expression("|".join(parts) or r"(?!)", re.IGNORECASE)

    titles = [
        (title.kind, expression(_filled(s, ("titles", i), title.pattern, fill), re.IGNORECASE))
        for s, lay in zip(sources, layouts, strict=True)
        for i, title in enumerate(lay.titles)
    ]
    signatures, furniture = lines("signatures"), lines("furniture", common.furniture)
    closing, trailing = re.escape(common.closing), re.escape(common.trailing)
    return Layout(
        header=lines("header", common.header),
        titles=tuple(titles),
        any_title=expression("|".join(pattern.pattern for _, pattern in titles) or r"(?!)", re.IGNORECASE),
        body_starts=lines("body_starts"),
        dated_openings=lines("dated_openings"),
        signatures=signatures,
        annexes=lines("annexes"),
        furniture=furniture,
        may_be_signature=Screen(signatures.pattern),
        may_be_furniture=Screen(furniture.pattern),
        marker=expression("|".join(_filled(source, ("markers", i), p, fill) for i, p in enumerate(common.markers))),
        symbol=expression(rf"(?<![A-Za-z0-9/]){fill['{symbol}']}"),
        symbol_in_name=expression(_filled(source, ("symbol_in_name",), common.symbol_in_name, fill)),
        resolution=tuple(
            expression(_filled(s, ("resolution_symbol",), lay.resolution_symbol, fill), re.IGNORECASE)
            for s, lay in zip(sources, layouts, strict=True)
        ),
        languages=names,
        unspaced=expression(f"[{unspaced}]"),
        # the space first: `re` searches for it, and only then looks at what stands beside it
        around_unspaced=expression(rf" (?:(?<=[{unspaced}] )|(?=[{unspaced}]))"),
        closing=common.closing,
        closed=expression(rf"[{closing}][{trailing}]*[\d\s*]{{0,4}}$"),
        hyphen_prefixes=frozenset(common.hyphen_prefixes),
    )


def _filled(source: Yaml, loc: tuple[str | int, ...], pattern: str, fill: dict[str, str]) -> str:
    for name, value in fill.items():
        pattern = pattern.replace(name, value)
    try:
        expression(pattern)
    except re.error as error:
        raise source.error(loc, f"not a regular expression: {error}", "mend the pattern") from None
    return f"(?:{pattern})"


def _character_range(source: Yaml, index: int, text: str) -> str:
    match = re.fullmatch("([0-9a-f]{4,6})-([0-9a-f]{4,6})", text)
    if not match:
        raise source.error(("unspaced", index), f"not a range of characters: {text!r}", "write it as 4e00-9fff")
    return f"{chr(int(match[1], 16))}-{chr(int(match[2], 16))}"
