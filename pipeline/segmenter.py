"""Chinese words by a pkuseg model that lies on this disk: same words as `spacy_pkuseg`, several times faster.

`spacy_pkuseg` asks the network for any model that it knows by name; this class takes a folder and no more.
It also mends three things, and tests hold it to the original in all others:

- most of pkuseg's time goes into features of pairs of words, which hardly weigh anything. A model without
  them (pipeline.training.segmenter makes such models) is read through plain tables instead of some 120
  built strings a character; a model with them goes the original way.
- pkuseg's user dictionary takes too much when a longer word begins and does not end ("联塔" and
  "联塔办事处" on "联塔办法" gives "联塔办"); here the longest word that is really there is taken.
- pkuseg's dictionary step joins every run of words, in quadratic time; here it slices, in linear time, and a
  very long stretch goes in parts for the sake of memory.

Model format: `features.msgpack` and `weights.npz` as `spacy_pkuseg` reads and writes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import spacy_pkuseg
from spacy_pkuseg import inference

FILES = ("features.msgpack", "weights.npz")
"""What a model folder holds."""

DICTIONARY = Path(spacy_pkuseg.__file__).parent / "dicts" / "default.pkl"
"""The general dictionary inside the spacy_pkuseg package, used after the model as pkuseg itself does."""

_MERGED = range(7, 1, -1)  # how many words the dictionary can make one of, most first: as in pkuseg

_LONGEST = 6  # characters in the longest word a feature speaks of: pkuseg's wordMax
_CHARACTER = {"c": 0, "c-1": 1, "c-2": 2, "c1": -1, "c2": -2}  # j tells about the character at j + n
_BIGRAM = {"cc1": 0, "c-1c": 1, "c-2c-1": 2}  # likewise the pair at j and j + 1
_WORD = ("w1", "w-1")  # a word that starts, or ends, at the character

_PART = 2000  # characters; longer than any sentence that was written as one
_PART_ENDS = "。；，;,"

_Tables = dict[str, dict[str, int]]


class UserWords(spacy_pkuseg.Preprocesser):  # type: ignore[misc]
    """The user dictionary: words that are always one token. Those with white space in them never match."""

    def solve(self, txt: str) -> tuple[list[str], list[bool], list[str]]:
        """The pieces of `txt`, whether each is a word of the dictionary (longest first), their tags."""
        pieces: list[str] = []
        words: list[bool] = []
        roots = self.trie.children
        last = start = 0
        while start < len(txt):
            node, end = roots.get(txt[start]), 0
            at = start + 1
            while node is not None:
                if node.isword:
                    end = at
                node = node.children.get(txt[at]) if at < len(txt) else None
                at += 1
            if not end:
                start += 1
                continue
            if last < start:
                pieces.append(txt[last:start])
                words.append(False)
            pieces.append(txt[start:end])
            words.append(True)
            last = start = end
        if last < len(txt):
            pieces.append(txt[last:])
            words.append(False)
        return pieces, words, [""] * len(pieces)


class Dictionary(spacy_pkuseg.Postprocesser):  # type: ignore[misc]
    """The general dictionary: neighbours that make a known word, and are not all known words, become one."""

    def post_process(self, sent: list[str], check_seperated: bool) -> list[str]:
        """The words of `sent` after merging. (The names of the parameters are pkuseg's.)"""
        known, words = self.other_words, sent
        text, starts = "".join(words), [0, *accumulate(map(len, words))]
        for count in _MERGED:
            ends = starts[count:]
            if not any(text[a:b] in known for a, b in zip(starts, ends, strict=False)):
                continue
            merged, at = [0], 0
            while at < len(starts) - 1:
                run = starts[at : at + count + 1]
                whole = len(run) > count and text[run[0] : run[-1]] in known
                if whole and check_seperated:
                    whole = not all(text[a:b] in known for a, b in pairwise(run))
                at += count if whole else 1
                merged.append(starts[at])
            starts = merged
        return [text[a:b] for a, b in pairwise(starts)]


class Segmenter(spacy_pkuseg.pkuseg):  # type: ignore[misc]
    """A pkuseg segmenter; `cut(text)` gives the words without white space.

    Raises FileNotFoundError where the folder does not hold a model.
    """

    def __init__(self, folder: Path, user_words: Iterable[str] = ()) -> None:
        """The model in `folder`, with `user_words` always kept whole."""
        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise FileNotFoundError(f"{folder} is no segmentation model: it has no {', no '.join(missing)}")
        super().__init__(str(folder.resolve()), user_dict=None)
        self.postprocesser = Dictionary(None, [str(DICTIONARY)])
        self.preprocesser = UserWords(sorted({word for word in user_words if word.strip()}))
        self._starts = {tag for tag, name in self.idx_to_tag.items() if "B" in name}
        self._tables = _tables(self.feature_extractor.feature_to_idx)

    def cut(self, txt: str) -> list[str]:
        """The words of `txt` in order; white space parts words and is in none of them."""
        words: list[str] = []
        for piece in txt.split():
            for part in _parts(piece):
                words += super().cut(part)
        return words

    def _cut(self, text: str) -> list[str]:
        """The words of `text`, which has no white space in it."""
        if self._tables is None:
            result: list[str] = super()._cut(text)
            return result
        nodes = list(self.feature_extractor.normalize_text(text))
        _, tags = inference.decodeViterbi_fast(_features(self._tables, nodes), self.model)
        begins = [i for i, tag in enumerate(tags) if tag in self._starts or i == 0]
        return [text[a:b] for a, b in zip(begins, [*begins[1:], len(text)], strict=True)]


def _parts(text: str) -> Iterator[str]:
    """`text` in parts: pkuseg keeps some hundred bytes a character."""
    start = 0
    while len(text) - start > _PART:
        window = text[start : start + _PART]
        end = start + (max(window.rfind(mark) for mark in _PART_ENDS) + 1 or _PART)
        yield text[start:end]
        start = end
    yield text[start:]


def _tables(features: dict[str, int]) -> _Tables | None:
    """The features by kind: what is looked up -> its number; None where the model pairs words."""
    tables: _Tables = {kind: {} for kind in ("$$", *_CHARACTER, *_BIGRAM, *_WORD)}
    for name, number in features.items():
        kind, _, key = name.partition(".")
        table = tables.get(kind)
        if table is None:
            return None
        table[key] = number
    return tables


def _features(tables: _Tables, nodes: list[str]) -> list[list[int]]:
    """The features of every node; feature 0, which always holds, is first."""
    length = len(nodes)
    result: list[list[int]] = [[0] for _ in nodes]
    for kind, step in _CHARACTER.items():
        get = tables[kind].get
        for at in range(max(0, -step), length - max(0, step)):
            number = get(nodes[at])
            if number is not None:
                result[at + step].append(number)
    pairs = [f"{a}.{b}" for a, b in pairwise(nodes)]
    for kind, step in _BIGRAM.items():
        get = tables[kind].get
        for at, pair in enumerate(pairs[: length - step], step):
            number = get(pair)
            if number is not None:
                result[at].append(number)
    starting, ending = (tables[kind].get for kind in _WORD)
    for at, word in enumerate(nodes):
        for last in range(at + 1, min(at + _LONGEST, length)):
            word += nodes[last]
            number = starting(word)
            if number is not None:
                result[at].append(number)
            number = ending(word)
            if number is not None:
                result[last].append(number)
    return result


def joined(words: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where each word stands when all are written without spaces: what two segmentations are compared by."""
    start = 0
    for word in words:
        yield start, start + len(word)
        start += len(word)


def f1(pairs: Iterable[tuple[list[str], list[str]]]) -> float:
    """Word F1 of segmentations (second) against a yardstick (first), over all sentences together."""
    right = total = 0
    for gold, found in pairs:
        a: set[Any] = set(joined(gold))
        b: set[Any] = set(joined(found))
        right += 2 * len(a & b)
        total += len(a) + len(b)
    return right / total if total else 1.0
