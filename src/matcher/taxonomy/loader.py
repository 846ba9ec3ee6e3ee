"""YAML files to one validated :class:`Taxonomy`."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from matcher.errors import TaxonomyError
from matcher.progress import Told, counted, silent
from matcher.taxonomy import schema
from matcher.taxonomy.cache import Cache
from matcher.taxonomy.check import check_links
from matcher.taxonomy.compiled import LexiconData, compile_lexicon
from matcher.taxonomy.locate import bundled_root
from matcher.taxonomy.merge import Raw, merge
from matcher.taxonomy.yamlfile import YamlFile, parse

MAX_FILE_BYTES = 64 * 1024 * 1024

_V = TypeVar("_V", bound=schema.Value)


def load(
    overlays: Sequence[str | Path] = (),
    *,
    base: Path | None = None,
    cache: Cache | None = None,
    told: Told = silent,
) -> schema.Taxonomy:
    """Load the bundled taxonomy (or ``base``) with ``overlays`` on top of it, in order.

    Args:
        overlays: files or folders in the taxonomy's own format.
        base: a folder to use instead of the bundled taxonomy.
        cache: where compiled taxonomies are kept; None for none.
        told: is told how far the work has got.

    Raises:
        TaxonomyError: a file cannot be read or says something that is not valid; the text names file and line.
    """
    layers = _layers(overlays, base)
    digest = _digest(layers)
    if cache is not None:
        cached = cache.get(schema.Taxonomy, digest)
        if cached is not None:
            return cached
    taxonomy = _validated(_merged(layers, told), digest, told)
    if cache is not None:
        cache.put(digest, taxonomy)
    return taxonomy


def load_with_places(
    overlays: Sequence[str | Path] = (), *, base: Path | None = None, told: Told = silent
) -> tuple[schema.Taxonomy, Raw]:
    """The taxonomy, and where each part of it was written; for tools that report on the files.

    Raises:
        TaxonomyError: as :func:`load`.
    """
    layers = _layers(overlays, base)
    raw = _merged(layers, told)
    return _validated(raw, _digest(layers), told), raw


def load_lexicon(taxonomy: schema.Taxonomy, *, cache: Cache | None = None) -> LexiconData:
    """The tables of a loaded taxonomy, from the cache where they are there."""
    cached = cache.get(LexiconData, taxonomy.digest) if cache is not None else None
    if cached is not None:
        return cached
    data = compile_lexicon(taxonomy)
    if cache is not None:
        cache.put(taxonomy.digest, data)
    return data


@dataclass(frozen=True, slots=True)
class _File:
    """A file as read: ``name`` inside of its folder (part of the digest), ``shown`` in messages."""

    name: str
    shown: str
    content: bytes


def _layers(overlays: Sequence[str | Path], base: Path | None) -> list[list[_File]]:
    bundled = bundled_root()
    # The bundled files are known by their place in the project, those of a user by the path the user gave.
    first = _files(base, str(base)) if base is not None else _files(bundled, bundled.name)
    return [first, *(_files(Path(overlay), str(overlay)) for overlay in overlays)]


def _merged(layers: list[list[_File]], told: Told) -> Raw:
    total = sum(len(file.content) for layer in layers for file in layer)
    done = 0
    parsed: list[list[YamlFile]] = []
    for layer in layers:
        parsed.append([])
        for file in layer:
            told("reading the taxonomy", done, total)
            parsed[-1].append(parse(file.shown, file.content))
            done += len(file.content)
    told("reading the taxonomy", done, total)
    return merge(parsed)


def _files(root: Path, shown: str) -> list[_File]:
    if root.is_dir():
        paths = sorted(
            path
            for path in root.rglob("*")
            if path.suffix in {".yaml", ".yml"}
            and path.is_file()
            and not any(part.startswith(".") for part in path.relative_to(root).parts)
        )
        if not paths:
            raise TaxonomyError((f"{shown}: holds no .yaml file; give a folder or a file in the taxonomy's format",))
        named = [
            (path.relative_to(root).as_posix(), (Path(shown) / path.relative_to(root)).as_posix(), path)
            for path in paths
        ]
    elif root.is_file():
        named = [(root.name, shown, root)]
    else:
        raise TaxonomyError((f"{shown}: does not exist; give a file or a folder in the taxonomy's format",))
    files = []
    for name, full, path in named:
        try:
            if path.stat().st_size > MAX_FILE_BYTES:
                raise TaxonomyError((f"{full}: is larger than {MAX_FILE_BYTES} bytes; split it",))
            files.append(_File(name, full, path.read_bytes()))
        except OSError as error:
            raise TaxonomyError((f"{full}: cannot be read: {error.strerror}",)) from error
    return files


def _digest(layers: list[list[_File]]) -> str:
    digest = hashlib.sha256()
    for layer in layers:
        digest.update(b"layer\0")
        for file in layer:
            # Line endings differ between checkouts of the same content.
            content = file.content.replace(b"\r\n", b"\n")
            digest.update(f"{file.name}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def _validated(raw: Raw, digest: str, told: Told) -> schema.Taxonomy:
    parts, problems = raw.parts, raw.problems
    mapped: dict[str, dict[str, Any]] = {}
    for part, model, with_id in (
        ("sources", schema.Source, False),
        ("skills", schema.Skill, True),
        ("levels", schema.Level, True),
        ("tracks", schema.Track, True),
        ("certifications", schema.Certification, True),
        ("degrees", schema.DegreeLevel, True),
        ("fields", schema.StudyField, True),
        ("backgrounds", schema.Background, True),
    ):
        mapped[part] = {}
        entries = tuple(parts.get(part, {}).items())
        for key, entry in counted(entries, "checking its skills", told) if part == "skills" else entries:
            value = _entry(raw, part, key, entry, model, {"id": key} if with_id else {})
            if value is not None:
                mapped[part][key] = value
    listed: dict[str, tuple[Any, ...]] = {}
    for part, list_model in (
        ("often_missing", schema.OftenMissing),
        ("suggestions", schema.Suggestion),
        ("next_steps", schema.NextStep),
        ("transitions", schema.Transition),
        ("premiums", schema.Premium),
        ("cues", schema.Cue),
        ("industries", schema.Industry),
        ("coverage", schema.Coverage),
    ):
        values = (_entry(raw, part, index, entry, list_model, {}) for index, entry in enumerate(parts.get(part, [])))
        listed[part] = tuple(value for value in values if value is not None)
    words = _words(raw)
    sections = _sections(raw)
    scoring = _whole(raw, "scoring", schema.Scoring)
    if problems or sections is None or scoring is None:
        raise TaxonomyError(tuple(problems))
    try:
        taxonomy = schema.Taxonomy(
            name=parts.get("name", "unnamed"),
            version=parts.get("version", "0"),
            digest=digest,
            sources=mapped["sources"],
            skills=mapped["skills"],
            words=words,
            levels=mapped["levels"],
            level_rule=parts.get("rule"),
            tracks=mapped["tracks"],
            certifications=mapped["certifications"],
            degrees=mapped["degrees"],
            fields=mapped["fields"],
            guidance=schema.Guidance(
                often_missing=listed["often_missing"],
                suggestions=listed["suggestions"],
                next_steps=listed["next_steps"],
                backgrounds=tuple(mapped["backgrounds"].values()),
                transitions=listed["transitions"],
                premiums=listed["premiums"],
                industries=listed["industries"],
            ),
            sections=sections,
            cues=listed["cues"],
            scoring=scoring,
            coverage=listed["coverage"],
        )
    except (ValidationError, TypeError, ValueError) as error:
        raise TaxonomyError((f"the taxonomy is not valid: {error}",)) from error
    problems.extend(check_links(taxonomy, raw))
    if problems:
        raise TaxonomyError(tuple(problems))
    return taxonomy


def _entry(raw: Raw, part: str, key: str | int, entry: Any, model: type[_V], extra: dict[str, Any]) -> _V | None:
    if not isinstance(entry, dict):
        raw.problems.append(f"{raw.where(part, key)}: {part} {key!r} must be a mapping of keys to values")
        return None
    try:
        return model.model_validate({**entry, **extra})
    except ValidationError as error:
        raw.problems.extend(_explain(raw, part, key, error, model))
        return None


def _whole(raw: Raw, part: str, model: type[_V]) -> _V | None:
    try:
        return model.model_validate(raw.parts.get(part, {}))
    except ValidationError as error:
        for item in error.errors():
            location = item["loc"]
            first = location[0] if location else part
            raw.problems.append(f"{raw.where(part, first, location[1:])}: {part}: {_sentence(item, model)}")
        return None


def _words(raw: Raw) -> dict[str, tuple[str, ...]]:
    words: dict[str, tuple[str, ...]] = {}
    for key, value in raw.parts.get("words", {}).items():
        if isinstance(value, list):
            for index, word in enumerate(value):
                if not isinstance(word, str | int | float) or isinstance(word, bool):
                    raw.problems.append(f"{raw.where('words', key, (index,))}: words {key!r}: put {word!r} in quotes")
            words[key] = tuple(map(str, value))
        else:
            raw.problems.append(f"{raw.where('words', key)}: words {key!r} must be a list of words")
    return words


def _sections(raw: Raw) -> schema.Sections | None:
    built: dict[str, tuple[schema.SectionRule, ...]] = {}
    sections = raw.parts.get("sections", {})
    for kind, rules in sections.items():
        if kind not in schema.Sections.model_fields or not isinstance(rules, dict):
            raw.problems.append(f"{raw.where('sections', kind)}: sections are 'resume' and 'posting', each a mapping")
            return None
        values = []
        for rule_id, rule in rules.items():
            try:
                values.append(schema.SectionRule.model_validate({**(rule or {}), "id": rule_id}))
            except ValidationError as error:
                for item in error.errors():
                    where = raw.where("sections", kind, (rule_id, *item["loc"]))
                    raw.problems.append(f"{where}: sections {rule_id!r}: {_sentence(item, schema.SectionRule)}")
        built[kind] = tuple(values)
    return schema.Sections(**built)


def _explain(raw: Raw, part: str, key: str | int, error: ValidationError, model: type[schema.Value]) -> list[str]:
    return [f"{raw.where(part, key, item['loc'])}: {part} {key!r}: {_sentence(item, model)}" for item in error.errors()]


def _sentence(item: Any, model: type[schema.Value]) -> str:
    place = ".".join(str(step) for step in item["loc"])
    if item["type"] == "extra_forbidden":
        close = get_close_matches(str(item["loc"][-1]), list(model.model_fields), n=1)
        return f"unknown key {place!r}" + (f"; did you mean {close[0]!r}?" if close else "")
    if item["type"] == "missing":
        return f"the key {place!r} is missing"
    return f"{place}: {item['msg'][0].lower()}{item['msg'][1:]}"
