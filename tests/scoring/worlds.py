"""Made-up profiles: resumes and postings as hypothesis draws them, over skills that stand in every relation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from hypothesis import strategies as st

from matcher import Matcher
from matcher.model import (
    CertificationMention,
    Degree,
    Document,
    Evidence,
    LevelReading,
    Profile,
    ProfileSkill,
    Requirement,
)

AS_OF = "2026-11-20"
PLACE = Evidence(0, 1, "x")
# Broader, narrower and alternative skills of each other, and some that have nothing to do with the rest.
SKILLS = (
    "python r java sql machine-learning deep-learning pytorch tensorflow scikit-learn natural-language-processing"
    " computer-vision mlops model-deployment model-monitoring model-serving kubernetes docker containerization aws"
    " google-cloud cloud-computing apache-spark apache-kafka apache-airflow data-pipelines mlflow communication"
    " mentoring system-design statistics"
).split()
CERTIFICATION = "aws-machine-learning-specialty"
STATUSES = ("used", "listed", "learning", "negated")
MONTHS = st.one_of(st.none(), st.integers(0, 150))
DATES = st.one_of(st.none(), st.builds("{:04d}-{:02d}".format, st.integers(2000, 2026), st.integers(1, 10)))
SHARES = st.floats(0, 1, allow_nan=False)
WEIGHTS = st.floats(0, 3, allow_nan=False)


@cache
def shared_matcher() -> Matcher:
    return Matcher(as_of=date.fromisoformat(AS_OF))


def skill(
    skill_id: str,
    status: str = "used",
    months: int | None = None,
    last_used: str | None = None,
    undated: str | None = None,
    confidence: float = 1.0,
) -> ProfileSkill:
    known = shared_matcher().taxonomy.data.skills[skill_id]
    return ProfileSkill(
        skill_id,
        known.name,
        known.kind,
        confidence,
        (PLACE,),
        status,  # type: ignore[arg-type]
        months=months,
        last_used=last_used,
        undated=undated,  # type: ignore[arg-type]
    )


def document(kind: str, name: str = "x") -> Document:
    return Document(name, "0" * 64, kind, name, ())  # type: ignore[arg-type]


def resume(skills: Sequence[ProfileSkill] = (), **more: Any) -> Profile:
    months = more.pop("months", None)
    made = Profile(
        document("resume"), tuple(skills), (), (), (), months, None, (), (), LevelReading(None, None, "", (), ()),
        as_of=AS_OF,
    )  # fmt: skip
    made = replace(made, **more)
    return replace(made, level=shared_matcher().scorer.ladder.reread(made))


def posting(requirements: Sequence[Requirement], **more: Any) -> Profile:
    inferred = more.pop("level", None)
    years = more.pop("years", None)
    asked = len(requirements)
    made = Profile(
        document("posting"), (), tuple(requirements), (), (), None, years, (), (),
        LevelReading(inferred, None, "", (), ()), recognised=asked, asked=asked, as_of=AS_OF,
    )  # fmt: skip
    return replace(made, **more)


def asks(*skill_ids: str, strength: str = "required", years: float | None = None) -> Requirement:
    return Requirement(skill_ids, len(skill_ids) > 1, strength, years, (PLACE,))  # type: ignore[arg-type]


@st.composite
def held(draw: st.DrawFn, skill_id: str | None = None) -> ProfileSkill:
    last_used = draw(DATES)
    return skill(
        skill_id or draw(st.sampled_from(SKILLS)),
        draw(st.sampled_from(STATUSES)),
        None if last_used is None else draw(MONTHS),
        last_used,
        draw(st.sampled_from((None, *STATUSES))),
        draw(st.floats(0.3, 1)),
    )


@st.composite
def resumes(draw: st.DrawFn) -> Profile:
    skills = draw(st.lists(held(), max_size=10, unique_by=lambda item: item.id))
    degree = draw(st.sampled_from((None, "associate", "bachelor", "master", "phd")))
    return resume(
        skills,
        months=draw(MONTHS),
        stated_years=draw(st.sampled_from((None, 2.0, 4.5, 12.0))),
        title=draw(st.sampled_from((None, "Data Scientist", "Junior Engineer", "Senior Engineer", "Tech Lead"))),
        degrees=() if degree is None else (Degree(degree, None, PLACE),),
    )


@st.composite
def postings(draw: st.DrawFn) -> Profile:
    def requirement() -> st.SearchStrategy[Requirement]:
        return st.builds(
            lambda ids, strength, years: asks(*ids, strength=strength, years=years),
            st.lists(st.sampled_from(SKILLS), min_size=1, max_size=3, unique=True),
            st.sampled_from(("required", "preferred", "mentioned")),
            st.one_of(st.none(), st.sampled_from((1.0, 2.5, 5.0))),
        )

    first = asks(draw(st.sampled_from(SKILLS)))
    rest = draw(st.lists(requirement(), max_size=12, unique_by=lambda item: frozenset(item.skill_ids)))
    degree = draw(st.sampled_from((None, "bachelor", "master", "phd")))
    return posting(
        [first, *(item for item in rest if set(item.skill_ids) != set(first.skill_ids))],
        level=draw(st.sampled_from((None, "junior", "senior", "staff", "manager"))),
        years=draw(st.sampled_from((None, 2.0, 5.0))),
        degrees=()
        if degree is None
        else (Degree(degree, None, PLACE, strength="required", or_experience=draw(st.booleans())),),
        certifications=(CertificationMention(CERTIFICATION, "A", PLACE, strength="preferred"),)
        if draw(st.booleans())
        else (),
    )


def in_full(asked: Profile) -> Profile:
    """The posting as a resume that shows all of what it asks."""
    years = {skill_id: 0.0 for item in asked.requirements for skill_id in item.skill_ids}
    for item in asked.requirements:
        for skill_id in item.skill_ids:
            years[skill_id] = max(years[skill_id], item.min_years or 0.0)
    shown = [skill(skill_id, "used", int(12 * asked_years), AS_OF[:7]) for skill_id, asked_years in years.items()]
    made = resume(
        shown,
        months=None if asked.min_years is None else int(12 * asked.min_years),
        degrees=tuple(replace(item, strength=None) for item in asked.degrees),
        certifications=tuple(replace(item, status="used", strength=None) for item in asked.certifications),
    )
    return replace(made, level=replace(made.level, inferred=asked.level.inferred))


@st.composite
def settings(draw: st.DrawFn) -> dict[str, Any]:
    """Weights of all kinds that keep the order which the schema asks for."""
    listed, learning = sorted((draw(SHARES), draw(SHARES)), reverse=True)
    preferred, mentioned = sorted((draw(SHARES), draw(SHARES)), reverse=True)
    one, two = sorted((draw(SHARES), draw(SHARES)), reverse=True)
    return {
        "status": {"listed": listed, "learning": learning},
        "strength": {"preferred": preferred, "mentioned": mentioned},
        "broader_credit": draw(SHARES),
        "sibling_credit": draw(SHARES),
        "years_floor": draw(SHARES),
        "recency_floor": draw(SHARES),
        "recency_full_years": draw(WEIGHTS),
        "degree": draw(WEIGHTS),
        "level": draw(WEIGHTS),
        "total_years": draw(WEIGHTS),
        "level_one_below": one,
        "level_two_below": two,
        "degree_one_below": draw(SHARES),
    }
