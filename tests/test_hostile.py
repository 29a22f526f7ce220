"""Hostile input: none stops the others, each is read right or refused with a reason, and memory is bounded."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipeline.cells import looks_like_formula
from pipeline.manifest import manifest_of
from pipeline.model import Rejection
from pipeline.reading import Unreadable, printable, source_of
from pipeline.workbook import fitted
from tests.hostile import MANIFESTS, Case, make

# The command, and at its end the most memory that it had, in kilobytes. (What the system tells of a child that has
# ended counts the memory of the process that started it, too, and these tests are large.)
MEASURED = """
import pathlib, re, runpy, sys
try:
    runpy.run_module("pipeline", run_name="__main__", alter_sys=True)
finally:
    status = pathlib.Path("/proc/self/status")
    print(re.search("VmHWM:(.*)kB", status.read_text())[1] if status.exists() else 0, file=sys.stderr)
"""
MEMORY = 500  # megabytes of one process; a run over two letters takes about 230
FULL = bool(os.environ.get("UNFACTS_FULL"))  # the long files in full size: a line of 50 MB, a million blank lines
UNPRIVILEGED = ("setpriv", "--inh-caps=-all", "--bounding-set=-dac_override,-dac_read_search")


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    return pq.read_table(folder / f"{table}.parquet").to_pylist()


def unprivileged() -> tuple[str, ...]:
    """What makes root mind permissions, so that unreadable files are."""
    return UNPRIVILEGED if os.geteuid() == 0 and shutil.which("setpriv") else ()


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Case], Path, int, int]:
    """The cases, the folder of tables that a run over all of them wrote, its exit code and its peak memory (MB)."""
    folder = tmp_path_factory.mktemp("hostile")
    cases = make(folder / "in", FULL)
    command = [*unprivileged(), sys.executable, "-c", MEASURED, "extract", "in", "--output", "out", "--quiet"]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)}
    process = subprocess.Popen(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    words = process.stderr.read().decode()
    code = process.wait()
    process.stderr.close()
    (folder / "in" / "unreadable" / "locked").chmod(0o700)
    assert "Traceback" not in words
    return cases, folder / "out", code, int(words.split()[-1]) // 1024


def test_hostile_files_are_many() -> None:
    """At least 250, each class several times."""
    from tests.hostile import hostile_files

    kinds: dict[str, int] = defaultdict(int)
    for case, _ in hostile_files():
        kinds[case.kind] += 1
    assert sum(kinds.values()) >= 500
    assert min(kinds.values()) >= 2


def test_each_hostile_file_is_read_right_or_refused(run: tuple[list[Case], Path, int, int]) -> None:
    """What must be read is read, with its fact; what must be refused is, with a reason and a cure; none is missing."""
    cases, out, code, _ = run
    assert code == 1
    documents = {row["file"]: row for row in rows(out, "documents")}
    errors: dict[str, list[str]] = defaultdict(list)
    reasons: dict[str, list[str]] = defaultdict(list)
    for row in rows(out, "rejected"):
        assert row["reason"]
        assert row["cure"]
        assert "unfacts itself failed" not in row["reason"], row
        (errors if row["severity"] == "error" else reasons)[row["file"]].append(row["reason"])
    facts: dict[str, set[str]] = defaultdict(set)
    for row in rows(out, "facts"):
        facts[row["source_file"]].add(row["period_end"])
    wrong = []
    for case in cases:
        name = printable(os.fsdecode(case.name))
        if case.kind == "unreadable" and os.geteuid() == 0 and not unprivileged():
            continue
        said = errors[name] + reasons[name]
        seen = {"fact": name in documents and "2005-09-15" in facts[name], "read": name in documents}
        seen |= {"refused": name not in documents and bool(errors[name]), "unseen": name not in documents and not said}
        seen |= {"either": (name in documents) != bool(errors[name])}
        if not seen[case.outcome] or not any(case.says in reason for reason in said or [""]):
            wrong.append((name, case.outcome, case.says, name in documents, facts[name], said))
    assert not wrong, f"{len(wrong)} of {len(cases)}:\n" + "\n".join(map(str, wrong))


def test_memory_is_bounded(run: tuple[list[Case], Path, int, int]) -> None:
    """The peak of the whole run; a line of 50 MB may take twenty times its size, and no more."""
    assert run[3] < (1_500 if FULL else MEMORY)


@pytest.mark.parametrize("name", MANIFESTS)
def test_a_hostile_manifest_is_used_or_refused(name: str) -> None:
    """A fault names the line and the cure; the sound lines are used."""
    text, usable, says = MANIFESTS[name]
    said: list[Rejection] = []
    try:
        source = source_of(text.encode(), "documents.csv")
        manifest, said = manifest_of(source.text, "documents.csv", source.notes)
        said += manifest.missing(["letter.txt"])
        assert usable, f"used: {manifest}"
    except Unreadable as unreadable:
        said = [unreadable.rejection]
    assert usable or len(said) == 1
    if says and says != "not supported":
        assert any(says in f"{note.reason} ({note.cure})" for note in said), said
    for note in said:
        assert note.file == "documents.csv"
        assert note.cure


def test_no_cell_of_the_hostile_tables_is_a_formula(run: tuple[list[Case], Path, int, int]) -> None:
    """Neither in the workbook nor, for any program that opens it, in a CSV."""
    out = run[1]
    with zipfile.ZipFile(out / "facts.xlsx") as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        assert sheets
        for name in sheets:
            xml = book.read(name)
            assert b"<f>" not in xml, name
            assert b"<f " not in xml, name
    for table in sorted(out.glob("*.csv")):
        with table.open(encoding="utf-8-sig", newline="") as file:
            for cells in csv.reader(file):
                assert not any(looks_like_formula(cell) for cell in cells), (table.name, cells)
                assert not any(ord(char) < 32 and char not in "\t\r\n" for cell in cells for char in cell), table.name


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_gives_back_the_hostile_cells(run: tuple[list[Case], Path, int, int], tmp_path: Path) -> None:
    """LibreOffice opens the workbook of the hostile files, and the facts it reads there are those of the table."""
    out = run[1]
    command = ["soffice", f"-env:UserInstallation={tmp_path.as_uri()}/profile", "--headless", "--convert-to"]
    command += ["csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(out / "facts.xlsx")], check=True, capture_output=True, timeout=300)
    with (tmp_path / "facts.csv").open(encoding="utf-8-sig", newline="") as file:
        seen = {row["fact_id"]: row for row in csv.DictReader(file)}
    facts = rows(out, "facts")
    assert len(seen) == len({row["fact_id"] for row in facts})
    for row in facts:
        for column in ("quote", "trigger", "source_file", "document", "period_end", "mission_text"):
            text, _ = fitted(row[column] or "", "facts")  # a cell holds 32,767 characters, and says where the rest is
            # LibreOffice keeps no control characters in a cell, and knows one kind of line break
            if column in seen[row["fact_id"]] and text.isprintable():
                assert seen[row["fact_id"]][column] == text
