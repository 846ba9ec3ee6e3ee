"""A compiled taxonomy: what extraction looks tokens up in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from matcher.extraction.phrasing import PatternIndex
from matcher.taxonomy.compiled import ContextData, LexiconData
from matcher.taxonomy.names import fold, singular, tokenize
from matcher.taxonomy.schema import Cue, Taxonomy

_T = TypeVar("_T")


class _Start(NamedTuple, Generic[_T]):
    """What begins with a word: what it is by itself, and for each second word the lengths of rows, longest first."""

    alone: _T | None
    longer: dict[str, tuple[int, ...]]


_Starts = dict[str, _Start[_T]]


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
        self._starts = _starts(data.plural)
        self._decoy_starts = _starts(data.decoys)
        self._ambiguous = frozenset(key.partition("\t")[0] for key in data.contexts)
        self.patterns = PatternIndex(data.patterns)
        self.cues = _index_cues(taxonomy.cues)

    def hits(self, folded: Sequence[str], keys: Sequence[str]) -> list[Hit]:
        """Every name among words given folded, and folded in the singular; overlaps included, in order of place."""
        found = [Hit(*row) for row in _rows(keys, self._starts, self._data.plural)]
        proper = self._data.proper
        found += [Hit(at, at + 1, proper[word]) for at, word in enumerate(folded) if word in proper]
        return sorted(found, key=lambda hit: (hit.first, -hit.last, hit.skill_id))

    def decoys(self, keys: Sequence[str]) -> list[Hit]:
        """The longer expressions in which a name means something else, for each skill they rule out."""
        return [
            Hit(first, last, skill_id)
            for first, last, ids in _rows(keys, self._decoy_starts, self._data.decoys)
            for skill_id in ids
        ]

    def named(self, key: str) -> str | None:
        """The skill of a name given by its key; one-word names of tools are not asked for here."""
        return self._data.plural.get(key)

    def context(self, skill_id: str, words: Sequence[str]) -> ContextData | None:
        """How a name of a skill, given by the words of its key, is decided; None where it is not ambiguous."""
        if skill_id not in self._ambiguous:
            return None
        return self._data.contexts.get(f"{skill_id}\t{' '.join(words)}")

    def knows(self, word: str) -> bool:
        """Whether a word by itself is a name."""
        return fold(word) in self._data.proper or singular(fold(word)) in self._data.plural


def _starts(table: Mapping[str, _T]) -> _Starts[_T]:
    """The keys of a table by their first two words."""
    lengths: dict[str, dict[str, set[int]]] = {}
    for key in table:
        first, _, rest = key.partition(" ")
        longer = lengths.setdefault(first, {})
        if rest:
            longer.setdefault(rest.partition(" ")[0], set()).add(key.count(" ") + 1)
    return {
        first: _Start(
            table.get(first), {second: tuple(sorted(sizes, reverse=True)) for second, sizes in longer.items()}
        )
        for first, longer in lengths.items()
    }


def _rows(words: Sequence[str], starts: _Starts[_T], table: Mapping[str, _T]) -> Iterator[tuple[int, int, _T]]:
    """The rows of words that are keys of ``table``, with their places."""
    end = len(words)
    for first, (alone, longer) in [(index, start) for index, start in enumerate(map(starts.get, words)) if start]:
        if alone is not None:
            yield first, first + 1, alone
        if longer and first + 1 < end:
            for length in longer.get(words[first + 1], ()):
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
