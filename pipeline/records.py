"""Values as JSON records and back, for what stages hand to one another.

One line a record, keys in the order of the fields, UTF-8: the same value gives the same bytes. The records are
for the next stage (and for curious eyes); the tables that people use are made by `pipeline.export`.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import types
import typing
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


def to_record(value: Any) -> Any:
    """A value of the domain as plain JSON data; defaults that are None are kept, so records are complete."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {f.name: to_record(getattr(value, f.name)) for f in dataclasses.fields(value) if f.init}
        return {"kind!": type(value).__name__, **fields} if type(value).__name__ in _tagged() else fields
    if isinstance(value, dt.date):
        return value.isoformat()
    if _is_named_tuple(type(value)):
        return {name: to_record(item) for name, item in zip(value._fields, value, strict=True)}
    if isinstance(value, (list, tuple)):
        return [to_record(item) for item in value]
    if isinstance(value, dict):
        return {key: to_record(item) for key, item in value.items()}
    return value


def _is_named_tuple(cls: type) -> bool:
    return issubclass(cls, tuple) and hasattr(cls, "_fields")


@lru_cache(maxsize=1)
def _tagged() -> dict[str, type]:
    """Types that stand for one another in a field: their records say which they are."""
    from pipeline import model

    return {t.__name__: t for t in typing.get_args(model.Mention)}


@lru_cache(maxsize=64)
def _hints(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def from_record(cls: Any, record: Any) -> Any:
    """The value of type `cls` that `to_record` made `record` from."""
    if record is None:
        return None
    origin, arguments = typing.get_origin(cls), typing.get_args(cls)
    if origin in (typing.Union, types.UnionType):
        if isinstance(record, dict) and "kind!" in record:
            return from_record(_tagged()[record["kind!"]], record)
        options = [a for a in arguments if a is not type(None)]
        return from_record(options[0], record) if len(options) == 1 else record
    if origin is tuple:
        inner = arguments[0]
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return tuple(from_record(inner, item) for item in record)
        return tuple(from_record(a, item) for a, item in zip(arguments, record, strict=True))
    if origin is list:
        return [from_record(arguments[0], item) for item in record]
    if origin is dict:
        return {key: from_record(arguments[1], item) for key, item in record.items()}
    if cls is dt.date:
        return dt.date.fromisoformat(record)
    if isinstance(cls, type) and (dataclasses.is_dataclass(cls) or _is_named_tuple(cls)):
        hints = _hints(cls)
        return cls(**{key: from_record(hints[key], item) for key, item in record.items() if key != "kind!"})
    return record


def write_records(path: Path, values: Iterable[Any]) -> None:
    """The values one a line, written whole or not at all."""
    lines = (json.dumps(to_record(value), ensure_ascii=False, separators=(",", ":")) + "\n" for value in values)
    _write(path, (line.encode("utf-8", "surrogatepass") for line in lines))


def write_bytes(path: Path, data: bytes) -> None:
    """The bytes, written whole or not at all."""
    _write(path, [data])


def _write(path: Path, chunks: Iterable[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    with new.open("wb") as file:
        for chunk in chunks:
            file.write(chunk)
    new.replace(path)


def read_records(path: Path, cls: type[T]) -> Iterator[T]:
    """The values of a file that `write_records` wrote."""
    with path.open(encoding="utf-8", errors="surrogatepass", newline="\n") as file:
        for line in file:
            yield from_record(cls, json.loads(line))
