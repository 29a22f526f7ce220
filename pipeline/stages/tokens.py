"""Stage 3: sentences and tokens of every paragraph, as spaCy docs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.mentions.lexicon import Lexicon
from pipeline.records import write_bytes
from pipeline.sentences import Sentences
from pipeline.stages.common import CONFIGS, OUTPUTS, run
from pipeline.stages.handoff import has_paragraphs, paragraph_records
from pipeline.tokens import docs_to_bytes, tokenizer


def doc_of(nlp: Language, text: str, sentences: Sequence[tuple[int, int]]) -> Doc:
    """The text as a doc whose sentences are these spans, each tokenized by itself: no token crosses two."""
    starts = [0, *(start for start, _ in sentences[1:]), len(text)] if sentences else [0, len(text)]
    parts = [nlp.make_doc(text[a:b]) for a, b in pairwise(starts) if a < b]
    for part in parts:
        for token in part:
            token.is_sent_start = token.i == 0
    whole = Doc.from_docs(parts, ensure_whitespace=False) if parts else nlp.make_doc(text)
    assert whole is not None  # from_docs gives None only for no docs
    return whole


def lexicon_words(language: str) -> list[str]:
    """What bodies are called in a language: a segmenter keeps these whole."""
    words: list[str] = []
    for entry in Lexicon.from_folder(CONFIGS).root.values():
        words += [*entry.names.get(language, ()), *entry.short.get(language, ())]
    return words


def tokens(language: str) -> None:
    """outputs/paragraphs/<lang>.jsonl to outputs/tokens/<lang>.spacy (a DocBin), one doc a paragraph."""

    def docs() -> Iterator[Doc]:
        if not has_paragraphs(language):
            return
        nlp = tokenizer(CONFIGS, language, lexicon_words(language))
        sentences = Sentences.from_config(CONFIGS, language)
        for record in paragraph_records(language):
            text = record.paragraph.text
            yield doc_of(nlp, text, sentences.spans(text))

    write_bytes(OUTPUTS / "tokens" / f"{language}.spacy", docs_to_bytes(docs()))


if __name__ == "__main__":
    run(tokens, __doc__)
