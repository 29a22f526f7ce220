"""The table that all others serve."""

from __future__ import annotations

from typing import get_args

from pipeline.model import Basis, Modality, Qualifier
from pipeline.tables.columns import (
    DOCUMENT,
    LANGUAGE,
    PARAGRAPH,
    SHA256,
    TO_DOCUMENT,
    TO_PARAGRAPH,
    Column,
    Table,
    choice,
    day,
    duration,
    edtf,
    source,
    text,
    whole,
)

FACTS = Table(
    "facts",
    "Facts",
    "One row a fact: an event that one paragraph states, in one language.",
    (
        text(
            "fact_id",
            "Stable id of the fact: the same text gives the same id on every run.",
            "f-3c9a1b27",
            required=True,
        ),
        text(
            "cluster_id",
            "Shared by the same fact in other languages; a fact alone has one to itself.",
            "c-91be03d4",
            required=True,
        ),
        DOCUMENT,
        LANGUAGE,
        day("document_date", "The document's own date (the letter's), not its distribution date."),
        PARAGRAPH,
        whole("sentence", "Sentence, counted from 1 within the paragraph.", "2", minimum=1),
        Column("event_type", "category", "What kind of event: one of configs/events.", "mandate_extension", True),
        choice(
            "modality",
            "actual: happened, happens or is hereby decided; planned: will, intends, scheduled; "
            "proposed: requested, recommended, urged; hypothetical: if, may, aims at; "
            "negated: did not or will not.",
            get_args(Modality),
            required=True,
        ),
        text("mission", "The mission or body: its id in the lexicon, else its full name.", "UNTOP"),
        text("mission_text", "The mission or body as written.", "the Office"),
        edtf("date", "When it took or takes place.", "2003-10"),
        edtf("period_start", "First day of the new period, only as stated.", "2004-06-02"),
        edtf("period_end", "Last day of the new period, only as stated.", "2005-06-01"),
        edtf("decided", "When the extension was or will be decided, only as stated.", "2003-05"),
        day(
            "date_earliest",
            "The first calendar day that `date` can mean, to sort and filter by.",
            "2003-10-01",
        ),
        day("date_latest", "The last calendar day that `date` can mean.", "2003-10-31"),
        text(
            "date_text",
            "The words that `date` was read from; where there is none, those of `decided`, else of "
            "`period_end`, else of `period_start`.",
            "last May",
        ),
        choice(
            "date_basis",
            "How the date in `date_text` is known: explicit, said in full; relative, counted from "
            "another day; context, completed from what stands around it.",
            get_args(Basis),
        ),
        day("date_anchor", "The day that a relative date was counted from."),
        duration("duration", "Length of the period."),
        whole("count", "The number stated: people, sessions, bodies.", "1300", required=False, minimum=None),
        whole(
            "count_min",
            'The least that the words can mean: 1301 for "over 1,300".',
            "1301",
            required=False,
            minimum=None,
        ),
        whole(
            "count_max",
            "The most that the words can mean; empty where there is no upper bound.",
            "",
            required=False,
            minimum=None,
        ),
        choice("qualifier", "The hedge before the number; exact where there is none.", get_args(Qualifier)),
        text("count_text", "The number as written, hedge included.", "Over 1,300"),
        text("unit", "What is counted, as written.", "officials from the central Government"),
        text("organizer", "Who gives or organises it, where the text says so.", "UNTOP"),
        text("topic", "What it is about, where the text says so.", "conflict prevention and resolution"),
        text("place", "Where, where the text says so.", "Dushanbe"),
        text("trigger", "The word that says that it is such an event.", "extend", required=True),
        text(
            "quote",
            "The sentence that states it.",
            "Over 1,300 officials … participated in sessions …",
            required=True,
        ),
        whole("quote_start", "First character of the quote within the paragraph's text.", "152"),
        whole("quote_end", "First character after the quote within the paragraph's text.", "344"),
        *source("the quote"),
        Column("source_sha256", "string", "SHA-256 of the file's bytes.", "9f86d081…", True, pattern=SHA256),
        text("rule", "Id of the rule that fired.", "en.mandate_extension.extend", required=True),
        choice(
            "agreement",
            "agrees: all language versions say the same; differs: see `differs_in`; "
            "only_here: other versions lack the fact; single_language: there is no other "
            "version to compare with.",
            ("agrees", "differs", "only_here", "single_language"),
            required=True,
        ),
        text(
            "differs_in",
            "The columns in which the languages differ, separated by a space.",
            "count qualifier",
            listed=True,
        ),
    ),
    key=("fact_id",),
    order=(  # of all tables of a document: by file, so that more files are more rows and move no others
        "source_file",
        "paragraph",
        "sentence",
        "source_start",
        "event_type",
        "fact_id",
    ),
    foreign_keys=(TO_DOCUMENT, TO_PARAGRAPH),
)
