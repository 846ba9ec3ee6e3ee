"""What a resume earns of a degree, of certifications, of years of experience and of a level that are asked."""

from __future__ import annotations

from dataclasses import replace

from matcher.levels import Ladder
from matcher.model import Degree, Evidence, Profile, Strength
from matcher.scoring.terms import NOTHING, Credit, Term
from matcher.taxonomy.schema import Scoring, Taxonomy

_STRENGTHS: dict[str, int] = {"required": 0, "preferred": 1, "mentioned": 2}


def degree_terms(resume: Profile, posting: Profile, taxonomy: Taxonomy, weights: Scoring) -> list[Term]:
    """The lowest degree asked of each strength: "bachelor required, master preferred" are two terms."""
    degrees = taxonomy.degrees
    terms: list[Term] = []
    for strength in ("required", "preferred"):
        asked = [item for item in posting.degrees if item.strength == strength]
        if not asked:
            continue
        lowest = min(asked, key=lambda item: (degrees[item.level].rank, item.evidence.start))
        if terms and terms[0].ids == (lowest.level,):
            continue
        label = degrees[lowest.level].name
        credit = _degree_credit(lowest.level, resume, taxonomy, weights)
        if any(item.or_experience for item in asked):
            label += " or equivalent experience"
            credit = max(
                credit, _instead_of_degree(lowest.level, resume, taxonomy, weights), key=lambda item: item.value
            )
        weight = weights.degree * weights.strength[strength]
        terms.append(Term("degree", label, (lowest.level,), False, strength, weight, (lowest.evidence,), credit))
    return terms


def _degree_credit(level: str, resume: Profile, taxonomy: Taxonomy, weights: Scoring) -> Credit:
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


def certification_terms(resume: Profile, posting: Profile, taxonomy: Taxonomy, weights: Scoring) -> list[Term]:
    """Each certification that is asked, at its strongest."""
    shown = {item.id: item for item in reversed(resume.certifications) if item.status == "used"}
    asked: dict[str, tuple[Strength, tuple[Evidence, ...]]] = {}
    for item in posting.certifications:
        strength = item.strength or "mentioned"
        old = asked.get(item.id)
        if old is None or _STRENGTHS[strength] < _STRENGTHS[old[0]]:
            asked[item.id] = (strength, (item.evidence,))
    terms = []
    for certification_id, (strength, evidence) in asked.items():
        held = shown.get(certification_id)
        credit = Credit(1.0, held.id, "exact", "shown", (held.evidence,), short=False) if held else NOTHING
        name = taxonomy.certifications[certification_id].name
        weight = weights.certification * weights.strength[strength]
        terms.append(Term("certification", name, (certification_id,), False, strength, weight, evidence, credit))
    return terms


def years_terms(resume: Profile, posting: Profile, weights: Scoring) -> list[Term]:
    """The years of experience that are asked, if any."""
    years = posting.min_years
    if not years:
        return []
    if resume.experience_years is None:
        credit = Credit(0.0, None, "none", "no dated experience is shown", (), high=1.0)
    else:
        credit = _experience(resume, years, weights)
    label = f"{years:g} years of experience" if years != 1 else "1 year of experience"
    evidence = (posting.years_evidence,) if posting.years_evidence else ()
    return [Term("years", label, ("years",), False, "required", weights.total_years, evidence, credit)]


def level_terms(resume: Profile, posting: Profile, taxonomy: Taxonomy, ladder: Ladder, weights: Scoring) -> list[Term]:
    """The posting's level, if it can be told."""
    asked = posting.level.inferred
    if asked is None:
        return []
    evidence = (posting.level.evidence,) if posting.level.evidence else ()
    shown = resume.level.inferred
    if shown is None:
        credit = Credit(0.0, None, "none", "the resume's level cannot be told", (), high=1.0)
    else:
        gap = ladder.seniority(asked) - ladder.seniority(shown)
        value = (
            1.0 if gap <= 0 else weights.level_one_below if gap <= 1 else weights.level_two_below if gap <= 2 else 0.0
        )
        reason = f"reads as {taxonomy.levels[shown].name}"
        places = (resume.level.evidence,) if resume.level.evidence else ()
        credit = (
            Credit(value, shown, "exact" if gap <= 0 else "broader", reason, places, short=gap > 0)
            if value
            else Credit(0.0, None, "none", reason, places)
        )
    name = taxonomy.levels[asked].name
    label = name if name.endswith("level") else f"{name} level"
    return [Term("level", label, (asked,), False, "required", weights.level, evidence, credit)]


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
