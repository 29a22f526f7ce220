"""A seventh language, German: read where it is enabled, by configuration alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.config import read_yaml
from pipeline.events.types import event_types
from pipeline.extract import Tables, extracted
from pipeline.settings import settings

CONFIGS = Path(__file__).resolve().parent.parent / "configs"

LETTER = """Vereinte Nationen                                    S/2015/311

Verteilung: Allgemein
4. Mai 2015
Original: Englisch

Schreiben des Generalsekretärs vom 30. April 2015 an den Präsidenten des Sicherheitsrats

Mit seiner Resolution 2190 (2014) vom 15. Dezember 2014 beschloss der Sicherheitsrat, das
Mandat der Mission der Vereinten Nationen in Liberia (UNMIL) um neun Monate bis zum
30. September 2015 zu verlängern. Die Mission zählt mehr als eintausenddreihundert Polizisten.

Auf seiner 59. Tagung behandelte der Rat die Friedenstruppe der Vereinten Nationen in Zypern.
Ich empfehle, ihr Mandat für einen weiteren Zeitraum von zwölf Monaten zu verlängern.
"""


def read(folder: Path, languages: str) -> Tables:
    """The tables of the letter, with these languages in a copy of the configuration."""
    configs = folder / "configs"
    shutil.copytree(CONFIGS, configs)
    whole = configs / "pipeline.yaml"
    whole.write_text(f"languages: [{languages}]\ninput: .\n", encoding="utf-8")
    letter = folder / "letter.txt"
    letter.write_text(LETTER, encoding="utf-8")
    return extracted([letter], configs, settings(configs).languages)


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """What is read of the letter with one more entry in the list of languages."""
    return read(tmp_path_factory.mktemp("enabled"), "en, zh, de")


def test_one_list_entry_enables_it(tables: Tables) -> None:
    """The letter is read as German, with its own date and not that of its distribution."""
    (document,) = tables["documents"]
    assert document["language"] == "de"
    assert (document["document"], str(document["document_date"])) == ("S/2015/311", "2015-04-30")
    assert tables["rejected"] == []


def test_a_german_letter_gives_its_mandate_extensions(tables: Tables) -> None:
    """One extension that was decided, over a wrapped line and a full name; one that is recommended, by an anaphor."""
    columns = ("event_type", "mission", "modality", "period_end", "duration", "decided")
    assert [tuple(fact.get(c) or None for c in columns) for fact in tables["facts"]] == [
        ("mandate_extension", "UNMIL", "actual", "2015-09-30", "P9M", "2014-12-15"),
        ("mandate_extension", "UNFICYP", "proposed", None, "P12M", None),
    ]


def test_offsets_lead_to_the_characters_of_the_file(tables: Tables) -> None:
    """Source offsets hold the sentence as stored, umlauts, line breaks and all; an ordinal's point ends none."""
    decided, recommended = tables["facts"]
    first = LETTER[decided["source_start"] : decided["source_end"]]
    assert first.startswith("Mit seiner Resolution")
    assert first.endswith("bis zum\n30. September 2015 zu verlängern.")
    second = LETTER[recommended["source_start"] : recommended["source_end"]]
    assert second == "Ich empfehle, ihr Mandat für einen weiteren Zeitraum von zwölf Monaten zu verlängern."


def test_its_quantities_are_read(tables: Tables) -> None:
    """A number written as one word is a quantity with its hedge and what it counts."""
    (quantity,) = tables["quantities"]
    assert (quantity["value"], quantity["qualifier"], quantity["unit"]) == (1300, "more_than", "Polizisten")


def test_without_the_entry_it_is_refused(tmp_path: Path) -> None:
    """Data that lie ready enable nothing: German is named, and refused, where it is not listed."""
    assert "de" not in settings(CONFIGS).languages
    (rejection,) = read(tmp_path, "en, zh")["rejected"]
    assert "'de' is not supported" in rejection["reason"]


def test_its_rules_cover_what_is_promised() -> None:
    """Mandate extensions and modality, no other event: what is experimental is not more than it says."""
    files = {path.stem for path in (CONFIGS / "rules" / "de").glob("*.yaml")}
    assert files == {"mandate_extension", "modality"}
    assert files - {"modality"} <= set(event_types(CONFIGS))
    bodies = read_yaml(CONFIGS / "lexicon" / "missions.yaml").data
    assert sum(1 for body in bodies.values() if "de" in body["names"]) >= 15
