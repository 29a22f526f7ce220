"""Files in, text files out: `unfacts text`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.converting.errors import NotConverted
from pipeline.converting.pdf import pdf_text
from pipeline.converting.word import word_text
from pipeline.discovery import CONVERTIBLE, discover
from pipeline.model import Rejection
from pipeline.reading import Unreadable, stored_bytes
from pipeline.records import write_bytes
from pipeline.staging import OutputError

_READERS: dict[bytes, Callable[[bytes], str]] = {b"%PDF-": pdf_text, b"PK\x03\x04": word_text}


@dataclass(frozen=True, slots=True)
class Converted:
    """A file: the text file that was made of it, or why there is none."""

    file: str
    text: Path | None
    fault: Rejection | None = None


def converted(paths: Sequence[Path], folder: Path) -> Iterator[Converted]:
    """Each PDF and Word file under `paths` made into UTF-8 text below `folder`, under its own name and `.txt`.

    Raises OutputError where a text cannot be written.
    """
    found, faults = discover(paths, CONVERTIBLE)
    for fault in faults:
        yield Converted(fault.file, None, fault)
    for item in found:
        try:
            text = _text_of(stored_bytes(item.path, item.file))
        except Unreadable as unreadable:
            yield Converted(item.file, None, unreadable.rejection)
        except NotConverted as error:
            yield Converted(item.file, None, Rejection(item.file, "", str(error), error.cure))
        else:
            target = _target(folder, item.file)
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                write_bytes(target, text.encode("utf-8", "replace"))
            except OSError as error:
                raise OutputError(f"{target}: it cannot be written: {error.strerror or error}") from None
            yield Converted(item.file, target)


def _target(folder: Path, file: str) -> Path:
    """Where the text of `file` goes: below `folder`, wherever the file itself is."""
    parts = [part for part in PurePosixPath(file).parts if part not in ("/", "..")]
    return folder.joinpath(*parts[:-1], f"{parts[-1]}.txt")


def _text_of(data: bytes) -> str:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, reader in _READERS.items():
        if head.startswith(magic):
            return reader(data)
    raise NotConverted("this is neither a PDF nor a Word document (.docx)", "text files are read as they are")
