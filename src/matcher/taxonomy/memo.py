"""Remembering what a function says of a word: most words of a document come again and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")


class _Memo(dict[str, _T]):
    """A function's results by word. Once full it is emptied, so that it never outgrows a bound.

    ``functools.lru_cache`` keeps an order of use as well, which makes a look-up three times as slow.
    """

    def __init__(self, function: Callable[[str], _T], size: int) -> None:
        super().__init__()
        self._function = function
        self._size = size

    def __missing__(self, word: str) -> _T:
        value = self._function(word)
        if len(self) >= self._size:
            self.clear()
        self[word] = value
        return value


def remembered(size: int) -> Callable[[Callable[[str], _T]], Callable[[str], _T]]:
    """Make a pure function of one word remember up to ``size`` results."""

    def decorate(function: Callable[[str], _T]) -> Callable[[str], _T]:
        return _Memo(function, size).__getitem__

    return decorate
