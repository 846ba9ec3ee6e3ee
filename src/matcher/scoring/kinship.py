"""How the skills of a resume stand to a skill that is asked: the same, narrower, broader or a sibling."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from matcher.model import Path, Profile, ProfileSkill
from matcher.taxonomy.graph import Graph
from matcher.taxonomy.schema import Taxonomy

_ORDER: dict[Path, int] = {"exact": 0, "narrower": 1, "broader": 2, "sibling": 3, "none": 4}


@dataclass(frozen=True, slots=True)
class Kin:
    """How one skill may stand for another.

    Attributes:
        closeness: from 0 to 1, how much the relation says; 1 for the same, a narrower or an alternative skill.
        shared: of siblings that no list of alternatives names, the skill of which both are part.
    """

    path: Path
    closeness: float = 1.0
    shared: str | None = None


@dataclass(frozen=True, slots=True)
class Relative:
    """A skill of the resume that may stand for the one asked, and how."""

    skill: ProfileSkill
    kin: Kin


class Kinship:
    """Relations between the skills of one taxonomy; what was looked up is kept.

    Args:
        least_specific: the least specificity of a skill whose parts are taken as siblings of each other.
    """

    def __init__(self, taxonomy: Taxonomy, graph: Graph, least_specific: float) -> None:
        self._least_specific = least_specific
        self._skills = taxonomy.skills
        self._graph = graph
        self._kin: dict[str, dict[str, Kin]] = {}

    @cached_property
    def _below(self) -> dict[str, tuple[str, ...]]:
        """For each skill those that it covers."""
        below: dict[str, list[str]] = {}
        for skill_id in sorted(self._skills):
            for above in self._graph.above(skill_id):
                below.setdefault(above, []).append(skill_id)
        return {skill_id: tuple(covered) for skill_id, covered in below.items()}

    @cached_property
    def _children(self) -> dict[str, tuple[str, ...]]:
        """For each skill those one step narrower."""
        children: dict[str, list[str]] = {}
        for skill_id in sorted(self._skills):
            for parent in self._graph.parents(skill_id):
                children.setdefault(parent, []).append(skill_id)
        return {skill_id: tuple(narrower) for skill_id, narrower in children.items()}

    def prepare(self) -> None:
        """Look up now what the first question would otherwise wait for."""
        _ = self._below, self._children

    def specificity(self, skill_id: str) -> float:
        """How much a skill says, from 0 (covers the whole taxonomy) to 1 (covers nothing but itself).

        The intrinsic information content of Seco, Veale and Hayes (2004): ``1 - log(covered + 1) / log(all)``.
        """
        return 1 - math.log(len(self._below.get(skill_id, ())) + 1) / math.log(max(2, len(self._skills)))

    def kin(self, asked: str) -> dict[str, Kin]:
        """All skills that may stand for ``asked``, each with the closest relation that it has to it."""
        known = self._kin.get(asked)
        if known is None:
            known = self._kin[asked] = self._find(asked)
        return known

    def _find(self, asked: str) -> dict[str, Kin]:
        found = {asked: Kin("exact")}
        for narrower in self._below.get(asked, ()):
            found.setdefault(narrower, Kin("narrower"))
        parents = sorted(self._graph.parents(asked), key=lambda parent: (-self.specificity(parent), parent))
        for parent in parents:
            found.setdefault(parent, Kin("broader", self.specificity(parent)))
        for alternative in self._graph.related(asked):
            found.setdefault(alternative, Kin("sibling"))
        # Only skills of one kind are siblings: a tool and the practice that it serves are not alternatives.
        kind = self._skills[asked].kind
        for parent in parents:
            if self.specificity(parent) < self._least_specific:
                continue
            for sibling in self._children[parent]:
                if self._skills[sibling].kind == kind:
                    found.setdefault(sibling, Kin("sibling", self.specificity(parent), parent))
        return found

    def route(self, held: str, asked: str) -> tuple[str, ...]:
        """The skills from the one held to the one asked, both included; empty where they are not related."""
        kin = self.kin(asked).get(held)
        if kin is None:
            return ()
        if kin.path == "exact":
            return (asked,)
        if kin.path == "narrower":
            return self._up(held, asked)
        return (held, kin.shared, asked) if kin.shared else (held, asked)

    def _up(self, start: str, end: str) -> tuple[str, ...]:
        """The shortest way from a skill up to a broader one, the first by name of equally short ones."""
        rows: list[tuple[str, ...]] = [(start,)]
        seen = {start}
        while rows:
            longer = []
            for row in rows:
                if row[-1] == end:
                    return row
                for parent in sorted(self._graph.parents(row[-1])):
                    if parent not in seen:
                        seen.add(parent)
                        longer.append((*row, parent))
            rows = longer
        raise ValueError(f"{end!r} is not above {start!r}")


class Holdings:
    """What a resume holds, ready for look-up from the side of the requirement."""

    def __init__(self, resume: Profile, kinship: Kinship) -> None:
        self.kinship = kinship
        self._skills = {skill.id: skill for skill in resume.skills}

    def relatives(self, asked: str) -> list[Relative]:
        """The resume's skills that may stand for ``asked``, the closest kind of kinship first."""
        kin = self.kinship.kin(asked)
        held = sorted(self._skills.keys() & kin.keys())
        return sorted([Relative(self._skills[skill_id], kin[skill_id]) for skill_id in held], key=_closest)


def _closest(relative: Relative) -> int:
    return _ORDER[relative.kin.path]
