"""Where functions of shards run: in this process, in a pool of processes, on a Dask cluster.

An engine runs one function over many tasks and gives the results in the tasks' order; only as many tasks are made as
are wanted at a time, so memory holds a few shards and not the folder. The results do not depend on the engine.
"""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from multiprocessing import get_all_start_methods, get_context, parent_process
from multiprocessing.connection import wait
from multiprocessing.context import BaseContext
from threading import Thread
from types import TracebackType
from typing import Any, Protocol

from pipeline.garbage import seldom_looked_for

Task = tuple[Any, ...]
_AHEAD = 3  # tasks for each worker that are made before their turn
_BREAKS = 3  # times that a pool may lose a worker
_FORKSERVER = "forkserver"
_WORK = "pipeline.shards.parts"  # the module that workers need first
_KEPT = "what is done is kept, the next run goes on from there"


class EngineError(RuntimeError):
    """The work cannot be done where it was to be done: why, and what to do."""


class Engine(AbstractContextManager["Engine"], Protocol):
    """What runs functions of shards."""

    def run(self, function: Callable[..., bytes], tasks: Iterable[Task]) -> Iterator[bytes]:
        """The function's result for each task, in order. Raises EngineError, and what the function raises."""
        ...

    def begun(self, function: Callable[..., bytes], task: Task) -> Callable[[], bytes]:
        """What gives the function's result for one task, which is done meanwhile, or at once where that cannot be.

        The task may name results in the store by their keys. Raises, now or then, what the function raises.
        """
        ...


class Serial:
    """One after the other, in this process."""

    def run(self, function: Callable[..., bytes], tasks: Iterable[Task]) -> Iterator[bytes]:
        """See `Engine`."""
        for task in tasks:
            yield function(*task)

    def begun(self, function: Callable[..., bytes], task: Task) -> Callable[[], bytes]:
        """See `Engine`."""
        result = function(*task)
        return lambda: result

    def __enter__(self) -> Serial:
        return self

    def __exit__(self, *_: object) -> None:
        return None


def workers_prepared() -> BaseContext:
    """How workers start: clean, and where the system can do that with the program's modules, which are read once.

    The process that they come from is started now, and reads the modules while the caller does what it has to do.
    """
    if _FORKSERVER not in get_all_start_methods():
        return get_context("spawn")
    from multiprocessing.forkserver import ensure_running

    context = get_context(_FORKSERVER)
    context.set_forkserver_preload([_WORK])
    # it must find the modules where this process does, and none of the same names in the current folder
    found = {"PYTHONSAFEPATH": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    before = {name: os.environ.get(name) for name in found}
    os.environ.update(found)
    try:
        ensure_running()
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
    return context


def _begin() -> None:
    """What a worker does first: it is to end when the process that it works for does, even if that is killed."""
    seldom_looked_for()
    master = parent_process()
    if master is not None:
        Thread(target=_end_with, args=(master.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


class Pool:
    """Processes of this machine. They start clean: what this process has in memory they do not have."""

    def __init__(self, workers: int) -> None:
        """`workers` processes, started when the first task comes."""
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def run(self, function: Callable[..., bytes], tasks: Iterable[Task]) -> Iterator[bytes]:
        """See `Engine`. A worker that is killed is replaced, and its task done again."""
        waiting: deque[tuple[Task, Future[bytes]]] = deque()
        given = iter(tasks)
        breaks = 0
        while True:
            while len(waiting) < self._workers * _AHEAD and (task := next(given, None)) is not None:
                waiting.append((task, self._submitted(function, task)))
            if not waiting:
                return
            try:
                result = waiting[0][1].result()
            except BrokenProcessPool:
                breaks += 1
                if breaks > _BREAKS:
                    cure = "give it more memory or fewer --workers"
                    raise EngineError(f"worker processes were killed {breaks} times ({cure}; {_KEPT})") from None
                self._close()
                waiting = deque((task, self._submitted(function, task)) for task, _ in waiting)
                continue
            waiting.popleft()
            yield result

    def begun(self, function: Callable[..., bytes], task: Task) -> Callable[[], bytes]:
        """See `Engine`."""
        future = self._submitted(function, task)

        def result() -> bytes:
            try:
                return future.result()
            except BrokenProcessPool:
                return function(*task)

        return result

    def _submitted(self, function: Callable[..., bytes], task: Task) -> Future[bytes]:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._workers, mp_context=workers_prepared(), initializer=_begin)
        try:
            return self._pool.submit(function, *task)
        except BrokenProcessPool as broken:
            failed: Future[bytes] = Future()
            failed.set_exception(broken)
            return failed

    def _close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=error is None, cancel_futures=True)
            self._pool = None


class Cluster:
    """A Dask cluster that runs somewhere; its workers need this version of unfacts and no more.

    Files are sent with their tasks, so workers need not see the disk that the files are on. A worker that is lost is
    Dask's to replace: its tasks are done by others.
    """

    def __init__(self, scheduler: str) -> None:
        """`scheduler`: its address (tcp://host:8786), or the path of its scheduler file. Raises EngineError."""
        try:
            import distributed
        except ImportError:
            raise EngineError("--engine dask needs Dask (pip install 'unfacts[dask]')") from None
        try:
            where = {"scheduler_file": scheduler} if scheduler.endswith(".json") else {"address": scheduler}
            client: Any = distributed.Client
            self._client = client(**where, timeout=30, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            cure = "start it with `dask scheduler`, and check the address"
            raise EngineError(f"no Dask scheduler answers at {scheduler}: {error} ({cure})") from None

    def run(self, function: Callable[..., bytes], tasks: Iterable[Task]) -> Iterator[bytes]:
        """See `Engine`."""
        from distributed import KilledWorker

        waiting: deque[Any] = deque()
        given = iter(tasks)
        while True:
            ahead = max(2, sum(self._client.nthreads().values())) * _AHEAD
            while len(waiting) < ahead and (task := next(given, None)) is not None:
                waiting.append(self._client.submit(function, *task, pure=False, retries=2))
            if not waiting:
                return
            future = waiting.popleft()
            try:
                yield future.result()
            except KilledWorker as error:
                problem = f"workers of the cluster died over one shard again and again: {error}"
                raise EngineError(f"{problem} (give them more memory; {_KEPT})") from None

    def begun(self, function: Callable[..., bytes], task: Task) -> Callable[[], bytes]:
        """See `Engine`. It is done here: the cluster's workers do not see the store."""
        result = function(*task)
        return lambda: result

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()
