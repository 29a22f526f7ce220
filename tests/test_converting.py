"""PDF and Word files become text files, and the facts of these are those of the document."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from pipeline.converting.errors import NotConverted
from pipeline.converting.files import converted
from pipeline.converting.pdf import pdf_text
from pipeline.converting.word import word_text
from tests.test_cli import table, unfacts

LINES = ["Letter dated 5 March 2003", "The mandate of UNMIT was extended", "until 1 May 2004."]


def pdf_of(*pages: list[str]) -> bytes:
    """A PDF with these lines on its pages (ISO 32000-1, 7.5)."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, lines in enumerate(pages):
        shown = "\n".join(f"BT /F1 12 Tf 72 {720 - 20 * row} Td ({line}) Tj ET" for row, line in enumerate(lines))
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>",
            f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
        ]
    data, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end = data.index("xref\n")
    data += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{end}\n%%EOF\n"
    return data.encode("latin-1")


def word_of(*paragraphs: str) -> bytes:
    """A Word document with these paragraphs."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    stored = io.BytesIO()
    document.save(stored)
    return stored.getvalue()


def test_the_lines_of_a_pdf_stay_and_pages_are_told_apart() -> None:
    assert pdf_text(pdf_of(LINES, ["2", "It ended."])) == "\n".join(LINES) + "\n\f2\nIt ended.\n"


def test_a_pdf_of_pictures_a_damaged_one_and_a_missing_extra_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotConverted, match="no text") as scanned:
        pdf_text(pdf_of([]))
    assert "OCR" in scanned.value.cure
    with pytest.raises(NotConverted, match="damaged"):
        pdf_text(b"%PDF-1.4\nnothing")
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(NotConverted, match="extra") as missing:
        pdf_text(pdf_of(LINES))
    assert missing.value.cure == "pip install 'unfacts[pdf]'"


def test_a_word_document_gives_paragraphs_and_tables_in_order() -> None:
    document = docx.Document()
    document.add_paragraph("First.\nSecond line.")
    cells = document.add_table(rows=2, cols=2)
    for number, cell in enumerate(c for row in cells.rows for c in row.cells):
        cell.text = f"cell {number}"
    wide = document.add_table(rows=1, cols=3)
    wide.cell(0, 0).merge(wide.cell(0, 1)).text = "both"
    wide.cell(0, 2).text = "last"
    document.add_paragraph("\u0627\u0644\u0628\u0639\u062b\u0629 \u2013 1\u00a0300.")
    stored = io.BytesIO()
    document.save(stored)
    expected = ["First.\nSecond line.", "cell 0\tcell 1", "cell 2\tcell 3", "both\tlast", "البعثة – 1\u00a0300."]
    assert word_text(stored.getvalue()) == "\n\n".join(expected) + "\n"


def test_tracked_changes_are_taken_as_accepted() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("until ")
    changes = (("w:del", "w:delText", "1 May"), ("w:ins", "w:t", "9 June"), ("w:moveFrom", "w:t", "!"))
    for tag, text_tag, text in changes:
        change, run, words = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text_tag)
        words.text = text
        run.append(words)
        change.append(run)
        paragraph._p.append(change)
    stored = io.BytesIO()
    document.save(stored)
    assert word_text(stored.getvalue()) == "until 9 June\n"


def test_the_notes_of_a_word_document_follow_it() -> None:
    name, kind = qn("w:footnotes")[1:].split("}")[0], "officedocument.wordprocessingml.footnotes+xml"
    notes = (
        f'<w:footnotes xmlns:w="{name}"><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>___</w:t></w:r></w:p>'
        '</w:footnote><w:footnote w:id="1"><w:p><w:r><w:t>S/2003/12.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    stored = io.BytesIO(word_of("See the report."))
    with zipfile.ZipFile(stored, "a") as package:
        old = {each: package.read(each).decode() for each in ("[Content_Types].xml", "word/_rels/document.xml.rels")}
    whole = io.BytesIO()
    with zipfile.ZipFile(stored) as source, zipfile.ZipFile(whole, "w") as target:
        for each in source.namelist():
            if each not in old:
                target.writestr(each, source.read(each))
        part = f'<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-{kind}"/></Types>'
        target.writestr("[Content_Types].xml", old["[Content_Types].xml"].replace("</Types>", part))
        link = (
            '<Relationship Id="rIdNotes" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
            'footnotes" Target="footnotes.xml"/></Relationships>'
        )
        relations = old["word/_rels/document.xml.rels"].replace("</Relationships>", link)
        target.writestr("word/_rels/document.xml.rels", relations)
        target.writestr("word/footnotes.xml", notes)
    assert word_text(whole.getvalue()) == "See the report.\n\nS/2003/12.\n"


@pytest.mark.parametrize("data", [b"PK\x03\x04 nothing", word_of("x")[:900], word_of("x")[:-30] + b"y" * 30])
def test_a_damaged_word_document_says_so(data: bytes) -> None:
    with pytest.raises(NotConverted, match="damaged"):
        word_text(data)


def test_an_empty_word_document_says_so() -> None:
    with pytest.raises(NotConverted, match="no text"):
        word_text(word_of("", " "))


def test_texts_lie_below_the_folder_whatever_the_files_are_called(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "a").mkdir(parents=True)
    (folder / "b").mkdir()
    for part in ("a", "b"):
        (folder / part / "report.docx").write_bytes(word_of(f"In {part}."))
    (folder / "notes.txt").write_text("not converted")
    made = {each.file: each.text for each in converted([folder / "a" / "report.docx", folder / "b"], tmp_path / "out")}
    texts = sorted(path.read_text() for path in made.values() if path is not None)
    assert texts == ["In a.\n", "In b.\n"]
    assert all(path is not None and path.is_relative_to(tmp_path / "out") for path in made.values())


def test_the_command_makes_texts_that_are_read(tmp_path: Path) -> None:
    """Two files of three become texts, and the facts of both kinds are there."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "one.pdf").write_bytes(pdf_of(LINES))
    (folder / "two.docx").write_bytes(word_of(LINES[0], " ".join(LINES[1:])))
    (folder / "three.pdf").write_bytes(b"%PDF-")
    run = unfacts("text", str(folder), "--output", str(tmp_path / "texts"))
    assert run.returncode == 1
    assert "three.pdf: the PDF is damaged" in run.stderr
    assert "2 text files in" in run.stderr
    assert unfacts("extract", str(tmp_path / "texts"), "-o", str(tmp_path / "out")).returncode == 0
    facts = table(tmp_path / "out", "facts")
    assert sorted((row["source_file"], row["mission"], row["period_end"]) for row in facts) == [
        ("one.pdf.txt", "UNMIT", "2004-05-01"),
        ("two.docx.txt", "UNMIT", "2004-05-01"),
    ]


def test_a_folder_of_both_kinds_tells_of_what_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("\n\n".join(LINES))
    (tmp_path / "report.pdf").write_bytes(pdf_of(LINES))
    run = unfacts("extract", str(tmp_path), "-o", str(tmp_path / "out"))
    assert run.returncode == 0
    (told,) = table(tmp_path / "out", "rejected")
    assert (told["file"], told["severity"]) == ("report.pdf", "warning")
    assert "unfacts text" in told["cure"]
