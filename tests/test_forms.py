"""Tables of inflected forms are what the lemmas beside them make."""

from pathlib import Path

import pytest

from pipeline.training.forms import Inflector, main, rewritten, written

CONFIGS = Path(__file__).parent.parent / "configs" / "languages"
LEMMAS = sorted(path.parent for path in CONFIGS.glob("*/lemmas.yaml"))

TABLE = """\
words:
  month: {x: 1}
  # month: [no]
  "":
    month: [a, b]
anaphors:
  - words: [c]
    named: [d]
  - words: [e]
"""


@pytest.fixture(scope="module")
def inflector() -> Inflector:
    pytest.importorskip("pymorphy3", reason="inflects with pymorphy3: install the extra `forms`")
    return Inflector.loaded(["V-oy", "Supr", "Dist"])


@pytest.mark.parametrize("folder", LEMMAS, ids=lambda folder: folder.name)
def test_committed_tables_are_those_that_their_lemmas_make(folder: Path) -> None:
    pytest.importorskip("pymorphy3", reason="inflects with pymorphy3: install the extra `forms`")
    differing = [p.name for p, text in rewritten(folder).items() if text != p.read_text(encoding="utf-8")]
    assert not differing, f"run: python -m pipeline.training.forms {folder.relative_to(CONFIGS.parent.parent)}"


@pytest.mark.parametrize(
    ("lemma", "kind", "forms"),
    [
        ("март", ["NOUN sing"], {"март", "марта", "марту", "мартом", "марте"}),
        ("продлить", ["PRTS"], {"продлён", "продлена", "продлено", "продлены"}),
        ("круглый стол", ["NOUN plur gent"], {"круглых столов"}),
        ("этот год", ["NOUN sing loc2"], {"этом году"}),
        ("срок (действия)", ["NOUN sing datv"], {"сроку действия"}),
        ("Рабочий группа", ["NOUN sing accs"], {"Рабочую группу"}),
        ("(двадцать) первый", ["ADJF femn gent"], {"двадцать первой"}),
        ("два", ["NUMR datv"], {"двум"}),
        ("женщина", ["NOUN plur -accs -gent"], {"женщины", "женщинам", "женщинами", "женщинах"}),
    ],
)
def test_a_lemma_gives_the_forms_that_are_wanted(
    inflector: Inflector, lemma: str, kind: list[str], forms: set[str]
) -> None:
    assert inflector.forms(lemma, kind) == forms


def test_a_lemma_without_such_forms_is_an_error(inflector: Inflector) -> None:
    with pytest.raises(LookupError, match="март"):
        inflector.forms("март", ["VERB"])


def test_a_table_is_written_where_it_stands_and_nothing_else_changes() -> None:
    assert written(TABLE, "words..month", ["один год", "г."]) == TABLE.replace("[a, b]", '[один год, "г."]')
    assert written(TABLE, "anaphors.1.words", ["x"]) == TABLE.replace("[e]", "[x]")
    with pytest.raises(LookupError, match=r"words\.month"):
        written(TABLE, "words.month", ["x"])


def test_a_folder_without_lemmas_is_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"lemmas\.yaml"):
        main([str(tmp_path)])
