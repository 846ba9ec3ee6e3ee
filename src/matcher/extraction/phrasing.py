"""Which patterns could match a sentence, told without a search.

Every sentence is asked for every pattern, and next to none matches, so what is asked first must be cheap: whether the
sentence holds a word for each place of the pattern. A set of places is one whole number with a bit for each place. A
pattern is looked for at the words of its rarest place, its anchor, and there only where the sentence fills its second
rarest place as well, its partner: one operation asks that for all patterns that a word anchors.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from itertools import chain, compress
from operator import or_
from typing import NamedTuple

from matcher.taxonomy.compiled import PatternData
from matcher.taxonomy.patterns import ANY_ENDING, BREAK, COMMA, encode, marks

_BREAKS = frozenset({":", ";", "|", "•", "·", "–", "—", "-", "=", "→", "(", ")", "[", "]", BREAK})


class Anchored(NamedTuple):
    """The patterns that a word is the anchor of.

    Attributes:
        partners: the places one of which must be filled for any of them.
        patterns: by partner the number of each pattern, and the places that it needs besides.
    """

    partners: int
    patterns: Mapping[int, Sequence[tuple[int, int]]]


class PatternWord(NamedTuple):
    """A word as patterns see it.

    Attributes:
        piece: the word encoded; empty where patterns pass it over.
        places: the places that it fills.
        anchored: the patterns that it is the anchor of.
    """

    piece: str
    places: int
    anchored: Anchored


# The partner of patterns of a single place: every sentence fills it.
_ALWAYS = 1
_NOTHING = Anchored(0, {})
_PASSED_OVER = PatternWord("", 0, _NOTHING)
# A word that no pattern asks for; gaps count it.
_ANY_WORD = PatternWord(encode(["_"])[:-1], 0, _NOTHING)


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
        patterns: Sequence[PatternData],
        pieces: Iterable[str],
        places: Iterable[int],
        anchored: Iterable[Anchored],
        asides: Iterable[range] = (),
        fixed: Iterable[range] = (),
    ) -> None:
        self._patterns = patterns
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

    def candidates(self, first: int, last: int) -> list[PatternData]:
        """The patterns that could match the tokens ``[first, last)``, a sentence, in the taxonomy's order."""
        filled = reduce(or_, self._places[first:last], _ALWAYS)
        possible: list[int] = []
        for partners, patterns in self._anchored[first:last]:
            met = filled & partners
            while met:
                partner = met & -met  # the lowest of its bits
                met ^= partner
                possible += [number for number, needs in patterns[partner] if filled & needs == needs]
        return [self._patterns[number] for number in sorted({*possible})] if possible else []

    def encoded(self, first: int, last: int) -> str:
        """A sentence as :func:`matcher.taxonomy.patterns.encode` writes it."""
        return "".join(self._pieces[first:last]) + " "

    def seen(self, first: int, last: int) -> list[int]:
        """The tokens of a sentence that patterns do not pass over; each is a piece of the encoded sentence."""
        return list(compress(range(first, last), self._pieces[first:last]))


class PatternIndex:
    """The patterns of a taxonomy by what a sentence must hold for them to match."""

    def __init__(self, patterns: Sequence[PatternData]) -> None:
        self.patterns = patterns
        # What many patterns need gets a low number: most needs are then small numbers, which are the fastest.
        uses = Counter([place for pattern in patterns for place in pattern.needs[1:]])
        bits = {place: _ALWAYS << number for number, (place, _) in enumerate(uses.most_common(), start=1)}
        self._filled: dict[str, int] = defaultdict(int)
        for place, bit in bits.items():
            for mark in place:
                self._filled[mark] |= bit
        self._anchored: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        for number, pattern in enumerate(patterns):
            partner, *others = [bits[place] for place in pattern.needs[1:]] or [_ALWAYS]
            for mark in pattern.needs[0]:
                self._anchored[mark].append((partner, number, reduce(or_, others, 0)))
        self._marks = self._filled.keys() | self._anchored.keys()
        self._beginnings = tuple(sorted(mark[:-1] for mark in self._marks if mark.endswith(ANY_ENDING)))

    def word(self, folded: str) -> PatternWord:
        """A folded token as patterns see it."""
        piece = _piece(folded)
        if not piece:
            return _PASSED_OVER
        held = sorted(marks(folded, self._beginnings) & self._marks)
        places = reduce(or_, [self._filled.get(mark, 0) for mark in held], 0)
        anchored: dict[int, list[tuple[int, int]]] = {}
        for partner, number, needs in chain.from_iterable([self._anchored.get(mark, ()) for mark in held]):
            anchored.setdefault(partner, []).append((number, needs))
        return PatternWord(piece, places, Anchored(reduce(or_, anchored), anchored) if anchored else _NOTHING)


def _piece(word: str) -> str:
    if word[0].isalnum() or (word[0] == "." and len(word) > 1):
        return encode([word])[:-1]
    if word == ",":
        return encode([COMMA])[:-1]
    return encode([BREAK])[:-1] if word in _BREAKS else ""
