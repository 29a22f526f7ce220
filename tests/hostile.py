"""Files as nobody should make them, and what must become of each: `python -m tests.hostile FOLDER` writes them.

Every class several times, some 400 files in all, deterministic. With `--full` the long ones have their full size (a
line of 50 MB, a million blank lines, a million digits); without, sizes that a test can afford.
"""

# ruff: noqa: E501  a case is best read on one line
from __future__ import annotations

import argparse
import io
import os
import random
import socket
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Outcome = Literal["fact", "read", "refused", "either", "unseen"]

LETTERS = {
    "en": "The Security Council considered the report of the Secretary-General on the situation in that country. "
    "It decided to extend the mandate of UNMIL until 15 September 2005.",
    "fr": "Le Conseil de sécurité a examiné le rapport du Secrétaire général sur la situation dans ce pays. "
    "Il a décidé de proroger le mandat de la MINUL jusqu’au 15 septembre 2005.",
    "es": "El Consejo de Seguridad examinó el informe del Secretario General sobre la situación en ese país. "
    "Decidió prorrogar el mandato de la UNMIL hasta el 15 de septiembre de 2005.",
    "ru": "Совет Безопасности рассмотрел доклад Генерального секретаря о положении в этой стране. "
    "Он постановил продлить мандат МООНЛ до 15 сентября 2005 года.",
    "ar": "نظر مجلس الأمن في تقرير الأمين العام عن الحالة في ذلك البلد. "
    "وقرر تمديد ولاية بعثة الأمم المتحدة في ليبريا حتى 15 أيلول/سبتمبر 2005.",
    "zh": "安全理事会审议了秘书长关于该国局势的报告。安理会决定将联合国利比里亚特派团的任务期限延长至2005年9月15日。",
}
TRADITIONAL = (
    "安全理事會審議了秘書長關於該國局勢的報告。安理會決定將聯合國利比里亞特派團的任務期限延長至2005年9月15日。"
)
STRANGERS = {
    "it": "Il Consiglio di sicurezza ha esaminato la relazione del Segretario generale sulla situazione in quel paese.",
    "pt": "O Conselho de Segurança examinou o relatório do Secretário-Geral sobre a situação naquele país e não decidiu.",
    "nl": "De Veiligheidsraad heeft het verslag van de secretaris-generaal over de toestand in dat land besproken.",
    "pl": "Rada Bezpieczeństwa rozpatrzyła sprawozdanie Sekretarza Generalnego na temat sytuacji w tym kraju.",
    "uk": "Рада Безпеки розглянула доповідь Генерального секретаря щодо становища в цій країні та її ґрунтовні висновки.",
    "fa": "شورای امنیت گزارش دبیرکل درباره وضعیت آن کشور را بررسی کرد و چگونگی پیگیری گفتگوها را پذیرفت.",
    "ja": "安全保障理事会は、その国の情勢に関する事務総長の報告を検討し、ミッションの任務を延長することを決定した。",
    "ko": "안전보장이사회는 그 나라의 상황에 관한 사무총장의 보고서를 검토하고 임무를 연장하기로 결정하였다.",
    "el": "Το Συμβούλιο Ασφαλείας εξέτασε την έκθεση του Γενικού Γραμματέα για την κατάσταση στη χώρα αυτή.",
    "he": "מועצת הביטחון דנה בדו״ח של המזכיר הכללי על המצב באותה מדינה והחליטה להאריך את המנדט.",
    "hi": "सुरक्षा परिषद ने उस देश की स्थिति पर महासचिव की रिपोर्ट पर विचार किया और जनादेश बढ़ाने का निर्णय लिया।",
    "th": "คณะมนตรีความมั่นคงได้พิจารณารายงานของเลขาธิการเกี่ยวกับสถานการณ์ในประเทศนั้น",
}


@dataclass(frozen=True, slots=True)
class Case:
    """A hostile file. `fact`: it is read, and its extension to 15 September 2005 found; `unseen`: no file to read."""

    name: bytes  # its path below the folder
    kind: str
    outcome: Outcome
    says: str = ""  # a part of the reason in `rejected`: an error where refused, a warning where read


Maker = Callable[[], Iterator[tuple[Case, bytes]]]


def _case(kind: str, number: object, outcome: Outcome, says: str = "") -> Case:
    return Case(f"{kind}/{number}.txt".encode(), kind, outcome, says)


def _empty() -> Iterator[tuple[Case, bytes]]:
    yield _case("empty", 0, "refused", "the file is empty"), b""
    blank = [
        b" ",
        b"\n" * 10,
        b"\r\n\t \x0c",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xfe\xff",
        "\u3000\xa0\n".encode(),
        b"\x1a",
    ]
    blank += ["\u2028\u2029\x85".encode(), "\u3000\n".encode("utf-16"), "\u200b\u200e\ufeff".encode()]
    for number, data in enumerate(blank, 1):
        yield _case("empty", number, "refused"), data


def _binary() -> Iterator[tuple[Case, bytes]]:
    noise = random.Random(2004)
    for number, size in enumerate((1, 2, 3, 16, 500, 5_000, 50_000)):
        yield _case("binary", f"noise-{number}", "either" if size < 500 else "refused"), noise.randbytes(size)
    for name, head in {
        "elf": b"\x7fELF\x02\x01\x01", "png": b"\x89PNG\r\n\x1a\n", "jpeg": b"\xff\xd8\xff\xe0", "gif": b"GIF89a",
        "gzip": b"\x1f\x8b\x08", "sqlite": b"SQLite format 3\0", "parquet": b"PAR1", "exe": b"MZ\x90\0\x03\0\0\0",
        "class": b"\xca\xfe\xba\xbe", "bzip2": b"BZh91AY&SY", "xz": b"\xfd7zXZ\0", "7z": b"7z\xbc\xaf'\x1c",
        "mp3": b"ID3\x03\0", "wasm": b"\0asm\x01\0\0\0", "pyc": b"\xa7\r\r\n", "tiff": b"MM\0*",
    }.items():  # fmt: skip
        yield _case("binary", name, "refused"), head + noise.randbytes(2_000)
    yield _case("binary", "zeros", "refused", "not text"), bytes(10_000)
    yield _case("binary", "counting", "refused", "not text"), bytes(range(256)) * 40
    yield _case("binary", "controls", "refused", "control characters"), b"\x01\x02\x03\x04\x05\x06\x07" * 100


def _formats() -> Iterator[tuple[Case, bytes]]:
    yield (
        _case("formats", "pdf", "refused", "a PDF"),
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog>>\nendobj\n",
    )
    yield _case("formats", "pdf-late", "refused", "a PDF"), b"\r\n %PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\n" * 3
    yield _case("formats", "pdf-bom", "refused", "a PDF"), b"\xef\xbb\xbf%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\n"
    for name, member in {
        "docx": "word/document.xml", "xlsx": "xl/workbook.xml", "odt": "content.xml", "zip": "a.txt", "jar": "META-INF/x",
    }.items():  # fmt: skip
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr(zipfile.ZipInfo(member), LETTERS["en"])
        yield _case("formats", name, "refused", "zip"), packed.getvalue()
    yield _case("formats", "zip-empty", "refused", "zip"), b"PK\x05\x06" + bytes(18)
    yield _case("formats", "doc", "refused", "old Word"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000)
    yield _case("formats", "rtf", "refused", "RTF"), b"{\\rtf1\\ansi " + LETTERS["en"].encode() + b"}"
    yield (
        _case("formats", "html", "either"),
        f"<!DOCTYPE html><html><body><p>{LETTERS['en']}</p></body></html>".encode(),
    )
    yield (
        _case("formats", "xml", "either"),
        f"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>{LETTERS['en']} &b;</a>".encode(),
    )
    yield _case("formats", "json", "either"), ('{"text": "' + LETTERS["en"] + '"}').encode()


def _encodings() -> Iterator[tuple[Case, bytes]]:
    for language, text in LETTERS.items():
        yield _case("plain", language, "fact"), text.encode()
        yield _case("plain", f"{language}-crlf", "fact"), text.replace(". ", ".\r\n").encode() + b"\r\n"
        yield _case("plain", f"{language}-bom", "fact"), text.encode("utf-8-sig")
        for codec in ("utf-16", "utf-32"):
            yield _case(codec, language, "fact", "read as UTF"), text.encode(codec)
        yield _case("utf-16", f"{language}-be-bom", "fact", "read as UTF"), b"\xfe\xff" + text.encode("utf-16-be")
        for codec in ("utf-16-le", "utf-16-be"):
            yield _case("utf-16-no-bom", f"{language}-{codec}", "fact", "no byte order mark"), text.encode(codec)
            yield _case("utf-16-cut", f"{language}-{codec}", "fact", "cut off"), (text + " –").encode(codec)[:-1]
            broken = ("\ud800" + text).encode(codec, "surrogatepass")
            yield _case("utf-16-surrogate", f"{language}-{codec}", "either"), broken
    legacy = [
        ("gb18030", "zh"), ("gbk", "zh"), ("gb2312", "zh"), ("cp1252", "fr"), ("cp1252", "es"), ("iso8859_1", "es"),
        ("windows-1256", "ar"), ("iso8859_6", "ar"), ("koi8_r", "ru"), ("cp1251", "ru"), ("iso8859_5", "ru"), ("cp866", "ru"),
        ("cp850", "es"), ("mac_roman", "fr"),
    ]  # fmt: skip
    for codec, language in legacy:
        text = LETTERS[language].replace("’", "'") if codec in ("iso8859_1", "cp850") else LETTERS[language]
        for times in (1, 3):
            data = "\n".join([text] * times).encode(codec)
            yield _case(f"legacy-{codec}", f"{language}-{times}", "fact", "read as"), data
    for times in (1, 2, 5):
        yield _case("legacy-big5", times, "read", "read as Big5"), "\n".join([TRADITIONAL] * times).encode("big5")
    dashed = LETTERS["en"].replace("It decided", "“It” – decided").replace("“It” – decided", "It – as before – decided")
    yield _case("legacy-cp1252", "en", "read", "read as Windows-1252"), dashed.encode("cp1252")
    shifted = STRANGERS["ja"].encode("shift_jis")
    yield _case("legacy-others", "sjis", "refused"), shifted
    yield _case("legacy-others", "euc-kr", "refused"), STRANGERS["ko"].encode("euc_kr")
    yield _case("legacy-others", "utf-7", "either"), LETTERS["fr"].encode("utf-7")
    yield _case("legacy-others", "ebcdic", "refused"), LETTERS["en"].encode("cp500")
    yield _case("legacy-others", "mixed", "either"), LETTERS["fr"].encode() + b"\n" + LETTERS["fr"].encode("cp1252")
    for language in ("fr", "es", "ru", "ar", "zh"):
        whole = LETTERS[language].encode()
        last = {"fr": "é", "es": "é", "ru": "ж", "ar": "ع", "zh": "国"}[language].encode()
        for cut in range(1, len(last)):
            yield _case("truncated-utf-8", f"{language}-{cut}", "fact", "cut off"), whole + b"\n" + last[:cut]
        stray = whole * 20 + b"\xff" + whole
        yield _case("stray-bytes", language, "fact", "not UTF-8"), stray
    yield _case("stray-bytes", "surrogates", "either"), LETTERS["en"].encode() + b" \xed\xa0\x80\xed\xbf\xbf"
    yield _case("stray-bytes", "overlong", "either"), LETTERS["en"].encode() + b" \xc0\x80 \xf8\x88\x80\x80\x80"


def _nuls() -> Iterator[tuple[Case, bytes]]:
    for language, text in LETTERS.items():
        yield _case("nuls", f"{language}-end", "fact", "NUL"), text.encode() + b"\0"
        yield _case("nuls", f"{language}-few", "fact", "NUL"), text.replace(" ", "\0 ", 2).encode() + b"\0"
    yield _case("nuls", "half", "refused", "not text"), b"\0a\0\0b\0" * 500
    yield _case("nuls", "padded", "either"), LETTERS["en"].encode() + bytes(4_096)


def _long(size: int, blank: int, digits: int) -> Iterator[tuple[Case, bytes]]:
    for language, text in LETTERS.items():
        gap = "" if language == "zh" else " "
        many = (text + gap) * (size // 6 // len(text.encode()) + 1)
        yield _case("one-line", language, "fact"), many.encode()
    yield _case("one-line", "letters", "either"), b"a" * size
    yield _case("one-line", "spaces", "fact"), LETTERS["en"].encode() + b" " * size + b"."
    for name, line in {"lf": "\n", "crlf": "\r\n", "cr": "\r", "ff": "\x0c", "spaces": "  \n", "ls": "\u2028"}.items():
        yield _case("blank-lines", name, "fact"), (LETTERS["en"] + line * blank + LETTERS["en"]).encode()
        yield _case("blank-lines", f"{name}-only", "refused"), (line * blank).encode()
    for name, digit in {
        "ascii": "7",
        "arabic": "٧",
        "wide": "７",
        "han": "七",
        "zero": "0",
        "superscript": "²",
    }.items():
        yield _case("digits", name, "either"), (digit * (digits // len(digit.encode()))).encode()
        yield (
            _case("digits", f"{name}-inside", "read" if name == "han" else "fact"),
            f"{LETTERS['en']}\n{digit * 20_000}\n".encode(),
        )


REPEATED = [
    "1 ", "1,", "1.", "1/", "1-", "1,000 ", "1 000 ", "1 (1) ", "12.3.4.", "2004 ", "2004-", "31/12/2004 ", "1:1:",
    "去年", "年", "二〇〇四年", "一", "十", "万", "亿", "百", "、", "第", "的", "去年5月", "每年", "和", "至",
    "last year ", "last ", "May ", "1 May ", "of the ", "and ", "two hundred and ", "one million ", "half ", "a ",
    "l'année dernière ", "de la ", "d'", "mai ", "cent ", "mille ", "et ", "el año pasado ", "de ", "mayo de ", "y ",
    "в прошлом году ", "года ", "мая ", "сто ", "и ", "в ", "العام الماضي ", "و", "ال", "عام ", "مائة و", "في ",
    "(", "[", "{", "（", "«", "“", "「", "()", "([{", ")", "]", "））", "(a) ", "((a) ", "“(", "'", "\"", "’",
    "-", "–", "…", ".", ". ", ",", ", ", ";", "; ", ":", "/", "\\", "@", "#", "=", "_", "|", "~", "*", "?", "!", "!. ",
    "S/", "S/2004/", "A/RES/", "S/RES/1 ", "resolution ", "resolution 1 (", "résolution 1 (2004) et ", "para. 1 and ",
    "extend the mandate of ", "extend ", "mandate ", "until ", "to extend until ", "proroger le mandat de ", "prorrogar ",
    "продлить мандат ", "تمديد ولاية ", "延长任务期限", "延长", "任务", "trained ", "training of ", "participants ",
    "established ", "election ", "elections in ", "United Nations ", "the United Nations Mission in ", "Mission ",
    "UN", "UNMIL and ", "联合国", "the Office ", "their mandates and ", "if ", "not ", "may ", "a-\n", "a-\nb ",
    "1. \n", "1.\n\n", "(a)\n", "- 1 -\n", "Page 1 of 2\n", "\x0c\n1\n", "\n \n", "Distr.: General\n", "I. \n", "..... 1\n",
    "United Nations\n", "Annex\n", "[Signed] Kofi Annan\n", "Kofi A. Annan\n", "1 May 2004\n", "S/2004/1\n", "A b.\n",
]  # fmt: skip


def _repeated(size: int) -> Iterator[tuple[Case, bytes]]:
    for number, unit in enumerate(REPEATED):
        text = unit * (size // len(unit.encode()))
        yield _case("repeated", f"{number:03}", "either"), text.encode()
    for language, letter in LETTERS.items():
        for number, unit in enumerate(("1 ", "去年", "(", ", and ", "2004 ", "extend ")):
            text = f"{letter}\n{unit * (size // len(unit.encode()))}\n{letter}"
            # where most of the words are of another language, the document is
            outcome: Outcome = "either" if unit in ("去年", ", and ", "extend ") else "fact"
            yield _case("repeated-inside", f"{language}-{number}", outcome), text.encode()
    for name, pair in {
        "round": "()",
        "square": "[]",
        "curly": "{}",
        "wide": "（）",
        "quotes": "«»",
        "cjk": "「」",
    }.items():
        nested = pair[0] * (size // 4) + "x" + pair[1] * (size // 4)
        yield _case("brackets", name, "fact"), f"{LETTERS['en']}\n{nested}\n".encode()


def _characters() -> Iterator[tuple[Case, bytes]]:
    for language, text in LETTERS.items():
        marks = "\u200e\u200f\u202a\u202c\u2066\u2069\u061c\u200b\ufeff\u00ad"
        sown = "".join(c + (marks[i % len(marks)] if i % 7 == 0 else "") for i, c in enumerate(text))
        yield _case("bidi", f"{language}-sown", "fact"), sown.encode()
        yield _case("bidi", f"{language}-override", "fact"), f"\u202e{text}\u202c".encode()
        yield _case("bidi", f"{language}-tower", "fact"), ("\u2066" * 5_000 + text + "\u2069" * 5_000).encode()
        yield _case("decomposed", language, "fact"), unicodedata.normalize("NFD", text).encode()
        tower = "a" + "\u0301\u0323\u0345\u064b" * 2_000
        yield _case("towers", language, "fact"), f"{text}\n{tower} {tower}\n".encode()
        yield _case("controls", language, "fact"), text.replace(". ", ".\x01\x02 \x1b[31m ", 1).encode()
        signs = "".join(map(chr, range(0xE000, 0xE020)))
        yield _case("private-use", language, "fact"), f"{signs} {signs * 3}\n{text}\n".encode()
        yield _case("line-ends", language, "fact"), f"{text}\u2028{text}\x85{text}\x0b{text}\x1c\x1d\x1e".encode()
    for number, low in enumerate((0xFFFF, 0xFDD0, 0x10FFFF, 0xE0041, 0x1D7D8, 0x1F1FA, 0x2F800, 0xFFFD)):
        yield (
            _case("rare", number, "read" if low in (0xFDD0, 0x2F800) else "fact"),
            f"{LETTERS['en']}\n{chr(low) * 300}\n".encode(),
        )


def _values() -> Iterator[tuple[Case, bytes]]:
    lines = [
        "31 February 2004, 99 May 9999, 0 June 0000, 2004-13-45, 30/02/2004, 29 February 1900 and 1 May 10000.",
        "It met in the year 0, in the year 0000, in 9999, in 10000 and in 99999; last year, next century, 5,000 years ago.",
        "It lasted 99999999999999999999 years, 1000000 centuries ago, in 99999999 months, 4,000,000 days later.",
        "There were 9"
        + "9" * 400
        + " participants, 1"
        + "0" * 400
        + " %, 1."
        + "3" * 400
        + " million and 1e400 officers.",
        "One million million million million million million million billion trillion people were trained.",
        "Over 0 people, minus 5 people, -1,300 people, 1,3,0,0 people, 1.2.3 people and 12,34,56 people attended.",
        "Elections were held on 32 December 2004, in the thirteenth month of 2004, on 0/0/0 and at 25:61 hours.",
        "The mandate of UNMIL was extended until 31 June 2005, for -3 months, for 0 months and for 1e9 years.",
    ]
    for number, line in enumerate(lines):
        yield _case("values", number, "fact"), f"{LETTERS['en']}\n{line}\n".encode()
    for number, start in enumerate(
        ("=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "＝1+1", "＋1", "－1", "＠A1", "=cmd|' /C calc'!A0")
    ):
        quote = f'{start},"x"; the Council decided to extend the mandate of UNMIL until 15 September 2005'
        yield _case("formulas", number, "fact"), f"{LETTERS['en']}\n\n{quote}.\n".encode()


def _names() -> Iterator[tuple[Case, bytes]]:
    body = LETTERS["en"].encode()
    names = [
        b"new\nline.txt", b"carriage\rreturn.txt", b"tab\tname.txt", b"quote\"s.txt", b"apostrophe's.txt", b"=1+1.txt",
        b"+1.txt", b"-1.txt", b"@x.txt", b"--help.txt", b"-rf.txt", b"semi;colon.txt", b"com,ma.txt", b"back\\slash.txt",
        b"per%cent%s%n.txt", b"curly{0}{x}.txt", b"dollar$HOME`id`.txt", b" leading space.txt", b"trailing space .txt",
        b"a..txt", b"dots....txt", b"UPPER.TXT", b"text.text", b"star*.txt", b"question?.txt", b"<b>.txt",
        b"\xff\xfe.txt", b"\xed\xa0\x80.txt", b"caf\xe9.txt", b"\xc0\x80.txt", b"control\x01\x1b[31m.txt", b"del\x7f.txt",
        "决议.txt".encode(), "قرار.txt".encode(), "\u202egpj.txt".encode(), "＝1+1.txt".encode(), "\u2028ls.txt".encode(),
        "zero\u200bwidth.txt".encode(), "e\u0301.txt".encode(), "é.txt".encode(), "😀.txt".encode(), b"_x0041_.txt",
        b"'quoted'.txt", b"x" * 251 + b".txt", b"S_2004_331.txt", b"con.txt", b"NUL.txt", b"a:b.txt", b"http___x.y.txt",
    ]  # fmt: skip
    for name in names:
        yield Case(b"names/" + name, "names", "fact"), body
    yield Case(b"names/.hidden.txt", "names", "unseen"), body
    yield Case(b"names/.txt", "names", "unseen"), body
    yield Case(b"names/..txt.txt", "names", "unseen"), body
    yield Case(b"names/letter.md", "names", "unseen"), body
    yield Case(b"names/letter.txt~", "names", "unseen"), body


def _symbols() -> Iterator[tuple[Case, bytes]]:
    for number in range(3):
        for version in "abc":
            head = f"United Nations\nS/2004/{900 + number}\nDistr.: General\n23 April 2004\n\n"
            yield Case(f"claimed/{number}-{version}.txt".encode(), "claimed", "fact"), (head + LETTERS["en"]).encode()
    for language in ("en", "fr"):
        head = "United Nations\nS/2004/950\nDistr.: General\n23 April 2004\n\n"
        yield Case(f"claimed/pair-{language}.txt".encode(), "claimed", "fact"), (head + LETTERS[language]).encode()


def _strangers() -> Iterator[tuple[Case, bytes]]:
    for language, text in STRANGERS.items():
        outcome: Outcome = "either" if language == "uk" else "refused"
        yield (
            _case("strangers", language, outcome, "language" if outcome == "refused" else ""),
            (f"{text}\n" * 3).encode(),
        )
    for number, text in enumerate(
        ("x", "12", "?!", "OK", "…", "S/2004/1", "xyzzy plugh qwrtp", "123 456 789 10 11 12")
    ):
        yield _case("wordless", number, "either"), text.encode()


def hostile_files(full: bool = False) -> Iterator[tuple[Case, bytes]]:
    """Every case that is a plain file, with what it holds."""
    size, blank, digits = (50_000_000, 1_000_000, 1_000_000) if full else (120_000, 20_000, 30_000)
    for made in (_empty(), _binary(), _formats(), _encodings(), _nuls(), _long(size, blank, digits)):
        yield from made
    yield from _repeated(200_000 if full else 2_000)
    for made in (_characters(), _values(), _names(), _symbols(), _strangers()):
        yield from made


def make(folder: Path, full: bool = False) -> list[Case]:
    """Writes the files, links, folders and pipes below `folder`, which need not exist; returns what must come of each.

    Names that the file system does not take are left out.
    """
    cases = []
    for case, data in hostile_files(full):
        path = folder / os.fsdecode(case.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(OSError, ValueError):
            path.write_bytes(data)
            cases.append(case)
    return cases + _places(folder)


def _places(folder: Path) -> list[Case]:
    """Links, folders, pipes and what must not be read."""
    letter = LETTERS["en"].encode()
    cases: list[Case] = []

    def case(name: str, kind: str, outcome: Outcome, says: str = "") -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        cases.append(Case(name.encode(), kind, outcome, says))
        return path

    for number in range(3):
        case(f"links/self-{number}.txt", "links", "refused", "").symlink_to(f"self-{number}.txt")
        case(f"links/nowhere-{number}.txt", "links", "refused", "leads nowhere").symlink_to(f"gone-{number}")
        case(f"links/round-{number}-a.txt", "links", "refused").symlink_to(f"round-{number}-b.txt")
        case(f"links/round-{number}-b.txt", "links", "refused").symlink_to(f"round-{number}-a.txt")
        circle = folder / "links" / f"circle-{number}"
        circle.mkdir()
        (circle / "again").symlink_to(circle, target_is_directory=True)
        (circle / "up").symlink_to(folder, target_is_directory=True)
        (circle / "letter.txt").write_bytes(letter)
        case(f"links/twice-{number}.txt", "links", "fact").symlink_to(circle / "letter.txt")  # read once, so named
        inner = folder / "folders" / f"folder-{number}.txt"
        inner.mkdir(parents=True)
        case(f"folders/folder-{number}.txt/letter.txt", "folders", "fact").write_bytes(letter)
        (folder / "folders" / f"empty-{number}.txt").mkdir()
        closed = case(f"unreadable/closed-{number}.txt", "unreadable", "refused", "permission")
        closed.write_bytes(letter)
        closed.chmod(0)
        os.mkfifo(case(f"pipes/pipe-{number}.txt", "pipes", "refused", "not a regular file"))
    locked = folder / "unreadable" / "locked"
    locked.mkdir()
    (locked / "letter.txt").write_bytes(letter)
    locked.chmod(0)
    for device in ("/dev/zero", "/dev/null", "/dev/random"):
        case(f"pipes/{Path(device).name}.txt", "pipes", "refused", "not a regular file").symlink_to(device)
    with suppress(OSError):  # a path that is too long for a socket
        server = socket.socket(socket.AF_UNIX)
        path = folder / "pipes" / "socket.txt"
        server.bind(str(path))
        server.close()
        cases.append(Case(b"pipes/socket.txt", "pipes", "refused", "not a regular file"))
    return cases


MANIFESTS: dict[str, tuple[str, bool, str]] = {
    # name: the table, whether it can be used, a part of what is said of it
    "good": ("file,document,language,date\nletter.txt,S/2004/1,en,2004-04-23\n", True, ""),
    "semicolons": ("file;document\nletter.txt;S/2004/1\n", True, ""),
    "tabs": ("file\tlanguage\nletter.txt\ten\n", True, ""),
    "bom": ("\ufefffile,document\nletter.txt,S/2004/1\n", True, ""),
    "blank lines": ("\n\nfile,document\n\nletter.txt,S/2004/1\n\n", True, ""),
    "capitals": ("File,DOCUMENT\nletter.txt,S/2004/1\n", True, ""),
    "missing file": ("file\ngone.txt\n", True, "no file 'gone.txt'"),
    "missing files": ("file\n" + "".join(f"gone-{n}.txt\n" for n in range(50)), True, "no file 'gone-49.txt'"),
    "path outside": ("file\n../../etc/passwd\n", True, "no file"),
    "wrong date": ("file,date\nletter.txt,23 April 2004\n", True, "not a date"),
    "no such day": ("file,date\nletter.txt,2004-02-31\n", True, "not a date"),
    "week date": ("file,date\nletter.txt,2004-W17-5\n", True, "not a date"),
    "formula date": ("file,date\nletter.txt,=TODAY()\n", True, "not a date"),
    "first day": ("file,date\nletter.txt,0001-01-01\n", True, ""),
    "last day": ("file,date\nletter.txt,9999-12-31\n", True, ""),
    "wrong language": ("file,language\nletter.txt,English\n", True, "not a language"),
    "unknown language": ("file,language\nletter.txt,sw\n", True, "not supported"),
    "other language": ("file,language\nletter.txt,zh\n", True, ""),
    "twice": ("file\nletter.txt\nletter.txt\n", True, "second time"),
    "surplus": ("file\nletter.txt,S/2004/1,en\n", True, "more than columns"),
    "no name": ("file,document\n,S/2004/1\n", True, "not named"),
    "open quote": ('file,document\nletter.txt,"S/2004/1\n', True, "quotes"),
    "hostile symbol": ("file,document\nletter.txt,\"=cmd|' /C calc'!A0\"\n", True, ""),
    "control symbol": ("file,document\nletter.txt,\x01\x02\n", True, ""),
    "long symbol": ("file,document\nletter.txt," + "S/" * 30_000 + "\n", True, ""),
    "huge cell": ("file,document\nletter.txt," + "x" * 200_000 + "\n", True, "field larger"),
    "wrong column": ("file,symbol\nletter.txt,S/2004/1\n", False, "unknown column 'symbol'"),
    "no file column": ("document,date\nS/2004/1,2004-04-23\n", False, "'file' is missing"),
    "column twice": ("file,file\nletter.txt,letter.txt\n", False, "stands twice"),
    "no header": ("letter.txt,S/2004/1,en,2004-04-23\n", False, "'file' is missing"),
    "only header": ("file,document\n", True, ""),
    "blank": ("\n\n  \n", False, ""),
    "empty": ("", False, "empty"),
    "binary": ("\x00\x01\x02" * 100, False, ""),
    "workbook": ("PK\x03\x04" + "x" * 100, False, "zip"),
}


def main() -> None:
    """Write the files below a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--full", action="store_true", help="the long ones in full size")
    chosen = parser.parse_args()
    cases = make(chosen.folder, chosen.full)
    kinds = {case.kind for case in cases}
    print(f"{len(cases)} hostile files of {len(kinds)} kinds in {chosen.folder}")


if __name__ == "__main__":
    main()
