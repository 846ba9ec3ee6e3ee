"""Concepts of another classification to an overlay: merged with what is known, names decided, hierarchy kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from matcher.progress import Told, counted, silent
from matcher.taxonomy.importers.concept import Concept
from matcher.taxonomy.importers.naming import context_words, distinct_key, standing
from matcher.taxonomy.lint import CommonWords
from matcher.taxonomy.names import name_key, slug, squeezed_key
from matcher.taxonomy.schema import Skill, Source, Taxonomy

_Key = tuple[str, ...]
_MAX_ID = 60
_PRODUCTS = frozenset({"language", "framework", "tool", "platform"})
_SENTENCE_END = re.compile(r"[.!?](?=\s)")


@dataclass(frozen=True, slots=True)
class Imported:
    """An overlay, and an account of how it came about.

    Attributes:
        data: the overlay as it is written to YAML.
        taken: ids of the skills that are new.
        merged: ids of known skills that were recognised, each with the imported name.
        groupings: ids of the headings that keep the hierarchy.
        names: number of names that were added, for new and for known skills.
        contextual: number of those that count with context only.
        skipped: what was left out, counted by reason.
        examples: for each reason some of what was left out.
    """

    data: dict[str, Any]
    taken: tuple[str, ...]
    merged: tuple[tuple[str, str], ...]
    groupings: tuple[str, ...]
    names: int
    contextual: int
    skipped: dict[str, int]
    examples: dict[str, tuple[str, ...]]

    def to_yaml(self) -> str:
        """The overlay as YAML; the same input gives the same text."""
        sources = self.data["sources"]
        head = "".join(f"# {source['title']}. {source.get('licence', '')}\n" for source in sources.values())
        dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
        body: str = yaml.dump(
            self.data, Dumper=dumper, sort_keys=False, allow_unicode=True, width=116, default_flow_style=None
        )
        return head + body


@dataclass(slots=True)
class _Draft:
    """One entry in the making; ``known`` is the bundled skill it adds to."""

    id: str
    concept: Concept
    known: Skill | None = None
    name: str = ""
    aliases: list[str] = field(default_factory=list)
    contextual: list[str] = field(default_factory=list)
    identifiers: list[str] = field(default_factory=list)
    broader: list[str] = field(default_factory=list)
    context: list[str] = field(default_factory=list)


class _Account:
    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.examples: dict[str, list[str]] = {}

    def skip(self, reason: str, what: str) -> None:
        self.counts[reason] += 1
        if len(self.examples.setdefault(reason, [])) < 10:
            self.examples[reason].append(what)


def build_overlay(
    base: Taxonomy,
    concepts: Sequence[Concept],
    source_id: str,
    source: Source,
    skipped: Iterable[tuple[str, str]] = (),
    *,
    told: Told = silent,
) -> Imported:
    """The overlay that adds ``concepts`` to ``base``.

    A concept that is called like a known skill adds its source, its ids and its labels to that skill, whose place in
    the hierarchy stays as it is. All others become skills; of several of one name the first does, and takes the rest.

    Args:
        skipped: what the reader of the files left out already, as reason and name.
        told: is told how far the work has got.
    """
    account = _Account()
    for reason, what in skipped:
        account.skip(reason, what)
    drafts = _Drafts(base, source_id, account)
    skills = [concept for concept in concepts if not concept.grouping]
    for concept in counted(skills, "looking for known skills", told):
        drafts.place(concept)
    needed = _ancestors(skills, {concept.key: concept for concept in concepts})
    for concept in concepts:
        if concept.grouping and concept.key in needed:
            drafts.place_grouping(concept)
    labels = {concept.key: concept.name for concept in concepts}
    for concept in counted(skills, "adding names", told):
        drafts.add_labels(concept, tuple(labels[key] for key in concept.broader if key in labels))
    drafts.link(concepts)
    return drafts.finish(source_id, source)


def _ancestors(skills: Iterable[Concept], known: dict[str, Concept]) -> set[str]:
    found: set[str] = set()
    rest = [key for concept in skills for key in concept.broader]
    while rest:
        key = rest.pop()
        if key not in found and key in known:
            found.add(key)
            rest.extend(known[key].broader)
    return found


class _Drafts:
    """The entries in the making, and who owns which name."""

    def __init__(self, base: Taxonomy, source_id: str, account: _Account) -> None:
        self._base = base
        self._source_id = source_id
        self._account = account
        self._common = CommonWords(base)
        self._drafts: dict[str, _Draft] = {}
        self._by_concept: dict[str, str] = {}
        self._owners: dict[_Key, str] = {}
        self._squeezed: dict[str, str] = {}
        self._ambiguous: set[_Key] = set()
        for skill in base.skills.values():
            if skill.grouping:
                continue
            for name in skill.names:
                self._owners[name_key(name)] = skill.id
                self._squeezed.setdefault(squeezed_key(name), skill.id)
            if skill.ambiguous is not None:
                self._ambiguous.update(name_key(name) for name in skill.ambiguous.names or (skill.name,))

    def place(self, concept: Concept) -> None:
        """Find the known skill that a concept is, or make it a new one."""
        known = self._known(concept)
        if known is not None:
            draft = self._drafts.get(known)
            if draft is None:
                draft = self._drafts[known] = _Draft(known, concept, self._base.skills.get(known))
            elif draft.concept is not concept:
                self._account.skip("called like another imported one, and taken together with it", concept.name)
            draft.identifiers.extend(concept.identifiers)
            self._by_concept[concept.key] = known
            return
        name = concept.short if concept.short and name_key(concept.short) not in self._owners else concept.name
        # "Act! Premium" would be read as the end of a sentence and the beginning of another.
        name = _SENTENCE_END.sub("", name)
        key = name_key(name)
        if key in self._owners:
            self._account.skip("name that differs from another one in signs only", concept.name)
            return
        if not key or standing(name, self._common, preferred=True) == "unfit":
            self._account.skip("name that nobody writes in a sentence: too many words", concept.name)
            return
        draft = _Draft(self._new_id(name), concept, name=name, identifiers=list(concept.identifiers))
        self._drafts[draft.id] = draft
        self._by_concept[concept.key] = draft.id
        self._owners[key] = draft.id

    def _known(self, concept: Concept) -> str | None:
        owner = self._owners.get(name_key(concept.name))
        if owner is not None:
            return owner
        for form in concept.same_as:
            key = name_key(form.text)
            skill = self._base.skills.get(self._owners.get(key, ""))
            if skill is None or skill.kind not in form.kinds or (form.spelled and skill.name != form.text):
                continue
            if form.surely or key not in self._ambiguous:
                return skill.id
        # "Team City" is TeamCity, but the product ObjectStore is not any object store.
        owner = self._squeezed.get(squeezed_key(concept.name))
        if owner is not None and (concept.kind in _PRODUCTS) is (self._base.skills[owner].kind in _PRODUCTS):
            return owner
        return None

    def place_grouping(self, concept: Concept) -> None:
        """Keep a heading of the hierarchy, under the skill of the same name where there is one."""
        owner = self._owners.get(name_key(concept.name))
        if owner is not None:
            self._by_concept[concept.key] = owner
            return
        draft = _Draft(self._new_id(concept.name), concept, name=concept.name, identifiers=list(concept.identifiers))
        self._drafts[draft.id] = draft
        self._by_concept[concept.key] = draft.id

    def _new_id(self, name: str) -> str:
        stem = slug(name)[:_MAX_ID].strip("-") or "skill"
        if not stem.isascii():
            stem = stem.encode("ascii", "ignore").decode().strip("-") or "skill"
        candidate, number = stem, 1
        while candidate in self._drafts or candidate in self._base.skills:
            candidate = f"{stem}-{self._source_id}" + (f"-{number}" if number > 1 else "")
            number += 1
        return candidate

    def add_labels(self, concept: Concept, broader: tuple[str, ...]) -> None:
        """Add the labels of a concept that may be names."""
        draft = self._drafts.get(self._by_concept.get(concept.key, ""))
        if draft is None:
            return
        labels = [(label, False) for label in (*concept.labels, concept.short, concept.name)]
        if draft.name and draft.concept is concept:
            labels.insert(0, (draft.name, True))
        surroundings = (*concept.context, concept.name, *broader)
        for label, preferred in labels:
            key = name_key(label)
            if not key:
                continue
            if not preferred:
                owner = self._owners.get(key)
                if owner == draft.id:
                    continue
                if owner is not None:
                    self._account.skip("label that is a name of another skill", f"{label} ({concept.name})")
                    continue
            how = standing(label, self._common, preferred=preferred)
            if how == "unfit" or _SENTENCE_END.search(label):
                self._account.skip("label that nobody writes in a sentence: too many words, or two sentences", label)
                continue
            if not preferred and self._owners.get(distinct_key(label, self._common), draft.id) != draft.id:
                # "ML systems" for the language ML, where ML is another skill's name.
                how = "context"
            if how == "context":
                rule = draft.known.ambiguous if draft.known is not None else None
                if rule is not None and rule.default == "accept":
                    # It could only join the skill's rule, which takes names without asking.
                    self._account.skip("label that is a common word, of a skill whose names ask for no context", label)
                    continue
                draft.contextual.append(label)
                if rule is None:
                    words = context_words(surroundings, (label,), self._common)
                    draft.context.extend(word for word in words if word not in draft.context)
            self._owners[key] = draft.id
            if not preferred:
                draft.aliases.append(label)

    def link(self, concepts: Iterable[Concept]) -> None:
        """Add the hierarchy above new skills and headings; a link that would close a circle is left out."""
        above = {skill.id: set(skill.broader) for skill in self._base.skills.values()}
        for concept in concepts:
            draft = self._drafts.get(self._by_concept.get(concept.key, ""))
            if draft is None or draft.known is not None:
                continue
            done_with = self._done_with(draft)
            for target in (*done_with, *(self._by_concept.get(key) for key in concept.broader)):
                if target is None or target == draft.id or target in draft.broader:
                    continue
                if _reaches(above, target, draft.id):
                    self._account.skip("link that would close a circle", f"{concept.name} > {target}")
                    continue
                draft.broader.append(target)
                above.setdefault(draft.id, set()).add(target)

    def _done_with(self, draft: _Draft) -> tuple[str, ...]:
        """For an activity ("perform data mining") the known skill that it is done with; its name must not hide it."""
        rest = name_key(draft.name)[1:]
        owner = self._owners.get(rest) if draft.concept.kind in {"practice", "soft"} and rest else None
        return (owner,) if owner is not None and rest not in self._ambiguous else ()

    def finish(self, source_id: str, source: Source) -> Imported:
        """The overlay and its account."""
        drafts = self._drafts.values()
        entries = {draft.id: _entry(draft, source_id) for draft in drafts}
        new = [draft for draft in drafts if draft.known is None]
        return Imported(
            data={
                "sources": {source_id: source.model_dump(exclude_none=True)},
                "skills": entries,
            },
            taken=tuple(draft.id for draft in new if not draft.concept.grouping),
            merged=tuple((draft.id, draft.concept.name) for draft in drafts if draft.known is not None),
            groupings=tuple(draft.id for draft in new if draft.concept.grouping),
            names=sum(len(draft.aliases) + bool(draft.name and not draft.concept.grouping) for draft in drafts),
            contextual=sum(len(draft.contextual) for draft in drafts),
            skipped=dict(sorted(self._account.counts.items())),
            examples={reason: tuple(some) for reason, some in sorted(self._account.examples.items())},
        )


def _reaches(above: dict[str, set[str]], start: str, goal: str) -> bool:
    seen, rest = {start}, [start]
    while rest:
        for parent in above.get(rest.pop(), ()):
            if parent == goal:
                return True
            if parent not in seen:
                seen.add(parent)
                rest.append(parent)
    return False


def _entry(draft: _Draft, source_id: str) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    if draft.known is None:
        entry["name"] = draft.name
        entry["kind"] = draft.concept.kind
    if draft.aliases:
        entry["aliases"] = draft.aliases
    if draft.broader:
        entry["broader"] = draft.broader
    if draft.contextual:
        names = list(draft.contextual)
        rule = draft.known.ambiguous if draft.known is not None else None
        if rule is not None:
            # The rule's own names are said again: an empty list means the name of the skill.
            names = [*(rule.names or (draft.known.name if draft.known else draft.name,)), *names]
        entry["ambiguous"] = {"names": names}
        if rule is None:
            entry["ambiguous"]["confirm"] = draft.context
            if all(name[:1].isupper() for name in draft.contextual):
                entry["ambiguous"]["spelling"] = "exact"
    if draft.identifiers:
        entry["identifiers"] = list(dict.fromkeys(draft.identifiers))
    if draft.concept.grouping and draft.known is None:
        entry["grouping"] = True
    entry["sources"] = [source_id]
    return entry
