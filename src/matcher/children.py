"""Child processes: fresh interpreters that answer their parent over pipes, and can be ended at any time."""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, BinaryIO

_MIB = 1024 * 1024


def start(code: str, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start an interpreter that runs ``code``, with pipes to its standard input and from its standard output.

    It has a session of its own: the terminal's Ctrl-C is for the parent, which then ends its children and all that
    these started.

    Args:
        code: what it runs; it finds the same modules as this process.
        environment: variables that it has besides those of this process.
    """
    return subprocess.Popen(  # noqa: S603  # the code is our own
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path), **environment},
    )


def end(child: subprocess.Popen[bytes]) -> None:
    """Kill a child, with what it started if it has a session of its own, and let go of its pipes."""
    if sys.platform != "win32":
        with suppress(OSError):
            if child.poll() is None and os.getpgid(child.pid) == child.pid:
                os.killpg(child.pid, signal.SIGKILL)
    child.kill()
    child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with suppress(OSError):  # it may have unsent bytes for a child that is gone
                pipe.close()


def answers() -> BinaryIO:
    """In a child: the pipe to its parent. What a library prints from now on does not get between the answers."""
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return pipe


def send(pipe: IO[bytes], header: dict[str, Any], body: bytes = b"") -> None:
    """Write a message to the other side: a line of JSON, and bytes after it."""
    pipe.write(json.dumps({**header, "body": len(body)}).encode() + b"\n" + body)
    pipe.flush()


def receive(pipe: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    """The next message.

    Raises:
        EOFError: the other side is gone.
    """
    line = pipe.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    header: dict[str, Any] = json.loads(line)
    length = header.pop("body")
    body = pipe.read(length)
    if len(body) < length:
        raise EOFError
    return header, body


def settle() -> None:
    """In a child that has loaded what it needs for good: spare the collections that would find nothing.

    Documents come as some ten thousand small values each, which go when the last reference goes: looking for circles
    among them every 700 values, as Python does by itself, takes a twentieth of the time and finds none.
    """
    gc.freeze()
    gc.set_threshold(20_000)


def bound_memory(mib: int, *, more: bool = False) -> None:
    """In a child: let it have no more than so much memory, or so much ``more`` than it has now.

    Nothing is bound where the system has no such limit, or does not tell what the child has now.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    wanted = mib * _MIB
    if more:
        try:
            wanted += int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        except (OSError, ValueError):
            return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
