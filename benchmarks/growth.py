"""Time and memory as folders grow, and what one document more costs: `python -m benchmarks.growth CORPUS [SIZE...]`.

CORPUS is a folder of text files; folders of each size are made of them, every copy with a number, dates and counts of
its own, so no two documents are the same. For each size: a run from nothing (time, processor time of all processes,
the peak memory of the largest), a run in which nothing has changed, one with one document more, one with one changed,
one with one less. The small runs take turns, and of several rounds the least counts.

A run that reads a document loads the rules, and one in which nothing is new does not: what that costs is measured on
a folder of one document ("rules"), and the shares are given with it and without.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.tables import markdown, write_curves

_SYMBOL = re.compile(r"S/RES/\d+")  # of a resolution of the Security Council
_DAY = re.compile(r"(?<![\d(/])\d\d(?![\d)/])")  # or another number of two digits
_NUMBER = re.compile(r"(?<![\d(/])\d{3}(?![\d)/])")
ROUNDS = 3  # of the small runs
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def varied(text: str, rng: random.Random, number: int) -> str:
    """The text as that of another document: other years, days and counts, and `number` in its symbol."""
    shift = rng.randint(-9, 9)
    text = _SYMBOL.sub(f"S/RES/{10_000 + number}", text)
    text = _YEAR.sub(lambda match: str(min(2024, max(1950, int(match[0]) + shift))), text)
    text = _DAY.sub(lambda match: str(rng.randint(10, 28)), text)
    return _NUMBER.sub(lambda match: str(rng.randint(100, 999)), text)


def fill(folder: Path, sources: list[Path], count: int) -> None:
    """A folder of `count` documents; the same on every machine."""
    folder.mkdir(parents=True)
    texts = [path.read_bytes().decode("utf-8", errors="replace") for path in sources]
    for number in range(count):
        rng = random.Random(number)
        text = varied(texts[number % len(texts)], rng, number)
        (folder / f"{rng.randrange(16**8):08x}-{number}.txt").write_text(text, encoding="utf-8")


def run(folder: Path, output: Path, workers: int) -> tuple[float, float, float]:
    """Seconds, seconds of processor time, and peak memory in MiB, of one run."""
    command = [sys.executable, "-m", "pipeline", "extract", str(folder), "-o", str(output), "-q"]
    start = time.perf_counter()
    process = subprocess.Popen([*command, "--workers", str(workers)], stderr=subprocess.DEVNULL)
    _, _, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    largest = used.ru_maxrss / (1 << (20 if sys.platform == "darwin" else 10))
    return seconds, used.ru_utime + used.ru_stime, largest


def measured(sources: list[Path], size: int, scratch: Path, workers: int) -> dict[str, object]:
    """The figures for one size."""
    folder, output = scratch / f"{size}", scratch / f"{size}-out"
    fill(folder, sources, size)
    whole = run(folder, output, workers)
    text = sources[0].read_bytes().decode("utf-8", errors="replace")
    more = folder / "7fffffff-more.txt"
    rounds: list[list[float]] = []
    for number in range(ROUNDS):
        used = [run(folder, output, workers)[1]]
        for turn in (2 * number, 2 * number + 1):  # one document more, then another text in its place
            more.write_text(varied(text, random.Random(-1 - turn), size), encoding="utf-8")
            used.append(run(folder, output, workers)[1])
        more.unlink()
        used.append(run(folder, output, workers)[1])
        rounds.append(used)
    same, added, changed, removed = map(min, zip(*rounds, strict=True))
    rules = loading(text, size, scratch, workers)

    def beside(seconds: float, start: float = 0) -> str:
        with_start = f"{(seconds - same) / whole[1]:.2%}"
        return f"+{seconds - same:.2f} s, {with_start}" + (f"; {(seconds - same - start) / whole[1]:.2%}" * bool(start))

    row = {
        "documents": f"{size:,}",
        "seconds": f"{whole[0]:.1f}",
        "processor seconds": f"{whole[1]:.1f}",
        "ms a document": f"{1000 * whole[1] / size:.1f}",
        "peak MiB": f"{whole[2]:.0f}",
        "nothing new": f"{same:.1f} s",
        "rules": f"{rules:.2f} s",
        "one more (without rules)": beside(added, rules),
        "one changed (without rules)": beside(changed, rules),
        "one less": beside(removed),
    }
    print(row, flush=True)
    return row


def loading(text: str, size: int, scratch: Path, workers: int) -> float:
    """Seconds of processor time that a folder's only document takes beside a run in which nothing is new."""
    folder, output = scratch / f"{size}-alone", scratch / f"{size}-alone-out"
    folder.mkdir()
    rounds = []
    for number in range(ROUNDS):
        (folder / "alone.txt").write_text(varied(text, random.Random(-100 - number), size), encoding="utf-8")
        rounds.append([run(folder, output, workers)[1], run(folder, output, workers)[1]])
    new, same = map(min, zip(*rounds, strict=True))
    return new - same


def main() -> None:
    """Measure, print, and write benchmarks/results/growth.md and .svg."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000])
    parser.add_argument("--workers", type=int, default=1)
    given = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sources = sorted(given.corpus.glob("*.txt"))
    with tempfile.TemporaryDirectory() as scratch:
        rows = [measured(sources, size, Path(scratch), given.workers) for size in given.sizes]
    results = Path(__file__).parent / "results"
    results.mkdir(exist_ok=True)
    (results / "growth.md").write_text(markdown(rows), encoding="utf-8")
    sizes = [float(str(row["documents"]).replace(",", "")) for row in rows]
    curves = {
        name: [(size, float(str(row[key]))) for size, row in zip(sizes, rows, strict=True)]
        for name, key in (("ms a document", "ms a document"), ("peak MiB", "peak MiB"))
    }
    write_curves(results / "growth.svg", "Cost as folders grow", curves, "see growth.md")


if __name__ == "__main__":
    main()
