"""Which patterns could match a sentence, told without a search.

Every sentence is asked for every pattern, and next to none matches, so what is asked first must be cheap: whether the
sentence holds the words. A set of marks is one whole number with a bit for each mark, which is several times as fast as
sets of strings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from matcher.taxonomy.compiled import PatternData
from matcher.taxonomy.memo import remembered
from matcher.taxonomy.patterns import ANY_ENDING, marks

# What every sentence has that holds anything.
_ANY = -1


class _Known(NamedTuple):
    """A pattern, its place in the taxonomy's order, and what a sentence must hold beside its anchor.

    ``second`` is asked first and rules out most sentences.
    """

    order: int
    second: int
    others: tuple[int, ...]
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
            second, *others = [bits for place, bits in places.items() if place != pattern.anchor] or [_ANY]
            known = _Known(order, second, tuple(others), pattern)
            for entry in pattern.anchor:
                anchored[entry].append(known)
        beginnings = tuple(sorted(entry[:-1] for entry in numbers if entry.endswith(ANY_ENDING)))

        @remembered(20_000)
        def word_of(word: str) -> _Word:
            held = sorted(marks(word, beginnings) & numbers.keys())
            return _Word(
                sum(1 << numbers[mark] for mark in held),
                tuple(known for mark in held for known in anchored.get(mark, ())),
            )

        self._word: Callable[[str], _Word] = word_of

    def candidates(self, words: Sequence[str]) -> list[PatternData]:
        """The patterns that could match a sentence of folded words, in the taxonomy's order."""
        held, anchored = 0, list[tuple[_Known, ...]]()
        # Every word of a document comes by here, so these are plain loops: most patterns fall at their first place.
        for bits, patterns in map(self._word, words):
            held |= bits
            if patterns:
                anchored.append(patterns)
        found: dict[int, PatternData] = {}
        for patterns in anchored:
            for order, second, others, pattern in patterns:
                if second & held:
                    for place in others:
                        if not place & held:
                            break
                    else:
                        found[order] = pattern
        return [found[order] for order in sorted(found)]
