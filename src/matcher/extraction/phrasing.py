"""Which patterns could match a sentence, told without a search.

Every sentence is asked for every pattern, and next to none matches, so what is asked first must be cheap: whether the
sentence holds a word for each place of the pattern. Patterns are looked up by the words of their rarest place, are then
asked for their second rarest one, and only those that are left for all. A set of places is one whole number with a bit
for each place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import chain, compress
from operator import or_
from typing import NamedTuple

from matcher.taxonomy.compiled import PatternData
from matcher.taxonomy.patterns import ANY_ENDING, BREAK, COMMA, encode, marks

_BREAKS = frozenset({":", ";", "|", "•", "·", "–", "—", "-", "=", "→", "(", ")", "[", "]", BREAK})


class Candidate(NamedTuple):
    """A pattern that could match, see :class:`matcher.taxonomy.compiled.PatternData`."""

    skill_id: str
    parts: tuple[str, ...]


class Anchored(NamedTuple):
    """The patterns whose rarest place a word fills, side by side.

    Attributes:
        seconds: the second rarest place of each: its bit within a byte, and above that the number of the byte.
        patterns: the number of each, and all places that it needs besides the rarest one.
    """

    seconds: tuple[int, ...]
    patterns: tuple[tuple[int, int], ...]


class PatternWord(NamedTuple):
    """A word as patterns see it.

    Attributes:
        piece: the word encoded; empty where patterns pass it over.
        places: the places that it fills.
        anchored: the patterns that are looked up by it; None where there are none.
    """

    piece: str
    places: int
    anchored: Anchored | None


_PASSED_OVER = PatternWord("", 0, None)
# A word that no pattern asks for; gaps count it.
_ANY_WORD = PatternWord(encode(["_"])[:-1], 0, None)
# What every sentence has: the second place of patterns that need but one.
_ALWAYS = 1


class Phrasing:
    """The tokens of a document as patterns see them.

    Args:
        patterns: all patterns.
        pieces, places, anchored: of each token what :class:`PatternWord` says.
        asides: tokens that are passed over.
        fixed: tokens that are words to a gap and nothing else.
    """

    def __init__(
        self,
        patterns: PatternIndex,
        pieces: Iterable[str],
        places: Iterable[int],
        anchored: Iterable[Anchored | None],
        asides: Iterable[range] = (),
        fixed: Iterable[range] = (),
    ) -> None:
        self._patterns, self._size = patterns.candidates, patterns.size
        self._pieces, self._places, self._anchored = list(pieces), list(places), list(anchored)
        for tokens in fixed:
            self._replace(tokens, _ANY_WORD)
        for tokens in asides:
            self._replace(tokens, _PASSED_OVER)

    def _replace(self, tokens: range, word: PatternWord) -> None:
        replaced = slice(tokens.start, tokens.stop)
        self._pieces[replaced] = [word.piece] * len(tokens)
        self._places[replaced] = [word.places] * len(tokens)
        self._anchored[replaced] = [word.anchored] * len(tokens)

    def candidates(self, first: int, last: int) -> list[Candidate]:
        """The patterns that could match the tokens ``[first, last)``, a sentence, in the taxonomy's order."""
        held = reduce(or_, self._places[first:last], _ALWAYS)
        bits = held.to_bytes(self._size, "little")
        asked = [
            patterns[index]
            for seconds, patterns in filter(None, self._anchored[first:last])
            for index, second in enumerate(seconds)
            if bits[second >> 8] & second
        ]
        possible = {number for number, needs in asked if needs & held == needs}
        return [self._patterns[number] for number in sorted(possible)] if possible else []

    def encoded(self, first: int, last: int) -> str:
        """A sentence as :func:`matcher.taxonomy.patterns.encode` writes it."""
        return "".join(self._pieces[first:last]) + " "

    def seen(self, first: int, last: int) -> list[int]:
        """The tokens of a sentence that patterns do not pass over; each is a piece of the encoded sentence."""
        return list(compress(range(first, last), self._pieces[first:last]))


class PatternIndex:
    """The patterns of a taxonomy by what a sentence must hold for them to match."""

    def __init__(self, patterns: Sequence[PatternData]) -> None:
        self.candidates = [Candidate(pattern.skill_id, pattern.parts) for pattern in patterns]
        # What many patterns are asked for first gets a low bit: the numbers that are looked at most are the smallest.
        seconds = Counter([pattern.needs[1] for pattern in patterns if len(pattern.needs) > 1])
        others = chain.from_iterable(pattern.needs[2:] for pattern in patterns)
        places = dict.fromkeys([*(place for place, _ in seconds.most_common()), *others])
        numbers = {place: number for number, place in enumerate(places, start=1)}
        bits = {place: 1 << number for place, number in numbers.items()}
        self.size = len(numbers) // 8 + 1
        shared = {place: (number >> 3) << 8 | 1 << (number & 7) for place, number in numbers.items()}
        self._filled: dict[str, int] = defaultdict(int)
        for place, bit in bits.items():
            for mark in place:
                self._filled[mark] |= bit
        self._anchored: dict[str, list[tuple[int, tuple[int, int]]]] = defaultdict(list)
        for number, pattern in enumerate(patterns):
            anchor, *needed = pattern.needs
            entry = (shared[needed[0]] if needed else _ALWAYS, (number, sum(bits[place] for place in needed)))
            for mark in anchor:
                self._anchored[mark].append(entry)
        self._marks = self._filled.keys() | self._anchored.keys()
        self._beginnings = tuple(sorted(mark[:-1] for mark in self._marks if mark.endswith(ANY_ENDING)))

    def word(self, folded: str) -> PatternWord:
        """A folded token as patterns see it."""
        piece = _piece(folded)
        if not piece:
            return _PASSED_OVER
        held = sorted(marks(folded, self._beginnings) & self._marks)
        places = reduce(or_, [self._filled.get(mark, 0) for mark in held], 0)
        entries = list(chain.from_iterable(self._anchored.get(mark, ()) for mark in held))
        return PatternWord(piece, places, Anchored(*zip(*entries, strict=True)) if entries else None)


def _piece(word: str) -> str:
    if word[0].isalnum() or (word[0] == "." and len(word) > 1):
        return encode([word])[:-1]
    if word == ",":
        return encode([COMMA])[:-1]
    return encode([BREAK])[:-1] if word in _BREAKS else ""
