"""Everything found in the text, used by a fact or not."""

from __future__ import annotations

from typing import get_args

from pipeline.model import Basis, Bound, Qualifier, TimexType
from pipeline.tables.columns import (
    DOCUMENT,
    LANGUAGE,
    PARAGRAPH,
    SPAN_ORDER,
    TO_DOCUMENT,
    TO_PARAGRAPH,
    USED_BY,
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

DATES = Table(
    "dates",
    "Dates and durations",
    "One row a date, duration or set of times that the text names, used by a fact or not.",
    (
        DOCUMENT,
        LANGUAGE,
        PARAGRAPH,
        whole("start", "First character within the paragraph's text.", "14"),
        whole("end", "First character after it within the paragraph's text.", "26"),
        text("text", "The words.", "last May", required=True),
        choice(
            "kind",
            "date: a day, month, year or interval of the calendar; duration: a length of time; set: a time "
            "that comes again (every year).",
            ("date", "duration", "set"),
            required=True,
        ),
        edtf("edtf", "The date; empty for a duration, a set, or a date that nothing resolves.", "2003-05"),
        duration("duration", "The length of time; empty for a date."),
        day("earliest", "The first calendar day that it can mean.", "2003-05-01"),
        day("latest", "The last calendar day that it can mean.", "2003-05-31"),
        choice(
            "basis",
            "How the date is known: explicit, said in full; relative, counted from `anchor`; context, "
            "completed from what stands around it.",
            get_args(Basis),
        ),
        day("anchor", "The day that a relative date was counted from."),
        text("modifier", "The part of the period that is meant: early, mid, late, start, end.", "early"),
        choice(
            "bound",
            "The word that the date stands under: since 2013, by 2016, until 1 June.",
            get_args(Bound),
        ),
        choice("timex_type", "TimeML TIMEX3 type.", get_args(TimexType), required=True),
        text("timex_value", "TimeML TIMEX3 value.", "2003-05"),
        USED_BY,
        *source("the words"),
    ),
    key=("source_file", "paragraph", "start", "end", "kind"),
    order=(*SPAN_ORDER, "kind"),
    foreign_keys=(TO_DOCUMENT, TO_PARAGRAPH),
)


QUANTITIES = Table(
    "quantities",
    "Quantities",
    "One row a number with what it counts, used by a fact or not.",
    (
        DOCUMENT,
        LANGUAGE,
        PARAGRAPH,
        whole("start", "First character within the paragraph's text, hedge included.", "152"),
        whole("end", "First character after the number within the paragraph's text.", "162"),
        text("text", "The number as written, hedge included.", "Over 1,300", required=True),
        Column("value", "number", "The number.", "1300", True),
        Column("min", "number", "The least that the words can mean; empty where there is no lower bound.", "1301"),
        Column("max", "number", "The most that the words can mean; empty where there is no upper bound."),
        choice(
            "qualifier",
            "The hedge before the number; exact where there is none.",
            get_args(Qualifier),
            required=True,
        ),
        choice("kind", "What kind of number it is.", ("cardinal", "percent", "money", "measure"), required=True),
        text("unit", "What is counted or measured, as written.", "officials"),
        USED_BY,
        *source("the words"),
    ),
    key=("source_file", "paragraph", "start", "end"),
    order=SPAN_ORDER,
    foreign_keys=(TO_DOCUMENT, TO_PARAGRAPH),
)
