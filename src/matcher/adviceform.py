"""What-if answers and careers to the JSON of the public face."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from matcher.career import BackgroundFit, Career, Gap, Target
from matcher.taxonomy.schema import Salary
from matcher.whatif import Gain, SmallestSets, Step, WhatIf


def what_if_dict(answers: WhatIf, target: float | None = None) -> dict[str, Any]:
    """The points of each missing item, the plan, and the smallest sets that reach ``target`` where one is given."""
    return {
        "items": [_gain(gain) for gain in answers.gains],
        "plan": [_step(step) for step in answers.plan()],
        "sets": None if target is None else _sets(answers.smallest_sets(target)),
    }


def _gain(gain: Gain) -> dict[str, Any]:
    return {
        "kind": gain.item.kind,
        "label": gain.item.label,
        "ids": list(gain.item.ids),
        "skill": gain.skill_id,
        "points": gain.points,
        "score": gain.score,
        "effort": gain.effort,
    }


def _step(step: Step) -> dict[str, Any]:
    item = step.gain.item
    return {
        **_gain(step.gain),
        "points": step.adds,
        "score": step.score,
        "acquire": item.acquire,
        "show": item.show,
        "sources": list(item.sources),
    }


def _sets(found: SmallestSets) -> dict[str, Any]:
    return {
        "target": found.target,
        "size": found.size,
        "best": found.best,
        "proven": found.proven,
        "sets": [{"labels": [gain.item.label for gain in item.gains], "score": item.score} for item in found.sets],
    }


def career_dict(career: Career) -> dict[str, Any]:
    """A career as plain data."""
    return {
        "salary": _salaries(career.salary),
        "targets": [_target(item) for item in career.targets],
        "tracks": [
            {
                "id": fit.track.id,
                "name": fit.track.name,
                "lean": round(fit.lean, 4),
                "signals": list(fit.signals),
                "of": len(fit.track.signals),
                "sources": list(fit.track.sources),
            }
            for fit in career.tracks
        ],
        "background": _background(career.background) if career.background else None,
        "next_steps": [
            {"text": step.text, "skills": list(step.skills), "sources": list(step.sources)}
            for step in career.next_steps
        ],
    }


def _target(target: Target) -> dict[str, Any]:
    return {
        "level": target.level.id,
        "branch": target.level.branch,
        "coverage": target.coverage,
        "years": target.years,
        "missing": _gaps(target.gaps),
        "salary": _salaries(target.level.salary),
    }


def _background(fit: BackgroundFit) -> dict[str, Any]:
    return {
        "id": fit.background.id,
        "name": fit.background.name,
        "told_by": fit.told_by,
        "advice": fit.background.advice,
        "missing": _gaps(fit.gaps),
        "sources": list(fit.background.sources),
    }


def _gaps(gaps: Iterable[Gap]) -> list[dict[str, Any]]:
    return [
        {
            "skills": list(gap.skill_ids),
            "label": gap.label,
            "sources": list(gap.sources),
            "often_missing": gap.advice.often_missing,
            "acquire": gap.advice.acquire,
            "show": gap.advice.show,
            "effort": gap.advice.effort,
        }
        for gap in gaps
    ]


def _salaries(salaries: Iterable[Salary]) -> list[dict[str, Any]]:
    return [
        {
            "min": salary.min,
            "max": salary.max,
            "currency": salary.currency,
            "basis": salary.basis,
            "source": salary.source,
        }
        for salary in salaries
    ]
