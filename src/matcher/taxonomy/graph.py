"""The graph of broader skills: what a skill includes, and how one skill stands to another."""

from __future__ import annotations

from collections.abc import Iterable

from matcher.model import SkillKind
from matcher.taxonomy.schema import Taxonomy


class Graph:
    """Look-ups over ``broader`` and ``related``; all results are deterministic."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._skills = taxonomy.skills
        self._above: dict[str, tuple[str, ...]] = {}
        self._related: dict[str, set[str]] = {skill_id: set() for skill_id in taxonomy.skills}
        for skill in taxonomy.skills.values():
            for other in skill.related:
                # Being an alternative goes both ways, whoever wrote it down.
                self._related[skill.id].add(other)
                self._related[other].add(skill.id)

    def above(self, skill_id: str) -> tuple[str, ...]:
        """All broader skills, nearest first; the skill itself is not among them."""
        known = self._above.get(skill_id)
        if known is not None:
            return known
        order: list[str] = []
        seen = {skill_id}
        level: list[str] = [skill_id]
        while level:
            parents = sorted({parent for child in level for parent in self._skills[child].broader} - seen)
            order.extend(parents)
            seen.update(parents)
            level = parents
        self._above[skill_id] = tuple(order)
        return tuple(order)

    def with_broader(self, skill_ids: Iterable[str]) -> frozenset[str]:
        """The skills and everything they include."""
        result: set[str] = set()
        for skill_id in skill_ids:
            result.add(skill_id)
            result.update(self.above(skill_id))
        return frozenset(result)

    def kind(self, skill_id: str) -> SkillKind:
        """The kind of a skill."""
        return self._skills[skill_id].kind

    def parents(self, skill_id: str) -> tuple[str, ...]:
        """The skills one step broader."""
        return self._skills[skill_id].broader

    def related(self, skill_id: str) -> tuple[str, ...]:
        """The alternatives of a skill."""
        return tuple(sorted(self._related[skill_id]))

    def narrower(self, skill_id: str) -> tuple[str, ...]:
        """The skills one step narrower."""
        return tuple(sorted(other.id for other in self._skills.values() if skill_id in other.broader))
