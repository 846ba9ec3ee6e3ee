"""Where rows of words could begin, told by their first two words: next to no word of a document needs a closer look."""

from __future__ import annotations

from collections.abc import Iterable, KeysView, Sequence


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

    @property
    def first_words(self) -> KeysView[str]:
        """The words that rows begin with."""
        return self._following.keys()

    def places(self, words: Sequence[str], openings: Iterable[int]) -> list[int]:
        """The places in ``words`` where a row could begin, of those ``openings`` at which a first word could stand."""
        following_of, last = self._following.get, len(words) - 1
        return [
            place
            for place in openings
            if (following := following_of(words[place], ())) is None or (place < last and words[place + 1] in following)
        ]
