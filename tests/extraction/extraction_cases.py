"""Behaviour cases as data: what a text must and must not be understood to say.

A case is a ``text`` of a ``kind`` (resume or posting) and any of

* ``found``: skill ids with the status (resume) or strength (posting) that each must have,
* ``not_found``: skill ids that must not be found,
* ``groups``: all sets of alternatives that the text asks, in any order; ``[]`` where there must be none,
* ``min_years``: the total years asked, null where none are,
* ``skill_years``: skill ids with the years asked of each, null where none are,
* ``proficiency``: skill ids with the proficiency claimed of each,
* ``degree``: the degrees, each with a ``level`` and, where it matters, ``field`` and ``or_experience``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from matcher import Matcher
from matcher.model import Profile, Requirement

DATA = Path(__file__).parent / "data"
STATUSES = {"resume": {"used", "listed", "learning", "negated"}, "posting": {"required", "preferred", "mentioned"}}
CHECKS = {"found", "not_found", "groups", "min_years", "skill_years", "proficiency", "degree"}


@dataclass(frozen=True, slots=True)
class Case:
    """A case and the name under which it is reported."""

    name: str
    text: str
    kind: str
    expected: dict[str, Any]


def read_cases(folder: Path) -> list[Case]:
    """The cases of a folder, file by file; a case that could not fail is refused."""
    cases: list[Case] = []
    seen: Counter[str] = Counter()
    for path in sorted(folder.glob("*.yaml")):
        for row in yaml.safe_load(path.read_text(encoding="utf-8")) or ():
            text, kind = row.pop("text"), row.pop("kind")
            words = re.sub(r"\W+", "-", text.partition(":\n")[2] or text.partition("\n")[2] or text).strip("-")
            name = f"{path.stem}-{words.lower()[:60]}"
            seen[name] += 1
            if seen[name] > 1:
                name = f"{name}-{seen[name]}"
            if not row or row.keys() - CHECKS:
                raise ValueError(f"{path.name}: {text!r} checks {sorted(row) or 'nothing'}")
            wrong = set(row.get("found", {}).values()) - STATUSES[kind]
            if wrong:
                raise ValueError(f"{path.name}: {text!r}: a {kind} has no {sorted(wrong)}")
            cases.append(Case(name, text, kind, row))
    return cases


def mistakes(matcher: Matcher, case: Case) -> list[str]:
    """What of a case does not hold; empty where all does."""
    known = matcher.taxonomy.data.skills
    named = {skill_id for key in ("found", "skill_years", "proficiency") for skill_id in case.expected.get(key, {})}
    named.update(case.expected.get("not_found", ()), *case.expected.get("groups", ()))
    unknown = sorted(skill_id for skill_id in named if skill_id not in known)
    if unknown:
        return [f"not in the taxonomy: {', '.join(unknown)}"]
    profile = matcher.profile_text(case.text, kind="posting" if case.kind == "posting" else "resume")
    return list(_mistakes(profile, case.expected))


def _mistakes(profile: Profile, expected: dict[str, Any]) -> Iterator[str]:
    skills = {skill.id: skill.status or skill.strength for skill in profile.skills}
    for skill_id, said in expected.get("found", {}).items():
        if skills.get(skill_id) != said:
            yield f"{skill_id}: expected {said}, got {skills.get(skill_id, 'nothing')}"
    for skill_id in expected.get("not_found", ()):
        if skill_id in skills:
            yield f"{skill_id}: expected nothing, got {skills[skill_id]}"
    if "groups" in expected:
        wanted = sorted(sorted(group) for group in expected["groups"])
        got = sorted(sorted(item.skill_ids) for item in profile.requirements if item.any_of)
        if wanted != got:
            yield f"alternatives: expected {wanted}, got {got}"
    if "min_years" in expected and profile.min_years != expected["min_years"]:
        yield f"years: expected {expected['min_years']}, got {profile.min_years}"
    for skill_id, years in expected.get("skill_years", {}).items():
        got_years = _years(skill_id, profile.requirements)
        if got_years != years:
            yield f"years of {skill_id}: expected {years}, got {got_years}"
    grades = {skill.id: skill.proficiency for skill in profile.skills}
    for skill_id, grade in expected.get("proficiency", {}).items():
        if grades.get(skill_id) != grade:
            yield f"proficiency in {skill_id}: expected {grade}, got {grades.get(skill_id)}"
    if "degree" in expected:
        yield from _degree_mistakes(profile, expected["degree"])


def _years(skill_id: str, requirements: tuple[Requirement, ...]) -> float | None:
    return max(
        (item.min_years for item in requirements if skill_id in item.skill_ids and item.min_years is not None),
        default=None,
    )


def _degree_mistakes(profile: Profile, wanted: list[dict[str, Any]]) -> Iterator[str]:
    got = [{"level": item.level, "field": item.field, "or_experience": item.or_experience} for item in profile.degrees]
    left = list(got)
    for item in wanted:
        match = next((row for row in left if item.items() <= row.items()), None)
        if match is None:
            yield f"degree: expected {item}, got {got}"
        else:
            left.remove(match)
    if not wanted and got:
        yield f"degree: expected none, got {got}"
    elif len(got) > len(wanted):
        yield f"degree: expected {len(wanted)}, got {got}"
