"""A compact segmentation model out of a large one: what the large one needs for text of this kind.

    python -m pipeline.training.segmenter --teacher FOLDER --text FILE... --out FOLDER

`--teacher` is any pkuseg model folder (pkuseg's own default model is inside the `pkuseg` package on PyPI:
`pkuseg/models/default`). `--text` is plain Chinese text of the kind to be read, a sentence or paragraph a
line, no labels needed. Of the teacher's features those are kept that the text uses and that weigh something,
and of those it does not use the heavy ones; weights are rounded to 1/32, which packs well and adds up
exactly in any order. Every tenth block of a hundred lines is held out and only measured on, and so is
`--measure`, text that is never used otherwise. No chance is involved: the same teacher and text give the
same files, byte for byte.

The result is a folder as `spacy_pkuseg` itself reads it. docs/segmentation.md has the figures.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import spacy_pkuseg
import srsly

from pipeline.segmenter import Segmenter, f1

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

_PAIRS = "ww."  # features of pairs of words: a third of the teacher, F1 0.0002, and most of pkuseg's time
_WORDS = ("w1.", "w-1.")  # features of words


@dataclass(frozen=True)
class Choice:
    """Which features stay. A feature weighs what its furthest tag lies from the mean of its tags."""

    seen: float = 0.05  # least weight of a feature that the text uses
    unseen: float = 0.3  # least weight of one that it does not use
    steps: int = 32  # weights are rounded to 1 / steps


def split_lines(lines: Sequence[str], block: int = 100, every: int = 10) -> tuple[list[str], list[str]]:
    """The lines to learn from and the lines held out: every tenth block, without lines that are learnt from.

    Blocks, not lines: neighbouring lines come from one document and resemble each other.
    """
    learnt = [line for at, line in enumerate(lines) if at // block % every != every - 1]
    known = set(learnt)
    held = [line for at, line in enumerate(lines) if at // block % every == every - 1 and line not in known]
    return learnt, held


def feature_counts(teacher: spacy_pkuseg.pkuseg, lines: Iterable[str]) -> Counts:
    """How often the text uses each of the teacher's features."""
    extractor = teacher.feature_extractor
    counts: Counts = np.zeros(teacher.model.n_feature, dtype=np.int64)
    for line in lines:
        for piece in line.split():
            nodes = list(extractor.normalize_text(piece))
            for at in range(len(nodes)):
                counts[extractor.get_node_features_idx(at, nodes)] += 1
    return counts


def chosen_features(names: Sequence[str], weights: Floats, counts: Counts, choice: Choice) -> list[int]:
    """The numbers of the features that stay, ascending; feature 0, which pkuseg expects, always does."""
    strength = np.abs(weights - weights.mean(axis=1, keepdims=True)).max(axis=1)
    keep = np.where(counts > 0, strength > choice.seen, strength > choice.unseen)
    return [0] + [n for n in np.flatnonzero(keep).tolist() if n and not names[n].startswith(_PAIRS)]


def write_model(teacher: spacy_pkuseg.pkuseg, counts: Counts, choice: Choice, folder: Path) -> int:
    """The compact model written to `folder`; returns the number of features."""
    model, extractor = teacher.model, teacher.feature_extractor
    by_number = {number: name for name, number in extractor.feature_to_idx.items()}
    names = [by_number.get(n, "") for n in range(model.n_feature)]
    of_nodes: Floats = model.w[: model.n_feature * model.n_tag].reshape(model.n_feature, model.n_tag)
    of_tags: Floats = model.w[model.n_feature * model.n_tag :]
    chosen = chosen_features(names, of_nodes, counts, choice)
    weights = np.concatenate([of_nodes[chosen].ravel(), of_tags])
    folder.mkdir(parents=True, exist_ok=True)
    data = {
        "unigram": sorted({names[n].partition(".")[2] for n in chosen if names[n].startswith(_WORDS)}),
        "bigram": [],  # only ever needed to train
        "feature_to_idx": {names[n]: new for new, n in enumerate(chosen)},
        "tag_to_idx": dict(sorted(extractor.tag_to_idx.items())),
    }
    srsly.write_msgpack(folder / "features.msgpack", data)
    sizes = np.array([model.n_tag, len(chosen)])
    rounded = np.round(weights * choice.steps) / choice.steps + 0.0  # no negative zeros: they only take space
    np.savez_compressed(folder / "weights.npz", sizes=sizes, w=rounded)
    return len(chosen)


def read_lines(paths: Iterable[Path]) -> list[str]:
    """The lines of the files that hold something."""
    lines = (line.strip() for path in paths for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]


def main(arguments: Sequence[str] | None = None) -> None:
    """Make a compact segmentation model out of a large one, measure it, print the figures."""
    parser = argparse.ArgumentParser(prog="pipeline.training.segmenter", description=main.__doc__)
    parser.add_argument("--teacher", type=Path, required=True, help="folder of a large pkuseg model")
    parser.add_argument("--text", type=Path, nargs="+", required=True, help="text of the kind to be read")
    parser.add_argument("--measure", type=Path, nargs="*", default=[], help="more text, only measured on")
    parser.add_argument("--out", type=Path, required=True, help="folder to write the compact model to")
    parser.add_argument("--seen", type=float, default=Choice.seen, help="least weight, feature in the text")
    parser.add_argument("--unseen", type=float, default=Choice.unseen, help="least weight, any other feature")
    parser.add_argument("--label", type=Path, help="a file whose lines the teacher cuts into --labels")
    parser.add_argument("--labels", type=Path, help="where to: a line a line, spaces between words")
    args = parser.parse_args(arguments)

    teacher = spacy_pkuseg.pkuseg(str(args.teacher.resolve()))
    learnt, held = split_lines(read_lines(args.text))
    features = write_model(teacher, feature_counts(teacher, learnt), Choice(args.seen, args.unseen), args.out)
    student = Segmenter(args.out)
    size = sum(path.stat().st_size for path in args.out.iterdir())
    known = set(learnt)
    apart = [line for line in read_lines(args.measure) if line not in known]
    print(f"{args.out}: {features} features, {size / 1e6:.2f} MB, from {len(learnt)} lines")
    for name, lines in (("held out", held), ("measured", apart)):
        if lines:
            score = f1((teacher.cut(line), student.cut(line)) for line in lines)
            print(f"{name}: {len(lines)} lines, {sum(map(len, lines))} characters, F1 {score:.4f}")
    if args.label and args.labels:
        text = "".join(" ".join(teacher.cut(line)) + "\n" for line in read_lines([args.label]))
        args.labels.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
