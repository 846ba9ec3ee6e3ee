"""A compiled taxonomy: what extraction looks tokens up in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import NamedTuple, TypeVar

from matcher.extraction.phrasing import PatternIndex
from matcher.taxonomy.compiled import ContextData, LexiconData
from matcher.taxonomy.names import fold, singular, tokenize
from matcher.taxonomy.schema import Cue, Taxonomy

_T = TypeVar("_T")
_Lengths = dict[str, dict[str, tuple[int, ...]]]


class Hit(NamedTuple):
    """A name found: token range ``[first, last)`` and whose name it is."""

    first: int
    last: int
    skill_id: str


@dataclass(frozen=True, slots=True)
class CompiledCue:
    """A cue and its folded words."""

    words: tuple[str, ...]
    cue: Cue


class Lexicon:
    """Names, patterns and cues of a taxonomy, built once and read many times."""

    def __init__(self, taxonomy: Taxonomy, data: LexiconData) -> None:
        self._data = data
        self._lengths = _lengths(data.plural)
        self._decoy_lengths = _lengths(data.decoys)
        self.patterns = PatternIndex(data.patterns)
        self.cues = _index_cues(taxonomy.cues)

    def hits(self, folded: Sequence[str], keys: Sequence[str]) -> list[Hit]:
        """Every name among words given folded, and folded in the singular; overlaps included, in order of place."""
        found = [Hit(first, last, skill) for first, last, skill in _rows(keys, self._lengths, self._data.plural)]
        proper = self._data.proper
        found.extend(Hit(at, at + 1, proper[word]) for at, word in enumerate(folded) if word in proper)
        return sorted(found, key=lambda hit: (hit.first, -hit.last, hit.skill_id))

    def decoys(self, keys: Sequence[str]) -> list[Hit]:
        """The longer expressions in which a name means something else, for each skill they rule out."""
        return [
            Hit(first, last, skill_id)
            for first, last, ids in _rows(keys, self._decoy_lengths, self._data.decoys)
            for skill_id in ids
        ]

    def named(self, key: str) -> str | None:
        """The skill of a name given by its key; one-word names of tools are not asked for here."""
        return self._data.plural.get(key)

    def context(self, skill_id: str, key: str) -> ContextData | None:
        """How the name ``key`` of a skill is decided; None where it is not ambiguous."""
        return self._data.contexts.get(f"{skill_id}\t{key}")

    def knows(self, word: str) -> bool:
        """Whether a word by itself is a name."""
        return fold(word) in self._data.proper or singular(fold(word)) in self._data.plural


def _lengths(keys: Iterable[str]) -> _Lengths:
    """For each first word and each second one (none: empty) the lengths of the rows that begin so, longest first."""
    lengths: dict[str, dict[str, set[int]]] = {}
    for key in keys:
        first, _, rest = key.partition(" ")
        lengths.setdefault(first, {}).setdefault(rest.partition(" ")[0], set()).add(key.count(" ") + 1)
    return {
        first: {second: tuple(sorted(sizes, reverse=True)) for second, sizes in row.items()}
        for first, row in lengths.items()
    }


def _rows(words: Sequence[str], lengths: _Lengths, table: Mapping[str, _T]) -> Iterator[tuple[int, int, _T]]:
    end = len(words)
    for first, (word, following) in enumerate(zip_longest(words, words[1:], fillvalue=" ")):
        known = lengths.get(word)
        if known is None:
            continue
        for length in (*known.get(following, ()), *known.get("", ())):
            last = first + length
            if last <= end:
                value = table.get(" ".join(words[first:last]))
                if value is not None:
                    yield first, last, value


def _index_cues(cues: Iterable[Cue]) -> dict[str, tuple[CompiledCue, ...]]:
    index: dict[str, list[CompiledCue]] = defaultdict(list)
    for cue in cues:
        words = tuple(fold(token.text) for token in tokenize(cue.phrase))
        index[words[0]].append(CompiledCue(words, cue))
    # Longest first: "no problem" is tried before "no".
    return {first: tuple(sorted(group, key=lambda cue: -len(cue.words))) for first, group in index.items()}
