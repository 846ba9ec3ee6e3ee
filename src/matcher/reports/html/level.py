"""Where one document stands on the ladder, and what the guides say to it, as a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.career import Career, Gap, Target
from matcher.model import Profile
from matcher.reports import advice, figures
from matcher.reports.figures import Quote
from matcher.reports.html.page import page
from matcher.taxonomy.schema import Level, Salary, Taxonomy

_ROOM = 1.25


@dataclass(frozen=True, slots=True)
class Shown:
    """A requirement of a level that a document shows, and where first."""

    name: str
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class Lack:
    """A requirement of a level that a document does not show, with the numbers of the guides that ask it."""

    gap: Gap
    guides: list[int]


@dataclass(frozen=True, slots=True)
class Goal:
    """A level to reach."""

    target: Target
    heading: str
    branch: str
    sentence: str
    gaps: list[Lack]
    shown: list[Shown]


@dataclass(frozen=True, slots=True)
class Pay:
    """What one guide gives for a level, and where it lies on the scale of its currency, from 0 to 100."""

    words: str
    basis: str | None
    guide: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Salaries:
    """What guides give for a level."""

    level: Level
    here: bool
    pays: list[Pay]


def render_level(profile: Profile, taxonomy: Taxonomy, career: Career) -> str:
    """One document against every level, and what the guides say to it, as one self-contained HTML page.

    Args:
        profile: what the document says.
        taxonomy: the one the profile was made with.
        career: what the guides say to the profile.
    """
    guides = figures.cited(advice.sources(career))
    return page(
        "level.html.j2",
        title=f"Level of {figures.file_name(profile.document.source)}",
        profile=profile,
        level_sentence=figures.level_sentence(profile, taxonomy),
        rungs=figures.ladder(profile.level, taxonomy),
        goals=[_goal(target, profile, guides, taxonomy) for target in career.targets],
        salaries=_salaries(career, guides, taxonomy),
        tracks=[
            (
                fit.track,
                len(fit.signals) / len(fit.track.signals),
                advice.track_sentence(fit, taxonomy),
                figures.marks(fit.track.sources, guides),
            )
            for fit in career.tracks
        ],
        background=career.background,
        background_sentence=advice.background_sentence(career.background) if career.background else "",
        background_guides=figures.marks(career.background.background.sources, guides) if career.background else [],
        steps=[(step.text, figures.marks(step.sources, guides)) for step in advice.next_steps(career)],
        guides=[figures.source_title(source_id, taxonomy) for source_id in guides],
        notices=figures.notices(profile),
    )


def _goal(target: Target, profile: Profile, guides: Mapping[str, int], taxonomy: Taxonomy) -> Goal:
    shown = []
    for item in target.shown:
        found = figures.quotes(profile.document, item.evidence)
        shown.append(Shown(figures.alternatives(item.skill_ids, taxonomy), found[0] if found else None))
    return Goal(
        target,
        advice.target_heading(target, profile.document.kind),
        advice.branch(target.level),
        advice.target_sentence(target, profile.document.kind),
        [Lack(gap, figures.marks(gap.sources, guides)) for gap in target.gaps],
        shown,
    )


def _salaries(career: Career, guides: Mapping[str, int], taxonomy: Taxonomy) -> list[Salaries]:
    """The level it reads as before those to reach; only levels that a guide gives a salary for."""
    groups: list[tuple[Level, bool, Sequence[Salary]]] = []
    if career.level_id is not None:
        groups.append((taxonomy.levels[career.level_id], True, career.salary))
    groups.extend((target.level, False, target.level.salary) for target in career.targets)
    most: dict[str, int] = {}
    for salary in (salary for _, _, salaries in groups for salary in salaries):
        # A range without an end needs room to go on.
        most[salary.currency] = max(most.get(salary.currency, 1), salary.max or round(salary.min * _ROOM))
    return [
        Salaries(level, here, [_pay(salary, most[salary.currency], guides) for salary in salaries])
        for level, here, salaries in groups
        if salaries
    ]


def _pay(salary: Salary, most: int, guides: Mapping[str, int]) -> Pay:
    start = 100 * salary.min / most
    # A range without an end goes on to the edge.
    end = 100.0 if salary.max is None else 100 * salary.max / most
    return Pay(advice.salary_range(salary), salary.basis, guides[salary.source], start, max(end - start, 1.0))
