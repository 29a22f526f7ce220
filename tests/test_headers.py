"""Headers in six languages: symbol, the document's own date, the distribution date, title and language."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.documents import Reader
from pipeline.manifest import ManifestRow
from pipeline.model import Document
from pipeline.reading import source_of
from pipeline.text import fold

ROOT = Path(__file__).resolve().parent.parent
BODY = {
    "en": "The Office continues to make an important contribution to addressing the challenges of the country.",
    "zh": "办事处继续对迎接该国冲突后过渡时期所面临的挑战作出重要贡献。",
    "fr": "Le Bureau a continué de contribuer à la consolidation de la paix dans le pays et les régions.",
    "es": "La Oficina ha seguido contribuyendo a la consolidación de la paz en el país y en las regiones.",
    "ru": "Отделение продолжало вносить важный вклад в решение задач, стоящих перед страной.",
    "ar": "وما زال المكتب يسهم إسهاما هاما في التصدي للتحديات التي تواجه البلد في فترة الانتقال.",
}
LETTERS = {
    "en": "United Nations S/2004/331\nSecurity Council\nDistr.: General\n29 April 2004\nOriginal: English\n\n"
    "Letter dated 23 April 2004 from the Secretary-General addressed\nto the President of the Security Council",
    "zh": "联 合 国 S/2004/331\n安全理事会\nDistr.: General\n29 April 2004\nChinese\nOriginal: English\n\n"
    "2004 年 4 月 23 日秘书长给安全理事会主席的信",
    "fr": "Nations Unies S/2004/331\nConseil de sécurité\nDistr. générale\n29 avril 2004\nFrançais\n"
    "Original: anglais\n\nLettre datée du 23 avril 2004, adressée au Président du Conseil de sécurité par le "
    "Secrétaire général",
    "es": "Naciones Unidas S/2004/331\nConsejo de Seguridad\nDistr. general\n29 de abril de 2004\nEspañol\n"
    "Original: inglés\n\nCarta de fecha 23 de abril de 2004 dirigida al Presidente del Consejo de Seguridad por "
    "el Secretario General",
    "ru": "Организация Объединенных Наций S/2004/331\nСовет Безопасности\nDistr.: General\n29 April 2004\n"
    "Russian\nOriginal: English\n\nПисьмо Генерального секретаря от 23 апреля 2004 года на имя Председателя "
    "Совета Безопасности",
    "ar": "الأمم المتحدة S/2004/331\nمجلس الأمن\nDistr.: General\n29 April 2004\nArabic\nOriginal: English\n\n"
    "رسالة مؤرخة ٢٣ نيسان/أبريل ٢٠٠٤ موجهة إلى رئيس مجلس الأمن من الأمين العام",
}
SIGNATURES = {
    "en": "(Signed) Kofi A. Annan",
    "zh": "科菲·安南（签名）",
    "fr": "(Signé) Kofi A. Annan",
    "es": "(Firmado) Kofi A. Annan",
    "ru": "(Подпись) Кофи А. Аннан",
    "ar": "(توقيع) كوفي ع. عنان",
}
RESOLUTIONS = {
    "en": "S/RES/1330 (2000)\nDistr.: General 8 December 2000\nResolution 1330 (2000)\nAdopted by the Security "
    "Council at its 4241st meeting,\non 5 December 2000\nThe Security Council,",
    "zh": "S/RES/1330 (2000)\n第1330(2000)号决议\n2000年12月5日安全理事会第4241次会议通过\n安全理事会，",
    "fr": "S/RES/1330 (2000)\nRésolution 1330 (2000)\nAdoptée par le Conseil de sécurité à sa 4241e séance, le "
    "5 décembre 2000\nLe Conseil de sécurité,",
    "es": "S/RES/1330 (2000)\nResolución 1330 (2000)\nAprobada por el Consejo de Seguridad en su 4241ª sesión, "
    "celebrada el 5 de diciembre de 2000\nEl Consejo de Seguridad,",
    "ru": "S/RES/1330 (2000)\nРезолюция 1330 (2000),\nпринятая Советом Безопасности на его 4241-м заседании "
    "5 декабря 2000 года\nСовет Безопасности,",
    "ar": "S/RES/1330 (2000)\nالقرار 1330 (2000)\nالذي اتخذه مجلس الأمن في جلسته 4241 المعقودة في 5 كانون "
    "الأول/ديسمبر 2000\nإن مجلس الأمن،",
}


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.from_config(ROOT / "configs", tuple(BODY))


def _read(reader: Reader, text: str, row: ManifestRow | None = None) -> Document:
    document, _ = reader.read(source_of(text.encode(), "folder/name.txt"), row)
    assert document is not None
    return document


@pytest.mark.parametrize("language", list(BODY))
def test_a_letter_has_the_date_of_its_title(reader: Reader, language: str) -> None:
    """Not the date under "Distr."; everything above the text is header, the name below is signature."""
    text = f"{LETTERS[language]}\n\n{BODY[language]}\n\n{BODY[language]}\n\n{SIGNATURES[language]}\n"
    document = _read(reader, text)
    assert (document.symbol, document.language) == ("S/2004/331", language)
    assert (document.date, document.distribution_date) == (dt.date(2004, 4, 23), dt.date(2004, 4, 29))
    assert [p.text for p in document.body] == [BODY[language]] * 2
    assert [s.text for s in document.signature] == [SIGNATURES[language]]
    assert "23" in fold(document.title)


@pytest.mark.parametrize("language", list(BODY))
def test_a_resolution_has_the_date_of_its_adoption(reader: Reader, language: str) -> None:
    """Its symbol stands at the head of the page; the body begins with the organ's name."""
    document = _read(reader, f"{RESOLUTIONS[language]}\n{BODY[language]}\n{BODY[language]}\n")
    assert document.symbol == "S/RES/1330 (2000)"
    assert document.date == dt.date(2000, 12, 5)
    assert len(document.body) == 3


def test_a_resolutions_year_is_that_of_its_symbol(reader: Reader) -> None:
    """A slip in the line of adoption gives way to the distribution date, if that has the symbol's year."""
    text = RESOLUTIONS["en"].replace("on 5 December 2000", "on 5 December 1990")
    assert _read(reader, f"{text}\n{BODY['en']}\n").date == dt.date(2000, 12, 8)
    text = text.replace("Distr.: General 8 December 2000\n", "")
    assert _read(reader, f"{text}\n{BODY['en']}\n").date == dt.date(1990, 12, 5)


def test_a_letter_is_not_the_resolution_that_it_names(reader: Reader) -> None:
    """Its symbol is read from the file's name, not from its first sentence; its kind from its title."""
    text = f"Letter dated 25 July 2005 from the Secretary-General\n\nI refer to resolution 1598 (2005). {BODY['en']}\n"
    document = _read(reader, text)
    assert (document.symbol, document.kind) == ("name", "letter")


def test_a_report_has_the_date_of_its_header(reader: Reader) -> None:
    """It has no other; a title over two lines is one title, job numbers and bar codes are furniture."""
    head = "United Nations S/2005/177\nSecurity Council Distr.: General\n17 March 2005\nOriginal: English\n"
    title = "Sixth progress report of the Secretary-General on the\nUnited Nations Mission in Liberia\n"
    text = f"{head}05-26714 (E) 170305\n*0526714*\n{title}\n1. {BODY['en']}\n2. {BODY['en']}\n"
    document = _read(reader, text)
    assert document.date == dt.date(2005, 3, 17)
    assert document.title.endswith("on the United Nations Mission in Liberia")
    assert [p.text[:2] for p in document.body] == ["1.", "2."]


def test_the_manifest_overrides_the_header(reader: Reader) -> None:
    """Name, language and date of documents.csv are believed."""
    text = f"{LETTERS['en']}\n\n{BODY['en']}\n"
    row = ManifestRow("name.txt", "S/2004/999", "fr", dt.date(2001, 1, 2))
    document = _read(reader, text, row)
    assert (document.symbol, document.language, document.date) == ("S/2004/999", "fr", dt.date(2001, 1, 2))
    assert document.distribution_date == dt.date(2004, 4, 29)


def test_a_text_without_header_keeps_every_line(reader: Reader) -> None:
    """Not even a lone title is taken for a header when nothing else is there."""
    for text in (BODY["en"], "Security Council", "Letter dated 3 May 2004 from the Secretary-General to the World"):
        document = _read(reader, text, ManifestRow("name.txt", language="en"))
        assert [p.text for p in document.body] == [text]
        assert document.symbol == "name"


def test_a_symbol_may_stand_in_the_name(reader: Reader) -> None:
    """Files of the documents system are named so."""
    for name, symbol in (("S_2005_497.en", "S/2005/497"), ("S-RES-1036(1996)", "S/RES/1036 (1996)")):
        document, _ = reader.read(source_of(BODY["en"].encode(), f"{name}.txt"))
        assert document is not None
        assert document.symbol == symbol


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "Der Sicherheitsrat beschließt, das Mandat der Mission der Vereinten Nationen bis zum 15. März 2005 zu "
            "verlängern, und ersucht den Generalsekretär, dem Rat über die Lage Bericht zu erstatten.",
            "'de' is not supported yet: supported are en, zh",
        ),
        ("安全保障理事会は、国際連合の活動の期間を延長することを決定する。", "'ja' is not supported yet"),
        (BODY["ru"], "'ru' is not supported yet"),
        ("12 345 678 -- 90", "cannot be told"),
    ],
)
def test_another_language_is_named(text: str, reason: str) -> None:
    """One clear line says which language it is, and which are supported."""
    document, notes = Reader.from_config(ROOT / "configs", ("en", "zh")).read(source_of(text.encode(), "x.txt"))
    assert document is None
    assert reason in notes[-1].reason
    assert notes[-1].cure
