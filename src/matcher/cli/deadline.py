"""The end of a command whose work never comes back: a file has its limits for reading, and this is for the rest."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# For the work on what was read; the time that reading may take comes on top of it.
SECONDS = 60.0


@contextmanager
def deadline(what: str, seconds: float = SECONDS) -> Iterator[None]:
    """End the process with one line where the work inside takes longer than ``seconds``.

    What a command may take grows with the setting ``max_seconds``, which is what the line names.

    Libraries below Python let other threads run, so a thread can end what an exception cannot reach.
    """

    def end() -> None:
        sys.stderr.write(
            f"{what}: took longer than the command's limit of {seconds:g} seconds;"
            " save the file anew in a simpler form, or raise max_seconds\n"
        )
        sys.stderr.flush()
        os._exit(2)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
