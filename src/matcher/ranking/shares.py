"""What a resume earns of a degree, a certification, years or a level, by the one trait of it that counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from matcher.model import Contribution, Degree, Document, Evidence, LevelReading, Profile
from matcher.ranking.rows import Rows, Trait
from matcher.scoring import Scorer

_NOWHERE = Evidence(0, 0, "")


def blank(as_of: str) -> Profile:
    """A resume that shows nothing, on a day ``YYYY-MM-DD``."""
    document = Document("", "", "resume", "", ())
    level = LevelReading(None, None, "", (), ())
    return Profile(document, (), (), (), (), None, None, (), (), level, as_of=as_of)


def is_open(item: Contribution, posting: Profile) -> bool:
    """Whether the traits do not tell what is earned: where experience stands for the degree too."""
    return item.kind == "degree" and any(degree.or_experience for degree in posting.degrees)


def shares(item: Contribution, posting: Profile, rows: Rows, scorer: Scorer) -> tuple[Trait[Any], list[float]]:
    """The trait that counts, and what is earned at most with each of its distinct values, from 0 to 1.

    Args:
        item: what is asked: no skill, and not open.
        posting: who asks it.
    """
    nothing = blank(rows.as_of)
    match item.kind:
        case "years":
            asked = posting.min_years or 0.0
            known = [0.0 if months is None else months / 12 / asked for months in rows.experience.distinct]
            return rows.experience, [min(1.0, share) for share in known]
        case "certification":
            return rows.certifications, [float(item.ids[0] in held) for held in rows.certifications.distinct]
        case "level":
            readings = (replace(nothing.level, inferred=level) for level in rows.levels.distinct)
            resumes = [replace(nothing, level=reading) for reading in readings]
            return rows.levels, _earned(item, posting, resumes, scorer)
        case "degree":
            shown = (tuple(Degree(level, None, _NOWHERE) for level in held) for held in rows.degrees.distinct)
            resumes = [replace(nothing, degrees=degrees) for degrees in shown]
            return rows.degrees, _earned(item, posting, resumes, scorer)
    raise ValueError(f"{item.kind} is not told by a trait")


def _earned(item: Contribution, posting: Profile, resumes: Iterable[Profile], scorer: Scorer) -> list[float]:
    """The credit that resumes with nothing but the one thing earn for it: the scorer's own answer."""
    asked = replace(posting, requirements=(), certifications=())
    earned = []
    for resume in resumes:
        answers = scorer.score(resume, asked).contributions
        same = (answer.credit for answer in answers if (answer.kind, answer.ids) == (item.kind, item.ids))
        earned.append(max(same, default=1.0))
    return earned
