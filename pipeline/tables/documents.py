"""What was read, and what could not be read."""

from __future__ import annotations

from pipeline.tables.columns import (
    DOCUMENT,
    LANGUAGE,
    PARAGRAPH,
    SHA256,
    TO_DOCUMENT,
    Column,
    Table,
    choice,
    day,
    source,
    text,
    whole,
)

DOCUMENTS = Table(
    "documents",
    "Documents",
    "One row a file that was read: one language version of one document.",
    (
        text(
            "file",
            "The file, relative to the input folder, with forward slashes.",
            "letters/331.txt",
            required=True,
        ),
        DOCUMENT,
        LANGUAGE,
        choice("kind", "What its head says it is; empty where it does not.", ("letter", "resolution", "report")),
        text("encoding", "The encoding that reads the file (the name Python gives it).", "utf-8", required=True),
        day("document_date", "The document's own date (the letter's)."),
        day("distribution_date", "The date on which it was distributed.", "2004-04-29"),
        text(
            "title",
            "Title, as the document's head has it.",
            "Letter dated 23 April 2004 from the Secretary-General…",
        ),
        whole("characters", "Characters in the file.", "8714"),
        whole("paragraphs", "Paragraphs of the body.", "11"),
        Column("sha256", "string", "SHA-256 of the file's bytes.", "9f86d081…", True, pattern=SHA256),
        whole("facts", "Facts read from it.", "9"),
        text(
            "refers_to",
            "The documents that it refers to, each once and with its date where one is given; separated by a "
            "semicolon.",
            "S/RES/1495 (2003) of 2003-07-31; S/2003/1016",
        ),
        choice(
            "linked_by",
            "How it is known to be a version of a document that other files hold too: by its symbol (as read, or as "
            "given in documents.csv), or by content, what the versions share; empty where there is no other.",
            ("symbol", "content"),
        ),
    ),
    key=("file",),
    order=("file",),
)


PARAGRAPHS = Table(
    "paragraphs",
    "Paragraphs",
    "One row a paragraph of a document's body, with or without facts.",
    (
        DOCUMENT,
        LANGUAGE,
        PARAGRAPH,
        text(
            "text",
            "The paragraph as a reader sees it: line wraps undone, invisible characters gone.",
            required=True,
        ),
        *source("the paragraph"),
        whole("sentences", "Sentences in it.", "4"),
        whole("facts", "Facts read from it.", "2"),
    ),
    key=("source_file", "paragraph"),
    order=("source_file", "paragraph"),
    foreign_keys=(TO_DOCUMENT,),
)


REJECTED = Table(
    "rejected",
    "Could not be read",
    "One row a file, line or mention that could not be read, or only with a doubt. Nothing is dropped in silence.",
    (
        text(
            "file",
            "The file, relative to the input folder; a configuration or manifest is named too.",
            "scan.txt",
            required=True,
        ),
        text("place", 'Where in the file: "line 12", "characters 40-61"; empty for the whole file.', "line 12"),
        text("reason", "What is wrong.", "the file is a PDF, not text", required=True),
        text("cure", "What you can do about it.", "save it as text and run again"),
        choice(
            "severity",
            "error: it was left out; warning: it was read all the same.",
            ("error", "warning"),
            required=True,
        ),
    ),
    key=(),
    order=("file", "place", "severity", "reason", "cure"),
)
