"""The end of a command whose reading never comes back: a damaged file can keep a library busy below Python."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# The reader's own limit is half a minute a file; what is left of this is for the rest of the work.
SECONDS = 120.0


@contextmanager
def deadline(what: str, seconds: float = SECONDS) -> Iterator[None]:
    """End the process with one line where the work inside takes longer than ``seconds``.

    The libraries that read PDFs let other threads run, so a thread can end what an exception cannot reach.
    """

    def end() -> None:
        sys.stderr.write(f"{what}: took longer than {seconds:g} seconds; save the file anew, or leave it out\n")
        sys.stderr.flush()
        os._exit(2)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
