"""Rows of facts: ids that stay, offsets that lead home."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import default_folder
from pipeline.extract import extracted

CONFIGS = default_folder()
LETTER = """Letter dated 23 April 2004 from the Secretary-General addressed to the President of the Security Council

The United Nations Mission in Nepal (UNMIN) was established on 23 January 2007.

{more}In 2008, the Mission trained 40 observers. I recommend that the mandate of UNMIN be extended until 23 July 2008.

In 2008, the Mission trained 40 observers.
"""


def facts_of(folder: Path, text: str) -> list[dict[str, object]]:
    """The facts that are read in a document."""
    folder.mkdir(exist_ok=True)
    (folder / "letter.txt").write_text(text, encoding="utf-8")
    return extracted([folder], CONFIGS, ["en"])["facts"]


def test_an_edit_elsewhere_leaves_ids_alone(tmp_path: Path) -> None:
    """A new paragraph before them changes no fact's id."""
    before = facts_of(tmp_path, LETTER.format(more=""))
    after = facts_of(tmp_path, LETTER.format(more="This paragraph is new.\n\n"))
    assert [row["fact_id"] for row in before] == [row["fact_id"] for row in after]
    assert len({row["fact_id"] for row in before}) == len(before) >= 5


def test_an_edit_of_its_sentence_changes_an_id(tmp_path: Path) -> None:
    """Another text is another fact."""
    before = facts_of(tmp_path, LETTER.format(more=""))
    after = facts_of(tmp_path, LETTER.format(more="").replace("23 July", "24 July"))
    ids = {row["fact_id"] for row in before} ^ {row["fact_id"] for row in after}
    assert len(ids) == 2


@pytest.mark.parametrize("name", ["000_8d2c3f6428e617ed.txt", "002_4d0068a753fda69a.txt"])
def test_every_row_leads_to_its_words(name: str) -> None:
    """The characters of the file that a row names are the words that the row shows, line breaks and all."""
    path = CONFIGS.parent / "seeds" / name
    text = path.read_bytes().decode("utf-8")
    tables = extracted([path], CONFIGS, ["en", "zh"])
    seen = 0
    for table, column in (("facts", "quote"), ("dates", "text"), ("quantities", "text")):
        for row in tables[table]:
            stored = text[row["source_start"] : row["source_end"]]
            assert "".join(stored.split()) == "".join(str(row[column]).split())
            seen += 1
    assert seen > 20
