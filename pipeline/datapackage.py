"""datapackage.json: what the files are, column by column, for programs (Frictionless Data Package 1).

Every CSV is a tabular resource with its Table Schema, dialect, size and SHA-256; Parquet files and the
workbook are listed as files. `frictionless validate datapackage.json` checks types, constraints, keys and
hashes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipeline.tables import Column, Table

NAME = "datapackage.json"

_TYPES = {"string": "string", "category": "string", "integer": "integer", "number": "number", "date": "date"}
_MEDIA = {
    ".csv": "text/csv",
    ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def data_package(tables: Iterable[Table], folder: Path) -> str:
    """The descriptor, as JSON text, of the tables' files in `folder`; a file that is not there is not listed.

    Raises OSError where a file cannot be read.
    """
    described = list(tables)
    resources = []
    for table in described:
        path = folder / f"{table.name}.csv"
        if path.is_file():
            resources.append(_tabular(table, path, {each.name for each in described}))
    for path in sorted(folder.iterdir()):
        if path.suffix in (".parquet", ".xlsx"):
            kind = path.suffix[1:]
            resources.append({"name": f"{path.stem}-{kind}", "type": "file", **_file(path)})
    package = {
        "name": "unfacts",
        "title": "What United Nations documents say, as tables",
        "profile": "data-package",
        "resources": resources,
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def table_schema(table: Table, known: Iterable[str]) -> dict[str, Any]:
    """The Table Schema of one table; foreign keys only to tables that are `known` to be there."""
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    there = set(known)
    keys = [
        {
            "fields": list(key.columns),
            "reference": {"resource": key.table, "fields": list(key.to)},
        }
        for key in table.foreign_keys
        if key.table in there
    ]
    if keys:
        schema["foreignKeys"] = keys
    return schema


def _tabular(table: Table, path: Path, known: set[str]) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "title": table.title,
        "description": table.meaning,
        "profile": "tabular-data-resource",
        **_file(path),
        "encoding": "utf-8",  # with a byte order mark, which Frictionless skips
        "dialect": {"csv": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True}},
        "schema": table_schema(table, known),
    }


def _file(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "path": path.name,
        "scheme": "file",
        "format": path.suffix[1:],
        "mediatype": _MEDIA[path.suffix],
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.type],
        "description": column.meaning,
    }
    if column.example:
        field["example"] = column.example
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.enum:
        constraints["enum"] = list(column.enum)
    if column.pattern:
        constraints["pattern"] = rf"^(?:{column.pattern})$"
    if column.minimum is not None:
        constraints["minimum"] = column.minimum
    if constraints:
        field["constraints"] = constraints
    return field
