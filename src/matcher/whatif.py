"""What if: the exact points of each missing item, the smallest sets that reach a score, and a plan in steps.

Nothing here is estimated. An item is given to the resume as a strong resume would show it (used, up to now, for as long
as is asked), the level is read again, and the pair is scored again with the same scorer.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from matcher.model import (
    CertificationMention,
    Degree,
    Evidence,
    MatchResult,
    Missing,
    Profile,
    ProfileSkill,
)
from matcher.scoring import Scorer

# Sets listed, and pairs scored while looking for them. The size of the smallest sets is exact within this budget, and
# where it runs out `SmallestSets.proven` says so.
_MOST_SETS = 5
_BUDGET = 2000
_NOT_READ = Evidence(0, 0, "")


@dataclass(frozen=True, slots=True)
class Gain:
    """One missing item and what it is worth.

    Attributes:
        item: what is missing.
        skill_id: the skill that is taken as acquired, of alternatives the one that gains most; None for other kinds.
        points: points that the score gains, with two decimals; more than ``item.points`` where other terms profit too.
        score: the score with it.
        effort: from 1 (days) to 5 (years).
    """

    item: Missing
    skill_id: str | None
    points: float
    score: float
    effort: int


@dataclass(frozen=True, slots=True)
class ItemSet:
    """Items that together reach a target, and the score with all of them."""

    gains: tuple[Gain, ...]
    score: float


@dataclass(frozen=True, slots=True)
class SmallestSets:
    """The smallest sets of missing items that reach a target score.

    Attributes:
        size: number of items of each set; 0 where the score is there already, None where no set reaches the target.
        best: the score with all missing items.
        sets: up to five sets of this size, those of least effort first.
        proven: whether it is certain that no smaller set would do.
    """

    target: float
    size: int | None
    best: float
    sets: tuple[ItemSet, ...] = ()
    proven: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a plan: the item, what it adds when taken in this place, and the score reached with it."""

    gain: Gain
    adds: float
    score: float


class WhatIf:
    """Questions about one result; every answer is scored, and scored only once.

    Args:
        scorer: the scorer that made the result.
        result: a result with a score.
    """

    def __init__(self, scorer: Scorer, result: MatchResult) -> None:
        self._scorer = scorer
        self._resume = result.resume
        self._posting = result.posting
        self.start = result.points
        self._known: dict[frozenset[tuple[Missing, str | None]], float] = {frozenset(): result.points}
        self.gains = tuple(
            sorted(
                (self._gain(item) for item in result.missing),
                key=lambda gain: (-gain.points, gain.effort, gain.item.label),
            )
        )

    def weeks(self, gain: Gain) -> float:
        """The weeks that the weights give for the effort of an item."""
        return self._scorer.weights.effort_weeks[gain.effort]

    def _gain(self, item: Missing) -> Gain:
        """Of alternatives the one that gains most counts, and of equal ones the one of least effort."""
        choices: Sequence[str | None] = item.ids if item.kind == "skill" else (None,)
        tried = [
            Gain(item, choice, _difference(score, self.start), score, self._effort(item, choice))
            for choice in choices
            for score in [self._points([(item, choice)])]
        ]
        return max(tried, key=lambda gain: (gain.points, -gain.effort))

    def _effort(self, item: Missing, skill_id: str | None) -> int:
        """The guides' effort for the skill, else what the weights give for its kind."""
        if skill_id is not None:
            advised = self._scorer.guides.advice([skill_id]).effort
            if advised is not None:
                return advised
        return self._scorer.weights.effort[item.kind]

    def smallest_sets(self, target: float) -> SmallestSets:
        """The smallest sets of missing items that reach ``target`` (0 to 100)."""
        best = self.score_with(self.gains)
        if self.start >= target:
            return SmallestSets(target, 0, best)
        if best < target:
            return SmallestSets(target, None, best)
        search = _Search(self, target, self._together())
        greedy = self._greedy(target)
        for size in range(1, len(greedy.gains) + 1):
            found = search.sets(size)
            if found:
                return SmallestSets(target, size, best, found)
            if search.exhausted:
                break
        return SmallestSets(target, len(greedy.gains), best, (greedy,), proven=False)

    def _greedy(self, target: float) -> ItemSet:
        """A set that reaches the target, grown by the item that adds most: its size is enough, if not the smallest."""
        taken: list[Gain] = []
        while self.score_with(taken) < target:
            left = [gain for gain in self.gains if gain not in taken]
            taken.append(max(left, key=lambda gain: (self.score_with([*taken, gain]), -left.index(gain))))
        return ItemSet(tuple(taken), self.score_with(taken))

    def plan(self) -> tuple[Step, ...]:
        """The missing items in the order of points per week of effort, each valued with those before it in place.

        What adds nothing once the others are in place is left out.
        """
        left = list(self.gains)
        taken: list[Gain] = []
        steps = []
        now = self.start
        while left:
            scored = [(self.score_with([*taken, gain]), gain) for gain in left]
            score, gain = max(
                scored,
                key=lambda entry: ((entry[0] - now) / self.weeks(entry[1]), -entry[1].effort, -left.index(entry[1])),
            )
            if score <= now:
                break
            left.remove(gain)
            taken.append(gain)
            steps.append(Step(gain, _difference(score, now), score))
            now = score
        return tuple(steps)

    def _together(self) -> float:
        """What several items may gain together and none of them alone: a level that takes more than one of them."""
        items = [(gain.item, gain.skill_id) for gain in self.gains if gain.item.kind != "level"]
        resume = acquired(self._resume, self._posting, items, self._scorer)
        risen = replace(self._resume, level=resume.level)
        return _difference(self._scorer.score(risen, self._posting).points, self.start)

    def score_with(self, gains: Iterable[Gain]) -> float:
        """The score with some of the missing items in place."""
        items = frozenset((gain.item, gain.skill_id) for gain in gains)
        known = self._known.get(items)
        if known is None:
            # In an order of their own: what a set is worth must not depend on how it was put together.
            ordered = sorted(items, key=lambda entry: (entry[0].kind, entry[0].ids))
            known = self._known[items] = self._points(ordered)
        return known

    def _points(self, items: Iterable[tuple[Missing, str | None]]) -> float:
        resume = acquired(self._resume, self._posting, items, self._scorer)
        return self._scorer.score(resume, self._posting).points


class _Search:
    """A depth-first search for sets that reach a target.

    Sets grow from the items of most points; a branch ends where even the best items left cannot reach the target. That
    bound adds up single gains, and ``together`` for what only several items gain; it is never too low.
    """

    def __init__(self, whatif: WhatIf, target: float, together: float) -> None:
        self._whatif = whatif
        self._gains = whatif.gains
        self._target = target
        self._together = together
        self._left = _BUDGET
        self._found: list[ItemSet] = []

    @property
    def exhausted(self) -> bool:
        """Whether the budget ran out, so that not all sets were tried."""
        return self._left <= 0

    def sets(self, size: int) -> tuple[ItemSet, ...]:
        """Sets of ``size`` items that reach the target, those of least effort first; none where none was found."""
        self._grow((), size, 0, self._whatif.start)
        return tuple(sorted(self._found, key=self._effort)[:_MOST_SETS])

    def _grow(self, chosen: tuple[Gain, ...], more: int, first: int, bound: float) -> None:
        if not more:
            self._left -= 1
            score = self._whatif.score_with(chosen)
            if score >= self._target:
                self._found.append(ItemSet(chosen, score))
            return
        for index in range(first, len(self._gains) - more + 1):
            # The gains fall, so the next ones are the best that can still be added.
            best = sum(gain.points for gain in self._gains[index : index + more])
            if self.exhausted or bound + best + self._together + 1e-9 < self._target:
                return
            self._grow((*chosen, self._gains[index]), more - 1, index + 1, bound + self._gains[index].points)

    def _effort(self, found: ItemSet) -> tuple[float, float, tuple[str, ...]]:
        labels = tuple(gain.item.label for gain in found.gains)
        return sum(self._whatif.weeks(gain) for gain in found.gains), -found.score, labels


def acquired(resume: Profile, posting: Profile, items: Iterable[tuple[Missing, str | None]], scorer: Scorer) -> Profile:
    """The resume with missing items in place, each shown as fully as the posting asks, and its level read again."""
    chosen = list(items)
    skills = {skill.id: skill for skill in resume.skills}
    degrees, certifications = list(resume.degrees), list(resume.certifications)
    months = resume.experience_months
    for item, skill_id in chosen:
        if skill_id is not None:
            skills[skill_id] = _mastered(skill_id, skills.get(skill_id), resume, posting, scorer)
        elif item.kind == "degree":
            degrees.append(Degree(item.ids[0], None, _NOT_READ))
        elif item.kind == "certification":
            certifications.append(CertificationMention(item.ids[0], item.label, _NOT_READ, "used"))
        elif item.kind == "years":
            months = max(months or 0, math.ceil(12 * (posting.min_years or 0)))
    changed = replace(
        resume,
        skills=tuple(skills.values()),
        degrees=tuple(degrees),
        certifications=tuple(certifications),
        experience_months=months,
    )
    level = scorer.ladder.reread(changed)
    had = resume.level.inferred
    if had is not None and (
        level.inferred is None or scorer.ladder.seniority(level.inferred) < scorer.ladder.seniority(had)
    ):
        # Months that are told can make a title look too high; what is gained takes no level away.
        level = replace(level, inferred=had)
    aims = [item.ids[0] for item, _ in chosen if item.kind == "level"]
    if aims and (level.inferred is None or scorer.ladder.seniority(level.inferred) < scorer.ladder.seniority(aims[0])):
        level = replace(level, inferred=aims[0])
    return replace(changed, level=level)


def _mastered(
    skill_id: str, old: ProfileSkill | None, resume: Profile, posting: Profile, scorer: Scorer
) -> ProfileSkill:
    skill = scorer.taxonomy.skills[skill_id]
    years = max((asked.min_years or 0.0 for asked in posting.requirements if skill_id in asked.skill_ids), default=0.0)
    months = max(math.ceil(12 * years), (old.months or 0) if old else 0)
    return ProfileSkill(
        skill_id,
        skill.name,
        skill.kind,
        1.0,
        old.evidence if old else (_NOT_READ,),
        "used",
        months=months or None,
        last_used=resume.as_of[:7],
    )


def _difference(score: float, start: float) -> float:
    """Two scores' difference in whole hundredths."""
    return (round(score * 100) - round(start * 100)) / 100
