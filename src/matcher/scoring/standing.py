"""What a resume earns of a degree, of certifications, of years of experience and of a level that are asked."""

from __future__ import annotations

from dataclasses import replace

from matcher.levels import Ladder
from matcher.model import Degree, Evidence, Profile
from matcher.scoring.terms import NOTHING, Credit
from matcher.taxonomy.schema import Scoring, Taxonomy


def degree_credit(
    level: str, resume: Profile, taxonomy: Taxonomy, weights: Scoring, *, or_experience: bool = False
) -> Credit:
    """What the highest degree earns, or experience where the posting takes that for the degree."""
    credit = _highest(level, resume, taxonomy, weights)
    if or_experience:
        instead = _instead_of_degree(level, resume, taxonomy, weights)
        credit = max(credit, instead, key=lambda item: item.value)
    return credit


def _highest(level: str, resume: Profile, taxonomy: Taxonomy, weights: Scoring) -> Credit:
    degrees = taxonomy.degrees

    def order(item: Degree) -> tuple[int, int]:
        return degrees[item.level].rank, -item.evidence.start

    best = max(resume.degrees, key=order, default=None)
    if best is None:
        return Credit(0.0, None, "none", "no degree is shown", ())
    gap = degrees[level].rank - degrees[best.level].rank
    value = 1.0 if gap <= 0 else weights.degree_one_below if gap == 1 else 0.0
    reason = f"{degrees[best.level].name} shown"
    if not value:
        return Credit(0.0, None, "none", reason, (best.evidence,))
    return Credit(value, best.level, "exact" if gap <= 0 else "broader", reason, (best.evidence,), short=gap > 0)


def _instead_of_degree(level: str, resume: Profile, taxonomy: Taxonomy, weights: Scoring) -> Credit:
    """What experience earns where the posting takes it for the degree."""
    rank = taxonomy.degrees[level].rank
    usual = weights.degree_years_per_rank * rank
    if resume.experience_years is None:
        return Credit(0.0, None, "none", "no degree and no dated experience is shown", (), high=1.0)
    credit = _experience(resume, usual, weights)
    reason = f"{credit.reason} for the {usual:g} that stand for the degree"
    return replace(credit, reason=reason, path="sibling" if 0 < credit.value < 1 else credit.path)


def certification_credit(certification_id: str, resume: Profile) -> Credit:
    """All for a certification that is shown, nothing else."""
    for item in resume.certifications:
        if item.id == certification_id and item.status == "used":
            return Credit(1.0, item.id, "exact", "shown", (item.evidence,), short=False)
    return NOTHING


def years_credit(years: float, resume: Profile, weights: Scoring) -> Credit:
    """What years of experience earn where ``years`` are asked."""
    if resume.experience_years is None:
        return Credit(0.0, None, "none", "no dated experience is shown", (), high=1.0)
    return _experience(resume, years, weights)


def level_credit(asked: str, resume: Profile, taxonomy: Taxonomy, ladder: Ladder, weights: Scoring) -> Credit:
    """What the level that a resume reads as earns where another one is asked."""
    shown = resume.level.inferred
    if shown is None:
        return Credit(0.0, None, "none", "the resume's level cannot be told", (), high=1.0)
    gap = ladder.seniority(asked) - ladder.seniority(shown)
    value = 1.0 if gap <= 0 else weights.level_one_below if gap <= 1 else weights.level_two_below if gap <= 2 else 0.0
    reason = f"reads as {taxonomy.levels[shown].name}"
    places = (resume.level.evidence,) if resume.level.evidence else ()
    if not value:
        return Credit(0.0, None, "none", reason, places)
    return Credit(value, shown, "exact" if gap <= 0 else "broader", reason, places, short=gap > 0)


def _experience(resume: Profile, asked: float, weights: Scoring) -> Credit:
    """What years of experience earn of ``asked`` years: those of dated jobs in full, those only stated as a claim.

    A figure in a summary stands to dated jobs as a listed skill to a used one, so it has the worth of a listed one.
    """
    dated = (resume.experience_months or 0) / 12
    shown = min(1.0, dated / asked) if asked else 1.0
    stated = resume.stated_years or 0.0
    claimed = weights.status["listed"] * (min(1.0, stated / asked) if asked else 1.0)
    if claimed > shown:
        places = (resume.years_evidence,) if resume.years_evidence else ()
        reason = f"{stated:.1f} years of experience stated, {dated:.1f} of them dated"
        return Credit(claimed, "years", "exact", reason, places, high=min(1.0, stated / asked), short=True)
    reason = f"{dated:.1f} years of experience"
    if not shown:
        return Credit(0.0, None, "none", reason, ())
    return Credit(shown, "years", "exact", reason, _job_evidence(resume), short=shown < 1)


def _job_evidence(resume: Profile) -> tuple[Evidence, ...]:
    return tuple(role.evidence for role in resume.roles if role.kind == "job")
