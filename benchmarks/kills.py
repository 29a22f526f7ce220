"""Runs killed at random moments: `python -m benchmarks.kills CORPUS [--documents 2000] [--kills 50]`.

A folder is read once; then documents come to it, and the run that reads them is killed (SIGKILL, its workers too) again
and again. After each kill what stands in the output folder is compared with the old state and the new one, byte for
byte; at the end the run is left alone, and must give the new state, which another folder got undisturbed.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.growth import fill


def contents(folder: Path) -> dict[str, bytes]:
    """The files that people see."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def started(folder: Path, output: Path, workers: int) -> subprocess.Popen[bytes]:
    """A run in a process group of its own."""
    command = [sys.executable, "-m", "pipeline", "extract", str(folder), "-o", str(output), "-q"]
    return subprocess.Popen([*command, "--workers", str(workers)], stderr=subprocess.DEVNULL, start_new_session=True)


def main() -> None:
    """Kill, compare, and say how often which state was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    rng = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as scratch:
        folder, output, calm = (Path(scratch) / name for name in ("given", "out", "calm"))
        sources = sorted(given.corpus.glob("*.txt"))
        fill(folder, sources, 50)
        started(folder, output, given.workers).wait()
        old = contents(output)
        shutil.rmtree(folder)
        fill(folder, sources, given.documents)
        start = time.monotonic()
        started(folder, calm, given.workers).wait()
        whole = time.monotonic() - start
        new = contents(calm)
        found = {"old": 0, "new": 0}
        killed = 0
        while killed < given.kills:
            # most moments are late in a run: what is done before is kept, and the end is where files are put in place
            run = started(folder, output, given.workers)
            time.sleep(rng.uniform(0, whole / 6))
            if run.poll() is not None:  # it was done: begin again
                now = contents(output)
                assert now == new, "an undisturbed end that differs"
                shutil.rmtree(output)
                shutil.copytree(calm, output)
                for name, data in old.items():
                    (output / name).write_bytes(data)
                continue
            os.killpg(run.pid, signal.SIGKILL)
            run.wait()
            killed += 1
            now = contents(output)
            state = "old" if now == old else "new" if now == new else "neither"
            found[state] = found.get(state, 0) + 1
            print(killed, state, flush=True)
        started(folder, output, given.workers).wait()
        same = contents(output) == new
        print(f"{killed} kills of a run of {whole:.0f} s: {found}; in the end {'the same' if same else 'OTHER'} bytes")
        sys.exit(0 if same and set(found) == {"old", "new"} else 1)


if __name__ == "__main__":
    main()
