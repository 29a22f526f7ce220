"""Tokens: the right pipeline for each language, each sentence tokenized once, docs as the same bytes."""

from pathlib import Path

import pytest

from pipeline.config import ConfigError
from pipeline.tokens import (
    SentenceTokens,
    docs_from_bytes,
    docs_to_bytes,
    models_folder,
    token_spans,
    tokenizer,
)

CONFIGS = Path(__file__).parent.parent / "configs"


@pytest.fixture(scope="module")
def chinese():
    return tokenizer(CONFIGS, "zh", ["联塔办事处", "联塔"])


def words(nlp, text):
    return [text[a:b] for a, b in token_spans(nlp, text)]


def test_chinese_words_come_from_the_model_and_the_dictionary(chinese):
    """The lexicon's names are kept whole; offsets count the spaces that are in the text."""
    assert words(chinese, "联塔办事处举办培训班。\u30001 300多名") == [
        "联塔办事处",
        "举办",
        "培训班",
        "。",
        "1",
        "300多",
        "名",
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Mr. Annan's letter", ["Mr.", "Annan", "'s", "letter"]),
        ("es", "el 1 de junio.", ["el", "1", "de", "junio", "."]),
        ("ru", "до 1 июня 2004 года.", ["до", "1", "июня", "2004", "года", "."]),
        ("ar", "حتى 1 حزيران/يونيه", ["حتى", "1", "حزيران", "/", "يونيه"]),
    ],
)
def test_languages_with_spaces_use_spacys_rules(language, text, expected):
    """Which class reads a language is in its tokens.yaml."""
    assert words(tokenizer(CONFIGS, language), text) == expected


def config(tmp_path, text):
    folder = tmp_path / "languages" / "zh"
    folder.mkdir(parents=True)
    (folder / "tokens.yaml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["mixed", "default", "spacy_ontonotes", '""'])
def test_a_model_that_is_not_on_disk_is_never_fetched(tmp_path, monkeypatch, name):
    """The names that pkuseg would download give an error with the file, the line and the shipped models."""
    monkeypatch.setattr("spacy_pkuseg.download_model", lambda *_: pytest.fail("a download was tried"))
    folder = config(tmp_path, f"spacy: zh\nsegmenter: pkuseg\nmodel: {name}\n")
    with pytest.raises(ConfigError, match=r"tokens\.yaml:3: no segmentation model .*zh_un"):
        tokenizer(folder, "zh")


def test_another_model_can_be_named_by_its_path(tmp_path):
    """A relative path counts from the configs folder."""
    (tmp_path / "mine").symlink_to(models_folder() / "zh_un")
    folder = config(tmp_path, "spacy: zh\nsegmenter: pkuseg\nmodel: mine\n")
    assert words(tokenizer(folder, "zh"), "安全理事会") == ["安全", "理事会"]


def test_a_language_that_spacy_does_not_know_is_named(tmp_path):
    """The message says where, and what to use instead."""
    with pytest.raises(ConfigError, match=r"tokens\.yaml:1: spaCy has no language 'qq'"):
        tokenizer(config(tmp_path, "spacy: qq\n"), "zh")


def test_a_sentence_is_tokenized_when_asked_for_and_once(monkeypatch):
    """Sentences that nobody asks for cost nothing; offsets are those of the paragraph."""
    nlp, asked = tokenizer(CONFIGS, "en"), []
    make_doc = nlp.make_doc
    monkeypatch.setattr(nlp, "make_doc", lambda text: asked.append(text) or make_doc(text))
    text = "One two. Three four. Five."
    tokens = SentenceTokens(nlp, text, [(0, 8), (9, 20), (21, 26)])
    assert [text[a:b] for a, b in tokens.of(1)] == ["Three", "four", "."]
    assert tokens.within(15, 16) == [(15, 19)]
    assert tokens.is_whole(9, 19)
    assert not tokens.is_whole(9, 18)
    assert asked == ["Three four."]


def test_docs_survive_as_the_same_bytes(chinese):
    """The same docs give the same bytes, and come back with their words and spaces."""
    texts = ["1 300多名官员参加。", "", "任务期限延长一年。"]
    data = docs_to_bytes(map(chinese.make_doc, texts))
    assert data == docs_to_bytes([chinese.make_doc(text) for text in texts])
    back = docs_from_bytes(data, chinese.vocab)
    assert [doc.text for doc in back] == texts
    assert [t.text for t in back[0]] == [t.text for t in chinese.make_doc(texts[0])]


def test_bytes_that_are_no_docs_are_refused(chinese):
    """A damaged file gives one kind of error."""
    with pytest.raises(ValueError, match="hold no documents"):
        docs_from_bytes(b"PK\x03\x04", chinese.vocab)
