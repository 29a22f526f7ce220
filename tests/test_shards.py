"""Large folders: each file is read once, whatever happens, and the tables are those of an undisturbed run in one go."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.config import default_folder
from pipeline.events.types import event_types
from pipeline.export import write_tables
from pipeline.extract import extracted
from pipeline.schema import frame
from pipeline.settings import settings
from pipeline.shards import changing, cutting, parts
from pipeline.shards.assembly import Summary, write_parts
from pipeline.shards.engines import EngineError, Pool, Serial, Task
from pipeline.shards.folders import extracted_to, told
from pipeline.shards.identity import OtherRules, same_rules
from pipeline.shards.ledger import ledger
from pipeline.shards.packed import Packed, Torn, packed
from pipeline.shards.run import Run
from pipeline.shards.store import Store
from pipeline.sheets import Sheets
from pipeline.tables import ACTIVE
from pipeline.timeline import timeline_files

ROOT = Path(__file__).parent.parent
CONFIGS = default_folder()
LANGUAGES = tuple(settings(CONFIGS).languages)
LETTER = """Letter dated {day} March 2003 from the Secretary-General

UNMIN was established on 23 January 2003. I recommend that its mandate be extended until {day} July 2003.

Over 1,3{day:02} officials took part in the conference last May.
"""


def letters(folder: Path, count: int) -> Path:
    """A folder of letters that differ."""
    folder.mkdir(exist_ok=True)
    for number in range(count):
        (folder / f"letter-{number:03}.txt").write_text(LETTER.format(day=1 + number % 30), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of all there is: versions of a letter, a symbol that two files claim, one without a date, bad ones."""
    folder = letters(tmp_path_factory.mktemp("mixed") / "given", 5)
    for seed in (ROOT / "seeds").glob("*.txt"):
        shutil.copy(seed, folder)
    for name in ("b-twin.txt", "a-twin.txt"):
        (folder / name).write_text("S/2003/401\n\n" + LETTER.format(day=9), encoding="utf-8")
    (folder / "undated.txt").write_text("Elections were held last May in the north of the country.\n" * 3)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "documents.csv").write_text("file,language\nnowhere.txt,en\nletter-001.txt,english\n")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a folder that people see."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


class Counting(Serial):
    """One process that counts what it is asked to do."""

    def __init__(self) -> None:
        self.count = 0

    def run(self, function: Callable[..., bytes], tasks: Iterable[Task]) -> Iterator[bytes]:
        """See `Engine`."""

        def counted() -> Iterator[Task]:
            for task in tasks:
                self.count += 1
                yield task

        return super().run(function, counted())


def counted_run(folder: Path, output: Path) -> tuple[int, Summary]:
    """How many results were computed, and the summary."""
    engine = Counting()
    store = Store(output / ".unfacts" / "parts")
    with ledger(LANGUAGES) as files:
        run = Run(None, LANGUAGES, engine, store)
        parts = run.parts(files, [folder])
        summary = write_parts(parts, run.mandates(parts), output, CONFIGS, Sheets.AUTO)
    store.forget_others()
    return engine.count, summary


@pytest.fixture
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two files a shard, on average."""
    monkeypatch.setattr(cutting, "_ONE_IN", 2)


@pytest.mark.usefixtures("small_shards")
@pytest.mark.parametrize("most", [0, 10, parts.ROWS])
def test_shards_give_what_memory_gives(mixed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """The tables put together from shards are byte for byte those of all files in memory at once.

    So they are where the rows of a shard are so many that they are made in several pieces.
    """
    monkeypatch.setattr(parts, "ROWS", most)
    monkeypatch.setattr(changing, "ROWS", most)
    tables = extracted([mixed], CONFIGS, LANGUAGES, mixed / "documents.csv")
    frames = {table.name: frame(table.name, tables.get(table.name, ())) for table in ACTIVE}
    write_tables(frames, tmp_path / "memory", event_types(CONFIGS), timeline_files(tables["mandates"]))
    summary = extracted_to(tmp_path / "shards", [mixed], mixed / "documents.csv")
    assert contents(tmp_path / "shards") == contents(tmp_path / "memory")
    assert (summary.documents, summary.facts) == (len(tables["documents"]), len(tables["facts"]))
    assert summary.rejected["error"] == 2  # empty.txt, and the line whose language is none
    lines = list(told(summary, tmp_path))
    assert any("a-twin.txt is S/2003/401 in the language en as well" in line for line in lines)
    assert "empty.txt" in lines[0] or "documents.csv" in lines[0], "errors come first"


@pytest.mark.usefixtures("small_shards")
def test_a_second_run_computes_nothing_and_a_new_file_its_shard(tmp_path: Path) -> None:
    """Only what is new is computed; what is gone leaves no row; each time the bytes are those of a fresh run."""
    folder, output = letters(tmp_path / "given", 12), tmp_path / "out"
    first, _ = counted_run(folder, output)
    assert first >= 3
    assert counted_run(folder, output)[0] == 0
    (folder / "letter-005b.txt").write_text(LETTER.format(day=30), encoding="utf-8")
    count, summary = counted_run(folder, output)
    assert (count in (1, 2), summary.documents) == (True, 13)  # a name that ends a shard makes two of one
    counted_run(folder, tmp_path / "fresh")
    assert contents(output) == contents(tmp_path / "fresh")
    (folder / "letter-005b.txt").unlink()
    assert counted_run(folder, output)[1].documents == 12
    assert b"letter-005b" not in (output / "paragraphs.csv").read_bytes()
    (folder / "letter-003.txt").write_text(LETTER.format(day=29), encoding="utf-8")
    assert counted_run(folder, output)[0] == 1
    kept = sum(1 for path in (output / ".unfacts").rglob("*") if path.is_file())
    assert kept <= first + 2, "what is no longer needed is removed"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Fills up with the files that are read."""
    told, file_part = list[str](), parts.file_part

    def noted(given: cutting.Input, configs: Path, languages: tuple[str, ...]) -> Any:
        told.append(given.file.rpartition("/")[2])
        return file_part(given, configs, languages)

    monkeypatch.setattr(parts, "file_part", noted)
    return told


@pytest.mark.parametrize("one_in", [2, 48])
@pytest.mark.parametrize("most", [10, parts.ROWS])
def test_of_a_shard_only_files_that_are_new_are_read(
    mixed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: list[str], one_in: int, most: int
) -> None:
    """What the other files of it gave is taken from the part before; the bytes are those of a fresh run."""
    monkeypatch.setattr(cutting, "_ONE_IN", one_in)
    monkeypatch.setattr(parts, "ROWS", most)
    folder, output = Path(shutil.copytree(mixed, tmp_path / "given")), tmp_path / "out"
    unreadable = "empty.txt"

    def computed() -> list[str]:
        read.clear()
        extracted_to(output, [folder], folder / "documents.csv")
        files, fresh = sorted(set(read) - {unreadable}), tmp_path / f"fresh{len(list(tmp_path.iterdir()))}"
        extracted_to(fresh, [folder], folder / "documents.csv")
        assert contents(output) == contents(fresh)
        return files

    assert len(computed()) > 9
    assert computed() == []
    (folder / "letter-001b.txt").write_text(LETTER.format(day=30), encoding="utf-8")
    (folder / "zz.txt").write_text(LETTER.format(day=29), encoding="utf-8")
    assert computed() == ["letter-001b.txt", "zz.txt"]
    (folder / "letter-003.txt").write_text(LETTER.format(day=28), encoding="utf-8")
    assert computed() == ["letter-003.txt"]
    (folder / "a-twin.txt").unlink()  # the other file that claims its symbol is now the only one
    assert computed() == []
    (folder / "undated.txt").rename(folder / "dated.txt")
    assert computed() == ["dated.txt"]
    (folder / "documents.csv").write_text("file,language,date\nletter-002.txt,en,2003-06-01\n")
    assert computed() == ["letter-002.txt"]  # the line of the other was at fault, and said nothing


@pytest.mark.usefixtures("small_shards")
def test_a_trail_that_leads_nowhere_costs_time_alone(tmp_path: Path, read: list[str]) -> None:
    """Parts of the run before that somebody has removed are made again."""
    folder, output = letters(tmp_path / "given", 6), tmp_path / "out"
    extracted_to(output, [folder])
    (folder / "letter-002b.txt").write_text(LETTER.format(day=30), encoding="utf-8")
    for path in (output / ".unfacts" / "parts").rglob("*"):
        if path.is_file() and Packed(path).names() != ("parts",):  # not the trail itself
            path.unlink()
    read.clear()
    extracted_to(output, [folder])
    assert len(read) == 7
    extracted_to(tmp_path / "fresh", [folder])
    assert contents(output) == contents(tmp_path / "fresh")


def test_cuts_depend_on_the_file_before_them_alone(tmp_path: Path) -> None:
    """Every file is in one shard, in order, and one more file changes one shard."""
    names = [f"{number}.txt" for number in range(2_000)]
    found = [cutting.Found("", name) for name in sorted(names)]

    def shards(files: list[Any]) -> list[tuple[str, ...]]:
        manifest = cutting.Manifest("", {})
        return [tuple(given.file for given in run) for run in cutting.shards_of(files, manifest)]

    before = shards(found)
    assert [name for run in before for name in run] == sorted(names)
    assert 20 < len(before) < 120
    after = shards(sorted([*found, cutting.Found("", "1234b.txt")], key=lambda each: each.file))
    assert len(set(after) - set(before)) <= 2
    assert len(set(before) - set(after)) == 1


@given(st.dictionaries(st.text(max_size=5), st.binary(max_size=40), max_size=5), st.integers(0, 200))
def test_packed_members_come_back(members: dict[str, bytes], cut: int) -> None:
    """Members come back whole; bytes that are cut short are told."""
    data = packed(members)
    box = Packed(data)
    assert {name: box.read(name) for name in box.names()} == members
    if cut < len(data):
        with pytest.raises(Torn):
            Packed(data[:cut])


def test_a_torn_result_is_computed_again(tmp_path: Path) -> None:
    """What a disk has lost half of is not used."""
    store = Store(tmp_path)
    store.put("ab12", packed({"a": b"whole"}))
    path = tmp_path / "ab" / "ab12"
    path.write_bytes(path.read_bytes()[:-2])
    assert store.get("ab12") is None


def test_other_rules_are_told() -> None:
    """A worker with other code does not give results that are not wanted."""
    with pytest.raises(OtherRules, match="install the same version"):
        same_rules("0" * 64, None)


def fails_once(flag: str, value: int) -> bytes:
    """Kill this process the first time."""
    path = Path(flag)
    if not path.exists():
        path.write_text("killed")
        os.kill(os.getpid(), signal.SIGKILL)
    return str(value).encode()


def always_fails(value: int) -> bytes:
    """Kill this process each time."""
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def test_a_killed_worker_is_replaced(tmp_path: Path) -> None:
    """A worker that is lost costs nothing but time; workers that always die are told."""
    with Pool(2) as pool:
        results = list(pool.run(fails_once, ((str(tmp_path / "flag"), n) for n in range(12))))
    assert results == [str(n).encode() for n in range(12)]
    with Pool(2) as pool, pytest.raises(EngineError, match="next run goes on"):
        list(pool.run(always_fails, ((n,) for n in range(2))))


def test_a_task_that_was_begun_is_done_even_if_its_worker_is_killed(tmp_path: Path) -> None:
    """It is done here then."""
    with Pool(2) as pool:
        assert pool.begun(fails_once, (str(tmp_path / "flag"), 7))() == b"7"
    assert (tmp_path / "flag").exists()
    assert Serial().begun(fails_once, (str(tmp_path / "flag"), 8))() == b"8"


def ticks(file: str) -> bytes:
    """Write on and on, for as long as this process lives."""
    while True:
        with Path(file).open("a") as ticked:
            ticked.write(".")
        time.sleep(0.02)


def test_workers_end_with_the_process_that_they_work_for(tmp_path: Path) -> None:
    """A run that is killed, and it alone, leaves no worker behind."""
    file = tmp_path / "ticked"
    code = "import sys; from pipeline.shards.engines import Pool; from tests.test_shards import ticks\n"
    code += "with Pool(1) as pool: list(pool.run(ticks, [(sys.argv[1],)]))"
    with subprocess.Popen([sys.executable, "-c", code, str(file)], cwd=ROOT, stderr=subprocess.DEVNULL) as run:
        while not file.exists():
            assert run.poll() is None
            time.sleep(0.05)
        run.kill()
    sizes = [-1, file.stat().st_size]
    while sizes[-1] != sizes[-2] and len(sizes) < 60:  # a worker that lives on is never done
        time.sleep(1)
        sizes.append(file.stat().st_size)
    assert sizes[-1] == sizes[-2]


def command(*arguments: object, **keywords: Any) -> subprocess.Popen[str]:
    """`unfacts extract`, started."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "default"}
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline", "extract", *map(str, arguments)],
        cwd=keywords.pop("cwd", ROOT), env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip


@pytest.mark.parametrize("foreign", [False, True])
def test_kills_leave_the_old_or_the_new(tmp_path: Path, foreign: bool) -> None:
    """Whenever a run is killed, the tables are all old or all new, and the next run ends as if nothing had been."""
    folder, output = letters(tmp_path / "given", 3), tmp_path / "out"
    extracted_to(output, [folder])
    if foreign:
        (output / "notes of mine.txt").write_text("stays")
    old = contents(output)
    letters(folder, 150)
    extracted_to(tmp_path / "new", [folder])
    new = contents(tmp_path / "new") | ({"notes of mine.txt": b"stays"} if foreign else {})
    shutil.rmtree(tmp_path / "new")
    moments = random.Random(foreign)
    for _ in range(4):
        run = command(folder, "-o", output)
        time.sleep(moments.uniform(0.1, 4))
        os.killpg(run.pid, signal.SIGKILL)
        run.communicate()
        found = contents(output)
        assert found in (old, new)
    run = command(folder, "-o", output)
    _, said = run.communicate()
    assert run.returncode == 0, said
    assert contents(output) == new
    assert sorted(path.name for path in tmp_path.iterdir()) == ["given", "out"]


def test_one_run_at_a_time(tmp_path: Path) -> None:
    """A second run into the same folder is told, and touches nothing."""
    fcntl = pytest.importorskip("fcntl")
    folder = letters(tmp_path / "given", 1)
    (tmp_path / "out" / ".unfacts").mkdir(parents=True)
    with (tmp_path / "out" / ".unfacts" / "lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        run = command(folder, "-o", tmp_path / "out")
        _, said = run.communicate()
    assert run.returncode == 3
    assert "another run is writing to" in said
    assert contents(tmp_path / "out") == {}


def dask(*arguments: str) -> subprocess.Popen[str]:
    """A part of a Dask cluster, started."""
    return subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, text=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def test_a_dask_cluster_gives_the_same_bytes(tmp_path: Path) -> None:
    """A scheduler and two workers over TCP, one of them killed while it works: the same files as one process."""
    pytest.importorskip("distributed")
    folder = letters(tmp_path / "given", 400)
    extracted_to(tmp_path / "one", [folder], sheets=Sheets.FACTS)
    file = tmp_path / "scheduler.json"
    scheduler = dask("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
    workers = [
        dask("worker", "--scheduler-file", str(file), "--nthreads", "1", "--no-nanny", "--no-dashboard")
        for _ in range(2)
    ]
    try:
        run = command(folder, "-o", tmp_path / "two", "--engine", "dask", "--scheduler", file, "--workbook", "facts")
        parts = tmp_path / "two" / ".unfacts" / "parts"
        deadline = time.monotonic() + 120
        while not any(parts.rglob("*")) and run.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        workers[0].kill()  # the first result is there: the others are being computed
        _, said = run.communicate(timeout=240)
        assert run.returncode == 0, said
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()
    assert contents(tmp_path / "two") == contents(tmp_path / "one")


def test_a_scheduler_that_is_not_there_is_told(tmp_path: Path) -> None:
    """An address where nobody answers, or one option without the other, gives one clear line."""
    run = command(letters(tmp_path / "given", 1), "-o", tmp_path / "out", "--engine", "dask")
    _, said = run.communicate()
    assert run.returncode == 2
    assert "go together" in said


@pytest.mark.parametrize("most", [0, parts.ROWS])
def test_rows_that_break_the_contract_stop_no_other_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """A fault of the program in one file's rows is told with the file; the others give theirs."""
    monkeypatch.setattr(parts, "ROWS", most)
    from pipeline import extract

    def faulty(document: Any, paragraphs: Any) -> Any:
        tables = good(document, paragraphs)
        if document.file == "letter-001.txt":
            tables["dates"][0]["edtf"] = "the day before yesterday"
        return tables

    good = extract.tables_of
    monkeypatch.setattr(extract, "tables_of", faulty)
    summary = extracted_to(tmp_path / "out", [letters(tmp_path / "given", 3)])
    assert (summary.documents, summary.rejected["error"]) == (2, 1)
    assert "letter-001.txt" in summary.told[0]["file"]
    assert "the day before yesterday" in summary.told[0]["reason"]
