"""Stage 3: sentences and tokens of every paragraph, as spaCy docs."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from pipeline.mentions.lexicon import lexicon_words
from pipeline.sentences import Sentences
from pipeline.stages.common import CONFIGS, OUTPUTS, run
from pipeline.stages.handoff import paragraph_records
from pipeline.tokens import doc_of, docs_to_bytes, tokenizer


def tokens(language: str) -> None:
    """outputs/paragraphs/<lang>.jsonl to outputs/tokens/<lang>.spacy (a DocBin), one doc a paragraph."""
    nlp = tokenizer(CONFIGS, language, lexicon_words(CONFIGS, language))
    sentences = Sentences.from_config(CONFIGS, language)

    def docs() -> Iterator[Doc]:
        for record in paragraph_records(language):
            text = record.paragraph.text
            yield doc_of(nlp, text, sentences.spans(text))

    target = OUTPUTS / "tokens" / f"{language}.spacy"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(docs_to_bytes(docs()))


if __name__ == "__main__":
    run(tokens, __doc__)
