"""How much of each mission's time its chain of mandates covers: `python -m benchmarks.mandate_coverage FOLDER`.

Reads a folder of documents (or, with --tables, a folder of tables that `unfacts extract` has written), makes the
chains and prints for every mission: days covered between the first day of its first period and the last day of its
last, every gap with the documents around it and why it is there, and every overlap. With --lacking, each document
that decides is taken out of the folder in turn, to see whether the gap that it leaves is told and names it.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.config import default_folder
from pipeline.extract import extracted
from pipeline.mandates import Bodies, mandate_rows
from pipeline.parquet import stored_rows
from pipeline.periods import days_of
from pipeline.settings import settings
from pipeline.tables import table_named

Row = dict[str, Any]
ONE = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The days of one mission from its first period to its last."""

    mission: str
    periods: int
    first: dt.date
    last: dt.date
    covered: int
    gaps: tuple[tuple[dt.date, dt.date, str, Row], ...]  # first and last day, the document before, the row after
    overlaps: tuple[tuple[str, int], ...]

    @property
    def days(self) -> int:
        """All days, covered or not."""
        return (self.last - self.first).days + 1


def coverages(rows: Iterable[Row]) -> Iterator[Coverage]:
    """The coverage of each mission that has at least one period with both ends."""
    by_mission: dict[str, list[tuple[dt.date, dt.date, Row]]] = {}
    for row in rows:
        start, end = days_of(row["period_start"])[0], days_of(row["period_end"])[1]
        if row["modality"] == "actual" and start and end and start <= end:
            by_mission.setdefault(row["mission"], []).append((start, end, row))
    for mission, periods in sorted(by_mission.items()):
        periods.sort(key=lambda p: (p[0], p[1], p[2]["document"]))
        gaps, reached, before = [], periods[0][0] - ONE, ""
        for start, end, row in periods:
            if start > reached + ONE:
                gaps.append((reached + ONE, start - ONE, before, row))
            if end > reached:
                reached, before = end, row["document"]
        missing = sum((b - a).days + 1 for a, b, _, _ in gaps)
        overlaps = tuple((r["document"], r["gap_days"]) for _, _, r in periods if (r["gap_days"] or 0) < 0)
        whole = (reached - periods[0][0]).days + 1
        yield Coverage(mission, len(periods), periods[0][0], reached, whole - missing, tuple(gaps), overlaps)


def tables_in(folder: Path) -> dict[str, list[Row]]:
    """The tables `facts` and `documents` that were written before."""
    tables = {}
    for name in ("facts", "documents"):
        columns = [column.name for column in table_named(name).columns]
        rows = stored_rows(folder / f"{name}.parquet")
        tables[name] = [dict(zip(columns, row, strict=True)) for row in rows]
    return tables


def lacking(tables: dict[str, list[Row]], found: Sequence[Row], bodies: Bodies) -> Counter[str]:
    """How the gaps are explained that are left where a document that decides is taken out of the folder."""
    told: Counter[str] = Counter()
    before = {(r["mission"], r["document"], r["period_end"]) for r in found if r["gap_note"]}
    deciding = {r["document"] for r in found if r["modality"] == "actual" and r["instrument"] == "resolution"}
    for symbol in sorted(deciding):
        facts, documents = ([r for r in tables[name] if r["document"] != symbol] for name in ("facts", "documents"))
        rows = mandate_rows(facts, documents, bodies)
        gaps = [r for r in rows if (r["gap_days"] or 0) > 0 and r["modality"] == "actual"]
        gaps = [r for r in gaps if (r["mission"], r["document"], r["period_end"]) not in before]
        if not gaps:
            told["no gap: it was the first or last, or others tell of it"] += 1
        for row in gaps:
            named = symbol.split(" ")[0] in (row["gap_note"] or "")
            told[f"{row['gap_kind']}{', names it' if named else ''}"] += 1
    return told


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tables", action="store_true", help="FOLDER holds tables, not documents")
    parser.add_argument("--missions", nargs="*", help="only these ids, told even if there is nothing")
    parser.add_argument("--lacking", action="store_true", help="take each document out, to see its gap explained")
    given = parser.parse_args(arguments)
    configs = default_folder()
    languages = settings(configs).languages
    tables = tables_in(given.folder) if given.tables else extracted([given.folder], configs, languages)
    bodies = Bodies.from_config(configs, languages)
    found = mandate_rows(tables["facts"], tables["documents"], bodies)
    by_mission = {coverage.mission: coverage for coverage in coverages(found)}
    for mission in given.missions or sorted(by_mission):
        if mission not in by_mission:
            print(f"{mission:28} no period")
            continue
        c = by_mission[mission]
        share = 100 * c.covered / c.days
        span = f"{c.first} to {c.last}  {c.covered:5} of {c.days:5} days  {share:6.2f} %"
        print(f"{mission[:28]:28} {c.periods:3} periods  {span}")
        for start, end, before, after in c.gaps:
            around = f"between {before} and {after['document']}"
            print(f"    gap      {start} to {end} ({(end - start).days + 1} days) {around}")
            print(f"             {after['gap_kind'] or 'not explained'}: {after['gap_note']}")
        for document, days in c.overlaps:
            print(f"    overlap  {-days} days, {document}")
    days, covered = sum(c.days for c in by_mission.values()), sum(c.covered for c in by_mission.values())
    if days:
        print(f"{'all':28} {len(by_mission)} bodies  {covered} of {days} days  {100 * covered / days:.2f} %")
    if given.lacking:
        for how, count in lacking(tables, found, bodies).most_common():
            print(f"{count:6}  {how}")


if __name__ == "__main__":
    main()
