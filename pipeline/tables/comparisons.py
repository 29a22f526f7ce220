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
            "The column in which they differ; event_type where one language lacks the fact.",
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
    active=False,
)

_HOW_KNOWN = ("stated", "derived")


MANDATES = Table(
    "mandates",
    "Mandates",
    "One row a mission and period: the chain of extensions. Derived values stand only here, and say so.",
    (
        text("mission", "The mission or body.", "UNTOP", required=True),
        edtf("period_start", "First day of the period.", "2003-06-02"),
        edtf("period_end", "Last day of the period.", "2004-06-01"),
        choice("start_basis", "stated in the text, or derived from the period before.", _HOW_KNOWN),
        choice("end_basis", "stated in the text, or derived from start and duration.", _HOW_KNOWN),
        duration("duration", "Length of the period."),
        edtf("decided", "When it was decided.", "2003-05"),
        choice("modality", "As in `facts`.", get_args(Modality), required=True),
        text("instrument", "The resolution or letter that extends it.", "resolution 1541 (2004)"),
        text("document", "The document that says so.", "S/2004/331", required=True),
        text("fact_ids", "The facts that say so, separated by a space.", required=True, listed=True),
        whole(
            "gap_days",
            "Days between the period before and this one; negative where they overlap.",
            "0",
            False,
            None,
        ),
        text("superseded_by", "The document that replaced this period by another."),
    ),
    key=(),
    order=("mission", "period_start", "period_end", "document", "fact_ids"),
    active=False,
)
