"""Many YAML files into one raw taxonomy: the bundled files first, then overlays in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from matcher.taxonomy.yamlfile import Path_, YamlFile

MAPPINGS = (
    "sources",
    "skills",
    "words",
    "levels",
    "tracks",
    "certifications",
    "degrees",
    "fields",
    "backgrounds",
)
LISTS = (
    "often_missing",
    "suggestions",
    "next_steps",
    "transitions",
    "premiums",
    "industries",
    "cues",
    "coverage",
)
SCALARS = ("name", "version", "rule")
NESTED = ("sections", "scoring")
ACTIONS = ("remove", "replaces")
PARTS = (*MAPPINGS, *LISTS, *NESTED)
KEYS = (*SCALARS, *PARTS, *ACTIONS)


@dataclass(slots=True)
class Origin:
    """Where an entry was written."""

    file: YamlFile
    path: Path_


@dataclass(slots=True)
class Raw:
    """A merged taxonomy before validation; ``origins`` tells for each entry where it stands."""

    parts: dict[str, Any] = field(default_factory=dict)
    origins: dict[tuple[str, str | int], Origin] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def where(self, part: str, key: str | int, path: Path_ = ()) -> str:
        """``file:line`` of an entry, or of a place inside it."""
        origin = self.origins.get((part, key))
        if origin is None:
            return part
        return f"{origin.file.name}:{origin.file.line((*origin.path, *path))}"


def merge(layers: list[list[YamlFile]]) -> Raw:
    """Merge ``layers``; within a layer an entry may stand once, a later layer changes what an earlier one says.

    An entry of a later layer under a known id changes it: plain values replace, lists are added to.
    ``replaces: [skills, ...]`` drops those parts of the earlier layers; ``remove: {skills: [id, ...]}`` drops entries.
    """
    raw = Raw()
    for number, files in enumerate(layers):
        for file in files:
            raw.problems.extend(file.problems)
        for file in files:
            _act(raw, file)
        seen: dict[tuple[str, str], str] = {}
        for file in files:
            _add(raw, file, seen, overlay=number > 0)
    return raw


def _act(raw: Raw, file: YamlFile) -> None:
    replaces = file.data.get("replaces", [])
    if not isinstance(replaces, list) or any(part not in PARTS for part in replaces):
        raw.problems.append(file.problem(("replaces",), f"'replaces' takes a list of parts: {', '.join(PARTS)}"))
        replaces = []
    for part in replaces:
        raw.parts.pop(part, None)
    remove = file.data.get("remove", {})
    if not isinstance(remove, dict):
        raw.problems.append(file.problem(("remove",), "'remove' takes a mapping of part to ids"))
        return
    for part, ids in remove.items():
        known = raw.parts.get(part)
        if part not in MAPPINGS or not isinstance(ids, list):
            raw.problems.append(
                file.problem(("remove", part), f"'remove' takes lists of ids for: {', '.join(MAPPINGS)}")
            )
            continue
        for index, entry in enumerate(ids):
            if not isinstance(known, dict) or entry not in known:
                raw.problems.append(file.problem(("remove", part, index), f"there is no {entry!r} in {part} to remove"))
            else:
                del known[entry]


def _add(raw: Raw, file: YamlFile, seen: dict[tuple[str, str], str], *, overlay: bool) -> None:
    for key, value in file.data.items():
        if key not in KEYS:
            close = get_close_matches(key, KEYS, n=1)
            hint = f"; did you mean {close[0]!r}?" if close else ""
            raw.problems.append(file.problem((key,), f"unknown key {key!r}{hint}"))
        elif key in ACTIONS or value is None:
            continue
        elif key in SCALARS:
            raw.parts[key] = value
        elif key in MAPPINGS:
            _add_mapping(raw, file, key, value, seen, overlay=overlay)
        elif key in LISTS:
            _add_list(raw, file, key, value)
        elif not isinstance(value, dict):
            raw.problems.append(file.problem((key,), f"{key!r} must be a mapping"))
        else:
            target = raw.parts.setdefault(key, {})
            for name, entry in value.items():
                target[name] = _changed(target.get(name), entry)
                raw.origins[(key, name)] = Origin(file, (key, name))


def _add_mapping(
    raw: Raw, file: YamlFile, part: str, value: Any, seen: dict[tuple[str, str], str], *, overlay: bool
) -> None:
    if not isinstance(value, dict):
        raw.problems.append(file.problem((part,), f"{part!r} must be a mapping of ids to entries"))
        return
    target = raw.parts.setdefault(part, {})
    for entry_id, entry in value.items():
        here = f"{file.name}:{file.line((part, entry_id))}"
        first = seen.setdefault((part, entry_id), here)
        if first != here:
            raw.problems.append(f"{here}: {part} {entry_id!r} is already defined at {first}")
            continue
        # Only the last writer's place is kept for messages: it is the one to mend.
        raw.origins[(part, entry_id)] = Origin(file, (part, entry_id))
        target[entry_id] = _changed(target.get(entry_id), entry) if overlay else entry


def _add_list(raw: Raw, file: YamlFile, part: str, value: Any) -> None:
    if not isinstance(value, list):
        raw.problems.append(file.problem((part,), f"{part!r} must be a list"))
        return
    target = raw.parts.setdefault(part, [])
    for index, entry in enumerate(value):
        raw.origins[(part, len(target))] = Origin(file, (part, index))
        target.append(entry)


def _changed(old: Any, new: Any) -> Any:
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **{key: _changed(old.get(key), value) for key, value in new.items()}}
    if isinstance(old, list) and isinstance(new, list):
        return old + [item for item in new if item not in old]
    return new
