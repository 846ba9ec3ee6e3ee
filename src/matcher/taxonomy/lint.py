"""What is allowed in a taxonomy and yet most likely a mistake: names nobody can tell from common words, loose ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from matcher.taxonomy.merge import Raw
from matcher.taxonomy.names import fold, name_key, singular, squeezed_key, tokenize
from matcher.taxonomy.schema import Skill, Taxonomy
from matcher.taxonomy.yamlfile import Path_

Severity = Literal["error", "warning"]
# A thing with a name of its own. A concept or a way of working may rightly be called by common words.
_NAMED_KINDS = frozenset({"language", "framework", "tool", "platform"})
COMMON_CLASSES = ("everyday", "given_name")


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to mend.

    Attributes:
        where: ``file:line``.
        layer: the number of the layer that wrote it: 0 for the bundled taxonomy, 1 for the first overlay.
    """

    severity: Severity
    where: str
    text: str
    layer: int


class CommonWords:
    """The words of a taxonomy's word classes ``everyday`` and ``given_name``."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._words = frozenset(
            singular(fold(word)) for name in COMMON_CLASSES for word in taxonomy.words.get(name, ())
        )

    def has(self, word: str) -> bool:
        """Whether ``word``, or the word it is the plural of, is a common one."""
        return singular(fold(word)) in self._words

    def is_common_name(self, name: str) -> bool:
        """Whether a name is one common word, or a single letter."""
        words = [token.text for token in tokenize(name)]
        return len(words) == 1 and (len(words[0]) == 1 or self.has(words[0]))


def lint(taxonomy: Taxonomy, raw: Raw) -> list[Remark]:
    """All remarks on a taxonomy that loaded, in the order of its entries."""
    return [
        *_undecided_names(taxonomy, raw),
        *_look_alikes(taxonomy, raw),
        *_certification_names(taxonomy, raw),
        *_loose_levels(taxonomy, raw),
        *_related_to_itself(taxonomy, raw),
    ]


def _remark(raw: Raw, severity: Severity, path: Path_, text: str) -> Remark:
    part, key = str(path[0]), path[1]
    return Remark(severity, raw.where(part, key, path[2:]), f"{part} {key!r}: {text}", raw.layer(part, key, path[2:]))


def name_path(skill: Skill, number: int) -> Path_:
    """The place of a skill's name: 0 for the canonical one, from 1 on for the aliases."""
    return ("skills", skill.id, "name") if number == 0 else ("skills", skill.id, "aliases", number - 1)


def _undecided_names(taxonomy: Taxonomy, raw: Raw) -> Iterator[Remark]:
    common = CommonWords(taxonomy)
    for skill in taxonomy.skills.values():
        if skill.grouping:
            continue
        rule = skill.ambiguous
        decided = {name_key(name) for name in (rule.names or (skill.name,))} if rule else set()
        if rule and rule.default == "reject" and not rule.confirm:
            yield _remark(
                raw,
                "error",
                ("skills", skill.id, "ambiguous"),
                "is ambiguous without context: give words under 'confirm' that tell it is meant",
            )
        for number, name in enumerate(skill.names):
            if skill.kind in _NAMED_KINDS and name_key(name) not in decided and common.is_common_name(name):
                yield _remark(
                    raw,
                    "error",
                    name_path(skill, number),
                    f"the name {name!r} is also a common word: add 'ambiguous' with words that tell which is meant",
                )


def _look_alikes(taxonomy: Taxonomy, raw: Raw) -> Iterator[Remark]:
    owners: dict[str, Skill] = {}
    for skill in taxonomy.skills.values():
        if skill.grouping:
            continue
        for number, name in enumerate(skill.names):
            key = squeezed_key(name)
            owner = owners.setdefault(key, skill) if key else skill
            if owner is not skill:
                text = f"the name {name!r} differs from one of {owner.id!r} in spaces or signs only"
                yield _remark(raw, "warning", name_path(skill, number), text)


def _certification_names(taxonomy: Taxonomy, raw: Raw) -> Iterator[Remark]:
    owners: dict[tuple[str, ...], str] = {}
    for entry in taxonomy.certifications.values():
        for number, name in enumerate(entry.names):
            owner = owners.setdefault(name_key(name), entry.id)
            if owner != entry.id:
                field: Path_ = ("name",) if number == 0 else ("aliases", number - 1)
                text = f"the name {name!r} already belongs to {owner!r}"
                yield _remark(raw, "error", ("certifications", entry.id, *field), text)


def _loose_levels(taxonomy: Taxonomy, raw: Raw) -> Iterator[Remark]:
    led_to = {target for level in taxonomy.levels.values() for target in level.next}
    lowest: dict[str, int] = defaultdict(lambda: 10**9)
    for level in taxonomy.levels.values():
        lowest[level.branch] = min(lowest[level.branch], level.rank)
    for level in taxonomy.levels.values():
        if not level.titles and level.use_years is None:
            text = "has neither 'titles' nor 'use_years': nothing will ever be read as this level"
            yield _remark(raw, "warning", ("levels", level.id), text)
        if level.id not in led_to and level.rank > lowest[level.branch]:
            yield _remark(raw, "warning", ("levels", level.id), "no other level has it as 'next'")


def _related_to_itself(taxonomy: Taxonomy, raw: Raw) -> Iterator[Remark]:
    for skill in taxonomy.skills.values():
        for index, other in enumerate(skill.related):
            if other == skill.id or other in skill.broader:
                what = "itself" if other == skill.id else f"{other!r}, which it is a kind of"
                text = f"is said to be an alternative of {what}"
                yield _remark(raw, "warning", ("skills", skill.id, "related", index), text)
