"""What each DVC stage really reads, found by running it: `python -m tests.dvc_deps [--write]`.

With --write, the deps of dvc.yaml are replaced by what was found. A folder of which all files are read stands for them.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
PIPELINE = yaml.safe_load((ROOT / "configs" / "pipeline.yaml").read_text(encoding="utf-8"))
INPUT = PIPELINE["input"]
LANGUAGES = ("en", "zh")  # those of the seeds: a language without documents has nothing to read
FOLDERS = (
    INPUT,
    "configs/events",
    *(f"configs/rules/{language}" for language in LANGUAGES),
    "pipeline/events",
    "pipeline/mentions/dates",
    "pipeline/mentions",
    "pipeline/alignments",
    "pipeline/agreement",
    "pipeline/tables",
    "pipeline/models/zh_un",
)


def stage_files(command: str, root: Path = ROOT) -> list[str]:
    """The project's files that a stage's command opens, its own outputs not among them."""
    _, _, module, *arguments = command.split()
    with tempfile.TemporaryDirectory() as empty:
        environment = os.environ | {"PYTHONPYCACHEPREFIX": empty, "PYTHONDONTWRITEBYTECODE": "1"}
        run = subprocess.run(
            [sys.executable, "-B", "-m", "tests.traced", module, *arguments],
            cwd=root, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
    if run.returncode:
        raise RuntimeError(f"{command}: {run.stderr}")
    # this measurement's own modules are no part of the stage; the gold under tests/data may be
    return [f for f in json.loads(run.stdout.splitlines()[-1]) if not f.startswith("tests/") or "/data/" in f]


def collapsed(files: list[str]) -> list[str]:
    """The files, with a folder in the place of all its files."""
    left = set(files)
    for folder in sorted(FOLDERS, key=len, reverse=True):
        inside = {
            p.relative_to(ROOT).as_posix()
            for p in (ROOT / folder).rglob("*")
            if p.is_file() and "__pycache__" not in p.parts and p.suffix != ".md"
        }
        covered = {f for f in inside if f in left or any(f.startswith(f"{x}/") for x in left)}
        if inside and covered == inside:
            left = {f for f in left if not f.startswith(f"{folder}/")} | {folder}
    return sorted(left, key=lambda f: (not f.startswith("outputs"), f.startswith("pipeline"), f))


def with_language(text: str, language: str) -> str:
    """A stage's path or command for one language."""
    return text.replace("${item.language}", language)


def wanted(stage: dict[str, object], root: Path = ROOT) -> list[str]:
    """The deps that a stage of dvc.yaml should have; those of a matrix in the form ${item.language}."""
    command = str(stage["cmd"])
    outs = {o if isinstance(o, str) else next(iter(o)) for o in stage.get("outs", [])}  # type: ignore[attr-defined]
    if "${item.language}" not in command:
        files = collapsed(stage_files(command, root))
    else:
        general: set[str] = set()
        for language in LANGUAGES:
            found = collapsed(stage_files(with_language(command, language), root))
            general |= {re.sub(rf"(?<=/){language}(?=[/.]|\Z)", "${item.language}", f) for f in found}
        files = sorted(general, key=lambda f: (not f.startswith("outputs"), f.startswith("pipeline"), f))
    files = ["${input}" if f == INPUT else f for f in files]
    return [f for f in files if f not in outs and f != "configs/pipeline.yaml"]


if __name__ == "__main__":
    path = ROOT / "dvc.yaml"
    text = path.read_text(encoding="utf-8")
    for name, stage in yaml.safe_load(text)["stages"].items():
        deps = wanted(stage)
        block = "    deps:\n" + "".join(f"      - {d}\n" for d in deps)
        head, rest = re.split(rf"(?m)(?<=^  {name}:\n)", text, maxsplit=1)
        rest = re.sub(r"    deps:\n(?:      - .*\n)*", lambda _, b=block: b, rest, count=1)
        text = head + rest
        print(name, *deps, sep="\n  ")
    if "--write" in sys.argv:
        path.write_text(text, encoding="utf-8")
