"""Which codec reads these bytes: byte order mark, then strict UTF-8, then the most plausible of the rest.

The UN's older files are in the code pages of their time. A candidate is scored by how its characters go
together in the text of the six languages: an accent stands in a Latin word, Han characters are the common
ones, Russian and Arabic letters keep to their own words. The reading is deterministic, and looks at no more
than a sample of a large file.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_SAMPLE = 60_000  # bytes scored for each candidate

# codec -> the name people know it by; the order settles ties
CANDIDATES = {
    "gb18030": "GB18030",
    "big5": "Big5",
    "cp1252": "Windows-1252",
    "cp1256": "Windows-1256 (Arabic)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "koi8_r": "KOI8-R",
    "iso8859_5": "ISO-8859-5 (Cyrillic)",
    "iso8859_6": "ISO-8859-6 (Arabic)",
    "cp866": "CP866 (Cyrillic)",
    "mac_roman": "Mac Roman",
    "cp850": "CP850 (DOS)",
    "iso8859_1": "ISO-8859-1",
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)

# The hundred or so characters that make up two thirds of UN Chinese, in both scripts (counted once for all on
# the Chinese side of the UN Parallel Corpus; traditional forms by the standard table).
_COMMON_HAN = (
    "的和国会人在权其对家政府议合联关一理事为以及行大方有安法员发执问题报告工作出与不成际会上全面组织决定这是个并第等利力要展"
    "中进过了支持请於于部区民实施加强保护年月日次任务保障各条款约会员机构管理委员武装经济社会世界援助团结"
    "國會權對聯關與發執問題報請於區實護務條約員機構團結這個並際組織決過經濟總統為議該當將來義從後說時們"
)
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_LATIN = "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192"
_GOOD = re.compile(
    f"[{_COMMON_HAN}]|[，。、；：！？（）《》“”‘’「」『』－　]"  # Chinese prose
    f"|(?<=[А-Яа-яЁё]) ?[а-яё]|(?<![A-Za-z])[А-ЯЁ](?=[а-яё]|[А-ЯЁ])"  # Russian words: capitals only in front
    f"|[\u0621-\u063a\u0640-\u0652](?![A-Za-z])|[\u060c\u061b\u061f]"  # Arabic
    f"|(?<=[A-Za-z])[\u00e0-\u00f6\u00f8-\u00ff\u0153](?=[a-z\\s.,;:)'’-])|(?<![A-Za-z])[ÀÁÂÇÉÈÊÍÎÓÔÖÚÜÑ](?=[a-zA-Z])"
    f"|[¿¡](?=[A-Z])|[–—«»°º\u00a0\u2026•№§]|(?<=\\s)[\u00ad\u00b7\u2022](?=\\s)|(?<=[a-z])’(?=[a-z\\s])|(?<=\\s)[‘“](?=[A-Za-z])|(?<=[a-z.,])”"
)
_BAD = re.compile(
    f"[\u0080-\u009f\ue000-\uf8ff\ufffd\u2500-\u259f]"  # controls, private use, box drawing
    f"|[A-Za-z][{_HAN}\u0400-\u04ff\u0600-\u06ff][a-z]"  # a foreign letter inside a Latin word
    f"|[\u0621-\u064a][A-Za-z{_LATIN}]|[а-яё][А-ЯЁ]|[А-Яа-яЁё][A-Za-z{_LATIN}\u2018-\u203a±¤¦]"
    f"|[{_LATIN}]{{3}}|[\u0600-\u06ff][\u00a0-\u00ff]|[\uff61-\uff9f\u3040-\u30ff\u0400-\u042f][{_HAN}]"
)
_NON_ASCII = re.compile(r"[^\x00-\x7f]")
_HIGH = re.compile(rb"[\x80-\xff]")
_SPACE = re.compile(rb"[ \n\t]")
_INVALID_SHARE = 0.05  # a UTF-8 file may hold this many stray bytes for each sound character, and be UTF-8


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, the Python codec and error handler that give it, a note if it was not plain UTF-8."""

    text: str
    codec: str
    note: str = ""
    cure: str = ""
    errors: str = "strict"


class Undecodable(ValueError):
    """No codec reads the bytes as text in any of the languages."""


def decoded(data: bytes) -> Decoded:
    """`data` as text. Raises Undecodable.

    Line ends and control characters are kept as they are: the text is what
    `open(path, encoding=codec, errors=errors, newline="").read()` returns.
    """
    for bom, codec, name in _BOMS:
        if data.startswith(bom):
            return _with_bom(data, codec, name)
    try:
        return Decoded(data.decode("utf-8"), "utf-8") if b"\0" not in data else _with_nuls(data)
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3 and error.reason == "unexpected end of data" and error.start > 0:
            return _cut_off(data, "utf-8", "UTF-8")
    if b"\0" in data:
        return _with_nuls(data)
    lenient = data.decode("utf-8", errors="replace")
    sound = len(_NON_ASCII.findall(lenient)) - lenient.count("\ufffd")
    if lenient.count("\ufffd") <= sound * _INVALID_SHARE:
        count = lenient.count("\ufffd")
        return Decoded(
            lenient,
            "utf-8",
            f"{count} byte(s) are not UTF-8 and are shown as \ufffd",
            "store the file again as UTF-8",
            "replace",
        )
    return _most_plausible(data)


def _with_bom(data: bytes, codec: str, name: str) -> Decoded:
    note = "" if codec == "utf-8-sig" else f"read as {name}"
    try:
        return Decoded(data.decode(codec), codec, note, "nothing to do; UTF-8 avoids this note" if note else "")
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 4:
            return _cut_off(data, codec, name)
        if not data.decode(codec, errors="ignore").strip():
            raise Undecodable(f"it starts like {name} and is not") from None
        return Decoded(
            data.decode(codec, errors="replace"),
            codec,
            f"read as {name}; what is not {name} in it is shown as \ufffd",
            "store the file again as UTF-8",
            "replace",
        )


def _cut_off(data: bytes, codec: str, name: str) -> Decoded:
    return Decoded(
        data.decode(codec, errors="ignore"),
        codec,
        f"the file ends in the middle of a character ({name}): it may have been cut off",
        "get the whole file again",
        "ignore",
    )


def _with_nuls(data: bytes) -> Decoded:
    """UTF-16 without a byte order mark, or text with a few NULs in it; else it is not text."""
    even, odd = data[0:_SAMPLE:2].count(0), data[1:_SAMPLE:2].count(0)
    codec = "utf-16-le" if odd >= even else "utf-16-be"
    if abs(odd - even) * 50 > min(len(data), _SAMPLE):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError as error:
            if error.start >= len(data) - 4 and _is_readable(data[: error.start][:_SAMPLE].decode(codec, "ignore")):
                return _cut_off(data, codec, codec.upper())
        else:
            if _is_readable(text[:_SAMPLE]):
                cure = "nothing to do; UTF-8 avoids this note"
                return Decoded(text, codec, f"read as {codec.upper()} (no byte order mark)", cure)
    nuls = data.count(0)
    if nuls * 20 < len(data):
        try:
            return Decoded(
                data.decode("utf-8"),
                "utf-8",
                f"{nuls} NUL character(s) in the text are passed over",
                "remove them if they are not meant",
            )
        except UnicodeDecodeError:
            pass
    raise Undecodable("it is not text")


def _is_readable(text: str) -> bool:
    """Whether few of the characters are controls, unassigned or from scripts that the UN does not use."""
    odd = len(re.findall("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\uf8ff\ufff0-\uffff]", text))
    known = len(
        re.findall(
            f"[\\s -~\u00a0-\u024f\u0400-\u04ff\u0600-\u06ff\u2010-\u2044\u3000-\u303f{_HAN}\uff00-\uffef]",
            text,
        )
    )
    return odd * 50 <= len(text) and known * 10 >= len(text) * 8


def _plausibility(text: str) -> float:
    """Between -1 and 1: how much of what is beyond ASCII reads like the six languages."""
    total = len(_NON_ASCII.findall(text))
    if not total:
        return 0.0
    good = sum(len(_NON_ASCII.findall(m)) for m in _GOOD.findall(text))
    return (min(good, total) - 2 * len(_BAD.findall(text))) / total


def _sample(data: bytes) -> bytes:
    """What to judge by: the words with bytes beyond ASCII, or the beginning if there are many."""
    head = data[:_SAMPLE]
    if len(_HIGH.findall(head)) * 8 > len(head):
        return head[: _SAMPLE // 3]
    words: list[bytes] = []
    size = end = 0
    for match in _HIGH.finditer(data):
        position = match.start()
        if position < end:
            continue
        # White space is never a part of a longer character in these codecs, so cuts there are safe.
        start = max(data.rfind(mark, max(end, position - 80), position) for mark in (b" ", b"\n", b"\t")) + 1
        start = start or max(end, position - 80)
        space = _SPACE.search(data, position, position + 80)
        end = space.start() if space else position + 80
        words.append(data[start:end])
        size += end - start
        if size > _SAMPLE // 6:
            break
    return b" " + b" ".join(words) + b" "


def _most_plausible(data: bytes) -> Decoded:
    sample = _sample(data)
    scores: list[tuple[float, str]] = []
    for codec in CANDIDATES:
        decoder = codecs.getincrementaldecoder(codec)()
        try:
            text = decoder.decode(sample)  # not final: a sample may end in mid-character
        except UnicodeDecodeError:
            continue
        score = _plausibility(text)
        if codec in ("gb18030", "big5"):  # few chance readings survive strict double bytes
            score += 0.05
        scores.append((score, codec))
    # Python's sort is stable, so ties go to the order of CANDIDATES.
    for score, codec in sorted(scores, key=lambda pair: -pair[0]):
        if score < 0.2:
            break
        try:
            text = data.decode(codec)
        except UnicodeDecodeError as error:
            if error.start >= len(data) - 3 and "incomplete" in error.reason:
                return _cut_off(data, codec, CANDIDATES[codec])
            continue
        return Decoded(text, codec, f"read as {CANDIDATES[codec]}", "nothing to do; UTF-8 avoids this note")
    return _by_detector(data, sample)


def _by_detector(data: bytes, sample: bytes) -> Decoded:
    """What charset-normalizer makes of it: for the code pages that are not of the six languages."""
    from charset_normalizer import from_bytes  # slow to load, and seldom needed

    best = from_bytes(sample[:20_000]).best()
    if best is not None:
        try:
            text = data.decode(best.encoding)
        except UnicodeDecodeError:
            pass
        else:
            if _is_readable(text[:_SAMPLE]):
                return Decoded(
                    text,
                    best.encoding,
                    f"read as {best.encoding}, which is a guess",
                    "look at the words with accents; store the file as UTF-8 if they are wrong",
                )
    raise Undecodable("its bytes are text in no encoding known here")
