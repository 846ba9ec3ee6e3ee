"""A process that reads and scores for a batch: the child's side and the parent's.

The child is a fresh interpreter that builds one :class:`Matcher` and then answers one task after another, so a task
carries a path or a few numbers and nothing big. It ends as soon as its parent closes the pipe or dies. A document that
crashes or hangs takes its child with it and nothing else: the parent learns of it and starts another one.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from queue import SimpleQueue
from typing import IO, TYPE_CHECKING, Any

from matcher.batch.rows import row
from matcher.errors import MatcherError, ReadingError
from matcher.model import DocumentKind, MatchResult, Profile
from matcher.reading.guard import end

if TYPE_CHECKING:
    from matcher.api import Matcher
    from matcher.store import ProfileStore

_START_SECONDS = 120.0
_POSTINGS_KEPT = 1_000


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker needs to know once.

    Attributes:
        taxonomy: overlays, as for :class:`Matcher`.
        settings: weights that differ, as for :class:`Matcher`.
        as_of: the day, ``YYYY-MM-DD``.
        digest: of the taxonomy that the parent uses; a worker that finds another one refuses to work.
        store: the profile store's file.
        limits: what one document may cost, the fields of :class:`matcher.reading.Limits`; its memory is what a worker
            may use on top of what it needs to start.
    """

    taxonomy: tuple[str, ...]
    settings: dict[str, Any]
    as_of: str
    digest: str
    store: str
    limits: dict[str, Any]

    def matcher(self) -> Matcher:
        """The matcher of this setup."""
        from matcher.api import Matcher

        return Matcher(self.taxonomy, self.settings, date.fromisoformat(self.as_of))


class WorkerLostError(Exception):
    """A worker ended in the middle of a task.

    Attributes:
        stage: what it was doing.
        too_slow: whether it was ended because it took too long.
    """

    def __init__(self, stage: str, too_slow: bool) -> None:
        self.stage = stage
        self.too_slow = too_slow
        super().__init__(stage)


class Worker:
    """The parent's side of one child process, started when it is first asked; one thread may use it at a time."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._child: subprocess.Popen[bytes] | None = None
        self._deadline: float | None = None
        self._overdue = False
        self._ended = False

    def ask(self, task: dict[str, Any], body: bytes = b"", *, seconds: float) -> tuple[dict[str, Any], bytes]:
        """The child's answer to a task.

        Raises:
            WorkerLostError: the child crashed or took longer than ``seconds``; the next task gets a new one.
            MatcherError: no child can be started.
        """
        if self._ended:
            raise WorkerLostError("reading", too_slow=False)
        child = self._started()
        assert child.stdin is not None
        assert child.stdout is not None
        stage = str(task["op"])
        self._overdue, self._deadline = False, time.monotonic() + seconds
        try:
            _send(child.stdin, task, body)
            while True:
                answer, body = _receive(child.stdout)
                if "stage" not in answer:
                    return answer, body
                stage = answer["stage"]
        except (OSError, EOFError, ValueError):
            overdue = self._overdue
            self.close()
            raise WorkerLostError(stage, overdue) from None
        finally:
            self._deadline = None

    def check(self, now: float) -> None:
        """End the child where its time is over; for the thread that watches the clock."""
        deadline, child = self._deadline, self._child
        if deadline is not None and now > deadline and child is not None:
            self._overdue = True
            child.kill()

    def kill(self) -> None:
        """End the child from another thread; the one that waits for it learns of it."""
        self._ended = True
        child = self._child
        if child is not None:
            child.kill()

    def close(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        if child is not None:
            end(child)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is None:
            return self._child
        self.close()
        paths = [path for path in sys.path if path]
        # A session of its own: the terminal's Ctrl-C is for the parent, which then ends its children itself.
        self._child = child = subprocess.Popen(
            [sys.executable, "-c", "from matcher.batch.worker import serve; serve()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(paths),
                # One process a core is the parallelism; threads of number libraries would only get in its way.
                "OMP_NUM_THREADS": "1",
                "OPENBLAS_NUM_THREADS": "1",
            },
        )
        assert child.stdin is not None
        assert child.stdout is not None
        self._overdue, self._deadline = False, time.monotonic() + _START_SECONDS
        try:
            setup = self._setup
            _send(child.stdin, {name: getattr(setup, name) for name in Setup.__slots__})
            answer, _ = _receive(child.stdout)
        except (OSError, EOFError, ValueError):
            answer = {"error": "it ended at its start; check the memory and the installation"}
        finally:
            self._deadline = None
        if "error" in answer:
            self.close()
            raise MatcherError(f"a worker process cannot be used: {answer['error']}")
        return child


def _send(pipe: IO[bytes], header: dict[str, Any], body: bytes = b"") -> None:
    pipe.write(json.dumps({**header, "body": len(body)}).encode() + b"\n" + body)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    line = pipe.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    header: dict[str, Any] = json.loads(line)
    length = header.pop("body")
    body = pipe.read(length)
    if len(body) < length:
        raise EOFError
    return header, body


def serve() -> None:
    """The child: answer what the parent asks until it hangs up."""
    # What a library may print must not get between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    questions = sys.stdin.buffer
    header, _ = _receive(questions)
    setup = Setup(**{**header, "taxonomy": tuple(header["taxonomy"])})
    tasks: SimpleQueue[tuple[dict[str, Any], bytes]] = SimpleQueue()
    try:
        desk = _Desk(setup, answers)
    except MatcherError as error:
        _send(answers, {"error": str(error)})
        return
    threading.Thread(target=_listen, args=(questions, tasks), daemon=True).start()
    _bound_memory(setup.limits["max_memory_mib"])
    _send(answers, {})
    while True:
        task, body = tasks.get()
        if task["op"] == "profile":
            desk.profile(task["kind"], task["path"], task["member"], body)
        else:
            desk.score(task["pairs"])


def _listen(questions: IO[bytes], tasks: SimpleQueue[tuple[dict[str, Any], bytes]]) -> None:
    # In a thread of its own, so that a child whose parent is gone ends even in the middle of a document.
    while True:
        try:
            tasks.put(_receive(questions))
        except (OSError, EOFError, ValueError):
            os._exit(0)


class _Desk:
    """The child's work."""

    def __init__(self, setup: Setup, answers: IO[bytes]) -> None:
        self._setup = setup
        self._answers = answers
        self._matcher = setup.matcher()
        if self._matcher.taxonomy.data.digest != setup.digest:
            raise MatcherError("the taxonomy was changed during the run; run again with --resume")
        self._store: ProfileStore | None = None
        self._postings: dict[int, Profile] = {}

    def profile(self, kind: DocumentKind, path: str, member: str | None, content: bytes) -> None:
        """Read one document, given by its path or, with ``member``, by its content; answer with its profile."""
        from matcher.profileform import dump
        from matcher.ranking import features
        from matcher.reading import Limits, read, read_bytes

        stage = "reading"
        limits = Limits(**self._setup.limits)
        try:
            if member is not None:
                document = read_bytes(content, kind, source=member, limits=limits)
            else:
                # A file may be called "-", which stands for standard input where a person writes it.
                document = read("./-" if path == "-" else path, kind, limits=limits)
            stage = "extraction"
            _send(self._answers, {"stage": stage})
            profile = self._matcher.profile_document(document)
            answer = {"sha256": document.sha256, "features": features(profile) if kind == "resume" else {}}
            body = dump(profile)
        except ReadingError as error:
            _send(self._answers, {"failed": [stage, error.code, f"{error.cause}; {error.remedy}"]})
        except MemoryError:
            message = f"needs more than {limits.max_memory_mib} MiB of memory; use a smaller file"
            _send(self._answers, {"failed": [stage, "out-of-memory", message]})
        except Exception as error:
            _send(self._answers, {"failed": [stage, *described(error)]})
        else:
            _send(self._answers, answer, body)

    def score(self, pairs: Sequence[tuple[int, Sequence[int]]]) -> None:
        """Score resumes against postings, all given by their numbers in the store; answer with rows."""
        from matcher.store import ProfileStore

        if self._store is None:
            self._store = ProfileStore(self._setup.store, create=False)
        try:
            rows = list(scored(self._matcher, self._store, self._postings, pairs))
        except MatcherError as error:
            _send(self._answers, {"error": str(error)})
        else:
            _send(self._answers, {}, json.dumps(rows, ensure_ascii=False).encode())


# The numbers of a resume and a posting in the store, the hundredths of a point, the row, what went wrong instead.
Scored = tuple[int, int, int | None, str | None, tuple[str, str] | None]


def scored(
    matcher: Matcher, store: ProfileStore, postings: dict[int, Profile], pairs: Sequence[tuple[int, Sequence[int]]]
) -> Iterator[Scored]:
    """Score pairs of stored profiles exactly.

    Args:
        postings: profiles of postings that were loaded before; it is added to.
        pairs: the numbers of resumes, each with those of the postings it is scored against.

    Raises:
        MatcherError: a profile is no longer in the store.
    """
    for resume, asked in pairs:
        profile = stored(store, resume)
        for posting in asked:
            if posting not in postings:
                if len(postings) >= _POSTINGS_KEPT:
                    postings.clear()
                postings[posting] = stored(store, posting)
            try:
                result = matcher.score(profile, postings[posting])
                yield resume, posting, _points(result), row(result), None
            except Exception as error:
                yield resume, posting, None, None, described(error)


def stored(store: ProfileStore, number: int, name: str = "") -> Profile:
    """A profile out of the store, under a name.

    Raises:
        MatcherError: it is no longer there.
    """
    from matcher.profileform import load

    data = store.get(number)
    if data is None:
        raise gone(store)
    return load(data, name)


def gone(store: ProfileStore) -> MatcherError:
    """The error for a profile that somebody deleted in the middle of a run."""
    return MatcherError(f"{store.path}: profiles were deleted during the run; run again with --resume")


def described(error: Exception) -> tuple[str, str]:
    """An unexpected error as identifier and message: its kind and place, as its own text may quote the document."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "an unknown place"
    kind = type(error).__name__
    return kind, f"stopped with {kind} at {place}; please report it, with the file if you may share it"


def _points(result: MatchResult) -> int | None:
    return None if result.abstained is not None else sum(item.points for item in result.contributions)


def _bound_memory(mib: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError):
        return  # without knowing what the start took, a limit could be below it
    wanted = pages * resource.getpagesize() + mib * 1024 * 1024
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
