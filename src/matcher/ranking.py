"""Many resumes against many postings: only the pairs that can be among the best are scored.

Each resume is a row of a sparse matrix, in SciPy's and scikit-learn's convention of samples by features: what each of
its skills is worth at most. From these rows an upper bound of the score is computed for whole blocks of pairs at once.
A pair whose bound is below the N-th best exact score of its posting cannot be among the posting's best N, so leaving it
out changes nothing; all others are scored exactly. That is the threshold algorithm of Fagin, Lotem and Naor (Optimal
Aggregation Algorithms for Middleware, 2001) with a single list.

All bounds here are in hundredths of a point, as in :class:`matcher.model.Contribution`.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import numpy as np

from matcher.integrity.traces import Postings, posting_trace, resume_trace
from matcher.model import (
    TOTAL_POINTS,
    Degree,
    Document,
    Evidence,
    LevelReading,
    MatchResult,
    Profile,
    ProfileSkill,
    Status,
)
from matcher.scoring import Holdings, Scorer, standing_worth
from matcher.taxonomy.schema import Scoring, Taxonomy

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    Floats = NDArray[np.float64]
    Indices = NDArray[np.intp]

# Points are rounded to whole hundredths, each by half a hundredth at most; the rest is for the order of float products.
_ROUNDING = 0.5
_FLOAT_SLACK = 1e-6
# More than any score, and still a number: a pair with this bound is scored before all others.
_ABOVE_ALL = TOTAL_POINTS + 1.0
# Pairs whose bounds are in memory at once: 8 million doubles are 64 MB.
_PAIRS_AT_ONCE = 8_000_000
_ROWS_AT_ONCE = 2048
_NOWHERE = Evidence(0, 0, "")


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


class Rows:
    """Resumes as rows of a sparse matrix; a hundred thousand of them take some 100 MB.

    Args:
        taxonomy: the taxonomy of the profiles.
        weights: the weights they will be scored with.
        as_of: the day of the profiles, ``YYYY-MM-DD``.

    Attributes:
        columns: the column of each skill.
    """

    def __init__(self, taxonomy: Taxonomy, weights: Scoring, as_of: str) -> None:
        self.as_of = as_of
        self.columns = {skill_id: number for number, skill_id in enumerate(sorted(taxonomy.skills))}
        self._weights = weights
        self._today = date.fromisoformat(as_of)
        self._worth: dict[tuple[Status, str | None, Status | None], float] = {}
        self._pointers = array("q", [0])
        self._indices = array("i")
        self._values = array("d")
        self._months = array("d")
        self._experience = array("d")
        self._degrees: list[tuple[str, ...]] = []
        self._certifications: list[tuple[str, ...]] = []
        self._levels: list[str | None] = []
        self._sets: dict[tuple[str, ...], tuple[str, ...]] = {}

    def __len__(self) -> int:
        return len(self._levels)

    def add(self, item: dict[str, Any]) -> None:
        """Append a resume, given by its :func:`features`; not possible any more once :attr:`matrix` was asked for."""
        for skill_id, status, months, last_used, undated in item["skills"]:
            value = self._skill(status, last_used, undated)
            if value > 0:
                self._indices.append(self.columns[skill_id])
                self._values.append(value)
                self._months.append(np.nan if months is None else months)
        self._pointers.append(len(self._indices))
        self._experience.append(np.nan if item["months"] is None else item["months"])
        # The same few sets over and over: one of each is kept.
        self._degrees.append(self._shared(item["degrees"]))
        self._certifications.append(self._shared(item["certifications"]))
        self._levels.append(item["level"])

    def _shared(self, ids: Sequence[str]) -> tuple[str, ...]:
        found = tuple(ids)
        return self._sets.setdefault(found, found)

    def _skill(self, status: Status, last_used: str | None, undated: Status | None) -> float:
        """What a skill is worth where it is asked by its own name and without years, as the scorer has it."""
        key = (status, last_used, undated)
        value = self._worth.get(key)
        if value is None:
            value = self._worth[key] = standing_worth(status, last_used, undated, self._weights, self._today)
        return value

    @cached_property
    def matrix(self) -> csr_matrix:
        """Resumes by skills: the worth of each skill."""
        # Workers of a batch need the features only, and SciPy takes longer to import than they take for many resumes.
        from scipy.sparse import csr_matrix

        parts = (_frozen(self._values, "d"), _frozen(self._indices, "i"), _frozen(self._pointers, "q"))
        return csr_matrix(parts, shape=(len(self), len(self.columns)))

    @cached_property
    def months(self) -> Floats:
        """Months of each stored entry of :attr:`matrix`; NaN where the text does not tell."""
        return _frozen(self._months, "d")

    @cached_property
    def experience(self) -> Floats:
        """Months of experience of each resume; NaN where the text does not tell."""
        return _frozen(self._experience, "d")

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


@dataclass(frozen=True, slots=True)
class _Demand:
    """A posting as the bound sees it.

    Attributes:
        columns, most: for each skill requirement its column among the requirements and its most points.
        rest: for each row what everything else earns, and the slack for rounding.
        scored: whether the posting gets scores at all.
    """

    columns: list[int]
    most: Floats
    rest: Floats
    scored: bool


@dataclass(frozen=True, slots=True)
class _Reach:
    """Skills by requirements as a compressed sparse row matrix with two values: a factor, and the years asked."""

    pointers: Indices
    columns: Indices
    factors: Floats
    years: Floats


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
        self._blank = _blank(rows.as_of)
        self._requirements: dict[tuple[tuple[str, ...], float], int] = {}
        self._demands = [self._demand(posting) for posting in postings]
        self._reach = self._reached()

    def _demand(self, posting: Profile) -> _Demand:
        # What each thing asked can earn at most does not depend on the resume: an empty one shows it.
        result = self._scorer.score(self._blank, posting)
        years = _years(posting)
        columns: list[int] = []
        most: list[int] = []
        rest = np.full(len(self._rows), len(result.contributions) * _ROUNDING + _FLOAT_SLACK)
        for item in result.contributions:
            if item.kind == "skill":
                key = (item.ids, years.get((item.ids, item.any_of), 0.0))
                columns.append(self._requirements.setdefault(key, len(self._requirements)))
                most.append(item.max_points)
            else:
                rest += item.max_points * self._other(item.kind, item.ids, posting)
        return _Demand(columns, np.array(most, np.float64), rest, result.abstained is None)

    def _reached(self) -> _Reach:
        """For each skill a resume may hold: the requirements it bears on, by how much, and the years they ask."""
        columns, weights = self._rows.columns, self._scorer.weights
        # A resume that holds everything shows every way in which a skill can stand for another.
        everything = tuple(
            ProfileSkill(skill.id, skill.name, skill.kind, 1.0, (_NOWHERE,), "used")
            for skill in self._scorer.taxonomy.skills.values()
        )
        holdings = Holdings(replace(self._blank, skills=everything), self._scorer.kinship)
        factors = {"broader": weights.broader_credit, "sibling": weights.sibling_credit}
        found: dict[int, dict[int, float]] = {}
        for (skill_ids, _), column in self._requirements.items():
            for asked in skill_ids:
                for relative in holdings.relatives(asked):
                    row = found.setdefault(columns[relative.skill.id], {})
                    factor = factors.get(relative.kin.path, 1.0) * relative.kin.closeness
                    row[column] = max(row.get(column, 0.0), factor)
        years = np.array([asked for _, asked in self._requirements], np.float64)
        counts = np.zeros(len(columns) + 1, np.intp)
        for number, row in found.items():
            counts[number + 1] = len(row)
        targets = np.array([column for number in sorted(found) for column in found[number]], np.intp)
        values = np.array([value for number in sorted(found) for value in found[number].values()], np.float64)
        return _Reach(np.cumsum(counts), targets, values, years[targets])

    def block(self, first: int, last: int) -> Floats:
        """Bounds of rows ``[first, last)`` against each posting; minus infinity where the posting gets no scores."""
        credits = self._credits(first, last)
        bounds = np.full((last - first, len(self._demands)), -np.inf)
        for place, demand in enumerate(self._demands):
            if demand.scored:
                bounds[:, place] = credits[:, demand.columns] @ demand.most + demand.rest[first:last]
        return bounds

    def _credits(self, first: int, last: int) -> Floats:
        """The most that each row's skills earn for each requirement, from 0 to 1."""
        matrix, reach, weights = self._rows.matrix, self._reach, self._scorer.weights
        credits = np.zeros((last - first, len(self._requirements)))
        low, high = matrix.indptr[first], matrix.indptr[last]
        held, worth, months = matrix.indices[low:high], matrix.data[low:high], self._rows.months[low:high]
        owner = np.repeat(np.arange(last - first), np.diff(matrix.indptr[first : last + 1]))
        begin, count = reach.pointers[held], reach.pointers[held + 1] - reach.pointers[held]
        # Each entry is repeated for every requirement that it bears on.
        entry = np.repeat(np.arange(len(held)), count)
        place = np.arange(len(entry)) - np.repeat(np.cumsum(count) - count, count) + begin[entry]
        value = worth[entry] * reach.factors[place]
        asked = reach.years[place]
        timed = asked > 0
        if timed.any():
            share = np.minimum(1.0, months[entry[timed]] / (12 * asked[timed]))
            known = weights.years_floor + (1 - weights.years_floor) * share
            value[timed] *= np.where(np.isnan(share), weights.years_floor, known)
        np.maximum.at(credits, (owner[entry], reach.columns[place]), value)
        return credits

    def _other(self, kind: str, ids: tuple[str, ...], posting: Profile) -> Floats:
        """The share that each row earns of a degree, a certification, years or a level; 1 where it is not known."""
        rows = self._rows
        if kind == "years" and posting.min_years:
            share = rows.experience / 12 / posting.min_years
            return np.where(np.isnan(share), 0.0, np.minimum(1.0, share))
        if kind == "level":
            levels, place = rows.levels
            return np.array([self._level(level, posting, ids) for level in levels], np.float64)[place]
        # Where experience stands for the degree too, what a row earns is left at the most it could.
        if kind == "degree" and not any(item.or_experience for item in posting.degrees):
            degrees, place = rows.degrees
            shown = np.array([self._degree(held, posting, ids) for held in degrees], np.float64)[place]
            # Where experience stands for the degree, the bound does not ask how much.
            return np.where(np.isnan(rows.experience), shown, 1.0) if _or_experience(posting) else shown
        if kind == "certification":
            certifications, place = rows.certifications
            return np.array([float(ids[0] in held) for held in certifications], np.float64)[place]
        return np.ones(len(rows))

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


class Cut:
    """Which resumes must be scored to know the best of one posting.

    Args:
        bounds: the posting's bound for each row.
        top: how many are wanted; None for all.
        least: the lowest score wanted, in hundredths of a point; minus infinity for any, or none.
    """

    def __init__(self, bounds: Floats, top: int | None, least: float) -> None:
        self._bounds = bounds
        self._able: Indices = np.flatnonzero(bounds >= least)
        self._top = None if top is None or len(self._able) <= top else top

    def next(self, exact: Mapping[int, int | None]) -> Indices:
        """The rows to score next; none when the best are known.

        Args:
            exact: the exact scores so far by row, in hundredths of a point; None where a pair has no score.
        """
        done = np.fromiter(exact, np.intp, len(exact))
        remaining = np.setdiff1d(self._able, done)
        if self._top is None:
            return remaining
        bounds = self._bounds[remaining]
        scores = sorted((score for score in exact.values() if score is not None), reverse=True)
        if len(scores) >= self._top:
            # Rows whose bound is equal may be equal, and then the name decides.
            return remaining[bounds >= scores[self._top - 1]]
        promising = np.isfinite(bounds)
        if promising.any():
            remaining, bounds = remaining[promising], bounds[promising]
            return np.sort(remaining[np.argsort(-bounds, kind="stable")[: self._top]])
        # Nothing more gets a score; of what has none the first rows are the best.
        blank = np.count_nonzero(np.isneginf(self._bounds[done])) if len(done) else 0
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
        scorer, rows, postings: as for :class:`Bounds`.
        top, least: as for :class:`Cut`.
        unbounded: the pairs whose score the rows say nothing about, as the places of posting and resume, for some
            postings: where a resume copies from a posting, what is scored is the resume without the copy.
    """
    group = max(1, _PAIRS_AT_ONCE // max(1, len(rows)))
    remaining = iter(postings)
    while asked := list(islice(remaining, group)):
        bounds = Bounds(scorer, asked, rows)
        whole = np.empty((len(asked), len(rows)))
        for first in range(0, len(rows), _ROWS_AT_ONCE):
            last = min(len(rows), first + _ROWS_AT_ONCE)
            whole[:, first:last] = bounds.block(first, last).T
        for place, row in unbounded(asked):
            # A posting that gets no scores gets none from this resume either.
            whole[place, row] = np.maximum(whole[place, row], _ABOVE_ALL if np.isfinite(whole[place, row]) else -np.inf)
        yield [(posting, Cut(row, top, least)) for posting, row in zip(asked, whole, strict=True)]


def order(result: MatchResult) -> tuple[bool, float, str, str]:
    """The place of a result among those of its posting: best first, no score last, then by the resume's name."""
    document = result.resume.document
    return (result.score is None, -(result.score or 0.0), document.source, document.sha256)


def points(result: MatchResult) -> int | None:
    """The score in hundredths of a point, as a whole number; None where there is none."""
    return None if result.abstained is not None else sum(item.points for item in result.contributions)


def rank(
    scorer: Scorer,
    resumes: Iterable[Profile],
    postings: Iterable[Profile],
    top: int | None = None,
    min_score: float | None = None,
    score: Callable[[Profile, Profile], MatchResult] | None = None,
) -> Iterator[MatchResult]:
    """The best of the resumes for each posting, in the same order as scoring every pair one by one.

    Args:
        resumes: profiles of one day; they are all held in memory.
        top: how many for each posting; None for all.
        min_score: the lowest score wanted, from 0 to 100; without it pairs without a score come last.
        score: what scores a pair; the scorer by default. It may judge a resume that copies from the posting anew.
    """
    score = score or scorer.score
    # Where nothing has a score the first by name are the best.
    known = sorted(resumes, key=lambda profile: (profile.document.source, profile.document.sha256))
    if not known:
        return
    rows = Rows(scorer.taxonomy, scorer.weights, known[0].as_of)
    for profile in known:
        rows.add(features(profile))
    traces = [resume_trace(profile.document) for profile in known]

    def copied(group: Sequence[Profile]) -> Iterator[tuple[int, int]]:
        asked = Postings([posting_trace(posting.document.text) for posting in group])
        for row, trace in enumerate(traces):
            for place in asked.copied_by(trace):
                yield place, row

    for posting, cut in chain.from_iterable(cuts(scorer, rows, postings, top, lowest(min_score), copied)):
        exact: dict[int, int | None] = {}
        results: list[MatchResult] = []
        while len(chosen := cut.next(exact)):
            scored = [score(known[row], posting) for row in chosen]
            exact.update(zip(chosen.tolist(), map(points, scored), strict=True))
            results.extend(scored)
        wanted = [item for item in results if min_score is None or (item.score is not None and item.score >= min_score)]
        yield from sorted(wanted, key=order)[:top]


def lowest(min_score: float | None) -> float:
    """A score from 0 to 100 in whole hundredths of a point; minus infinity for None."""
    # 57.3 * 100 is a little less than 5730, and 1.1 * 100 a little more than 110.
    return -math.inf if min_score is None else math.ceil(round(min_score * 100, 6))


def _blank(as_of: str) -> Profile:
    document = Document("", "", "resume", "", ())
    level = LevelReading(None, None, "", (), ())
    return Profile(document, (), (), (), (), None, None, (), (), level, as_of=as_of)


def _years(posting: Profile) -> dict[tuple[tuple[str, ...], bool], float]:
    """The years asked of each skill or choice of skills, the fewest where several are asked; 0 for none."""
    years: dict[tuple[tuple[str, ...], bool], float] = {}
    for item in posting.requirements:
        for part in [item.skill_ids] if item.any_of else [(skill_id,) for skill_id in item.skill_ids]:
            key = (part, item.any_of)
            years[key] = min(years.get(key, math.inf), item.min_years or 0.0)
    return years


def _or_experience(posting: Profile) -> bool:
    return any(item.or_experience for item in posting.degrees)


def _frozen(values: array[Any], kind: str) -> NDArray[Any]:
    return np.frombuffer(values, kind) if len(values) else np.empty(0, kind)


def _distinct(items: Sequence[Any]) -> tuple[list[Any], Indices]:
    numbers: dict[Any, int] = {}
    places = np.fromiter((numbers.setdefault(item, len(numbers)) for item in items), np.intp, len(items))
    return list(numbers), places
