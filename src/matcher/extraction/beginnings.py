"""Where rows of words could begin, told by their first two words: next to no word of a document needs a closer look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress


class Beginnings:
    """The beginnings of rows of words.

    Args:
        rows: the words of each row, at least one.
        between: words that may stand between the first and the second word of a row.
    """

    def __init__(self, rows: Iterable[Sequence[str]], between: Iterable[str] = ()) -> None:
        # By first word the words one of which must follow; None where the first word is a row by itself.
        self._following: dict[str, set[str] | None] = {}
        for row in rows:
            if len(row) == 1:
                self._following[row[0]] = None
            elif (following := self._following.setdefault(row[0], {*between})) is not None:
                following.add(row[1])

    def places(self, words: Sequence[str]) -> list[int]:
        """The places in ``words`` where a row could begin, in order."""
        behind = (*words[1:], "")
        return [
            place
            for place in compress(range(len(words)), map(self._following.__contains__, words))
            if (following := self._following[words[place]]) is None or behind[place] in following
        ]
