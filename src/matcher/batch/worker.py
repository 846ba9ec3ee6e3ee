"""The parent's side of a worker process that reads and scores for a batch.

The child is a fresh interpreter that builds one :class:`Matcher` and then answers one task after another, see
:mod:`matcher.batch.desk`. It ends as soon as its parent closes the pipe or dies. A document that crashes or hangs takes
its child with it and nothing else: the parent learns of it and starts another one.
"""

from __future__ import annotations

import subprocess
import time
from typing import Any

from matcher import children
from matcher.batch.setup import Setup
from matcher.children import receive, send
from matcher.errors import MatcherError

_START_SECONDS = 120.0


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
            send(child.stdin, task, body)
            while True:
                answer, body = receive(child.stdout)
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
            children.end(child)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is None:
            return self._child
        self.close()
        # One process a core is the parallelism; threads of number libraries would only get in its way.
        environment = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        self._child = child = children.start("from matcher.batch.desk import serve; serve()", environment)
        assert child.stdin is not None
        assert child.stdout is not None
        self._overdue, self._deadline = False, time.monotonic() + _START_SECONDS
        try:
            send(child.stdin, self._setup.plain())
            answer, _ = receive(child.stdout)
        except (OSError, EOFError, ValueError):
            answer = {"error": "it ended at its start; check the memory and the installation"}
        finally:
            self._deadline = None
        if "error" in answer:
            self.close()
            raise MatcherError(f"a worker process cannot be used: {answer['error']}")
        return child
