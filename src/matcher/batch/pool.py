"""Tasks to workers, some at a time: a thread for each worker process waits for its answers."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from types import TracebackType
from typing import TypeVar

from matcher.batch.setup import Setup
from matcher.batch.worker import Worker

_T = TypeVar("_T")
_R = TypeVar("_R")
_WATCH_SECONDS = 0.25


class Pool:
    """Worker processes, started when they are first needed and ended with the block.

    Args:
        setup: what each worker needs to know.
        jobs: how many there are.
    """

    def __init__(self, setup: Setup, jobs: int) -> None:
        self.jobs = jobs
        self._setup = setup
        self._local = threading.local()
        self._workers: list[Worker] = []
        self._over = threading.Event()
        self._threads = ThreadPoolExecutor(jobs, "matcher-batch")
        self._watch = threading.Thread(target=self._watching, daemon=True)
        self._watch.start()

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.kill()  # whoever waits for it learns that it is gone
        self._threads.shutdown(wait=True)
        self._watch.join()
        for worker in self._workers:
            worker.close()

    @property
    def started(self) -> bool:
        """Whether any worker runs."""
        return bool(self._workers)

    def worker(self) -> Worker:
        """The worker of the calling thread."""
        found: Worker | None = getattr(self._local, "worker", None)
        if found is None:
            found = self._local.worker = Worker(self._setup)
            self._workers.append(found)
        return found

    def map(self, function: Callable[[_T], _R], tasks: Iterable[_T]) -> Iterator[_R]:
        """The results of ``function``, as they come; no more tasks are taken than are needed to keep all busy."""
        done: SimpleQueue[Future[_R]] = SimpleQueue()
        waiting = 0
        remaining = iter(tasks)
        more = True
        while more or waiting:
            while more and waiting < 2 * self.jobs:
                try:
                    task = next(remaining)
                except StopIteration:
                    more = False
                else:
                    self._threads.submit(function, task).add_done_callback(done.put)
                    waiting += 1
            if waiting:
                # Rather than ``wait``, which sets up all that it waits for anew each time.
                yield done.get().result()
                waiting -= 1

    def _watching(self) -> None:
        while not self._over.wait(_WATCH_SECONDS):
            now = time.monotonic()
            for worker in list(self._workers):
                worker.check(now)
