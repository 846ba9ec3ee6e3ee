"""Which mentions of a sentence are one requirement: a single skill, or alternatives of which any one will do."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import chain, pairwise
from operator import attrgetter
from typing import NamedTuple

from matcher.extraction.mentions import Found
from matcher.extraction.segments import Segmented, Sentence
from matcher.model import SkillKind
from matcher.taxonomy.graph import Graph

# "Such as A, B" offers examples, any of which will do; "such as A and B" names both; "one of A and B" is one of them.
_EXAMPLE_LEAD = re.compile(
    r"\b(?=[slefi])"
    r"(?:such as|like|e\.?g\.?|for example|for instance|including but not limited to|specifically|i\.?e\.?)"
    r"[\s:,.(]*\Z",
    re.IGNORECASE,
)
_CHOICE_LEAD = re.compile(
    r"\b(?=[oastei])"
    r"(?:(?:one|any|some) of|at least (?:two|three) of|(?:two|three) of (?:the following|these)|either|at least one"
    r"|one or more|among)\b[^.;]{0,60}\Z",
    re.IGNORECASE,
)
_OR_TAIL = re.compile(
    r"[\s,]*(?:\)|,)?\s*(?:or|and/or)\s+(?:another|other|any|similar|equivalent|comparable|related)\b", re.IGNORECASE
)
# A list left open names what else would do: "AWS, Azure, …".
_OPEN_TAIL = re.compile(r"[ \t,]*(?:…|\.{3})(?!\.)")
_LEAD_WINDOW = 70
_TAIL_WINDOW = 40
_OR = frozenset({"or", "and/or"})
_AND = frozenset({"and", "&"})
_JOINTS = frozenset({",", "/", "|", "as", "well", "also", "+"}) | _OR | _AND
# Words that may stand between two members of one list without ending it.
_FILLERS = frozenset({"the", "a", "an", "other", "similar", "etc", "with", "e.g", ".", ":"})
_BETWEEN = _JOINTS | _FILLERS
_LONGEST_JOINT = 4
# So many tools given as examples are not all asked, whatever joins them: "like Dataflow, Kubeflow, Airflow and Ray".
_MANY = 4
_TOOL_KINDS = frozenset({"language", "framework", "tool", "platform"})

# The words between two neighbours of a list.
_Joint = Sequence[str]


class Group(NamedTuple):
    """Mentions that are one requirement: a single one, or alternatives of which any one will do."""

    members: tuple[Found, ...]
    any_of: bool


class Alternatives:
    """Alternatives as one taxonomy's skills let them be told.

    Args:
        kinds: each skill's kind.
        graph: says which skills may stand for each other.
    """

    def __init__(self, kinds: Mapping[str, SkillKind], graph: Graph) -> None:
        self._kinds = kinds
        self._graph = graph

    def groups(self, segmented: Segmented, items: Sequence[Found]) -> list[Group]:
        """The mentions of one sentence as requirements, in order of place."""
        if len(items) == 1:
            return [Group((items[0],), False)]
        named = [item for item in items if item.named]
        if len(named) < 2:
            return [Group((item,), False) for item in sorted(items, key=attrgetter("first", "last", "named"))]
        result = [Group((item,), False) for item in items if not item.named]
        sentence = segmented.units[named[0].unit].sentences[named[0].sentence]
        for run, joints in _runs(named, segmented.folded, sentence):
            result.extend(self._split(run, joints, segmented, sentence) if joints else [Group((run[0],), False)])
        return sorted(result, key=lambda group: (group.members[0].first, group.members[0].last))

    def _split(
        self, run: list[Found], joints: Sequence[_Joint], segmented: Segmented, sentence: Sentence
    ) -> list[Group]:
        """One run of joined mentions as alternatives, or each by itself."""
        text = segmented.document.text
        lead = text[max(sentence.span.start, run[0].span.start - _LEAD_WINDOW) : run[0].span.start]
        tail = text[run[-1].span.end : min(sentence.span.end, run[-1].span.end + _TAIL_WINDOW)]
        example = bool(_EXAMPLE_LEAD.search(lead)) or (lead.rstrip().endswith("(") and self._tools(run))
        said = set(chain.from_iterable(joints))
        # The sentence may end with it, so what follows is asked of the text.
        left_open = _AND.isdisjoint(said) and self._tools(run) and _OPEN_TAIL.match(text, run[-1].span.end)
        if _CHOICE_LEAD.search(lead) or _OR_TAIL.match(tail) or left_open:
            return [_group(run)]
        if example and (_AND.isdisjoint(said) or (len(run) >= _MANY and self._tools(run, but=frozenset({"language"})))):
            return [_group(run)]
        if not _OR.isdisjoint(said):
            return self._around_or(run, joints)
        if "/" in said and any(set(joint) == {"/"} for joint in joints):
            return self._slashed(run, joints)
        return [Group((item,), False) for item in run]

    def _around_or(self, run: Sequence[Found], joints: Sequence[_Joint]) -> list[Group]:
        """ "A, B or C" is one choice; in "A or B, C, D" and in "A or B and C" only what "or" joins is one.

        A list whose "or" is not its last joint names several things. Then a neighbour before the "or" belongs to the
        choice where the taxonomy knows it to stand for a member: "AWS, GCP or Azure, Docker".
        """
        last_is_or = bool(_OR & set(joints[-1]))
        ors = [bool(_OR & set(joint)) for joint in joints]
        ands = [bool(_AND & set(joint)) and not is_or for joint, is_or in zip(joints, ors, strict=True)]
        whole = last_is_or and not any(ands) and (sum(ors) == 1 or all(ors))
        if whole:
            return [_group(run)]
        result: list[Group] = []
        part: list[Found] = [run[0]]
        chosen = False
        for index, item in enumerate(run[1:]):
            if ors[index]:
                if not chosen:
                    # The comma list before this "or", as far back as its members can stand for what it joins.
                    first = len(part) - 1
                    while first and self._alike(part[first - 1], (part[first], item)):
                        first -= 1
                    result.extend(Group((single,), False) for single in part[:first])
                    part = part[first:]
                part.append(item)
                chosen = True
                continue
            if chosen or ands[index]:
                result.extend([_group(part)] if chosen else [Group((single,), False) for single in part])
                part, chosen = [], False
            part.append(item)
        result.extend([_group(part)] if chosen else [Group((single,), False) for single in part])
        return result

    def _slashed(self, run: Sequence[Found], joints: Sequence[_Joint]) -> list[Group]:
        """ "AWS/GCP" names alternatives; "AI/ML" does not."""
        result: list[Group] = []
        part = [run[0]]
        for joint, item in zip(joints, run[1:], strict=True):
            same = self._kinds[item.skill_id] == self._kinds[part[-1].skill_id]
            if set(joint) == {"/"} and same and self._tools([item]):
                part.append(item)
                continue
            result.append(_group(part))
            part = [item]
        result.append(_group(part))
        return result

    def _tools(self, run: Sequence[Found], but: frozenset[str] = frozenset()) -> bool:
        """Whether all members are things one runs or writes in, which may stand for each other, and none of ``but``."""
        return all(self._kinds[item.skill_id] in _TOOL_KINDS - but for item in run)

    def _alike(self, item: Found, others: Sequence[Found]) -> bool:
        """Whether the taxonomy knows a skill to be an alternative or another part of the same, as one of others is."""
        skill = item.skill_id
        parents = set(self._graph.parents(skill))
        return any(
            other.skill_id in self._graph.related(skill) or parents & set(self._graph.parents(other.skill_id))
            for other in others
        )


def _runs(named: Sequence[Found], folded: Sequence[str], sentence: Sentence) -> list[tuple[list[Found], list[_Joint]]]:
    """The lists of a sentence: mentions that joints alone separate, each list on one level of brackets.

    What stands in brackets is a list of its own ("NoSQL stores (MongoDB, Cassandra), Docker"), unless it begins with
    "or": "Python (or R)".
    """
    first, last = sentence.first, sentence.last
    if "(" not in folded[first:last]:
        return _lists(named, lambda low, high: folded[low:high])
    bracket = _brackets(folded, first, last)
    levels: dict[int, list[Found]] = {}
    for item in named:
        levels.setdefault(bracket[item.first - first], []).append(item)

    def between(level: int, low: int, high: int) -> _Joint:
        return [folded[index] for index in range(low, high) if bracket[index - first] == level]

    return [found for level, items in levels.items() for found in _lists(items, partial(between, level))]


def _lists(items: Sequence[Found], between: Callable[[int, int], _Joint]) -> list[tuple[list[Found], list[_Joint]]]:
    """The lists among mentions of one level, given the words ``between`` two places on it."""
    run: list[Found] = [items[0]]
    joints: list[_Joint] = []
    result = [(run, joints)]
    for left, right in pairwise(items):
        joint = between(left.last, right.first)
        if _joins(joint):
            run.append(right)
            joints.append(joint)
        else:
            run, joints = [right], []
            result.append((run, joints))
    return result


def _joins(between: _Joint) -> bool:
    return 0 < len(between) <= _LONGEST_JOINT and not _JOINTS.isdisjoint(between) and _BETWEEN.issuperset(between)


def _brackets(folded: Sequence[str], first: int, last: int) -> list[int]:
    """For each token the index of the bracket it stands in, -1 outside of all; brackets count as what they hold."""
    result: list[int] = []
    stack = [-1]
    for index in range(first, last):
        word = folded[index]
        if word == "(":
            # A bracket that goes on with the list is none for our purpose, but its signs are no joints either.
            goes_on = index + 1 < last and folded[index + 1] in _OR
            stack.append(stack[-1] if goes_on else index)
            result.append(index)
        elif word == ")" and len(stack) > 1:
            stack.pop()
            result.append(index)
        else:
            result.append(stack[-1])
    return result


def _group(members: Sequence[Found]) -> Group:
    return Group(tuple(members), len({item.skill_id for item in members}) > 1)
