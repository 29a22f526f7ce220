"""The files: whole, safe to open, described, and the same bytes every time."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import itertools
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import frictionless
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest

from pipeline import parquet
from pipeline.cells import unescaped
from pipeline.exchange import exchange
from pipeline.export import write_tables
from pipeline.parquet import write_parquet
from pipeline.schema import TableError, facts_frame
from pipeline.staging import OutputError, recover, staged
from pipeline.tables import table_named
from pipeline.workbook import UNITS, fitted, write_workbook
from tests.sample_tables import fact, facts, sample_frames

HOSTILE = [
    "=1+1", "+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "＝1+1", "－2+3", "\t=1", "-5", "'=1", "'quoted'", "\"quoted\"",
    "=HYPERLINK(\"http://example.org\")", "{=1+1}", "https://example.org/", "<r><t>x & y</t></r>", "<r>", "]]>",
    "&amp;",
    "a\x00b\x08\x1f", "\ufffe\uffff", "_x0041_", "_x0041_x0042_", "two\nlines", "end \r\n", "  spaces  ", "a;=1,2",
    "\u202eevil\u202c", "1/2", "2004-06-01", "007", "1e5", "TRUE", "#N/A", "e\u0301" * 50, "\U0001f54a", "x" * 32_767,
]  # fmt: skip


def read_back(value: str) -> str:
    """A cell as Excel shows it: openpyxl leaves _xHHHH_ as it stands."""
    return unescaped("\u2060" + value)[1:]


def hostile_frames() -> dict[str, pd.DataFrame]:
    """The sample, with a hostile text in several columns of many facts."""
    rows = [
        fact(1000 + number, unit=text, quote=text, trigger=text, rule=text, topic=text)
        for number, text in enumerate(HOSTILE)
    ]
    return sample_frames() | {"facts": facts_frame([*facts(), *rows])}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the hostile tables."""
    folder = tmp_path_factory.mktemp("tables")
    write_tables(hostile_frames(), folder)
    return folder


def sheet_rows(path: Path, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet by column name, as openpyxl reads them."""
    cells = openpyxl.load_workbook(path)[sheet].iter_rows()
    header = [cell.value for cell in next(cells)]
    return [dict(zip(header, row, strict=True)) for row in cells]


def test_parquet_is_typed_and_exact(written: Path) -> None:
    """Parquet gives back the very texts, dates and numbers."""
    table = pq.read_table(written / "facts.parquet")
    by_id = {row["fact_id"]: row for row in table.to_pylist()}
    assert [by_id[f"f-{1000 + n:08x}"]["unit"] for n in range(len(HOSTILE))] == HOSTILE
    assert by_id["f-00000001"]["date_anchor"] == dt.date(2004, 4, 23)
    assert b"pandas" not in (table.schema.metadata or {})


def test_csv_gives_back_every_text(written: Path) -> None:
    """CSV starts with a byte order mark, and its cells lead back to the texts."""
    assert (written / "facts.csv").read_bytes().startswith(b"\xef\xbb\xbffact_id,")
    with (written / "facts.csv").open(encoding="utf-8-sig", newline="") as file:
        by_id = {row["fact_id"]: row for row in csv.DictReader(file)}
    assert [unescaped(by_id[f"f-{1000 + n:08x}"]["quote"]) for n in range(len(HOSTILE))] == HOSTILE
    assert by_id["f-00000003"]["count"] == "1300"
    assert by_id["f-00000003"]["count_max"] == ""
    assert by_id["f-00000001"]["document_date"] == "2004-04-23"


def test_workbook_gives_back_every_text(written: Path) -> None:
    """Each hostile text is a string cell, none is a formula, and it is whole; links stay within the workbook."""
    rows = {row["fact_id"].value: row for row in sheet_rows(written / "facts.xlsx", "facts")}
    for number, text in enumerate(HOSTILE):
        for column in ("unit", "quote", "trigger"):
            cell = rows[f"f-{1000 + number:08x}"][column]
            assert cell.data_type in ("s", "inlineStr"), text
            assert cell.hyperlink is None
            assert read_back(cell.value) == text
    with zipfile.ZipFile(written / "facts.xlsx") as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        related = [archive.read(name) for name in archive.namelist() if name.endswith(".rels")]
    assert not any(b"<f>" in sheet for sheet in sheets)
    assert not any(b"External" in relations for relations in related)


def test_mandates_lead_to_their_facts(written: Path) -> None:
    """The cell that names facts is a link to the first of them, on its own sheet."""
    book = openpyxl.load_workbook(written / "facts.xlsx")
    facts_sheet = book["facts"]
    column = [cell.value for cell in facts_sheet[1]].index("fact_id")
    rows = list(sheet_rows(written / "facts.xlsx", "mandates"))
    assert len(rows) == 2
    for row in rows:
        link = row["fact_ids"].hyperlink
        assert link.ref == row["fact_ids"].coordinate
        sheet, cell = link.location.split("!")
        assert (sheet.strip("'"), link.target) == ("facts", None)
        assert facts_sheet[cell].row > 1
        found = facts_sheet.cell(facts_sheet[cell].row, column + 1).value
        assert found == row["fact_ids"].value.split()[0]


def test_workbook_has_real_dates_and_numbers(written: Path) -> None:
    """Dates are dates, numbers numbers, symbols and partial dates text."""
    rows = {row["fact_id"].value: row for row in sheet_rows(written / "facts.xlsx", "facts")}
    row = rows["f-00000003"]
    assert row["count"].value == 1300
    assert row["document_date"].value == dt.datetime(2004, 4, 23)
    assert row["document_date"].number_format == "yyyy-mm-dd"
    assert rows["f-00000005"]["date"].value == "2003-10"
    assert rows["f-00000005"]["date"].number_format == "@"
    assert rows["f-0000000a"]["quote"].alignment.readingOrder == 2


def test_workbook_is_laid_out_for_people(written: Path) -> None:
    """Facts first, codebook last; frozen header, filter, printed title row; technical columns folded."""
    book = openpyxl.load_workbook(written / "facts.xlsx")
    assert book.sheetnames == [
        "facts", "discrepancies", "mandates", "documents", "paragraphs", "dates", "quantities", "rejected", "codebook",
    ]  # fmt: skip
    sheet = book["facts"]
    assert sheet.freeze_panes == "E2"
    assert sheet.auto_filter.ref is not None
    assert sheet.print_title_rows == "$1:$1"
    header = {cell.value: cell for cell in sheet[1]}
    assert "last calendar day" in header["date_latest"].comment.text
    assert sheet.column_dimensions[header["fact_id"].column_letter].hidden
    assert not sheet.column_dimensions[header["quote"].column_letter].hidden
    fills = {row[3].value: row[3].fill.fgColor.rgb for row in sheet.iter_rows(min_row=2)}
    assert len(set(fills.values())) == len(fills) > 4


def test_event_types_keep_their_colour(tmp_path: Path) -> None:
    """A type that does not occur leaves the colours of the others alone."""
    kinds = ["election", "establishment", "meeting", "training"]
    colours = []
    for chosen in (facts(), [row for row in facts() if row["event_type"] == "training"]):
        rows = [tuple(row.get(c.name) for c in table_named("facts").columns) for row in chosen]
        write_workbook(tmp_path / "a.xlsx", {"facts": rows}, event_types=kinds)
        found = sheet_rows(tmp_path / "a.xlsx", "facts")
        colours.append({r["event_type"].fill.fgColor.rgb for r in found if r["event_type"].value == "training"})
    assert colours[0] == colours[1]


def test_long_tables_and_texts_lose_nothing_unsaid(tmp_path: Path) -> None:
    """More rows than a sheet holds go on in a further sheet; a cut text says so, and so does the codebook."""
    rows = [("scan.txt", f"line {n}", "x" * 40_000 if n == 3 else "bad", None, "error") for n in range(1, 8)]
    words = write_workbook(tmp_path / "a.xlsx", {"rejected": rows}, rows_a_sheet=4)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["rejected", "rejected (2)", "rejected (3)", "codebook"]
    places = [row["place"].value for name in book.sheetnames[:3] for row in sheet_rows(tmp_path / "a.xlsx", name)]
    assert places == [f"line {n}" for n in range(1, 8)]
    assert len(words) == 2
    assert [book["codebook"].cell(row, 4).value for row in (2, 3)] == list(words)
    cut = sheet_rows(tmp_path / "a.xlsx", "rejected")[2]["reason"].value
    assert len(cut) == UNITS
    assert cut.endswith("… [40,000 characters, whole in rejected.csv]")


@pytest.mark.parametrize("text", ["\U0001f54a" * 20_000, "a" + "\U0001f54a" * 16_383 + "ab", "é" * 32_768])
def test_cells_are_cut_by_utf16_units(text: str) -> None:
    """Characters outside the basic plane count twice in Excel."""
    kept, was_cut = fitted(text, "facts")
    assert was_cut
    assert len(kept.encode("utf-16-le")) // 2 <= UNITS
    assert kept[:1000] == text[:1000]


def test_days_before_excel_are_text(tmp_path: Path) -> None:
    """Excel knows no day before 1900 that all programs agree on."""
    old, new = dt.date(1815, 6, 9), dt.date(1900, 3, 1)
    rows = [tuple(fact(1, document_date=day).get(c.name) for c in table_named("facts").columns) for day in (old, new)]
    write_workbook(tmp_path / "a.xlsx", {"facts": rows})
    found = [row["document_date"].value for row in sheet_rows(tmp_path / "a.xlsx", "facts")]
    assert found == ["1815-06-09", dt.datetime(1900, 3, 1)]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_gives_back_the_same_cells(written: Path, tmp_path: Path) -> None:
    """LibreOffice opens the workbook without a repair, and its CSV has the same texts."""
    command = ["soffice", f"-env:UserInstallation={tmp_path.as_uri()}/profile", "--headless", "--convert-to"]
    command += ["csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(written / "facts.xlsx")], check=True, capture_output=True, timeout=120)
    with (tmp_path / "facts.csv").open(encoding="utf-8-sig", newline="") as file:
        by_id = {row["fact_id"]: row for row in csv.DictReader(file)}
    # LibreOffice keeps no control characters in a cell, and knows one kind of line break.
    for number, text in enumerate(HOSTILE):
        if all(char == "\n" or 32 <= ord(char) < 0xFFFE or ord(char) > 0xFFFF for char in text):
            assert by_id[f"f-{1000 + number:08x}"]["unit"] == text
    assert by_id["f-00000001"]["document_date"] == "2004-04-23"
    assert by_id["f-00000003"]["count"] in ("1300", "1,300")


def test_data_package_is_valid(written: Path) -> None:
    """Frictionless finds types, constraints, keys and hashes as described."""
    report = frictionless.validate(str(written / "datapackage.json"))
    assert report.valid, report.flatten(["resourceName", "fieldName", "message"])
    package = json.loads((written / "datapackage.json").read_text(encoding="utf-8"))
    listed = {resource["path"]: resource["hash"] for resource in package["resources"]}
    assert set(listed) == {file.name for file in written.iterdir()} - {"datapackage.json"}
    for name, digest in listed.items():
        assert digest == "sha256:" + hashlib.sha256((written / name).read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("old", "new"),
    [("mandate_extension,actual", "mandate_extension,certain"), ("331.zh.txt,", "332.zh.txt,")],
)
def test_data_package_notices_a_wrong_table(written: Path, tmp_path: Path, old: str, new: str) -> None:
    """A value that is no choice, or a fact of a document that is not there, does not validate."""
    folder = tmp_path / "copy"
    shutil.copytree(written, folder)
    text = (folder / "facts.csv").read_text(encoding="utf-8")
    assert old in text
    (folder / "facts.csv").write_text(text.replace(old, new), encoding="utf-8", newline="")
    codes = {row[0] for row in frictionless.validate(str(folder / "datapackage.json")).flatten(["type"])}
    assert codes & {"constraint-error", "foreign-key"}


WRITE = """
import sys
from pathlib import Path
from tests.sample_tables import sample_frames
from pipeline.export import write_tables
write_tables(sample_frames(), Path(sys.argv[1]))
"""


def test_same_bytes_everywhere(tmp_path: Path) -> None:
    """Another time zone, locale and hash seed give the same bytes of every file."""
    tests = Path(__file__).parent
    for name, changed in {
        "a": {"TZ": "UTC", "PYTHONHASHSEED": "1", "LC_ALL": "C"},
        "b": {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8"},
    }.items():
        environment = {
            **os.environ,
            "PYTHONPATH": str(tests.parent),
            **changed,
        }
        subprocess.run([sys.executable, "-c", WRITE, str(tmp_path / name)], check=True, env=environment)
    names = sorted(file.name for file in (tmp_path / "a").iterdir())
    assert len(names) == 18
    for name in names:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name


def test_pieces_leave_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table written in pieces has the same bytes as one written whole, across row groups too."""
    monkeypatch.setattr(parquet, "GROUP", 4)
    whole = facts_frame(facts())
    kinds = []
    for number, cuts in enumerate(([0, 11], [0, 1, 2, 9, 11], [0, 8, 11], [0, 4, 8, 11])):
        path = tmp_path / f"{number}.parquet"
        pieces = [whole.iloc[a:b].reset_index(drop=True) for a, b in itertools.pairwise(cuts)]
        write_parquet(path, "facts", pieces)
        kinds.append(path.read_bytes())
    assert len(set(kinds)) == 1
    assert pq.ParquetFile(tmp_path / "0.parquet").num_row_groups == 3


def test_empty_tables_are_files_too(tmp_path: Path) -> None:
    """Nothing found is a table with a header, and a valid package."""
    write_tables({name: data.iloc[:0] for name, data in sample_frames().items()}, tmp_path)
    assert (tmp_path / "facts.csv").read_text(encoding="utf-8-sig").count("\n") == 1
    assert pq.read_table(tmp_path / "facts.parquet").num_rows == 0
    assert frictionless.validate(str(tmp_path / "datapackage.json")).valid


def test_a_broken_table_leaves_the_old_files(tmp_path: Path) -> None:
    """A table that breaks the contract, or is missing, changes nothing."""
    frames = sample_frames()
    write_tables(frames, tmp_path)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    broken = frames["rejected"].assign(reason=None).astype({"reason": "string[pyarrow]"})
    for tables, told in (
        (frames | {"rejected": broken}, "reason"),
        ({"facts": frames["facts"]}, "missing tables"),
        (frames | {"opinions": frames["facts"]}, "opinions"),
    ):
        with pytest.raises(TableError, match=told):
            write_tables(tables, tmp_path)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_a_full_disk_leaves_the_old_files(tmp_path: Path) -> None:
    """When the disk is full the error says so, and the old files are whole."""
    resource = pytest.importorskip("resource")
    write_tables(sample_frames(), tmp_path)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (12_000, hard))
        with pytest.raises(OutputError, match="cannot write the tables to") as error:
            write_tables(hostile_frames(), tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "unchanged" in str(error.value)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_a_full_disk_while_the_workbook_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The workbook's own errors are told in the same words."""

    def no_space(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "write", no_space)
    with pytest.raises(OutputError, match="No space left on device"):
        write_tables(sample_frames(), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A file where the folder should be, or a folder where a file should be, gives one clear line."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="file"):
        write_tables(sample_frames(), tmp_path / "file")
    (tmp_path / "out" / "facts.csv").mkdir(parents=True)
    with pytest.raises(OutputError, match=r"facts\.csv is a folder"):
        write_tables(sample_frames(), tmp_path / "out")
    assert [each.name for each in (tmp_path / "out").iterdir()] == ["facts.csv"]


def test_what_a_killed_run_left_is_cleared(tmp_path: Path) -> None:
    """Half-written files of a run before do not come through."""
    (tmp_path / ".unfacts-new").mkdir()
    (tmp_path / ".unfacts-new" / "facts.csv").write_text("half")
    with staged(tmp_path) as staging:
        (staging / "a.txt").write_text("new")
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]


def others_files(folder: Path) -> None:
    """What people keep among the tables."""
    (folder / "photos").mkdir(parents=True)
    (folder / "photos" / "one.txt").write_text("picture")
    (folder / "notes.txt").write_text("mine")
    (folder / "link").symlink_to("photos")
    (folder / "a.txt").write_text("old")
    (folder / "gone.txt").write_text("old")


def is_written_among_others(folder: Path) -> bool:
    """Whether other people's files are as they were, and ours are the new ones."""
    assert sorted(entry.name for entry in folder.iterdir()) == ["a.txt", "link", "notes.txt", "photos"]
    assert (folder / "link").is_symlink()
    assert (folder / "link" / "one.txt").read_text() == "picture"
    assert (folder / "notes.txt").read_text() == "mine"
    return (folder / "a.txt").read_text() == "new"


@pytest.mark.parametrize("missing", ["", "link", "exchange"])
def test_other_files_in_the_folder_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    """Whether or not files can have a second name and folders change places."""

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    if missing:
        monkeypatch.setattr({"link": "os.link", "exchange": "pipeline.staging.exchange"}[missing], refused)
    folder = tmp_path / "out"
    others_files(folder)
    before = (folder / "notes.txt").stat().st_ino
    for _ in range(2):
        with staged(folder, {"a.txt", "gone.txt"}) as staging:
            (staging / "a.txt").write_text("new")
        assert is_written_among_others(folder)
        assert (folder / "notes.txt").stat().st_ino == before
        assert [entry.name for entry in tmp_path.iterdir()] == ["out"]


def test_a_file_that_is_saved_while_folders_change_places_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Editors write a new file and rename it: it is another one than that which got a second name."""
    folder = tmp_path / "out"
    others_files(folder)

    def saved_first(one: Path, other: Path) -> None:
        (tmp_path / "edited").write_text("edited")
        (tmp_path / "edited").replace(folder / "notes.txt")
        (folder / "new.txt").write_text("made")
        exchange(one, other)

    monkeypatch.setattr("pipeline.staging.exchange", saved_first)
    with staged(folder, {"a.txt", "gone.txt"}) as staging:
        (staging / "a.txt").write_text("new")
    assert (folder / "notes.txt").read_text() == "edited"
    assert (folder / "new.txt").read_text() == "made"
    assert (folder / "a.txt").read_text() == "new"
    assert not (folder / "gone.txt").exists()
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]


def test_a_run_killed_right_after_the_exchange_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders have no second name: they are brought over by the run that comes next."""

    class KilledError(BaseException):
        """Stands for a signal that cannot be caught."""

    def killed(*_: object) -> None:
        raise KilledError

    folder = tmp_path / "out"
    others_files(folder)
    with monkeypatch.context() as patched:
        patched.setattr("pipeline.staging._brought", killed)
        patched.setattr("pipeline.staging._discard", lambda _: None)
        patched.setattr("pipeline.staging.recover", lambda _: None)
        with pytest.raises(KilledError), staged(folder, {"a.txt", "gone.txt"}) as staging:
            (staging / "a.txt").write_text("new")
    assert (folder / "a.txt").read_text() == "new"
    assert not (folder / "photos").exists()
    recover(folder)
    assert is_written_among_others(folder)
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]
