"""What is found in a text that is there for a machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from matcher.model import Span

Code = Literal["keyword-stuffing", "pasted-posting", "repeated-text", "machine-instruction", "same-text"]

_QUOTE = 80


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is there for a machine.

    Attributes:
        spans: where it stands; lines and lists are taken as wholes.
        message: what it is, for people, with the beginning of its words.
    """

    code: Code
    message: str
    spans: tuple[Span, ...]


def quote(text: str) -> str:
    """The beginning of ``text`` in quotation marks, on one line."""
    words = " ".join(text.split())
    return f"“{words}”" if len(words) <= _QUOTE else f"“{words[:_QUOTE].rstrip()} …”"
