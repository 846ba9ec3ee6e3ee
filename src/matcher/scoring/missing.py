"""What a posting asks that a resume does not fully show, with what the guides advise."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.model import Contribution, Missing
from matcher.scoring.asked import STRENGTHS, Asked
from matcher.scoring.terms import Credit


def missing(asked: Asked, credits: Sequence[Credit], points: Sequence[Contribution]) -> tuple[Missing, ...]:
    """The contributions that are short of something, the dearest first."""
    items = [
        Missing(
            item.kind,
            item.label,
            item.ids,
            item.strength,
            item.max_points - item.points,
            item.points > 0,
            item.reason,
            item.asked,
            advice.often_missing,
            advice.acquire,
            advice.show,
            advice.effort,
            advice.sources,
        )
        for advice, credit, item in zip(asked.advice, credits, points, strict=True)
        if credit.short and item.points < item.max_points
    ]
    return tuple(sorted(items, key=lambda item: (-item.points, STRENGTHS[item.strength], item.label)))
