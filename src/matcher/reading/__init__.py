"""The reading room: files to ``Document`` values, in the order a person would read them."""

from __future__ import annotations

from matcher.reading.guard import GuardedReader
from matcher.reading.limits import Limits
from matcher.reading.reader import read, read_bytes, read_text

__all__ = ["GuardedReader", "Limits", "read", "read_bytes", "read_text"]
