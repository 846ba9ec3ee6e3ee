"""The Ray engine: resumes are read and scored by actors of a Ray cluster, and their rows come home.

The steps are those of the local engine, see :mod:`matcher.batch.tasks`; which actor does what, and what becomes of the
work of one that dies, is Ray Data's business. An actor sends home the rows that can be wanted, so that what crosses the
network does not grow with the resumes where ``top`` is given.
"""

from __future__ import annotations

import json
import logging
import os
import re
import socket
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from hashlib import sha256
from typing import Any

from matcher.batch.actor import ASKED, Reader, table
from matcher.batch.inputs import Found, shown
from matcher.batch.job import Batch, Progress, available_cores
from matcher.batch.journal import Item
from matcher.batch.reading import reused, tasks, unread
from matcher.batch.remote import is_shared
from matcher.batch.scoring import keep_scored
from matcher.batch.session import Session, Source
from matcher.batch.tasks import Task, fetched
from matcher.batch.writing import least_points
from matcher.errors import MatcherError, MissingExtraError, SettingsError
from matcher.model import DocumentKind, Failure
from matcher.reading.reader import load

# Documents an actor gets at once: a second or so of work, so that little is lost with it.
_BATCH = 32
# Documents that the driver has in mind at once, and the bytes of those it has to send along.
_WAVE = 50_000
_WAVE_BYTES = 256 * 1024**2
_REACH_SECONDS = 10.0


def require() -> None:
    """Make sure that Ray can be used.

    Raises:
        MissingExtraError: it is not installed.
    """
    # What a machine does is nobody's business; Ray looks at this when it is imported.
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    try:
        import fsspec  # noqa: F401
        import pyarrow  # noqa: F401
        import ray.data  # noqa: F401
    except ImportError:
        raise MissingExtraError("ray", "running on Ray") from None


@contextmanager
def _connected(batch: Batch) -> Iterator[int]:
    """A Ray to work on, and how many actors fit; one that the caller started stays as it is.

    Raises:
        SettingsError: there is no cluster at the address.
    """
    require()
    import ray
    import ray.data

    ours = not ray.is_initialized()
    try:
        _reach(batch.address)
        if ours:
            _start(batch)
    except (OSError, ValueError, RuntimeError) as error:
        where = f"at {batch.address}" if batch.address else "on this machine"
        raise SettingsError(
            f"there is no Ray to work with {where} ({type(error).__name__}); check the address, that the cluster runs,"
            f" and that its Ray is version {ray.__version__} as the one here"
        ) from error
    try:
        with _quiet(batch):
            yield batch.jobs or max(1, int(ray.cluster_resources().get("CPU", 1)))
    finally:
        if ours:
            ray.shutdown()


def _start(batch: Batch) -> None:
    import ray

    level = logging.INFO if batch.verbose else logging.CRITICAL
    here = {} if batch.address else {"num_cpus": batch.jobs or available_cores(), "include_dashboard": False}
    if not batch.verbose:
        # What Ray's own processes say of themselves.
        os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    with nullcontext() if batch.verbose else _silenced():
        ray.init(batch.address or "local", log_to_driver=batch.verbose, logging_level=level, **here)


def _reach(address: str | None) -> None:
    """Try the door of a cluster: Ray would knock for minutes.

    Raises:
        OSError: nobody opens.
    """
    named = re.fullmatch(r"(?:ray://)?(?P<host>[^/]+):(?P<port>\d+)", address or "")
    if named is not None:
        with socket.create_connection((named["host"].strip("[]"), int(named["port"])), timeout=_REACH_SECONDS):
            pass


@contextmanager
def _silenced() -> Iterator[None]:
    """Standard error without what does not go through Python: at its start, Ray's library says that it is quiet."""
    sys.stderr.flush()
    kept = os.dup(2)
    try:
        with open(os.devnull, "wb") as nothing:  # noqa: PTH123  # a device
            os.dup2(nothing.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


@contextmanager
def _quiet(batch: Batch) -> Iterator[None]:
    """Ray Data without its progress and its talk, unless they are asked for."""
    from ray.data import DataContext

    context, logger = DataContext.get_current(), logging.getLogger("ray.data")
    before = (context.enable_progress_bars, context.print_on_execution_start, logger.level)
    if not batch.verbose:
        context.enable_progress_bars = context.print_on_execution_start = False
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        context.enable_progress_bars, context.print_on_execution_start = before[:2]
        logger.setLevel(before[2])


def read_and_score(session: Session, found: Mapping[DocumentKind, Found], postings: Sequence[Source]) -> None:
    """Read all resumes and score them against all postings; items and rows are in the journal.

    Raises:
        MatcherError: the cluster gives up, or a worker cannot be used.
    """
    session.journal.against(sha256("".join(f"{item.sha256} {item.entry}\n" for item in postings).encode()).hexdigest())
    inputs = found["resume"].inputs
    waiting = list(unread(session, "resume", inputs, lambda _: True))
    total, done = len(inputs), len(inputs) - len(waiting)
    session.reused += reused(session, "resume", inputs, waiting)
    session.progress(Progress("reading and scoring", done, total))
    if not waiting:
        return
    with _connected(session.batch) as actors:
        arguments = _arguments(session, found["posting"], postings)
        for wave in _waves(session, waiting):
            for answer in _answers(wave, actors, arguments):
                done += _keep(session, answer)
                session.progress(Progress("reading and scoring", done, total))
    session.commit(now=True)


def _arguments(session: Session, found: Found, postings: Sequence[Source]) -> tuple[Any, ...]:
    """What each actor is made with, see :class:`matcher.batch.actor.Reader`."""
    inputs = {item.name: item for item in found.inputs}
    profiles, known, contents = [], [], []
    for posting in postings:
        item = inputs[posting.name]
        profile, features = session.store.get(posting.entry), session.store.features(posting.entry)
        assert profile is not None  # it was put there a moment ago, in a store of this run's own
        assert features is not None
        profiles.append((posting.entry, profile.decode()))
        known.append((posting.entry, item.member or item.path, posting.sha256, features["trace"]))
        content = fetched(item, session.batch.limits)
        if isinstance(content, Failure):
            raise MatcherError(f"{item.name}: {content.message}")
        contents.append(load(item.path, session.batch.limits) if content is None else content)
    setup = replace(session.setup, store="", postings=tuple(profiles))
    return json.dumps(setup.plain()), json.dumps(known), contents, session.batch.top, least_points(session)


def _waves(session: Session, waiting: Iterable[tuple[Any, str]]) -> Iterator[list[Task]]:
    """The tasks in groups that fit into memory; what failed already is kept at once."""
    limits = session.batch.limits
    wave: list[Task] = []
    size = 0
    for task in tasks("resume", list(waiting), limits.max_bytes):
        if task.content is None and task.input.remote and not is_shared(task.input.path):
            task = replace(task, content=fetched(task.input, limits))
        if isinstance(task.content, Failure):
            _put(session, task.input.name, task.state, None, task.content)
            continue
        wave.append(task)
        size += len(task.content or b"")
        if len(wave) >= _WAVE or size >= _WAVE_BYTES:
            yield wave
            wave, size = [], 0
    if wave:
        yield wave


def _answers(wave: Sequence[Task], actors: int, arguments: tuple[Any, ...]) -> Iterator[list[dict[str, Any]]]:
    """What became of the documents of a wave, as their batches are done."""
    import ray.data
    from ray.data import ActorPoolStrategy
    from ray.exceptions import RayError

    step = max(1, min(_BATCH, len(wave) // (2 * actors)))
    blocks = [table(ASKED, map(_asked, wave[at : at + step])) for at in range(0, len(wave), step)]
    data = ray.data.from_arrow(blocks).map_batches(
        Reader,
        fn_constructor_args=arguments,
        batch_size=None,
        batch_format="pyarrow",
        compute=ActorPoolStrategy(size=min(actors, len(blocks))),
        num_cpus=1,
        # Ray Data's own rule holds: an actor that dies is started again, and its work is done once more.
    )
    try:
        for batch in data.iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=1):
            yield batch.to_pylist()
    except RayError as error:
        raise MatcherError(
            f"the Ray cluster gave up ({type(error).__name__}); what is finished is kept, look at the cluster and go on"
            " with --resume"
        ) from error


def _asked(task: Task) -> dict[str, Any]:
    item = task.input
    # Actors have a working folder of their own.
    path = item.path if item.remote else os.path.abspath(item.path)  # noqa: PTH100  # it may be any bytes
    return {
        "name": item.name,
        "path": os.fsencode(path),
        "member": None if item.member is None else shown(item.member),
        "stamp": item.stamp,
        "state": task.state,
        "content": task.content,
    }


def _keep(session: Session, answers: Sequence[dict[str, Any]]) -> int:
    """Put what became of some documents into the journal; returns how many they are."""
    for answer in answers:
        if answer["error"] is not None:
            raise MatcherError(answer["error"])
        failure = Failure(**json.loads(answer["failure"])) if answer["failure"] else None
        number = _put(session, answer["name"], answer["state"], answer["sha256"], failure)
        keep_scored(session, ((number, *row) for row in json.loads(answer["rows"])))
    session.commit()
    return len(answers)


def _put(session: Session, name: str, state: str, content: str | None, failure: Failure | None) -> int | None:
    session.begin()
    number = None if content is None else session.journal.number(content)
    session.journal.put(Item("resume", name, state, content, number, failure))
    return number
