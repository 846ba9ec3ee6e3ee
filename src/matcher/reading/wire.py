"""What the reading child answers its parent, as JSON: nothing that comes from the child is ever run."""

from __future__ import annotations

import json
from dataclasses import asdict
from struct import Struct
from typing import IO, Any

from matcher.errors import ReadingError
from matcher.model import Document, Line, Link, Notice, Span

LENGTH = Struct("!Q")  # stands before every answer: its reader waits for so many bytes, and no longer than it may


def answer(pipe: IO[bytes], value: Document | ReadingError | MemoryError | None) -> None:
    """Send an answer behind its length."""
    data = dump(value)
    pipe.write(LENGTH.pack(len(data)) + data)
    pipe.flush()


def dump(value: Document | ReadingError | MemoryError | None) -> bytes:
    """An answer of the child as bytes of JSON; ``None`` says that it is ready."""
    if isinstance(value, Document):
        said: dict[str, Any] = {"document": asdict(value)}
    elif isinstance(value, ReadingError):
        said = {"error": {"source": value.source, "cause": value.cause, "remedy": value.remedy, "code": value.code}}
    else:
        said = {"memory": value is not None}
    return json.dumps(said).encode("ascii")


def load(data: bytes | bytearray) -> Document | ReadingError | MemoryError | None:
    """The answer that :func:`dump` wrote.

    Raises:
        ValueError: the bytes are none.
    """
    try:
        said = json.loads(bytes(data))
        if "document" in said:
            return _document(said["document"])
        if "error" in said:
            return ReadingError(**said["error"])
        return MemoryError() if said["memory"] else None
    except (KeyError, TypeError) as error:
        raise ValueError("not an answer of the reading child") from error


def _document(said: dict[str, Any]) -> Document:
    return Document(
        **{
            **said,
            "lines": tuple(
                Line(Span(*span), page, tuple(bbox) if bbox else None, *rest)
                for span, page, bbox, *rest in said["lines"]
            ),
            "notices": tuple(Notice(**notice) for notice in said["notices"]),
            "links": tuple(Link(Span(*link["span"]), link["target"]) for link in said["links"]),
        }
    )
