"""What a posting asks, one term each, what a resume earns of each, and how that becomes points."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matcher.model import TOTAL_POINTS, Contribution, ContributionKind, Evidence, Path, Strength

# Credits are whole millionths: what a power or a product leaves in the last bit must not decide a rounding.
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Credit:
    """What a resume earns of a term.

    Attributes:
        value: from 0 to 1.
        high: what ``value`` would be if the resume told in its favour what it leaves open.
        confidence: how far the reading behind it is trusted, from 0 to 1.
        short: whether something asked is not fully shown (rather than shown in a weaker way).
        route: the skills from the one that matched to the one asked.
    """

    value: float
    matched: str | None
    path: Path
    reason: str
    evidence: tuple[Evidence, ...]
    route: tuple[str, ...] = ()
    high: float = 0.0
    confidence: float = 1.0
    short: bool = True

    def best_case(self) -> float:
        """``high``, or ``value`` where nothing is left open."""
        return max(self.value, self.high)


NOTHING = Credit(0.0, None, "none", "not shown", ())


@dataclass(frozen=True, slots=True)
class Term:
    """One thing asked, and its weight.

    Attributes:
        years: how many are asked, of a skill or in all.
        or_experience: whether years of experience are taken in place of a degree.
    """

    kind: ContributionKind
    label: str
    ids: tuple[str, ...]
    any_of: bool
    strength: Strength
    weight: float
    asked: tuple[Evidence, ...]
    years: float | None = None
    or_experience: bool = False


def contributions(terms: Sequence[Term], most: Sequence[int], credits: Iterable[Credit]) -> tuple[Contribution, ...]:
    """Terms to contributions in the same order.

    Args:
        terms: what is asked.
        most: the hundredths of a point that can be earned of each.
        credits: what is earned of each.
    """
    return tuple(
        Contribution(
            term.kind,
            term.label,
            term.ids,
            term.any_of,
            term.strength,
            _earned(limit, credit.value),
            limit,
            round(credit.value, 6),
            credit.matched,
            credit.path,
            credit.reason,
            term.asked,
            credit.evidence,
            credit.route,
            _earned(limit, credit.value * credit.confidence),
            _earned(limit, credit.best_case()),
        )
        for term, limit, credit in zip(terms, most, credits, strict=True)
    )


def allot(terms: Sequence[Term]) -> tuple[int, ...]:
    """Weights to hundredths of a point that add up to exactly 100.00, by the largest remainder (Hamilton's method).

    Equal remainders are decided by what is asked and not by where it stands, so that the order of the lines of a
    posting does not move a hundredth from one term to another.
    """
    total = math.fsum(term.weight for term in terms)
    if not total:
        return (0,) * len(terms)
    shares = [TOTAL_POINTS * term.weight / total for term in terms]
    most = [int(share) for share in shares]
    order = sorted(
        range(len(terms)),
        key=lambda index: (most[index] - shares[index], terms[index].kind, sorted(terms[index].ids), index),
    )
    for index in order[: TOTAL_POINTS - sum(most)]:
        most[index] += 1
    return tuple(most)


def _earned(most: int, credit: float) -> int:
    """Hundredths of a point, halves rounded up."""
    return (most * round(credit * _MILLION) + _MILLION // 2) // _MILLION
