"""Many YAML files into one raw taxonomy: the bundled files first, then overlays in order."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from matcher.taxonomy.prune import prune
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
# What `replaces` may say besides single parts. The parts of no profession are those that any resume needs:
# words, headings, cues, degrees and the weights of the score.
GROUPS = {
    "profession": (
        *("rule", "sources", "skills", "levels", "tracks", "certifications", "fields", "backgrounds", "often_missing"),
        *("suggestions", "next_steps", "transitions", "premiums", "industries", "coverage"),
    ),
    "all": (*PARTS, "rule"),
}
_REPLACES = "replaces"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an entry, or a part of one, was written; ``layer`` is 0 for the bundled files, 1 for the first overlay."""

    file: YamlFile
    path: Path_
    layer: int = 0


@dataclass(slots=True)
class Raw:
    """A merged taxonomy before validation.

    Attributes:
        origins: where the entry, field or item at a path such as ``("skills", "python", "aliases", 0)`` was written;
            what has no entry of its own stands inside of what has one.
    """

    parts: dict[str, Any] = field(default_factory=dict)
    origins: dict[Path_, Origin] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def origin(self, path: Path_) -> Origin | None:
        """Where ``path`` was written, as exactly as is known."""
        for size in range(len(path), 0, -1):
            origin = self.origins.get(path[:size])
            if origin is not None:
                return Origin(origin.file, (*origin.path, *path[size:]), origin.layer)
        return None

    def where(self, part: str, key: str | int, path: Path_ = ()) -> str:
        """``file:line`` of an entry, or of a place inside it."""
        origin = self.origin((part, key, *path))
        return part if origin is None else f"{origin.file.name}:{origin.file.line(origin.path)}"

    def layer(self, part: str, key: str | int, path: Path_ = ()) -> int:
        """The number of the layer that wrote an entry, or a place inside it, last."""
        origin = self.origin((part, key, *path))
        return 0 if origin is None else origin.layer


def merge(layers: list[list[YamlFile]]) -> Raw:
    """Merge ``layers``; within a layer an entry may stand once, a later layer changes what an earlier one says.

    An entry of a later layer under a known id changes it: plain values replace, lists are added to, an empty value
    takes the key away, and ``replaces: [keys]`` inside the entry drops those keys first.
    ``replaces: [skills, ...]`` drops parts of the earlier layers, ``remove: {skills: [id, ...]}`` drops entries, and
    what earlier layers said of a dropped entry goes with it; what the same layer defines anew stays linked.
    """
    raw = Raw()
    for number, files in enumerate(layers):
        for file in files:
            raw.problems.extend(file.problems)
        dropped: dict[str, set[str]] = {}
        for file in files:
            _act(raw, file, dropped)
        defined = {part: _ids(files, part) for part in dropped}
        for removed in prune(raw.parts, {part: ids - defined[part] for part, ids in dropped.items()}):
            _forget_item(raw, *removed)
        seen: dict[tuple[str, str], str] = {}
        for file in files:
            _add(raw, file, seen, layer=number)
    return raw


def _ids(files: list[YamlFile], part: str) -> set[str]:
    entries = [file.data.get(part) for file in files]
    return {key for entry in entries if isinstance(entry, dict) for key in entry}


def _act(raw: Raw, file: YamlFile, dropped: dict[str, set[str]]) -> None:
    replaces = file.data.get(_REPLACES) or []
    allowed = (*PARTS, *GROUPS)
    if not isinstance(replaces, list):
        raw.problems.append(file.problem((_REPLACES,), f"'replaces' takes a list of: {', '.join(allowed)}"))
        replaces = []
    for index, name in enumerate(replaces):
        if name not in allowed:
            raw.problems.append(
                file.problem((_REPLACES, index), f"'replaces' knows no {name!r}{_hint(str(name), allowed)}")
            )
            continue
        for part in GROUPS.get(name, (name,)):
            old = raw.parts.pop(part, None)
            if part in MAPPINGS and isinstance(old, dict):
                dropped.setdefault(part, set()).update(old)
            _forget(raw, (part,))
    remove = file.data.get("remove") or {}
    if not isinstance(remove, dict):
        raw.problems.append(file.problem(("remove",), "'remove' takes a mapping of part to ids"))
        return
    for part, ids in remove.items():
        if part not in MAPPINGS or not isinstance(ids, list):
            raw.problems.append(
                file.problem(("remove", part), f"'remove' takes lists of ids for: {', '.join(MAPPINGS)}")
            )
            continue
        known = raw.parts.get(part, {})
        for index, entry in enumerate(ids):
            if entry not in known:
                hint = _hint(str(entry), known)
                raw.problems.append(
                    file.problem(("remove", part, index), f"there is no {entry!r} in {part} to remove{hint}")
                )
            else:
                del known[entry]
                dropped.setdefault(part, set()).add(entry)
                _forget(raw, (part, entry))


def _forget(raw: Raw, path: Path_) -> None:
    for known in [known for known in raw.origins if known[: len(path)] == path]:
        del raw.origins[known]


def _forget_item(raw: Raw, path: Path_, index: int) -> None:
    """One item of a list is gone: those behind it move up."""
    size = len(path)
    moved: dict[Path_, Origin] = {}
    for known in [known for known in raw.origins if len(known) > size and known[:size] == path]:
        number = known[size]
        if isinstance(number, int) and number >= index:
            origin = raw.origins.pop(known)
            if number > index:
                moved[(*path, number - 1, *known[size + 1 :])] = origin
    raw.origins.update(moved)


def _hint(name: str, known: Collection[str]) -> str:
    close = get_close_matches(name, known, n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def _add(raw: Raw, file: YamlFile, seen: dict[tuple[str, str], str], *, layer: int) -> None:
    for key, value in file.data.items():
        if key not in KEYS:
            raw.problems.append(file.problem((key,), f"unknown key {key!r}{_hint(key, KEYS)}"))
        elif key in ACTIONS or value is None:
            continue
        elif key in SCALARS:
            if isinstance(value, dict | list):
                raw.problems.append(file.problem((key,), f"{key!r} must be a text"))
            else:
                raw.parts[key] = str(value)
        elif key in LISTS:
            _add_list(raw, file, key, value, layer)
        else:
            _add_mapping(raw, file, key, value, seen, layer=layer)


def _add_mapping(
    raw: Raw, file: YamlFile, part: str, value: Any, seen: dict[tuple[str, str], str], *, layer: int
) -> None:
    if not isinstance(value, dict):
        raw.problems.append(file.problem((part,), f"{part!r} must be a mapping of ids to entries"))
        return
    target = raw.parts.setdefault(part, {})
    for entry_id, entry in value.items():
        here = f"{file.name}:{file.line((part, entry_id))}"
        # The headings of resumes and of postings may stand in files of their own.
        first = here if part == "sections" else seen.setdefault((part, entry_id), here)
        if first != here:
            raw.problems.append(f"{here}: {part} {entry_id!r} is already defined at {first}")
            continue
        origin = Origin(file, (part, entry_id), layer)
        if entry_id in target:
            target[entry_id] = _changed(raw, (part, entry_id), target[entry_id], entry, origin)
        else:
            target[entry_id] = _without_action(entry, origin, raw)
        # What earlier layers wrote keeps a place of its own; the entry as a whole is the last writer's to mend.
        raw.origins[(part, entry_id)] = origin


def _add_list(raw: Raw, file: YamlFile, part: str, value: Any, layer: int) -> None:
    if not isinstance(value, list):
        raw.problems.append(file.problem((part,), f"{part!r} must be a list"))
        return
    target = raw.parts.setdefault(part, [])
    for index, entry in enumerate(value):
        # An overlay may repeat what is there already; within the bundled files a row may rightly stand twice.
        if layer > 0 and entry in target:
            continue
        raw.origins[(part, len(target))] = Origin(file, (part, index), layer)
        target.append(entry)


def _without_action(entry: Any, origin: Origin, raw: Raw) -> Any:
    if isinstance(entry, dict) and _REPLACES in entry:
        raw.problems.append(
            origin.file.problem((*origin.path, _REPLACES), "'replaces' has nothing to replace: the entry is new here")
        )
        return {key: value for key, value in entry.items() if key != _REPLACES}
    return entry


def _changed(raw: Raw, path: Path_, old: Any, new: Any, origin: Origin) -> Any:
    """``old`` as changed by ``new``, which stands at ``origin``; keeps account of who wrote what."""
    if isinstance(old, dict) and isinstance(new, dict):
        result = {}
        before = raw.origin(path)
        for key, value in old.items():
            # Whoever wrote the whole wrote this; said now, because the whole will be known by its last writer.
            if before is not None:
                raw.origins.setdefault((*path, key), Origin(before.file, (*before.path, key), before.layer))
            result[key] = value
        for key in _replaced(raw, result, new.get(_REPLACES), origin):
            del result[key]
            _forget(raw, (*path, key))
        for key, value in new.items():
            here = Origin(origin.file, (*origin.path, key), origin.layer)
            if key == _REPLACES:
                continue
            if value is None:
                result.pop(key, None)
                _forget(raw, (*path, key))
            elif key in result:
                result[key] = _changed(raw, (*path, key), result[key], value, here)
            else:
                result[key] = value
                raw.origins[(*path, key)] = here
        return result
    if isinstance(old, list) and isinstance(new, list):
        merged = list(old)
        before = raw.origin(path)
        for index in range(len(old)):
            if before is not None:
                raw.origins.setdefault((*path, index), Origin(before.file, (*before.path, index), before.layer))
        for index, item in enumerate(new):
            if item not in merged:
                raw.origins[(*path, len(merged))] = Origin(origin.file, (*origin.path, index), origin.layer)
                merged.append(item)
        raw.origins[path] = origin
        return merged
    _forget(raw, path)
    raw.origins[path] = origin
    return new


def _replaced(raw: Raw, entry: dict[str, Any], keys: Any, origin: Origin) -> list[str]:
    if keys is None:
        return []
    place = (*origin.path, _REPLACES)
    if not isinstance(keys, list):
        raw.problems.append(origin.file.problem(place, "'replaces' takes a list of keys of this entry"))
        return []
    for index, key in enumerate(keys):
        if key not in entry:
            raw.problems.append(
                origin.file.problem((*place, index), f"there is no {key!r} to replace{_hint(str(key), entry)}")
            )
    return [key for key in dict.fromkeys(keys) if key in entry]
