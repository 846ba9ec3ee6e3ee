"""What the reports say of what to do next: the answers that were asked for, and the words of targets, pay and tracks.

Pure, no layout.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from matcher.career import BackgroundFit, Career, Target, TrackFit
from matcher.model import DocumentKind
from matcher.reports import figures
from matcher.taxonomy.schema import Level, NextStep, Salary, Taxonomy
from matcher.whatif import Gain, SmallestSets, Step, WhatIf

_MOST_STEPS = 5
# Beside the points that the list of what is missing says an item costs.
GAINS_NOTE = (
    "These can differ from the points an item costs in the list of what is missing: once shown, it also shows broader"
    " things and counts for the level."
)


@dataclass(frozen=True, slots=True)
class Answers:
    """What would raise a score; None for each question that was not asked.

    Attributes:
        start: the score as it is.
        gains: what each missing item would add by itself.
        sets: the smallest sets of items that reach a score.
        plan: the items in the order of points for the effort.
    """

    start: float
    gains: tuple[Gain, ...] | None = None
    sets: SmallestSets | None = None
    plan: tuple[Step, ...] | None = None

    @classmethod
    def of(cls, questions: WhatIf, *, gains: bool, plan: bool, target: float | None) -> Answers:
        """Answer what is asked; ``target`` is the score that sets of items are to reach."""
        return cls(
            questions.start,
            questions.gains if gains else None,
            None if target is None else questions.smallest_sets(target),
            questions.plan() if plan else None,
        )

    @property
    def sources(self) -> list[tuple[str, ...]]:
        """The guides that the steps of the plan cite, step by step."""
        return [step.gain.item.sources for step in self.plan or ()]


def sets_sentence(found: SmallestSets) -> str:
    """How many items it takes to reach the target, without a full stop."""
    if found.size is None:
        return f"no set of missing items reaches {found.target:g}: with all of them the score is {found.best:.2f}"
    if found.size == 0:
        return f"the score is at {found.target:g} already"
    noun = "item" if found.size == 1 else "items"
    sure = "" if found.proven else " at the most"
    return f"to reach {found.target:g} it takes {found.size} {noun}{sure}"


def sources(career: Career) -> list[Iterable[str]]:
    """The guides in the order in which the parts of a career cite them."""
    cited: list[Iterable[str]] = []
    for target in career.targets:
        cited.extend(gap.sources for gap in target.gaps)
        cited.append([salary.source for salary in target.level.salary])
    cited.append([salary.source for salary in career.salary])
    cited.extend(fit.track.sources for fit in career.tracks)
    if career.background is not None:
        cited.append(career.background.background.sources)
    cited.extend(step.sources for step in next_steps(career))
    return cited


def branch(level: Level) -> str:
    """The branch of the ladder that a level is on."""
    return f"{level.branch} branch"


def target_heading(target: Target, kind: DocumentKind) -> str:
    """What a section about a level is called: a person may reach it, a posting is compared with it."""
    return f"To reach {target.level.name}" if kind == "resume" else f"Compared with {target.level.name}"


def target_sentence(target: Target, kind: DocumentKind) -> str:
    """How far a document of a kind is from a level, without a full stop."""
    count = len(target.gaps)
    verb = "shown" if kind == "resume" else "asked"
    parts = [f"{target.coverage:.0%} of what career guides list for it is {verb}"]
    parts.append(f"{count} {'item is' if count == 1 else 'items are'} missing" if count else "nothing is missing")
    if target.years:
        parts.append(f"{target.years:.1f} years short of the usual {figures.usual_years(target.level)}")
    return ", ".join(parts)


def salary_range(salary: Salary) -> str:
    """What one guide gives, for a year."""
    most = f" to {salary.max:,}" if salary.max is not None else " and more"
    return f"{salary.min:,}{most} {salary.currency}"


def track_sentence(fit: TrackFit, taxonomy: Taxonomy) -> str:
    """A track and what speaks for it, without a full stop."""
    names = ", ".join(taxonomy.skills[skill_id].name for skill_id in fit.signals)
    return f"{len(fit.signals)} of the {len(fit.track.signals)} skills that go with it ({names})"


def background_sentence(fit: BackgroundFit) -> str:
    """What is still open for somebody of this background, without a full stop."""
    return f"often missing with it, and not shown yet: {', '.join(gap.label for gap in fit.gaps)}"


def next_steps(career: Career) -> tuple[NextStep, ...]:
    """The first of the next steps that guides recommend."""
    return career.next_steps[:_MOST_STEPS]
