"""Which resumes must be scored to know the best of a posting."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from matcher.model import TOTAL_POINTS, Profile
from matcher.ranking.bounds import NO_SCORE, Bounds
from matcher.ranking.rows import Rows
from matcher.scoring import Scorer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Indices = NDArray[np.intp]

# More than any score: a pair with this bound is scored before all others.
_ABOVE_ALL = TOTAL_POINTS + 1
# Pairs whose bounds are in memory at once, at two bytes each.
_PAIRS_AT_ONCE = 8_000_000
# However few the resumes are: each posting takes memory as well.
_POSTINGS_AT_ONCE = 256


class Cut:
    """Which resumes must be scored to know the best of one posting.

    Args:
        bounds: the posting's bound for each row.
        top: how many are wanted; None for all.
        least: the lowest score wanted, in hundredths of a point; minus infinity for any, or none.
    """

    def __init__(self, bounds: NDArray[np.int16], top: int | None, least: float) -> None:
        self._bounds = bounds
        self._least = least
        self._top = None if top is None or np.count_nonzero(bounds >= least) <= top else top

    def next(self, exact: Mapping[int, int | None]) -> Indices:
        """The rows to score next; none when the best are known.

        Args:
            exact: the exact scores so far by row, in hundredths of a point; None where a pair has no score.
        """
        done = np.fromiter(exact, np.intp, len(exact))
        able = self._bounds >= self._least
        able[done] = False
        remaining = np.flatnonzero(able)
        if self._top is None:
            return remaining
        bounds = self._bounds[remaining]
        scores = sorted((score for score in exact.values() if score is not None), reverse=True)
        if len(scores) >= self._top:
            # Rows whose bound is equal may be equal, and then the name decides.
            return remaining[bounds >= scores[self._top - 1]]
        promising = bounds != NO_SCORE
        if promising.any():
            remaining, bounds = remaining[promising], bounds[promising]
            return np.sort(remaining[np.argsort(-bounds, kind="stable")[: self._top]])
        # Nothing more gets a score; of what has none the first rows are the best.
        blank = np.count_nonzero(self._bounds[done] == NO_SCORE)
        return remaining[: max(0, self._top - blank)]


def cuts(
    scorer: Scorer,
    rows: Rows,
    postings: Iterable[Profile],
    top: int | None,
    least: float,
    unbounded: Callable[[Sequence[Profile]], Iterable[tuple[int, int]]] = lambda _: (),
) -> Iterator[list[tuple[Profile, Cut]]]:
    """The cut of each posting, in order, some at a time; memory stays bounded however many there are.

    Args:
        scorer, rows, postings: as for :class:`matcher.ranking.bounds.Bounds`.
        top, least: as for :class:`Cut`.
        unbounded: the pairs whose score the rows say nothing about, as the places of posting and resume, for some
            postings: where a resume copies from a posting, what is scored is the resume without the copy.
    """
    group = max(1, min(_POSTINGS_AT_ONCE, _PAIRS_AT_ONCE // max(1, len(rows))))
    remaining = iter(postings)
    while asked := list(islice(remaining, group)):
        whole = Bounds(scorer, asked, rows).whole()
        for place, row in unbounded(asked):
            # A posting that gets no scores gets none from this resume either.
            if whole[place, row] != NO_SCORE:
                whole[place, row] = _ABOVE_ALL
        yield [(posting, Cut(bounds, top, least)) for posting, bounds in zip(asked, whole, strict=True)]
