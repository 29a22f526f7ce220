"""Evaluation: figures that an independent scorer gives too, and reports that are safe to open."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from pipeline.config import default_folder
from pipeline.evaluation.gold import GoldError, Record, read_gold
from pipeline.evaluation.report import metrics, write_report
from pipeline.evaluation.run import evaluated, known_ids
from pipeline.evaluation.scoring import STRICT, Miss, Tally, agrees, figures, matched, score, summary

GOLD = Path(__file__).parent / "data" / "gold.jsonl"
CONFIGS = default_folder()


def record(facts: list[dict[str, object]]) -> Record:
    """A paragraph with these facts."""
    return Record("r", "r", None, {"en": "text"}, tuple(facts), {})


def row(kind: str, **slots: object) -> dict[str, object]:
    """A row of facts with these slots."""
    return {"event_type": kind, "rule": "x", **slots}


@pytest.fixture(scope="module")
def tally() -> Tally:
    """The evaluation of the project's own gold."""
    return evaluated([GOLD], CONFIGS, ["en", "zh"])[0]


def test_the_project_s_own_gold(tally: Tally) -> None:
    """On the small gold the planted errors, and no others, are found: each kind of error is there."""
    found = {(m.language, m.record, m.kind) for m in tally.errors}
    planted = {(language, *miss) for language in ("en", "zh") for miss in (("own-11", "missed"), ("own-12", "slots"))}
    assert found >= planted
    (whole, *_) = summary(tally)
    assert whole["gold"] == 22
    assert whole["strict_f1"] >= 0.8


def test_an_independent_scorer_gives_the_same_figures() -> None:
    """On facts that were found once, figures and number of errors are those of a scorer that is not this project's."""
    frozen = json.loads((GOLD.parent / "scored.json").read_text(encoding="utf-8"))
    tally, known = Tally(), known_ids(CONFIGS)
    for language, rows in frozen["rows"].items():
        score(tally, read_gold(GOLD), language, rows, known)
    assert len(tally.errors) == frozen["errors"]
    ours = {(r["language"], r["type"]): r for r in summary(tally)}
    for name, theirs in frozen["expected"].items():
        first, _, kind = name.partition(" ")
        r = ours["all" if first == "*" else first, kind or "all"]
        for figure in ("gold", "found", "detection_f1", "strict_f1", "strict_precision", "strict_recall"):
            assert r[figure] == theirs[figure], (name, figure)


def test_a_fact_is_matched_with_the_one_it_agrees_with_most() -> None:
    """The best pairs are made first, whatever the order of the facts."""
    gold = [
        {"type": "election", "date": "2001", "modality": "actual"},
        {"type": "election", "date": "2002", "modality": "planned"},
    ]
    rows = [row("election", date="2002", modality="planned"), row("election", date="2001", modality="actual")]
    assert sorted(matched(gold, rows, ())) == [(0, 1), (1, 0)]


def test_optional_facts_are_neither_rewarded_nor_punished() -> None:
    """Found or not found, an optional fact changes no figure."""
    gold = [{"type": "training", "modality": "actual", "optional": True}]
    for rows in ([], [row("training", modality="actual")]):
        tally = Tally()
        score(tally, [record(gold)], "en", {"r": rows}, ())
        counts = [c for cell in tally.cells.values() for _, c in cell]
        assert sum(c["gold"] + c["found"] for c in counts) == 0
        assert tally.errors == []


def test_what_is_absent_in_the_gold_must_be_absent() -> None:
    """A date too many is an error of its slot; a spurious fact lowers precision."""
    tally = Tally()
    gold = [{"type": "training", "modality": "actual"}]
    rows = [row("training", modality="actual", date="2001"), row("election", modality="actual")]
    score(tally, [record(gold)], "en", {"r": rows}, ())
    (precision, recall, _) = figures([c for cell in tally.cells.values() for _, c in cell], "detected")
    assert (precision, recall) == (0.5, 1.0)
    kinds = {(miss.kind, miss.slots) for miss in tally.errors}
    assert kinds == {("slots", ("date",)), ("spurious", ())}


def test_a_year_is_twelve_months_and_one_centre_a_centre() -> None:
    """The two ways to say the same are not errors; a mission without a known id is not compared."""
    extension = {"type": "mandate_extension", "duration": "P12M", "mission": "Panel"}
    assert agrees("duration", extension, row("mandate_extension", duration="P1Y"), ())
    assert agrees("mission", extension, row("mandate_extension", mission="UNMIN"), ("UNMIN",))
    named = {**extension, "mission": "UNMIN"}
    assert not agrees("mission", named, row("mandate_extension", mission="UNMIL"), ("UNMIN",))
    assert agrees("count", {"type": "establishment"}, row("establishment", count=1), ())
    assert not agrees("count", {"type": "establishment"}, row("establishment", count=2), ())
    assert set(STRICT) == {"mandate_extension", "training", "participant_count", "establishment", "election"}


def test_the_report_is_written_and_safe(tmp_path: Path, tally: Tally) -> None:
    """Metrics are JSON, errors a table, and no text of a document is markup in the page."""
    hostile = Record("h", "h", None, {"en": '<script>alert("x")</script> =1+1'}, (), {})
    records = {r.id: r for r in read_gold(GOLD)} | {"h": hostile}
    tally.errors.append(Miss("en", "h", "spurious", None, row("training", modality="actual")))
    write_report(tmp_path, tally, records)
    tally.errors.pop()
    assert json.loads((tmp_path / "metrics.json").read_text(encoding="utf-8")) == metrics(tally)
    with (tmp_path / "errors.csv").open(encoding="utf-8-sig", newline="") as file:
        errors = list(csv.DictReader(file))
    assert {"missed", "spurious", "slots"} <= {e["error"] for e in errors}
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_bad_line_of_gold_is_named(tmp_path: Path) -> None:
    """The message names file and line."""
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "a", "texts": {}, "facts": []}\n{"id": 1\n', encoding="utf-8")
    with pytest.raises(GoldError, match=r"gold\.jsonl:2"):
        read_gold(path)
