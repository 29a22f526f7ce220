"""Calendar expressions: found by the language's own grammar, read as EDTF and TIMEX3."""

from pipeline.mentions.dates.finder import DateFinder

__all__ = ["DateFinder"]
