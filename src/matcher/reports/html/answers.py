"""What would raise a score, for a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.model import Missing
from matcher.reports import advice, figures
from matcher.reports.advice import Answers


@dataclass(frozen=True, slots=True)
class Rise:
    """A missing item and how far the score rises with it.

    Attributes:
        before, after: the score without and with it.
        adds: the points between the two.
        guides: the numbers of the guides that say how to gain and to show it.
    """

    item: Missing
    before: float
    after: float
    adds: float
    effort: int
    guides: list[int]


@dataclass(frozen=True, slots=True)
class Way:
    """Items that together reach a score."""

    labels: list[str]
    score: float


@dataclass(frozen=True, slots=True)
class ShownAnswers:
    """Answers as a page shows them; None for each question that was not asked."""

    gains: Sequence[Rise] | None
    plan: Sequence[Rise] | None
    target: float | None
    sentence: str
    ways: Sequence[Way]


def shown_answers(answers: Answers, guides: Mapping[str, int]) -> ShownAnswers:
    """Answers with the numbers of the guides that they cite."""
    found = answers.sets
    return ShownAnswers(
        None
        if answers.gains is None
        else [Rise(gain.item, answers.start, gain.score, gain.points, gain.effort, []) for gain in answers.gains],
        None if answers.plan is None else _climb(answers, guides),
        found.target if found else None,
        advice.sets_sentence(found) if found else "",
        [Way([gain.item.label for gain in way.gains], way.score) for way in found.sets] if found else (),
    )


def _climb(answers: Answers, guides: Mapping[str, int]) -> list[Rise]:
    rises, before = [], answers.start
    for step in answers.plan or ():
        item = step.gain.item
        rises.append(Rise(item, before, step.score, step.adds, step.gain.effort, figures.marks(item.sources, guides)))
        before = step.score
    return rises
