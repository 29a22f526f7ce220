"""Files as they come: encodings, binaries, empty ones, hostile ones. Each is read right or named with a cure."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.discovery import Files, Found, discover
from pipeline.encodings import decoded
from pipeline.reading import Unreadable, printable, read_source, source_of

SIMPLIFIED = "安全理事会决定将联合国科特迪瓦行动的任务期限延长至2005年6月4日。\n请秘书长向安理会提出报告。\n"
TRADITIONAL = "安全理事會決定將聯合國科特迪瓦行動的任務期限延長至2005年6月4日。\n請秘書長向安理會提出報告。\n"
RUSSIAN = "Совет Безопасности постановляет продлить мандат Миссии до 15 марта 2005 года.\n"
ARABIC = "يقرر مجلس الأمن تمديد ولاية بعثة الأمم المتحدة حتى ١٥ آذار/مارس ٢٠٠٥.\n".translate(
    {0x660 + n: str(n) for n in range(10)}
)
FRENCH = "Le Conseil de sécurité décide de proroger le mandat de la Mission jusqu’au 15 décembre 2005.\n"
SPANISH = "El Consejo de Seguridad decide prorrogar el mandato de la Misión hasta el año próximo.\n"
ENGLISH = "The Security Council decides to extend the mandate – “a further period” – of the Mission’s staff.\n"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (SIMPLIFIED, "gb18030"),
        (SIMPLIFIED * 40, "gb18030"),
        (TRADITIONAL, "big5"),
        (RUSSIAN, "koi8_r"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "iso8859_5"),
        (RUSSIAN.upper() + RUSSIAN, "cp1251"),
        (ARABIC, "cp1256"),
        (ARABIC, "iso8859_6"),
        (FRENCH, "cp1252"),
        (SPANISH, "cp1252"),
        (SPANISH, "iso8859_1"),
        (ENGLISH, "cp1252"),
        ("Plain text. " * 9_000 + "\nFrançois Bozizé, José and Muñoz met.\n", "cp1252"),
        (SIMPLIFIED, "utf-16-le"),
        (SIMPLIFIED * 3, "utf-16-be"),
        (ENGLISH, "utf-16-le"),
        (ENGLISH, "utf-16-be"),
        (RUSSIAN, "utf-16-le"),
        (ARABIC, "utf-16-be"),
        (SIMPLIFIED, "utf-16"),
        (ENGLISH, "utf-32"),
    ],
)
def test_other_encodings_are_read_right_and_said_so(tmp_path: Path, text: str, codec: str) -> None:
    """The text is what was stored, the codec named reads it, and a note tells of it."""
    path = tmp_path / "document.txt"
    path.write_bytes(text.encode(codec))
    source = read_source(path)
    assert source.text == text
    with path.open(encoding=source.encoding, errors=source.errors, newline="") as file:
        assert file.read() == text
    assert len(source.notes) == 1
    assert source.notes[0].severity == "warning"
    assert source.notes[0].reason.startswith("read as ")


@pytest.mark.parametrize("text", [ENGLISH, SIMPLIFIED, "a\r\nb\rc\n\x0cd", "x"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig"])
def test_utf_8_is_read_in_silence(tmp_path: Path, text: str, codec: str) -> None:
    """With and without a byte order mark; line ends of every kind stay as they are."""
    path = tmp_path / "document.txt"
    path.write_bytes(text.encode(codec))
    source = read_source(path)
    assert (source.text, source.encoding, source.notes) == (text, codec, ())


@pytest.mark.parametrize("cut", [1, 2])
def test_a_character_cut_off_at_the_end_is_a_warning(cut: int) -> None:
    """What is whole is read; the note says that the file may have been cut off."""
    source = source_of(SIMPLIFIED.strip().encode()[:-cut], "document.txt")
    assert source.text == SIMPLIFIED.strip()[:-1]
    assert "cut off" in source.notes[0].reason
    assert SIMPLIFIED.strip().encode()[:-cut].decode(source.encoding, source.errors) == source.text


def test_a_few_stray_bytes_do_not_turn_utf_8_into_something_else() -> None:
    """They are shown, counted, and everything else is right."""
    data = (SIMPLIFIED * 20).encode() + b"\xff" + SIMPLIFIED.encode()
    source = source_of(data, "document.txt")
    assert source.text == SIMPLIFIED * 20 + "\ufffd" + SIMPLIFIED
    assert "1 byte" in source.notes[0].reason


def test_a_few_nuls_are_passed_over_with_a_warning() -> None:
    """They stay in the text, for the offsets' sake."""
    source = source_of(ENGLISH.encode().replace(b" of ", b"\0of\0"), "document.txt")
    assert source.text.count("\0") == 2
    assert "NUL" in source.notes[0].reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\r\n\t\x0c ", "white space"),
        ("\ufeff".encode(), "white space"),
        ("\ufeff\u3000\n".encode("utf-16"), "white space"),
        (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "PDF"),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00", "Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Word"),
        (b"{\\rtf1\\ansi Hello}", "RTF"),
        (b"\x1f\x8b\x08\x00\x00\x00", "gzip"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
        (bytes(1000), "not text"),
        (bytes(range(256)) * 20, "not text"),
        (b"\x01\x02\x03\x04\x05\x06\x07" * 50, "control characters"),
    ],
)
def test_what_is_not_text_is_refused_with_a_cure(tmp_path: Path, data: bytes, reason: str) -> None:
    """The rejection names the file, what it is, and what can be done."""
    path = tmp_path / "document.txt"
    path.write_bytes(data)
    with pytest.raises(Unreadable) as caught:
        read_source(path, "document.txt")
    rejection = caught.value.rejection
    assert rejection.file == "document.txt"
    assert reason in rejection.reason
    assert rejection.cure
    assert rejection.severity == "error"


def test_paths_that_hold_no_file_are_refused(tmp_path: Path) -> None:
    """Missing, a folder, a link to nowhere, a pipe, a name that no file system takes."""
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "link.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    reasons = {}
    for name in ("missing.txt", "folder.txt", "link.txt", "loop.txt", "pipe.txt", "n\0ul.txt", "x" * 5000):
        with pytest.raises(Unreadable) as caught:
            read_source(tmp_path / name, "a")
        reasons[name[:9]] = caught.value.rejection.reason
    assert "no such file" in reasons["missing.t"]
    assert "folder" in reasons["folder.tx"]
    assert "leads nowhere" in reasons["link.txt"]
    assert "regular" in reasons["pipe.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    """The cure names the permissions."""
    path = tmp_path / "document.txt"
    path.write_text("text", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(Unreadable, match="permission"):
        read_source(path)


def test_names_are_printable(tmp_path: Path) -> None:
    """Bytes that are no text, line breaks and controls in names are escaped; other scripts are not."""
    assert printable("a\nb\udcff.txt") == "a\\x0ab\\xff.txt"
    assert printable("决议 =1+1.txt") == "决议 =1+1.txt"
    strange = os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.txt")
    Path(strange).write_text("text", encoding="utf-8")
    read_source(Path(strange)).file.encode("utf-8")


def test_files_are_found_in_a_stable_order(tmp_path: Path) -> None:
    """Folders are looked through, circles and hidden files passed by, other files left alone."""
    for name in ("b.txt", "a.TXT", "c/d.txt", "c/e.md", ".hidden.txt", "folder.txt/f.text"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "c" / "circle").symlink_to(tmp_path)
    found, rejected = discover([tmp_path, tmp_path / "b.txt"])
    assert [f.file for f in found] == ["a.TXT", "b.txt", "c/d.txt", "folder.txt/f.text"]
    assert rejected == []


def test_two_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """Both are read, under names that differ."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.txt").write_text("x", encoding="utf-8")
    found, _ = discover([tmp_path / "two", tmp_path / "one"])
    assert len({f.file for f in found}) == 2
    assert found == discover([tmp_path / "one", tmp_path / "two"])[0]


def test_a_folder_without_texts_is_said(tmp_path: Path) -> None:
    """A missing path is left to `read_source`, which names it."""
    assert "no files that end in .txt" in discover([tmp_path])[1][0].reason
    assert [f.file for f in discover([tmp_path / "missing.txt"])[0]] == ["missing.txt"]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Nothing but Unreadable is raised, and a codec that is named reads the text."""
    with contextlib.suppress(Unreadable):
        source = source_of(data, "x")
        assert data.decode(source.encoding, source.errors).startswith(source.text)


@given(st.text(min_size=1))
def test_utf_8_is_never_taken_for_anything_else(text: str) -> None:
    """Strict UTF-8 wins over every guess, unless there are NULs in it."""
    if "\0" not in text and not text.startswith("\ufeff"):
        data = text.encode("utf-8", errors="ignore")
        if data:
            assert decoded(data).codec == "utf-8"


def test_a_list_of_files_is_kept_as_it_was() -> None:
    """Names with line ends and half characters, files that are not where their names say; and none at all."""
    files = [Found("in", "a\nb.txt"), Found("", "\udcff.txt", "/elsewhere/\udcff.txt"), Found("in", "c/é.txt")]
    assert list(Files(files)) == files
    assert len(Files(files)) == 3
    assert list(Files([])) == []
