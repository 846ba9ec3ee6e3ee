"""What a posting asks that a resume does not fully show, with what the guides advise."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.guidance import Advice, Guides
from matcher.model import Contribution, Missing
from matcher.scoring.terms import Term

_STRENGTHS: dict[str, int] = {"required": 0, "preferred": 1, "mentioned": 2}


def missing(terms: Sequence[Term], points: Sequence[Contribution], guides: Guides) -> tuple[Missing, ...]:
    """The contributions that are short of something, the dearest first."""
    items = []
    for term, item in zip(terms, points, strict=True):
        lost = item.max_points - item.points
        if lost <= 0 or not term.credit.short:
            continue
        advice = guides.advice(item.ids) if item.kind == "skill" else Advice()
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
                advice.often_missing,
                advice.acquire,
                advice.show,
                advice.effort,
                advice.sources,
            )
        )
    return tuple(sorted(items, key=lambda item: (-item.points, _STRENGTHS[item.strength], item.label)))
