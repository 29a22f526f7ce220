"""A few realistic rows for every table, to test the exports with and to look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pandas as pd

from pipeline.schema import frame

SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
LETTER = dt.date(2004, 4, 23)

ENGLISH = (
    "In view of the important and positive role being played by UNTOP, I decided last May to extend the mandate of "
    "the Office for an additional period of one year until 1 June 2004 and informed members of the Security Council "
    "accordingly."
)
CHINESE = (
    "鉴于联塔办事处发挥重要和积极的作用，去年5月我决定把联塔办事处的任务期限延长一年，"
    "到2004年6月1日为止，并通知了安理会成员。"
)
ARABIC = "يقرر تمديد ولاية بعثة مراقبي الأمم المتحدة في جورجيا لفترة إضافية تنتهي في 31 تشرين الأول/أكتوبر 1996"


def fact(number: int, **changed: Any) -> dict[str, Any]:
    """A row of `facts`."""
    row: dict[str, Any] = {
        "fact_id": f"f-{number:08x}",
        "cluster_id": f"c-{number:08x}",
        "document": "S/2004/331",
        "language": "en",
        "document_date": LETTER,
        "paragraph": 1,
        "sentence": 2,
        "event_type": "mandate_extension",
        "modality": "actual",
        "trigger": "extend",
        "quote": ENGLISH,
        "quote_start": 152,
        "quote_end": 152 + len(ENGLISH),
        "source_file": "331.en.txt",
        "source_start": 1204,
        "source_end": 1204 + len(ENGLISH),
        "source_sha256": SHA,
        "rule": "en.mandate_extension.extend",
        "agreement": "single_language",
    }
    return row | changed


def facts() -> list[dict[str, Any]]:
    """Facts of all kinds, in three scripts."""
    extension = {
        "mission": "UNTOP",
        "mission_text": "the Office",
        "period_end": "2004-06-01",
        "decided": "2003-05",
        "duration": "P1Y",
        "date_text": "last May",
        "date_basis": "relative",
        "date_anchor": LETTER,
    }
    zh: dict[str, Any] = {"language": "zh", "source_file": "331.zh.txt"}
    seminar = (
        "Focusing on strategies for resolving potentially explosive local issues, the seminars trained 90 participants "
        "and contributed to advancing the culture of political dialogue and debate in the country."
    )
    return [
        fact(1, **extension),
        fact(2, **extension | zh, quote=CHINESE, trigger="延长", rule="zh.mandate_extension.extend"),
        fact(
            3,
            paragraph=3,
            event_type="participant_count",
            trigger="participated",
            count=1300,
            count_min=1301,
            qualifier="more_than",
            count_text="Over 1,300",
            unit="officials from the central Government and local administrations, leaders of political parties and "
            "representatives of civil society",
            date="2003-04-23/2004-04-23",
            date_earliest=dt.date(2003, 4, 23),
            date_latest=LETTER,
            date_text="during the past year",
            date_basis="relative",
            date_anchor=LETTER,
            quote="Over 1,300 officials from the central Government and local administrations, leaders of political "
            "parties and representatives of civil society participated in sessions in all provinces of the country.",
            place="all provinces of the country",
            rule="en.participant_count.participated",
        ),
        fact(
            4,
            **zh,
            paragraph=3,
            event_type="participant_count",
            trigger="参加",
            count=1300,
            count_min=1301,
            qualifier="more_than",
            count_text="1 300多名",
            unit="中央政府和地方行政部门官员、政党领导人和民间社会代表",
            quote="1 300多名中央政府和地方行政部门官员、政党领导人和民间社会代表参加了在该国各省举行的会议。",
            rule="zh.participant_count.participated",
        ),
        fact(
            5,
            paragraph=5,
            event_type="training",
            trigger="trained",
            count=90,
            count_min=90,
            count_max=90,
            qualifier="exact",
            count_text="90",
            unit="participants",
            quote=seminar,
            organizer="UNTOP",
            topic="conflict prevention and resolution",
            date="2003-10",
            date_text="October 2003",
            date_basis="explicit",
            date_earliest=dt.date(2003, 10, 1),
            date_latest=dt.date(2003, 10, 31),
            rule="en.training.trained",
        ),
        fact(
            6,
            paragraph=1,
            sentence=1,
            event_type="establishment",
            trigger="established",
            mission="UNTOP",
            mission_text="The United Nations Tajikistan Office of Peace-building (UNTOP)",
            date="2000-06-01",
            date_earliest=dt.date(2000, 6, 1),
            date_latest=dt.date(2000, 6, 1),
            date_basis="explicit",
            date_text="1 June 2000",
            quote="The United Nations Tajikistan Office of Peace-building (UNTOP) was "
            "established on 1 June 2000 with the support of the Security Council.",
            rule="en.establishment.established",
        ),
        fact(
            7,
            paragraph=10,
            event_type="election",
            modality="planned",
            trigger="elections",
            date="2005",
            date_earliest=dt.date(2005, 1, 1),
            date_latest=dt.date(2005, 12, 31),
            date_basis="explicit",
            date_text="early 2005",
            quote="Parliamentary elections will be held in early 2005.",
            rule="en.election.held",
        ),
        fact(
            8,
            paragraph=11,
            modality="proposed",
            **extension | {"period_end": "2005-06-01", "decided": None},
            quote="I intend to continue the activities of UNTOP for a further period of one year, until 1 June 2005.",
        ),
        fact(
            9,
            paragraph=3,
            event_type="meeting",
            trigger="sessions",
            count=11,
            qualifier="exact",
            count_text="11",
            unit="sessions of the Political Discussion Club",
            quote="During the past year UNTOP conducted 11 sessions "
            "of the Political Discussion Club on political pluralism.",
            rule="en.meeting.sessions",
            organizer="UNTOP",
        ),
        fact(
            10,
            document="S/RES/1077 (1996)",
            language="ar",
            source_file="1077.ar.txt",
            document_date=None,
            quote=ARABIC,
            trigger="تمديد",
            mission="UNOMIG",
            mission_text="بعثة مراقبي الأمم المتحدة في جورجيا",
            period_end="1996-10-31",
            rule="ar.mandate_extension.extend",
        ),
        fact(
            11,
            paragraph=9,
            event_type="training",
            modality="negated",
            trigger="train",
            quote="No training was held.",
        ),
    ]


def sample_rows() -> dict[str, list[Mapping[str, Any]]]:
    """Rows for every active table; the keys that point from one to another hold."""
    found = facts()
    files = sorted({(f["document"], f["language"], f["source_file"]) for f in found})
    paragraphs = sorted({(*file, f["paragraph"]) for f in found for file in files if f["source_file"] == file[2]})
    place = {"document": "S/2004/331", "language": "en", "paragraph": 1, "source_file": "331.en.txt"}
    return {
        "facts": found,
        "documents": [
            {
                "file": file,
                "document": document,
                "language": language,
                "encoding": "utf-8",
                "document_date": LETTER,
                "distribution_date": dt.date(2004, 4, 29),
                "title": "Letter dated 23 April 2004 from the Secretary-General addressed to the President of the "
                "Security Council",
                "characters": 8714,
                "paragraphs": 11,
                "sha256": SHA,
                "facts": 4,
            }
            for document, language, file in files
        ],
        "paragraphs": [
            {
                "document": document,
                "language": language,
                "paragraph": number,
                "text": {"zh": CHINESE, "ar": ARABIC}.get(language, ENGLISH) * 3,
                "source_file": file,
                "source_start": 1000 * number,
                "source_end": 1000 * number + 700,
                "sentences": 3,
                "facts": 1,
            }
            for document, language, file, number in paragraphs
        ],
        "dates": [
            place
            | {
                "start": 220,
                "end": 228,
                "text": "last May",
                "kind": "date",
                "edtf": "2003-05",
                "earliest": dt.date(2003, 5, 1),
                "latest": dt.date(2003, 5, 31),
                "basis": "relative",
                "anchor": LETTER,
                "timex_type": "DATE",
                "timex_value": "2003-05",
                "used_by": ["f-00000001", "f-00000002"],
                "source_start": 1272,
                "source_end": 1280,
            },
            place
            | {
                "start": 260,
                "end": 290,
                "text": "an additional period of one year",
                "kind": "duration",
                "duration": "P1Y",
                "timex_type": "DURATION",
                "timex_value": "P1Y",
                "source_start": 1312,
                "source_end": 1342,
            },
        ],
        "quantities": [
            place
            | {
                "start": 10,
                "end": 20,
                "text": "Over 1,300",
                "value": 1300,
                "min": 1301,
                "qualifier": "more_than",
                "kind": "cardinal",
                "unit": "officials from the central Government",
                "used_by": ["f-00000003"],
                "source_start": 90,
                "source_end": 100,
            },
            place
            | {
                "start": 30,
                "end": 42,
                "text": "12.5 per cent",
                "value": 12.5,
                "min": 12.5,
                "max": 12.5,
                "qualifier": "exact",
                "kind": "percent",
                "source_start": 110,
                "source_end": 122,
            },
        ],
        "discrepancies": [
            {
                "document": "S/2004/331",
                "severity": "low",
                "differs_in": "event_type",
                "cluster_id": "c-00000008",
                "language": "en",
                "value": "training",
                "quote": "The Office will train judges.",
                "other_language": "zh",
                "fact_ids": ["f-00000008"],
                "paragraph": 9,
            },
            {
                "document": "S/2004/331",
                "severity": "high",
                "differs_in": "count",
                "cluster_id": "c-00000001",
                "language": "en",
                "value": "1300",
                "quote": "Over 1,300 officials participated.",
                "other_language": "zh",
                "other_value": "1200",
                "other_quote": "1 200多名官员参加了会议。",
                "fact_ids": ["f-00000001", "f-00000002"],
                "paragraph": 3,
                "other_paragraph": 3,
            },
        ],
        "mandates": [
            {
                "mission": "UNTOP",
                "period_start": "2003-06-02",
                "period_end": "2004-06-01",
                "start_basis": "derived",
                "end_basis": "stated",
                "duration": "P1Y",
                "decided": "2003-05",
                "decided_basis": "stated",
                "modality": "actual",
                "instrument": "letter",
                "document": "S/2004/331",
                "fact_ids": ["f-00000001", "f-00000002"],
                "follows": "UNMOT",
            },
            {
                "mission": "UNTOP",
                "period_start": "2004-06-02",
                "period_end": "2005-06-01",
                "start_basis": "derived",
                "end_basis": "stated",
                "duration": "P1Y",
                "modality": "proposed",
                "instrument": "letter",
                "document": "S/2004/331",
                "fact_ids": ["f-00000008"],
                "gap_days": 0,
                "follows": "UNMOT",
            },
        ],
        "rejected": [
            {
                "file": "scan.txt",
                "reason": "the file is a PDF, not text",
                "cure": "save it as text and run again",
                "severity": "error",
            },
            {
                "file": "old.zh.txt",
                "place": "the whole file",
                "reason": "it is not UTF-8: read as GB18030",
                "cure": "store it as UTF-8 to be sure",
                "severity": "warning",
            },
        ],
    }


def sample_frames() -> dict[str, pd.DataFrame]:
    """The same as frames."""
    return {name: frame(name, rows) for name, rows in sample_rows().items()}
