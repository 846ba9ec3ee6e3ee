"""Looking into a taxonomy as people do: by any name, in any spelling, with suggestions where nothing matches."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from functools import cached_property

from matcher.taxonomy.names import fold, name_key, squeezed_key, stem, tokenize
from matcher.taxonomy.schema import Skill, Taxonomy


class TaxonomyView:
    """A taxonomy with look-up by name; ``data`` is the whole of it."""

    def __init__(self, data: Taxonomy) -> None:
        self.data = data

    @property
    def version(self) -> str:
        """The taxonomy's version."""
        return self.data.version

    @property
    def skills(self) -> tuple[Skill, ...]:
        """All skills in the order of the files."""
        return tuple(self.data.skills.values())

    def __iter__(self) -> Iterator[Skill]:
        return iter(self.data.skills.values())

    def __len__(self) -> int:
        return len(self.data.skills)

    def find(self, text: str) -> Skill | None:
        """The skill of this id, name or alias, in any case and spelling variant; None where there is none."""
        by_id = self.data.skills.get(text.strip())
        if by_id is not None:
            return by_id
        found = (
            self._exact.get(name_key(text)) or self._squeezed.get(squeezed_key(text)) or self._stemmed.get(_stems(text))
        )
        return self.data.skills[found] if found else None

    def suggest(self, text: str, count: int = 5) -> tuple[Skill, ...]:
        """The skills whose names are most like ``text``, best first."""
        close = get_close_matches(squeezed_key(text), self._squeezed, n=count * 3, cutoff=0.6)
        ids = dict.fromkeys(self._squeezed[key] for key in close)
        return tuple(self.data.skills[skill_id] for skill_id in list(ids)[:count])

    @cached_property
    def _exact(self) -> dict[tuple[str, ...], str]:
        return {name_key(name): skill.id for skill in self.skills for name in skill.names}

    @cached_property
    def _squeezed(self) -> dict[str, str]:
        index: dict[str, str] = {}
        for skill in self.skills:
            for name in skill.names:
                index.setdefault(squeezed_key(name), skill.id)
        return index

    @cached_property
    def _stemmed(self) -> dict[tuple[str, ...], str]:
        index: dict[tuple[str, ...], str] = {}
        for skill in self.skills:
            for name in skill.names:
                index.setdefault(_stems(name), skill.id)
        return index


def _stems(text: str) -> tuple[str, ...]:
    return tuple(stem(fold(token.text)) for token in tokenize(text))
