"""Which patterns could match a sentence, told without a search.

Every sentence is asked for every pattern, and next to none matches, so what is asked first must be cheap: whether the
sentence holds the words. A set of marks is one whole number with a bit for each mark, which is several times as fast as
sets of strings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from matcher.taxonomy.compiled import PatternData
from matcher.taxonomy.patterns import ANY_ENDING, marks


class _Known(NamedTuple):
    """A pattern, its place in the taxonomy's order, and what else than its anchor a sentence must hold."""

    order: int
    needs: tuple[int, ...]
    pattern: PatternData


class _Word(NamedTuple):
    """The marks of a word that patterns know, and the patterns that it is the anchor of."""

    marks: int
    anchored: tuple[_Known, ...]


class PatternIndex:
    """The patterns of a taxonomy by what a sentence must hold for them to match."""

    def __init__(self, patterns: Sequence[PatternData]) -> None:
        numbers: dict[str, int] = {}
        anchored: dict[str, list[_Known]] = defaultdict(list)
        for order, pattern in enumerate(patterns):
            places = {
                place: sum([1 << numbers.setdefault(entry, len(numbers)) for entry in sorted(place)])
                for place in pattern.needs
            }
            known = _Known(order, tuple(bits for place, bits in places.items() if place != pattern.anchor), pattern)
            for entry in pattern.anchor:
                anchored[entry].append(known)
        beginnings = tuple(sorted(entry[:-1] for entry in numbers if entry.endswith(ANY_ENDING)))

        # Most words come again and again.
        @lru_cache(maxsize=20_000)
        def word_of(word: str) -> _Word:
            held = sorted(marks(word, beginnings) & numbers.keys())
            return _Word(
                sum(1 << numbers[mark] for mark in held),
                tuple(known for mark in held for known in anchored.get(mark, ())),
            )

        self._word: Callable[[str], _Word] = word_of

    def candidates(self, words: Sequence[str]) -> list[PatternData]:
        """The patterns that could match a sentence of folded words, in the taxonomy's order."""
        held = 0
        anchored: list[tuple[_Known, ...]] = []
        # Every word of a document comes by here, so these are plain loops: most patterns fall at their first place.
        for marks_held, patterns in map(self._word, words):
            held |= marks_held
            if patterns:
                anchored.append(patterns)
        found: dict[int, PatternData] = {}
        for patterns in anchored:
            for order, needs, pattern in patterns:
                for place in needs:
                    if not place & held:
                        break
                else:
                    found[order] = pattern
        return [found[order] for order in sorted(found)]
