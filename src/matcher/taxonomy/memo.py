"""Remembering what a function says of a word: most words of a document come again and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")

# What is longer (a line without spaces, data in letters) hardly comes again, and what is made of it takes its room.
_LONGEST = 64


class _Memo(dict[str, _T]):
    """A function's results by word. Once full it is emptied, so that it never outgrows a bound.

    ``functools.lru_cache`` keeps an order of use as well, which makes a look-up three times as slow.
    """

    def __init__(self, function: Callable[[str], _T], size: int, longest: int | None) -> None:
        super().__init__()
        self._function = function
        self._size = size
        self._longest = longest

    def __missing__(self, word: str) -> _T:
        value = self._function(word)
        if self._longest is not None and len(word) > self._longest:
            return value
        if len(self) >= self._size:
            self.clear()
        self[word] = value
        return value


def remembered(size: int, *, longest: int | None = _LONGEST) -> Callable[[Callable[[str], _T]], Callable[[str], _T]]:
    """Make a pure function of one word remember up to ``size`` results.

    Args:
        longest: no result is kept of a longer word; None where words are not those of documents.
    """

    def decorate(function: Callable[[str], _T]) -> Callable[[str], _T]:
        return _Memo(function, size, longest).__getitem__

    return decorate
