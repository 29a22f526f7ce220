"""How well `unfacts mentions` tags dates and lengths of time, beside the taggers that one can install.

    python -m benchmarks.temporal [FILE ...] [--peers] [--errors]

The sentences are the project's own, in benchmarks/data/temporal: marked up by the TIMEX3 guidelines of TimeML before
the tagger was run on them, one text a line, `[[early 2005|DATE|2005]]`; a line `@ 2005-03-14` gives the day on which
relative dates hang. The measures are those of TempEval-3: a mention is found strictly where its span is the same,
relaxed where it overlaps; the value counts where a mention is found relaxed and its value is the same.

The peers (`pip install unfacts[bench]`) are asked sentence by sentence, as this one is; HeidelTime needs Java.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.temporal_peers import PEERS
from pipeline.config import default_folder
from pipeline.lone import LoneText, mentions_of

DATA = Path(__file__).parent / "data" / "temporal"
_MARK = re.compile(r"\[\[(?P<text>[^|\]]+)\|(?P<type>[A-Z]+)\|(?P<value>[^|\]]+)\]\]")

Tag = tuple[int, int, str, str]
"""Start, end, type and value."""
Tagger = Callable[[str, str, str], list[Tag]]
"""A text, its language and its date, and what the tagger finds."""


@dataclass(frozen=True)
class Case:
    """A text and the tags that it should have."""

    language: str
    date: str
    text: str
    tags: list[Tag]


def cases(path: Path) -> list[Case]:
    """The texts of a file; its name begins with the language."""
    language, date, found = path.name[:2], "", []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("@ "):
            date = line[2:].strip()
        elif line.strip():
            found.append(_case(language, date, line))
    return found


def _case(language: str, date: str, line: str) -> Case:
    pieces: list[str] = []
    tags: list[Tag] = []
    done = length = 0
    for mark in _MARK.finditer(line):
        pieces += [line[done : mark.start()], mark["text"]]
        start = length + mark.start() - done
        length = start + len(mark["text"])
        tags.append((start, length, mark["type"], mark["value"]))
        done = mark.end()
    return Case(language, date, "".join((*pieces, line[done:])), tags)


def unfacts(text: str, language: str, date: str) -> list[Tag]:
    """What `unfacts mentions` finds."""
    found = mentions_of(LoneText.from_record({"text": text}, language, date), default_folder())
    return sorted(
        (m["start"], m["end"], m["timex_type"], m["timex_value"]) for m in (*found["dates"], *found["durations"])
    )


@dataclass
class Score:
    """Counts over texts."""

    wanted: int = 0
    got: int = 0
    strict: int = 0
    relaxed: int = 0
    value: int = 0
    seconds: float = 0.0

    def f1(self, hits: int) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * hits / (self.wanted + self.got) if self.wanted + self.got else 1.0


def scored(tagger: Tagger, texts: Iterable[Case], errors: list[str] | None = None) -> Score:
    """A tagger over the texts; with `errors`, what it got wrong is written there."""
    score = Score()
    for case in texts:
        before = time.perf_counter()
        found = tagger(case.text, case.language, case.date)
        score.seconds += time.perf_counter() - before
        score.wanted, score.got = score.wanted + len(case.tags), score.got + len(found)
        wrong = []
        left = list(found)
        for tag in case.tags:
            touching = [f for f in left if f[0] < tag[1] and tag[0] < f[1]]
            mine = next((f for f in touching if f[:2] == tag[:2]), touching[0] if touching else None)
            if mine is None:
                wrong.append(f"missed {case.text[tag[0] : tag[1]]!r} {tag[3]}")
                continue
            left.remove(mine)
            score.relaxed += 1
            score.strict += mine[:2] == tag[:2]
            score.value += same_value(mine[3], tag[3])
            if mine[:2] != tag[:2] or not same_value(mine[3], tag[3]):
                wanted, got = case.text[tag[0] : tag[1]], case.text[mine[0] : mine[1]]
                wrong.append(f"wanted {wanted!r} {tag[3]}, got {got!r} {mine[3]}")
        wrong += [f"not wanted {case.text[f[0] : f[1]]!r} {f[3]}" for f in left]
        if errors is not None and wrong:
            errors.append(f"{case.date} {case.text}\n" + "".join(f"    {w}\n" for w in wrong))
    return score


def same_value(got: str, wanted: str) -> bool:
    """Whether two values say the same; a time to the hour may leave its minutes out."""
    return _plain(got) == _plain(wanted)


def _plain(value: str) -> str:
    return re.sub(r"(T\d\d):00$", r"\1", value.rstrip("X") if re.fullmatch(r"\d{2,3}X{1,2}", value) else value)


def main() -> None:
    """Prints the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("files", nargs="*", type=Path)
    options.add_argument("--peers", action="store_true")
    options.add_argument("--errors", action="store_true")
    chosen = options.parse_args()
    files = chosen.files or sorted(DATA.glob("*.txt"))
    print(f"{'':8} {'':28} {'strict':>7} {'relaxed':>8} {'value':>7} {'ms/text':>9}")
    for path in files:
        texts = cases(path)
        taggers: dict[str, Tagger] = {"unfacts": unfacts}
        if chosen.peers:
            taggers |= {name: peer for name, (peer, spoken) in PEERS.items() if texts[0].language in spoken}
        for name, tagger in taggers.items():
            errors: list[str] = []
            try:
                tagger(texts[0].text, texts[0].language, texts[0].date)
            except ImportError as error:
                print(f"{path.stem:8} {name:28} is not installed ({error})")
                continue
            for case in texts[: 1 if chosen.errors else None]:  # what is loaded and compiled once is no speed
                tagger(case.text, case.language, case.date)
            s = scored(tagger, texts, errors)
            figures = f"{s.f1(s.strict):7.3f} {s.f1(s.relaxed):8.3f} {s.f1(s.value):7.3f}"
            print(f"{path.stem:8} {name:28} {figures} {s.seconds / len(texts) * 1000:9.2f}")
            if chosen.errors:
                print("".join(errors))


if __name__ == "__main__":
    main()
