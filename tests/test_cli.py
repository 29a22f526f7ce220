"""The command line as a user meets it: right exit codes, one clear line for each fault, the other documents go on."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LETTER = "Letter dated 5 March 2003 from the Secretary-General\n\nUNMIN was established on 23 January 2003.\n\n{}\n"
GOOD = LETTER.format("Over 1,300 officials took part in the conference.")


def unfacts(*arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    """The command, run in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=ROOT, input=stdin, capture_output=True, text=True, encoding="utf-8", check=False,
        env=os.environ | {"NO_COLOR": "1", "COLUMNS": "100"},
    )  # fmt: skip


def table(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows of a table that was written."""
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A folder of good and bad files, and what `extract` said of it."""
    folder = tmp_path_factory.mktemp("mixed")
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "renamed.txt").write_bytes(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n")
    chinese = "2003年3月5日秘书长给安全理事会主席的信\n\n联合国尼泊尔特派团于2003年1月23日成立。"
    chinese += "1 300多名官员参加了会议。\n"
    (folder / "gb.txt").write_bytes((chinese * 3).encode("gb18030"))
    (folder / "utf16.txt").write_bytes(GOOD.encode("utf-16"))
    quotes = "The “Office” – it’s the Council’s – trained 40 officers in 2002. "
    (folder / "cp1252.txt").write_bytes(LETTER.format(quotes * 5).encode("cp1252"))
    german = "Der Sicherheitsrat beschließt, das Mandat der Mission um sechs Monate zu verlängern. " * 5
    (folder / "german.txt").write_text(german, encoding="utf-8")
    output = folder / "tables"
    return output, unfacts("extract", str(folder), str(folder / "nowhere.txt"), "--output", str(output))


def test_good_documents_are_read_beside_bad_ones(mixed: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    """Bad files are told and the exit code is 1; the others give their facts."""
    output, run = mixed
    assert run.returncode == 1, run.stderr
    read = {row["file"]: row for row in table(output, "documents")}
    assert set(read) == {"good.txt", "gb.txt", "utf16.txt", "cp1252.txt"}
    assert read["gb.txt"]["encoding"] == "gb18030"
    assert read["utf16.txt"]["encoding"].startswith("utf-16")
    assert read["cp1252.txt"]["encoding"] == "cp1252"
    assert all(int(row["facts"]) > 0 for row in read.values())
    assert all(row["document_date"] == "2003-03-05" for row in read.values())


@pytest.mark.parametrize(
    ("file", "severity", "says"),
    [
        ("empty.txt", "error", "empty"),
        ("renamed.txt", "error", "PDF"),
        ("nowhere.txt", "error", "no such file"),
        ("german.txt", "error", "supported"),
        ("gb.txt", "warning", "gb18030"),
        ("cp1252.txt", "warning", "windows-1252"),
        ("utf16.txt", "warning", "utf-16"),
    ],
)
def test_each_fault_is_told(
    mixed: tuple[Path, subprocess.CompletedProcess[str]], file: str, severity: str, says: str
) -> None:
    """Each fault has a row in `rejected` that names the file, what is wrong and the cure, and a line on the screen."""
    output, run = mixed
    (row,) = [row for row in table(output, "rejected") if row["file"].endswith(file)]
    assert row["severity"] == severity
    assert says.lower() in row["reason"].lower()
    assert row["cure"]
    assert any(file in line and row["reason"] in line for line in run.stderr.splitlines())
    assert "Traceback" not in run.stderr


def test_no_path_that_exists_is_a_usage_error(tmp_path: Path) -> None:
    """Where nothing can be read nothing is written."""
    run = unfacts("extract", "no-such-folder", "--output", str(tmp_path / "out"))
    assert run.returncode == 2
    assert run.stderr.startswith("unfacts: no-such-folder: no such file or folder")
    assert not (tmp_path / "out").exists()


def test_an_output_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A file in the place of the output folder: exit code 3, and the file is as it was."""
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    run = unfacts("extract", str(tmp_path / "good.txt"), "--output", str(tmp_path / "out"))
    assert run.returncode == 3
    assert "cannot write the tables" in run.stderr
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


def test_a_broken_rule_is_one_line(tmp_path: Path) -> None:
    """A fault in a configuration: exit code 2, file and line, no traceback, nothing written."""
    import shutil

    shutil.copytree(ROOT / "configs", tmp_path / "configs")
    rules = tmp_path / "configs" / "rules" / "en" / "election.yaml"
    rules.write_text("rules:\n  - id: en.election.a\n    trigger: []\n", encoding="utf-8")
    run = unfacts("extract", "seeds", "--output", str(tmp_path / "out"), "--configs", str(tmp_path / "configs"))
    assert run.returncode == 2
    assert run.stderr.startswith(f"unfacts: {rules}:3: ")
    assert len(run.stderr.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_the_manifest_overrides_the_header(tmp_path: Path) -> None:
    """documents.csv decides symbol and date; a row for a file that is not there is told."""
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    manifest = tmp_path / "documents.csv"
    manifest.write_text("file,document,date\ngood.txt,S/2003/999,2003-03-07\nother.txt,,\n", encoding="utf-8")
    run = unfacts("extract", str(tmp_path / "good.txt"), "-o", str(tmp_path / "out"), "--documents", str(manifest))
    assert run.returncode == 0
    (row,) = table(tmp_path / "out", "documents")
    assert (row["document"], row["document_date"]) == ("S/2003/999", "2003-03-07")
    (note,) = table(tmp_path / "out", "rejected")
    assert "other.txt" in note["reason"]
    assert note["place"] == "line 3"


def test_workers_change_nothing(tmp_path: Path) -> None:
    """One process and two write the same bytes."""
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text(GOOD.replace("1,300", f"1,30{number}"), encoding="utf-8")
    one = unfacts("extract", str(tmp_path), "-o", str(tmp_path / "one"), "--workers", "1")
    two = unfacts("extract", str(tmp_path), "-o", str(tmp_path / "two"), "--workers", "2")
    assert one.returncode == two.returncode == 0, one.stderr + two.stderr
    files = sorted(p.name for p in (tmp_path / "one").iterdir() if p.is_file())
    assert "facts.xlsx" in files
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_mentions_of_a_text() -> None:
    """A text alone: what it mentions, as JSON with offsets into the text as given."""
    text = "Over 1,300 officials met last May for three days."
    run = unfacts("mentions", text, "--language", "en", "--date", "2004-04-23")
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    (date,), (quantity,), (duration,) = found["dates"], found["quantities"], found["durations"]
    assert text[date["start"] : date["end"]] == "last May"
    assert (date["edtf"], date["timex_type"], date["timex_value"], date["basis"]) == (
        "2003-05", "DATE", "2003-05", "relative",
    )  # fmt: skip
    bounds = (quantity["value"], quantity["min"], quantity["max"], quantity["qualifier"])
    assert bounds == (1300, 1301, None, "more_than")
    assert text[duration["start"] : duration["end"]] == "three days"


def test_mentions_of_many_texts() -> None:
    """One JSON object a line in, one out; a bad line is told in its place, the others go on."""
    lines = [
        json.dumps({"text": "去年 5 月，1 300 多名官员", "language": "zh", "date": "2004-04-23"}),
        "not JSON",
        json.dumps({"text": "In June 2003.", "language": "en", "date": None}),
        json.dumps({"text": "x", "language": "tlh"}),
    ]
    run = unfacts("mentions", "--jsonl", stdin="\n".join(lines) + "\n")
    assert run.returncode == 1
    first, second, third, fourth = map(json.loads, run.stdout.splitlines())
    assert first["dates"][0]["edtf"] == "2003-05"
    assert first["dates"][0]["text"] == "去年 5 月"
    assert first["quantities"][0]["value"] == 1300
    assert "line 2" in second["error"]
    assert third["dates"][0]["edtf"] == "2003-06"
    assert "tlh" in fourth["error"]


def test_rules_are_listed_with_how_often_they_fire() -> None:
    """The rules of a language, and which of them never fire on the seeds."""
    run = unfacts("rules", "seeds", "--language", "en")
    assert run.returncode == 0, run.stderr
    assert "en.mandate_extension." in run.stdout
    assert "never fired" in run.stdout


def test_show_prints_the_facts(tmp_path: Path) -> None:
    """The table in the terminal; a folder without tables is told."""
    assert "UNTOP" in unfacts("show", "outputs").stdout
    run = unfacts("show", str(tmp_path))
    assert run.returncode == 2
    assert "facts.csv" in run.stderr
