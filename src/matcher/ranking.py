"""Many resumes against many postings: only the pairs that can be among the best are scored.

Each resume is a row of a sparse matrix, in SciPy's and scikit-learn's convention of samples by features: what each of
its skills is worth at most. From these rows an upper bound of the score is computed for whole blocks of pairs at once.
A pair whose bound is below the N-th best exact score of its posting cannot be among the posting's best N, so leaving it
out changes nothing; all others are scored exactly. That is the threshold algorithm of Fagin, Lotem and Naor (Optimal
Aggregation Algorithms for Middleware, 2001) with a single list.

All scores and bounds here are in hundredths of a point, as in :class:`matcher.model.Contribution`.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_matrix

from matcher.model import (
    CertificationMention,
    Degree,
    Document,
    Evidence,
    LevelReading,
    MatchResult,
    Profile,
    ProfileSkill,
)
from matcher.scoring import Holdings, Scorer
from matcher.taxonomy.graph import Graph
from matcher.taxonomy.schema import Scoring, Taxonomy

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Indices = NDArray[np.intp]

# Points are rounded to whole hundredths, each by half a hundredth at most; the rest is for the order of float products.
_ROUNDING = 0.5
_FLOAT_SLACK = 1e-6
# Pairs whose bounds are in memory at once: 4 million doubles are 32 MB.
_PAIRS_AT_ONCE = 4_000_000
_ROWS_AT_ONCE = 2048
_NOWHERE = Evidence(0, 0, "")


def features(profile: Profile) -> dict[str, Any]:
    """What a resume's bound needs, as plain data that JSON can hold; a posting has none of it."""
    return {
        "skills": [[skill.id, skill.status or "listed", skill.months, skill.last_used] for skill in profile.skills],
        "degrees": sorted({degree.level for degree in profile.degrees}),
        "certifications": sorted({item.id for item in profile.certifications if item.status == "used"}),
        "months": profile.experience_months,
        "level": profile.level.inferred,
    }


class Rows:
    """Resumes as rows of a sparse matrix; a hundred thousand of them take some 100 MB.

    Args:
        taxonomy: the taxonomy of the profiles.
        weights: the weights they will be scored with.
        as_of: the day of the profiles, ``YYYY-MM-DD``.
    """

    def __init__(self, taxonomy: Taxonomy, weights: Scoring, as_of: str) -> None:
        self._columns = {skill_id: number for number, skill_id in enumerate(sorted(taxonomy.skills))}
        self._weights = weights
        self._this_month = _month(as_of)
        self._worth: dict[tuple[str, str | None], float] = {}
        self._pointers = array("q", [0])
        self._indices = array("i")
        self._values = array("d")
        self._months = array("d")
        self._experience = array("d")
        self._degrees: list[tuple[str, ...]] = []
        self._certifications: list[tuple[str, ...]] = []
        self._levels: list[str | None] = []

    def __len__(self) -> int:
        return len(self._levels)

    def add(self, item: dict[str, Any]) -> None:
        """Append a resume, given by its :func:`features`."""
        for skill_id, status, months, last_used in item["skills"]:
            value = self._skill(status, last_used)
            if value > 0:
                self._indices.append(self._columns[skill_id])
                self._values.append(value)
                self._months.append(np.nan if months is None else months)
        self._pointers.append(len(self._indices))
        self._experience.append(np.nan if item["months"] is None else item["months"])
        # The same few tuples over and over: one of each is kept.
        self._degrees.append(_shared(tuple(item["degrees"])))
        self._certifications.append(_shared(tuple(item["certifications"])))
        self._levels.append(item["level"])

    def _skill(self, status: str, last_used: str | None) -> float:
        """What a skill is worth where it is asked by its own name and without years."""
        key = (status, last_used)
        value = self._worth.get(key)
        if value is None:
            weights = self._weights
            value = weights.status[status]  # type: ignore[index]
            if last_used is not None:
                age = max(0.0, (self._this_month - _month(last_used)) / 12)
                if age > weights.recency_full_years:
                    decay = 0.5 ** ((age - weights.recency_full_years) / weights.recency_half_life_years)
                    value *= weights.recency_floor + (1 - weights.recency_floor) * decay
            self._worth[key] = value
        return value

    @cached_property
    def matrix(self) -> csr_matrix:
        """Resumes by skills (in the order of their ids): the worth of each skill; nothing can be added afterwards."""
        shape = (len(self), len(self._columns))
        return csr_matrix(
            (np.frombuffer(self._values), np.frombuffer(self._indices, np.int32), np.frombuffer(self._pointers, "q"))
            if len(self._values)
            else ([], [], [0] * (len(self) + 1)),
            shape=shape,
        )

    @cached_property
    def months(self) -> Floats:
        """Months of each stored entry of :attr:`matrix`; NaN where the text does not tell."""
        return np.frombuffer(self._months) if len(self._months) else np.empty(0)

    @cached_property
    def experience(self) -> Floats:
        """Months of experience of each resume; NaN where the text does not tell."""
        return np.frombuffer(self._experience) if len(self) else np.empty(0)

    @cached_property
    def levels(self) -> tuple[list[str | None], Indices]:
        """The distinct levels and, for each resume, which of them it has."""
        return _distinct(self._levels)

    @cached_property
    def degrees(self) -> tuple[list[tuple[str, ...]], Indices]:
        """The distinct sets of degrees and, for each resume, which of them it has."""
        return _distinct(self._degrees)

    @cached_property
    def certifications(self) -> tuple[list[tuple[str, ...]], Indices]:
        """The distinct sets of certifications and, for each resume, which of them it has."""
        return _distinct(self._certifications)

    @property
    def columns(self) -> dict[str, int]:
        """The column of each skill."""
        return self._columns


@dataclass(frozen=True, slots=True)
class _Demand:
    """A posting as the bound sees it.

    Attributes:
        skills: for each skill requirement its column among the requirements and its most points.
        others: for each other thing asked its kind and its most points.
        terms: number of contributions, each rounded once.
        scored: whether the posting gets scores at all.
    """

    posting: Profile
    skills: tuple[tuple[int, int], ...]
    others: tuple[tuple[str, tuple[str, ...], int], ...]
    terms: int
    scored: bool


class Bounds:
    """Upper bounds of scores for rows of resumes against some postings.

    Args:
        scorer: the scorer whose scores are bounded.
        taxonomy, graph: the scorer's own.
        postings: their profiles.
        as_of: the day of the profiles, ``YYYY-MM-DD``.
    """

    def __init__(self, scorer: Scorer, graph: Graph, postings: Sequence[Profile], as_of: str) -> None:
        self._scorer = scorer
        self._taxonomy = scorer.taxonomy
        self._weights = scorer.weights
        self._blank = _blank(as_of)
        self._requirements: dict[tuple[tuple[str, ...], float | None], int] = {}
        self._demands = [self._demand(posting) for posting in postings]
        self._kinship = self._reach(graph)

    def _demand(self, posting: Profile) -> _Demand:
        # What each thing asked can earn at most does not depend on the resume: an empty one shows it.
        result = self._scorer.score(self._blank, posting)
        years = {(item.skill_ids, item.any_of): item.min_years for item in posting.requirements}
        skills: list[tuple[int, int]] = []
        others: list[tuple[str, tuple[str, ...], int]] = []
        for item in result.contributions:
            if item.kind == "skill":
                key = (item.ids, years[item.ids, item.any_of] or None)
                skills.append((self._requirements.setdefault(key, len(self._requirements)), item.max_points))
            else:
                others.append((item.kind, item.ids, item.max_points))
        return _Demand(posting, tuple(skills), tuple(others), len(result.contributions), result.abstained is None)

    def _reach(self, graph: Graph) -> list[tuple[Indices, Indices, Floats, Floats]]:
        """For each skill a resume may hold: the requirements it bears on, by how much, and the years they ask."""
        order = {skill_id: number for number, skill_id in enumerate(sorted(self._taxonomy.skills))}
        # A resume that holds everything shows every way in which a skill can stand for another.
        everything = tuple(
            ProfileSkill(skill.id, skill.name, skill.kind, 1.0, (_NOWHERE,), "used")
            for skill in self._taxonomy.skills.values()
        )
        holdings = Holdings(replace(self._blank, skills=everything), graph)
        factors = {
            "exact": 1.0,
            "narrower": 1.0,
            "broader": self._weights.broader_credit,
            "sibling": self._weights.sibling_credit,
        }
        found: dict[int, dict[int, float]] = {}
        for (skill_ids, _), column in self._requirements.items():
            for asked in skill_ids:
                for skill, path in holdings.candidates(asked):
                    row = found.setdefault(order[skill.id], {})
                    row[column] = max(row.get(column, 0.0), factors[path])
        years = np.array([years or 0.0 for _, years in self._requirements] or [0.0])
        counts = np.zeros(len(order) + 1, np.intp)
        for number, row in found.items():
            counts[number + 1] = len(row)
        pointers = np.cumsum(counts)
        columns = np.array([column for number in sorted(found) for column in found[number]], np.intp)
        values = np.array([value for number in sorted(found) for value in found[number].values()], np.float64)
        return [(pointers, columns, values, years[columns] if len(columns) else values)]

    def block(self, rows: Rows, first: int, last: int, postings: range) -> Floats:
        """Upper bounds for rows ``[first, last)`` against some postings; minus infinity where there is no score."""
        credits = self._credits(rows, first, last)
        bounds = np.full((last - first, len(postings)), -np.inf)
        for place, number in enumerate(postings):
            demand = self._demands[number]
            if not demand.scored:
                continue
            total = np.full(last - first, demand.terms * _ROUNDING + _FLOAT_SLACK)
            if demand.skills:
                columns, points = zip(*demand.skills, strict=True)
                total += credits[:, list(columns)] @ np.array(points, np.float64)
            for kind, ids, most in demand.others:
                total += most * self._other(kind, ids, demand.posting, rows, first, last)
            bounds[:, place] = total
        return bounds

    def _credits(self, rows: Rows, first: int, last: int) -> Floats:
        """The most that each row's skills earn for each requirement, from 0 to 1."""
        credits = np.zeros((last - first, max(1, len(self._requirements))))
        matrix = rows.matrix
        low, high = matrix.indptr[first], matrix.indptr[last]
        held, worth, months = matrix.indices[low:high], matrix.data[low:high], rows.months[low:high]
        owner = np.repeat(np.arange(last - first), np.diff(matrix.indptr[first : last + 1]))
        ((pointers, columns, factors, years),) = self._kinship
        begin, count = pointers[held], pointers[held + 1] - pointers[held]
        # Each entry is repeated for every requirement that it bears on.
        entry = np.repeat(np.arange(len(held)), count)
        place = np.arange(len(entry)) - np.repeat(np.cumsum(count) - count, count) + begin[entry]
        value = worth[entry] * factors[place]
        asked = years[place]
        timed = asked > 0
        if timed.any():
            weights = self._weights
            share = np.minimum(1.0, months[entry[timed]] / (12 * asked[timed]))
            known = weights.years_floor + (1 - weights.years_floor) * share
            value[timed] *= np.where(np.isnan(share), weights.years_unknown, known)
        np.maximum.at(credits, (owner[entry], columns[place]), value)
        return credits

    def _other(self, kind: str, ids: tuple[str, ...], posting: Profile, rows: Rows, first: int, last: int) -> Floats:
        """The share that each row earns of a degree, a certification, years or a level; 1 where it is not known."""
        if kind == "years" and posting.min_years:
            share = rows.experience[first:last] / 12 / posting.min_years
            return np.where(np.isnan(share), 0.0, np.minimum(1.0, share))
        if kind == "level":
            levels, place = rows.levels
            return np.array([self._level(level, posting, ids) for level in levels])[place[first:last]]
        if kind == "degree":
            degrees, place = rows.degrees
            return np.array([self._degree(held, posting, ids) for held in degrees])[place[first:last]]
        if kind == "certification":
            certifications, place = rows.certifications
            return np.array([float(ids[0] in held) for held in certifications])[place[first:last]]
        return np.ones(last - first)

    def _level(self, level: str | None, posting: Profile, ids: tuple[str, ...]) -> float:
        reading = replace(self._blank.level, inferred=level)
        return self._earned("level", ids, replace(self._blank, level=reading), posting)

    def _degree(self, held: tuple[str, ...], posting: Profile, ids: tuple[str, ...]) -> float:
        shown = tuple(Degree(level, None, _NOWHERE) for level in held)
        return self._earned("degree", ids, replace(self._blank, degrees=shown), posting)

    def _earned(self, kind: str, ids: tuple[str, ...], resume: Profile, posting: Profile) -> float:
        """The credit that a resume with nothing but the one thing earns for it: the scorer's own answer."""
        asked = replace(posting, requirements=(), certifications=())
        result = self._scorer.score(resume, asked)
        return max((item.credit for item in result.contributions if (item.kind, item.ids) == (kind, ids)), default=1.0)


@dataclass(slots=True)
class Cut:
    """The resumes of one posting that may be among its best ``top``, found in two steps.

    ``first`` are ``top`` rows with the highest bounds. When their exact scores are known, :meth:`second` names the rows
    that may still be better than the worst of them, or equal to it.
    """

    first: Indices
    _bounds: Floats
    _top: int | None
    _least: float

    @classmethod
    def of(cls, bounds: Floats, top: int | None, least: float) -> Cut:
        """The cut of one posting's column of bounds.

        Args:
            top: how many are wanted; None for all.
            least: the lowest score wanted, in hundredths of a point.
        """
        able = np.flatnonzero(bounds >= least) if np.isfinite(least) else np.arange(len(bounds))
        if top is None or len(able) <= top:
            return cls(able, bounds, None, least)
        # Stable, so that where nothing has a score the first ones by place are taken.
        best = able[np.argsort(-bounds[able], kind="stable")[:top]]
        return cls(np.sort(best), bounds, top, least)

    def second(self, exact: Sequence[int | None]) -> Indices:
        """The rows to be scored as well, given the exact scores of ``first``."""
        scores = sorted((score for score in exact if score is not None), reverse=True)
        if self._top is None or len(scores) < self._top:
            return np.empty(0, np.intp)
        may = np.flatnonzero(self._bounds >= max(self._least, scores[self._top - 1]))
        return np.setdiff1d(may, self.first, assume_unique=True)


def cuts(bounds: Bounds, rows: Rows, postings: int, top: int | None, least: float) -> Iterator[tuple[int, Cut]]:
    """The cut of each posting; memory stays bounded however many pairs there are."""
    group = max(1, _PAIRS_AT_ONCE // max(1, len(rows)))
    for start in range(0, postings, group):
        numbers = range(start, min(postings, start + group))
        whole = np.empty((len(rows), len(numbers)))
        for first in range(0, len(rows), _ROWS_AT_ONCE):
            last = min(len(rows), first + _ROWS_AT_ONCE)
            whole[first:last] = bounds.block(rows, first, last, numbers)
        for place, number in enumerate(numbers):
            # A copy: a view would keep the block of the whole group alive.
            yield number, Cut.of(whole[:, place].copy(), top, least)


def order(result: MatchResult) -> tuple[bool, float, str, str]:
    """The place of a result among those of its posting: best first, no score last, then by the resume's name."""
    document = result.resume.document
    return (result.score is None, -(result.score or 0.0), document.source, document.sha256)


def rank(
    scorer: Scorer,
    graph: Graph,
    resumes: Sequence[Profile],
    postings: Iterable[Profile],
    top: int | None = None,
    min_score: float | None = None,
    score: Callable[[Profile, Profile], MatchResult] | None = None,
) -> Iterator[MatchResult]:
    """The best of the resumes for each posting, in the same order as scoring every pair one by one.

    Args:
        resumes: profiles of one day, all in memory.
        top: how many for each posting; None for all.
        min_score: the lowest score wanted, from 0 to 100; without it pairs without a score come last.
        score: what scores a pair; the scorer by default.
    """
    score = score or scorer.score
    # Where nothing has a score the first by name are the best.
    resumes = sorted(resumes, key=lambda profile: (profile.document.source, profile.document.sha256))
    asked = list(postings)
    if not resumes or not asked:
        return
    as_of = resumes[0].as_of
    rows = Rows(scorer.taxonomy, scorer.weights, as_of)
    for profile in resumes:
        rows.add(features(profile))
    least = -np.inf if min_score is None else min_score * 100
    for number, cut in cuts(Bounds(scorer, graph, asked, as_of), rows, len(asked), top, least):
        results = [score(resumes[row], asked[number]) for row in cut.first]
        results += [score(resumes[row], asked[number]) for row in cut.second([points(item) for item in results])]
        wanted = [item for item in results if min_score is None or (item.score is not None and item.score >= min_score)]
        yield from sorted(wanted, key=order)[:top]


def points(result: MatchResult) -> int | None:
    """The score in hundredths of a point, as a whole number; None where there is none."""
    return None if result.abstained is not None else sum(item.points for item in result.contributions)


def _blank(as_of: str) -> Profile:
    document = Document("", "", "resume", "", ())
    level = LevelReading(None, None, "", (), ())
    return Profile(document, (), (), (), (), None, None, (), (), level, as_of=as_of)


def _month(day: str) -> int:
    year, month = day.split("-")[:2]
    return int(year) * 12 + int(month)


def _distinct(items: Sequence[Any]) -> tuple[list[Any], Indices]:
    numbers: dict[Any, int] = {}
    places = np.fromiter((numbers.setdefault(item, len(numbers)) for item in items), np.intp, len(items))
    return list(numbers), places


_tuples: dict[tuple[str, ...], tuple[str, ...]] = {}


def _shared(item: tuple[str, ...]) -> tuple[str, ...]:
    return _tuples.setdefault(item, item)
