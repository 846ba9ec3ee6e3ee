"""Reading in a process of its own that can be ended: one file never takes a batch down.

The child is a fresh interpreter that reads one file after another. It ends when its parent closes the pipe or dies,
it is killed when a file takes too long, and the next file gets a new one.
"""

from __future__ import annotations

import os
import pickle
import selectors
import struct
import subprocess
import sys
import time
from contextlib import suppress
from types import TracebackType
from typing import IO

from matcher.errors import ReadingError
from matcher.model import Document, DocumentKind
from matcher.reading import problems
from matcher.reading.limits import DEFAULT_LIMITS, Limits

_HEADER = struct.Struct("!Q")
_START_SECONDS = 30.0
_GRACE_SECONDS = 2.0  # the child's own check between pages should speak first
_MAX_ANSWER = 1 << 30


def end(child: subprocess.Popen[bytes]) -> None:
    """Kill a child and let go of its pipes."""
    child.kill()
    child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with suppress(OSError):  # it may have unsent bytes for a child that is gone
                pipe.close()


class GuardedReader:
    """Reads files as :func:`matcher.reading.read` does, with the limits on time and memory enforced from outside.

    Use it as a context manager, or call :meth:`close`. It is not safe for threads; give each its own.
    """

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self._limits = limits
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> GuardedReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        if child is not None:
            end(child)

    def read(self, path: str | os.PathLike[str], kind: DocumentKind) -> Document:
        """Read a file.

        Raises:
            ReadingError: the file cannot be read within the limits.
        """
        source = os.fspath(path)
        questions, answers = self._running()
        try:
            _send(questions, (source, kind))
            answer = self._answer(answers, self._limits.max_seconds + _GRACE_SECONDS)
        except TimeoutError:
            self.close()
            raise problems.too_slow(source, self._limits.max_seconds) from None
        except (OSError, EOFError, pickle.UnpicklingError):
            self.close()
            raise problems.crashed(source) from None
        except BaseException:
            self.close()  # an interrupted exchange leaves the pipe in the middle of an answer
            raise
        if isinstance(answer, MemoryError):
            self.close()
            raise problems.out_of_memory(source, self._limits.max_memory_mib)
        if isinstance(answer, BaseException):
            raise answer
        assert isinstance(answer, Document)
        return answer

    def _running(self) -> tuple[IO[bytes], IO[bytes]]:
        """The pipes to a child that is ready."""
        fresh = self._child is None or self._child.poll() is not None
        if fresh:
            self.close()
            self._child = subprocess.Popen(
                [sys.executable, "-c", "from matcher.reading.guard import serve; serve()"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            )
        child = self._child
        assert child is not None
        assert child.stdin is not None
        assert child.stdout is not None
        if fresh:
            try:
                _send(child.stdin, self._limits)
                self._answer(child.stdout, _START_SECONDS)
            except (OSError, EOFError) as error:
                self.close()
                raise RuntimeError("the process that reads files does not start") from error
        return child.stdin, child.stdout

    @staticmethod
    def _answer(pipe: IO[bytes], seconds: float) -> object:
        end = time.monotonic() + seconds
        data = bytearray()
        wanted = _HEADER.size
        length: int | None = None
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, selectors.EVENT_READ)
            while len(data) < wanted:
                if not selector.select(max(0.0, end - time.monotonic())):
                    raise TimeoutError
                piece = os.read(pipe.fileno(), min(1 << 20, wanted - len(data)))
                if not piece:
                    raise EOFError
                data += piece
                if length is None and len(data) == wanted:
                    length = int(_HEADER.unpack(data)[0])
                    if length > _MAX_ANSWER:
                        raise EOFError
                    wanted, data = length, bytearray()
        return pickle.loads(data)  # noqa: S301 - from the interpreter that this class started


def _send(pipe: IO[bytes], value: object) -> None:
    data = pickle.dumps(value)
    pipe.write(_HEADER.pack(len(data)) + data)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> object:
    header = pipe.read(_HEADER.size)
    if len(header) < _HEADER.size:
        raise EOFError
    return pickle.loads(pipe.read(_HEADER.unpack(header)[0]))  # noqa: S301 - from the parent


def serve() -> None:
    """The child: read what the parent asks for until it hangs up."""
    from matcher.reading.reader import read

    # What a library may print must not get between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    questions = sys.stdin.buffer
    limits = _receive(questions)
    assert isinstance(limits, Limits)
    _bound_memory(limits.max_memory_mib)
    _send(answers, None)
    while True:
        try:
            question = _receive(questions)
        except EOFError:
            return
        assert isinstance(question, tuple)
        answer: object
        try:
            answer = read(question[0], question[1], limits=limits)
        except ReadingError as error:
            answer = error
        except MemoryError:
            answer = MemoryError()
        except Exception:
            answer = problems.crashed(str(question[0]))
        _send(answers, answer)


def _bound_memory(mib: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = mib * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
