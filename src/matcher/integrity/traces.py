"""What is kept of two texts to tell later whether one may have been copied into the other: hashes, and no words.

A store of profiles holds only the quoted lines of a text, too little to tell a copy by. Its traces tell which few pairs
are worth reading again; what was copied is then decided on the documents themselves, by
:func:`matcher.integrity.borrowed`. A trace may see a copy where there is none, and not the other way
round, but for one: a posting copied with a word changed here and there may leave no trace.

Of a resume every third row of six words is kept. Rows that shared five words with the next one could be guessed word by
word from the first; these share three, and whoever guesses has to find three words at once, for which a hash of 32 bits
fits some ten thousand wrong answers for each right one.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from matcher.integrity.copies import MIN_COPIED, MIN_RUN
from matcher.integrity.lists import MAX_ITEM_WORDS, is_echo, listed
from matcher.integrity.words import SHINGLE, words_of
from matcher.model import Document

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# The shortest run of copied words has this many rows of six, so one of them is among those kept.
_STRIDE = MIN_RUN - SHINGLE + 1
# One kept row stands for at most so many copied words: a run with two kept rows has at least one word more.
_WORDS_A_ROW = 2 * _STRIDE + SHINGLE - 2
_FEWEST_ROWS = -(-MIN_COPIED // _WORDS_A_ROW)

# Plain values that JSON can hold.
Trace = Mapping[str, Any]


def resume_trace(document: Document) -> Trace:
    """The trace of a resume: some of its rows of words, and the entries of its lists that nothing else bears out."""
    said, _ = words_of(document.text)
    last = len(said) - SHINGLE + 1
    return {
        "rows": [_hash(said[index : index + SHINGLE]) for index in range(0, last, _STRIDE)],
        "lists": [
            [[_hash(item.split()), bare] for item, bare in entries]
            for entries in listed(document)
            if is_echo(len(entries), len(entries), sum(bare for _, bare in entries))
        ],
    }


def posting_trace(text: str) -> Trace:
    """The trace of a posting: all of its rows of words, and all phrases as long as the entries of lists are."""
    said, _ = words_of(text)
    lengths = range(1, MAX_ITEM_WORDS + 1)
    return {
        "rows": _hashes(said, [SHINGLE]),
        "phrases": _hashes(said, lengths),
    }


def _hashes(said: Sequence[str], lengths: Iterable[int]) -> list[int]:
    found = {said[start : start + length] for length in lengths for start in range(len(said) - length + 1)}
    return sorted({_hash(row) for row in found})


def _hash(row: Sequence[str]) -> int:
    return int.from_bytes(hashlib.blake2b(" ".join(row).encode(), digest_size=4).digest(), "big")


class Postings:
    """Traces of postings, to be asked which of them a resume may copy from.

    Args:
        traces: the traces, in the order of the answers' numbers.
    """

    def __init__(self, traces: Sequence[Trace]) -> None:
        self._rows = _Table([trace["rows"] for trace in traces])
        self._phrases = _Table([trace["phrases"] for trace in traces])

    def copied_by(self, resume: Trace) -> list[int]:
        """The numbers of the postings, from 0, that a resume may copy from."""
        rows = Counter(chain.from_iterable(self._rows.owners(resume["rows"]).values()))
        found = {posting for posting, shared in rows.items() if shared >= _FEWEST_ROWS}
        for entries in resume["lists"]:
            owners = self._phrases.owners([item for item, _ in entries])
            echoed = Counter(chain.from_iterable(owners.values()))
            bare = Counter(chain.from_iterable(having for place, having in owners.items() if entries[place][1]))
            found.update(posting for posting, count in echoed.items() if is_echo(len(entries), count, bare[posting]))
        return sorted(found)


class _Table:
    """Hashes in order, each with the posting that has it."""

    def __init__(self, hashes: Sequence[Sequence[int]]) -> None:
        # NumPy takes a moment to import; telling a copy in a document does not need it.
        import numpy as np

        owners = np.repeat(np.arange(len(hashes)), [len(item) for item in hashes])
        values = np.fromiter((value for item in hashes for value in item), np.uint32, len(owners))
        order = np.argsort(values, kind="stable")
        self._values: NDArray[np.uint32] = values[order]
        self._owners: NDArray[np.intp] = owners[order]

    def owners(self, hashes: Sequence[int]) -> dict[int, list[int]]:
        """The postings that have one of some hashes, by the place of the hash among these."""
        import numpy as np

        if not len(self._values):
            return {}
        asked = np.array(hashes, np.uint32)
        first = self._values.searchsorted(asked)
        held = np.flatnonzero(self._values.take(first, mode="clip") == asked)  # next to none
        if not len(held):
            return {}
        last = self._values.searchsorted(asked[held], "right")
        return {
            int(place): self._owners[low:high].tolist()
            for place, low, high in zip(held, first[held], last, strict=True)
        }
