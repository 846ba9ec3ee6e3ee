"""A compiled taxonomy: what extraction looks tokens up in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, compress
from operator import contains
from typing import NamedTuple

from matcher.extraction.beginnings import Beginnings
from matcher.extraction.phrasing import PatternIndex, Phrasing
from matcher.taxonomy.compiled import ContextData, LexiconData
from matcher.taxonomy.memo import remembered
from matcher.taxonomy.names import fold, singular, tokenize
from matcher.taxonomy.schema import Cue, Taxonomy


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


_Lengths = Mapping[str, tuple[int, ...]]
_NOTHING: _Lengths = {}


class _Word(NamedTuple):
    """All that is known of a word, so that each word of a document is looked up but once.

    Attributes:
        names: the skills that it names by itself.
        barring: the skills that it does not mean by itself.
        longer: the lengths of the names and other expressions that it begins, by their second word.
        piece, places, anchored: see :class:`PatternWord`.
    """

    names: tuple[str, ...]
    barring: tuple[str, ...]
    longer: _Lengths
    piece: str
    places: int
    anchored: tuple[tuple[int, int], ...]


class Known(NamedTuple):
    """What is known of the tokens of a document, side by side; see :class:`_Word`."""

    names: Sequence[tuple[str, ...]]
    barring: Sequence[tuple[str, ...]]
    longer: Sequence[_Lengths]
    pieces: Sequence[str]
    places: Sequence[int]
    anchored: Sequence[tuple[tuple[int, int], ...]]


class Lexicon:
    """Names, patterns and cues of a taxonomy, built once and read many times."""

    def __init__(self, taxonomy: Taxonomy, data: LexiconData) -> None:
        self._data = data
        self._ambiguous = frozenset(key.partition("\t")[0] for key in data.contexts)
        self._longer = _longer(chain(data.plural, data.decoys))
        self._patterns = PatternIndex(data.patterns)
        self._word = remembered(20_000)(self._known)
        # Words with which a line asks for what it names, and that say nothing of it.
        self.asking = frozenset(fold(word) for word in taxonomy.words.get("asking", ()))
        self.cues = _index_cues(taxonomy.cues)
        self.cue_beginnings = Beginnings(cue.words for group in self.cues.values() for cue in group)

    def known(self, folded: Sequence[str]) -> Known:
        """What is known of each of the folded tokens of a document, at least one."""
        return Known(*zip(*map(self._word, folded), strict=True))

    def hits(self, known: Known, keys: Sequence[str]) -> tuple[list[Hit], dict[str, list[Hit]]]:
        """Every name among tokens, given also folded in the singular; overlaps included.

        Returns:
            The names, and for each skill the longer expressions in which a name of it means something else (under
            :data:`matcher.taxonomy.compiled.ANY_PATTERN` those whose words no pattern means).
        """
        plural, decoys = self._data.plural, self._data.decoys
        names, barring, longer = known.names, known.barring, known.longer
        size = len(keys)
        found = [Hit(at, at + 1, skill_id) for at in compress(range(size), names) for skill_id in names[at]]
        barred: dict[str, list[Hit]] = defaultdict(list)
        for at in compress(range(size), barring):
            for skill_id in barring[at]:
                barred[skill_id].append(Hit(at, at + 1, skill_id))
        # Many words begin a name, few are followed by what goes on with one.
        for at in compress(range(size), map(contains, longer, keys[1:])):
            for length in longer[at][keys[at + 1]]:
                last = at + length
                if last > size:
                    continue
                key = " ".join(keys[at:last])
                if key in plural:
                    found.append(Hit(at, last, plural[key]))
                for skill_id in decoys.get(key, ()):
                    barred[skill_id].append(Hit(at, last, skill_id))
        return found, barred

    def phrasing(self, known: Known, asides: Iterable[range], fixed: Iterable[range]) -> Phrasing:
        """The tokens of a document as patterns see them: ``asides`` passed over, words of ``fixed`` as any words."""
        return Phrasing(self._patterns.patterns, known.pieces, known.places, known.anchored, asides, fixed)

    def named(self, key: str) -> str | None:
        """The skill of a name given by its key; one-word names of tools are not asked for here."""
        return self._data.plural.get(key)

    def context(self, hit: Hit, keys: Sequence[str]) -> ContextData | None:
        """How a name found among ``keys`` is decided; None where it is not ambiguous."""
        if hit.skill_id not in self._ambiguous:
            return None
        return self._data.contexts.get(f"{hit.skill_id}\t{' '.join(keys[hit.first : hit.last])}")

    def knows(self, word: str) -> bool:
        """Whether a word by itself is a name."""
        return bool(self._word(fold(word)).names)

    def _known(self, folded: str) -> _Word:
        key = singular(folded)
        names = (self._data.proper.get(folded), self._data.plural.get(key))
        return _Word(
            tuple(dict.fromkeys(name for name in names if name is not None)),
            self._data.decoys.get(key, ()),
            self._longer.get(key, _NOTHING),
            *self._patterns.word(folded),
        )


def _longer(keys: Iterable[str]) -> dict[str, dict[str, tuple[int, ...]]]:
    """The lengths of the keys of more than one word, by their first and their second word."""
    lengths: dict[str, dict[str, set[int]]] = {}
    for key in keys:
        first, _, rest = key.partition(" ")
        if rest:
            lengths.setdefault(first, {}).setdefault(rest.partition(" ")[0], set()).add(key.count(" ") + 1)
    return {first: {second: tuple(sizes) for second, sizes in seconds.items()} for first, seconds in lengths.items()}


def _index_cues(cues: Iterable[Cue]) -> dict[str, tuple[CompiledCue, ...]]:
    index: dict[str, list[CompiledCue]] = defaultdict(list)
    for cue in cues:
        words = tuple(fold(token.text) for token in tokenize(cue.phrase))
        index[words[0]].append(CompiledCue(words, cue))
    # Longest first: "no problem" is tried before "no".
    return {first: tuple(sorted(group, key=lambda cue: -len(cue.words))) for first, group in index.items()}
