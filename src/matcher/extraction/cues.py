"""Cues: words that negate, weaken or grade the mentions near them (after ConText, Harkema et al. 2009)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from matcher.extraction.lexicon import CompiledCue
from matcher.taxonomy.schema import Cue


class Scope(NamedTuple):
    """A cue that was found, and the tokens it governs (half-open)."""

    cue: Cue
    at: int
    first: int
    last: int

    def governs(self, first: int, last: int) -> bool:
        """Whether the cue reaches the mention at these tokens."""
        return self.first <= first and last <= self.last


_CLAUSE_ENDS = frozenset({";", ":", "—", "–", "|", "•"})


def scopes(
    words: Sequence[str],
    first: int,
    last: int,
    index: Mapping[str, tuple[CompiledCue, ...]],
    places: Iterable[int],
) -> list[Scope]:
    """The cues among ``words[first:last]`` (one sentence of folded words) with the tokens each governs.

    Args:
        places: where in the sentence cues could begin, in order.
    """
    found: list[tuple[int, int, Cue]] = []
    done = first
    for position in places:
        if position < done:
            continue
        for candidate in index.get(words[position], ()):
            end = position + len(candidate.words)
            if end <= last and tuple(words[position:end]) == candidate.words:
                found.append((position, end, candidate.cue))
                done = end
                break
    stops = [start for start, _, cue in found if cue.kind == "terminator"]
    result = []
    for start, end, cue in found:
        if cue.kind in {"terminator", "pseudo"}:
            continue
        low, high = start, end
        if cue.direction in {"forward", "both"}:
            high = _reach(words, end, min(last, end + cue.scope), stops, cue, 1)
        if cue.direction in {"backward", "both"}:
            low = _reach(words, start - 1, max(first, start - cue.scope) - 1, stops, cue, -1) + 1
        if cue.kind in _STRENGTHS:
            bracket = _bracket(words, first, last, start)
            if bracket is not None and _says_more(words, bracket, start, end):
                low, high = max(low, bracket[0] + 1), min(high, bracket[1])
            elif bracket is not None and not any(word[0].isalnum() for word in words[first : bracket[0]]):
                # "(Optional) Experience with Go": what follows, up to where something else is said.
                others = (at for at, _, other in found if other.kind in _STRENGTHS | {"terminator"} and at > bracket[1])
                parts = (at for at in range(bracket[1], last) if words[at] == ";")
                low, high = first, min(chain(others, parts), default=last)
            elif bracket is not None:
                # "Go (bonus)": what stands before the bracket, as far as its own comma.
                low, high = _item_start(words, first, bracket[0]), end
            elif low < start:
                low = max(low, _subject_start(words, first, start))
        result.append(Scope(cue, start, low, high))
    return result


_STRENGTHS = frozenset({"preferred", "required"})
_HEADS = frozenset({"experience", "knowledge", "familiarity", "exposure", "background", "understanding", "expertise"})
# Words of a clause that asks something by itself, so that what follows its comma is another clause.
_ASKS = frozenset(
    """year years strong solid deep excellent proven required must proficient proficiency skill skills skilled expert
    advanced fluent fluency hands-on degree ability able mastery""".split()
)
_LIST_WORDS = frozenset({"and", "or", "and/or", "&"})
_OPENING, _CLOSING = frozenset("(["), frozenset(")]")


def _bracket(words: Sequence[str], first: int, last: int, at: int) -> tuple[int, int] | None:
    """The brackets around a token, as the places of the two; None where it stands in none."""
    opened = [index for index in range(first, at) if words[index] in _OPENING]
    closed = [index for index in range(first, at) if words[index] in _CLOSING]
    if len(opened) <= len(closed):
        return None
    return opened[-1], next((index for index in range(at, last) if words[index] in _CLOSING), last)


def _says_more(words: Sequence[str], bracket: tuple[int, int], start: int, end: int) -> bool:
    """Whether brackets hold more than the cue: "(Terraform preferred)" against "(preferred)"."""
    inside = [*range(bracket[0] + 1, start), *range(end, bracket[1])]
    return any(words[index][:1].isalnum() and words[index] not in {"a", "is", "are", "but"} for index in inside)


def _item_start(words: Sequence[str], first: int, end: int) -> int:
    return next((index + 1 for index in range(end - 1, first - 1, -1) if words[index] in {",", ";"}), first)


def _subject_start(words: Sequence[str], first: int, start: int) -> int:
    """Where the clause begins that a cue behind it judges: "Strong Python skills, Rust is a plus" says it of Rust.

    A comma parts clauses where the one before it asks something by itself and the one behind it is not the end of a
    list ("A, B or C is a plus", "Experience with A, B, and C is a plus").
    """
    cut = _item_start(words, first, start)
    behind = words[cut:start]
    if cut == first or not behind or behind[0] in _LIST_WORDS or "are" in behind:
        return first
    before = words[first : cut - 1]
    if behind[0] in _HEADS or not _ASKS.isdisjoint(before):
        listed = not _LIST_WORDS.isdisjoint(behind) and behind[0] not in _HEADS
        return first if listed and _ASKS.isdisjoint(before) else cut
    return first


def _reach(words: Sequence[str], start: int, end: int, stops: Sequence[int], cue: Cue, step: int) -> int:
    for index in range(start, end, step):
        if index in stops and not cue.to_end:
            return index
        if words[index] in _CLAUSE_ENDS and not (cue.to_end and words[index] != ";"):
            # "Preferred: Kubernetes" governs what follows its own colon.
            if words[index] == ":" and index == start:
                continue
            return index
    return end
