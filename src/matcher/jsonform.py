"""Values to the JSON of the public face; the schemas in ``matcher/schemas`` describe the same."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from matcher.model import (
    Contribution,
    Document,
    Evidence,
    LevelReading,
    MatchResult,
    Missing,
    Notice,
    Profile,
    ProfileSkill,
    Requirement,
    Role,
)

PROFILE_SCHEMA = "matcher.profile/1"
RESULT_SCHEMA = "matcher.result/1"
LEVEL_SCHEMA = "matcher.level/1"


def profile_dict(profile: Profile) -> dict[str, Any]:
    """A profile as plain data, without the text it was read from."""
    return {
        "schema": PROFILE_SCHEMA,
        "document": _document(profile.document),
        "as_of": profile.as_of,
        "title": profile.title,
        "skills": [_skill(skill) for skill in profile.skills],
        "requirements": [_requirement(item) for item in profile.requirements],
        "unrecognised": [{"text": item.text, "start": item.start, "end": item.end} for item in profile.unrecognised],
        "understood": {"lines": profile.recognised, "of": profile.asked},
        "legible": round(profile.legible, 4),
        "roles": [_role(role) for role in profile.roles],
        "experience_months": profile.experience_months,
        "stated_years": profile.stated_years,
        "min_years": profile.min_years,
        "years_evidence": [_evidence(profile.years_evidence)] if profile.years_evidence else [],
        "degrees": [
            {
                "level": item.level,
                "field": item.field,
                "institution": item.institution,
                "year": item.year,
                "strength": item.strength,
                "or_experience": item.or_experience,
                "evidence": [_evidence(item.evidence)],
            }
            for item in profile.degrees
        ],
        "certifications": [
            {
                "id": item.id,
                "name": item.name,
                "status": item.status,
                "strength": item.strength,
                "evidence": [_evidence(item.evidence)],
            }
            for item in profile.certifications
        ],
        "level": _level(profile.level),
    }


def result_dict(result: MatchResult) -> dict[str, Any]:
    """A match as plain data; points are numbers with two decimals that add up to the score."""
    return {
        "schema": RESULT_SCHEMA,
        "score": result.score,
        "abstained": result.abstained,
        "interval": {"low": result.interval[0], "high": result.interval[1]} if result.interval else None,
        "as_of": result.as_of,
        "program": {"name": "matcher", "version": result.program_version},
        "legible": round(result.legible, 4),
        "understood": {
            "lines": result.posting.recognised,
            "of": result.posting.asked,
            "share": round(result.understood, 4),
        },
        "taxonomy": {"version": result.taxonomy_version, "sha256": result.taxonomy_digest},
        "settings": json.loads(result.settings),
        "settings_sha256": result.settings_hash,
        "level": {"resume": _level(result.resume.level), "posting": _level(result.posting.level)},
        "contributions": [_contribution(item) for item in result.contributions],
        "missing": [_missing(item) for item in result.missing],
        "unrecognised": [
            {"text": item.text, "start": item.start, "end": item.end} for item in result.posting.unrecognised
        ],
        "resume": profile_dict(result.resume),
        "posting": profile_dict(result.posting),
    }


def level_dict(profile: Profile, target: str | None) -> dict[str, Any]:
    """One document against every level as plain data; ``target`` is the level asked for, or the next one."""
    return {
        "schema": LEVEL_SCHEMA,
        "document": _document(profile.document),
        "as_of": profile.as_of,
        "target": target,
        "level": _level(profile.level),
    }


def _document(document: Document) -> dict[str, Any]:
    return {
        "source": document.source,
        "sha256": document.sha256,
        "kind": document.kind,
        "pages": document.pages,
        "notices": [_notice(notice) for notice in document.notices],
    }


def _notice(notice: Notice) -> dict[str, Any]:
    return {"code": notice.code, "message": notice.message}


def _evidence(item: Evidence) -> dict[str, Any]:
    return {
        "start": item.start,
        "end": item.end,
        "text": item.text,
        "section": item.section,
        "page": item.page,
    }


def _evidences(items: Iterable[Evidence]) -> list[dict[str, Any]]:
    return [_evidence(item) for item in items]


def _skill(skill: ProfileSkill) -> dict[str, Any]:
    return {
        "id": skill.id,
        "name": skill.name,
        "kind": skill.kind,
        "status": skill.status,
        "strength": skill.strength,
        "proficiency": skill.proficiency,
        "months": skill.months,
        "last_used": skill.last_used,
        "undated": skill.undated,
        "confidence": skill.confidence,
        "evidence": _evidences(skill.evidence),
    }


def _requirement(item: Requirement) -> dict[str, Any]:
    return {
        "skills": list(item.skill_ids),
        "any_of": item.any_of,
        "strength": item.strength,
        "min_years": item.min_years,
        "evidence": _evidences(item.evidence),
    }


def _role(role: Role) -> dict[str, Any]:
    return {
        "title": role.title,
        "employer": role.employer,
        "start": role.start,
        "end": role.end,
        "kind": role.kind,
        "evidence": _evidence(role.evidence),
    }


def _level(level: LevelReading) -> dict[str, Any]:
    return {
        "inferred": level.inferred,
        "stated": level.stated,
        "reason": level.reason,
        "disagreement": level.disagreement,
        "years": level.years,
        "by_years": level.by_years,
        "by_requirements": level.by_requirements,
        "coverage": dict(level.coverage),
        "missing": {
            level_id: [
                {
                    "skills": list(gap.skill_ids),
                    "any_of": len(gap.skill_ids) > 1,
                    "sources": list(gap.sources),
                }
                for gap in gaps
            ]
            for level_id, gaps in level.missing
        },
        "shown": {
            level_id: [
                {
                    "skills": list(item.skill_ids),
                    "any_of": len(item.skill_ids) > 1,
                    "shown_by": item.shown_by,
                    "evidence": _evidences(item.evidence),
                    "sources": list(item.sources),
                }
                for item in items
            ]
            for level_id, items in level.shown
        },
        "evidence": _evidence(level.evidence) if level.evidence else None,
    }


def _contribution(item: Contribution) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "label": item.label,
        "ids": list(item.ids),
        "any_of": item.any_of,
        "strength": item.strength,
        "points": item.points / 100,
        "max_points": item.max_points / 100,
        "credit": round(item.credit, 6),
        "low_points": item.low_points / 100,
        "high_points": item.high_points / 100,
        "matched": item.matched,
        "path": item.path,
        "route": list(item.route),
        "reason": item.reason,
        "asked": _evidences(item.asked),
        "evidence": _evidences(item.evidence),
    }


def _missing(item: Missing) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "label": item.label,
        "ids": list(item.ids),
        "strength": item.strength,
        "points": item.points / 100,
        "partial": item.partial,
        "reason": item.reason,
        "often_missing": item.often_missing,
        "acquire": item.acquire,
        "show": item.show,
        "effort": item.effort,
        "sources": list(item.sources),
        "asked": _evidences(item.asked),
    }
