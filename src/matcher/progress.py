"""How far long work has got: told by whoever does it, shown by whoever asked for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

_T = TypeVar("_T")

# Called with the name of a stage, how much of it is done, and how much there is.
Told = Callable[[str, int, int], None]


def silent(stage: str, done: int, total: int) -> None:
    """Tell nobody."""


def counted(items: Sequence[_T], stage: str, told: Told) -> Iterator[_T]:
    """The items one by one, each told of when the next one is asked for."""
    total = len(items)
    told(stage, 0, total)
    for done, item in enumerate(items, start=1):
        yield item
        told(stage, done, total)
