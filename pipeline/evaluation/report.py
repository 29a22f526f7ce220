"""What an evaluation writes: metrics for machines, figures and errors as tables, and a page to read."""

from __future__ import annotations

import csv
import html
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.cells import escaped
from pipeline.evaluation.gold import Record
from pipeline.evaluation.scoring import STRICT, Miss, Tally, summary
from pipeline.facts import COLUMNS
from pipeline.staging import staged

_STYLE = """body{font:15px/1.45 system-ui,sans-serif;max-width:70em;margin:2em auto;padding:0 1em;color:#1c2733}
table{border-collapse:collapse;margin:1em 0}th,td{padding:.3em .7em;text-align:right;border-bottom:1px solid #dde3e8}
th{background:#14425e;color:#fff}td:first-child,td:nth-child(2),th:first-child,th:nth-child(2){text-align:left}
article{border-left:5px solid #c9803a;margin:1em 0;padding:.2em 1em;background:#faf8f5}
article.missed{border-color:#8a3b5b}article.spurious{border-color:#4b6cb7}
h2{margin-top:2em}p.text{margin:.4em 0}code{background:#eef2f5;padding:.1em .3em}dt{font-weight:600}"""


def as_text(tally: Tally) -> str:
    """The figures as lines of text."""
    head = f"{'':28}{'gold':>6}{'found':>6}   detection P/R/F1      strict P/R/F1        95 %"
    lines = [head]
    for r in summary(tally):
        name = r["language"] if r["type"] == "all" else f"{r['language']} {r['type']}"
        d = " ".join(f"{r[f'detection_{k}']:.3f}" for k in ("precision", "recall", "f1"))
        s = " ".join(f"{r[f'strict_{k}']:.3f}" for k in ("precision", "recall", "f1"))
        low, high = r["strict_f1_low"], r["strict_f1_high"]
        lines.append(f"{name:28}{r['gold']:6}{r['found']:6}   {d}     {s}     {low:.2f}-{high:.2f}")
    return "\n".join(lines)


def metrics(tally: Tally) -> dict[str, Any]:
    """F1 by language and type, and agreement by slot: what `dvc metrics diff` compares."""
    result: dict[str, Any] = {}
    for r in summary(tally):
        cell = result.setdefault(r["language"], {}).setdefault(r["type"], {})
        cell.update({"detection_f1": r["detection_f1"], "strict_f1": r["strict_f1"]})
    for (language, kind, slot), counts in sorted(tally.slots.items()):
        slots = result[language].setdefault(kind, {}).setdefault("slots", {})
        slots[slot] = round(counts["ok"] / counts["n"], 4)
    return result


def _csv(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([escaped(v) if isinstance(v, str) else v for v in (row.get(c) for c in columns)])
    return buffer.getvalue()


def _slots(fact: Mapping[str, Any] | None, kind: str) -> str:
    if fact is None:
        return ""
    values = {s: fact.get(s, fact.get(COLUMNS.get(s, s))) for s in STRICT[kind]}
    return ", ".join(f"{slot}: {value}" for slot, value in values.items() if value not in (None, ""))


def error_rows(errors: Sequence[Miss], records: Mapping[str, Record]) -> list[dict[str, str]]:
    """The errors with their texts: wanted, got, and which slots are wrong."""
    rows = []
    for miss in errors:
        kind = str((miss.wanted or {}).get("type") or (miss.got or {}).get("event_type"))
        rows.append(
            {
                "language": miss.language,
                "record": miss.record,
                "type": kind,
                "error": miss.kind,
                "slots": " ".join(miss.slots),
                "wanted": _slots(miss.wanted, kind),
                "got": _slots(miss.got, kind),
                "rule": str((miss.got or {}).get("rule", "")),
                "text": records[miss.record].texts[miss.language],
            }
        )
    return rows


def _page(tally: Tally, errors: Sequence[Mapping[str, str]]) -> str:
    say = html.escape
    columns = ("language", "type", "gold", "found", "detection_f1", "strict_precision", "strict_recall", "strict_f1")
    cells = "".join(f"<th>{say(c.replace('_', ' '))}</th>" for c in (*columns, "95 %"))
    body = ""
    for r in summary(tally):
        values = [f"{r[c]:.3f}" if isinstance(r[c], float) else str(r[c]) for c in columns]
        values.append(f"{r['strict_f1_low']:.2f} to {r['strict_f1_high']:.2f}")
        body += "<tr>" + "".join(f"<td>{say(v)}</td>" for v in values) + "</tr>\n"
    articles = ""
    for e in errors:
        parts = [f"<b>{say(e['error'])}</b> {say(e['type'])} ({say(e['language'])}, {say(e['record'])})"]
        parts += [f"wanted <code>{say(e['wanted'])}</code>"] if e["wanted"] else []
        parts += [f"got <code>{say(e['got'])}</code> by {say(e['rule'])}"] if e["rule"] else []
        articles += f'<article class="{say(e["error"])}"><p>{"; ".join(parts)}</p>'
        articles += f'<p class="text" dir="auto">{say(e["text"])}</p></article>\n'
    return (
        f'<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>unfacts: evaluation</title>'
        f"<style>{_STYLE}</style>\n<h1>Evaluation</h1>\n<table><tr>{cells}</tr>\n{body}</table>\n"
        f"<h2>{len(errors)} errors</h2>\n{articles}</html>\n"
    )


def write_report(folder: Path, tally: Tally, records: Mapping[str, Record]) -> None:
    """Write metrics.json, figures.csv, errors.csv and index.html to a folder, all or none. Raises OutputError."""
    errors = error_rows(tally.errors, records)
    columns = ("language", "record", "type", "error", "slots", "wanted", "got", "rule", "text")
    rows = summary(tally)
    with staged(folder) as staging:
        text = json.dumps(metrics(tally), indent=1, sort_keys=True) + "\n"
        (staging / "metrics.json").write_text(text, encoding="utf-8", newline="\n")
        figures = _csv(list(rows[0]) if rows else ["language"], rows)
        (staging / "figures.csv").write_text(figures, encoding="utf-8", newline="\n")
        (staging / "errors.csv").write_text(_csv(columns, errors), encoding="utf-8-sig", newline="\n")
        (staging / "index.html").write_text(_page(tally, errors), encoding="utf-8", newline="\n")
