"""documents.csv: every separator and encoding people's spreadsheets write, and every mistake by its line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.manifest import manifest_of, read_manifest
from pipeline.reading import Unreadable


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_is_read_as_spreadsheets_write_it(tmp_path: Path, delimiter: str, codec: str) -> None:
    """Comma, semicolon or tab; with or without a byte order mark; any case and order of the columns."""
    lines = ["Language,FILE,date,document", "en,a.txt,2004-04-23,S/2004/331", "", "zh,b.txt,,"]
    path = tmp_path / "documents.csv"
    path.write_bytes("\r\n".join(lines).replace(",", delimiter).encode(codec))
    manifest, rejected = read_manifest(path)
    assert [r for r in rejected if r.severity == "error"] == []
    row = manifest.row("folder/a.txt")
    assert row is not None
    assert (row.document, row.language, row.date, row.line) == ("S/2004/331", "en", dt.date(2004, 4, 23), 2)
    other = manifest.row("b.txt")
    assert other is not None
    assert (other.document, other.language, other.date) == ("", "zh", None)
    assert manifest.row("c.txt") is None


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("a.txt,S/1,en,23 April 2004", "not a date"),
        ("a.txt,S/1,en,2004-02-30", "not a date"),
        ("a.txt,S/1,en,20040423", "not a date"),
        ("a.txt,S/1,english,", "not a language"),
        (",S/1,en,", "not named"),
        ("a.txt,S/1,en,,,", "more than columns"),
        ("good.txt,,,", "second time"),
        ('a.txt,"S/1,en,', "not a line of a table"),
        ('a.txt,"S"/1,en,', "not a line of a table"),
    ],
)
def test_a_wrong_line_is_named_and_the_others_go_on(line: str, reason: str) -> None:
    """The rejection has the line's number and a cure."""
    manifest, rejected = manifest_of(f"file,document,language,date\ngood.txt,,,\n{line}\n", "documents.csv")
    assert manifest.row("good.txt") is not None
    assert len(rejected) == 1
    assert rejected[0].place == "line 3"
    assert reason in rejected[0].reason
    assert rejected[0].cure


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ("document,language", "'file' is missing"),
        ("file,title", "unknown column 'title'"),
        ("file,file", "stands twice"),
        ("\n\n", "empty"),
    ],
)
def test_wrong_columns_stop_the_table(head: str, reason: str) -> None:
    """Guessing at columns would give documents the wrong dates."""
    with pytest.raises(Unreadable) as caught:
        manifest_of(f"{head}\n", "documents.csv")
    assert reason in caught.value.rejection.reason
    assert "file" in caught.value.rejection.cure


def test_files_that_are_not_there_are_named() -> None:
    """A line for a file that was not given is a warning with its line."""
    manifest, _ = manifest_of("file\na.txt\nb.txt\n", "documents.csv")
    missing = manifest.missing(["folder/a.txt"])
    assert [(r.place, r.severity) for r in missing] == [("line 3", "warning")]
    assert "b.txt" in missing[0].reason


def test_one_file_has_the_same_name_in_every_unicode_form() -> None:
    """Names from a Mac are decomposed, backslashes come from Windows."""
    manifest, _ = manifest_of("file\n.\\sub\\re\u0301solution.txt\n", "documents.csv")
    assert manifest.row("sub/r\u00e9solution.txt") is not None
