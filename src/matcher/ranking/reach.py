"""Which skills of a resume bear on which skills asked, and how much of those they earn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from matcher.ranking.rows import Entries
from matcher.scoring import Scorer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Numbers = NDArray[np.int32]


class Reach:
    """Skills by requirements as a compressed sparse row matrix with two values: a factor, and the years asked.

    Args:
        asked: the place of each requirement, given by the skills of which one is enough and the years asked of it.
        columns: the column of each skill in the resumes' rows.
        scorer: the scorer whose credits are bounded.
    """

    def __init__(
        self, asked: Mapping[tuple[tuple[str, ...], float], int], columns: Mapping[str, int], scorer: Scorer
    ) -> None:
        weights = scorer.weights
        factors = {"broader": weights.broader_credit, "sibling": weights.sibling_credit}
        found: dict[int, dict[int, tuple[float, float]]] = {}
        for (skill_ids, years), place in asked.items():
            for skill_id in skill_ids:
                for held, kin in scorer.kinship.kin(skill_id).items():
                    row = found.setdefault(columns[held], {})
                    factor = factors.get(kin.path, 1.0) * kin.closeness
                    row[place] = max(row.get(place, (0.0, years)), (factor, years))
        counts = np.zeros(len(columns) + 1, np.int32)
        for column, row in found.items():
            counts[column + 1] = len(row)
        entries = [(place, *values) for column in sorted(found) for place, values in found[column].items()]
        # Four bytes a number: what is repeated for each of many pairs is soon more than the processor has at hand.
        self._pointers: Numbers = np.cumsum(counts, dtype=np.int32)
        self._places: NDArray[np.intp] = np.array([place for place, _, _ in entries], np.intp)
        self._factors: Floats = np.array([factor for _, factor, _ in entries], np.float64)
        self._years: Floats = np.array([years for _, _, years in entries], np.float64)
        self._floor = weights.years_floor

    def earn(self, held: Entries, credits: Floats) -> None:
        """Raise credits, requirements by rows, to the most that what each row holds earns, from 0 to 1."""
        begin = self._pointers[held.columns]
        count = self._pointers[1:][held.columns] - begin
        # Each entry is repeated for every requirement that it bears on.
        entry = np.repeat(np.arange(len(begin), dtype=np.int32), count)
        place = np.arange(len(entry), dtype=np.int32)
        place += np.repeat(begin + count - np.cumsum(count, dtype=np.int32), count)
        value = held.worth[entry] * self._factors[place]
        asked = self._years[place]
        timed = np.flatnonzero(asked)
        share = np.minimum(1.0, held.months[entry[timed]] / (12 * asked[timed]))
        value[timed] *= self._floor + (1 - self._floor) * share
        cell = self._places[place] * credits.shape[1] + held.owner[entry]
        np.maximum.at(credits.reshape(-1), cell, value)
