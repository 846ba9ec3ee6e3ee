"""What must hold between the entries of a taxonomy: ids that exist, names of one owner, no cycles, sound patterns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

from matcher.taxonomy import schema
from matcher.taxonomy.merge import Raw
from matcher.taxonomy.names import name_key, slug, tokenize
from matcher.taxonomy.patterns import PatternError, any_of, parse_pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence


def check_links(taxonomy: schema.Taxonomy, raw: Raw) -> list[str]:
    """Every mistake between entries, each with file and line; empty where the taxonomy is sound."""
    return [
        *_ids(taxonomy, raw),
        *_dangling(taxonomy, raw),
        *_name_clashes(taxonomy, raw),
        *_cycles(taxonomy, raw),
        *_patterns(taxonomy, raw),
        *_ambiguous(taxonomy, raw),
        *_levels(taxonomy, raw),
        *_cues(taxonomy, raw),
    ]


_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def _ids(taxonomy: schema.Taxonomy, raw: Raw) -> Iterator[str]:
    for part in ("skills", "sources", "levels", "tracks", "certifications", "degrees", "fields"):
        for entry in getattr(taxonomy, part):
            if not _ID.fullmatch(entry):
                better = slug(entry)
                hint = f"; write {better!r}" if better and _ID.fullmatch(better) else ""
                yield f"{raw.where(part, entry)}: {part} {entry!r}: ids are lower case, digits and hyphens{hint}"


def _unknown(kind: str, entry: str, known: Collection[str]) -> str:
    close = get_close_matches(entry, known, n=1)
    return f"there is no {kind} {entry!r}" + (f"; did you mean {close[0]!r}?" if close else "")


def _dangling(taxonomy: schema.Taxonomy, raw: Raw) -> Iterator[str]:
    skills, sources, levels = taxonomy.skills, taxonomy.sources, taxonomy.levels

    def each(
        part: str, key: str | int, field: str, ids: Iterable[str], kind: str, known: Collection[str]
    ) -> Iterator[str]:
        for index, entry in enumerate(ids):
            if entry not in known:
                yield f"{raw.where(part, key, (field, index))}: {part} {key!r}: {_unknown(kind, entry, known)}"

    for skill in skills.values():
        for field, ids in (("broader", skill.broader), ("related", skill.related)):
            yield from each("skills", skill.id, field, ids, "skill", skills)
        yield from each("skills", skill.id, "sources", skill.sources, "source", sources)
    for level in levels.values():
        yield from each("levels", level.id, "next", level.next, "level", levels)
        yield from each("levels", level.id, "sources", level.sources, "source", sources)
        for index, requirement in enumerate(level.requires):
            for entry in requirement.skill_ids:
                if entry not in skills:
                    where = raw.where("levels", level.id, ("requires", index))
                    yield f"{where}: levels {level.id!r}: {_unknown('skill', entry, skills)}"
            for entry in requirement.sources:
                if entry not in sources:
                    where = raw.where("levels", level.id, ("requires", index))
                    yield f"{where}: levels {level.id!r}: {_unknown('source', entry, sources)}"
        cited = [("years", index, figure.source) for index, figure in enumerate(level.years)]
        cited += [("salary", index, figure.source) for index, figure in enumerate(level.salary)]
        for field, index, source in cited:
            if source not in sources:
                where = raw.where("levels", level.id, (field, index))
                yield f"{where}: levels {level.id!r}: {_unknown('source', str(source), sources)}"
    for track in taxonomy.tracks.values():
        yield from each("tracks", track.id, "signals", track.signals, "skill", skills)
        yield from each("tracks", track.id, "sources", track.sources, "source", sources)
    for certification in taxonomy.certifications.values():
        yield from each("certifications", certification.id, "skills", certification.skills, "skill", skills)
        yield from each("certifications", certification.id, "sources", certification.sources, "source", sources)
    for degree in taxonomy.degrees.values():
        yield from each("degrees", degree.id, "sources", degree.sources, "source", sources)
    for study in taxonomy.fields.values():
        yield from each("fields", study.id, "sources", study.sources, "source", sources)
    guidance = taxonomy.guidance
    for index, missing in enumerate(guidance.often_missing):
        yield from each("often_missing", index, "skill", (missing.skill,), "skill", skills)
        yield from each("often_missing", index, "source", (missing.source,), "source", sources)
    for background in guidance.backgrounds:
        for field, ids in (("signals", background.signals), ("gaps", background.gaps)):
            yield from each("backgrounds", background.id, field, ids, "skill", skills)
        yield from each("backgrounds", background.id, "sources", background.sources, "source", sources)
    for index, step in enumerate(guidance.next_steps):
        yield from each("next_steps", index, "levels", step.levels, "level", levels)
    advice: tuple[tuple[str, Sequence[schema.Suggestion | schema.NextStep | schema.Premium]], ...] = (
        ("suggestions", guidance.suggestions),
        ("next_steps", guidance.next_steps),
        ("premiums", guidance.premiums),
    )
    for part, items in advice:
        for index, item in enumerate(items):
            yield from each(part, index, "skills", item.skills, "skill", skills)
            yield from each(part, index, "sources", item.sources, "source", sources)
    for index, transition in enumerate(guidance.transitions):
        yield from each("transitions", index, "sources", transition.sources, "source", sources)
    yield from _coverage(taxonomy, raw)


def _coverage(taxonomy: schema.Taxonomy, raw: Raw) -> Iterator[str]:
    places: dict[str, Collection[str]] = {
        "skills": taxonomy.skills,
        "levels": taxonomy.levels,
        "tracks": taxonomy.tracks,
        "certifications": taxonomy.certifications,
        "degrees": taxonomy.degrees,
        "fields": taxonomy.fields,
        "guidance": schema.Guidance.model_fields,
    }
    for index, row in enumerate(taxonomy.coverage):
        part, _, entry = row.at.partition("/")
        if part not in places or entry not in places[part]:
            yield f"{raw.where('coverage', index, ('at',))}: coverage of {row.says!r}: there is no {row.at!r}"
        if row.guide not in taxonomy.sources:
            where = raw.where("coverage", index, ("guide",))
            yield f"{where}: coverage of {row.says!r}: {_unknown('source', row.guide, taxonomy.sources)}"


def _name_clashes(taxonomy: schema.Taxonomy, raw: Raw) -> Iterator[str]:
    owners: dict[tuple[str, ...], tuple[str, str]] = {}
    for skill in taxonomy.skills.values():
        if skill.grouping:
            # Nobody looks for its name, so it may share it.
            continue
        for index, name in enumerate(skill.names):
            path = ("name",) if index == 0 else ("aliases", index - 1)
            where = raw.where("skills", skill.id, path)
            key = name_key(name)
            if not key:
                yield f"{where}: skills {skill.id!r}: the name {name!r} holds no word"
                continue
            owner, owner_where = owners.setdefault(key, (skill.id, where))
            if owner != skill.id:
                yield f"{where}: skills {skill.id!r}: the name {name!r} already belongs to {owner!r} ({owner_where})"


def _cycles(taxonomy: schema.Taxonomy, raw: Raw) -> Iterator[str]:
    state: dict[str, int] = {}
    for root in taxonomy.skills:
        stack = [(root, iter(taxonomy.skills[root].broader))]
        if state.get(root):
            continue
        state[root] = 1
        while stack:
            node, rest = stack[-1]
            for parent in rest:
                if parent not in taxonomy.skills:
                    continue
                if state.get(parent) == 1:
                    chain = [item for item, _ in stack]
                    loop = " -> ".join([*chain[chain.index(parent) :], parent])
                    where = raw.where("skills", node, ("broader",))
                    yield f"{where}: skills {node!r}: 'broader' runs in a circle: {loop}"
                elif not state.get(parent):
                    state[parent] = 1
                    stack.append((parent, iter(taxonomy.skills[parent].broader)))
                    break
            else:
                state[node] = 2
                stack.pop()


def _patterns(taxonomy: schema.Taxonomy, raw: Raw) -> Iterator[str]:
    for skill in taxonomy.skills.values():
        for index, pattern in enumerate(skill.patterns):
            try:
                parse_pattern(pattern, taxonomy.words)
            except PatternError as error:
                where = raw.where("skills", skill.id, ("patterns", index))
                yield f"{where}: skills {skill.id!r}: pattern {pattern!r}: {error}"


def _ambiguous(taxonomy: schema.Taxonomy, raw: Raw) -> Iterator[str]:
    for skill in taxonomy.skills.values():
        if skill.ambiguous is None:
            continue
        where = raw.where("skills", skill.id, ("ambiguous",))
        known = {name_key(name) for name in skill.names}
        for name in skill.ambiguous.names:
            if name_key(name) not in known:
                yield f"{where}: skills {skill.id!r}: {name!r} in 'ambiguous' is not one of its names"
        try:
            any_of((*skill.ambiguous.confirm, *skill.ambiguous.deny), taxonomy.words)
        except PatternError as error:
            yield f"{where}: skills {skill.id!r}: 'ambiguous': {error}"


def _levels(taxonomy: schema.Taxonomy, raw: Raw) -> Iterator[str]:
    ranks: dict[tuple[str, int], str] = {}
    for level in taxonomy.levels.values():
        other = ranks.setdefault((level.branch, level.rank), level.id)
        if other != level.id:
            where = raw.where("levels", level.id, ("rank",))
            yield f"{where}: levels {level.id!r}: has the rank of {other!r} in the same branch"
        for index, requirement in enumerate(level.requires):
            if bool(requirement.skill) == bool(requirement.any_of):
                where = raw.where("levels", level.id, ("requires", index))
                yield f"{where}: levels {level.id!r}: a requirement has either 'skill' or 'any_of'"
        ranges: list[tuple[tuple[str | int, ...], schema.Years]] = [
            (("years", index), figure) for index, figure in enumerate(level.years)
        ]
        ranges += [(("use_years",), level.use_years)] if level.use_years else []
        for path, figure in ranges:
            if figure.min < 0 or (figure.max is not None and figure.max < figure.min):
                yield f"{raw.where('levels', level.id, path)}: levels {level.id!r}: the years end before they begin"


def _cues(taxonomy: schema.Taxonomy, raw: Raw) -> Iterator[str]:
    for index, cue in enumerate(taxonomy.cues):
        if not any(token.text[0].isalnum() for token in tokenize(cue.phrase)):
            yield f"{raw.where('cues', index, ('phrase',))}: cues: {cue.phrase!r} holds no word"
