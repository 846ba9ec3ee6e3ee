"""Headings of sections, ready for look-up, and the words by which a paragraph gives its section away."""

from __future__ import annotations

from collections.abc import Iterable, KeysView, Mapping, Sequence
from itertools import compress
from typing import Generic, NamedTuple, TypeVar

from matcher.model import DocumentKind
from matcher.taxonomy.memo import remembered
from matcher.taxonomy.names import words_of
from matcher.taxonomy.schema import SectionRule, Sections

_T = TypeVar("_T")


class ByHeading(Generic[_T]):
    """Values by the words of a heading, whatever its signs and its case."""

    def __init__(self, values: Mapping[str, _T]) -> None:
        self._values = {words: value for words, value in values.items() if words}
        begins = frozenset(words.partition(" ")[0] for words in self._values)
        # Of a stretch without white space whether it has words, and if so whether a heading could begin with it.
        self._begins = remembered(20_000)(
            lambda stretch: words.partition(" ")[0] in begins if (words := _plain(stretch)) else None
        )
        self._longest = max((words.count(" ") + 1 for words in self._values), default=0)

    def get(self, text: str) -> _T | None:
        """The value of the heading that ``text`` is; None where it is none."""
        # Next to no line is a heading: the first word of nearly every other one tells, or that it has too many.
        first = text.split(None, 1)
        if not first or self._begins(first[0]) is False:
            return None
        count = 0
        for stretch in text.split(None, self._longest + 2):
            begins = self._begins(stretch)
            if begins is not None:
                if not count and not begins:
                    return None
                count += 1
        return self._values.get(plain_words(text)) if count <= self._longest else None

    def items(self) -> Iterable[tuple[str, _T]]:
        """The words of each heading, and its value."""
        return self._values.items()


class _Telltale(NamedTuple):
    """An expression by which a paragraph gives its section away."""

    words: tuple[str, ...]
    section: str


# By first and by second word, which is empty where there is but one.
_Telltales = Mapping[str, Mapping[str, Sequence[_Telltale]]]


class Headings:
    """The headings of one kind of document."""

    def __init__(self, rules: Iterable[SectionRule]) -> None:
        exact: dict[str, str] = {}
        starts: list[tuple[str, str]] = []
        self._contains: list[tuple[str, str]] = []
        # By first word, so that a paragraph need not be searched for each of them.
        self._paragraphs: dict[str, dict[str, list[_Telltale]]] = {}
        for rule in rules:
            for heading in rule.headings:
                exact.setdefault(plain_words(heading), rule.id)
            starts.extend((f" {plain_words(words)} ", rule.id) for words in rule.starts)
            self._contains.extend((f" {plain_words(words)} ", rule.id) for words in rule.contains)
            for words in map(plain_words, rule.paragraphs):
                telltale = _Telltale(tuple(words.split(" ")), rule.id)
                first, second = (*telltale.words, "")[:2]
                self._paragraphs.setdefault(first, {}).setdefault(second, []).append(telltale)
        # The longest expression decides: "about the role" before "about".
        self._contains.sort(key=lambda item: (-len(item[0]), item))
        self._starts: dict[str, list[tuple[str, str]]] = {}
        for words, section in sorted(starts, key=lambda item: (-len(item[0]), item)):
            self._starts.setdefault(words.split(" ")[1], []).append((words, section))
        self.sections = ByHeading(exact)

    def exact(self, text: str) -> str | None:
        """The section whose heading ``text`` is."""
        return self.sections.get(text)

    def like(self, text: str) -> str | None:
        """The section whose headings begin like ``text`` or hold its words."""
        folded = f" {plain_words(text)} "
        for words, section in self._starts.get(folded.split(" ", 2)[1], ()):
            if folded.startswith(words):
                return section
        for words, section in self._contains:
            if words in folded:
                return section
        return None

    @property
    def first_words(self) -> KeysView[str]:
        """The words, folded, that expressions by which a paragraph gives its section away begin with."""
        return self._paragraphs.keys()

    def telltales(self, tokens: Sequence[str], folded: Sequence[str], openings: Iterable[int]) -> Telltales:
        """What the paragraphs of a document give away.

        Args:
            tokens, folded: the tokens of the document, as they stand and folded.
            openings: the tokens that could be among :attr:`first_words`.
        """
        return Telltales(self._paragraphs, tokens, folded, openings)


class Telltales:
    """Expressions in a document by which its paragraphs give their sections away."""

    def __init__(
        self, expressions: _Telltales, tokens: Sequence[str], folded: Sequence[str], openings: Iterable[int]
    ) -> None:
        # Looked for in one go, as most paragraphs have none.
        self._found = [
            found
            for place in openings
            if (begun := expressions.get(folded[place]))
            for found in _read(begun, tokens, folded, place)
        ]

    def section(self, first: int, last: int) -> str | None:
        """The section that the paragraph of the tokens ``[first, last)`` gives away; None where it gives none away."""
        within = {telltale for at, end, telltale in self._found if first <= at and end <= last}
        if not within:
            return None
        votes = [telltale.section for telltale in within]
        return min(votes, key=lambda section: (-votes.count(section), section))


def _read(
    begun: Mapping[str, Sequence[_Telltale]], tokens: Sequence[str], folded: Sequence[str], at: int
) -> list[tuple[int, int, _Telltale]]:
    """The expressions that a token begins, with where they begin and end; signs between words do not count."""
    behind, second = _next_word(tokens, folded, at + 1)
    found = [(at, at + 1, telltale) for telltale in begun.get("", ())]
    for telltale in begun.get(second, ()):
        end = behind
        for word in telltale.words[2:]:
            end, held = _next_word(tokens, folded, end)
            if held != word:
                break
        else:
            found.append((at, end, telltale))
    return found


def _next_word(tokens: Sequence[str], folded: Sequence[str], at: int) -> tuple[int, str]:
    """The first word from a token on, and what follows it; empty where there is none."""
    for index in range(at, len(folded)):
        if _counts(tokens[index]):
            return index + 1, folded[index] if folded[index] != "&" else "and"
    return len(folded), ""


def headings_for(sections: Sections, kind: DocumentKind) -> Headings:
    """The headings of resumes or of postings."""
    return Headings(sections.resume if kind == "resume" else sections.posting)


def plain_words(text: str) -> str:
    """A text as headings are compared: its words folded, without signs, "&" written out."""
    return " ".join(filter(None, map(_plain, text.split()))).replace(" & ", " and ")


@remembered(20_000)
def _plain(stretch: str) -> str:
    """The same of a stretch without white space, "&" left as it is."""
    words = words_of(stretch)
    return " ".join(compress(words.folded, map(_counts, words.texts)))


def _counts(token: str) -> bool:
    """Whether a token, as it stands, counts as a word of a heading and is no mere sign."""
    return token[0].isalnum() or token[0] in ".&"
