"""Reading in a process of its own that can be ended: one file never takes a batch down.

The child is a fresh interpreter that reads one file after another, see :mod:`matcher.reading.child`. It ends when its
parent closes the pipe or dies, it is killed when a file takes too long, and the next file gets a new one. Plain text is
read without it: there is no library below it that could hang or crash.
"""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import asdict
from types import TracebackType
from typing import IO, BinaryIO

from matcher import children
from matcher.errors import ReadingError
from matcher.model import Document, DocumentKind
from matcher.reading import problems, wire
from matcher.reading.limits import DEFAULT_LIMITS, Limits
from matcher.reading.reader import is_plain, load, load_stream, read_bytes

_START_SECONDS = 30.0
_GRACE_SECONDS = 2.0  # the child's own check between pages should speak first
_MAX_ANSWER = 1 << 30


class GuardedReader:
    """Reads files as :func:`matcher.reading.read` does, with the limits on time and memory enforced from outside.

    Use it as a context manager, or call :meth:`close`. It is not safe for threads; give each its own.

    Args:
        limits: what one file may cost.
    """

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self.limits = limits
        self._child: subprocess.Popen[bytes] | None = None
        self._ready = False
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> GuardedReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child, and remove what it may have left on the disk."""
        child, self._child = self._child, None
        folder, self._folder = self._folder, None
        if child is not None:
            children.end(child)
        if folder is not None:
            folder.cleanup()

    def expect(self, *paths: str | os.PathLike[str]) -> None:
        """Look at files that will be read, and start the child for them without waiting for it.

        Raises:
            ReadingError: a file is not there or cannot be opened.
        """
        for path in paths:
            source = os.fspath(path)
            if source != "-" and not is_plain(load(source, self.limits)) and self._child is None:
                self._start()

    def read(self, path: str | os.PathLike[str], kind: DocumentKind, *, stdin: BinaryIO | None = None) -> Document:
        """Read a file, or standard input for ``-``.

        Raises:
            ReadingError: the file cannot be read within the limits.
        """
        source = os.fspath(path)
        data = load_stream(stdin, self.limits) if source == "-" else load(source, self.limits)
        if is_plain(data):
            return read_bytes(data, kind, source=source, limits=self.limits)
        questions, answers = self._running()
        try:
            children.send(questions, {"source": source, "kind": kind}, data)
            answer = self._answer(answers, self.limits.max_seconds + _GRACE_SECONDS)
        except TimeoutError:
            self.close()
            raise problems.too_slow(source, self.limits.max_seconds) from None
        except (OSError, EOFError, ValueError):
            raise self._died(source) from None
        except BaseException:
            self.close()  # an interrupted exchange leaves the pipe in the middle of an answer
            raise
        if isinstance(answer, MemoryError):
            self.close()
            raise problems.out_of_memory(source, self.limits.max_memory_mib)
        if isinstance(answer, BaseException):
            raise answer
        assert isinstance(answer, Document)
        return answer

    def _died(self, source: str) -> ReadingError:
        """What to say of a file that ended the child."""
        child = self._child
        # pdfium aborts where it asks for memory and gets none.
        code: int | None = None
        if child is not None:
            with suppress(subprocess.TimeoutExpired):
                code = child.wait(_GRACE_SECONDS)
        self.close()
        return problems.crashed(source, self.limits.max_memory_mib if code == -signal.SIGABRT else None)

    def _start(self) -> subprocess.Popen[bytes]:
        """Start a child and tell it the limits; it answers when it is ready."""
        self.close()
        self._ready = False
        # What it leaves behind when it is ended (pictures on their way to text recognition) goes with this folder.
        with suppress(OSError):  # where nothing can be written, nothing is left behind
            self._folder = tempfile.TemporaryDirectory(prefix="matcher-", ignore_cleanup_errors=True)
        folder = self._folder.name if self._folder is not None else None
        environment = {"TMPDIR": folder} if folder is not None else {}
        self._child = child = children.start("from matcher.reading.child import serve; serve()", environment)
        assert child.stdin is not None
        with suppress(OSError):  # where it is gone already, its answer is missing
            children.send(child.stdin, {**asdict(self.limits), "folder": folder})
        return child

    def _running(self) -> tuple[IO[bytes], IO[bytes]]:
        """The pipes to a child that is ready."""
        child = self._child
        if child is None or child.poll() is not None:
            child = self._start()
        assert child.stdin is not None
        assert child.stdout is not None
        if not self._ready:
            try:
                self._answer(child.stdout, _START_SECONDS)
                self._ready = True
            except (OSError, EOFError, ValueError) as error:
                self.close()
                raise RuntimeError("the process that reads files does not start") from error
        return child.stdin, child.stdout

    @staticmethod
    def _answer(pipe: IO[bytes], seconds: float) -> Document | ReadingError | MemoryError | None:
        end = time.monotonic() + seconds
        data = bytearray()
        wanted = wire.LENGTH.size
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
                    length = int(wire.LENGTH.unpack(data)[0])
                    if length > _MAX_ANSWER:
                        raise EOFError
                    wanted, data = length, bytearray()
        return wire.load(data)
