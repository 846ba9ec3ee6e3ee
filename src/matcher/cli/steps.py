"""A bar with the time left, for work that tells how far it has got."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from time import monotonic

from matcher.cli.waiting import PATIENCE
from matcher.progress import Told, silent

_EVERY = 0.1  # seconds between two looks of an eye


@contextmanager
def steps() -> Iterator[Told]:
    """Show each stage of the work with the time left, after a second, where a person is watching; leave no trace."""
    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    tasks: dict[str, TaskID] = {}
    last = 0.0

    def told(stage: str, done: int, total: int) -> None:
        nonlocal last
        now = monotonic()
        if done < total and stage in tasks and now - last < _EVERY:
            return
        last = now
        if stage not in tasks:
            tasks[stage] = bar.add_task(stage, total=total)
        bar.update(tasks[stage], completed=done, total=total)

    timer = Timer(PATIENCE, bar.start)
    timer.daemon = True
    timer.start()
    try:
        yield told
    finally:
        timer.cancel()
        timer.join()
        bar.stop()
