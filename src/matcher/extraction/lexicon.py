"""A compiled taxonomy: what extraction looks tokens up in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, compress
from operator import contains
from typing import Any, NamedTuple

from matcher.extraction.beginnings import Beginnings
from matcher.extraction.phrasing import Anchored, PatternIndex, Phrasing
from matcher.taxonomy.compiled import ContextData, LexiconData
from matcher.taxonomy.memo import remembered
from matcher.taxonomy.names import cut_stretch, fold, rows_of, singular, tokenize
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
        opens: whether it begins a cue or what other rooms look for, so that these look at few words.
        piece, places, anchored: see :class:`PatternWord`.
    """

    names: tuple[str, ...]
    barring: tuple[str, ...]
    longer: _Lengths
    opens: bool
    piece: str
    places: int
    anchored: Anchored | None


class Known(NamedTuple):
    """The tokens of a document and what is known of each, side by side.

    Attributes:
        starts, texts, folded, keys: see :class:`matcher.taxonomy.names.Words`.
        names, barring, longer, opens, pieces, places, anchored: see :class:`_Word`.
    """

    starts: Sequence[int]
    texts: Sequence[str]
    folded: Sequence[str]
    keys: Sequence[str]
    names: Sequence[tuple[str, ...]]
    barring: Sequence[tuple[str, ...]]
    longer: Sequence[_Lengths]
    opens: Sequence[bool]
    pieces: Sequence[str]
    places: Sequence[int]
    anchored: Sequence[Anchored | None]


class Lexicon:
    """Names, patterns and cues of a taxonomy, built once and read many times.

    Args:
        first_words: folded words, also in the singular, that begin what is looked for elsewhere.
    """

    def __init__(self, taxonomy: Taxonomy, data: LexiconData, first_words: Iterable[str] = ()) -> None:
        self._data = data
        self._contexts: dict[str, dict[str, ContextData]] = defaultdict(dict)
        for key, context in data.contexts.items():
            skill_id, _, name = key.partition("\t")
            self._contexts[skill_id][name] = context
        self._longer = _longer(chain(data.plural, data.decoys))
        self._patterns = PatternIndex(data.patterns)
        self._word = remembered(20_000)(self._known)
        self._cut = remembered(50_000)(self._known_of)
        # Words with which a line asks for what it names, and that say nothing of it.
        self.asking = frozenset(fold(word) for word in taxonomy.words.get("asking", ()))
        self.cues = _index_cues(taxonomy.cues)
        self.cue_beginnings = Beginnings(cue.words for group in self.cues.values() for cue in group)
        self._first_words = self.cue_beginnings.first_words | set(first_words)

    def known(self, text: str) -> Known:
        """The tokens of a text, and what is known of each."""
        starts, rows = rows_of(text, self._cut)
        columns = list(zip(*rows, strict=True))[1:] if rows else [()] * (len(Known._fields) - 1)
        return Known(starts, *columns)

    def hits(self, known: Known) -> tuple[list[Hit], dict[str, list[Hit]]]:
        """Every name among tokens; overlaps included.

        Returns:
            The names, and for each skill the longer expressions in which a name of it means something else (under
            :data:`matcher.taxonomy.compiled.ANY_PATTERN` those whose words no pattern means).
        """
        plural, decoys = self._data.plural, self._data.decoys
        keys, names, barring, longer = known.keys, known.names, known.barring, known.longer
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
        return Phrasing(self._patterns, known.pieces, known.places, known.anchored, asides, fixed)

    def named(self, key: str) -> str | None:
        """The skill of a name given by its key; one-word names of tools are not asked for here."""
        return self._data.plural.get(key)

    def context(self, hit: Hit, keys: Sequence[str]) -> ContextData | None:
        """How a name found among ``keys`` is decided; None where it is not ambiguous."""
        contexts = self._contexts.get(hit.skill_id)
        return contexts.get(" ".join(keys[hit.first : hit.last])) if contexts is not None else None

    def knows(self, word: str) -> bool:
        """Whether a word by itself is a name."""
        return bool(self._word(fold(word)).names)

    def _known_of(self, stretch: str) -> tuple[tuple[Any, ...], ...]:
        return tuple((*token, *self._word(token[2])) for token in cut_stretch(stretch))

    def _known(self, folded: str) -> _Word:
        key = singular(folded)
        names = (self._data.proper.get(folded), self._data.plural.get(key))
        return _Word(
            tuple(dict.fromkeys(name for name in names if name is not None)),
            self._data.decoys.get(key, ()),
            self._longer.get(key, _NOTHING),
            folded in self._first_words or key in self._first_words,
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
