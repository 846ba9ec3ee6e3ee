"""What a posting asks, worked out once for all resumes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from matcher.guidance import Advice, Guides
from matcher.model import Evidence, Profile, Requirement, Strength
from matcher.scoring.confidence import understood_share
from matcher.scoring.terms import Term, allot
from matcher.taxonomy.schema import Scoring, Taxonomy

# The strongest first.
STRENGTHS: dict[str, int] = {"required": 0, "preferred": 1, "mentioned": 2}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a posting asks.

    Attributes:
        terms: in the posting's order, those without weight left out.
        most: the hundredths of a point that can be earned of each; together they are 100.00 points.
        advice: what the guides say to each.
        understood: the share of the posting's asking lines in which something was recognised, from 0 to 1.
    """

    terms: tuple[Term, ...]
    most: tuple[int, ...]
    advice: tuple[Advice, ...]
    understood: float


def asked_by(posting: Profile, taxonomy: Taxonomy, weights: Scoring, guides: Guides) -> Asked:
    """What a posting asks, what can be earned of it, and what the guides say to it."""
    every = (
        *(term for requirement in posting.requirements for term in _skills(requirement, taxonomy, weights)),
        *_degrees(posting, taxonomy, weights),
        *_certifications(posting, taxonomy, weights),
        *_years(posting, weights),
        *_level(posting, taxonomy, weights),
    )
    terms = tuple(term for term in every if term.weight > 0)
    advice = tuple(guides.advice(term.ids) if term.kind == "skill" else Advice() for term in terms)
    return Asked(terms, allot(terms), advice, understood_share(posting, terms))


def _skills(requirement: Requirement, taxonomy: Taxonomy, weights: Scoring) -> Iterator[Term]:
    """One term for a skill or for alternatives, one for each of several that are all asked."""
    skills = taxonomy.skills
    parts = [requirement.skill_ids] if requirement.any_of else [(skill_id,) for skill_id in requirement.skill_ids]
    for part in parts:
        yield Term(
            "skill",
            " or ".join(skills[skill_id].name for skill_id in part),
            part,
            requirement.any_of,
            requirement.strength,
            weights.strength[requirement.strength] * max(weights.kind[skills[skill_id].kind] for skill_id in part),
            requirement.evidence,
            requirement.min_years,
        )


def _degrees(posting: Profile, taxonomy: Taxonomy, weights: Scoring) -> Iterator[Term]:
    """The lowest degree asked of each strength: "bachelor required, master preferred" are two terms."""
    degrees = taxonomy.degrees
    required: str | None = None
    for strength in ("required", "preferred"):
        asked = [item for item in posting.degrees if item.strength == strength]
        if not asked:
            continue
        lowest = min(asked, key=lambda item: (degrees[item.level].rank, item.evidence.start))
        if lowest.level == required:
            continue
        required = lowest.level
        or_experience = any(item.or_experience for item in asked)
        yield Term(
            "degree",
            degrees[lowest.level].name + (" or equivalent experience" if or_experience else ""),
            (lowest.level,),
            False,
            strength,
            weights.degree * weights.strength[strength],
            (lowest.evidence,),
            or_experience=or_experience,
        )


def _certifications(posting: Profile, taxonomy: Taxonomy, weights: Scoring) -> Iterator[Term]:
    """Each certification that is asked, at its strongest."""
    asked: dict[str, tuple[Strength, tuple[Evidence, ...]]] = {}
    for item in posting.certifications:
        strength = item.strength or "mentioned"
        old = asked.get(item.id)
        if old is None or STRENGTHS[strength] < STRENGTHS[old[0]]:
            asked[item.id] = (strength, (item.evidence,))
    for certification_id, (strength, evidence) in asked.items():
        name = taxonomy.certifications[certification_id].name
        weight = weights.certification * weights.strength[strength]
        yield Term("certification", name, (certification_id,), False, strength, weight, evidence)


def _years(posting: Profile, weights: Scoring) -> Iterator[Term]:
    """The years of experience that are asked, if any."""
    years = posting.min_years
    if years:
        label = f"{years:g} years of experience" if years != 1 else "1 year of experience"
        evidence = (posting.years_evidence,) if posting.years_evidence else ()
        yield Term("years", label, ("years",), False, "required", weights.total_years, evidence, years)


def _level(posting: Profile, taxonomy: Taxonomy, weights: Scoring) -> Iterator[Term]:
    """The posting's level, if it can be told."""
    asked = posting.level.inferred
    if asked is not None:
        name = taxonomy.levels[asked].name
        label = name if name.endswith("level") else f"{name} level"
        evidence = (posting.level.evidence,) if posting.level.evidence else ()
        yield Term("level", label, (asked,), False, "required", weights.level, evidence)
