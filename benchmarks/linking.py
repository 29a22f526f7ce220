"""How well versions find each other: `python -m benchmarks.linking GOLD CORPUS [SEED] [--errors] [--large]`.

A folder of more than 300 files is made: letters of the gold's six-language paragraphs and of the parallel sentences of
one document, in two to six languages, and resolutions and letters that exist in one language only. No file says its
symbol, no name means anything. Among them are look-alikes: letters of one day, letters that differ in
some of their numbers and years only, letters whose other versions are not in the folder.

With --large, folders of 2,500, 5,000 and 10,000 files of parallel sentences, drawn at random and with figures of their
own, tell how the time of linking grows.
"""

from __future__ import annotations

import datetime as dt
import random
import re
import sys
import time
from collections import defaultdict
from dataclasses import replace
from itertools import combinations
from pathlib import Path

from benchmarks.gold import CONFIGS, LANGUAGES, records
from pipeline.alignments.linking import Linker, families
from pipeline.alignments.shelf import SCHEMA, Shelf
from pipeline.alignments.signatures import DocumentSignature, Signer
from pipeline.config import ConfigError
from pipeline.documents import Reader
from pipeline.manifest import ManifestRow
from pipeline.mentions.finder import MentionFinder
from pipeline.model import Document, Mentions
from pipeline.reading import Source
from pipeline.spill import database

MONTHS = ("January February March April May June July August September October November December").split()  # noqa: SIM905

File = tuple[str, str, dt.date | None, dt.date | None, list[str]]


def head(day: dt.date | None, issued: dt.date | None) -> str:
    """A head as every version has it; the letter's date stands in it where the version gives one."""
    lines = ["Security Council", "Distr.: General"]
    if issued:
        lines.append(f"{issued.day} {MONTHS[issued.month - 1]} {issued.year}")
    if day:
        name = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        lines.append(f"Letter dated {name} from the Secretary-General addressed to the President of the Council")
    return "\n\n".join(lines) + "\n\n"


def folder(gold: Path, corpus: Path, rng: random.Random) -> dict[str, File]:
    """File: which document it is a version of, its language, letter and distribution date, its paragraphs."""
    works: list[dict[str, list[str]]] = []
    some = records(gold, "dev.jsonl", "authored_dev.jsonl")
    rng.shuffle(some)
    while len(some) > 12:
        size = rng.randint(3, 9)
        works.append({language: [r["texts"][language] for r in some[:size]] for language in LANGUAGES})
        some = some[size:]
    ids = (corpus / "parallel" / "unpc-dev.ids").read_text(encoding="utf-8").splitlines()
    lines = {
        language: (corpus / "parallel" / f"unpc-dev.{language}.txt").read_text(encoding="utf-8").splitlines()
        for language in LANGUAGES
    }
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, name in enumerate(ids):
        numbers[name.split()[0]].append(number)
    longer = [found for _, found in sorted(numbers.items()) if len(found) >= 4]
    for found in rng.sample(longer, 90):
        works.append({language: [lines[language][n] for n in sorted(found)] for language in LANGUAGES})
    files: dict[str, File] = {}
    days = [dt.date(2003, 1, 1) + dt.timedelta(rng.randrange(2500)) for _ in range(40)]

    def add(work: str, language: str, day: dt.date | None, issued: dt.date | None, texts: list[str]) -> None:
        files[f"{rng.getrandbits(60):015x}.txt"] = (work, language, day, issued, texts)

    for number, work in enumerate(works):
        day = rng.choice(days) if rng.random() < 0.7 else None
        issued = (day or rng.choice(days)) + dt.timedelta(rng.randint(1, 8)) if rng.random() < 0.7 else None
        told = rng.sample(LANGUAGES, rng.choice((1, 2, 2, 2, 3, 4, 6)))
        for language in told:
            texts = list(work[language])
            if len(texts) > 3 and rng.random() < 0.2:
                texts.pop(rng.randrange(len(texts)))
            if len(texts) > 3 and rng.random() < 0.2:
                texts[:2] = [" ".join(texts[:2])]
            add(f"work {number}", language, day if rng.random() < 0.9 else None, issued, texts)
        if rng.random() < 0.3:  # the same letter with other figures, of the same day or another
            other_day = day if rng.random() < 0.5 else rng.choice(days)
            other_issued = other_day + dt.timedelta(3) if issued and other_day not in (day, None) else issued
            for language in rng.sample(LANGUAGES, rng.choice((1, 2, 3))):
                texts = [refigured(text) for text in work[language]]
                if sum(a != b for a, b in zip(texts, work[language], strict=True)) > 2:
                    add(f"twin {number}", language, other_day, other_issued, texts)
    for name in rng.sample(sorted((corpus / "resolutions").glob("*.txt")), 60):
        text = name.read_bytes().decode("cp1252", "replace")
        add(name.name, "en", rng.choice(days), None, [p for p in re.split(r"\n\s*\n", text) if p.strip()])
    for name in sorted((corpus / "letters").glob("*.txt")):
        paragraphs = [p for p in re.split(r"\n\s*\n", name.read_text(encoding="utf-8")) if p.strip()]
        add(name.name, "en", rng.choice(days), None, paragraphs)
    return files


def large(corpus: Path, rng: random.Random, count: int) -> dict[str, File]:
    """So many files of parallel sentences, each sentence in several documents, with figures of the document's own."""
    lines = {
        language: (corpus / "parallel" / f"unpc-dev.{language}.txt").read_text(encoding="utf-8").splitlines()
        for language in LANGUAGES
    }
    files: dict[str, File] = {}
    while len(files) < count:
        day = dt.date(1995, 1, 1) + dt.timedelta(rng.randrange(7000))
        head_day = day if rng.random() < 0.5 else None
        some, step = rng.sample(range(len(lines["en"])), rng.randint(3, 9)), rng.randrange(18)
        work = f"work {rng.getrandbits(60)}"
        for language in rng.sample(LANGUAGES, rng.choice((1, 2, 3, 6))):
            texts = [refigured(lines[language][n], step, step % 5) for n in some]
            files[f"{rng.getrandbits(60):015x}.txt"] = (work, language, head_day, None, texts)
    return files


def refigured(text: str, step: int = 3, years: int = 2) -> str:
    """The text with other numbers of two digits and other years, the same ones in every language."""
    text = re.sub(r"(?<![\d.,/])[1-9]\d(?![\d.,/])", lambda m: f"{(int(m[0]) * 7 + step) % 18 + 11}", text)
    return re.sub(r"(?<!\d)(?:19|20)\d\d(?!\d)", lambda m: f"{int(m[0]) - years}", text)


def main(files: dict[str, File], show: bool) -> None:
    """Print precision and recall over pairs of files, and how long the linking took."""
    readers = {language: _Signatures(language) for language in LANGUAGES}
    whole = Reader.from_config(CONFIGS, LANGUAGES)
    order = sorted(files, key=lambda f: (LANGUAGES.index(files[f][1]), f))
    signatures = [readers[files[f][1]].read(f, *files[f][1:], whole) for f in order]
    works: dict[str, list[str]] = defaultdict(list)
    for name in sorted(files):
        works[files[name][0]].append(name)
    true = {pair for names in works.values() for pair in combinations(names, 2)}
    begun = time.process_time()
    linked = families(signatures)
    took = time.process_time() - begun
    found = {tuple(sorted(pair)) for family in linked for pair in combinations(family.files, 2)}
    hits = len(true & found)
    figures = f"precision {hits / len(found):.4f} recall {hits / len(true):.4f}"
    print(f"{len(files)} files, {len(true)} pairs: {figures}, {took:.1f} s, {1000 * took / len(files):.2f} ms a file")
    if show:
        with database(SCHEMA) as connection:
            shelf = Shelf(connection, signatures)
            shelf.compare()
            _show(true, found, files, order, Linker(shelf))


def _show(
    true: set[tuple[str, str]], found: set[tuple[str, str]], files: dict[str, File], order: list[str], linker: Linker
) -> None:
    """Print the pairs that were missed or wrong, and the best partners of both files."""
    for a, b in sorted(true ^ found):
        i, j = order.index(a), order.index(b)
        print("MISSED" if (a, b) in true else "WRONG", files[a][:4], files[b][:4], f"{linker.score(i, j):.1f}")
        for k in (i, j):
            best = sorted(
                ((linker.score(k, x), x) for x in range(len(order)) if order[x] != order[k]
                 and files[order[x]][1] == files[order[i + j - k]][1]), reverse=True)[:3]  # fmt: skip
            print("   ", [(f"{s:.1f}", files[order[x]][0], files[order[x]][1]) for s, x in best])


class _Signatures:
    """Reads files of one language."""

    def __init__(self, language: str) -> None:
        self.signer = Signer.from_config(CONFIGS, language)
        try:
            self.finder: MentionFinder | None = MentionFinder.from_config(CONFIGS, language)
        except ConfigError:
            self.finder = None

    def read(
        self, file: str, language: str, day: dt.date | None, issued: dt.date | None, texts: list[str], whole: Reader
    ) -> DocumentSignature:
        """The signature of the file that these make."""
        text = head(day, issued) + "\n\n".join(texts) + "\n"
        document, _ = whole.read(Source(file, "0" * 64, text, "utf-8"), ManifestRow(file, language=language))
        assert document is not None, file
        return self.signature(replace(document, has_symbol=False, symbol=Path(file).stem))

    def signature(self, document: Document) -> DocumentSignature:
        """The document's signature."""
        bodies = [aligned.text for aligned in document.body]
        if self.finder is None:
            return self.signer.document(document, [(body, Mentions()) for body in bodies])
        scope = self.finder.scope(bodies)
        return self.signer.document(document, [(b, self.finder.find(b, document.date, scope)) for b in bodies])


if __name__ == "__main__":
    plain = [a for a in sys.argv[1:] if not a.startswith("--")]
    randomly = random.Random(f"linking {plain[2] if len(plain) > 2 else '1'}")
    if "--large" in sys.argv:
        for size in (2_500, 5_000, 10_000):
            main(large(Path(plain[1]), randomly, size), show=False)
    else:
        main(folder(Path(plain[0]), Path(plain[1]), randomly), "--errors" in sys.argv)
