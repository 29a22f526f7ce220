"""dvc.yaml says the truth: what each stage reads, what runs again after a change, and what does not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.dvc_deps import ROOT, wanted

STAGES = yaml.safe_load((ROOT / "dvc.yaml").read_text(encoding="utf-8"))["stages"]
DVC = [sys.executable, "-m", "dvc"]
COPIED = ("configs", "pipeline", "seeds", "tests", "outputs", ".dvc/config", ".dvcignore", "dvc.yaml", "dvc.lock")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with nothing computed yet, and the pipeline run in it once."""
    target = tmp_path_factory.mktemp("checkout")
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target / name)
    subprocess.run(["git", "init", "-q"], cwd=target, check=True)
    dvc(target, "repro")
    return target


def dvc(folder: Path, *arguments: str) -> str:
    """What a dvc command prints; it must succeed."""
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "DVC_NO_ANALYTICS": "1"}
    run = subprocess.run([*DVC, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout + run.stderr


def ran(output: str) -> set[str]:
    """The stages that a `dvc repro` ran."""
    return {line.split("'")[1] for line in output.splitlines() if line.startswith("Running stage")}


@pytest.mark.parametrize("name", STAGES)
def test_deps_are_what_the_stage_reads(checkout: Path, name: str) -> None:
    """Every file that a stage opens is a dep, and every dep is opened."""
    assert STAGES[name]["deps"] == wanted(STAGES[name], checkout)


def test_second_run_does_nothing(checkout: Path) -> None:
    """Nothing has changed, so nothing runs."""
    assert ran(dvc(checkout, "repro")) == set()


def test_touched_file_and_import_change_nothing(checkout: Path) -> None:
    """A newer date of a file, and what an import leaves behind, are no change."""
    (checkout / "pipeline" / "text.py").touch()
    subprocess.run([sys.executable, "-c", "import pipeline.events.engine"], cwd=checkout, check=True)
    assert ran(dvc(checkout, "repro")) == set()


def test_chinese_rule_runs_only_what_is_chinese(checkout: Path) -> None:
    """A change to a Chinese rule runs the Chinese stages that read it, and what follows if its facts change."""
    rules = checkout / "configs" / "rules" / "zh" / "mandate_extension.yaml"
    before = rules.read_text(encoding="utf-8")
    rules.write_text(before + "# a remark\n", encoding="utf-8")
    stages = ran(dvc(checkout, "repro"))
    rules.write_text(before, encoding="utf-8")
    assert stages
    joint = {"alignments", "agreement", "mandates", "export", "evaluate"}
    assert all(stage.endswith("@zh") or stage in joint for stage in stages)


def test_committed_tables_are_those_of_the_seeds(checkout: Path) -> None:
    """The tables in the repository are what the pipeline makes of the seeds, byte for byte."""
    for out in STAGES["export"]["outs"]:
        name = next(iter(out))
        assert (checkout / name).read_bytes() == (ROOT / name).read_bytes(), name
