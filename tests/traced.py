"""Runs a stage and prints the project's files that it opened: `python -m tests.traced pipeline.stages.tokens zh`.

Meant to be run with -B and PYTHONPYCACHEPREFIX set to an empty folder, so that an import opens the module's source.
"""

from __future__ import annotations

import json
import runpy
import sys
from pathlib import Path

ROOT = Path.cwd().resolve()
OPENED: set[str] = set()


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """Remember every file that is opened."""
    if event == "open" and isinstance(arguments[0], str):
        OPENED.add(arguments[0])


def project_files(opened: set[str]) -> list[str]:
    """Those of the opened files that lie in the project, relative to it; hidden folders (.venv, .dvc) are not its."""
    names = set()
    for name in opened:
        path = Path(name).resolve()
        if path.is_relative_to(ROOT) and path.is_file():
            relative = path.relative_to(ROOT)
            if not any(part.startswith((".", "__pycache__")) for part in relative.parts):
                names.add(relative.as_posix())
    return sorted(names)


if __name__ == "__main__":
    module, *arguments = sys.argv[1:]
    sys.argv = [module, *arguments]
    sys.addaudithook(watch)
    runpy.run_module(module, run_name="__main__", alter_sys=True)
    print(json.dumps(project_files(OPENED)))
