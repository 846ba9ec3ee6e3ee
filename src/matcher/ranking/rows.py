"""Resumes as the bound sees them: a sparse row of skills for each, and a few traits."""

from __future__ import annotations

from array import array
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import numpy as np

from matcher.model import Profile, Status
from matcher.scoring import standing_worth
from matcher.taxonomy.schema import Scoring, Taxonomy

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Indices = NDArray[np.intp]

_T = TypeVar("_T", bound=Hashable)
_SHORT = 1 << 16


def features(profile: Profile) -> dict[str, Any]:
    """What the bound needs of a resume, as plain data that JSON can hold."""
    return {
        "skills": [
            [skill.id, skill.status or "listed", skill.months, skill.last_used, skill.undated]
            for skill in profile.skills
        ],
        "degrees": sorted({degree.level for degree in profile.degrees}),
        "certifications": sorted({item.id for item in profile.certifications if item.status == "used"}),
        "months": None if profile.experience_years is None else 12 * profile.experience_years,
        "level": profile.level.inferred,
    }


class Trait(Generic[_T]):
    """One value a row, of which few are distinct: each of these is kept once."""

    def __init__(self) -> None:
        self._numbers: dict[_T, int] = {}
        self._places = array("I")

    def __len__(self) -> int:
        return len(self._places)

    def append(self, value: _T) -> None:
        """Give the next row its value."""
        self._places.append(self._numbers.setdefault(value, len(self._numbers)))

    @property
    def distinct(self) -> list[_T]:
        """The distinct values."""
        return list(self._numbers)

    @cached_property
    def places(self) -> NDArray[Any]:
        """For each row the place of its value among the distinct ones."""
        return _frozen(self._places)


@dataclass(frozen=True, slots=True)
class Entries:
    """The skills of some rows, one after the other.

    Attributes:
        owner: the row of each, the first of them being 0.
        columns: which skill it is.
        worth: what it is worth at most, from 0 to 1.
        months: for how long it was used, as far as the text tells.
    """

    owner: Indices
    columns: NDArray[Any]
    worth: Floats
    months: NDArray[np.float32]


class Rows:
    """Resumes as rows of a sparse matrix, resumes by skills; a hundred thousand of them take some 50 MB.

    What is stored are the arrays of the compressed sparse row format, each as narrow as its values allow.

    Args:
        taxonomy: the taxonomy of the profiles.
        weights: the weights they will be scored with.
        as_of: the day of the profiles, ``YYYY-MM-DD``.

    Attributes:
        columns: the column of each skill.
        degrees, certifications: the sets of ids that each row has.
        experience: months of experience of each row; None where the text does not tell.
        levels: the level of each row.
    """

    def __init__(self, taxonomy: Taxonomy, weights: Scoring, as_of: str) -> None:
        self.as_of = as_of
        self.columns = {skill_id: number for number, skill_id in enumerate(sorted(taxonomy.skills))}
        self.degrees = Trait[tuple[str, ...]]()
        self.certifications = Trait[tuple[str, ...]]()
        self.experience = Trait[float | None]()
        self.levels = Trait[str | None]()
        self._weights = weights
        self._today = date.fromisoformat(as_of)
        self._known: dict[tuple[Status, str | None, Status | None], float] = {}
        self._pointers = array("q", [0])
        self._columns = array("H" if len(self.columns) <= _SHORT else "I")
        self._worth = Trait[float]()
        # Single precision has whole months exactly.
        self._months = array("f")

    def __len__(self) -> int:
        return len(self.levels)

    def add(self, item: dict[str, Any]) -> None:
        """Append a resume, given by its :func:`features`; not possible any more once rows were asked for."""
        for skill_id, status, months, last_used, undated in item["skills"]:
            worth = self._known.get((status, last_used, undated))
            if worth is None:
                worth = self._skill(status, last_used, undated)
            if worth > 0:
                self._columns.append(self.columns[skill_id])
                self._worth.append(worth)
                self._months.append(months or 0)
        self._pointers.append(len(self._columns))
        self.experience.append(item["months"])
        self.degrees.append(tuple(item["degrees"]))
        self.certifications.append(tuple(item["certifications"]))
        self.levels.append(item["level"])

    def _skill(self, status: Status, last_used: str | None, undated: Status | None) -> float:
        """What a skill is worth where it is asked by its own name and without years, as the scorer has it."""
        worth = standing_worth(status, last_used, undated, self._weights, self._today)
        self._known[status, last_used, undated] = worth
        return worth

    @cached_property
    def _arrays(self) -> tuple[NDArray[Any], NDArray[Any], Floats, NDArray[Any]]:
        worths = np.array(self._worth.distinct, np.float64)
        return _frozen(self._pointers), _frozen(self._columns), worths, _frozen(self._months)

    def entries(self, first: int, last: int) -> Entries:
        """The skills of rows ``[first, last)``."""
        pointers, columns, worths, months = self._arrays
        low, high = pointers[first], pointers[last]
        owner = np.repeat(np.arange(last - first), np.diff(pointers[first : last + 1]))
        return Entries(owner, columns[low:high], worths[self._worth.places[low:high]], months[low:high])


def _frozen(values: array[Any]) -> NDArray[Any]:
    return np.frombuffer(values, values.typecode) if len(values) else np.empty(0, values.typecode)
