"""A file's text exactly as stored, with what was found on the way; or a clear word why it cannot be read."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from pipeline.encodings import Undecodable, decoded
from pipeline.model import Rejection

# What a file is that is not text, by its first bytes (the formats' own specifications).
_MAGIC = (
    (b"%PDF-", "a PDF", "make a text file of it: unfacts text FILE --output TEXTS"),
    (b"PK\x03\x04", "a Word, Excel or zip file", "of a Word file make text: unfacts text FILE --output TEXTS"),
    (b"PK\x05\x06", "an empty zip file", "save the document as plain text (UTF-8)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel file", "save it as plain text (UTF-8)"),
    (b"{\\rtf", "a rich-text (RTF) file", "save it as plain text (UTF-8)"),
    (b"\x1f\x8b", "a gzip file", "unpack it first"),
    (b"\x89PNG\r\n", "a picture", "read its text with OCR first"),
    (b"\xff\xd8\xff", "a picture", "read its text with OCR first"),
    (b"GIF8", "a picture", "read its text with OCR first"),
    (b"II*\x00", "a picture", "read its text with OCR first"),
    (b"\x7fELF", "a program", "give a text file"),
    (b"SQLite format 3\x00", "a database", "give a text file"),
    (b"PAR1", "a Parquet table", "give a text file"),
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read.

    `text` is the file as stored: `open(path, encoding=encoding, errors=errors, newline="").read()`. Offsets
    into it are in characters. `notes` are warnings: read all the same, and how.
    """

    file: str
    sha256: str
    text: str
    encoding: str
    errors: str = "strict"
    notes: tuple[Rejection, ...] = ()


class Unreadable(Exception):
    """A file that could not be read; `rejection` tells why and what to do."""

    def __init__(self, rejection: Rejection) -> None:
        """The reason is `rejection`."""
        self.rejection = rejection
        super().__init__(f"{rejection.file}: {rejection.reason} ({rejection.cure})")


def printable(path: Path | str) -> str:
    """A path as text that any terminal and any UTF-8 file takes: what is not text in it is escaped."""
    name = os.fsencode(path).decode("utf-8", errors="backslashreplace")
    return re.sub("[\x00-\x1f\x7f-\x9f\u2028\u2029]", lambda m: f"\\x{ord(m[0]):02x}", name).replace(os.sep, "/")


def read_source(path: Path, file: str = "") -> Source:
    """The file at `path`, known as `file` (else its path) in tables and messages. Raises Unreadable."""
    file = file or printable(path)
    return source_of(stored_bytes(path, file), file)


def source_of(data: bytes, file: str) -> Source:
    """`data` as a source. Raises Unreadable: empty, not text, or text in no encoding known here."""
    if not data:
        raise _unreadable(file, "the file is empty", "get the file again, or leave it out")
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")  # readers of PDF pass over what stands before it
    for magic, what, cure in _MAGIC:
        if data.startswith(magic) or head.startswith(magic):
            raise _unreadable(file, f"this is {what}, not text", cure)
    try:
        result = decoded(data)
    except Undecodable as error:
        raise _unreadable(file, str(error), "give plain text, best in UTF-8") from None
    text = result.text
    if not text.strip("\x00-\x1f\ufeff \t\r\n\x0c\u3000\u00a0") or not text.strip():
        raise _unreadable(file, "there is nothing in the file but white space", "get the file again, or leave it out")
    if len(_CONTROLS.findall(text)) * 10 > len(text):
        raise _unreadable(file, "it is not text (too many control characters)", "give plain text, best in UTF-8")
    notes = (Rejection(file, "", result.note, result.cure, "warning"),) if result.note else ()
    return Source(file, hashlib.sha256(data).hexdigest(), text, result.codec, result.errors, notes)


def stored_bytes(path: Path, file: str) -> bytes:
    """What the file at `path`, known as `file`, holds. Raises Unreadable."""
    try:
        if path.is_dir():
            raise _unreadable(file, "this is a folder", "give a file, or let the folder's files be found")
        if path.exists() and not path.is_file():
            raise _unreadable(file, "this is not a regular file", "give a text file")
        return path.read_bytes()
    except FileNotFoundError:
        reason = "the link leads nowhere" if path.is_symlink() else "there is no such file"
        raise _unreadable(file, reason, "check the path") from None
    except PermissionError:
        raise _unreadable(file, "permission to read it is missing", "change its permissions (chmod u+r)") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise _unreadable(file, f"it cannot be read: {reason}", "check the path and the disk") from None


def _unreadable(file: str, reason: str, cure: str) -> Unreadable:
    return Unreadable(Rejection(file, "", reason, cure))
