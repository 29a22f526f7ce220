"""The Chinese segmenter: offline, small, quick to load, true to its teacher and to pkuseg itself."""

import socket
from functools import partial
from pathlib import Path

import pytest
import spacy_pkuseg
import srsly

from pipeline.segmenter import FILES, Segmenter, UserWords, f1
from pipeline.tokens import models_folder
from pipeline.training.segmenter import Choice, feature_counts, main, split_lines, write_model
from tests.sizes import assert_linear

MODEL = models_folder() / "zh_un"
# Sentences of the Chinese seed and some written for this purpose, none of them in the text that the model was
# made from, cut by pkuseg's default model: a line a sentence, spaces between words.
HELD_OUT = Path(__file__).parent / "data" / "segmented.zh.txt"


@pytest.fixture(scope="module")
def segmenter():
    return Segmenter(MODEL)


@pytest.fixture(scope="module")
def gold():
    return [line.split() for line in HELD_OUT.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def small(tmp_path_factory, segmenter, gold):
    """A model of a few thousand features, made from the shipped one by the recipe."""
    folder = tmp_path_factory.mktemp("small")
    counts = feature_counts(segmenter, ["".join(words) for words in gold])
    assert 0 < write_model(segmenter, counts, Choice(unseen=2), folder) < segmenter.n_feature / 10
    return folder


def test_the_shipped_model_is_small_and_complete():
    """The model takes at most 10 MB on disk and brings its teacher's licence."""
    assert sum(path.stat().st_size for path in MODEL.iterdir()) <= 10_000_000
    assert "MIT License" in (MODEL / "LICENSE.txt").read_text(encoding="utf-8")


def test_the_model_loads_without_a_network(monkeypatch):
    """Loading opens no socket."""

    def refuse(*_args, **_kwargs):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    assert Segmenter(MODEL).cut("安理会延长任务期限")


def test_the_model_agrees_with_its_teacher_on_held_out_text(segmenter, gold):
    """Word F1 against pkuseg's default model is at least 0.97 on sentences it never saw."""
    assert len(gold) > 90
    assert f1((words, segmenter.cut("".join(words))) for words in gold) >= 0.97


def test_f1_counts_words_that_begin_and_end_alike():
    """Two of three words right on either side, and words at other places are wrong ones."""
    assert f1([(["甲", "乙丙", "丁"], ["甲", "乙", "丙", "丁"])]) == pytest.approx(4 / 7)
    assert f1([(["甲乙"], ["甲", "乙"])]) == 0


def test_the_tables_give_what_pkuseg_gives(segmenter, gold):
    """Reading features from tables changes no word, numbers and Latin letters included."""
    original = spacy_pkuseg.pkuseg(str(MODEL))
    texts = ["".join(words) for words in gold] + [
        "第1325(2000)号决议，S/2004/331，约有1 300多名。",
        "a",
        "二〇〇四年",
        " ",
    ]
    assert [segmenter.cut(text) for text in texts] == [original.cut(text) for text in texts]


def test_a_model_that_pairs_words_goes_the_original_way(tmp_path, small, gold):
    """Features of pairs of words, which the tables leave out, are read by pkuseg."""
    data = srsly.read_msgpack(small / FILES[0])
    data["feature_to_idx"]["ww.l.任务*期限"] = data["feature_to_idx"].pop("w1.任务")
    srsly.write_msgpack(tmp_path / FILES[0], data)
    (tmp_path / FILES[1]).write_bytes((small / FILES[1]).read_bytes())
    own, original = Segmenter(tmp_path), spacy_pkuseg.pkuseg(str(tmp_path))
    texts = ["".join(words) for words in gold[:20]]
    assert [own.cut(text) for text in texts] == [original.cut(text) for text in texts]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("联塔办法", ["联塔", "办法"]),  # pkuseg's own dictionary gives 联塔办
        ("在联塔办事处", ["在", "联塔办事处"]),
        ("联塔联塔办事", ["联塔", "联塔", "办事"]),
        ("联", ["联"]),
    ],
)
def test_the_longest_word_that_is_really_there_is_taken(text, pieces):
    """A longer word that begins and does not end leaves the shorter one whole."""
    assert UserWords(["联塔", "联塔办事处"]).solve(text)[0] == pieces


def test_a_very_long_line_takes_linear_time(segmenter):
    """Eight times the text takes nowhere near sixty-four times as long."""
    unit = "安全理事会决定延长任务期限" * 100
    assert "".join(segmenter.cut(unit * 8)) == unit * 8
    assert_linear(lambda size: partial(segmenter.cut, unit * size), 1)


def test_a_folder_without_a_model_is_refused(tmp_path):
    """The message names the folder and what is missing."""
    with pytest.raises(FileNotFoundError, match=r"features\.msgpack"):
        Segmenter(tmp_path / "mixed")


def test_every_tenth_block_is_held_out():
    """Lines that are learnt from are not measured on."""
    lines = [str(n) for n in range(1000)]
    lines[950] = "0"
    learnt, held = split_lines(lines)
    assert len(learnt) == 900
    assert held == [str(n) for n in range(900, 1000) if n != 950]


def test_the_recipe_gives_the_same_bytes_twice(tmp_path, small, segmenter, gold):
    """A smaller model out of the shipped one: the same files each time, and true to its teacher."""
    lines = ["".join(words) for words in gold]
    text = tmp_path / "text.txt"
    text.write_text("\n".join(lines), encoding="utf-8")
    main(["--teacher", str(MODEL), "--text", str(text), "--out", str(tmp_path / "a"), "--unseen", "2"])
    for name in FILES:
        assert (tmp_path / "a" / name).read_bytes() == (small / name).read_bytes()
    student = Segmenter(small)
    assert f1((segmenter.cut(line), student.cut(line)) for line in lines) > 0.98
