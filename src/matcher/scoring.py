"""The score: what a posting asks against what a resume shows. Pure: no clock, no files, no hidden state."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matcher.levels import Ladder
from matcher.model import (
    Contribution,
    ContributionKind,
    Evidence,
    MatchResult,
    Missing,
    Path,
    Profile,
    ProfileSkill,
    Requirement,
    Strength,
)
from matcher.taxonomy.graph import Graph
from matcher.taxonomy.schema import Scoring, Suggestion, Taxonomy

TOTAL = 10_000
_STRENGTHS: dict[str, int] = {"required": 0, "preferred": 1, "mentioned": 2}


@dataclass(frozen=True, slots=True)
class _Credit:
    """A credit before it is turned into points."""

    value: float
    matched: str | None
    path: Path
    reason: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """One thing asked, its weight and what the resume earns of it."""

    kind: ContributionKind
    label: str
    ids: tuple[str, ...]
    any_of: bool
    strength: Strength
    weight: float
    asked: tuple[Evidence, ...]
    credit: _Credit


_NOTHING = _Credit(0.0, None, "none", "not shown", ())


class Scorer:
    """Scores pairs of profiles with one taxonomy and one set of weights."""

    def __init__(self, taxonomy: Taxonomy, graph: Graph, ladder: Ladder, weights: Scoring | None = None) -> None:
        self.taxonomy = taxonomy
        self.weights = weights or taxonomy.scoring
        self._graph = graph
        self._ladder = ladder
        self.settings_hash = hashlib.sha256(self.weights.model_dump_json().encode()).hexdigest()
        self._often_missing: dict[str, tuple[str, ...]] = {}
        for item in taxonomy.guidance.often_missing:
            self._often_missing[item.skill] = (*self._often_missing.get(item.skill, ()), item.source)

    def score(self, resume: Profile, posting: Profile) -> MatchResult:
        """Score ``resume`` against ``posting``; both must be profiles of this scorer's taxonomy."""
        held = Holdings(resume, self._graph)
        asked = [
            *(self._skill(requirement, held) for requirement in posting.requirements),
            *self._degree(resume, posting),
            *self._certifications(resume, posting),
            *self._years(resume, posting),
            *self._level(resume, posting),
        ]
        counted = [item for item in asked if item.weight > 0]
        contributions = _points(counted)
        understood = posting.recognised / posting.asked if posting.asked else 1.0 if counted else 0.0
        return MatchResult(
            resume,
            posting,
            contributions,
            self._missing(contributions),
            self.taxonomy.version,
            self.taxonomy.digest,
            self.settings_hash,
            resume.as_of,
            understood,
            self._abstention(posting, counted, understood),
        )

    def _abstention(self, posting: Profile, counted: Sequence[_Asked], understood: float) -> str | None:
        skills = sum(item.kind == "skill" for item in counted)
        if posting.asked and understood < self.weights.min_recognised_share:
            return f"I understood {posting.recognised} of its {posting.asked} requirements, too few for a score"
        if skills < self.weights.min_requirements:
            noun = "skill" if skills == 1 else "skills"
            return f"the posting asks {skills or 'no'} {noun} that I know, too few for a score"
        return None

    def _skill(self, requirement: Requirement, held: Holdings) -> _Asked:
        skills = self.taxonomy.skills
        weight = self.weights.strength[requirement.strength] * max(
            self.weights.kind[skills[skill_id].kind] for skill_id in requirement.skill_ids
        )
        credits = [self._credit(skill_id, requirement.min_years, held) for skill_id in requirement.skill_ids]
        best = max(credits, key=lambda credit: credit.value)
        label = " or ".join(skills[skill_id].name for skill_id in requirement.skill_ids)
        return _Asked(
            "skill",
            label,
            requirement.skill_ids,
            requirement.any_of,
            requirement.strength,
            weight,
            requirement.evidence,
            best,
        )

    def _credit(self, skill_id: str, min_years: float | None, held: Holdings) -> _Credit:
        """The best credit that any skill of the resume earns for ``skill_id``."""
        best = _NOTHING
        for candidate, path in held.candidates(skill_id):
            credit = self._worth(candidate, path, min_years, held)
            if credit.value > best.value or (best.matched is None and credit.reason != best.reason):
                best = credit
        return best

    def _worth(self, skill: ProfileSkill, path: Path, min_years: float | None, held: Holdings) -> _Credit:
        weights = self.weights
        status = skill.status or "listed"
        value = weights.status[status]
        reasons: list[str] = [status]
        if path == "narrower":
            reasons.append(f"shown by {skill.name}")
        elif path == "broader":
            value *= weights.broader_credit
            reasons.append(f"only the broader {skill.name} is shown")
        elif path == "sibling":
            value *= weights.sibling_credit
            reasons.append(f"the alternative {skill.name} is shown")
        if min_years:
            if skill.months is None:
                value *= weights.years_unknown
                reasons.append(f"{min_years:g} years asked, the text does not tell how long")
            else:
                share = min(1.0, skill.months / (12 * min_years))
                value *= weights.years_floor + (1 - weights.years_floor) * share
                reasons.append(f"{skill.months / 12:.1f} of {min_years:g} years asked")
        age = held.years_since(skill)
        if age is not None and age > weights.recency_full_years:
            decay = 0.5 ** ((age - weights.recency_full_years) / weights.recency_half_life_years)
            value *= weights.recency_floor + (1 - weights.recency_floor) * decay
            reasons.append(f"last used {skill.last_used}")
        if value <= 0:
            return _Credit(0.0, None, "none", "; ".join(reasons), skill.evidence)
        return _Credit(value, skill.id, path, "; ".join(reasons), skill.evidence)

    def _degree(self, resume: Profile, posting: Profile) -> list[_Asked]:
        """The lowest degree asked at its strongest: "bachelor required, master preferred" are two."""
        degrees = self.taxonomy.degrees
        result = []
        for strength in ("required", "preferred"):
            asked = [item for item in posting.degrees if item.strength == strength]
            if not asked:
                continue
            lowest = min(asked, key=lambda item: (degrees[item.level].rank, item.evidence.start))
            rank = degrees[lowest.level].rank
            best = max(
                resume.degrees,
                key=lambda item: (degrees[item.level].rank, -item.evidence.start),
                default=None,
            )
            if best is None:
                credit = _Credit(0.0, None, "none", "no degree is shown", ())
            else:
                gap = rank - degrees[best.level].rank
                value = 1.0 if gap <= 0 else self.weights.degree_one_below if gap == 1 else 0.0
                reason = f"{degrees[best.level].name} shown"
                credit = _Credit(value, best.level, "exact" if gap <= 0 else "broader", reason, (best.evidence,))
            result.append(
                _Asked("degree", degrees[lowest.level].name, (lowest.level,), False, strength,
                       self.weights.degree * self.weights.strength[strength], (lowest.evidence,), credit)
            )  # fmt: skip
        if len(result) == 2 and result[0].ids == result[1].ids:
            result.pop()
        return result

    def _certifications(self, resume: Profile, posting: Profile) -> list[_Asked]:
        shown = {item.id: item for item in reversed(resume.certifications) if item.status == "used"}
        asked: dict[str, tuple[Strength, tuple[Evidence, ...]]] = {}
        for item in posting.certifications:
            strength = item.strength or "mentioned"
            old = asked.get(item.id)
            if old is None or _STRENGTHS[strength] < _STRENGTHS[old[0]]:
                asked[item.id] = (strength, (item.evidence,))
        result = []
        for certification_id, (strength, evidence) in asked.items():
            held = shown.get(certification_id)
            credit = _Credit(1.0, held.id, "exact", "shown", (held.evidence,)) if held else _NOTHING
            name = self.taxonomy.certifications[certification_id].name
            weight = self.weights.certification * self.weights.strength[strength]
            result.append(_Asked("certification", name, (certification_id,), False, strength, weight, evidence, credit))
        return result

    def _years(self, resume: Profile, posting: Profile) -> list[_Asked]:
        years = posting.min_years
        if not years:
            return []
        evidence = (posting.years_evidence,) if posting.years_evidence else ()
        if resume.experience_months is None:
            credit = _Credit(0.0, None, "none", "no dated experience is shown", ())
        else:
            shown = resume.experience_months / 12
            roles = tuple(role.evidence for role in resume.roles if role.kind == "job")
            credit = _Credit(min(1.0, shown / years), "years", "exact", f"{shown:.1f} years shown", roles)
        label = f"{years:g} years of experience"
        return [_Asked("years", label, ("years",), False, "required", self.weights.total_years, evidence, credit)]

    def _level(self, resume: Profile, posting: Profile) -> list[_Asked]:
        asked = posting.level.inferred
        if asked is None:
            return []
        name = self.taxonomy.levels[asked].name
        evidence = (posting.level.evidence,) if posting.level.evidence else ()
        shown = resume.level.inferred
        if shown is None:
            credit = _Credit(0.0, None, "none", "the resume's level cannot be told", ())
        else:
            gap = self._ladder.seniority(asked) - self._ladder.seniority(shown)
            value = 1.0 if gap <= 0 else self.weights.level_one_below if gap <= 1 else 0.0
            if 1 < gap <= 2:
                value = self.weights.level_two_below
            credit = _Credit(
                value,
                shown,
                "exact" if gap <= 0 else "broader",
                f"reads as {self.taxonomy.levels[shown].name}",
                (resume.level.evidence,) if resume.level.evidence else (),
            )
        return [_Asked("level", f"{name} level", (asked,), False, "required", self.weights.level, evidence, credit)]

    def _missing(self, contributions: Sequence[Contribution]) -> tuple[Missing, ...]:
        items = []
        for item in contributions:
            lost = item.max_points - item.points
            if lost <= 0 or (item.kind == "skill" and item.path in {"exact", "narrower"}):
                continue
            often = tuple(source for skill_id in item.ids for source in self._often_missing.get(skill_id, ()))
            suggestion = self._suggestion(item.ids) if item.kind == "skill" else None
            items.append(
                Missing(
                    item.kind,
                    item.label,
                    item.ids,
                    item.strength,
                    lost,
                    item.points > 0,
                    item.reason,
                    item.asked,
                    bool(often),
                    suggestion.acquire if suggestion else None,
                    suggestion.show if suggestion else None,
                    suggestion.effort if suggestion else None,
                    tuple(dict.fromkeys((*often, *(suggestion.sources if suggestion else ())))),
                )
            )
        return tuple(sorted(items, key=lambda item: (-item.points, _STRENGTHS[item.strength], item.label)))

    def _suggestion(self, skill_ids: Sequence[str]) -> Suggestion | None:
        """The suggestion for the skill, else for a broader one, else for its kind."""
        suggestions = self.taxonomy.guidance.suggestions
        for skill_id in skill_ids:
            for wanted in (skill_id, *self._graph.above(skill_id)):
                for entry in suggestions:
                    if wanted in entry.skills:
                        return entry
        kind = self.taxonomy.skills[skill_ids[0]].kind
        return next((entry for entry in suggestions if kind in entry.kinds), None)


class Holdings:
    """What a resume holds, ready for look-up from the side of the requirement."""

    def __init__(self, resume: Profile, graph: Graph) -> None:
        self._graph = graph
        self._skills = {skill.id: skill for skill in resume.skills}
        self._as_of = date.fromisoformat(resume.as_of)
        self._narrower: dict[str, list[str]] = {}
        for skill_id in self._skills:
            for above in graph.above(skill_id):
                self._narrower.setdefault(above, []).append(skill_id)

    def candidates(self, skill_id: str) -> list[tuple[ProfileSkill, Path]]:
        """The resume's skills that may stand for ``skill_id``, the closest kind of kinship first."""
        found: list[tuple[ProfileSkill, Path]] = []
        own = self._skills.get(skill_id)
        if own is not None:
            found.append((own, "exact"))
        found.extend((self._skills[other], "narrower") for other in sorted(self._narrower.get(skill_id, ())))
        for parent in self._graph.parents(skill_id):
            if parent in self._skills:
                found.append((self._skills[parent], "broader"))
        found.extend(
            (self._skills[other], "sibling") for other in self._graph.related(skill_id) if other in self._skills
        )
        return found

    def years_since(self, skill: ProfileSkill) -> float | None:
        """Years from the last dated use to the day of the profile; None where the text does not tell."""
        if skill.last_used is None:
            return None
        year, month = (int(part) for part in skill.last_used.split("-"))
        return max(0.0, (self._as_of.year * 12 + self._as_of.month - year * 12 - month) / 12)


def _points(asked: Sequence[_Asked]) -> tuple[Contribution, ...]:
    """Weights to points: the most that can be earned adds up to exactly 100.00, by the largest remainder."""
    total = sum(item.weight for item in asked)
    if not total:
        return ()
    shares = [TOTAL * item.weight / total for item in asked]
    most = [int(share) for share in shares]
    order = sorted(range(len(asked)), key=lambda index: (most[index] - shares[index], index))
    for index in order[: TOTAL - sum(most)]:
        most[index] += 1
    return tuple(
        Contribution(
            item.kind,
            item.label,
            item.ids,
            item.any_of,
            item.strength,
            round(maximum * item.credit.value),
            maximum,
            item.credit.value,
            item.credit.matched,
            item.credit.path,
            item.credit.reason,
            item.asked,
            item.credit.evidence,
        )
        for item, maximum in zip(asked, most, strict=True)
    )
