"""What a resume earns of a skill that is asked."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

from matcher.model import ProfileSkill, Status
from matcher.scoring.kinship import Holdings, Relative
from matcher.scoring.terms import NOTHING, Credit
from matcher.taxonomy.schema import Scoring, Taxonomy


def skills_credit(
    skill_ids: tuple[str, ...],
    min_years: float | None,
    held: Holdings,
    taxonomy: Taxonomy,
    weights: Scoring,
    as_of: date,
) -> Credit:
    """The best credit that any of the alternatives earns; a single skill is its own."""
    credits = [skill_credit(skill_id, min_years, held, taxonomy, weights, as_of) for skill_id in skill_ids]
    if len(credits) == 1:
        return credits[0]
    best = max(credits, key=lambda credit: (credit.value, credit.confidence))
    return replace(best, high=max(credit.best_case() for credit in credits))


def skill_credit(
    skill_id: str, min_years: float | None, held: Holdings, taxonomy: Taxonomy, weights: Scoring, as_of: date
) -> Credit:
    """The best credit that any skill of the resume earns for ``skill_id``."""
    best: tuple[float, float] | None = None
    chosen: Relative | None = None
    high = 0.0
    for relative in held.relatives(skill_id):
        value, could = _worth(relative, min_years, weights, as_of)
        high = max(high, could)
        # The first of equal ones stays: they come with the closest kind of kinship first.
        if best is None or (value, relative.skill.confidence) > best:
            best, chosen = (value, relative.skill.confidence), relative
    if best is None or chosen is None:
        return NOTHING
    skill, value = chosen.skill, best[0]
    reason = _reason(chosen, min_years, taxonomy, weights, as_of)
    if value <= 0:
        return Credit(0.0, None, "none", reason, skill.evidence, high=high)
    return Credit(
        value,
        skill.id,
        chosen.kin.path,
        reason,
        skill.evidence,
        held.kinship.route(skill.id, skill_id),
        high,
        skill.confidence,
        _is_short(chosen, min_years),
    )


def _worth(relative: Relative, min_years: float | None, weights: Scoring, as_of: date) -> tuple[float, float]:
    """What a skill of the resume earns, and what it would earn if the time it leaves open were long enough."""
    skill, kin = relative.skill, relative.kin
    value = standing_worth(skill.status or "listed", skill.last_used, skill.undated, weights, as_of)
    if kin.path == "broader":
        value *= weights.broader_credit * kin.closeness
    elif kin.path == "sibling":
        value *= weights.sibling_credit * kin.closeness
    if not min_years:
        return value, value
    timed = value * years_factor(skill.months, min_years, weights)
    return timed, value if skill.months is None else timed


def _is_short(relative: Relative, min_years: float | None) -> bool:
    """Whether something of what is asked is not shown, rather than shown in a weaker way."""
    return (
        relative.kin.path in {"broader", "sibling"}
        or relative.skill.status in {"learning", "negated"}
        or (relative.skill.months or 0) < 12 * (min_years or 0)
    )


def _reason(relative: Relative, min_years: float | None, taxonomy: Taxonomy, weights: Scoring, as_of: date) -> str:
    """The factors behind a credit, in words."""
    skill, kin = relative.skill, relative.kin
    reasons = [_standing_reason(skill, weights, as_of)]
    if kin.path == "narrower":
        reasons.append(f"{skill.name} is a kind or part of it")
    elif kin.path == "broader":
        reasons.append(f"only the broader {skill.name} is shown")
    elif kin.path == "sibling":
        shared = f", also part of {taxonomy.skills[kin.shared].name}" if kin.shared else ""
        reasons.append(f"only the alternative {skill.name} is shown{shared}")
    if min_years:
        known = skill.months is not None
        reasons.append(
            f"{(skill.months or 0) / 12:.1f} of {min_years:g} years asked"
            if known
            else f"{min_years:g} years asked, the text does not tell how long"
        )
    return "; ".join(reasons)


def _standing_reason(skill: ProfileSkill, weights: Scoring, as_of: date) -> str:
    status = skill.status or "listed"
    if skill.last_used is None or freshness(years_since(skill.last_used, as_of), weights) == 1:
        return status
    if (
        skill.undated
        and standing_worth(status, skill.last_used, skill.undated, weights, as_of) == (weights.status[skill.undated])
    ):
        return f"{status} until {skill.last_used}, {skill.undated} without dates"
    return f"{status}, last in {skill.last_used}"


def standing_worth(
    status: Status, last_used: str | None, undated: Status | None, weights: Scoring, as_of: date
) -> float:
    """What a skill is worth by itself, from 0 to 1: used or listed, and how recent.

    Sightings outside of dated roles (``undated``) have no age. The better of the two ways of looking counts, so that
    one more sighting never makes a skill worth less.
    """
    value = weights.status[status]
    if last_used is None:
        return value
    return max(value * freshness(years_since(last_used, as_of), weights), weights.status[undated] if undated else 0.0)


def years_factor(months: int | None, min_years: float, weights: Scoring) -> float:
    """The share of a skill's worth that is left where ``min_years`` are asked and ``months`` shown.

    Months that the text does not tell are none that can be counted: the floor.
    """
    share = min(1.0, (months or 0) / (12 * min_years))
    return weights.years_floor + (1 - weights.years_floor) * share


def freshness(years: float, weights: Scoring) -> float:
    """The share of its worth that a skill keeps ``years`` after its last use.

    All of it at first, then an exponential decay to a floor: with a full phase of F years, a half-life of H years and
    a floor f, after y years ``f + (1 - f) * 2 ** (-(y - F) / H)``.
    """
    over = max(0.0, years - weights.recency_full_years)
    return weights.recency_floor + (1 - weights.recency_floor) * math.pow(0.5, over / weights.recency_half_life_years)


def years_since(month: str, as_of: date) -> float:
    """Years from a month ``YYYY-MM`` to a day; 0 for a month that lies ahead."""
    year, number = (int(part) for part in month.split("-"))
    return max(0.0, (as_of.year * 12 + as_of.month - year * 12 - number) / 12)
