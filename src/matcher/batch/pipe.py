"""What goes between a worker process and its parent: a line of JSON, and bytes after it."""

from __future__ import annotations

import json
from typing import IO, Any


def send(pipe: IO[bytes], header: dict[str, Any], body: bytes = b"") -> None:
    """Write a message."""
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
