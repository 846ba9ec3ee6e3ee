"""Headings of sections, ready for look-up, and the words by which a paragraph gives its section away."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, KeysView, Mapping, Sequence
from typing import Generic, TypeVar

from matcher.model import DocumentKind
from matcher.taxonomy.memo import remembered
from matcher.taxonomy.names import words_of
from matcher.taxonomy.schema import SectionRule, Sections

_T = TypeVar("_T")


class ByHeading(Generic[_T]):
    """Values by the words of a heading, whatever its signs and its case."""

    def __init__(self, values: Mapping[str, _T]) -> None:
        self._values = {words: value for words, value in values.items() if words}
        self._begins = frozenset(words.partition(" ")[0] for words in self._values)
        self._longest = max((words.count(" ") + 1 for words in self._values), default=0)

    def get(self, text: str) -> _T | None:
        """The value of the heading that ``text`` is; None where it is none."""
        # Next to no line is a heading: the first word of nearly every other one tells, or that it has too many.
        first = text.split(None, 1)[:1]
        if first and (words := _plain(first[0])) not in ("", "'") and words.partition(" ")[0] not in self._begins:
            return None
        count, stretches = 0, text.split(None, self._longest + 2)
        for words in map(_plain, stretches[: self._longest + 2]):
            if words not in ("", "'"):
                if not count and words.partition(" ")[0] not in self._begins:
                    return None
                count += 1
        return self._values.get(plain_words(text)) if count <= self._longest else None

    def items(self) -> Iterable[tuple[str, _T]]:
        """The words of each heading, and its value."""
        return self._values.items()


class Headings:
    """The headings of one kind of document."""

    def __init__(self, rules: Iterable[SectionRule]) -> None:
        exact: dict[str, str] = {}
        self._starts: list[tuple[str, str]] = []
        self._contains: list[tuple[str, str]] = []
        # By first word and with all of their words, so that a paragraph need not be searched for each of them.
        self._paragraphs: dict[str, list[tuple[str, frozenset[str], str]]] = {}
        for rule in rules:
            for heading in rule.headings:
                exact.setdefault(plain_words(heading), rule.id)
            self._starts.extend((f" {plain_words(words)} ", rule.id) for words in rule.starts)
            self._contains.extend((f" {plain_words(words)} ", rule.id) for words in rule.contains)
            for words in map(plain_words, rule.paragraphs):
                self._paragraphs.setdefault(words.partition(" ")[0], []).append(
                    (words, frozenset(words.split(" ")), rule.id)
                )
        # The longest expression decides: "about the role" before "about".
        self._starts.sort(key=lambda item: (-len(item[0]), item))
        self._contains.sort(key=lambda item: (-len(item[0]), item))
        self.sections = ByHeading(exact)

    def exact(self, text: str) -> str | None:
        """The section whose heading ``text`` is."""
        return self.sections.get(text)

    def like(self, text: str) -> str | None:
        """The section whose headings begin like ``text`` or hold its words."""
        folded = f" {plain_words(text)} "
        for words, section in self._starts:
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
        self,
        expressions: Mapping[str, Sequence[tuple[str, frozenset[str], str]]],
        tokens: Sequence[str],
        folded: Sequence[str],
        openings: Iterable[int],
    ) -> None:
        self._expressions = expressions
        self._tokens = tokens
        self._folded = folded
        # Most paragraphs hold no word that begins an expression, so these are looked for in one go.
        self._places = [place for place in openings if folded[place] in expressions]

    def section(self, first: int, last: int) -> str | None:
        """The section that the paragraph of the tokens ``[first, last)`` gives away; None where it gives none away."""
        low, high = bisect_left(self._places, first), bisect_left(self._places, last)
        if low == high:
            return None
        folded = self._folded[first:last]
        held = {*folded, "and"} if "&" in folded else set(folded)
        found = [
            (words, section)
            for begin in {self._folded[place] for place in self._places[low:high]}
            for words, needed, section in self._expressions[begin]
            if held >= needed
        ]
        if not found:
            return None
        content = f" {_joined(self._tokens[first:last], folded)} "
        votes = [section for words, section in found if f" {words} " in content]
        return min(votes, key=lambda section: (-votes.count(section), section), default=None)


def headings_for(sections: Sections, kind: DocumentKind) -> Headings:
    """The headings of resumes or of postings."""
    return Headings(sections.resume if kind == "resume" else sections.posting)


def plain_words(text: str) -> str:
    """A text as headings are compared: its words folded, without signs, "&" written out."""
    return _mended(" ".join(filter(None, map(_plain, text.split()))))


@remembered(20_000)
def _plain(stretch: str) -> str:
    """The same of a stretch without white space, "&" left as it is."""
    words = words_of(stretch)
    return " ".join(_kept(words.texts, words.folded)).replace("' ", "")


def _joined(tokens: Sequence[str], folded: Sequence[str]) -> str:
    return _mended(" ".join(_kept(tokens, folded)))


def _kept(tokens: Sequence[str], folded: Sequence[str]) -> Iterator[str]:
    return (word for token, word in zip(tokens, folded, strict=True) if (first := token[0]).isalnum() or first in ".&'")


def _mended(words: str) -> str:
    return words.replace(" & ", " and ").replace("' ", "")
