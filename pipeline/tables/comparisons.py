"""What several documents say together: described here, written once they are computed."""

from __future__ import annotations

from typing import get_args

from pipeline.model import Modality
from pipeline.tables.columns import (
    LANGUAGE_CODE,
    Column,
    Table,
    choice,
    duration,
    edtf,
    text,
    whole,
)

DISCREPANCIES = Table(
    "discrepancies",
    "Differences between languages",
    "One row a disagreement between two language versions, both quotes side by side, most serious first.",
    (
        text("document", "The document's symbol.", "S/2004/331", required=True),
        choice(
            "severity",
            "high: another number or date; medium: a lost hedge, another modality; low: a fact that "
            "one language lacks.",
            ("high", "medium", "low"),
            required=True,
        ),
        text(
            "differs_in",
            "The column in which they differ; number, date, duration or qualifier where no fact uses what differs; "
            "event_type where one language lacks the fact.",
            "count",
            required=True,
        ),
        text("cluster_id", "The cluster of the facts; empty for a date or number that no fact uses."),
        Column("language", "string", "One language.", "en", True, pattern=LANGUAGE_CODE),
        text("value", "What that language says.", "1300"),
        text("quote", "The sentence that says so."),
        Column("other_language", "string", "The other language.", "zh", True, pattern=LANGUAGE_CODE),
        text("other_value", "What the other language says.", "1200"),
        text("other_quote", "The sentence that says so."),
        text("fact_ids", "The facts that differ, separated by a space.", listed=True),
        whole("paragraph", "Paragraph in the one language.", "3", minimum=1),
        whole("other_paragraph", "Paragraph in the other language.", "3", required=False, minimum=1),
    ),
    key=(),
    order=("severity", "document", "paragraph", "language", "other_language", "differs_in", "value"),
)

_HOW_KNOWN = ("stated", "derived")


MANDATES = Table(
    "mandates",
    "Mandates",
    "One row a body and period of its mandate: the chain of extensions, and what was planned or proposed. "
    "Derived values stand only here, and say so.",
    (
        text("mission", "The mission or body: its id in the lexicon, else its name.", "UNTOP", required=True),
        edtf("period_start", "First day of the period.", "2003-06-02"),
        edtf("period_end", "Last day of the period.", "2004-06-01"),
        choice(
            "start_basis",
            "stated in the text; or derived: the day after the period before, else from end and duration, else "
            "the day of the decision.",
            _HOW_KNOWN,
        ),
        choice("end_basis", "stated in the text, or derived from start and duration.", _HOW_KNOWN),
        duration("duration", "Length of the period."),
        edtf("decided", "When it was decided.", "2003-05"),
        choice(
            "decided_basis",
            "stated in the text, or derived: the date of the resolution that decides it.",
            _HOW_KNOWN,
        ),
        choice(
            "modality",
            "As in `facts`. Only actual periods make the chain; the others stand by it.",
            get_args(Modality),
            required=True,
        ),
        text(
            "instrument",
            "What `document` is: resolution, decision, presidential statement, letter or report.",
            "resolution",
        ),
        text(
            "document",
            "The document that decides the period; where that was not read, the first that tells of it.",
            "S/RES/1541 (2004)",
            required=True,
        ),
        text(
            "fact_ids",
            "The facts that say so, those of `document` first, separated by a space.",
            required=True,
            listed=True,
        ),
        whole(
            "gap_days",
            "Days between the period before and this one, in neither; 0 where it follows at once; negative "
            "where it begins before the other's end.",
            "0",
            False,
            None,
        ),
        choice(
            "gap_kind",
            "Why days lie between, as far as the folder says. missing_document: one that later documents recall is not "
            "in the folder; no_new_date: documents of those days refer to the last extension and name no new end; "
            "counted: the end before is counted from a start and a length; lapse: the folder has every resolution of "
            "those days, and none extends the mandate; not_told: none of these.",
            ("missing_document", "no_new_date", "counted", "lapse", "not_told"),
        ),
        text(
            "gap_note",
            "Which documents that is said of.",
            "Not in the folder: S/RES/1495 (2003) of 2003-07-31, which S/RES/1513 (2003) recalls.",
        ),
        text(
            "superseded_by",
            "The document that put another period in this one's place before it was over; for a planned or "
            "proposed one, the document that decided it.",
        ),
        text("follows", "The bodies whose work this one took over; separated by a semicolon.", "UNAVEM II"),
        text("followed_by", "The bodies that took its work over; separated by a semicolon.", "MONUA"),
    ),
    key=(),
    order=("mission", "period_start", "period_end", "modality", "document", "fact_ids"),
)
