"""Upper bounds of the scores of many resumes against a few postings."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from matcher.model import TOTAL_POINTS, Contribution, ContributionKind, Profile
from matcher.ranking.reach import Reach
from matcher.ranking.rows import Rows, Trait
from matcher.ranking.shares import blank, is_open, shares
from matcher.scoring import Scorer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Hundredths = NDArray[np.int16]

# The kind of what is asked, its ids, and the years asked of it: all that a credit depends on but for what is open.
_Key = tuple[ContributionKind, tuple[str, ...], float]

# Points are rounded to whole hundredths, each by half a hundredth at most; the rest is for the order of float products.
_ROUNDING = 0.5
_FLOAT_SLACK = 1e-6
# Credits in memory at once: a million doubles are 8 MB.
_CREDITS_AT_ONCE = 1_000_000
_ROWS_AT_ONCE = 1024
# The bound of a pair whose posting gets no scores: below all scores.
NO_SCORE = -1


@dataclass(frozen=True, slots=True)
class _Demand:
    """A posting as the bound sees it.

    Attributes:
        asked: places of what it asks among what all the postings ask.
        most: the most points of each.
        rest: what is left open, and the slack for rounding.
        scored: whether the posting gets scores at all.
    """

    asked: list[int]
    most: Floats
    rest: float
    scored: bool


class Bounds:
    """Upper bounds of scores of many resumes against a few postings.

    Args:
        scorer: the scorer whose scores are bounded.
        postings: their profiles.
        rows: the resumes.
    """

    def __init__(self, scorer: Scorer, postings: Sequence[Profile], rows: Rows) -> None:
        self._scorer = scorer
        self._rows = rows
        self._blank = blank(rows.as_of)
        # What several postings ask is worked out once.
        self._places: dict[_Key, int] = {}
        self._shares: dict[int, tuple[Trait[Any], Floats]] = {}
        self._demands = [self._demand(posting) for posting in postings]
        skills = {(ids, years): place for (kind, ids, years), place in self._places.items() if kind == "skill"}
        self._reach = Reach(skills, rows.columns, scorer)

    def _demand(self, posting: Profile) -> _Demand:
        # What each thing asked can earn at most does not depend on the resume: an empty one shows it.
        result = self._scorer.score(self._blank, posting)
        years = _years(posting)
        asked: list[int] = []
        most: list[int] = []
        rest = len(result.contributions) * _ROUNDING + _FLOAT_SLACK
        for item in result.contributions:
            if is_open(item, posting):
                rest += item.max_points
            else:
                asked.append(self._place(item, years.get((item.kind, item.ids, item.any_of), 0.0), posting))
                most.append(item.max_points)
        return _Demand(asked, np.array(most, np.float64), rest, result.abstained is None)

    def _place(self, item: Contribution, years: float, posting: Profile) -> int:
        """The place of something asked among all that the postings ask."""
        key = (item.kind, item.ids, years)
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = len(self._places)
            if item.kind != "skill":
                trait, earned = shares(item, posting, self._rows, self._scorer)
                self._shares[place] = trait, np.array(earned, np.float64)
        return place

    def whole(self) -> Hundredths:
        """The bounds, postings by resumes; ``NO_SCORE`` where the posting gets no scores.

        Exact scores are whole hundredths of a point, so a fraction of a hundredth says nothing and is dropped.
        """
        bounds = np.full((len(self._demands), len(self._rows)), NO_SCORE, np.int16)
        step = max(1, min(_ROWS_AT_ONCE, _CREDITS_AT_ONCE // max(1, len(self._places))))
        for first in range(0, len(self._rows), step):
            last = min(len(self._rows), first + step)
            credits = self._credits(first, last)
            for place, demand in enumerate(self._demands):
                if demand.scored:
                    most = demand.most @ credits[demand.asked] + demand.rest
                    bounds[place, first:last] = np.minimum(most, TOTAL_POINTS)
        return bounds

    def _credits(self, first: int, last: int) -> Floats:
        """The most that each of the rows ``[first, last)`` earns for each thing asked, from 0 to 1: things by rows."""
        credits = np.zeros((len(self._places), last - first))
        self._reach.earn(self._rows.entries(first, last), credits)
        for place, (trait, earned) in self._shares.items():
            credits[place] = earned[trait.places[first:last]]
        return credits


def _years(posting: Profile) -> dict[tuple[str, tuple[str, ...], bool], float]:
    """The years asked of each skill or choice of skills, the fewest where several are asked, and of all experience."""
    years: dict[tuple[str, tuple[str, ...], bool], float] = {("years", ("years",), False): posting.min_years or 0.0}
    for item in posting.requirements:
        for part in [item.skill_ids] if item.any_of else [(skill_id,) for skill_id in item.skill_ids]:
            key = ("skill", part, item.any_of)
            years[key] = min(years.get(key, math.inf), item.min_years or 0.0)
    return years
