"""Everything a taxonomy says of one skill, and figures about the whole, as plain data."""

from __future__ import annotations

from collections import Counter
from typing import Any

from matcher.taxonomy.graph import Graph
from matcher.taxonomy.lookup import TaxonomyView
from matcher.taxonomy.schema import Skill, Taxonomy


def describe_skill(view: TaxonomyView, graph: Graph, skill: Skill) -> dict[str, Any]:
    """What the taxonomy says of ``skill``, and what says something of it."""
    data, guidance = view.data, view.data.guidance
    sources = dict.fromkeys(skill.sources)
    required = [
        {
            "level": level.id,
            "name": level.name,
            "any_of": list(requirement.skill_ids),
            "sources": list(requirement.sources),
        }
        for level in data.levels.values()
        for requirement in level.requires
        if skill.id in requirement.skill_ids
    ]
    suggestions = [item for item in guidance.suggestions if skill.id in item.skills]
    often = [item.source for item in guidance.often_missing if item.skill == skill.id]
    wording = [{"guide": row.guide, "says": row.says} for row in data.coverage if row.at == f"skills/{skill.id}"]
    for cited in (
        *(source for entry in required for source in entry["sources"]),
        *often,
        *(source for item in suggestions for source in item.sources),
        *(row["guide"] for row in wording),
    ):
        sources[cited] = None
    return {
        "id": skill.id,
        "name": skill.name,
        "kind": skill.kind,
        "grouping": skill.grouping,
        "aliases": list(skill.aliases),
        "identifiers": list(skill.identifiers),
        "ambiguous": skill.ambiguous.model_dump() if skill.ambiguous else None,
        "patterns": list(skill.patterns),
        "broader": _named(data, skill.broader),
        "includes": _named(data, graph.above(skill.id)),
        "narrower": _named(data, graph.narrower(skill.id)),
        "related": _named(data, graph.related(skill.id)),
        "required_by": required,
        "often_missing": often,
        "suggestions": [
            {"acquire": item.acquire, "show": item.show, "effort": item.effort, "sources": list(item.sources)}
            for item in suggestions
        ],
        "certifications": [
            {"id": item.id, "name": item.name} for item in data.certifications.values() if skill.id in item.skills
        ],
        "tracks": [{"id": item.id, "name": item.name} for item in data.tracks.values() if skill.id in item.signals],
        "wording": wording,
        "sources": [{"id": source, **data.sources[source].model_dump(exclude_none=True)} for source in sources],
    }


def _named(data: Taxonomy, skill_ids: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"id": skill_id, "name": data.skills[skill_id].name} for skill_id in skill_ids]


def figures(data: Taxonomy) -> dict[str, Any]:
    """How much of everything a taxonomy holds."""
    skills = data.skills.values()
    sought = [skill for skill in skills if not skill.grouping]
    depth: dict[str, int] = {}
    for skill_id in data.skills:
        _depth(data, skill_id, depth)
    return {
        "name": data.name,
        "version": data.version,
        "sha256": data.digest,
        "skills": len(sought),
        "headings": len(data.skills) - len(sought),
        "names": sum(len(skill.names) for skill in sought),
        "kinds": dict(sorted(Counter(skill.kind for skill in sought).items())),
        "patterns": sum(len(skill.patterns) for skill in skills),
        "ambiguous": sum(skill.ambiguous is not None for skill in skills),
        "examples": sum(len(skill.examples) + len(skill.counterexamples) for skill in skills),
        "broader": sum(len(skill.broader) for skill in skills),
        "related": sum(len(skill.related) for skill in skills),
        "deepest": max(depth.values(), default=0),
        "sources": {source: sum(source in skill.sources for skill in skills) for source in data.sources},
        "levels": len(data.levels),
        "tracks": len(data.tracks),
        "certifications": len(data.certifications),
        "degrees": len(data.degrees),
        "fields": len(data.fields),
        "suggestions": len(data.guidance.suggestions),
        "cues": len(data.cues),
        "coverage": len(data.coverage),
    }


def _depth(data: Taxonomy, skill_id: str, known: dict[str, int]) -> int:
    """The steps from a skill to the widest one above it; the graph has no circles."""
    if skill_id not in known:
        known[skill_id] = max((1 + _depth(data, parent, known) for parent in data.skills[skill_id].broader), default=0)
    return known[skill_id]
