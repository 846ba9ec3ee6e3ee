"""Looking into a taxonomy as people do: by any name, in any spelling, with suggestions where nothing matches."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import TypeVar

from matcher.taxonomy.names import fold, name_key, squeezed_key, stem, tokenize
from matcher.taxonomy.schema import Skill, Taxonomy

_Key = tuple[str, ...]
_K = TypeVar("_K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the taxonomy that a text leads to.

    Attributes:
        part: ``skills``, ``certifications``, ``levels``, ``tracks``, ``degrees``, ``fields`` or ``guidance``.
        name: the entry's standard term.
        guides: the ids of the sources in whose own words the text is; empty where it is a name of the entry.
    """

    part: str
    id: str
    name: str
    guides: tuple[str, ...] = ()


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
        """The skill of this id, name, alias or identifier, in any case and spelling variant; None where there is none.

        Where no skill is called so, the words in which a guide speaks of a skill lead to it.
        """
        by_id = self.data.skills.get(text.strip())
        if by_id is not None:
            return by_id
        found = (
            self._exact.get(name_key(text))
            or self._squeezed.get(squeezed_key(text))
            or self._stemmed.get(_stems(text))
            or self._identified.get(text.strip())
            or next((place.id for place in self._worded.get(name_key(text), ()) if place.part == "skills"), None)
        )
        return self.data.skills[found] if found else None

    def places(self, text: str) -> tuple[Place, ...]:
        """Every entry, of whatever part, that ``text`` names or by which a guide's wording was taken up."""
        found: dict[tuple[str, str], Place] = {}
        skill = self.find(text)
        worded = self._worded.get(name_key(text), ())
        if skill is not None and not any(place.part == "skills" and place.id == skill.id for place in worded):
            found["skills", skill.id] = Place("skills", skill.id, skill.name)
        for place in (*self._named.get(squeezed_key(text), ()), *worded):
            found.setdefault((place.part, place.id), place)
        return tuple(found.values())

    def suggest(self, text: str, count: int = 5) -> tuple[Skill, ...]:
        """The skills whose names are most like ``text``, best first."""
        close = get_close_matches(squeezed_key(text), self._squeezed, n=count * 3, cutoff=0.6)
        ids = dict.fromkeys(self._squeezed[key] for key in close)
        return tuple(self.data.skills[skill_id] for skill_id in list(ids)[:count])

    def _names(self) -> Iterator[tuple[str, str]]:
        """Each name and its skill; headings of the hierarchy last, since they may share a name with a skill."""
        for grouping in (False, True):
            for skill in self.skills:
                if skill.grouping is grouping:
                    for name in (*skill.names, *skill.compounds):
                        yield name, skill.id

    @cached_property
    def _exact(self) -> dict[_Key, str]:
        return _first((name_key(name), skill_id) for name, skill_id in self._names())

    @cached_property
    def _squeezed(self) -> dict[str, str]:
        return _first((squeezed_key(name), skill_id) for name, skill_id in self._names())

    @cached_property
    def _stemmed(self) -> dict[_Key, str]:
        return _first((_stems(name), skill_id) for name, skill_id in self._names())

    @cached_property
    def _identified(self) -> dict[str, str]:
        return {identifier: skill.id for skill in self.skills for identifier in skill.identifiers}

    @cached_property
    def _named(self) -> dict[str, tuple[Place, ...]]:
        """The names of everything that is no skill."""
        data = self.data
        index: dict[str, dict[Place, None]] = {}
        entries: list[tuple[str, str, str, Iterable[str]]] = [
            *(("certifications", item.id, item.name, item.names) for item in data.certifications.values()),
            *(("levels", item.id, item.name, (item.name, *item.titles)) for item in data.levels.values()),
            *(("tracks", item.id, item.name, (item.name,)) for item in data.tracks.values()),
            *(
                ("degrees", item.id, item.name, (item.name, *item.names, *item.exact_names))
                for item in data.degrees.values()
            ),
            *(("fields", item.id, item.name, (item.name, *item.names)) for item in data.fields.values()),
        ]
        for part, entry_id, name, names in entries:
            for text in (entry_id, *names):
                index.setdefault(squeezed_key(text), {})[Place(part, entry_id, name)] = None
        return {key: tuple(places) for key, places in index.items()}

    @cached_property
    def _worded(self) -> dict[_Key, tuple[Place, ...]]:
        """The guides' own wording, from the coverage table."""
        index: dict[_Key, dict[str, dict[str, None]]] = {}
        for row in self.data.coverage:
            index.setdefault(name_key(row.says), {}).setdefault(row.at, {})[row.guide] = None
        return {
            key: tuple(self._place(at, tuple(guides)) for at, guides in rows.items()) for key, rows in index.items()
        }

    def _place(self, at: str, guides: tuple[str, ...]) -> Place:
        part, _, entry_id = at.partition("/")
        entry = getattr(self.data, part)
        name = entry[entry_id].name if isinstance(entry, dict) else entry_id.replace("_", " ")
        return Place(part, entry_id, name, guides)


def _first(pairs: Iterable[tuple[_K, str]]) -> dict[_K, str]:
    index: dict[_K, str] = {}
    for key, skill_id in pairs:
        index.setdefault(key, skill_id)
    return index


def _stems(text: str) -> _Key:
    return tuple(stem(fold(token.text)) for token in tokenize(text))
