"""What the guides say about a skill: whether it is often missing, how to acquire it and how to show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.taxonomy.graph import Graph
from matcher.taxonomy.schema import Suggestion, Taxonomy


@dataclass(frozen=True, slots=True)
class Advice:
    """The guides on one thing that is missing.

    Attributes:
        often_missing: whether a guide calls it often missing.
        effort: from 1 (days) to 5 (years); None where none is known.
        sources: ids of the guides, those that call it often missing first.
    """

    often_missing: bool = False
    acquire: str | None = None
    show: str | None = None
    effort: int | None = None
    sources: tuple[str, ...] = ()


class Guides:
    """Look-up of advice in one taxonomy."""

    def __init__(self, taxonomy: Taxonomy, graph: Graph) -> None:
        self._skills = taxonomy.skills
        self._graph = graph
        self._often: dict[str, tuple[str, ...]] = {}
        for item in taxonomy.guidance.often_missing:
            self._often[item.skill] = (*self._often.get(item.skill, ()), item.source)
        self._by_skill: dict[str, Suggestion] = {}
        self._by_kind: dict[str, Suggestion] = {}
        for entry in taxonomy.guidance.suggestions:
            for skill_id in entry.skills:
                self._by_skill.setdefault(skill_id, entry)
            for kind in entry.kinds:
                self._by_kind.setdefault(kind, entry)

    def advice(self, skill_ids: Sequence[str]) -> Advice:
        """The advice on a skill, or on alternatives of which one will do; empty where no guide has any."""
        often = tuple(source for skill_id in skill_ids for source in self._often.get(skill_id, ()))
        suggestion = self._suggestion(skill_ids)
        if suggestion is None:
            return Advice(bool(often), sources=tuple(dict.fromkeys(often)))
        return Advice(
            bool(often),
            suggestion.acquire,
            suggestion.show,
            suggestion.effort,
            tuple(dict.fromkeys((*often, *suggestion.sources))),
        )

    def _suggestion(self, skill_ids: Sequence[str]) -> Suggestion | None:
        """The suggestion for one of the skills, else for the nearest broader one, else for the first one's kind."""
        for skill_id in skill_ids:
            for wanted in (skill_id, *self._graph.above(skill_id)):
                if wanted in self._by_skill:
                    return self._by_skill[wanted]
        return self._by_kind.get(self._skills[skill_ids[0]].kind) if skill_ids else None
