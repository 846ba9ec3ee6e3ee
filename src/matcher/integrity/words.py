"""The words of a text, and rows of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from matcher.model import Span

WORD = re.compile(r"[^\W_]+(?:[+#]+|(?:[.'’/-][^\W_]+)*)")

# Words that two texts must share in a row before one may be a copy of the other.
SHINGLE = 6


@lru_cache(maxsize=64)
def words_of(text: str) -> tuple[tuple[str, ...], tuple[Span, ...]]:
    """The words of a text in small letters, and where each stands."""
    found = [(match.group().lower(), Span(match.start(), match.end())) for match in WORD.finditer(text)]
    return tuple(word for word, _ in found), tuple(span for _, span in found)


@lru_cache(maxsize=64)
def shingles_of(text: str, length: int = SHINGLE) -> frozenset[tuple[str, ...]]:
    """All rows of ``length`` words of a text."""
    words, _ = words_of(text)
    return frozenset(words[index : index + length] for index in range(len(words) - length + 1))


@lru_cache(maxsize=64)
def spaced(text: str) -> str:
    """The words of a text with one space around each, so that a phrase can be looked for as it is."""
    return f" {' '.join(words_of(text)[0])} "


@lru_cache(maxsize=64)
def vocabulary(text: str) -> frozenset[str]:
    """The distinct words of a text in small letters."""
    return frozenset(words_of(text)[0])


def runs_of(marks: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """First and behind-the-last index of each stretch of marks that are set."""
    start: int | None = None
    for index, mark in enumerate([*marks, False]):
        if mark and start is None:
            start = index
        elif not mark and start is not None:
            yield start, index
            start = None
