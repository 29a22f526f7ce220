"""From folders to a folder of tables: a run as the command line asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.config import default_folder
from pipeline.settings import settings
from pipeline.shards.engines import Cluster, Engine, Pool, Serial
from pipeline.shards.ledger import ledger
from pipeline.shards.run import Run
from pipeline.shards.store import Store
from pipeline.sheets import Sheets
from pipeline.staging import KEPT, locked

if TYPE_CHECKING:
    from pipeline.shards.assembly import Summary


def extracted_to(
    output: Path,
    paths: Sequence[Path],
    documents: Path | None = None,
    configs: Path | None = None,
    workers: int = 1,
    scheduler: str = "",
    sheets: Sheets = Sheets.AUTO,
    kept: Path | None = None,
) -> Summary:
    """Read the files under `paths` and write their tables to `output`; `kept`: where results are kept, if not there.

    `scheduler`: the address of a Dask cluster; without, `workers` processes of this machine do the work. Raises
    ConfigError, Unreadable (the manifest `documents`), EngineError, OtherRules, OutputError; the tables that were in
    `output` are then as they were.
    """
    folder = configs or default_folder()
    languages = tuple(settings(folder).languages)
    with locked(output):
        store = Store((output / KEPT if kept is None else kept) / "parts")
        engine: Engine = Cluster(scheduler) if scheduler else Pool(workers) if workers > 1 else Serial()
        with ledger(languages) as files, engine:
            with _Bars() as bars:
                run = Run(configs, languages, engine, store, bars.advance)
                parts = run.parts(files, paths, documents)
            from pipeline.shards.assembly import write_parts  # what is needed last is read last

            summary = write_parts(parts, run.mandates(parts), output, folder, sheets)
        store.forget_others()
    return summary


def told(summary: Summary, output: Path) -> Iterator[str]:
    """What people are told of a run, line by line."""
    from pipeline.shards.assembly import TOLD

    for word in summary.words:
        yield f"note: {word}"
    for row in summary.told[:TOLD]:
        place = f", {row['place']}" if row["place"] else ""
        yield f"{row['severity']}: {row['file']}{place}: {row['reason']} ({row['cure']})"
    more, errors = summary.rejected.total() - TOLD, summary.rejected["error"]
    if more > 0:
        yield f"… and {more} more in {output / 'rejected.csv'}"
    failed = f"; {errors} inputs could not be read, see rejected.csv" if errors else ""
    yield f"{summary.facts} facts from {summary.documents} documents in {output}{failed}"


class _Bars:
    """Progress bars where long work is watched at a terminal; none elsewhere, none on short work."""

    def __init__(self) -> None:
        self._bars: dict[str, Any] = {}

    def advance(self, stage: str, count: int, total: int) -> None:
        """So many more of a stage are done, of so many in all."""
        from tqdm import tqdm

        if stage not in self._bars:
            # disable=None: no bar where standard error is not a terminal
            self._bars[stage] = tqdm(desc=stage, total=total, disable=None, delay=1.0, leave=False)
        self._bars[stage].update(count)

    def __enter__(self) -> _Bars:
        return self

    def __exit__(self, *_: object) -> None:
        for bar in self._bars.values():
            bar.close()
