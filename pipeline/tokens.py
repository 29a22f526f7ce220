"""Tokens: a spaCy pipeline for each language, and the tokens of single sentences, each made at most once.

Which spaCy language and which segmenter a language needs is data: configs/languages/<lang>/tokens.yaml.
Segmenting is the dear step for Chinese, so a caller asks `SentenceTokens` for the sentences it needs and no
more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from pipeline.config import Strict, language_file, read_yaml, validated
from pipeline.segmenter import FILES, Segmenter

Span = tuple[int, int]
"""Start and end in characters of the text that was given, end exclusive."""

_ATTRIBUTES = ("ORTH", "SPACY", "SENT_START", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID")


class TokensConfig(Strict):
    """What reads a language's tokens: configs/languages/<lang>/tokens.yaml."""

    spacy: str  # spaCy's code of the language
    segmenter: Literal["rules", "pkuseg"] = "rules"  # spaCy's own rules, or a statistical model
    model: str = ""  # a shipped model's name, or a folder


def models_folder() -> Path:
    """Where the models lie that the package ships."""
    return Path(__file__).resolve().parent / "models"


def tokenizer(folder: Path, language: str, user_words: Iterable[str] = ()) -> Language:
    """A blank spaCy pipeline that tokenizes `language`; `user_words` are kept whole by a segmenter.

    `folder` is the configs folder. A model is a folder inside the package's models, or a path (relative ones
    count from `folder`); it is never fetched. Raises ConfigError where it is not on this disk, or where
    spaCy does not know the language.
    """
    path = language_file(folder, language, "tokens")
    source = read_yaml(path)
    config = validated(TokensConfig, source)
    try:
        nlp = spacy.blank(config.spacy, config=_SPACY_CONFIG[config.segmenter])
    except ImportError:
        cure = "see spacy.io/usage/models#languages; xx serves any language that writes spaces"
        raise source.error(("spacy",), f"spaCy has no language {config.spacy!r}", cure) from None
    if config.segmenter == "pkuseg":
        model = _model_folder(folder, config.model)
        if model is None:
            shipped = ", ".join(sorted(p.name for p in models_folder().iterdir() if p.is_dir()))
            cure = f"name a folder with {' and '.join(FILES)}, or one that is shipped: {shipped}"
            problem = f"no segmentation model {config.model!r} on this disk, and none is ever fetched"
            raise source.error(("model",), problem, cure)
        chinese: Any = nlp.tokenizer
        chinese.pkuseg_seg = Segmenter(model, user_words)  # not `initialize`, which may go to the network
    return nlp


_SPACY_CONFIG: dict[str, dict[str, object]] = {
    "rules": {},
    "pkuseg": {"nlp": {"tokenizer": {"segmenter": "pkuseg"}}},
}


def _model_folder(folder: Path, model: str) -> Path | None:
    """The folder that `model` means, where it holds a model."""
    places = (models_folder() / model, folder / model) if model else ()
    return next((place for place in places if all((place / name).is_file() for name in FILES)), None)


def token_spans(nlp: Language, text: str) -> list[Span]:
    """Where the tokens of `text` stand; white space is no token."""
    return [(t.idx, t.idx + len(t)) for t in nlp.make_doc(text) if not t.is_space]


class SentenceTokens:
    """The tokens of a text's sentences, each sentence tokenized when first asked for, and once.

    Offsets are those of the whole text.
    """

    def __init__(self, nlp: Language, text: str, sentences: Sequence[Span]) -> None:
        """`sentences` as `Sentences.spans(text)` gives them: in order, apart."""
        self._nlp, self._text, self._sentences = nlp, text, tuple(sentences)
        self._known: dict[int, tuple[Span, ...]] = {}

    def of(self, sentence: int) -> tuple[Span, ...]:
        """The tokens of one sentence, counted from 0."""
        if sentence not in self._known:
            start, end = self._sentences[sentence]
            spans = token_spans(self._nlp, self._text[start:end])
            self._known[sentence] = tuple((start + a, start + b) for a, b in spans)
        return self._known[sentence]

    def within(self, start: int, end: int) -> list[Span]:
        """The tokens that share a character with `start` to `end`; only the sentences there are tokenized."""
        touched = (i for i, (a, b) in enumerate(self._sentences) if a < end and start < b)
        return [span for i in touched for span in self.of(i) if span[0] < end and start < span[1]]

    def is_whole(self, start: int, end: int) -> bool:
        """Whether `start` to `end` begins where a token begins and ends where one ends."""
        tokens = self.within(start, end)
        return bool(tokens) and tokens[0][0] == start and tokens[-1][1] == end


def docs_to_bytes(docs: Iterable[Doc], user_data: bool = False) -> bytes:
    """The docs as a DocBin; the same docs give the same bytes.

    Kept are words, spaces, sentence starts and entities; `user_data` keeps extension values as well.
    """
    return DocBin(attrs=_ATTRIBUTES, store_user_data=user_data, docs=docs).to_bytes()


def docs_from_bytes(data: bytes, vocab: Vocab) -> list[Doc]:
    """The docs that `docs_to_bytes` wrote. Raises ValueError where the bytes are none of ours."""
    try:
        return list(DocBin().from_bytes(data).get_docs(vocab))
    except Exception as error:  # zlib, msgpack, numpy and spaCy each have their own
        raise ValueError(f"these bytes hold no documents: {error}") from error
