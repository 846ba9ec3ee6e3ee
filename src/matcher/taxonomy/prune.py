"""What refers to what in a raw taxonomy, and how references to a dropped entry are taken out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from matcher.taxonomy.yamlfile import Path_

_SOURCES = {"sources": "sources"}
# For each part, its fields that hold ids, and the part the ids belong to.
_FIELDS: dict[str, dict[str, str]] = {
    "skills": {"broader": "skills", "related": "skills", **_SOURCES},
    "levels": {"next": "levels", **_SOURCES},
    "tracks": {"signals": "skills", **_SOURCES},
    "certifications": {"skills": "skills", **_SOURCES},
    "degrees": _SOURCES,
    "fields": _SOURCES,
    "backgrounds": {"signals": "skills", "gaps": "skills", **_SOURCES},
    "suggestions": {"skills": "skills", **_SOURCES},
    "next_steps": {"skills": "skills", "levels": "levels", **_SOURCES},
    "transitions": _SOURCES,
    "premiums": {"skills": "skills", **_SOURCES},
    "industries": _SOURCES,
    "often_missing": {"skill": "skills", "source": "sources"},
    "coverage": {"guide": "sources"},
}
_INNER: dict[str, dict[str, dict[str, str]]] = {
    "levels": {
        "requires": {"skill": "skills", "any_of": "skills", **_SOURCES},
        "years": {"source": "sources"},
        "salary": {"source": "sources"},
    }
}


def prune(parts: dict[str, Any], dropped: Mapping[str, set[str]]) -> Iterator[tuple[Path_, int]]:
    """Take all references to ``dropped`` entries out of ``parts``, in place.

    A list of ids loses the dropped ones. An item of a list (a requirement, a suggestion, a figure) goes as a whole
    where it named a dropped id by itself, or where all ids of one of its lists are dropped; its sources may go empty.

    Yields:
        The path of the list and the index of each item that goes, in such an order that the index is right at the time.
    """
    if not any(dropped.values()):
        return
    for part, fields in _FIELDS.items():
        entries = parts.get(part)
        if isinstance(entries, dict):
            for key, entry in entries.items():
                if isinstance(entry, dict):
                    # A copy: the entry may belong to the file as written.
                    entry = entries[key] = dict(entry)
                    yield from _shrink(entry, fields, dropped, (part, key))
                    for name, inner in _INNER.get(part, {}).items():
                        if isinstance(entry.get(name), list):
                            entry[name] = list(entry[name])
                            yield from _items(entry[name], inner, dropped, (part, key, name))
        elif isinstance(entries, list):
            yield from _items(entries, fields, dropped, (part,))


def _items(
    items: list[Any], fields: Mapping[str, str], dropped: Mapping[str, set[str]], path: Path_
) -> Iterator[tuple[Path_, int]]:
    for index in reversed(range(len(items))):
        item = items[index]
        if not isinstance(item, dict):
            continue
        item = items[index] = dict(item)
        had = {name for name in fields if item.get(name)}
        yield from _shrink(item, fields, dropped, (*path, index))
        lost = {name for name in had if not item.get(name)} - {"sources"}
        if lost or _points_at(item.get("at"), dropped):
            del items[index]
            yield path, index


def _shrink(
    entry: dict[str, Any], fields: Mapping[str, str], dropped: Mapping[str, set[str]], path: Path_
) -> Iterator[tuple[Path_, int]]:
    for name, target in fields.items():
        gone = dropped.get(target)
        value = entry.get(name)
        if not gone or not value:
            continue
        if isinstance(value, str):
            if value in gone:
                del entry[name]
        elif isinstance(value, list):
            for index in reversed(range(len(value))):
                if value[index] in gone:
                    value = [*value[:index], *value[index + 1 :]]
                    yield (*path, name), index
            entry[name] = value


def _points_at(place: Any, dropped: Mapping[str, set[str]]) -> bool:
    """Whether a row of the coverage table (``at: skills/ID``) leads to a dropped entry."""
    part, _, entry = str(place or "").partition("/")
    return entry in dropped.get(part, ())
