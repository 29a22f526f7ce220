"""Configuration: YAML read as strings, then validated; every error names the file, the line and the cure.

YAML's implicit types are off: `on` is a cue, not True; `1er` and `2004` are words. What a field means is
decided by the model that validates it (pydantic), and positions are kept for the messages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

Loc = tuple[str | int, ...]
_MOST = 200_000  # nodes of a file


class ConfigError(ValueError):
    """A configuration that cannot be used: which file, which line, what is wrong, what to do."""

    def __init__(self, path: Path, line: int, problem: str, cure: str = "") -> None:
        self.path, self.line, self.problem, self.cure = path, line, problem, cure
        super().__init__(f"{path}:{line}: {problem}" + (f" ({cure})" if cure else ""))

    def __reduce__(self) -> tuple[type[ConfigError], tuple[Path, int, str, str]]:
        """What a worker process sends home."""
        return ConfigError, (self.path, self.line, self.problem, self.cure)


class Strict(BaseModel):
    """Base of all configuration models: immutable, unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True)
class Yaml:
    """A YAML file as plain strings, lists and dicts, with the line of every node (by its path)."""

    path: Path
    data: Any
    lines: Mapping[Loc, int] = field(default_factory=dict)

    def error(self, loc: Loc, problem: str, cure: str = "") -> ConfigError:
        """The error to raise for the node at `loc`: at its own line, or its nearest known parent's."""
        while loc and loc not in self.lines:
            loc = loc[:-1]
        return ConfigError(self.path, self.lines.get(loc, 1), problem, cure)


class _Words(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]
    """Reads every scalar as a string and does not ask what type each node might have."""

    def resolve(self, *_: object) -> str:
        return ""

    def descend_resolver(self, *_: object) -> None: ...

    def ascend_resolver(self) -> None: ...


def read_yaml(path: Path) -> Yaml:
    """The file's YAML, every scalar a string. Duplicate keys, tabs and other faults raise ConfigError."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ConfigError(path, 1, "file not found", "check the name, or the folder given with --configs") from None
    except UnicodeDecodeError as error:
        line = bytes(error.object).count(b"\n", 0, error.start) + 1
        byte = error.object[error.start]
        raise ConfigError(path, line, f"not UTF-8: a byte 0x{byte:02x}", "store it as UTF-8 text") from None
    except OSError as error:
        raise ConfigError(path, 1, f"cannot be read: {error.strerror}", "check the path and its permissions") from None
    lines: dict[Loc, int] = {}
    try:
        node = yaml.compose(text, Loader=_Words)
        data = _plain(path, node, (), lines) if node is not None else {}
    except RecursionError:
        raise ConfigError(path, 1, "brackets or levels stand too deep inside each other", "mend the YAML") from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        problem = f"not valid YAML: a character that it does not allow, U+{ord(text[error.position]):04X}"
        raise ConfigError(path, line, problem, "remove it") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        if mark and any(line.startswith("\t") for line in text.split("\n")[mark.line : mark.line + 1]):
            problem, cure = "not valid YAML: a tab before the words", "indent by spaces"
            raise ConfigError(path, mark.line + 1, problem, cure) from None
        raise ConfigError(path, mark.line + 1 if mark else 1, f"not valid YAML: {problem}", "mend the YAML") from None
    return Yaml(path, data, lines)


def _plain(path: Path, node: yaml.Node, loc: Loc, lines: dict[Loc, int]) -> Any:
    lines[loc] = node.start_mark.line + 1
    if len(lines) > _MOST:  # a few aliases can stand for more than any memory holds
        raise ConfigError(path, lines[loc], "too large: aliases (*name) of aliases", "write them out")
    if isinstance(node, yaml.SequenceNode):
        return [_plain(path, child, (*loc, i), lines) for i, child in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for key_node, child in node.value:
            key = key_node.value
            if not isinstance(key, str):
                raise ConfigError(path, key_node.start_mark.line + 1, "a key must be a word", "quote it")
            if key in result:
                raise ConfigError(path, key_node.start_mark.line + 1, f"the key {key!r} stands twice", "keep one")
            result[key] = _plain(path, child, (*loc, key), lines)
        return result
    return node.value


M = TypeVar("M", bound=BaseModel)


def validated(model: type[M], source: Yaml) -> M:
    """`source` as a `model`; the first fault raises ConfigError at its line."""
    try:
        return model.model_validate(source.data)
    except ValidationError as error:
        faults = error.errors(include_url=False)
        # a misspelt key is unknown and leaves another missing: the unknown one is what to mend
        fault = next((f for f in faults if f["type"] == "extra_forbidden"), faults[0])
        loc: Loc = tuple(fault["loc"])
        where = _where(loc)
        if fault["type"] == "extra_forbidden":
            where = _where(loc[:-1])
            known = ", ".join(sorted(_model_at(model, loc[:-1]).model_fields))
            raise source.error(loc, f"unknown key {loc[-1]!r} in {where}", f"known here: {known}") from None
        if fault["type"] == "missing":
            where = _where(loc[:-1])
            raise source.error(loc[:-1], f"the key {loc[-1]!r} is missing in {where}", "add it") from None
        raise source.error(loc, f"{where}: {_said(fault)}", f"found {_short(fault['input'])}") from None


def _where(loc: Loc) -> str:
    return " ".join(f"#{part + 1}" if isinstance(part, int) else part for part in loc) or "the file"


_WORDS = {
    "list_type": "a list is wanted",
    "tuple_type": "a list is wanted",
    "dict_type": "keys with values are wanted",
    "mapping_type": "keys with values are wanted",
    "model_type": "keys with values are wanted",
    "string_type": "a word or text is wanted",
    "too_short": "the list is empty: put something into it, or leave the key out",
    "string_too_short": "the text is empty",
    "int_parsing": "a whole number is wanted",
    "bool_parsing": "true or false is wanted",
    "string_pattern_mismatch": "it is not written as it should be",
}
"""What pydantic's types of faults mean to people."""


def _said(fault: Mapping[str, Any]) -> str:
    if fault["type"] == "value_error":
        return str(fault["msg"]).removeprefix("Value error, ")
    if fault["type"] == "literal_error":
        return f"one of these is wanted: {fault['ctx']['expected']}"
    words = _WORDS.get(fault["type"])
    return words or str(fault["msg"]).replace("Input should be", "this should be")


def _short(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 100 else f"{shown[:100]}…"


def _model_at(model: type[BaseModel], loc: Loc) -> type[BaseModel]:
    """The model of the node at `loc`, below `model`: its keys are those that may stand there."""
    for part in loc:
        declared = model.model_fields.get(str(part))
        if declared is not None:
            model = next(_models(declared.annotation), model)
    return model


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


def load(model: type[M], path: Path) -> M:
    """The file at `path` as a `model`."""
    return validated(model, read_yaml(path))


def default_folder() -> Path:
    """The configs that belong to this installation: the checkout's, else those inside the package."""
    package = Path(__file__).resolve().parent
    checkout = package.parent / "configs"
    return checkout if (checkout / "pipeline.yaml").is_file() else package / "_configs"


@lru_cache(maxsize=256)
def language_file(folder: Path, language: str, datum: str) -> Path:
    """Where one kind of datum of a language lives: configs/languages/<lang>/<datum>.yaml."""
    return folder / "languages" / language / f"{datum}.yaml"
