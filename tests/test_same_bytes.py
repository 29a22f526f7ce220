"""The whole way from files to tables: the same bytes whatever the order, the workers and the machine's settings."""

# ruff: noqa: E501  tables of cases
from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from tests.hostile import LETTERS

ROOT = Path(__file__).parent.parent
HERE = {"TZ": "UTC", "PYTHONHASHSEED": "1", "LC_ALL": "C", "LANG": "C", "COLUMNS": "80", "UNFACTS_CACHE": ""}
THERE = {
    "TZ": "Pacific/Kiritimati",
    "PYTHONHASHSEED": "2004",
    "LC_ALL": "C.UTF-8",
    "LANG": "ar_SA.UTF-8",
    "COLUMNS": "33",
}


def started(
    folder: Path, files: list[str], output: str, workers: int, settings: dict[str, str]
) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "pipeline", "extract", *files, "--output", output, "--workers", str(workers)]
    environment = os.environ | settings | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def hashes(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.iterdir()) if path.is_file() and not path.name.startswith("."))
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_order_workers_and_settings_change_no_byte(tmp_path: Path) -> None:
    """Two runs at once: one worker and files in order; two workers, shuffled, in another place, time zone and locale."""
    files = {f"{language}.txt": f"{text} It met last May.".encode() for language, text in LETTERS.items()}
    files |= {
        "claim-a.txt": b"S/2004/9\n" + files["en.txt"],
        "claim-b.txt": b"S/2004/9\n" + files["en.txt"],
        "none.txt": b"",
    }
    files |= {path.name: path.read_bytes() for path in (ROOT / "seeds").glob("*.txt")}
    runs = []
    for place, names, workers, settings in (
        ("one", sorted(files), 1, HERE),
        ("another", sorted(files, key=lambda name: hashlib.sha256(name.encode()).digest()), 2, THERE),
    ):
        folder = tmp_path / place
        folder.mkdir(parents=True)
        for name in names:
            (folder / name).write_bytes(files[name])
        runs.append((folder / "out", started(folder, names, "out", workers, settings)))
    found = []
    for output, process in runs:
        words, _ = process.communicate(timeout=600)
        assert process.returncode == 1, words.decode()  # none.txt is empty
        found.append(hashes(output))
    assert {"facts.csv", "facts.xlsx", "facts.parquet", "rejected.csv", "datapackage.json", "mandates.csv"} <= set(
        found[0]
    )
    assert found[0] == found[1]
