"""The child's side of reading in a process of its own: reads what the parent asks for until the parent hangs up."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
from queue import SimpleQueue
from typing import IO

from matcher import children
from matcher.errors import ReadingError
from matcher.model import DocumentKind
from matcher.reading import problems, wire
from matcher.reading.limits import Limits
from matcher.reading.reader import read_bytes

# A file's name, what it is read as, and its content.
_Question = tuple[str, DocumentKind, bytes]


def serve() -> None:
    """Read what the parent asks for until it hangs up."""
    answers = children.answers()
    pipe = sys.stdin.buffer
    setup, _ = children.receive(pipe)
    folder = setup.pop("folder")
    limits = Limits(**setup)
    questions: SimpleQueue[_Question] = SimpleQueue()
    threading.Thread(target=_listen, args=(pipe, questions, folder), daemon=True).start()
    children.settle()
    children.bound_memory(limits.max_memory_mib)
    wire.answer(answers, None)
    while True:
        source, kind, data = questions.get()
        try:
            wire.answer(answers, read_bytes(data, kind, source=source, limits=limits))
        except ReadingError as error:
            wire.answer(answers, error)
        except MemoryError:
            wire.answer(answers, MemoryError())
        except Exception:
            wire.answer(answers, problems.crashed(source))


def _listen(pipe: IO[bytes], questions: SimpleQueue[_Question], folder: str | None) -> None:
    # In a thread of its own, so that a child whose parent is gone ends even in the middle of a file, with all that it
    # started and wrote.
    while True:
        try:
            header, data = children.receive(pipe)
            questions.put((header["source"], header["kind"], data))
        except BaseException:
            if folder is not None:
                shutil.rmtree(folder, ignore_errors=True)
            if sys.platform != "win32" and os.getpgid(0) == os.getpid():
                os.killpg(0, signal.SIGKILL)
            os._exit(0)
