"""Degrees, fields of study and certifications, and the parts of a text that name fields rather than skills."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matcher.extraction.segments import Segmented, Sentence
from matcher.model import Span
from matcher.taxonomy.names import Token, fold, singular, tokenize
from matcher.taxonomy.schema import Taxonomy

# Words that may stand inside "degree in A, B or a related quantitative field".
_FIELD_JOINTS = frozenset(
    [
        "in",
        "of",
        "or",
        "and",
        "a",
        "an",
        "the",
        ",",
        "/",
        "&",
        "(",
        ")",
        "related",
        "relevant",
        "similar",
        "equivalent",
        "technical",
        "quantitative",
        "other",
        "any",
        "field",
        "fields",
        "discipline",
        "disciplines",
        "area",
        "areas",
        "subject",
        "subjects",
        "major",
        "majors",
        "degree",
        "degrees",
        "focused",
        "engineering",
        "science",
        "sciences",
        "stem",
        "such",
        "as",
        "like",
        "e.g",
        "i.e",
        "ie",
        "eg",
        "another",
        "closely",
        "adjacent",
        "with",
        "emphasis",
        "minor",
        "concentration",
        "specialization",
        "from",
        "accredited",
        "university",
        "college",
        "applied",
        "computational",
        "hard",
        "natural",
        "physical",
        "advanced",
        "graduate",
        "undergraduate",
        "preferably",
        "ideally",
        ";",
        ":",
        "study",
        "studies",
        "level",
        "program",
        "'",
    ]
)
_DEGREE_WORDS = frozenset({"degree", "diploma", "graduate", "bs", "ms", "phd"})
_FOLLOWING_YEAR = re.compile(r"\b(19[5-9]\d|20[0-4]\d)\b")


@dataclass(frozen=True, slots=True)
class FoundDegree:
    """A degree: level and field ids, where they were read, and the tokens that name fields of study."""

    level: str
    field: str | None
    span: Span
    first: int
    field_first: int
    field_last: int
    unit: int
    sentence: int


@dataclass(frozen=True, slots=True)
class FoundCertification:
    """A certification and where it was read."""

    certification_id: str
    span: Span
    first: int
    last: int
    unit: int
    sentence: int


class Qualifications:
    """The names of degrees, fields and certifications, compiled for look-up by their first word."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._ranks = {degree.id: degree.rank for degree in taxonomy.degrees.values()}
        self._degrees = _index((name, degree.id) for degree in taxonomy.degrees.values() for name in degree.names)
        self._exact = {
            tuple(token.text for token in tokenize(name)): degree.id
            for degree in taxonomy.degrees.values()
            for name in degree.exact_names
        }
        self._exact_lengths = sorted({len(key) for key in self._exact}, reverse=True)
        self._fields = _index(
            (name, field.id) for field in taxonomy.fields.values() for name in (field.name, *field.names)
        )
        self._certifications = _index(
            (name, item.id) for item in taxonomy.certifications.values() for name in item.names
        )

    def rank(self, level: str) -> int:
        """The rank of a degree level."""
        return self._ranks[level]

    def degrees(self, segmented: Segmented) -> list[FoundDegree]:
        """The degrees of a document in order of place."""
        tokens = segmented.tokens
        words = [_word(token) for token in tokens]
        found: list[FoundDegree] = []
        for unit_index, unit in enumerate(segmented.units):
            for sentence_index, sentence in enumerate(unit.sentences):
                position = sentence.first
                while position < sentence.last:
                    hit = self._degree_at(tokens, words, position, sentence.last)
                    if hit is None:
                        position += 1
                        continue
                    level, end = hit
                    field, low, high = self._field_after(words, end, sentence.last)
                    found.append(
                        FoundDegree(level, field, Span(tokens[position].start, tokens[max(end, high) - 1].end),
                                    position, low, high, unit_index, sentence_index)
                    )  # fmt: skip
                    position = end
        return found

    def _degree_at(
        self, tokens: Sequence[Token], words: Sequence[str], position: int, last: int
    ) -> tuple[str, int] | None:
        for length in self._exact_lengths:
            key = tuple(token.text for token in tokens[position : position + length])
            if len(key) == length and position + length <= last and key in self._exact:
                # Two capitals alone prove little; a field, a slash or a bracket beside them does.
                return (
                    (self._exact[key], position + length)
                    if _degree_context(words, position, position + length, last)
                    else None
                )
        return _longest(self._degrees, words, position, last)

    def _field_after(self, words: Sequence[str], start: int, last: int) -> tuple[str | None, int, int]:
        """The first field of study behind a degree, and the range of tokens that names fields."""
        field: str | None = None
        position, high, misses = start, start, 0
        while position < last:
            hit = _longest(self._fields, words, position, last)
            if hit is not None:
                field = field or hit[0]
                position = high = hit[1]
                misses = 0
                continue
            word = words[position]
            degree = _longest(self._degrees, words, position, last)
            if degree is not None:
                position = degree[1]
                continue
            if word in _FIELD_JOINTS or word == "." or not word[0].isalnum():
                position += 1
                continue
            misses += 1
            if misses > (0 if field else 4):
                break
            position += 1
        return field, start, high

    def certifications(self, segmented: Segmented) -> list[FoundCertification]:
        """The certifications of a document in order of place."""
        tokens = segmented.tokens
        words = [_word(token) for token in tokens]
        found = []
        for unit_index, unit in enumerate(segmented.units):
            if unit.kind == "heading":
                continue
            for sentence_index, sentence in enumerate(unit.sentences):
                position = sentence.first
                while position < sentence.last:
                    hit = _longest(self._certifications, words, position, sentence.last)
                    if hit is None:
                        position += 1
                        continue
                    found.append(
                        FoundCertification(hit[0], Span(tokens[position].start, tokens[hit[1] - 1].end), position, hit[1],
                                           unit_index, sentence_index)
                    )  # fmt: skip
                    position = hit[1]
        return found


def years_near(text: str, sentence: Sentence, span: Span) -> int | None:
    """The last year told in the sentence from the degree on: the year it was taken."""
    years = _FOLLOWING_YEAR.findall(text, span.start, sentence.span.end)
    return int(years[-1]) if years else None


def _word(token: Token) -> str:
    return singular(fold(token.text))


def _degree_context(words: Sequence[str], first: int, last: int, end: int) -> bool:
    beside = [words[index] for index in (first - 1, last, last + 1) if 0 <= index < end]
    return (
        any(word in {"in", "of", "/", "(", ")", ",", "degree", "or", "and", "."} for word in beside) or len(beside) < 2
    )


_Index = dict[str, tuple[tuple[tuple[str, ...], str], ...]]


def _index(names: Iterable[tuple[str, str]]) -> _Index:
    index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, owner in names:
        words = tuple(_word(token) for token in tokenize(name) if token.text not in {"–", "—"})
        if words:
            index.setdefault(words[0], []).append((words, owner))
    return {first: tuple(sorted(rows, key=lambda row: (-len(row[0]), row))) for first, rows in index.items()}


def _longest(index: _Index, words: Sequence[str], position: int, last: int) -> tuple[str, int] | None:
    for row, owner in index.get(words[position], ()):
        matched, at = 0, position
        while matched < len(row) and at < last:
            if words[at] in {"–", "—", ":", "'"} and words[at] != row[matched]:
                at += 1
            elif words[at] == row[matched]:
                matched += 1
                at += 1
            else:
                break
        if matched == len(row):
            return owner, at
    return None
