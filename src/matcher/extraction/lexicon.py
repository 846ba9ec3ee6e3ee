"""A compiled taxonomy over a spaCy vocabulary: what extraction looks tokens up in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import spacy
from spacy.attrs import LOWER, NORM
from spacy.language import Language
from spacy.tokens import Doc

from matcher.taxonomy.compiled import ContextData, LexiconData, PatternData
from matcher.taxonomy.names import fold, singular, tokenize
from matcher.taxonomy.schema import Cue, Taxonomy

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Hit:
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
        self.nlp = blank_pipeline()
        self._data = data
        self._lengths = _lengths(data.plural)
        self._decoy_lengths = _lengths(data.decoys)
        self._patterns: dict[str, list[PatternData]] = defaultdict(list)
        for pattern in data.patterns:
            for entry in pattern.anchor or ("",):
                self._patterns[entry].append(pattern)
        self._order = {id(pattern): number for number, pattern in enumerate(data.patterns)}
        self.cues = _index_cues(taxonomy.cues)

    def doc(self, words: Sequence[str]) -> Doc:
        """A spaCy document of ready-made words; ``lower_`` and ``norm_`` of its tokens are the folded forms."""
        return Doc(self.nlp.vocab, words=list(words))

    def hits(self, doc: Doc) -> list[Hit]:
        """Every name in ``doc``, overlaps included, in order of place."""
        norms = [token.norm_ for token in doc]
        found = [Hit(first, last, skill) for first, last, skill in _rows(norms, self._lengths, self._data.plural)]
        proper = self._data.proper
        found.extend(Hit(token.i, token.i + 1, proper[token.lower_]) for token in doc if token.lower_ in proper)
        return sorted(found, key=lambda hit: (hit.first, -hit.last, hit.skill_id))

    def decoys(self, doc: Doc) -> list[Hit]:
        """The longer expressions in which a name means something else, for each skill they rule out."""
        norms = [token.norm_ for token in doc]
        return [
            Hit(first, last, skill_id)
            for first, last, ids in _rows(norms, self._decoy_lengths, self._data.decoys)
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

    def candidates(self, stems: frozenset[str]) -> list[PatternData]:
        """The patterns that could match a sentence with these stems, in the taxonomy's order."""
        found: dict[int, PatternData] = {}
        for entry in ("", *stems):
            for pattern in self._patterns.get(entry, ()):
                if all(not place or not place.isdisjoint(stems) for place in pattern.needs):
                    found[self._order[id(pattern)]] = pattern
        return [found[number] for number in sorted(found)]


def blank_pipeline() -> Language:
    """A blank English pipeline whose vocabulary folds each distinct word once."""
    nlp = spacy.blank("en")
    # An attribute of every vocabulary that the stubs leave out.
    setattr(nlp.vocab, "lex_attr_getters", {LOWER: fold, NORM: lambda text: singular(fold(text))})  # noqa: B010
    return nlp


def _lengths(keys: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """For each first word the lengths of the rows that begin with it, longest first."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for key in keys:
        lengths[key.partition(" ")[0]].add(key.count(" ") + 1)
    return {word: tuple(sorted(sizes, reverse=True)) for word, sizes in lengths.items()}


def _rows(
    words: Sequence[str], lengths: dict[str, tuple[int, ...]], table: dict[str, _T]
) -> Iterator[tuple[int, int, _T]]:
    end = len(words)
    for first, word in enumerate(words):
        for length in lengths.get(word, ()):
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
