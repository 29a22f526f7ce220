"""What tells no fact must not change the facts: `python -m benchmarks.metamorphic LANGUAGE...`.

Metamorphic tests (Chen, Cheung and Yiu 1998) need no gold: a paragraph is read, then again with something put into it
that tells no fact (benchmarks/data/metamorphic.yaml), or with a date written otherwise, and the facts must be the same.
The paragraphs are those of benchmarks/data/facts. Printed is for each kind of change how many of how many paragraphs
tell other facts by it; with --show so many of them, with what was lost and what is new.

Some changes make a sentence that nobody would write (an aside inside the name of a body): 0 is not to be had for these.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks.gold import CONFIGS
from benchmarks.respelling import Spellings
from pipeline.analysis import Analyst
from pipeline.config import Strict
from pipeline.model import Document
from pipeline.text import AlignedText

DATA = Path(__file__).parent / "data"
KINDS = ("aside", "suffix", "symbol", "report", "opening", "before", "after", "number", "join")
SPELLED = ("day", "interval")  # dates written otherwise
_FREE = frozenset({"organizer", "topic", "place", "decided"})  # slots that are not compared
_END = re.compile(r"[.;。；]\s*$")
_MARKS = re.compile(r"[.;。；]")
_NUMBERED = re.compile(r"[\s(（\d]")
_NUMBERS = ("12. ", "(c) ", "47. ")
_ASIDES = 3  # places of a paragraph, at most, that one is put in
_LONGEST = 420  # characters of a sentence that is joined to another
Facts = Counter[tuple[str, str, tuple[tuple[str, str], ...]]]


class Phrases(Strict):
    """What tells no fact in one language."""

    spellings: Spellings
    asides: list[str]
    suffixes: list[str]
    reports: list[str]
    openings: list[str]
    sentences_before: list[str]
    sentences_after: list[str]
    symbol: str
    joins: list[str]
    before: list[str]
    opens: str


def phrases() -> dict[str, Phrases]:
    """The phrases of each language."""
    read = yaml.safe_load((DATA / "metamorphic.yaml").read_text(encoding="utf-8"))
    return {language: Phrases.model_validate(some) for language, some in read.items()}


@dataclass(frozen=True)
class Case:
    """A paragraph of the sets."""

    name: str
    text: str
    day: dt.date | None


def cases(language: str) -> list[Case]:
    """All paragraphs of the sets in one language."""
    found = []
    for path in sorted((DATA / "facts").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if language in record["texts"]:
                day = record.get("doc_date")
                found.append(Case(record["id"], record["texts"][language], dt.date.fromisoformat(day) if day else None))
    return found


class Reader:
    """Reads the facts of a paragraph in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._analyst = Analyst.from_config(CONFIGS, language)

    def facts(self, text: str, day: dt.date | None) -> Facts:
        """Type, modality and slots of each event of a paragraph in a document of that day."""
        body = (AlignedText.of(text),)
        document = Document("f", "", "utf-8", "f", self.language, day, None, "", body, len(text))
        return Counter(
            (
                event.type,
                event.modality,
                tuple(sorted((n, str(s.value)) for n, s in event.slots.items() if n not in _FREE)),
            )
            for read in self._analyst.read(document)
            for event in read.events
        )


def variants(text: str, kind: str, some: Phrases, pick: random.Random) -> Iterator[str]:
    """The paragraph with what tells no fact put into it, in the ways of one kind."""
    end = _END.search(text)
    if kind == "aside":
        places = _places(text, some)
        for place in pick.sample(places, min(_ASIDES, len(places))):
            before = text[:place].rstrip()
            yield before + pick.choice(some.asides) + text[len(before) :]
    elif kind in ("suffix", "symbol") and end is not None:
        told = some.symbol if kind == "symbol" else pick.choice(some.suffixes)
        yield text[: end.start()] + told + text[end.start() :]
    elif kind in ("report", "opening") and (low := _lowered(text, some)) is not None:
        yield pick.choice(some.reports if kind == "report" else some.openings) + low
    elif kind == "before":
        yield pick.choice(some.sentences_before) + text
    elif kind == "after" and end is not None and text[end.start()] not in ";；":
        yield text.rstrip() + pick.choice(some.sentences_after)
    elif kind in SPELLED:
        yield from some.spellings.respelled(text, kind)
    elif kind == "number" and _NUMBERED.match(text) is None:
        yield pick.choice(_NUMBERS) + text


def _places(text: str, some: Phrases) -> list[int]:
    """Where an aside may stand: between a word in small letters and one of `before`."""
    words = "|".join(map(re.escape, some.before))
    spaced = r"(?<=[^\W\d_]) (?=(?:" + words + r") )"
    joint = r"(?<=[一-鿿])(?=" + words + ")"
    found = [match.end() for match in re.finditer(spaced, text)]
    found = [place for place in found if not re.search(r"[A-ZÀ-ÞА-Я]\S*$", text[: place - 1])]
    return found or [match.end() for match in re.finditer(joint, text)]


def _lowered(text: str, some: Phrases) -> str | None:
    """The paragraph as it goes on behind other words; None where it begins in a way that allows of none."""
    return text[0].lower() + text[1:] if re.match(some.opens, text) else None


def changed(language: str, kind: str, most: int, seed: int) -> tuple[int, list[tuple[Case, str, Facts, Facts]]]:
    """How many paragraphs were changed in ways of a kind, and which tell other facts: what is lost, what is new."""
    reader, some, pick = Reader(language), phrases()[language], random.Random(seed)
    paragraphs = cases(language)
    pick.shuffle(paragraphs)
    if kind in SPELLED:  # most have no such date, and need not be read
        paragraphs = [case for case in paragraphs if next(variants(case.text, kind, some, pick), None) is not None]
    pairs = _joined(paragraphs, some, pick, most, reader) if kind == "join" else None
    if pairs is None:
        pairs = (
            (case, changed, told)
            for case in paragraphs[:most]
            if (told := reader.facts(case.text, case.day))
            for changed in variants(case.text, kind, some, pick)
        )
    tried, other = 0, []
    for case, text, told in pairs:
        tried += 1
        now = reader.facts(text, case.day)
        if now != told:
            other.append((case, text, told - now, now - told))
    return tried, other


def _joined(
    paragraphs: list[Case], some: Phrases, pick: random.Random, most: int, reader: Reader
) -> Iterator[tuple[Case, str, Facts]]:
    """Two sentences as one, with the facts of both."""
    single = [
        case
        for case in paragraphs
        if len(_MARKS.findall(case.text)) == 1
        and case.text.rstrip()[-1] in ".。"
        and len(case.text) < _LONGEST
        and _lowered(case.text, some) is not None
    ]
    for _ in range(most):
        case, other = pick.sample(single, 2)
        first, second = reader.facts(case.text, case.day), reader.facts(other.text, case.day)
        if first and second:
            joined = case.text.rstrip(" .。") + pick.choice(some.joins) + (_lowered(other.text, some) or "")
            yield case, joined, first | second


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("languages", nargs="*", default=list(phrases()))
    parser.add_argument("--kinds", default=",".join((*KINDS, *SPELLED)))
    parser.add_argument("--paragraphs", type=int, default=250, help="at most, of each kind and language")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, metavar="NUMBER", help="of those that tell other facts")
    given = parser.parse_args()
    for language in given.languages or list(phrases()):
        for kind in given.kinds.split(","):
            tried, other = changed(language, kind, given.paragraphs, given.seed)
            print(language, kind, f"{len(other)} of {tried}", flush=True)
            for case, text, lost, new in other[: given.show]:
                print(f"  {case.name}, {case.day}: {text}")
                for sign, some in (("-", lost), ("+", new)):
                    for event, modality, slots in some:
                        print("   ", sign, event, modality, _shown(dict(slots)))


def _shown(slots: Mapping[str, str]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in slots.items())


if __name__ == "__main__":
    main()
