"""Degrees, fields of study and certifications, and the parts of a text that name fields rather than skills."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from matcher.extraction.beginnings import Beginnings
from matcher.extraction.segments import Segmented
from matcher.model import Span
from matcher.taxonomy.names import fold, singular, tokenize
from matcher.taxonomy.schema import Taxonomy

# Words that may stand inside "degree in A, B or a related quantitative field".
_FIELD_JOINTS = frozenset(
    """in of or and a an the , / & ( ) related relevant similar equivalent technical quantitative other any
    field fields discipline disciplines area areas subject subjects major majors degree degrees focused
    engineering science sciences stem such as like e.g i.e ie eg another closely adjacent with emphasis
    minor concentration specialization from accredited university college applied computational hard natural
    physical advanced graduate undergraduate preferably ideally ; : study studies level program '""".split()
)
# What may follow a degree that its short name alone does not prove.
_AFTER_DEGREE = frozenset(
    ["in", "of", "/", "(", "degree", "honour", "honor", "with", "program", "candidate", "student"]
)
_OTHER_DEGREE = frozenset(["/", "or", "and", "bachelor"])
_BEFORE_SHORT = _OTHER_DEGREE | {"(", "a", "an", "my", "|", "·", "•"}
# Degrees whose name is an ordinary word too: "master script", "Scrum Master", "high school students".
_ORDINARY = frozenset({("master",), ("doctoral",), ("graduate",)})
_PUPILS = frozenset(["student", "teacher", "kid", "pupil", "senior", "club", "team", "outreach"])


@dataclass(frozen=True, slots=True)
class FoundDegree:
    """A degree: level and field ids, where they were read, and the tokens that name fields of study."""

    level: str
    field: str | None
    span: Span
    first: int
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
        self._degree_beginnings = _beginnings(self._degrees)
        self._exact_beginnings = Beginnings(self._exact)
        self._exact_lengths = sorted({len(key) for key in self._exact}, reverse=True)
        self._fields = _index(
            (name, field.id) for field in taxonomy.fields.values() for name in (field.name, *field.names)
        )
        self._certifications = _index(
            (name, item.id) for item in taxonomy.certifications.values() for name in item.names
        )
        self._certification_beginnings = _beginnings(self._certifications)

    @property
    def first_words(self) -> frozenset[str]:
        """The words, folded or folded and in the singular, that names of degrees and certifications begin with."""
        names = self._degree_beginnings.first_words | self._certification_beginnings.first_words
        return frozenset(names.union(map(fold, self._exact_beginnings.first_words)))

    def rank(self, level: str) -> int:
        """The rank of a degree level."""
        return self._ranks[level]

    def degrees(self, segmented: Segmented) -> list[FoundDegree]:
        """The degrees of a document in order of place."""
        words = segmented.keys
        found: list[FoundDegree] = []
        done, ended = 0, (-1, -1)
        named = self._degree_beginnings.places(words, segmented.openings)
        for position in sorted({*named, *self._exact_beginnings.places(segmented.tokens, segmented.openings)}):
            index = segmented.where[position]
            if position < done or index < 0:
                continue
            place = segmented.places[index]
            hit = self._degree_at(segmented, position, place.first, place.last)
            if hit is None:
                continue
            level, done = hit
            # "Ph.D. degree in Physics" names the degree before the word.
            if words[position] == "degree" and (index, position) == ended:
                continue
            # "PhD, Lakeside University, PhD in Physics" is one degree.
            if found and found[-1].level == level and position < found[-1].field_last:
                continue
            field, high = self._field_after(words, done, place.last)
            found.append(
                FoundDegree(level, field, segmented.span(position, max(done, high)),
                            position, high, place.unit, place.sentence)
            )  # fmt: skip
            ended = (index, done)
        return found

    def _degree_at(self, segmented: Segmented, position: int, first: int, last: int) -> tuple[str, int] | None:
        words = segmented.keys
        for length in self._exact_lengths:
            end = position + length
            key = tuple(segmented.tokens[position:end])
            if len(key) == length and end <= last and key in self._exact:
                # Two capitals alone prove little: "MA" is a state too.
                proven = self._proven(words, position, end, first, last, _BEFORE_SHORT)
                return (self._exact[key], end) if proven else None
        hit = _longest(self._degrees, words, position, last)
        if hit is None:
            return None
        following = words[hit[1]] if hit[1] < last else ""
        if tuple(words[position : hit[1]]) in _ORDINARY and not _is_possessive(segmented, position):
            return hit if self._proven(words, position, hit[1], first, last, _OTHER_DEGREE) else None
        return None if following in _PUPILS and hit[0] == "high-school" else hit

    def _proven(self, words: Sequence[str], position: int, end: int, first: int, last: int, heralds: Set[str]) -> bool:
        """Whether what stands around a short or ordinary name shows that it is a degree."""
        before = words[position - 1] if position > first else ""
        following = words[end] if end < last else ""
        if following in _AFTER_DEGREE or before in heralds:
            return True
        at = end + 1 if following in {",", "-", "–", "—", ".", ":"} else end
        if at < last and _longest(self._fields, words, at, last) is not None:
            return True
        # Alone at the start of a line of its own or before a school: "BS, Lakeside University".
        return before == "" and len(words[position]) <= 4

    def _field_after(self, words: Sequence[str], start: int, last: int) -> tuple[str | None, int]:
        """The first field of study behind a degree, and the end of the tokens that name fields."""
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
        return field, high

    def certifications(self, segmented: Segmented) -> list[FoundCertification]:
        """The certifications of a document in order of place."""
        found: list[FoundCertification] = []
        for position in self._certification_beginnings.places(segmented.keys, segmented.openings):
            index = segmented.where[position]
            if index < 0 or segmented.places[index].heading or (found and position < found[-1].last):
                continue
            place = segmented.places[index]
            hit = _longest(self._certifications, segmented.keys, position, place.last)
            if hit is not None:
                span = segmented.span(position, hit[1])
                found.append(FoundCertification(hit[0], span, position, hit[1], place.unit, place.sentence))
        return found


def distinct_degrees(degrees: Sequence[FoundDegree], segmented: Segmented) -> tuple[FoundDegree, ...]:
    """The degrees that a resume lists, without those it only names again, field left out, outside of its education."""
    with_field = {item.level for item in degrees if item.field is not None}
    return tuple(
        item
        for item in degrees
        if item.field is not None or item.level not in with_field or segmented.units[item.unit].section == "education"
    )


def _is_possessive(segmented: Segmented, position: int) -> bool:
    """Whether a token is "Masters" or stands before the ending of "Master's", which is no token."""
    end = segmented.span(position, position + 1).end
    ending = segmented.document.text[end : end + 2].lower()
    return segmented.tokens[position].lower().endswith("s") or ending in {"'s", "’s"}


_Index = dict[str, tuple[tuple[tuple[str, ...], str], ...]]


def _index(names: Iterable[tuple[str, str]]) -> _Index:
    index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, owner in names:
        # "m.sc." is cut into other tokens than "M.Sc.", so both spellings are listed.
        for spelling in dict.fromkeys((name, name.title())):
            words = tuple(singular(fold(token.text)) for token in tokenize(spelling) if token.text not in {"–", "—"})
            if words and (words, owner) not in index.setdefault(words[0], []):
                index[words[0]].append((words, owner))
    return {first: tuple(sorted(rows, key=lambda row: (-len(row[0]), row))) for first, rows in index.items()}


# Signs that may stand between the words of a name.
_BETWEEN = frozenset({"–", "—", ":", "'"})


def _beginnings(index: _Index) -> Beginnings:
    return Beginnings((row for rows in index.values() for row, _ in rows), _BETWEEN)


def _longest(index: _Index, words: Sequence[str], position: int, last: int) -> tuple[str, int] | None:
    for row, owner in index.get(words[position], ()):
        matched, at = 0, position
        while matched < len(row) and at < last:
            if words[at] in _BETWEEN and words[at] != row[matched]:
                at += 1
            elif words[at] == row[matched]:
                matched += 1
                at += 1
            else:
                break
        if matched == len(row):
            return owner, at
    return None
