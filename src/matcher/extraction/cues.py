"""Cues: words that negate, weaken or grade the mentions near them (after ConText, Harkema et al. 2009)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


def scopes(words: Sequence[str], first: int, last: int, index: Mapping[str, tuple[CompiledCue, ...]]) -> list[Scope]:
    """The cues among ``words[first:last]`` (one sentence of folded words) with the tokens each governs."""
    found: list[tuple[int, int, Cue]] = []
    done = first
    for position in [at for at in range(first, last) if words[at] in index]:
        if position < done:
            continue
        for candidate in index[words[position]]:
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
        result.append(Scope(cue, start, low, high))
    return result


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
